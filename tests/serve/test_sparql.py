"""The SPARQL endpoint: formats, graphs, limits, and what strangers try."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from lxml import etree

from museosciences.serve.headers import LARGEST
from museosciences.serve.sparql.limits import Limits
from museosciences.workspace import Workspace

from .serving import serving

BASE = "https://museosciences.example/"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
VALUES = """SELECT ?a ?b WHERE { VALUES (?a ?b) {
  (<https://e/à> "plain") ("guillemets « » \\"quotes\\"" "tab\\tline\\nreturn\\r"@fr)
  (UNDEF "<&>") (3.50 "2026-11-28"^^<http://www.w3.org/2001/XMLSchema#date>) } }"""


@pytest.fixture(scope="module")
def narrow(demonstration: Workspace) -> Iterator[str]:
    """A server with narrow limits, and one worker."""
    limits = Limits(workers=1, patience=0.5, deadline=1.0, longest=4.0, most=1000)
    yield from serving(demonstration, limits)


def ask(server: str, query: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{server}/sparql", params={"query": query}, headers=headers, timeout=60)


def rows_of(found: httpx.Response) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = found.json()["results"]["bindings"]
    return rows


# Formats


def test_json(server: str) -> None:
    found = ask(server, VALUES).json()
    assert found["head"]["vars"] == ["a", "b"]
    assert found["results"]["bindings"] == [
        {"a": {"type": "uri", "value": "https://e/à"}, "b": {"type": "literal", "value": "plain"}},
        {"a": {"type": "literal", "value": 'guillemets « » "quotes"'},
         "b": {"type": "literal", "value": "tab\tline\nreturn\r", "xml:lang": "fr"}},
        {"b": {"type": "literal", "value": "<&>"}},
        {"a": {"type": "literal", "value": "3.5",
               "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
         "b": {"type": "literal", "value": "2026-11-28",
               "datatype": "http://www.w3.org/2001/XMLSchema#date"}},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "form"),
    [("application/sparql-results+json", ox.QueryResultsFormat.JSON),
     ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
     ("text/tab-separated-values", ox.QueryResultsFormat.TSV)],
)  # fmt: skip
def test_what_is_written_is_read_again_by_another(
    server: str, kind: str, form: ox.QueryResultsFormat
) -> None:
    """Each row of the answer, read by the engine's own reader of the format."""
    found = ask(server, VALUES, accept=kind)
    assert found.headers["content-type"].partition(";")[0] == kind
    read = ox.parse_query_results(found.content, format=form)
    assert isinstance(read, ox.QuerySolutions)
    expected = ox.Store().query(VALUES)
    assert isinstance(expected, ox.QuerySolutions)
    assert [tuple(row) for row in read] == [tuple(row) for row in expected]


def test_csv(server: str) -> None:
    found = ask(server, VALUES, accept="text/csv")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    assert found.headers["x-row-limit"] == "1000000"
    rows = list(csv.reader(io.StringIO(found.text, newline="")))
    assert rows == [
        ["a", "b"], ["https://e/à", "plain"],
        ['guillemets « » "quotes"', "tab\tline\nreturn\r"], ["", "<&>"], ["3.5", "2026-11-28"],
    ]  # fmt: skip


def test_columns_keep_the_order_asked(server: str) -> None:
    found = ask(server, "SELECT ?z ?a { VALUES (?a ?z) { (1 2) } }", accept="text/csv")
    assert found.text == "z,a\r\n2,1\r\n"


@pytest.mark.parametrize("kind", ["text/turtle", "application/n-triples", "application/rdf+xml",
                                  "application/ld+json"])  # fmt: skip
@pytest.mark.parametrize(
    "query",
    ["DESCRIBE <object/DEMO02/978.6.4>", "CONSTRUCT WHERE { <object/DEMO02/978.6.4> ?p ?o }"],
)
def test_graphs(server: str, kind: str, query: str) -> None:
    found = ask(server, query, accept=kind)
    assert found.headers["content-type"].partition(";")[0] == kind
    quads = list(ox.parse(found.content, format=ox.RdfFormat.from_media_type(kind)))
    assert len(quads) > 10
    assert {str(quad.subject) for quad in quads} == {f"<{BASE}object/DEMO02/978.6.4>"}


def test_a_link_can_carry_the_format(server: str) -> None:
    found = httpx.get(f"{server}/sparql", params={"query": "SELECT ?x {}", "format": "csv"})
    assert found.text == 'x\r\n""\r\n'
    found = httpx.get(f"{server}/sparql", params={"query": "SELECT ?x {}", "format": "exe"})
    assert found.status_code == 400


def test_no_answer_in_a_format_that_is_not_wanted(server: str) -> None:
    assert ask(server, "SELECT * {}", accept="image/png").status_code == 406
    assert ask(server, "SELECT * {}", accept="text/turtle").status_code == 406
    assert ask(server, "CONSTRUCT WHERE {}", accept="text/csv").status_code == 406


# Graphs


def test_the_default_graph_is_the_union_unless_it_is_said(server: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"

    def number(clause: str, **graphs: str) -> int:
        query = {"query": count.format(clause), **graphs}
        found = httpx.get(f"{server}/sparql", params=query)
        return int(rows_of(found)[0]["n"]["value"])

    one = f"{BASE}graph/source/naturalia"
    whole, part = number(""), number(f"FROM <{one}>")
    assert 0 < part < whole
    assert number("", **{"default-graph-uri": one}) == part
    assert number(f"FROM <{one}>", **{"default-graph-uri": f"{BASE}graph/none"}) == 0
    assert number(f"FROM NAMED <{one}>") == 0
    assert number("", **{"named-graph-uri": one}) == 0


def test_named_graphs_are_those_that_are_said(server: str) -> None:
    one = f"{BASE}graph/source/naturalia"
    for clause, graphs in ((f"FROM NAMED <{one}>", {}), ("", {"named-graph-uri": one})):
        query = f"SELECT DISTINCT ?g {clause} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
        found = httpx.get(f"{server}/sparql", params={"query": query, **graphs})
        assert [row["g"]["value"] for row in rows_of(found)] == [one]


def test_a_graph_that_is_no_iri(server: str) -> None:
    params = {"query": "ASK {}", "default-graph-uri": "not an iri"}
    assert httpx.get(f"{server}/sparql", params=params).status_code == 400


# Limits


def test_a_runaway_query_is_stopped_and_the_next_is_answered(narrow: str) -> None:
    begun = time.monotonic()
    found = ask(narrow, RUNAWAY)
    assert found.status_code == 503
    assert found.text == "the query was stopped after 1 seconds\n"
    assert found.headers["retry-after"]
    assert time.monotonic() - begun < 5
    assert ask(narrow, "ASK {}").json()["boolean"] is True


def test_who_finds_all_workers_busy_is_told(narrow: str) -> None:
    runaway = threading.Thread(target=ask, args=(narrow, RUNAWAY))
    runaway.start()
    time.sleep(0.2)
    found = ask(narrow, "ASK {}")
    assert found.status_code == 503
    assert "busy" in found.text
    runaway.join()
    assert ask(narrow, "ASK {}").json()["boolean"] is True


def test_a_client_that_leaves_frees_its_worker(narrow: str) -> None:
    for _ in range(3):
        with (
            pytest.raises(httpx.ReadTimeout),
            httpx.Client(timeout=0.2) as impatient,
        ):
            impatient.get(f"{narrow}/sparql", params={"query": RUNAWAY})
        assert ask(narrow, "ASK {}").json()["boolean"] is True


MANY = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


def test_an_answer_cut_short_says_so(narrow: str) -> None:
    cut = "cut short: this server gives at most 1000 rows"
    found = ask(narrow, MANY)
    assert len(rows_of(found)) == 1000
    assert found.json()["cut"] == cut
    assert found.headers["x-row-limit"] == "1000"
    found = ask(narrow, MANY, accept="application/sparql-results+xml")
    root = etree.fromstring(found.content)
    assert len(root.findall(".//{*}result")) == 1000
    assert cut in found.text
    found = ask(narrow, "CONSTRUCT WHERE { ?s ?p ?o }", accept="text/turtle")
    assert found.text.endswith("# cut short: this server gives at most 1000 triples\n")
    assert len(list(ox.parse(found.content, format=ox.RdfFormat.TURTLE))) == 1000
    found = ask(narrow, "CONSTRUCT WHERE { ?s ?p ?o }", accept="application/rdf+xml")
    etree.fromstring(found.content)
    assert "cut short" in found.text


@pytest.mark.parametrize("kind", ["text/csv", "text/tab-separated-values"])
def test_what_cannot_say_that_it_was_cut_short_breaks_off(narrow: str, kind: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        ask(narrow, MANY, accept=kind)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(narrow, "CONSTRUCT WHERE { ?s ?p ?o }", accept="application/ld+json")


def test_an_answer_of_exactly_the_limit_is_whole(narrow: str) -> None:
    found = ask(narrow, f"{MANY} LIMIT 1000")
    assert len(rows_of(found)) == 1000
    assert "cut" not in found.json()
    assert ask(narrow, f"{MANY} LIMIT 1000", accept="text/csv").text.count("\r\n") >= 1000


# Strangers


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { SERVICESILENT<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> ASK { SERVICE:x { ?s ?p ?o } }",
        "PREFIX ex: <http://127.0.0.1:1/> ASK { SERVICEex:x { ?s ?p ?o } }",
        "ASK { ?s ?p trueSERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> ASK { ?s ?p 1.SERVICE:x{ ?s ?p ?o } }",
        "ASK { FILTER(1<2)SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "ASK { #\n SERVICE ?x { ?s ?p ?o } }",
        "ASK { FILTER('a' < '#')\tSeRvIcE\r<http://127.0.0.1:1/>{} }",
        "LOAD <http://127.0.0.1:1/>",
    ],
)  # fmt: skip
def test_no_other_server_is_asked(client: TestClient, query: str) -> None:
    assert client.get("/sparql", params={"query": query}).status_code == 403
    assert client.post("/sparql", data={"query": query}).status_code == 403


def test_the_words_may_be_said(server: str) -> None:
    found = ask(
        server, 'SELECT ?service { BIND("SERVICE <http://x/> { LOAD }" AS ?service) } #SERVICE'
    )
    assert rows_of(found)[0]["service"]["value"].startswith("SERVICE")


@pytest.mark.parametrize(
    "query", ["INSERT DATA { <s> <p> 1 }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "DROP ALL"]
)
def test_nothing_is_written(server: str, query: str) -> None:
    before = ask(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content
    for kind in ("application/sparql-query", "application/sparql-update"):
        found = httpx.post(f"{server}/sparql", content=query, headers={"content-type": kind})
        assert found.status_code in (400, 403)
    assert httpx.post(f"{server}/sparql", data={"update": query}).status_code == 403
    assert ask(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content == before


@pytest.mark.parametrize(
    "query",
    ["", " ", "ASK", "SELECT", "\x00", "ASK {}\x00", "💥", "{" * 500, "(" * 20000,
     "ASK { " + "{" * 5000 + "}" * 5000 + " }", "ASK { ?s ?p '\\uD800' }", "SELECT * { ?s ?p",
     "PREFIX a: <b", "ASK { <http://e/ x> ?p ?o }", "ASK { FILTER(" + "!" * 50000 + "true) }"],
)  # fmt: skip
def test_what_is_not_sparql(server: str, query: str) -> None:
    found = httpx.post(f"{server}/sparql", data={"query": query}, timeout=60)
    assert 400 <= found.status_code < 600
    assert found.status_code not in (500,)
    assert len(found.text) < 500
    assert "Traceback" not in found.text
    assert ask(server, "ASK {}").json()["boolean"] is True


def test_ten_megabytes_are_refused(server: str) -> None:
    query = "ASK { #" + "x" * 10_000_000 + "\n}"
    found = httpx.post(f"{server}/sparql", data={"query": query}, timeout=60)
    assert found.status_code == 413
    assert str(LARGEST) in found.text

    def pieces() -> Iterator[bytes]:
        for _ in range(200):
            yield b"#" * 65536

    found = httpx.post(f"{server}/sparql", content=pieces(), timeout=60,
                       headers={"content-type": "application/sparql-query"})  # fmt: skip
    assert found.status_code == 413


def test_too_many_parameters(client: TestClient) -> None:
    found = client.post("/sparql", content="&".join(["a=1"] * 5000),
                        headers={"content-type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert found.status_code == 400


def test_scripts_of_other_sites_may_ask(server: str) -> None:
    origin = {"origin": "https://elsewhere.example"}
    found = httpx.options(f"{server}/sparql", headers={
        **origin, "access-control-request-method": "POST",
        "access-control-request-headers": "content-type"})  # fmt: skip
    assert found.status_code == 200
    assert found.headers["access-control-allow-origin"] == "*"
    assert ask(server, "ASK {}", **origin).headers["access-control-allow-origin"] == "*"


# The build and its workers


def test_a_new_build_answers_with_new_workers(own: Workspace) -> None:
    from museosciences.store import EmbeddedStore

    query = "ASK { <https://e/new> ?p ?o }"
    for server in serving(own):
        assert ask(server, query).json()["boolean"] is False
        old, new = own.current(), own.begin()
        shutil.copytree(old.path, new.path, dirs_exist_ok=True)
        store = EmbeddedStore(new.store, base=BASE)
        store.load([b"<https://e/new> <https://e/p> <https://e/o> <https://e/g> .\n"])
        store.close()
        own.switch(new, old.account())
        assert ask(server, query).json()["boolean"] is True


def children() -> set[int]:
    """The processes that this one started and that still run."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(os.getpid()) and fields[0] != "Z":
            found.add(int(path.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_no_worker_outlives_its_server(demonstration: Workspace) -> None:
    before = children()
    for server in serving(demonstration, Limits(deadline=0.3)):
        readers = [threading.Thread(target=ask, args=(server, RUNAWAY)) for _ in range(4)]
        for reader in readers:
            reader.start()
        ask(server, "ASK {}")
        for reader in readers:
            reader.join()
        assert len(children() - before) <= Limits().workers + 1
    assert children() <= before


def test_a_long_answer_is_whole(server: str) -> None:
    count = int(
        rows_of(ask(server, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"))[0]["n"]["value"]
    )
    found = ask(server, "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }", accept="text/csv")
    assert sum(1 for _ in csv.reader(io.StringIO(found.text, newline=""))) == count + 1
    found = ask(server, "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
    assert len(json.loads(found.content)["results"]["bindings"]) == count
