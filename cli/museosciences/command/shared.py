"""What all commands share: the workspace, the language, the format of what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from museosciences import __version__
from museosciences.errors import Said, UsageError
from museosciences.store import GraphStore
from museosciences.workspace import DEFAULT, Workspace


class Form(StrEnum):
    """The formats of results."""

    table = "table"
    csv = "csv"
    json = "json"


class Lang(StrEnum):
    """The languages of texts for people."""

    fr = "fr"
    en = "en"


class Severity(StrEnum):
    """The severities at which ``museo check`` and ``museo validate`` answer 1."""

    violation = "violation"
    warning = "warning"
    info = "info"


WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        help=f"Le dossier de travail (défaut : {DEFAULT}, ou MUSEO_WORKSPACE).",
        envvar="MUSEO_WORKSPACE",
        show_envvar=False,
    ),
]
FormOption = Annotated[Form, typer.Option("--format", help="La forme du résultat.")]
LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="La langue des textes (défaut : fr).")
]


# The options given before the command.
_BEFORE: ContextVar[dict[str, object]] = ContextVar("before")


def options(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    lang: LangOption = None,
    version: Annotated[bool, typer.Option("--version", help="La version, puis sortir.")] = False,
) -> None:
    """The options that may stand before a command as well as after it."""
    _BEFORE.set({"workspace": workspace, "lang": lang})
    if version:
        typer.echo(f"museo {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise UsageError(
            Said("aucune commande n’est donnée", "no command was given"),
            remedy=Said("« museo --help » les donne", "`museo --help` lists them"),
        )


def _common(name: str) -> object:
    return _BEFORE.get({}).get(name)


def workspace_of(given: Path | None) -> Workspace:
    """The workspace asked for, after or before the command, or the default one."""
    chosen = given or _common("workspace") or DEFAULT
    return Workspace(Path(str(chosen)))


def language(given: Lang | None) -> str:
    """The language asked for, or French."""
    return str(given or _common("lang") or Lang.fr)


@contextmanager
def current_store(given: Path | None) -> Iterator[GraphStore]:
    """The store of the current build, for reading."""
    store = workspace_of(given).current().open()
    try:
        yield store
    finally:
        store.close()
