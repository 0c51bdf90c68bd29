"""Exchange formats over HTTP, each held to the schema or the shapes of its keepers."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pyshacl
import pytest
from dwca.read import DwCAReader
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from lxml import etree
from rdflib import SH, Graph
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from museosciences.workspace import Workspace

BASE = "https://museosciences.example"


@pytest.fixture(scope="module")
def paths(demonstration: Workspace) -> list[tuple[str, str]]:
    """The published records: path and kind."""
    with sqlite3.connect(demonstration.current().register) as db:
        found = db.execute("SELECT path, kind FROM record WHERE status = 'loaded' ORDER BY path")
        return [(path, kind) for path, kind in found]


def registry(folder: Path) -> Registry[Any]:
    """The JSON schemas of a folder, by the names they call each other by."""
    found: Registry[Any] = Registry()
    for path in sorted(folder.rglob("*.json")):
        content = json.loads(path.read_text())
        resource = Resource.from_contents(content, default_specification=DRAFT202012)
        names = {path.name, path.resolve().as_uri(), content.get("$id", path.name)}
        found = found.with_resources((name, resource) for name in names)
    return found


_DEFAULT = Resource.from_contents(
    {"$schema": Draft202012Validator.META_SCHEMA["$id"]}
)._specification


def validator(path: Path) -> Any:
    content = json.loads(path.read_text())
    content.setdefault("$id", path.resolve().as_uri())
    kind = validator_for(content, default=Draft202012Validator)
    return kind(content, registry=registry(path.parent))


def test_linked_art(client: TestClient, paths: list[tuple[str, str]], shared: Path) -> None:
    checked = validator(shared / "suites/linked-art/object.json")
    count = 0
    for path, kind in paths:
        found = client.get(f"/{path}.la.json")
        assert found.status_code == (404 if kind == "specimen" else 200), path
        if kind != "specimen":
            errors = [error.message for error in checked.iter_errors(found.json())]
            assert not errors, (path, errors[:3])
            assert found.json()["id"].startswith(BASE)
            count += 1
    assert count > 100


def test_iiif(client: TestClient, shared: Path) -> None:
    checked = validator(shared / "suites/iiif/iiif_3_0.json")
    collection = client.get("/iiif/collection.json")
    assert collection.headers["content-type"].startswith("application/ld+json;profile=")
    assert not list(checked.iter_errors(collection.json()))
    items = collection.json()["items"]
    assert len(items) > 10
    for item in items:
        found = client.get(item["id"].removeprefix(BASE))
        assert found.status_code == 200
        errors = [error.message for error in checked.iter_errors(found.json())]
        assert not errors, (item["id"], errors[:3])
        assert found.json()["id"] == item["id"]


def test_changes_can_be_followed_backwards(
    client: TestClient, paths: list[tuple[str, str]]
) -> None:
    """The algorithm of IIIF Change Discovery 1.0, section 3: from the last page to the first."""
    for stream in ("records", "manifests"):
        collection = client.get(f"/activity/{stream}/collection.json").json()
        address, seen, last = collection["last"]["id"], set(), "9999"
        while address:
            page = client.get(address.removeprefix(BASE)).json()
            assert page["id"] == address
            for item in reversed(page["orderedItems"]):
                assert item["endTime"] <= last
                last = item["endTime"]
                if item["type"] != "Delete":
                    seen.add(item["object"]["id"])
                    for also in item["object"]["seeAlso"][:1]:
                        assert also["id"].startswith(BASE)
            address = page.get("prev", {}).get("id")
        assert len(seen) == len(paths) if stream == "records" else len(seen) > 10
    assert client.get("/activity/records/page-0.json").status_code == 404
    assert client.get("/activity/records/page-99.json").status_code == 404
    assert client.get("/activity/records/page-x.json").status_code == 400


def test_lido_and_edm_of_one_record(
    client: TestClient, paths: list[tuple[str, str]], shared: Path
) -> None:
    lido = etree.XMLSchema(etree.parse(str(shared / "suites/lido/lido-v1.1.xsd")))
    edm = etree.XMLSchema(etree.parse(str(shared / "suites/edm/EDM.xsd")))
    dc = etree.XMLSchema(etree.parse(str(shared / "suites/oai-pmh/oai_dc.xsd")))
    for path, _ in paths[::5]:
        for end, schema in ((".lido.xml", lido), (".edm.rdf", edm), (".dc.xml", dc)):
            schema.assertValid(etree.fromstring(client.get(f"/{path}{end}").content))


# Downloads


def download(server: str, path: str, folder: Path) -> Path:
    target = folder / path.rpartition("/")[2]
    with httpx.stream("GET", f"{server}{path}", timeout=120) as found:
        assert found.status_code == 200
        assert found.headers["content-disposition"] == f'attachment; filename="{target.name}"'
        with target.open("wb") as handle:
            for piece in found.iter_raw():
                handle.write(piece)
    return target


def test_a_darwin_core_archive(
    server: str, tmp_path: Path, paths: list[tuple[str, str]], shared: Path
) -> None:
    path = download(server, "/dumps/all-dwca.zip", tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        meta, eml = (etree.fromstring(archive.read(name)) for name in ("meta.xml", "eml.xml"))
    suites = shared / "suites"
    etree.XMLSchema(etree.parse(str(suites / "dwca/tdwg_dwc_text.xsd"))).assertValid(meta)
    etree.XMLSchema(etree.parse(str(suites / "eml/eml-gbif-profile.xsd"))).assertValid(eml)
    with DwCAReader(str(path)) as reader:
        rows = list(reader)
        relations = [
            extension.data
            for row in rows
            for extension in row.extensions
            if extension.rowtype.endswith("ResourceRelationship")
        ]
    assert len(rows) == sum(kind == "specimen" for _, kind in paths)
    assert relations
    dwc = "http://rs.tdwg.org/dwc/terms/"
    living = {f"{BASE}/{path}" for path, _ in paths}
    assert {row[f"{dwc}relatedResourceID"] for row in relations} <= living


def test_the_whole_graph(server: str, tmp_path: Path) -> None:
    path = download(server, "/dumps/all.nq.gz", tmp_path)
    lines = sum(
        1 for _ in ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.N_QUADS)
    )
    counted = httpx.get(f"{server}/sparql", headers={"accept": "text/csv"}, params={
        "query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"})  # fmt: skip
    assert lines == int(counted.text.split()[1])


def test_the_graph_of_one_museum(server: str, tmp_path: Path) -> None:
    path = download(server, "/dumps/DEMO02.nq.gz", tmp_path)
    quads = list(ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.N_QUADS))
    assert len(quads) > 500
    assert all(f"{BASE}/object/DEMO02/" in str(quad.subject) for quad in quads)


def test_lido_of_everything(server: str, tmp_path: Path, paths: list[tuple[str, str]]) -> None:
    path = download(server, "/dumps/all-lido.xml.gz", tmp_path)
    root = etree.fromstring(gzip.decompress(path.read_bytes()))
    assert len(root) == len(paths)


@pytest.mark.parametrize(
    "name",
    ["none.nq.gz", "DEMO02-dwca.zip", "all", "all.exe", "..%2F..%2Fetc%2Fpasswd", "-dwca.zip"],
)
def test_what_cannot_be_downloaded(client: TestClient, name: str) -> None:
    assert client.get(f"/dumps/{name}").status_code == 404


def test_a_download_that_is_known_is_not_made_again(server: str) -> None:
    first = httpx.get(f"{server}/dumps/DEMO05.nq.gz")
    again = httpx.get(f"{server}/dumps/DEMO05.nq.gz",
                      headers={"if-none-match": first.headers["etag"]})  # fmt: skip
    assert again.status_code == 304


def test_clients_that_leave_downloads_do_not_block_the_next(server: str) -> None:
    for _ in range(10):
        with httpx.stream("GET", f"{server}/dumps/all.nq.gz", timeout=60) as found:
            assert found.status_code in (200, 503)
            for _ in found.iter_raw():
                break
    for _ in range(100):
        last = httpx.get(f"{server}/dumps/DEMO05.nq.gz", timeout=60)
        if last.status_code == 200:
            break
    assert last.status_code == 200


# What there is


def described(content: bytes) -> Graph:
    return Graph().parse(data=content, format="turtle")


@pytest.fixture(scope="module")
def catalogue(client: TestClient) -> Graph:
    found = client.get("/catalogue", headers={"accept": "text/turtle"})
    assert found.status_code == 303
    return described(client.get(found.headers["location"]).content)


def test_the_catalogue_keeps_to_the_shapes_of_dcat_ap(catalogue: Graph, shared: Path) -> None:
    shapes = Graph()
    for name in ("dcat-ap-SHACL.ttl", "ranges.ttl"):
        shapes.parse(shared / "suites/dcat-ap" / name)
    # The shapes as published point to five property shapes that are nowhere.
    dangling = [(s, p, o) for s, p, o in shapes.triples((None, SH.property, None))
                if (o, SH.path, None) not in shapes]  # fmt: skip
    assert len({o for _, _, o in dangling}) == 5
    for triple in dangling:
        shapes.remove(triple)
    conforms, _, text = pyshacl.validate(catalogue, shacl_graph=shapes)
    assert conforms, text[:6000]


def test_all_that_the_catalogue_offers_is_there(client: TestClient, catalogue: Graph) -> None:
    rows = catalogue.query(
        "SELECT ?url { ?d <http://www.w3.org/ns/dcat#downloadURL>|"
        "<http://www.w3.org/ns/dcat#endpointURL> ?url }"
    )
    addresses = sorted(str(row[0]) for row in rows)  # type: ignore[index]
    assert len(addresses) > 20
    for address in addresses:
        found = client.head(address.removeprefix(BASE))
        assert found.status_code == 200, address


def test_what_the_catalogue_describes_leads_to_it(client: TestClient) -> None:
    for path in ("/dataset/all", "/dataset/DEMO02", "/service/sparql", "/publisher"):
        assert client.get(path).headers["location"] == "/catalogue.ttl"
    assert client.get("/catalogue", headers={"accept": "image/png"}).status_code == 406
    assert client.get("/catalogue.exe").status_code == 404


@pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json", "application/rdf+xml",
                                  "application/n-triples"])  # fmt: skip
def test_void(client: TestClient, kind: str) -> None:
    found = client.get("/.well-known/void", headers={"accept": kind})
    assert found.headers["content-type"].partition(";")[0] == kind
    triples = ox.parse(found.content, format=ox.RdfFormat.from_media_type(kind))
    predicates = {quad.predicate.value.rpartition("#")[2] for quad in triples}
    assert {"sparqlEndpoint", "dataDump", "triples", "classPartition"} <= predicates


def test_sitemaps_lead_to_pages_that_are_there(
    client: TestClient, paths: list[tuple[str, str]]
) -> None:
    robots = client.get("/robots.txt").text
    index = next(line.split()[1] for line in robots.splitlines() if line.startswith("Sitemap"))
    addresses: list[str] = []
    for sitemap in locations(client, index):
        addresses += locations(client, sitemap)
    assert {address.partition("testserver")[2] for address in addresses} >= {"/"}
    assert len(addresses) == len(paths) + 1
    for path in ("/sitemap-0.xml", "/sitemap-9.xml"):
        assert client.get(path).status_code == 404


def locations(client: TestClient, address: str) -> Iterator[str]:
    root = etree.fromstring(client.get(address).content)
    return (found.text or "" for found in root.iter("{*}loc"))


# Names reconciled


def test_reconciliation_keeps_to_its_schemas(client: TestClient, shared: Path) -> None:
    schemas = shared / "suites/reconciliation/schemas"
    batch = {"q1": {"query": "perroquet", "type": "subject", "limit": 3},
             "q2": {"query": "ivoire", "type": "material",
                    "properties": [{"pid": "lang", "v": "fr"}]}}  # fmt: skip
    assert not list(validator(schemas / "reconciliation-query-batch.json").iter_errors(batch))
    asked = {"queries": json.dumps(batch)}
    got, posted = client.get("/reconcile", params=asked), client.post("/reconcile", data=asked)
    assert got.json() == posted.json()
    suggest = "/reconcile/suggest"
    for name, content in (
        ("manifest.json", client.get("/reconcile").json()),
        ("reconciliation-result-batch.json", got.json()),
        ("suggest-entities-response.json", client.get(f"{suggest}/entity?prefix=per").json()),
        ("suggest-types-response.json", client.get(f"{suggest}/type?prefix=s").json()),
        ("suggest-properties-response.json",
         client.get(f"{suggest}/property?prefix=l").json()),
    ):  # fmt: skip
        errors = [error.message for error in validator(schemas / name).iter_errors(content)]
        assert not errors, (name, errors[:3])
    assert got.json()["q1"]["result"][0]["id"] == "taxa/Psittaciformes"


def test_the_manifest_names_services_that_answer(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    for service in manifest["suggest"].values():
        address = service["service_url"] + service["service_path"]
        assert client.get(address, params={"prefix": "p"}).status_code == 200
    view = manifest["view"]["url"].replace("{{id}}", "taxa/Psittaciformes")
    assert client.get(view.removeprefix(BASE)).status_code == 303


def test_jsonp(client: TestClient) -> None:
    found = client.get("/reconcile", params={"callback": "jQuery123.done"})
    assert found.headers["content-type"].startswith("text/javascript")
    assert found.text.startswith("/**/jQuery123.done({")
    for evil in ("alert(1)//", "<script>", "a;b", "é", "x" * 300, ""):
        assert client.get("/reconcile", params={"callback": evil}).status_code == 400


@pytest.mark.parametrize(
    "queries",
    ["", "x", "[]", "3", "null", "[" * 100_000, '{"q": 3}', '{"q": {"query": []}}',
     json.dumps({str(number): {"query": "x"} for number in range(101)}),
     '{"q": {"query": "x", "type": {}}}', '{"q": {"query": "x", "properties": 3}}',
     '{"q": {"query": "x", "limit": -1e400}}', '{"q": {"query": "x", "limit": NaN}}',
     '{"q": {"query": "\\ud800"}}', '{"q": {"query": "x", "type": [[]], "limit": 1e99}}'],
)  # fmt: skip
def test_batches_that_are_none(client: TestClient, queries: str) -> None:
    found = client.post("/reconcile", data={"queries": queries})
    assert found.status_code in (200, 400)
    assert len(found.text) < 500 or found.status_code == 200


# The interface in JSON


def test_search(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "perroquet", "size": 2}).json()
    assert found["total"] >= 3
    assert len(found["items"]) == 2
    second = client.get("/api/search", params={"q": "perroquet", "size": 2, "page": 2}).json()
    assert found["items"] != second["items"]
    kinds = client.get("/api/search", params={"q": "perroquet", "kind": "specimen"}).json()
    assert {item["kind"] for item in kinds["items"]} == {"specimen"}
    for hostile in ('"', "*", "NEAR(", "a OR b", "\x00", "'; DROP TABLE record", "-", "é" * 400):
        assert client.get("/api/search", params={"q": hostile}).status_code == 200, hostile


def test_a_record_with_its_rows_and_links(client: TestClient, paths: list[tuple[str, str]]) -> None:
    for path, _ in paths[::20]:
        found = client.get(f"/api/records/{path.removeprefix('object/')}").json()
        assert found["iri"] == f"{BASE}/{path}"
        assert found["rows"][0]["cells"]
        for address in found["documents"].values():
            assert client.get(address.removeprefix(BASE)).status_code == 200, address
    assert client.get("/api/records/DEMO02/none").status_code == 404


def test_links(client: TestClient) -> None:
    found = client.get("/api/links", params={"min_score": 0.8, "size": 500}).json()
    assert 0 < found["total"] == len(found["items"])
    assert all(float(item["score"]) >= 0.8 for item in found["items"])
    english = client.get("/api/links", params={"min_score": 0.8, "size": 1, "lang": "en"}).json()
    assert english["items"][0]["explanation"] != found["items"][0]["explanation"]
    one = client.get("/api/links", params={"museum": "DEMO06", "concept": "taxa/Aves"})
    assert one.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/api/search", "/api/search?q=x&page=0", "/api/search?q=x&size=100000", "/api/links?lang=xx",
     "/api/links?min_score=nan", "/api/links?min_score=2", "/api/search?q=x&kind=none",
     "/api/links?concept=%3E%20%3Fs", "/api/queries/works-by-taxon?taxon=%3E%20}",
     "/api/queries/works-by-taxon?nope=1"],
)  # fmt: skip
def test_parameters_that_cannot_be(client: TestClient, path: str) -> None:
    found = client.get(path, headers={"accept": "application/json"})
    assert found.status_code == 400
    assert found.headers["content-type"] == "application/problem+json"
    assert len(found.json()["detail"]) < 300


def test_questions_of_the_library(server: str) -> None:
    listed = httpx.get(f"{server}/api/queries").json()
    assert len(listed) > 40
    for asked in listed:
        if all(parameter["default"] is not None for parameter in asked["params"]):
            found = httpx.get(f"{server}/api/queries/{asked['name']}?format=csv", timeout=60)
            assert found.status_code == 200, (asked["name"], found.text)
            assert next(csv.reader(io.StringIO(found.text)))
    found = httpx.get(f"{server}/api/queries/works-by-taxon", params={"taxon": "taxa/Aves"})
    assert found.json()["results"]["bindings"]
    assert httpx.get(f"{server}/api/queries/none").status_code == 404


def test_the_interface_describes_itself(client: TestClient) -> None:
    found = client.get("/api/openapi.json").json()
    assert found["openapi"].startswith("3.")
    assert set(found["paths"]) >= {"/api/search", "/api/records/{museum}/{number}", "/api/links"}
    assert all(path.startswith("/api/") for path in found["paths"])
