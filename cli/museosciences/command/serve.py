"""``museo serve``: the web on the current build."""

from __future__ import annotations

from typing import Annotated

import typer

from museosciences.command.shared import WorkspaceOption, workspace_of
from museosciences.output import messages


def serve(
    port: Annotated[int, typer.Option(help="Le port.", min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="L’adresse où écouter.")] = "127.0.0.1",
    contact: Annotated[
        str | None,
        typer.Option(help="Adresse du responsable, dite aux moissonneurs.", envvar="MUSEO_CONTACT"),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Sert le build courant : pages, SPARQL, données liées, moissonnage. Ctrl-C l’arrête."""
    from museosciences.serve.server import run

    place = workspace_of(workspace)
    place.current()
    run(place, host, port, contact, lambda address: messages().print(address, markup=False))


def add(app: typer.Typer) -> None:
    """Give the command to the application."""
    app.command()(serve)
