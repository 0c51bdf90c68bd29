"""``museo``: parses, calls, prints, exits.

The commands are in ``command/``, by what they are for; this module gathers them and turns every
error of the library into one line and an exit code: 0 done, 1 findings at or above the asked
severity, 2 usage, 3 input, 4 store.
"""

from __future__ import annotations

import sys
from itertools import pairwise

import typer

from museosciences.command import (
    ask,
    build,
    inspect,
    knowledge,
    publish,
    report,
    serve,
    shared,
    user,
)
from museosciences.errors import MuseoError, Said, told
from museosciences.output import messages

app = typer.Typer(
    name="museo",
    help="Les inventaires des musées en un graphe de connaissances ; "
    "leurs liens entre arts et sciences, expliqués.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(shared.options)
for room in (build, inspect, knowledge, ask, report, publish, serve, user):
    room.add(app)


def _language(arguments: list[str]) -> str:
    """The language asked for anywhere on the command line, also when the command failed early."""
    texts = [argument.removeprefix("--lang=") for argument in arguments]
    asked = [text for before, text in pairwise(["", *texts]) if before == "--lang"]
    asked += [text for text, argument in zip(texts, arguments, strict=True) if text != argument]
    return "en" if "en" in asked else "fr"


def run() -> None:
    """The entry point of the command line."""
    try:
        app()
    except MuseoError as error:
        messages().print(f"[bold red]{error.code}[/]: ", end="")
        messages().print(error.told(_language(sys.argv)), markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        text = Said(
            "interrompu ; la construction précédente répond toujours",
            "interrupted; the previous build still answers",
        )
        messages().print(told(text, _language(sys.argv)), markup=False)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
