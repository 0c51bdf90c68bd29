"""``museo report``: the regional report, or that of one museum, in four formats."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from museosciences import museums, theme
from museosciences import report as reports
from museosciences.command.shared import LangOption, WorkspaceOption, language, workspace_of
from museosciences.errors import Said, UsageError
from museosciences.iris import DEFAULT_BASE
from museosciences.output import console
from museosciences.register import Register
from museosciences.store import EmbeddedStore, GraphStore
from museosciences.workspace import Workspace

DEFAULT_FOLDER = Path("museo-report")


def report(
    museum: Annotated[
        str | None, typer.Option(help="Code d’un musée : son propre rapport (défaut : la région).")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help="Un ou plusieurs formats, séparés par des virgules.")
    ] = ",".join(reports.FORMATS),
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Le dossier où écrire.")
    ] = DEFAULT_FOLDER,
    workspace: WorkspaceOption = None,
    lang: LangOption = None,
) -> None:
    """Écrit le rapport d’inventaire : page, PDF, traitement de texte et classeur."""
    forms = _forms(form)
    wording = reports.Wording(language(lang))
    place = workspace_of(workspace)
    previous = place.previous()
    with _opened(place) as (store, register, facts):
        _known(museum, register)
        before = previous.register if previous else None
        made = reports.compile(reports.Scope(store, register, wording, museum, before), facts)
    for path in reports.write(made, output, forms):
        console().print(str(path), markup=False)


def _forms(text: str) -> list[str]:
    forms = [form.strip().lower() for form in text.split(",") if form.strip()]
    unknown = [form for form in forms if form not in reports.FORMATS]
    if unknown or not forms:
        raise UsageError(
            Said(
                f"il n’y a pas de format de rapport « {', '.join(unknown) or text} »",
                f"there is no report format {', '.join(unknown) or text!r}",
            ),
            remedy=Said(
                "formats : " + ", ".join(reports.FORMATS), "formats: " + ", ".join(reports.FORMATS)
            ),
        )
    return forms


def _known(code: str | None, register: Path) -> None:
    if code is None or code in museums.register():
        return
    entries = Register(register)
    found = entries.museums()
    entries.close()
    if code not in found:
        raise UsageError(
            Said(f"aucun musée n’a le code « {code} »", f"no museum has the code {code!r}"),
            remedy=Said(
                "« museo query records-by-museum » donne ceux qui ont des notices",
                "`museo query records-by-museum` lists those that have records",
            ),
        )


@contextmanager
def _opened(workspace: Workspace) -> Iterator[tuple[GraphStore, Path, reports.Facts]]:
    """The current build for reading; without one, an empty build that is thrown away."""
    build = workspace.latest()
    if build is None:
        with tempfile.TemporaryDirectory(prefix="museo-empty-") as folder:
            yield _empty(Path(folder))
        return
    previous = workspace.previous()
    facts = reports.Facts.of(build.account(), previous.account() if previous else None)
    store = build.open()
    try:
        yield store, build.register, facts
    finally:
        store.close()


def _empty(folder: Path) -> tuple[GraphStore, Path, reports.Facts]:
    """What can be told when nothing was built: the theme and the register of museums."""
    store = EmbeddedStore(folder / "store", base=DEFAULT_BASE)
    store.load(theme.graphs(DEFAULT_BASE))
    store.load([museums.graph(DEFAULT_BASE, ())])
    Register(folder / "register.sqlite", create=True).close()
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return store, folder / "register.sqlite", reports.Facts(stamp, {}, {})


def add(app: typer.Typer) -> None:
    """Give the command to the application."""
    app.command()(report)
