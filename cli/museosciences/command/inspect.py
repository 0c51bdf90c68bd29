"""``museo detect``, ``crosswalk``, ``check``, ``parse``: look at one inventory before a build."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from museosciences import crosswalk as crosswalks
from museosciences import examine
from museosciences.command.shared import Form, FormOption, Lang, LangOption, Severity, language
from museosciences.errors import told
from museosciences.examine import SourceSpec
from museosciences.iris import DEFAULT_BASE, slug
from museosciences.output import console, emit
from museosciences.validate.feedback import Feedback, Line
from museosciences.validate.workbook import SEVERITY_NAMES
from museosciences.validate.workbook import write as write_feedback
from museosciences.values import dates, dimensions, persons, subjects, taxa

CrosswalkOption = Annotated[
    str | None, typer.Option(help="Concordance à employer : un nom, ou un fichier .toml.")
]
EncodingOption = Annotated[
    str | None, typer.Option(help="Encodage du fichier, s’il est mal reconnu (cp1252, mac_roman…).")
]
_FACTS = {
    "fr": {
        "file": "fichier", "format": "format", "encoding": "encodage",
        "delimiter": "séparateur", "crosswalk": "concordance", "confidence": "confiance",
        "unmapped": "colonnes sans champ", "notes": "remarques", "problem": "empêchement",
        "sample": "première notice",
    },
    "en": {
        "file": "file", "format": "format", "encoding": "encoding", "delimiter": "delimiter",
        "crosswalk": "crosswalk", "confidence": "confidence",
        "unmapped": "columns without a field", "notes": "notes", "problem": "problem",
        "sample": "first record",
    },
}  # fmt: skip
# More findings than this are told by their reasons.
FINDINGS_SHOWN = 40
NOTES_SHOWN = 20
# What people read at the head of the columns; programs read English names.
HEADS = {
    "fr": ("gravité", "notice", "colonne", "valeur", "motif", "proposition"),
    "en": ("severity", "row", "column", "value", "reason", "suggestion"),
}
REASON_HEADS = {
    "fr": ("gravité", "nombre", "motif", "première notice", "colonne", "valeur", "proposition"),
    "en": ("severity", "count", "reason", "first row", "column", "value", "suggestion"),
}


def detect(
    file: Annotated[Path, typer.Argument(help="L’inventaire à reconnaître.")],
    crosswalk: CrosswalkOption = None,
    encoding: EncodingOption = None,
    museum: Annotated[
        str | None, typer.Option(help="Code Muséofile, pour la notice d’essai.")
    ] = None,
    form: FormOption = Form.table,
    lang: LangOption = None,
) -> None:
    """Dit le format, l’encodage, la concordance qui convient, et ce qu’elle laisse de côté."""
    found = crosswalks.detect(file, crosswalk=crosswalk, encoding=encoding, museum=museum)
    facts = {
        "file": file.name,
        "format": found.format,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "crosswalk": found.crosswalk,
        "confidence": found.confidence,
        "unmapped": found.unmapped,
        "notes": [told(note, language(lang)) for note in found.notes],
        "problem": found.problem.told(language(lang)) if found.problem else None,
        "sample": found.sample,
    }
    if form is Form.table:
        for name, value in facts.items():
            if name not in ("notes", "problem") or value:
                shown = _shown(name, value)
                label = _FACTS[language(lang)][name]
                console().print(f"{label} : {shown}", markup=False, soft_wrap=True)
        return
    if form is Form.csv:
        facts = {name: value for name, value in facts.items() if name != "sample"}
        emit(tuple(facts), [[_joined(value) for value in facts.values()]], form)
        return
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))


def _shown(name: str, value: Any) -> Any:
    if name == "sample":
        return json.dumps(value, ensure_ascii=False, indent=1)
    if name == "confidence":
        return f"{value:.0%}"
    if name == "delimiter" and value == "\t":
        return "tabulation"
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return value or "–"


def _joined(value: Any) -> Any:
    return " | ".join(value) if isinstance(value, list) else value


def crosswalk(
    file: Annotated[Path, typer.Argument(help="L’inventaire dont on veut une concordance.")],
    encoding: EncodingOption = None,
) -> None:
    """Prépare une concordance d’après les en-têtes ; un documentaliste la termine."""
    typer.echo(crosswalks.draft_file(file, encoding=encoding))


def check(
    file: Annotated[Path, typer.Argument(help="L’inventaire à contrôler.")],
    museum: Annotated[str | None, typer.Option(help="Code Muséofile.")] = None,
    crosswalk: CrosswalkOption = None,
    encoding: EncodingOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Le retour au musée : .xlsx, .csv ou .html."),
    ] = None,
    engine: Annotated[str, typer.Option(help="Moteur SHACL.")] = "shacl",
    severity: Annotated[
        Severity,
        typer.Option(
            help="Gravité à partir de laquelle le code de sortie est 1 ; info montre les conseils."
        ),
    ] = Severity.violation,
    base: Annotated[str, typer.Option(help="IRI de base.", envvar="MUSEO_BASE")] = DEFAULT_BASE,
    form: FormOption = Form.table,
    lang: LangOption = None,
) -> None:
    """Dit ce qu’il adviendrait de cet inventaire, sans rien charger ; écrit le retour au musée."""
    spec = SourceSpec(slug(file.stem), file, museum, crosswalk, encoding)
    feedback, examination = examine.feedback(spec, base, engine, language(lang))
    named = SEVERITY_NAMES[language(lang)] if form is Form.table else {}
    lines = [
        (named.get(line.severity, line.severity), line.row, line.column, line.value, line.reason,
         line.suggestion)
        for line in feedback.lines
        if form is not Form.table or line.severity != "Info" or severity is Severity.info
    ]  # fmt: skip
    if form is not Form.table:
        emit(("severity", "row", "column", "value", "reason", "suggestion"), lines, form)
    elif len(lines) > FINDINGS_SHOWN:
        _reasons(feedback, severity, named, language(lang))
    elif lines:
        emit(HEADS[language(lang)], lines, form)
    path = output or file.with_name(f"{file.stem}-retour.xlsx").name
    write_feedback(feedback, Path(path), language(lang))
    if form is Form.table:
        _summary(feedback, examination, Path(path), language(lang))
    if _reaches(feedback, severity):
        raise typer.Exit(1)


def _reasons(feedback: Feedback, severity: Severity, named: dict[Any, str], lang: str) -> None:
    """Many findings are told by their reasons: the feedback file holds each of them."""
    first: dict[tuple[str, str], Line] = {}
    for line in feedback.lines:
        first.setdefault((line.severity, line.reason), line)
    rows = [
        (named[grave], count, reason, first[grave, reason].row, first[grave, reason].column,
         first[grave, reason].value, first[grave, reason].suggestion)
        for grave, reason, count in feedback.reasons
        if grave != "Info" or severity is Severity.info
    ]  # fmt: skip
    emit(REASON_HEADS[lang], rows, Form.table)


def _summary(feedback: Feedback, examination: examine.Examination, path: Path, lang: str) -> None:
    loaded = feedback.rows - feedback.quarantined - feedback.refused
    found = feedback.counts
    texts = {
        "fr": f"{feedback.rows} lignes lues = {loaded} à charger + {feedback.quarantined} en "
        f"quarantaine + {feedback.refused} refusées\nConstats bloquants : {found['Violation']} ; "
        f"à corriger : {found['Warning']} ; conseils : {found['Info']}\nConcordance : "
        f"{examination.source.crosswalk.name} ; {examination.source.coverage:.1%} des cellules "
        f"prises par un champ\nRetour au musée : {path}",
        "en": f"{feedback.rows} rows read = {loaded} to be loaded + {feedback.quarantined} "
        f"quarantined + {feedback.refused} refused\nBlocking findings: {found['Violation']}; "
        f"to mend: {found['Warning']}; advice: {found['Info']}\nCrosswalk: "
        f"{examination.source.crosswalk.name}; {examination.source.coverage:.1%} of the cells "
        f"taken by a field\nFeedback for the museum: {path}",
    }
    notes = examination.source.notes
    for note in notes[:NOTES_SHOWN]:
        console().print(told(note, lang), markup=False, soft_wrap=True)
    if len(notes) > NOTES_SHOWN:
        console().print(f"  … + {len(notes) - NOTES_SHOWN}", markup=False)
    console().print("\n" + texts[lang], markup=False)


def _reaches(feedback: Feedback, severity: Severity) -> bool:
    order = ("Violation", "Warning", "Info")
    grave = order[: [name.lower() for name in order].index(severity) + 1]
    refused = feedback.refused > 0
    return refused or any(feedback.counts[name] for name in grave)  # type: ignore[index]


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
    lang: Annotated[
        Lang | None,
        typer.Option(
            "--lang",
            help="La langue dans laquelle une date fut écrite : elle seule dit si 10/11/2005 est "
            "en octobre ; sans elle les deux lectures sont données.",
        ),
    ] = None,
) -> None:
    """Montre ce qui est compris d’un texte : une ligne de JSON par texte."""
    written = lang.value if lang else None
    for text in texts:
        typer.echo(json.dumps(_parsed(kind, text, written), ensure_ascii=False))


def _parsed(kind: Parser, text: str, lang: str | None) -> Any:
    if kind is Parser.date:
        found = dates.parse(text, lang)
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
    app.command()(check)
    app.command()(parse)
