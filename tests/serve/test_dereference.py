"""Identifiers on the web: what they redirect to, what is found there, and what is no more."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from museosciences.serve.app import create_app
from museosciences.workspace import Workspace

BASE = "https://museosciences.example/"
RECORD = "/object/DEMO02/978.6.4"
FORMS = {
    "text/turtle": (".ttl", ox.RdfFormat.TURTLE),
    "application/ld+json": (".jsonld", ox.RdfFormat.JSON_LD),
    "application/n-triples": (".nt", ox.RdfFormat.N_TRIPLES),
    "application/rdf+xml": (".rdf", ox.RdfFormat.RDF_XML),
}
THINGS = (
    "/concept/taxa/Polyporales", "/concept/taxa/", "/museum/DEMO01", "/theme/museosciences",
    "/software/museosciences", "/graph/source/naturalia", "/exhibition/permanent-provisoire",
)  # fmt: skip


def triples(found: httpx.Response) -> set[str]:
    kind = found.headers["content-type"].partition(";")[0]
    return {str(quad.triple) for quad in ox.parse(found.content, format=FORMS[kind][1])}


@pytest.mark.parametrize("path", [RECORD, *THINGS])
@pytest.mark.parametrize("kind", FORMS)
def test_a_thing_leads_to_the_document_that_is_wanted(
    client: TestClient, path: str, kind: str
) -> None:
    found = client.get(path, headers={"accept": f"{kind};q=0.9, image/png"})
    assert found.status_code == 303
    assert "Accept" in found.headers["vary"]
    assert found.headers["location"] == path + FORMS[kind][0]
    document = client.get(found.headers["location"])
    assert document.status_code == 200
    assert document.headers["content-type"].partition(";")[0] == kind
    assert any(line.startswith(f"<{BASE[:-1]}{path}") for line in triples(document))
    assert f'<{BASE[:-1]}{path}>; rel="describes"' in document.headers["link"]


def test_all_syntaxes_say_the_same(client: TestClient) -> None:
    said = [triples(client.get(RECORD + end)) for end, _ in FORMS.values()]
    assert len(said[0]) > 30
    assert said[0] == said[1] == said[2] == said[3]


def records(workspace: Workspace) -> list[str]:
    with sqlite3.connect(workspace.current().register) as db:
        return [path for (path,) in db.execute("SELECT path FROM record WHERE status = 'loaded'")]


def test_every_record_answers_at_its_own_identifier(
    client: TestClient, demonstration: Workspace
) -> None:
    """Slashes, spaces and accents of inventory numbers included."""
    paths = records(demonstration)
    assert any("%2F" in path for path in paths)
    assert any("%20" in path for path in paths)
    for path in paths:
        document = client.get(f"/{path}", headers={"accept": "application/n-triples"})
        assert document.status_code == 303, path
        found = client.get(document.headers["location"])
        assert found.status_code == 200, path
        assert f"<{BASE}{path}> " in found.text


@pytest.mark.parametrize("encode", [lambda path: path, lambda path: quote(path, safe="/%"),
                                    lambda path: path.replace("%2F", "/")])  # fmt: skip
def test_however_it_is_encoded(server: str, demonstration: Workspace, encode: object) -> None:
    assert callable(encode)
    for path in records(demonstration)[::7]:
        address = f"{server}/{encode(path)}"
        assert httpx.get(address, headers={"accept": "text/turtle"}).status_code == 303, path


@pytest.mark.parametrize(
    "path",
    ["/object/DEMO02/none", "/object/DEMO02/none.ttl", "/object/DEMO02", "/concept/taxa/None",
     "/concept/taxa/None.ttl", "/museum/M9999", "/agent/%00", "/place/%FF%FE.ttl",
     "/term/../../etc/passwd", "/object/..%2F..%2Fetc%2Fpasswd.ttl", "/graph/<script>",
     "/link/" + "x" * 5000, "/concept/%3E%20%3Fs%20%3Fp.ttl", "/object/DEMO02/978.6.4.exe"],
)  # fmt: skip
def test_what_there_is_not(client: TestClient, path: str) -> None:
    found = client.get(path, headers={"accept": "text/turtle, */*;q=0.1"})
    assert found.status_code == 404
    assert len(found.text) < 200


def test_what_cannot_be_had(client: TestClient) -> None:
    found = client.get(RECORD, headers={"accept": "image/png"})
    assert found.status_code == 406
    assert "text/turtle" in found.text
    assert 'rel="describedby"' in found.headers["link"]


def test_the_exchange_formats_of_a_record(client: TestClient) -> None:
    for end, kind in {
        ".lido.xml": "application/xml", ".edm.rdf": "application/rdf+xml",
        ".dc.xml": "application/xml", ".la.json": "application/ld+json",
    }.items():  # fmt: skip
        found = client.get(RECORD + end)
        assert found.status_code == 200, end
        assert found.headers["content-type"].startswith(kind)
        assert "978.6.4" in found.text
    art = client.get(RECORD, headers={
        "accept": 'application/ld+json;profile="https://linked.art/ns/v1/linked-art.json"'
    })  # fmt: skip
    assert art.headers["location"] == f"{RECORD}.la.json"


def test_a_specimen_is_no_linked_art(client: TestClient) -> None:
    found = client.get("/object/DEMO01/I-4.la.json")
    assert found.status_code == 404


def test_a_manifest_is_found_where_it_says(client: TestClient, demonstration: Workspace) -> None:
    found = 0
    for path in records(demonstration):
        address = f"/iiif/{path.removeprefix('object/')}/manifest.json"
        manifest = client.get(address)
        if manifest.status_code == 200:
            found += 1
            content = json.loads(manifest.content)
            assert client.get(content["id"].removeprefix(BASE[:-1])).content == manifest.content
            for document in content["seeAlso"]:
                assert client.get(document["id"].removeprefix(BASE[:-1])).status_code == 200
    assert found > 10


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{RECORD}.ttl")
    for known in (
        {"if-none-match": first.headers["etag"]},
        {"if-none-match": f'"x", W/{first.headers["etag"]}'},
        {"if-none-match": "*"},
        {"if-modified-since": first.headers["last-modified"]},
    ):
        again = client.get(f"{RECORD}.ttl", headers=known)
        assert again.status_code == 304, known
        assert not again.content
        assert again.headers["etag"] == first.headers["etag"]
    for unknown in (
        {"if-none-match": '"x"', "if-modified-since": first.headers["last-modified"]},
        {"if-modified-since": "yesterday"},
        {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        assert client.get(f"{RECORD}.ttl", headers=unknown).status_code == 200, unknown


def test_a_head_is_a_get_without_a_body(server: str) -> None:
    got, head = httpx.get(f"{server}{RECORD}.ttl"), httpx.head(f"{server}{RECORD}.ttl")
    assert head.status_code == 200
    assert not head.content
    for name in ("content-length", "content-type", "etag", "link"):
        assert head.headers[name] == got.headers[name]


def test_scripts_of_other_sites_may_read(client: TestClient) -> None:
    found = client.get(f"{RECORD}.ttl", headers={"origin": "https://elsewhere.example"})
    assert found.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in found.headers


@pytest.fixture
def vanished(own: Workspace) -> Iterator[TestClient]:
    """A client of a build in which one record vanished, and another is held back."""
    with sqlite3.connect(own.current().register) as db:
        for status, name in (("deleted", "978.6.4"), ("quarantined", "978.6.5")):
            db.execute("UPDATE record SET status = ? WHERE path = ?",
                       (status, f"object/DEMO02/{name}"))  # fmt: skip
    db.close()
    with TestClient(create_app(own), follow_redirects=False) as found:
        yield found


@pytest.mark.parametrize("end", ["", ".html", ".ttl", ".lido.xml", ".la.json"])
def test_what_vanished_is_gone(vanished: TestClient, end: str) -> None:
    found = vanished.get(RECORD + end)
    assert found.status_code == 410
    assert "vanished" in found.text


def test_what_is_held_back_is_not_found(vanished: TestClient) -> None:
    assert vanished.get("/object/DEMO02/978.6.5").status_code == 404
