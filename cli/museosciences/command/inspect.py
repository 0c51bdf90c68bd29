"""``museo detect``, ``crosswalk``, ``check``, ``parse``: look at one inventory before a build."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from museosciences import crosswalk as crosswalks
from museosciences.command.shared import Form, FormOption, LangOption, language
from museosciences.output import console, emit
from museosciences.values import dates, dimensions, persons, subjects, taxa


def detect(
    file: Annotated[Path, typer.Argument(help="L’inventaire à reconnaître.")],
    form: FormOption = Form.table,
) -> None:
    """Dit le format, l’encodage, la concordance qui convient, et ce qu’elle laisse de côté."""
    found = crosswalks.detect(file)
    facts = {
        "file": file.name,
        "format": found.format,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "crosswalk": found.crosswalk,
        "confidence": found.confidence,
        "unmapped": found.unmapped,
        "sample": found.sample,
    }
    if form is Form.table:
        for name, value in facts.items():
            shown = json.dumps(value, ensure_ascii=False, indent=1) if name == "sample" else value
            console().print(f"{name}: {shown}", markup=False)
        return
    if form is Form.csv:
        facts = {name: value for name, value in facts.items() if name != "sample"}
        emit(tuple(facts), [[_joined(value) for value in facts.values()]], form)
        return
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))


def _joined(value: Any) -> Any:
    return " | ".join(value) if isinstance(value, list) else value


def crosswalk(
    file: Annotated[Path, typer.Argument(help="L’inventaire dont on veut une concordance.")],
) -> None:
    """Prépare une concordance d’après les en-têtes ; un documentaliste la termine."""
    typer.echo(crosswalks.draft(file))


class Parser(StrEnum):
    """What ``museo parse`` understands."""

    date = "date"
    dimensions = "dimensions"
    person = "person"
    taxon = "taxon"
    subjects = "subjects"


def parse(
    kind: Annotated[Parser, typer.Argument(help="Ce que le texte est.")],
    texts: Annotated[list[str], typer.Argument(help="Les textes à comprendre.")],
    lang: LangOption = None,
) -> None:
    """Montre ce qui est compris d’un texte : une ligne de JSON par texte."""
    for text in texts:
        typer.echo(json.dumps(_parsed(kind, text, language(lang)), ensure_ascii=False))


def _parsed(kind: Parser, text: str, _lang: str) -> Any:
    if kind is Parser.date:
        found = dates.parse(text)
        return {name: found.get(name) for name in ("text", "begin", "end", "edtf", "certainty")}
    if kind is Parser.dimensions:
        return dimensions.parse(text)
    if kind is Parser.person:
        return persons.parse(text)
    if kind is Parser.taxon:
        return taxa.parse(text)
    return subjects.parse(text)


def add(app: typer.Typer) -> None:
    """Give the commands to the application."""
    app.command()(detect)
    app.command()(crosswalk)
    app.command()(parse)
