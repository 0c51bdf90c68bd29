"""A build on a server elsewhere is served like one at home."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from museosciences.serve.app import create_app
from museosciences.serve.sparql.limits import Limits
from museosciences.workspace import Workspace

RECORD = "https://museosciences.example/object/DEMO02/978.6.4"


@pytest.fixture(scope="module")
def client(elsewhere: Workspace) -> Iterator[TestClient]:
    limits = Limits(most=100)
    with TestClient(create_app(elsewhere, limits=limits), follow_redirects=False) as found:
        yield found


def test_questions_are_asked_where_the_graphs_are(client: TestClient) -> None:
    found = client.get("/sparql", params={"query": f"ASK {{ <{RECORD}> ?p ?o }}"})
    assert found.json()["boolean"] is True
    query = f"SELECT ?p ?o {{ <{RECORD}> ?p ?o }}"
    found = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
    assert found.text.startswith("p,o\r\n")
    assert found.text.count("\r\n") > 10
    found = client.get("/sparql", params={"query": f"CONSTRUCT WHERE {{ <{RECORD}> ?p ?o }}"})
    assert len(list(ox.parse(found.content, format=ox.RdfFormat.TURTLE))) > 10


def test_limits_and_refusals_are_the_same(client: TestClient) -> None:
    many = client.get("/sparql", params={"query": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 150"})
    assert len(many.json()["results"]["bindings"]) == 100
    assert "cut short" in many.json()["cut"]
    assert client.get("/sparql", params={"query": "SELECT nonsense"}).status_code == 400
    service = "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    assert client.get("/sparql", params={"query": service}).status_code == 403
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_records_things_and_harvests(client: TestClient) -> None:
    path = RECORD.removeprefix("https://museosciences.example")
    assert client.get(f"{path}.ttl").status_code == 200
    assert client.get(f"{path}.lido.xml").status_code == 200
    assert client.get("/concept/taxa/Aves.ttl").status_code == 200
    found = client.get("/oai", params={"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert found.text.count("<record>") == 100
