"""The embedded store: load, union of graphs, bound parameters, errors of queries."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from museosciences.errors import QueryError, StoreError
from museosciences.store import EmbeddedStore, term_text

DATA = [
    b'<https://e/a> <https://e/p> "un" <https://e/g1> .\n',
    b'<https://e/b> <https://e/p> "deux" <https://e/g2> .\n'
    b"<https://e/b> <https://e/q> <https://e/a> <https://e/g2> .\n",
]


@pytest.fixture
def small(tmp_path: Path) -> EmbeddedStore:
    store = EmbeddedStore(tmp_path / "store", base="https://e/")
    store.load(DATA)
    return store


def test_queries_see_the_union_and_resolve_the_base(small: EmbeddedStore) -> None:
    answer = small.select("SELECT ?v WHERE { <a> <p> ?v }")
    assert answer.columns == ("v",)
    assert [term_text(row[0]) for row in answer.rows] == ["un"]
    assert small.ask("ASK { <b> <q> <a> . <a> <p> ?v }")
    assert small.graphs() == {"https://e/g1": 1, "https://e/g2": 2}


def test_bindings_are_terms(small: EmbeddedStore) -> None:
    answer = small.select("SELECT ?s WHERE { ?s <p> ?v }", {"v": ox.Literal("deux")})
    assert [term_text(row[0]) for row in answer.rows] == ["https://e/b"]


def test_a_read_only_store_is_a_snapshot(small: EmbeddedStore) -> None:
    snapshot = EmbeddedStore(small.path, base=small.base, read_only=True)
    small.load([b'<https://e/c> <https://e/p> "trois" <https://e/g1> .\n'])
    assert sum(snapshot.graphs().values()) == 3
    assert sum(small.graphs().values()) == 4


@pytest.mark.parametrize(
    "query", ["SELEKT", "ASK { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"]
)
def test_what_is_not_a_select(small: EmbeddedStore, query: str) -> None:
    with pytest.raises(QueryError):
        small.select(query)


def test_bad_data_is_refused_whole(small: EmbeddedStore) -> None:
    with pytest.raises(StoreError):
        small.load([b"<https://e/d> <https://e/p> .\n"])
    assert sum(small.graphs().values()) == 3


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="museo build"):
        EmbeddedStore(tmp_path / "absent", base="https://e/", read_only=True)
