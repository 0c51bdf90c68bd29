"""``museo query``, ``queries``, ``links``, ``review``: ask the build, and judge its links."""

from __future__ import annotations

import csv
import getpass
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from museosciences import headed, link, report
from museosciences import query as library
from museosciences.command.shared import (
    Form,
    FormOption,
    LangOption,
    WorkspaceOption,
    current_store,
    language,
    workspace_of,
)
from museosciences.errors import InputError, Place, Said, UsageError, cause_of
from museosciences.output import console, emit
from museosciences.register import Register
from museosciences.store import GraphStore


class AnswerForm(StrEnum):
    """The formats of an answer to a question."""

    table = "table"
    csv = "csv"
    json = "json"
    xlsx = "xlsx"


def query(
    name: Annotated[str, typer.Argument(help="Nom d’une question, fichier .rq, ou - pour stdin.")],
    param: Annotated[
        list[str] | None, typer.Option("--param", help="Paramètre : nom=valeur.")
    ] = None,
    workspace: WorkspaceOption = None,
    form: Annotated[
        AnswerForm, typer.Option("--format", help="La forme du résultat.")
    ] = AnswerForm.table,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Le classeur à écrire (--format xlsx).")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Pose une question de la bibliothèque, ou une requête SPARQL."""
    if (form is AnswerForm.xlsx) != (output is not None):
        raise UsageError(
            Said(
                "un classeur s’écrit dans un fichier, les autres formes s’affichent",
                "a workbook is written to a file, and the other formats are printed",
            ),
            remedy=Said(
                "museo query NOM --format xlsx -o reponse.xlsx",
                "museo query NAME --format xlsx -o answer.xlsx",
            ),
        )
    asked = headed.parse(sys.stdin.read(), name="stdin") if name == "-" else library.find(name)
    given = dict(_parameter(text) for text in param or ())
    with current_store(workspace) as store:
        table = library.run(store, asked, given)
    if output is not None:
        _write(output, report.workbook(asked, table, language(lang)))
        return
    rows = table.values() if form is AnswerForm.json else table.texts()
    emit(table.columns, rows, form)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            Said(
                f"le fichier {path} ne peut être écrit : {cause_of(error).fr}",
                f"the file {path} cannot be written: {cause_of(error)}",
            ),
            remedy=Said("choisir un autre fichier avec -o", "choose another file with -o"),
        ) from error


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(
            Said(f"« {text} » n’est pas de la forme nom=valeur", f"{text!r} is not name=value"),
            remedy=Said("comme --param museum=M0812", "as in --param museum=M0812"),
        )
    return name, value


def queries(form: FormOption = Form.table, lang: LangOption = None) -> None:
    """Les questions de la bibliothèque, avec leurs paramètres."""
    rows = [
        (
            found.name,
            found.folder,
            found.title(language(lang)),
            " ".join(f"{p.name}:{p.type}" for p in found.params),
            str(found.header.get("question", "")),
        )
        for found in sorted(library.library().values(), key=lambda q: (q.folder, q.name))
    ]
    emit(("name", "folder", "title", "params", "question"), rows, form)


