"""The query library as forms, and the answers as pages and files."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from museosciences import headed, query, report
from museosciences.errors import QueryError
from museosciences.report.asking import Asker, Scope
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.pages.frame import Addresses, language, render, wording
from museosciences.serve.pages.graph import counts, museum_name

router = APIRouter(include_in_schema=False)
# Rows shown on a page; the files have them all.
SHOWN = 200
LONGEST = 300
_FOLDERS = {
    "explore": ("Explorer", "Explore"),
    "report": ("Faire le point", "Take stock"),
    "quality": ("Vérifier", "Check"),
}
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/questions")
def questions(request: Request, here: Here) -> Response:
    """All questions of the library, by what they are for."""
    w = wording(request)
    found = sorted(query.library().values(), key=lambda one: w.set(one.title(w.lang)).casefold())
    groups = [
        (w(*title), [one for one in found if one.folder == folder])
        for folder, title in _FOLDERS.items()
    ]
    return render(request, here.base, "questions.html", groups=groups)


@router.get("/query/{name}")
def question(request: Request, here: Here, name: str) -> Response:
    """A question with its form; its answer when it has been asked, as a page or a file."""
    stem, dot, suffix = name.rpartition(".")
    if dot and suffix in _TYPES:
        return _file(*_asked(request, here, stem), suffix, language(request))
    name = name.removesuffix(".html")
    asked = _found(name)
    needs = [p for p in asked.params if p.default is None and p.name != "lang"]
    run = "run" in request.query_params or not needs
    given = _given(request, asked)
    table: query.Table | None = None
    error: QueryError | None = None
    if run:
        try:
            table = query.run(here.store, asked, given)
        except QueryError as refused:
            error = refused
    url = Addresses(request, here.base)
    return render(
        request,
        here.base,
        "question.html",
        asked=asked,
        given=given,
        museums=_museums(here) if any(p.type == "museum" for p in asked.params) else [],
        head=_head(request, asked, table),
        rows=_cells(request, here, asked, table),
        count=len(table.rows) if table else 0,
        shown=SHOWN,
        ran=table is not None,
        error=error,
        file=lambda kind: url(f"query/{name}.{kind}", **given),
    )


def _found(name: str) -> headed.Query:
    try:
        return query.library()[name]
    except KeyError as error:
        raise HTTPException(404, f"there is no question named {name!r}") from error


def _asked(request: Request, here: Current, name: str) -> tuple[headed.Query, query.Table]:
    asked = _found(name)
    return asked, query.run(here.store, asked, _given(request, asked))


def _given(request: Request, asked: headed.Query) -> dict[str, str]:
    """The values of the parameters: those given, and the language of the page."""
    params = request.query_params
    given = {p.name: params[p.name][:LONGEST] for p in asked.params if params.get(p.name)}
    if any(p.name == "lang" for p in asked.params):
        given["lang"] = language(request)
    return given


def _museums(here: Current) -> list[tuple[str, str]]:
    codes = counts(here, "museum")
    return sorted(((code, museum_name(here, code)) for code in codes), key=lambda pair: pair[1])


def _columns(
    request: Request, asked: headed.Query, table: query.Table
) -> list[tuple[str, str, str]]:
    """The columns of an answer: name, type, label."""
    lang = language(request)
    known = {column.name: column for column in asked.columns}
    return [
        (name, known[name].type, known[name].label[lang]) if name in known else (name, "text", name)
        for name in table.columns
    ]


def _head(request: Request, asked: headed.Query, table: query.Table | None) -> list[str]:
    if table is None:
        return []
    return [wording(request).set(label) for _, _, label in _columns(request, asked, table)]


def _cells(
    request: Request, here: Current, asked: headed.Query, table: query.Table | None
) -> list[list[tuple[str, str]]]:
    """The first rows of an answer: each cell as it is printed, and where it leads."""
    if table is None:
        return []
    scope = Scope(here.store, here.build.register, wording(request))
    asker = Asker(scope)
    columns = _columns(request, asked, table)
    found = []
    for row in list(table.values())[:SHOWN]:
        cells = []
        for (_, kind, _), value in zip(columns, row, strict=True):
            text = asker.cell(kind, value).text
            leads = str(value) if isinstance(value, str) and value.startswith(here.base) else ""
            cells.append((_readable(text, here.base), "" if "/graph/" in leads else leads))
        found.append(cells)
    return found


def _readable(text: str, base: str) -> str:
    """An identifier by its end; everything else as it is."""
    return text.removeprefix(base).rpartition("/")[2] if text.startswith(base) else text


def _file(asked: headed.Query, table: query.Table, suffix: str, lang: str) -> Response:
    content: bytes
    if suffix == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(table.columns)
        writer.writerows(table.texts())
        content = stream.getvalue().encode()
    elif suffix == "json":
        rows: list[dict[str, Any]] = [
            dict(zip(table.columns, row, strict=True)) for row in table.values()
        ]
        content = json.dumps(rows, ensure_ascii=False).encode()
    else:
        content = report.workbook(asked, table, lang)
    disposition = f'attachment; filename="{asked.name}.{suffix}"'
    return Response(
        content, media_type=_TYPES[suffix], headers={"content-disposition": disposition}
    )
