"""The W3C tests of the SPARQL 1.1 Protocol, those of queries, against the server over HTTP.

The manifest is read from ../shared. The tests of updates must all be refused: the endpoint is
read-only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

from museosciences.register import Register
from museosciences.store import EmbeddedStore
from museosciences.workspace import Workspace

from .serving import serving

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
HTS = Namespace("http://www.w3.org/2011/http-statusCodes#")
CNT = Namespace("http://www.w3.org/2011/content#")
SUITE = Path("suites/rdf-tests/sparql/sparql11/protocol")
FOLDER = Path(__file__).resolve().parents[3] / "shared" / SUITE
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml",
                "text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}  # fmt: skip
# Of the 34 tests of the manifest, those that send queries.
QUERIES = 20


@dataclass(frozen=True)
class Exchange:
    """A request of a test, and what it expects."""

    method: str
    query: str
    body: bytes
    headers: dict[str, str]
    statuses: frozenset[str]
    form: str | None
    boolean: bool | None


@cache
def manifest() -> dict[str, list[Exchange]]:
    """The tests by name, each a list of exchanges."""
    if not (FOLDER / "manifest.ttl").exists():
        return {}
    graph = Graph().parse(FOLDER / "manifest.ttl")
    found = {}
    for test in graph.subjects(RDF.type, MF.ProtocolTest):
        connection = graph.value(test, MF.action)
        requests = Collection(graph, graph.value(connection, HT.requests))
        found[str(test).rpartition("#")[2]] = [exchange(graph, one) for one in requests]
    return dict(sorted(found.items()))


def exchange(graph: Graph, request: URIRef) -> Exchange:
    path = str(graph.value(request, HT.absolutePath))
    body = graph.value(request, HT.body)
    response = graph.value(request, HT.resp)
    headers = {}
    if graph.value(request, HT.headers):
        for header in Collection(graph, graph.value(request, HT.headers)):
            name = str(graph.value(header, HT.fieldName))
            headers[name] = str(graph.value(header, HT.fieldValue))
    text = str(graph.value(body, CNT.chars)) if body else ""
    encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8") if body else "utf-8"
    boolean = graph.value(response, MF.expectedBoolean)
    form = graph.value(response, MF.expectedFormat)
    return Exchange(
        str(graph.value(request, HT.methodName)), path.partition("?")[2], text.encode(encoding),
        headers, frozenset(str(s)[-3] for s in graph.objects(response, MF.expectedStatus)),
        None if form is None else str(form), None if boolean is None else bool(boolean),
    )  # fmt: skip


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[str]:
    """A server on the data of the suite."""
    workspace = Workspace(tmp_path_factory.mktemp("protocol"))
    build = workspace.begin()
    store = EmbeddedStore(build.store, base="https://museosciences.example/")
    for path in sorted((shared / SUITE).glob("data*.nt")):
        graph = f"<http://kasei.us/2009/09/sparql/data/{path.stem}.rdf>"
        lines = path.read_text().splitlines()
        store.load([f"{line.rstrip(' .')} {graph} .\n".encode() for line in lines if line])
    store.close()
    Register(build.register, create=True).close()
    workspace.switch(build, {"base": "https://museosciences.example/",
                             "date": "2026-11-01T00:00:00Z"})  # fmt: skip
    for address in serving(workspace):
        yield f"{address}/sparql"


def test_the_manifest_is_whole(shared: Path) -> None:
    assert (shared / SUITE).is_dir()
    assert len(manifest()) == 34
    assert sum("update" not in name for name in manifest()) == QUERIES


@pytest.mark.parametrize("name", [n for n in manifest() if "update" not in n])
def test_queries(endpoint: str, name: str) -> None:
    for asked in manifest()[name]:
        found = httpx.request(
            asked.method, f"{endpoint}?{asked.query}", content=asked.body, headers=asked.headers
        )
        assert str(found.status_code)[0] in asked.statuses, found.text
        kind = found.headers["content-type"].partition(";")[0]
        if asked.form is not None:
            assert kind in FORMATS[asked.form]
        if asked.boolean is not None:
            assert json.loads(found.content)["boolean"] is asked.boolean


@pytest.mark.parametrize("name", [n for n in manifest() if "update" in n])
def test_updates_are_refused(endpoint: str, name: str) -> None:
    first = manifest()[name][0]
    found = httpx.request(
        first.method, f"{endpoint}?{first.query}", content=first.body, headers=first.headers
    )
    assert 400 <= found.status_code < 500
    assert len(found.text) < 500


@pytest.mark.parametrize("accept", [None, "text/turtle", "application/rdf+xml", "application/json"])
def test_the_service_describes_itself(endpoint: str, accept: str | None) -> None:
    """The three tests of the service-description suite: RDF, the endpoint, the schema."""
    found = httpx.get(endpoint, headers={"accept": accept} if accept else {})
    assert found.status_code == 200
    kind = found.headers["content-type"].partition(";")[0]
    quads = ox.parse(found.content, format=ox.RdfFormat.from_media_type(kind))
    lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    graph = Graph().parse(data=lines, format="nt")
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=sd.endpoint, object=URIRef(endpoint))
    assert (service, RDF.type, sd.Service) in graph
    named = graph.value(graph.value(service, sd.defaultDataset), sd.namedGraph)
    assert graph.value(named, sd.name) is not None
