"""Bad files: bounded memory, a message with its place, the other records still read."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from museosciences import read
from museosciences.errors import UnknownFormat, UnreadableFile
from museosciences.read import RefusedRow, SourceRow, archive
from museosciences.read.documents import JsonDocument, JsonLines
from museosciences.read.markup import Records, generic_cells
from museosciences.read.table import Dialect, Layout, Table
from museosciences.read.tagged import Notices

MEGA = 1 << 20


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path) -> list[SourceRow | RefusedRow]:
    return list(read.open(path))


def good(found: list[SourceRow | RefusedRow]) -> list[SourceRow]:
    return [row for row in found if isinstance(row, SourceRow)]


def bad(found: list[SourceRow | RefusedRow]) -> list[RefusedRow]:
    return [row for row in found if isinstance(row, RefusedRow)]


class Endless(io.RawIOBase):
    """A stream of one line of ``size`` bytes, then what follows."""

    def __init__(self, size: int, before: bytes = b"", after: bytes = b""):
        self._parts = [before, size, after]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while self._parts:
            part = self._parts[0]
            if isinstance(part, int):
                count = min(part, len(view))
                view[:count] = b"x" * count
                self._parts[0] = part - count if part > count else b""
            else:
                count = min(len(part), len(view))
                view[:count] = part[:count]
                self._parts[0] = part[count:]
            if not self._parts[0]:
                self._parts.pop(0)
            if count:
                return count
        return 0


def endless(size: int, before: str = "", after: str = "") -> io.TextIOWrapper:
    raw = Endless(size, before.encode(), after.encode())
    return io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8", newline="")


# -- one enormous line --------------------------------------------------------------------


@pytest.mark.parametrize("reader", ["csv", "jsonl", "json", "joconde"])
def test_enormous_line_in_bounded_memory(reader: str) -> None:
    size = 120 * MEGA
    made = {
        "csv": lambda: Table(endless(size, "a;b\n1;2\n", "\n3;4\n"),
                             Layout(Dialect(";"), ["a", "b"], 1), "f.csv"),
        "jsonl": lambda: JsonLines(endless(size, '{"a": 1}\n', '\n{"a": 2}\n'), "f.jsonl"),
        "json": lambda: JsonDocument(endless(size, '[{"a": 1}, "', '"]'), "f.json"),
        "joconde": lambda: Notices(endless(size, "REF\n1\n//\nREF\n", "\n//\nREF\n2\n//\n"),
                                   "f.txt"),
    }  # fmt: skip
    tracemalloc.start()
    found = list(made[reader]())  # type: ignore[no-untyped-call]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * MEGA
    assert len(bad(found)) == 1
    assert bad(found)[0].line == {"csv": 3, "jsonl": 2, "json": 1, "joconde": 5}[reader]
    assert len(good(found)) == (1 if reader == "json" else 2)


# -- delimited text -----------------------------------------------------------------------


def test_rows_of_unequal_length(tmp_path: Path) -> None:
    path = write(
        tmp_path / "f.csv", "inv,titre,date\n1,a,1900\n2,b\n3,c,1901,x\n4,d,1902\n5,e,1903,\n"
    )
    found = rows(path)
    assert [row.number for row in found] == [1, 2, 3, 4, 5]
    assert [row.cells["inv"] for row in good(found)] == ["1", "2", "4", "5"]
    assert good(found)[1].notes
    assert good(found)[1].cells["date"] == ""
    refused = bad(found)[0]
    assert (refused.number, refused.line) == (3, 4)
    assert "4 cellules pour 3 colonnes" in refused.reason.told("fr")
    assert "4 cells for 3 columns" in refused.reason.told("en")
    assert refused.reason.remedy


def test_nul_byte(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", b"inv,titre\n1,a\n2,b\x00c\n3,d\n")
    found = rows(path)
    assert [row.cells["inv"] for row in good(found)] == ["1", "3"]
    assert bad(found)[0].line == 3
    assert "NUL" in bad(found)[0].reason.cause


def test_quote_never_closed(tmp_path: Path) -> None:
    lines = [
        "inv,titre,date",
        '1,"vase, bleu",1900',
        '2,"jamais fermé,1901',
        "3,c,1902",
        "4,d,1903",
    ]
    found = rows(write(tmp_path / "f.csv", "\n".join(lines) + "\n"))
    assert [row.cells["inv"] for row in good(found)] == ["1", "3", "4"]
    assert bad(found)[0].line == 3
    assert "guillemet" in bad(found)[0].reason.told("fr")


def test_quoted_newlines_and_inch_marks(tmp_path: Path) -> None:
    text = 'inv,titre,date\n1,"deux\nlignes, oui",1900\n2,"disque, 18"" de diamètre",1901\n'
    found = rows(write(tmp_path / "f.csv", text))
    assert [row.line for row in found] == [2, 4]
    assert good(found)[0].cells["titre"] == "deux\nlignes, oui"
    assert good(found)[1].cells["titre"] == 'disque, 18" de diamètre'


def test_empty_lines_are_no_records(tmp_path: Path) -> None:
    found = rows(write(tmp_path / "f.csv", "inv;titre\n1;a\n\n;\n2;b\n"))
    assert [(row.number, row.line) for row in found] == [(1, 2), (2, 5)]


def test_only_a_header(tmp_path: Path) -> None:
    source = read.open(write(tmp_path / "f.csv", "inv;titre;date\n"))
    assert source.columns == ["inv", "titre", "date"]
    assert list(source) == []


# -- spreadsheets -------------------------------------------------------------------------


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Inventaire")
    for column, name in enumerate(["Inventaire", "Titre", "Salle", "Total"]):
        sheet.write(0, column, name)
    for at, number in enumerate(["001.1", "001.2", "001.3"], start=1):
        sheet.write_string(at, 0, number)
        sheet.write_string(at, 1, f"Titre {at}")
        sheet.write_formula(at, 3, f"=1+{at}", None, "" if at == 3 else 1 + at)
    sheet.merge_range(1, 2, 3, 2, "Salle des curiosités")
    book.add_worksheet("Codes").write(0, 0, "x")
    book.close()
    return path


def test_spreadsheet_with_formulas_and_merged_cells(tmp_path: Path) -> None:
    source = read.open(workbook(tmp_path / "f.xlsx"))
    found = good(list(source))
    assert [row.cells["Inventaire"] for row in found] == ["001.1", "001.2", "001.3"]
    assert {row.cells["Salle"] for row in found} == {"Salle des curiosités"}
    assert [row.cells["Total"] for row in found] == ["2", "3", ""]
    notes = " ".join(source.notes)
    assert "Codes" in notes
    assert "merged" in notes
    assert "3 formula(s)" in notes
    assert "D4" in notes


def test_damaged_spreadsheet(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "f.xlsx").read_bytes()
    with pytest.raises(UnreadableFile, match=r"f2\.xlsx"):
        read.open(write(tmp_path / "f2.xlsx", whole[: len(whole) // 2]))


# -- XML ----------------------------------------------------------------------------------

LIDO = "<lido:lido><lido:lidoRecID>{}</lido:lidoRecID></lido:lido>"
WRAP = '<lido:lidoWrap xmlns:lido="http://www.lido-schema.org">\n'


def test_truncated_xml_keeps_what_came_before(tmp_path: Path) -> None:
    text = WRAP + "\n".join(LIDO.format(n) for n in range(3)) + "\n<lido:lido><lido:lidoR"
    found = rows(write(tmp_path / "f.xml", text))
    assert [row.cells["lidoRecID"] for row in good(found)] == ["0", "1", "2"]
    assert len(bad(found)) == 1
    assert bad(found)[0].line == 5


def test_entity_bomb_is_not_expanded(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{bomb}]>\n<r>'
        "<notice><inv>1</inv><titre>ok</titre></notice>\n"
        "<notice><inv>2</inv><titre>&e8;</titre></notice></r>"
    )
    tracemalloc.start()
    found = rows(write(tmp_path / "f.xml", text))
    assert tracemalloc.get_traced_memory()[1] < 10 * MEGA
    tracemalloc.stop()
    assert [row.cells["inv"] for row in good(found)] == ["1"]
    assert "entit" in bad(found)[0].reason.cause


def test_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "mot de passe")
    text = (f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
            "<r><notice><inv>1</inv><titre>&x;</titre></notice></r>")  # fmt: skip
    found = rows(write(tmp_path / "f.xml", text))
    assert "mot de passe" not in repr(found)
    assert len(bad(found)) == 1


def test_record_without_end(tmp_path: Path) -> None:
    path = write(tmp_path / "f.xml", "<r><n><i>1</i></n><n>" + "<i>2</i>" * 40_000 + "</n></r>")
    found = list(Records(path, "n", generic_cells, limit=100_000))
    assert len(good(found)) == 1
    assert len(bad(found)) == 1


# -- JSON ---------------------------------------------------------------------------------


def test_truncated_json(tmp_path: Path) -> None:
    text = json.dumps({"total": 3, "results": [{"ref": str(n), "titre": "é"} for n in range(3)]})
    found = rows(write(tmp_path / "f.json", text[:-12]))
    assert [row.cells["ref"] for row in good(found)] == ["0", "1"]
    assert len(bad(found)) == 1


def test_json_lines_with_a_bad_one(tmp_path: Path) -> None:
    found = rows(write(tmp_path / "f.jsonl", '{"a": "1"}\n{"a": \n[1]\n{"a": "001.10"}\n'))
    assert [row.cells["a"] for row in good(found)] == ["1", "001.10"]
    assert [row.line for row in bad(found)] == [2, 3]


def test_deeply_nested_json_is_refused(tmp_path: Path) -> None:
    found = rows(write(tmp_path / "f.jsonl", '{"a": "1"}\n{"a": ' + "[" * 200_000 + "\n"))
    assert len(good(found)) == 1
    assert len(bad(found)) == 1


# -- archives -----------------------------------------------------------------------------


def test_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "RATIO_FROM", MEGA)
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("occurrence.txt", b"0" * (8 * MEGA))
    with pytest.raises(UnreadableFile, match="would unpack to 8 MB"):
        read.open(path)


def test_damaged_archive(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        read.open(write(tmp_path / "f.zip", b"PK\x03\x04 nothing else"))


def test_archive_with_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w") as archive_:
        archive_.writestr("meta.xml", '<archive xmlns="http://rs.tdwg.org/dwc/text/"><core><files>'
                          "<location>nowhere.txt</location></files></core></archive>")  # fmt: skip
    with pytest.raises(UnreadableFile, match=r"nowhere\.txt"):
        read.open(path)


DESCRIPTOR = """<archive xmlns="http://rs.tdwg.org/dwc/text/"><core fieldsTerminatedBy="\\t"
 fieldsEnclosedBy="" rowType="x/Occurrence"><files><location>occ.txt</location></files>
 <id index="0"/><field index="1" term="x/scientificName"/></core></archive>"""


@pytest.mark.parametrize("described", [True, False])
def test_archive_damaged_inside(tmp_path: Path, described: bool) -> None:
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("occ.txt", "".join(f"{n}\tFelis {n * 7919}\n" for n in range(60_000)))
        if described:
            packed.writestr("meta.xml", DESCRIPTOR)
    data = bytearray(path.read_bytes())
    middle = len(data) * 3 // 4
    data[middle : middle + 64] = b"\xff" * 64
    path.write_bytes(data)
    if not described:
        with pytest.raises(UnreadableFile, match=r"f\.zip"):
            read.open(path)
        return
    found = rows(path)
    assert len(good(found)) > 1000
    assert "endommagé" in bad(found)[-1].reason.told("fr")


# -- not an inventory ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", UnreadableFile),
        (b"  \n\n", UnreadableFile),
        (b"\x00" * 5000, UnreadableFile),
        (b"%PDF-1.7 ...", UnknownFormat),
        (b"\x89PNG\r\n\x1a\n", UnknownFormat),
        (b"<!DOCTYPE html><html><body>404</body></html>", UnknownFormat),
    ],
)
def test_what_is_no_inventory(tmp_path: Path, content: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"f\.csv"):
        read.open(write(tmp_path / "f.csv", content))


def test_missing_file_and_unknown_encoding(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read.open(tmp_path / "absent.csv")
    with pytest.raises(UnreadableFile, match="cp1252"):
        read.open(write(tmp_path / "f.csv", "a;b\n1;2\n"), encoding="klingon")
