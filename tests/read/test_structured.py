"""LIDO, JSON and Darwin Core Archives: what becomes a column."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museosciences import read
from museosciences.errors import told
from museosciences.read import RefusedRow, SourceRow, joined
from museosciences.read.documents import JsonDocument
from museosciences.read.flatten import flatten

CROSSWALKS = Path(__file__).resolve().parent.parent / "crosswalks"


def test_lido_columns_stand_side_by_side() -> None:
    first = next(iter(read.open(CROSSWALKS / "lido-1.0" / "input.xml")))
    assert isinstance(first, SourceRow)
    assert first.cells["event[Production].actor"] == ["Dupuis, Henri", "Martin, Jeanne"]
    assert first.cells["event[Production].actor.birth"] == ["1819", ""]
    assert first.cells["event[Production].actor.role@en"] == ["maker", ""]
    assert first.cells["event[Finding].place"] == "Beauvais"
    assert first.cells["objectWorkType@en"] == "horse tram"
    assert first.line == 3


def test_lido_1_1_terms_are_skos_concepts() -> None:
    first = next(iter(read.open(CROSSWALKS / "lido-1.1" / "input.xml")))
    assert isinstance(first, SourceRow)
    assert first.cells["objectWorkType@en"] == "painting"
    assert first.cells["event[Production].date.latest"] == "1862"
    assert first.cells["measurementSet"] == "height 32.5 cm"


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ('[{"a": "1"}, {"a": "2"}]', ["1", "2"]),
        ('{"total": 2, "results": [{"a": "1"}, {"a": "2"}]}', ["1", "2"]),
        ('{"links": {"next": null}, "items": [\n {"a": "1"}\n]}', ["1"]),
        ('{"a": "1", "b": "2"}', ["1"]),
        ("[]", []),
    ],
)
def test_json_documents(text: str, records: list[str]) -> None:
    rows = list(JsonDocument(io.StringIO(text), "f.json"))
    assert [row.cells["a"] for row in rows if isinstance(row, SourceRow)] == records
    assert not any(isinstance(row, RefusedRow) for row in rows)


def test_json_larger_than_a_piece() -> None:
    data = [{"a": str(n), "text": "é" * 900} for n in range(500)]
    rows = list(JsonDocument(io.StringIO(json.dumps(data, ensure_ascii=False)), "f.json"))
    assert [row.cells["a"] for row in rows if isinstance(row, SourceRow)] == [
        str(n) for n in range(500)
    ]


def test_numbers_are_kept_as_written() -> None:
    row = next(iter(JsonDocument(io.StringIO('[{"a": 1.10, "b": 1e3, "c": true}]'), "f.json")))
    assert isinstance(row, SourceRow)
    assert row.cells == {"a": "1.10", "b": "1e3", "c": "true"}


json_values = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.text(max_size=4), json_values, max_size=4))
def test_flattening_never_fails_and_keeps_texts(value: dict[str, object]) -> None:
    cells = flatten(value)
    for cell in cells.values():
        assert isinstance(cell, str) or all(isinstance(text, str) for text in cell)


# -- archives -----------------------------------------------------------------------------


def packed(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


META = """<archive xmlns="http://rs.tdwg.org/dwc/text/"><core fieldsTerminatedBy="\\t"
 linesTerminatedBy="\\n" fieldsEnclosedBy="" ignoreHeaderLines="1" rowType="x/Occurrence">
 <files><location>occ.txt</location></files><id index="0"/>
 <field index="1" term="http://rs.tdwg.org/dwc/terms/CatalogNumber"/>
 <field index="2" term="http://rs.tdwg.org/dwc/terms/ScientificName"/></core>{}</archive>"""
EXTENSION = """<extension fieldsTerminatedBy="," fieldsEnclosedBy='"' rowType="x/Multimedia">
 <files><location>m.csv</location></files><coreid{}/>
 <field index="1" term="x/identifier"/></extension>"""
OCCURRENCES = 'id\tn\tname\n1\tA\t"Felis\n2\tB\tLynx\n'


def test_nested_folder_and_system_files(tmp_path: Path) -> None:
    path = packed(tmp_path / "f.zip", {
        "__MACOSX/a/._meta.xml": "no", "__MACOSX/a/._occ.txt": "no",
        "a/meta.xml": META.format(""), "a/occ.txt": OCCURRENCES,
    })  # fmt: skip
    source = read.open(path)
    rows = [row for row in source if isinstance(row, SourceRow)]
    assert source.columns == ["id", "catalogNumber", "scientificName"]
    assert [row.cells["scientificName"] for row in rows] == ['"Felis', "Lynx"]


@pytest.mark.parametrize("in_memory", [50_000, 1])
def test_extension_rows_are_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(joined, "IN_MEMORY", in_memory)
    path = packed(tmp_path / "f.zip", {
        "meta.xml": META.format(EXTENSION.format(' index="0"')), "occ.txt": OCCURRENCES,
        "m.csv": '1,u1\n1,"u,2"\n9,orphan\n',
    })  # fmt: skip
    source = read.open(path)
    rows = [row for row in source if isinstance(row, SourceRow)]
    assert rows[0].cells["multimedia.identifier"] == ["u1", "u,2"]
    assert "multimedia.identifier" not in rows[1].cells
    assert any("1 ligne(s) sans notice du noyau" in told(note, "fr") for note in source.notes)


def test_extension_without_core_identifier_is_said(tmp_path: Path) -> None:
    path = packed(tmp_path / "f.zip", {
        "meta.xml": META.format(EXTENSION.format("")), "occ.txt": OCCURRENCES, "m.csv": "1,u\n",
    })  # fmt: skip
    source = read.open(path)
    assert len(list(source)) == 2
    assert any("non rattachée" in told(note, "fr") for note in source.notes)


def test_archive_without_descriptor(tmp_path: Path) -> None:
    path = packed(tmp_path / "f.zip", {"data.csv": "CatalogNumber;ScientificName\n1;Felis\n"})
    source = read.open(path)
    assert [row.cells for row in source if isinstance(row, SourceRow)] == [
        {"catalogNumber": "1", "scientificName": "Felis"}
    ]
    assert "sans meta.xml" in told(source.notes[0], "fr")
    assert "without meta.xml" in told(source.notes[0], "en")
