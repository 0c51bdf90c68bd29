"""``museo map``, ``validate``, ``reconcile``: the engines, usable alone on anybody's files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from museosciences import read, rml, validate
from museosciences.command.shared import (
    Form,
    FormOption,
    Lang,
    LangOption,
    Severity,
    WorkspaceOption,
    current_store,
    language,
    workspace_of,
)
from museosciences.errors import InputError, Place, Said, UsageError
from museosciences.iris import DEFAULT_BASE
from museosciences.output import emit, messages
from museosciences.reconcile import KINDS, KnownPersons, Match, match_list
from museosciences.vocabulary import Vocabulary, load

RECONCILED = (
    "term", "concept", "label", "taxon", "taxon_rank", "kind", "confidence", "method", "status",
)  # fmt: skip


def map_(
    mapping: Annotated[Path, typer.Argument(help="La correspondance RML, en Turtle.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Le fichier à écrire.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="nquads, ntriples ou turtle.")] = "nquads",
    base: Annotated[str, typer.Option(help="IRI de base.")] = DEFAULT_BASE,
    allow: Annotated[
        list[Path] | None, typer.Option(help="Autre dossier que la correspondance peut lire.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Montrer le code Python engendré.")
    ] = False,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Laisser de côté les valeurs qui ne conviennent pas.")
    ] = False,
) -> None:
    """Applique une correspondance RML à ses fichiers."""
    if explain:
        typer.echo(rml.compile(mapping, base=base).source)
        return
    folders = tuple(allow or ())
    report = rml.map_files(
        mapping, output, form, base, folders, strict=not lenient, write=sys.stdout.write
    )
    for problem in report.problems:
        messages().print(str(problem), markup=False)
    if report.problem_count > len(report.problems):
        messages().print(f"… {report.problem_count}", markup=False)
    if output is not None:
        messages().print(f"{report.triples} triples → {output}", markup=False)


class ReportForm(StrEnum):
    """The formats of a validation report; Turtle is SHACL's own."""

    table = "table"
    csv = "csv"
    json = "json"
    turtle = "turtle"


def validate_(
    data: Annotated[list[Path], typer.Argument(help="Les fichiers RDF à contrôler.")],
    shapes: Annotated[
        list[Path] | None, typer.Option(help="Les formes SHACL (défaut : celles de MuséoSciences).")
    ] = None,
    engine: Annotated[str | None, typer.Option(help="shacl, pyshifty ou pyshacl.")] = None,
    severity: Annotated[
        Severity, typer.Option(help="Gravité à partir de laquelle le code de sortie est 1.")
    ] = Severity.violation,
    form: Annotated[
        ReportForm, typer.Option("--format", help="La forme du rapport.")
    ] = ReportForm.table,
    lang: LangOption = None,
) -> None:
    """Contrôle des fichiers RDF par des formes SHACL."""
    report = validate.validate_files(data, shapes, engine)
    if form is ReportForm.turtle:
        typer.echo(report.as_turtle(), nl=False)
    elif form is ReportForm.json:
        typer.echo(report.as_json())
    elif form is ReportForm.table and report.conforms:
        typer.echo({"fr": "Aucun constat.", "en": "No findings."}[language(lang)])
    else:
        rows = report.rows(language(lang))
        columns = ("severity", "focus", "path", "value", "message", "shape", "constraint")
        emit(columns, [[row[name] for name in columns] for row in rows], form)
    if report.reaches(_GRAVITY[severity]):
        raise typer.Exit(1)


_GRAVITY: dict[Severity, validate.Severity] = {
    Severity.violation: "Violation",
    Severity.warning: "Warning",
    Severity.info: "Info",
}


def reconcile(
    terms: Annotated[list[str] | None, typer.Argument(help="Les termes à rapprocher.")] = None,
    kind: Annotated[
        str, typer.Option(help="subject, material, instrument, person, place, taxon …")
    ] = "subject",
    context: Annotated[
        str, typer.Option(help="Le contexte des termes (terme générique, genre).")
    ] = "",
    input: Annotated[
        Path | None, typer.Option("--input", help="Une table de termes (CSV, XLSX).")
    ] = None,
    column: Annotated[str | None, typer.Option("--column", help="La colonne des termes.")] = None,
    context_column: Annotated[
        str | None, typer.Option("--context-column", help="La colonne du contexte.")
    ] = None,
    term_lang: Annotated[
        str | None, typer.Option(help="La langue des termes (fr, en …) ; sinon devinée.")
    ] = None,
    authorities: Annotated[
        list[Path] | None,
        typer.Option(help="Un dossier de référentiels externes (PACTOLS, TAXREF …)."),
    ] = None,
    workspace: WorkspaceOption = None,
    form: FormOption = Form.csv,
    lang: LangOption = None,
) -> None:
    """Rapproche des termes des concepts, avec la confiance et la méthode.

    Le concept est donné par son IRI. Sans concept, la méthode distingue « trap » (mot connu, qui
    ne désigne rien de tel), « unmatched » (mot inconnu) et « failed » (rien à chercher). Les
    personnes sont celles du dossier de travail.
    """
    if kind not in KINDS:
        raise UsageError(
            Said(f"il n’y a pas de nature « {kind} »", f"there is no kind {kind!r}"),
            remedy=Said("natures : " + ", ".join(KINDS), "kinds: " + ", ".join(KINDS)),
        )
    asked = [(term, context) for term in terms or ()]
    if input is not None:
        asked += _column(input, column, context_column, lang)
    words = load(*(authorities or ()))
    if kind == "person" and workspace_of(workspace).latest() is not None:
        with current_store(workspace) as store:
            known = KnownPersons.of(store)
        matches: Iterable[Match] = (known.match(term) for term, _context in asked)
    else:
        matches = match_list(words, asked, kind, lang=term_lang)
    emit(RECONCILED, (_row(words, match, kind, language(lang)) for match in matches), form)


def _row(words: Vocabulary, match: Match, kind: str, lang: str) -> tuple[object, ...]:
    concept = words.concepts[match.concept] if match.concept else None
    iri = f"{DEFAULT_BASE}concept/{match.concept}" if match.concept else match.authority
    label = concept.label(lang) if concept else match.label
    return (match.term, iri, label, match.taxon or "", match.taxon_rank,
            kind, match.confidence, match.method, match.status)  # fmt: skip


def _column(
    path: Path, column: str | None, context: str | None, lang: Lang | None
) -> Iterator[tuple[str, str]]:
    """The terms of a column of a table (CSV whatever its separator, spreadsheet …), row by row."""
    table = read.open(path)
    wanted = column or next(iter(table.columns), "")
    for name in filter(None, (wanted, context)):
        if name not in table.columns:
            raise InputError(
                Said(f"il n’y a pas de colonne « {name} »", f"there is no column {name!r}"),
                place=Place(file=path.name),
                remedy=Said(
                    "colonnes : " + ", ".join(table.columns),
                    "columns: " + ", ".join(table.columns),
                ),
            )
    for row in table:
        if isinstance(row, read.RefusedRow):
            messages().print(row.reason.told(language(lang)), markup=False)
            yield "", ""  # the answers stay beside the rows of the file
        else:
            yield _cell(row, wanted), _cell(row, context) if context else ""


def _cell(row: read.SourceRow, column: str) -> str:
    value = row.cells.get(column, "")
    return value if isinstance(value, str) else " > ".join(value)


def add(app: typer.Typer) -> None:
    """Give the commands to the application."""
    app.command("map")(map_)
    app.command("validate")(validate_)
    app.command()(reconcile)
