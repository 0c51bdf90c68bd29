"""``museo``: parses, calls, prints, exits.

The commands are in ``command/``, by what they are for; this module gathers them and turns every
error of the library into one line and an exit code: 0 done, 1 findings at or above the asked
severity, 2 usage, 3 input, 4 store.
"""

from __future__ import annotations

import sys

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
from museosciences.errors import MuseoError
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


def run() -> None:
    """The entry point of the command line."""
    try:
        app()
    except MuseoError as error:
        messages().print(f"[bold red]{error.code}[/]: ", end="")
        messages().print(str(error), markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        messages().print("interrompu ; le build précédent répond toujours", markup=False)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