def links(
    type: Annotated[str | None, typer.Option(help="Type de lien.")] = None,
    museum: Annotated[
        str | None, typer.Option(help="Code d’un musée, de l’un ou l’autre côté.")
    ] = None,
    concept: Annotated[
        str | None, typer.Option(help="Concept partagé ou plus large, comme taxa/Aves.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="accepted, review ou confirmed.")] = None,
    min_score: Annotated[float, typer.Option(help="Score minimal, de 0 à 1.")] = 0.0,
    axis: Annotated[str | None, typer.Option(help="Axe ou vitrine du thème, comme axis-2.")] = None,
    text: Annotated[str | None, typer.Option(help="Mots à trouver dans le lien.")] = None,
    limit: Annotated[int | None, typer.Option(help="Nombre de liens au plus.")] = None,
    explain: Annotated[str | None, typer.Option(help="Le lien à expliquer en entier.")] = None,
    workspace: WorkspaceOption = None,
    form: FormOption = Form.table,
    lang: LangOption = None,
) -> None:
    """Les liens entre arts et sciences, les plus forts d’abord."""
    with current_store(workspace) as store:
        if explain is not None:
            _explain(store, explain, workspace, form, language(lang))
            return
        wanted = link.Filter(type, museum, concept, status, min_score, text, axis)
        rows = link.listing(store, wanted, lang=language(lang))[:limit]
    if form is Form.table:
        shown = ("score", "type", "status", "explanation")
        places = [link.COLUMNS.index(name) for name in shown]
        emit(shown, [[_rounded(row[place]) for place in places] for row in rows], form)
    else:
        emit(link.COLUMNS, rows, form)


def _rounded(text: str) -> str:
    try:
        return f"{float(text):.2f}"
    except ValueError:
        return text


def _explain(store: GraphStore, name: str, workspace: Path | None, form: Form, lang: str) -> None:
    row = link.known(store, name, lang)
    register = Register(workspace_of(workspace).current().register)
    chain: dict[str, Any] = {"chain": link.chain(store, row, lang)}
    chain |= {**row, **link.parts(store, row["link"])}
    for side in ("art", "science"):
        path = row[f"{side}_record"].removeprefix(store.base)
        chain[f"{side}_rows"] = register.rows_of(path)
    register.close()
    if form is Form.json:
        typer.echo(json.dumps(chain, ensure_ascii=False, indent=1))
        return
    for key, value in chain.items():
        if key.endswith("_rows"):
            for source_row in value:
                console().print(
                    f"{key}: {source_row['source']}, {source_row['number']}", markup=False
                )
                for column, cell in source_row["cells"].items():
                    if cell:
                        console().print(f"    {column}: {cell}", markup=False)
        else:
            text = (
                (" → " if key == "chain" else ", ").join(value)
                if isinstance(value, list)
                else value
            )
            console().print(f"{key}: {text}", markup=False)


review = typer.Typer(help="Les décisions des conservateurs sur les liens.", no_args_is_help=True)

_DECISIONS: dict[str, link.Decision] = {"accept": "accept", "reject": "reject"}
Why = Annotated[str, typer.Option("--why", help="La raison.")]


@review.command()
def accept(name: Annotated[str, typer.Argument(metavar="LINK")], why: Why,
           workspace: WorkspaceOption = None) -> None:  # fmt: skip
    """Confirme un lien."""
    _decide([(name, "accept", why)], workspace)


@review.command()
def reject(name: Annotated[str, typer.Argument(metavar="LINK")], why: Why,
           workspace: WorkspaceOption = None) -> None:  # fmt: skip
    """Écarte un lien : il ne reviendra pas."""
    _decide([(name, "reject", why)], workspace)


@review.command(name="import")
def import_(file: Annotated[Path, typer.Argument(help="CSV : link, decision, why.")],
            workspace: WorkspaceOption = None) -> None:  # fmt: skip
    """Lit un CSV de décisions."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        header = handle.readline()
        handle.seek(0)
        # A French spreadsheet writes semicolons.
        rows = list(csv.DictReader(handle, delimiter=max(",;\t", key=header.count)))
    decisions: list[tuple[str, link.Decision, str]] = []
    for number, row in enumerate(rows, start=1):
        decision = _DECISIONS.get(row.get("decision") or "")
        if decision is None or not row.get("link"):
            raise InputError(
                Said("cette ligne n’est pas une décision", "this row is not a decision"),
                place=Place(file=file.name, row=number),
                remedy=Said(
                    "colonnes : link, decision (accept ou reject), why",
                    "columns: link, decision (accept or reject), why",
                ),
            )
        decisions.append((row["link"], decision, row.get("why") or ""))
    _decide(decisions, workspace)


@review.command()
def precision(workspace: WorkspaceOption = None, form: FormOption = Form.table) -> None:
    """La part des liens jugés bons, pour chaque règle."""
    judged = link.read_reviews(workspace_of(workspace).reviews).values()
    emit(("rule", "accepted", "rejected", "precision"), link.precision(judged), form)


def _decide(decisions: list[tuple[str, link.Decision, str]], workspace: Path | None) -> None:
    with current_store(workspace) as store:
        who = getpass.getuser()
        reviews = [link.judge(store, name, taken, who, why) for name, taken, why in decisions]
    link.append_reviews(workspace_of(workspace).reviews, reviews)
    for made in reviews:
        console().print(f"{made.decision}  {made.link}", markup=False)


def add(app: typer.Typer) -> None:
    """Give the commands to the application."""
    app.command()(query)
    app.command()(queries)
    app.command()(links)
    app.add_typer(review, name="review")
