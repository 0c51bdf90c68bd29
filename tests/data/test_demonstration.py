"""The demonstration is honest, whole and documented.

Invented records belong to invented museums and say so; facts name their source; no file is
without a source, and the README's figures are those of the files.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from museosciences import read
from museosciences.read import SourceRow

DATA = Path(__file__).resolve().parents[2] / "data"
NOT_SOURCES = {
    "README.md",
    "sources.toml",
    "museums.csv",
    "museums.csv-metadata.json",
    "geography/departements.geojson",
}
INVENTED = "Notice inventée pour la démonstration"
FACT = "Fait ; source : "
SOURCES: list[dict[str, Any]] = tomllib.loads((DATA / "sources.toml").read_text("utf-8"))["source"]
README = (DATA / "README.md").read_text("utf-8")
OF_FACTS = {"faits", "faits-bibliotheque"}
# The only row that is no record at all: a JSON line cut in two on purpose.
UNREADABLE = {"scientifica": 1}

by_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["id"])


def _rows(source: dict[str, Any]) -> list[Any]:
    return list(read.open(DATA / source["file"]))


def _words(row: SourceRow) -> str:
    cells = row.cells.values()
    return "\n".join("\n".join(cell) if isinstance(cell, list) else cell for cell in cells)


def _table(heading: str) -> list[list[str]]:
    """The cells of the README's table under a heading."""
    section = README.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_file_is_claimed_by_one_source() -> None:
    files = {
        path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()
    } - NOT_SOURCES
    assert Counter(source["file"] for source in SOURCES) == Counter(files)


def test_each_source_is_declared_in_full() -> None:
    for source in SOURCES:
        wanted = {"id", "file", "museum", "title", "title_en", "licence"}
        assert wanted <= source.keys() <= wanted | {"crosswalk"}, source["id"]
        assert source["licence"] == "CC0-1.0"
    assert len({source["id"] for source in SOURCES}) == len(SOURCES)


@by_source
def test_an_invented_museum_has_a_code_that_says_so(source: dict[str, Any]) -> None:
    if source["id"] in OF_FACTS:
        assert source["museum"] in {"column", "BULILLE"}
        museums = {row.cells["MUSEO"] for row in _rows(source)}
        assert museums
        assert not [code for code in museums if str(code).startswith("DEMO")]
    else:
        assert re.fullmatch(r"DEMO\d\d", source["museum"])


def test_the_register_of_museums_knows_each_and_says_which_are_invented() -> None:
    with (DATA / "museums.csv").open(encoding="utf-8", newline="") as stream:
        fictional = {row["code"]: row["fictional"] for row in csv.DictReader(stream)}
    declared = {source["museum"] for source in SOURCES} - {"column"}
    facts = next(source for source in SOURCES if source["id"] == "faits")
    declared |= {str(row.cells["MUSEO"]) for row in _rows(facts)}
    assert declared <= fictional.keys()
    assert {code for code, said in fictional.items() if said == "true"} == {
        code for code in declared if code.startswith("DEMO")
    }


@by_source
def test_each_record_says_whether_it_is_invented_or_a_fact(source: dict[str, Any]) -> None:
    rows = [row for row in _rows(source) if isinstance(row, SourceRow)]
    said, other = (FACT, INVENTED) if source["id"] in OF_FACTS else (INVENTED, FACT)
    assert [row.number for row in rows if said not in _words(row)] == []
    assert [row.number for row in rows if other in _words(row)] == []


@by_source
def test_the_readme_counts_the_rows(source: dict[str, Any]) -> None:
    line = next(line for line in _table("Les sources") if line[0] == source["id"])
    _, file, _, rows, loaded, quarantined, refused = line
    read_rows = _rows(source)
    assert file == source["file"]
    assert int(rows) == len(read_rows) == int(loaded) + int(quarantined) + int(refused)
    unreadable = sum(1 for row in read_rows if not isinstance(row, SourceRow))
    assert unreadable == UNREADABLE.get(source["id"], 0)


def test_the_readme_tells_the_fate_of_each_bad_row() -> None:
    documented = {(source, int(row)) for source, row, *_ in _table("Les lignes fautives")}
    marked = {
        (source["id"], row.number)
        for source in SOURCES
        for row in _rows(source)
        if not isinstance(row, SourceRow)
        or re.search(r"(ligne fautive|contradiction) voulue", _words(row), re.IGNORECASE)
    }
    assert marked == documented


def test_the_readme_expects_what_its_two_tables_agree_on() -> None:
    fates: Counter[tuple[str, str]] = Counter()
    for source, _, _, _, fate in _table("Les lignes fautives"):
        fates[source, fate.split(",")[0].split(" ;")[0]] += 1
    for source, *_, quarantined, refused in _table("Les sources"):
        assert fates[source, "quarantaine"] == int(quarantined), source
        assert fates[source, "refusée"] == int(refused), source


def test_every_object_of_the_link_table_exists() -> None:
    """``DEMO02 884.1.1`` in the table of links is a record of that museum."""
    section = README.split("## Ce que la démonstration doit faire trouver", 1)[1]
    cited = re.findall(r"(DEMO\d\d) ([A-Z]{0,2}[-.]?\d+(?:[.]\d+)*|[A-Z]-\d+)", section)
    assert len(cited) > 25
    words = {
        source["museum"]: "\n".join(
            _words(row) for row in _rows(source) if isinstance(row, SourceRow)
        )
        for source in SOURCES
    }
    missing = [
        (museum, number)
        for museum, number in cited
        if not re.search(rf"(?m)^{re.escape(number)}$", words[museum])
    ]
    assert missing == []


def test_the_lido_file_is_valid_lido_1_1(shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared / "suites/lido/lido-v1.1.xsd")))
    schema.assertValid(etree.parse(str(DATA / "demonstration/optique_lido.xml")))


def test_the_archive_is_described_as_darwin_core_text_asks(shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared / "suites/dwca/tdwg_dwc_text.xsd")))
    with zipfile.ZipFile(DATA / "demonstration/naturalia_dwca.zip") as archive:
        schema.assertValid(etree.parse(io.BytesIO(archive.read("meta.xml"))))
        assert {"eml.xml", "occurrence.txt", "identification.txt", "multimedia.txt"} <= set(
            archive.namelist()
        )


@pytest.mark.parametrize(
    ("file", "encoding"),
    [("nacre_registre_cp1252.csv", "cp1252"), ("curiosites_joconde_latin1.txt", "iso-8859-1")],
)
def test_the_old_encodings_are_really_used(file: str, encoding: str) -> None:
    content = (DATA / "demonstration" / file).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert "démonstration" in content.decode(encoding)
    # œ exists in Windows-1252 and not in ISO-8859-1: the classical confusion.
    assert (b"\x9c" in content) is (encoding == "cp1252")
