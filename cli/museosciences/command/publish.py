"""``museo export``: the build in the formats that others read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from museosciences.command.shared import WorkspaceOption, workspace_of
from museosciences.errors import Said, UsageError, cause_of
from museosciences.publish.collection import KINDS, Collection, Selection
from museosciences.publish.export import FORMATS, Wanted, compressed
from museosciences.publish.export import export as made
from museosciences.publish.setting import Setting

ExportFormat = StrEnum("ExportFormat", {name: name for name in FORMATS})  # type: ignore[misc]
Kind = StrEnum("Kind", {name: name for name in KINDS})  # type: ignore[misc]
_LISTED = "; ".join(f"{name} : {found.title[0]}" for name, found in FORMATS.items())


def export(
    form: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help=f"Le format. {_LISTED}.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Le fichier ; .gz le compresse, - pour stdout.")
    ],
    museum: Annotated[str | None, typer.Option(help="Code d’un musée.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Nature des notices.")] = None,
    axis: Annotated[str | None, typer.Option(help="Un axe, comme museosciences#axis-1.")] = None,
    record: Annotated[
        str | None, typer.Option(help="Une seule notice : object/MUSÉE/NUMÉRO, ou son IRI.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Écrit le build dans un format d’échange : RDF, LIDO, EDM, Darwin Core, IIIF…"""
    selection = Selection(museum=museum, kind=kind.value if kind else None, axis=axis)
    wanted = Wanted(selection, record)
    _check(form.value, wanted)
    build = workspace_of(workspace).current()
    store = build.open()
    try:
        collection = Collection.of(build, store)
        if museum is not None and museum not in {code for code, _ in collection.museums()}:
            raise UsageError(
                Said(f"aucune notice du musée « {museum} »", f"no record of museum {museum!r}"),
                remedy=Said("« museo status » donne les musées", "`museo status` lists them"),
            )
        chunks = made(Setting(collection), form.value, wanted)
        _write(compressed(chunks) if output.suffix == ".gz" else chunks, output)
    finally:
        store.close()


def _check(name: str, wanted: Wanted) -> None:
    """Refuse the options that a format cannot obey. Raises UsageError."""
    found = FORMATS[name]
    if wanted.record is not None and not found.single:
        raise UsageError(
            Said(f"{name} ne se fait pas d’une seule notice", f"{name} is not made of one record"),
            remedy=Said("omettre --record", "leave --record out"),
        )
    if wanted.selection != Selection() and (not found.selective or wanted.record is not None):
        raise UsageError(
            Said(f"{name} se fait de tout ce qui est ici", f"{name} is made of everything here"),
            remedy=Said(
                "omettre --museum, --kind et --axis", "leave --museum, --kind and --axis out"
            ),
        )


def _write(chunks: Iterable[bytes], output: Path) -> None:
    """Write a file so that a reader sees it whole, or not at all."""
    if str(output) == "-":
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    beside = output.with_name(f".{output.name}.part")
    try:
        with beside.open("wb") as handle:
            handle.writelines(chunks)
        beside.replace(output)
    except OSError as error:
        raise UsageError(
            Said(
                f"{output} ne peut être écrit : {cause_of(error).fr}",
                f"{output} cannot be written: {cause_of(error)}",
            ),
            remedy=Said("choisir un autre chemin avec -o", "choose another path with -o"),
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def add(app: typer.Typer) -> None:
    """Give the command to the application."""
    app.command()(export)
