"""What aggregators take away: each format is read by a client or a schema of its own kind."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from dwca.read import DwCAReader
from lxml import etree

from museosciences.publish.collection import Collection, Selection
from museosciences.publish.export import FORMATS, Wanted, export
from museosciences.publish.setting import Setting
from museosciences.workspace import Workspace


@pytest.fixture
def setting(demonstration: Workspace) -> Iterator[Setting]:
    build = demonstration.current()
    store = build.open()
    yield Setting(Collection.of(build, store))
    store.close()


def whole(setting: Setting, name: str, **chosen: str) -> bytes:
    return b"".join(export(setting, name, Wanted(Selection(**chosen), None)))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_gives_something(setting: Setting, name: str) -> None:
    assert len(whole(setting, name)) > 500


def test_the_dump_holds_every_graph(setting: Setting) -> None:
    quads = list(ox.parse(whole(setting, "nquads"), format=ox.RdfFormat.N_QUADS))
    graphs = {
        str(quad.graph_name.value) for quad in quads if isinstance(quad.graph_name, ox.NamedNode)
    }
    assert any("graph/source/naturalia" in name for name in graphs)
    assert not any("quarantine" in name for name in graphs)


def test_a_darwin_core_reader_reads_the_specimens(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "specimens.zip"
    path.write_bytes(whole(setting, "dwca"))
    with DwCAReader(str(path)) as archive:
        assert archive.core_contains_term("http://rs.tdwg.org/dwc/terms/scientificName")
        extensions = {found.type.rpartition("/")[2] for found in archive.descriptor.extensions}
        assert extensions == {"Multimedia", "ResourceRelationship"}
        rows = list(archive)
    assert len(rows) > 100
    assert all(row.data["http://rs.tdwg.org/dwc/terms/catalogNumber"] for row in rows)


def test_lido_keeps_to_its_schema(setting: Setting, shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared / "suites/lido/lido-v1.1.xsd")))
    document = etree.fromstring(whole(setting, "lido", museum="DEMO02"))
    schema.assertValid(document)
    assert len(document) > 30


@pytest.mark.parametrize(("name", "form"), [("edm", "rdf"), ("dcat", "ttl"), ("void", "ttl")])
def test_rdf_formats_parse(setting: Setting, name: str, form: str) -> None:
    kind = ox.RdfFormat.from_extension(form)
    assert len(list(ox.parse(whole(setting, name), format=kind))) > 20


@pytest.mark.parametrize("name", ["linked-art", "iiif"])
def test_json_formats_are_one_document_a_record(setting: Setting, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(whole(setting, name))) as archive:
        names = archive.namelist()
        documents = [json.loads(archive.read(entry)) for entry in names]
    assert len(documents) > 30
    assert all(isinstance(document, dict) for document in documents)


def test_a_selection_is_obeyed(setting: Setting) -> None:
    one = whole(setting, "lido", museum="DEMO05")
    assert b"DEMO05" in one
    assert len(one) < len(whole(setting, "lido"))
