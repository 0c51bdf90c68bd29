"""Parameters are bound as tokens: never inside strings, IRIs or comments."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museosciences import sparql
from museosciences.errors import QueryError

MUSEUM = ox.NamedNode("urn:m")


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("SELECT ?m WHERE { ?s ?p ?m }", "SELECT (<urn:m> AS ?m) WHERE { ?s ?p <urn:m> }"),
        ("ASK { ?s ?p '?m' } # ?m", "ASK { ?s ?p '?m' } # ?m"),
        ("ASK { <http://e/?m> ?p $m }", "ASK { <http://e/?m> ?p <urn:m> }"),
        ("SELECT (COUNT(?m) AS ?n) { ?s ?p ?m } GROUP BY ?m",
         "SELECT (COUNT(<urn:m>) AS ?n) { ?s ?p <urn:m> } GROUP BY (<urn:m>)"),
        ("SELECT ?x { { SELECT ?m ?x { ?x ?p ?m } } }",
         "SELECT ?x { { SELECT (<urn:m> AS ?m_bound) ?x { ?x ?p <urn:m> } } }"),
        ("SELECT ?museum { ?s ?p ?museum }", "SELECT ?museum { ?s ?p ?museum }"),
    ],
)  # fmt: skip
def test_bind(query: str, bound: str) -> None:
    assert sparql.bind(query, {"m": MUSEUM}) == bound
    ox.Store().query(bound)


def test_a_hostile_value_stays_a_value() -> None:
    hostile = ox.Literal('" } ; DROP ALL # \\')
    store = ox.Store()
    node = ox.NamedNode("https://e/a")
    store.add(ox.Quad(node, node, hostile))
    query = sparql.bind("SELECT ?s WHERE { ?s ?p ?value }", {"value": hostile})
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    assert [solution["s"] for solution in found] == [node]


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(QueryError):
        sparql.bind("ASK { ?s ?p ?m }", {"m": ox.BlankNode("b")})


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_tokens_joined_are_the_query(text: str) -> None:
    assert "".join(token.text for token in sparql.tokens(text)) == text


def test_keywords_see_through_strings_and_comments() -> None:
    found = sparql.keywords("select * { service <http://e/> { ?s ?p 'LOAD' } } # CLEAR")
    assert "SERVICE" in found
    assert not {"LOAD", "CLEAR"} & found
