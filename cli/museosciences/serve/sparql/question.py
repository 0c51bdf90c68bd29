"""A question by the SPARQL 1.1 Protocol: what a request asks, of which graphs, in which format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import parse_qsl

import pyoxigraph as ox
from fastapi import HTTPException, Request

from museosciences import sparql
from museosciences.serve.sparql.formats import GRAPHS, RESULTS, chosen
from museosciences.serve.sparql.limits import Limits

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_UPDATE = "application/sparql-update"
# A question of more parameters than this is none.
_MOST_PARAMETERS = 1000


class Stopped(Exception):
    """An answer that will not come.

    ``args`` are the kind (overtime, busy, failed; or what a worker says) and the cause.
    """


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs it is asked of (None: as the query says), and the formats accepted."""

    query: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    rows: str | None = "json"
    graph: str | None = "ttl"

    def for_worker(self, limits: Limits) -> dict[str, Any]:
        """The question as a worker reads it."""
        return {
            "query": self.query, "default": self.default, "named": self.named, "rows": self.rows,
            "graph": self.graph, "most": limits.most, "longest": ceil(limits.longest),
        }  # fmt: skip


async def asked(request: Request) -> Question | None:
    """The question of a request, or None when it asks nothing. Raises HTTPException 4xx.

    SPARQL 1.1 Protocol, section 2.1: query via GET, via URL-encoded POST, via POST directly.
    """
    given = _pairs(request.url.query.encode())
    if request.method == "POST":
        given = await _posted(request, given)
    known = _gathered(given)
    if any(name.startswith("update") or name.startswith("using-") for name in known):
        raise HTTPException(403, "this endpoint is read-only: it takes no update")
    queries = known.get("query", ())
    if len(queries) > 1:
        raise HTTPException(400, "a request has one query")
    if not queries:
        if request.method == "POST" or "default-graph-uri" in known:
            raise HTTPException(400, "there is no query in this request")
        return None
    if sparql.calls_out(queries[0]):
        raise HTTPException(403, "SERVICE and LOAD are refused: this endpoint asks no other server")
    rows, graph = _formats(request, known.get("format", ()))
    return Question(
        queries[0], _graphs(known, "default-graph-uri"), _graphs(known, "named-graph-uri"),
        rows, graph,
    )  # fmt: skip


async def _posted(request: Request, given: list[tuple[str, str]]) -> list[tuple[str, str]]:
    header = request.headers.get("content-type", "")
    kind, _, parameters = header.partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        raise HTTPException(403, "this endpoint is read-only: it takes no update")
    if kind not in (FORM, DIRECT):
        raise HTTPException(415, f"a query is posted as {FORM} or as {DIRECT}")
    charset = parameters.lower().partition("charset=")[2].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise HTTPException(415, "a query is posted in UTF-8")
    body = await request.body()
    if kind == FORM:
        return [*given, *_pairs(body)]
    return [*given, ("query", _text(body))]


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )  # fmt: skip
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the parameters are not URL-encoded UTF-8") from error
    except ValueError as error:
        raise HTTPException(400, "there are too many parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the query is not UTF-8") from error


def _gathered(given: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in given:
        found.setdefault(name, []).append(value)
    return found


def _graphs(known: dict[str, list[str]], name: str) -> tuple[str, ...] | None:
    names = known.get(name)
    for one in names or ():
        try:
            ox.NamedNode(one)
        except ValueError as error:
            raise HTTPException(400, f"{name} is not an IRI") from error
    return None if names is None else tuple(names)


def _formats(request: Request, names: Sequence[str]) -> tuple[str | None, str | None]:
    name = names[0] if names else None
    rows, graph = chosen(request.headers.get("accept"), name)
    if rows is None and graph is None:
        known = ", ".join(
            (*RESULTS.values(), *GRAPHS.values()) if name is not None else (*RESULTS, *GRAPHS)
        )
        raise HTTPException(400 if name is not None else 406, f"the formats are: {known}")
    return rows, graph
