"""Harvesting: clients of others read everything, schemas of others accept everything."""

from __future__ import annotations

import copy
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from lxml import etree
from oaipmh_scythe import Scythe
from saxonche import PySaxonProcessor
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from museosciences.workspace import Workspace

from .serving import serving

OAI = "{http://www.openarchives.org/OAI/2.0/}"
FORMATS = ("oai_dc", "lido", "edm", "cidoc")
LOADED = 345


def ask(server: str, **arguments: str) -> etree._Element:
    found = httpx.get(f"{server}/oai", params=arguments, timeout=60)
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/xml; charset=utf-8"
    return etree.fromstring(found.content)


def error(root: etree._Element) -> str | None:
    found = root.find(f"{OAI}error")
    return None if found is None else found.get("code")


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared / "suites/oai-pmh/OAI-PMH.xsd")))


@pytest.fixture(scope="module")
def metadata(shared: Path) -> dict[str, etree.XMLSchema]:
    """The schema of what each format carries; CIDOC is RDF, which has none."""
    suites = shared / "suites"
    paths = {"oai_dc": "oai-pmh/oai_dc.xsd", "lido": "lido/lido-v1.1.xsd", "edm": "edm/EDM.xsd"}
    return {name: etree.XMLSchema(etree.parse(str(suites / p))) for name, p in paths.items()}


def pages(server: str, form: str, **arguments: str) -> Iterator[etree._Element]:
    """All responses of a harvest."""
    asked = {"verb": "ListRecords", "metadataPrefix": form, **arguments}
    while True:
        root = ask(server, **asked)
        yield root
        token = root.find(f".//{OAI}resumptionToken")
        if token is None or not token.text:
            return
        asked = {"verb": "ListRecords", "resumptionToken": token.text}


@pytest.mark.parametrize("form", FORMATS)
def test_every_record_keeps_to_its_schemas(
    server: str, form: str, schema: etree.XMLSchema, metadata: dict[str, etree.XMLSchema]
) -> None:
    seen = set()
    for root in pages(server, form):
        for record in root.iter(f"{OAI}record"):
            seen.add(record.findtext(f"{OAI}header/{OAI}identifier"))
            carried = record.find(f"{OAI}metadata")
            if carried is not None and form in metadata:
                metadata[form].assertValid(etree.ElementTree(copy.deepcopy(carried[0])))
            if carried is not None:
                # The schema of the protocol is strict on what it carries: only its own is asked.
                carried.getparent().remove(carried)
        schema.assertValid(root)
    assert len(seen) >= LOADED


def test_edm_keeps_to_the_schematron_of_europeana(server: str, shared: Path) -> None:
    """On a sample of each museum: the rules are slow."""
    sheet = shared / "suites/edm/schematron/schematron.xsl"
    checked = 0
    with PySaxonProcessor(license=False) as processor:
        compiled = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(sheet))
        for root in pages(server, "edm"):
            for record in list(root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"))[::10]:
                text = etree.tostring(record, encoding="unicode")
                report = compiled.transform_to_string(xdm_node=processor.parse_xml(xml_text=text))
                failed = etree.fromstring(report.encode()).findall(".//{*}failed-assert")
                assert not failed, [etree.tostring(one)[:300] for one in failed]
                checked += 1
    assert checked > 30


@pytest.mark.parametrize(
    "arguments",
    [{"verb": "Identify"}, {"verb": "ListSets"}, {"verb": "ListMetadataFormats"},
     {"verb": "ListIdentifiers", "metadataPrefix": "lido"}],
)  # fmt: skip
def test_verbs_keep_to_the_schema(
    server: str, arguments: dict[str, str], schema: etree.XMLSchema, shared: Path
) -> None:
    root = ask(server, **arguments)
    assert error(root) is None
    own = shared / "suites/oai-pmh/oai-identifier.xsd"
    for description in root.iter(f"{OAI}description"):
        etree.XMLSchema(etree.parse(str(own))).assertValid(
            etree.ElementTree(copy.deepcopy(description[0]))
        )
        description.getparent().remove(description)
    schema.assertValid(root)


def test_the_repository_says_who_it_is(server: str) -> None:
    found = Sickle(f"{server}/oai").Identify()
    assert found.baseURL == f"{server}/oai"
    assert found.deletedRecord == "persistent"
    assert found.granularity == "YYYY-MM-DDThh:mm:ssZ"
    assert found.adminEmail == "contact@museosciences.example"


@pytest.mark.parametrize("form", FORMATS)
def test_sickle_harvests_all(server: str, form: str) -> None:
    records = list(Sickle(f"{server}/oai").ListRecords(metadataPrefix=form))
    living = [record for record in records if not record.deleted]
    assert len(living) == LOADED
    assert len({record.header.identifier for record in records}) == len(records)


def test_scythe_harvests_all(server: str) -> None:
    with Scythe(f"{server}/oai") as scythe:
        records = list(scythe.list_records(metadata_prefix="oai_dc"))
        assert len([record for record in records if not record.deleted]) == LOADED
        assert len(list(scythe.list_sets())) > 10
        one = scythe.get_record(identifier=records[0].header.identifier, metadata_prefix="lido")
        assert one.header.identifier == records[0].header.identifier


def test_sets_hold_what_they_say(server: str) -> None:
    client = Sickle(f"{server}/oai")
    specs = [found.setSpec for found in client.ListSets()]
    assert {"museum", "kind", "axis"} <= set(specs)
    counts = {}
    for spec in specs:
        headers = list(client.ListIdentifiers(metadataPrefix="oai_dc", set=spec))
        assert all(spec in header.setSpecs or ":" not in spec or header.deleted
                   for header in headers)  # fmt: skip
        counts[spec] = len(headers)
    for group in ("museum", "kind"):
        parts = sum(count for spec, count in counts.items() if spec.startswith(f"{group}:"))
        assert parts == counts[group]


def test_selective_harvest_by_date(server: str) -> None:
    client = Sickle(f"{server}/oai")
    stamp = next(iter(client.ListIdentifiers(metadataPrefix="oai_dc"))).datestamp
    same = {"metadataPrefix": "oai_dc", "from": stamp, "until": stamp}
    assert len(list(client.ListIdentifiers(**same))) >= LOADED
    with pytest.raises(NoRecordsMatch):
        client.ListIdentifiers(metadataPrefix="oai_dc", until="1990-01-01")
    day = stamp[:10]
    days = {"metadataPrefix": "oai_dc", "from": day, "until": day}
    assert len(list(client.ListIdentifiers(**days))) >= LOADED


IDENTIFIER = "oai:museosciences.example:object/DEMO02/978.6.4"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Nonsense"}, "badVerb"),
        ({"verb": "Identify", "x": "1"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-01",
          "until": "2019-01-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-01",
          "until": "2020-01-01T00:00:00Z"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "museum:M9999"},
         "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "forged"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"},
         "badArgument"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:x:y"},
         "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "\x01'\"<&>"},
         "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "marc", "identifier": IDENTIFIER},
         "cannotDisseminateFormat"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:x:y"}, "idDoesNotExist"),
    ],
)  # fmt: skip
def test_errors_of_the_protocol(
    server: str, arguments: dict[str, str], code: str, schema: etree.XMLSchema
) -> None:
    root = ask(server, **arguments)
    assert error(root) == code
    schema.assertValid(root)


