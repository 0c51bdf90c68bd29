"""The JSON interface: search, records, links and questions. Described at ``/api/openapi.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from pydantic import BaseModel, Field

from museosciences import link, query
from museosciences.errors import QueryError
from museosciences.iris import record_path
from museosciences.publish.collection import Entry
from museosciences.publish.description import Reader
from museosciences.publish.setting import uri
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.machine.dereference import living
from museosciences.serve.machine.forms import HTML, of_kind
from museosciences.serve.sparql.answer import Answer
from museosciences.serve.sparql.formats import chosen
from museosciences.serve.sparql.question import Question
from museosciences.sparql import bind

LARGEST_PAGE = 500
router = APIRouter(prefix="/api", tags=["api"])

Page = Annotated[int, Query(ge=1, le=10_000, description="The page, from 1.")]
Size = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="How many in a page.")]
Lang = Annotated[str, Query(pattern="^(fr|en)$", description="The language of texts: fr or en.")]


class Found(BaseModel):
    """A record as lists show it."""

    iri: str
    museum: str
    inventory_number: str
    kind: str = Field(description="object, specimen or instrument")
    label: str
    changed: str = Field(description="When it last changed: UTC, to the second.")


class Results(BaseModel):
    """Records that hold the words, best first."""

    total: int = Field(description="How many there are.")
    items: list[Found]


class RecordLink(BaseModel):
    """A link of a record to one of another museum."""

    iri: str
    type: str
    other: str = Field(description="The IRI of the record at the other end.")
    other_label: str
    via: str = Field(description="The IRI of what they share.")
    score: float
    status: str
    explanation: dict[str, str] = Field(description="The sentence, by language.")


class SourceRow(BaseModel):
    """A row of an inventory as the museum wrote it."""

    source: str
    number: int
    cells: dict[str, Any]


class Whole(Found):
    """A record with its links, its source rows and its documents."""

    links: list[RecordLink]
    rows: list[SourceRow]
    documents: dict[str, str] = Field(description="The addresses of its documents, by media type.")


class Links(BaseModel):
    """Links, the strongest first; the members are those of `museo links`."""

    total: int
    items: list[dict[str, str]]


class ParameterOf(BaseModel):
    """A parameter of a question."""

    name: str
    type: str
    default: str | None


class NamedQuestion(BaseModel):
    """A question of the library."""

    name: str
    folder: str
    title: str
    params: list[ParameterOf]


@router.get("/search")
def search(
    here: Here,
    q: Annotated[str, Query(max_length=500, description="Words, or their beginnings.")],
    museum: Annotated[str | None, Query(max_length=50)] = None,
    kind: Annotated[str | None, Query(pattern="^(object|specimen|instrument)$")] = None,
    page: Page = 1,
    size: Size = 20,
) -> Results:
    """Records that hold all the words, best first."""
    numbers = here.register.matching(q)
    for name, value in (("museum", museum), ("kind", kind)):
        if value is not None:
            members = here.register.members(name, value)
            numbers = [number for number in numbers if members >> number & 1]
    rows = here.register.cards(numbers[(page - 1) * size : page * size])
    return Results(total=len(numbers), items=[_found(here, row) for row in rows])


def _found(here: Current, row: Mapping[str, Any]) -> Found:
    members = {name: row[name] for name in Found.model_fields if name != "iri"}
    return Found(iri=here.base + row["path"], **members)


@router.get("/records/{museum}/{number:path}")
def record(
    here: Here,
    museum: Annotated[str, Path(description="The code of the museum.")],
    number: Annotated[str, Path(description="The inventory number.")],
) -> Whole:
    """A record, with its links and its source rows."""
    path = record_path(museum, number)
    entry = living(here.entry(path))
    row = here.register.record(path)
    assert row is not None
    return Whole(
        **_found(here, row).model_dump(),
        links=_links(here, entry),
        rows=[SourceRow(**_members(row)) for row in here.register.rows_of(path)],
        documents={
            form.media_type: f"{uri(here.base + path)}.{form.suffix}"
            for form in (HTML, *of_kind(entry.kind))
        },
    )


def _members(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in SourceRow.model_fields}


def _links(here: Current, entry: Entry) -> list[RecordLink]:
    described = Reader(here.setting.collection, size=1).one(entry)
    names = RecordLink.model_fields
    return [
        RecordLink(**{name: getattr(found, name) for name in names})
        for found in (described.links if described else ())
    ]


@router.get("/links")
def links(
    here: Here,
    type: Annotated[str | None, Query(max_length=100)] = None,
    museum: Annotated[str | None, Query(max_length=50)] = None,
    concept: Annotated[str | None, Query(max_length=200)] = None,
    status: Annotated[str | None, Query(max_length=20)] = None,
    axis: Annotated[str | None, Query(max_length=100)] = None,
    min_score: Annotated[float, Query(ge=0, le=1)] = 0.0,
    text: Annotated[str | None, Query(max_length=200)] = None,
    page: Page = 1,
    size: Size = 50,
    lang: Lang = "fr",
) -> Links:
    """Links between arts and sciences, the strongest first."""
    wanted = link.Filter(type, museum, concept, status, min_score, text, axis)
    accepts = wanted.accepts(here.store)
    rows = here.once(f"links {lang}", lambda: _rows(here, lang))
    found = [row for row in rows if accepts(row)]
    return Links(total=len(found), items=found[(page - 1) * size : page * size])


def _rows(here: Current, lang: str) -> list[dict[str, str]]:
    listed = link.listing(here.store, lang=lang)
    return [dict(zip(link.COLUMNS, row, strict=True)) for row in listed]


@router.get("/queries")
def queries(lang: Lang = "fr") -> list[NamedQuestion]:
    """The questions of the library, with their parameters."""
    return [
        NamedQuestion(
            name=found.name,
            folder=found.folder,
            title=found.title(lang),
            params=[ParameterOf(name=p.name, type=p.type, default=p.default) for p in found.params],
        )
        for found in sorted(query.library().values(), key=lambda q: (q.folder, q.name))
    ]


@router.get(
    "/queries/{name}",
    response_class=Response,
    responses={200: {"content": {"application/sparql-results+json": {}, "text/csv": {}}}},
)
def answer(request: Request, here: Here, name: str) -> Response:
    """The answer to a question of the library, as SPARQL results in JSON, XML, CSV or TSV.

    The parameters of the question are given by their names; `format` is json, xml, csv or tsv.
    """
    asked = query.library().get(name)
    if asked is None:
        raise HTTPException(404, f"there is no question named {name}")
    given = dict(request.query_params)
    rows, _ = chosen(request.headers.get("accept"), given.pop("format", None))
    if rows is None:
        raise HTTPException(406, "the formats are json, xml, csv and tsv")
    try:
        text = bind(asked.text, asked.bindings(given, here.base))
    except QueryError as error:
        raise HTTPException(400, error.cause) from error
    return Answer(request.app.state.pool, here, Question(text, rows=rows, graph=None))
