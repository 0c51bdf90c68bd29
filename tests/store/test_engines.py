"""One library, several engines: the same questions have the same answers on all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from museosciences import headed, iris, knowledge, link, query
from museosciences.store import GraphStore, Term
from museosciences.workspace import Workspace

LIBRARY = sorted(query.library().values(), key=lambda asked: asked.name)
INNER = [
    headed.read(path, folder)
    for folder in ("derive", "sets", "links")
    for path in knowledge.files(f"queries/{folder}", "*.rq")
]
_BOOLEAN = {"1": "true", "0": "false"}


@pytest.fixture(scope="module")
def remote(elsewhere: Workspace) -> Iterator[GraphStore]:
    opened = elsewhere.current().open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def embedded(demonstration: Workspace) -> Iterator[GraphStore]:
    opened = demonstration.current().open()
    yield opened
    opened.close()


def normal(term: Term | None) -> str:
    """A term so that what engines may write differently is the same.

    Blank nodes have no name, numbers no form, an ``xsd:string`` is a plain literal, and a
    computed truth value may be the integer 0 or 1.
    """
    if term is None:
        return ""
    if isinstance(term, ox.BlankNode):
        return "_:"
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.removeprefix(iris.XSD)
        if kind in ("integer", "decimal", "double", "float"):
            return f"{float(term.value):.6g}"
        if kind == "boolean":
            return f"{int(term.value in ('true', '1'))}"
        return f"{term.value!r}@{term.language}" if term.language else repr(term.value)
    return str(term)


def rows(store: GraphStore, asked: headed.Query) -> list[tuple[str, ...]]:
    bindings = asked.bindings({}, store.base)
    return [tuple(map(normal, row)) for row in store.select(asked.text, bindings).rows]


@pytest.mark.parametrize("asked", LIBRARY, ids=lambda asked: asked.name)
def test_the_library(asked: headed.Query, embedded: GraphStore, remote: GraphStore) -> None:
    here, there = rows(embedded, asked), rows(remote, asked)
    assert Counter(there) == Counter(here)


@pytest.mark.parametrize("asked", INNER, ids=lambda asked: f"{asked.folder}/{asked.name}")
def test_what_the_build_stands_on(
    asked: headed.Query, embedded: GraphStore, remote: GraphStore
) -> None:
    """The derived relations, the sets and the rules of links.

    How often an answer comes does not matter to the build: a term that stands in the graphs of
    three sources is there three times in the union of the embedded store.
    """
    if "CONSTRUCT" not in asked.text:
        assert set(rows(remote, asked)) == set(rows(embedded, asked))
        return
    here, there = (set(solutions(store.construct(asked.text))) for store in (embedded, remote))
    assert there == here


def solutions(triples: Iterator[ox.Triple]) -> Iterator[tuple[str, ...]]:
    """The solutions of a CONSTRUCT: the triples of a blank node belong together."""
    joined: dict[str, list[str]] = {}
    for triple in triples:
        told = f"{normal(triple.predicate)} {normal(triple.object)}"
        joined.setdefault(str(triple.subject), []).append(told)
    for subject, told in joined.items():
        name = "_:" if subject.startswith("_:") else subject
        yield name, *sorted(set(told))


def test_a_build_there_is_the_build_here(embedded: GraphStore, remote: GraphStore) -> None:
    assert remote.graphs() == pytest.approx(embedded.graphs(), abs=0)
    assert link.listing(remote) == link.listing(embedded)