def test_a_repeated_argument(server: str) -> None:
    found = httpx.get(f"{server}/oai?verb=Identify&verb=Identify")
    assert error(etree.fromstring(found.content)) == "badVerb"
    found = httpx.get(f"{server}/oai?verb=ListRecords&metadataPrefix=lido&metadataPrefix=lido")
    assert error(etree.fromstring(found.content)) == "badArgument"


def test_post_is_the_same_as_get(server: str) -> None:
    arguments = {"verb": "GetRecord", "metadataPrefix": "lido", "identifier": IDENTIFIER}
    posted = etree.fromstring(httpx.post(f"{server}/oai", data=arguments).content)
    got = ask(server, **arguments)
    for root in (posted, got):
        root.find(f"{OAI}responseDate").text = ""
    assert etree.tostring(posted) == etree.tostring(got)
    bare = httpx.post(f"{server}/oai", content=b"\xff\xfe", headers={"content-type": "text/plain"})
    assert error(etree.fromstring(bare.content)) == "badVerb"


# A new build between two pages


Change = Callable[[sqlite3.Connection], object]


def rebuilt(workspace: Workspace, change: Change) -> None:
    """A new build: a copy of the current one with a change in its register."""
    old, new = workspace.current(), workspace.begin()
    shutil.copytree(old.path, new.path, dirs_exist_ok=True)
    with sqlite3.connect(new.register) as db:
        change(db)
    db.close()
    workspace.switch(new, old.account())


def test_a_harvest_goes_on_over_a_new_build(own: Workspace) -> None:
    """No record is missed: what changes comes again, what vanishes is told as deleted."""
    changed, gone = "object/DEMO09/A.7", IDENTIFIER.rpartition("example:")[2]
    now = "2031-01-01T00:00:00Z"

    def change(db: sqlite3.Connection) -> None:
        db.execute("UPDATE record SET changed = ? WHERE path = ?", (now, changed))
        db.execute("UPDATE record SET changed = ?, status = 'deleted' WHERE path = ?", (now, gone))

    for server in serving(own):
        seen: dict[str, str | None] = {}
        for number, root in enumerate(pages(server, "oai_dc")):
            for header in root.iter(f"{OAI}header"):
                seen[header.findtext(f"{OAI}identifier") or ""] = header.get("status")
            if number == 0:
                rebuilt(own, change)
        assert len([name for name, status in seen.items() if status is None]) == LOADED - 1
        assert seen[IDENTIFIER] == "deleted"
        since = {"metadataPrefix": "oai_dc", "from": now}
        headers = list(Sickle(f"{server}/oai").ListIdentifiers(**since))
        assert {header.identifier.rpartition(":")[2] for header in headers} == {changed, gone}
        # Deletions are persistent: one more build, and they are still told.
        rebuilt(own, lambda db: db.execute("UPDATE source SET read = read"))
        record = Sickle(f"{server}/oai").GetRecord(identifier=IDENTIFIER, metadataPrefix="lido")
        assert record.deleted
        assert httpx.get(f"{server}/{gone}").status_code == 410
