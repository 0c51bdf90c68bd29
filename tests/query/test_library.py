"""Every question of the library is headed, answered on the demonstration, and bound by terms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from museosciences import headed, query
from museosciences.errors import QueryError
from museosciences.store import GraphStore

EXPECTED = Path(__file__).parent / "expected"
QUERIES = sorted(query.library().values(), key=lambda asked: asked.name)
# Only the first rows are kept: enough to see a change, few enough to be read.
ROWS_KEPT = 25


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: asked.name)
def test_header(asked: headed.Query) -> None:
    assert asked.title("fr") != asked.name, "a title in French"
    assert asked.title("en") != asked.title("fr"), "a title in English"
    assert re.fullmatch(r"CQ-\d{3}", asked.header["question"])
    if asked.folder == "quality":
        assert asked.header.get("problem"), "what is wrong when it answers"
        assert asked.header.get("solution"), "what mends it"


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: asked.name)
def test_labels(asked: headed.Query) -> None:
    for labelled in (*asked.params, *asked.columns):
        assert set(labelled.label) == {"fr", "en"}
        assert labelled.name not in labelled.label.values(), f"{labelled.name} has its labels"


def test_there_are_enough_questions() -> None:
    assert len(QUERIES) >= 40


def test_questions_are_numbered_once() -> None:
    numbers = [asked.header["question"] for asked in QUERIES]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: asked.name)
def test_answer_on_the_demonstration(
    asked: headed.Query, store: GraphStore, expected: Callable[[Path, str], None]
) -> None:
    table = query.run(store, asked)
    described = [column.name for column in asked.columns]
    assert described == list(table.columns), "the header describes the columns, in their order"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(list(table.texts())[:ROWS_KEPT])
    expected(EXPECTED / f"{asked.name}.csv", out.getvalue())


def test_no_expected_answer_without_its_question() -> None:
    assert {path.stem for path in EXPECTED.glob("*.csv")} == {asked.name for asked in QUERIES}


def test_parameters_narrow_the_answer(store: GraphStore) -> None:
    asked = query.find("objects-by-taxon")
    everything = sum(int(row[-1]) for row in query.run(store, asked).texts())
    one = query.run(store, asked, {"museum": "DEMO02"})
    assert 0 < sum(int(row[-1]) for row in one.texts()) < everything
    assert list(one.to_pandas().columns) == ["taxon", "label", "records"]
    assert one.to_pandas()["records"].dtype.kind == "i"


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("SELECT (2 AS ?n) {}", ("n",), [(2,)]),
        ("# SELECT\nASK { ?s ?p ?o }", ("answer",), [("true",)]),
        (
            "CONSTRUCT { <http://e/a> <http://e/b> 3 } {}",
            ("subject", "predicate", "object"),
            [("http://e/a", "http://e/b", 3)],
        ),
        ("DESCRIBE <http://e/nothing>", ("subject", "predicate", "object"), []),
    ],
)
def test_every_form_of_query_is_answered_as_a_table(
    store: GraphStore, text: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]
) -> None:
    table = query.run(store, headed.parse(text, name="stdin"))
    assert table.columns == columns
    assert list(table.values()) == rows


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "asks nothing"),
        ("DROP ALL", "asks nothing"),
        ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", "another server"),
        ("SELECT", "not SPARQL"),
    ],
)
def test_what_is_no_question_is_refused(store: GraphStore, text: str, cause: str) -> None:
    with pytest.raises(QueryError, match=cause):
        query.run(store, headed.parse(text, name="stdin"))


def test_unknown_names_say_what_there_is() -> None:
    with pytest.raises(QueryError, match="museo queries"):
        query.find("nowhere")
    asked = query.find("objects-by-taxon")
    with pytest.raises(QueryError, match="its parameters: museum"):
        asked.bindings({"musee": "x"}, "https://e/")


@pytest.mark.parametrize(
    ("type_", "value", "term"),
    [
        ("museum", "M0812", ox.NamedNode("https://e/museum/M0812")),
        ("museum", "M 1>", ox.NamedNode("https://e/museum/M%201%3E")),
        ("concept", "taxa/Aves", ox.NamedNode("https://e/concept/taxa/Aves")),
        ("concept", "taxa:Aves", ox.NamedNode("https://e/concept/taxa/Aves")),
        ("integer", "12", ox.Literal(12)),
        ("string", '"} DROP ALL', ox.Literal('"} DROP ALL')),
        ("iri", "object/M1/2", ox.NamedNode("https://e/object/M1/2")),
    ],
)
def test_parameters_become_terms(type_: str, value: str, term: object) -> None:
    assert headed.Parameter("p", type_).term(value, "https://e/") == term


@pytest.mark.parametrize(
    ("type_", "value"), [("integer", "douze"), ("concept", "Aves"), ("iri", "a> <b")]
)
def test_bad_values_are_refused(type_: str, value: str) -> None:
    with pytest.raises(QueryError, match="the parameter p takes"):
        headed.Parameter("p", type_).term(value, "https://e/")


@pytest.mark.parametrize(
    "header", ["#+ title: [", "#+ - a\n#+ - b", "#+ params: {x: {type: colour}}"]
)
def test_bad_headers(header: str) -> None:
    with pytest.raises(QueryError):
        headed.parse(f"{header}\nASK {{}}", name="bad")
