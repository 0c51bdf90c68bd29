"""Encodings, delimiters, headers and the forms of the Joconde exchange format."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museosciences import read
from museosciences.read import SourceRow, encoding, tagged
from museosciences.read.table import sniff

FRENCH = (
    "N° inv.;Désignation;Auteur\r\n"
    "1;Œuvre déposée à l'hôtel de Soubise, près d'Évreux;Gœtz, Zoë\r\n"
    "2;Tête de bélier — « Égypte » ; çà et là;Noël Coypel\r\n"
)
ROWS = FRENCH.replace(" ; ", ", ")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
        ("cp850", "cp850"),
    ],
)
def test_encodings_of_french_museums(tmp_path: Path, name: str, found: str) -> None:
    text = ROWS if name != "cp850" else ROWS.replace("Œ", "O").replace("œ", "oe").replace("—", "-")
    path = tmp_path / "f.csv"
    path.write_bytes(text.encode(name))
    source = read.open(path)
    assert (source.encoding, source.delimiter) == (found, ";")
    last = list(source)[-1]
    assert isinstance(last, SourceRow)
    assert "« Égypte »" in str(last.cells["Désignation"])


def test_latin_1_is_read_as_cp1252(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes("inv;titre\n1;Théâtre à Évreux\n".encode("iso-8859-1"))
    source = read.open(path)
    assert source.encoding == "cp1252"
    assert [row.cells["titre"] for row in source if isinstance(row, SourceRow)] == [
        "Théâtre à Évreux"
    ]


def test_a_few_stray_bytes_in_utf8(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes("inv;titre\n1;é\n".encode() + "é".encode() * 40 + b";\xe9t\xe9\n")
    source = read.open(path)
    assert source.encoding == "utf-8"
    assert source.notes
    assert [row.cells["titre"] for row in source if isinstance(row, SourceRow)][-1] == "été"


def test_encoding_declared_by_the_person_wins(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes("inv;titre\n1;é\n".encode("mac_roman"))
    assert read.open(path, encoding="mac_roman").encoding == "mac_roman"


@settings(max_examples=60, deadline=None)
@given(st.text("éèêàçùôîœ ’abcdefghij", min_size=8), st.sampled_from(["cp1252", "mac_roman"]))
def test_french_letters_tell_the_encoding(text: str, name: str) -> None:
    if sum(char in "éèêàç" for char in text) >= 3:
        assert encoding.best_legacy(text.encode(name)).name == name


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "f.csv"
    table = [["inv", "titre", "mesures"], ["1", "a, b; c | d", "32,5 x 40"], ["2", "e", "3"]]
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(table)
    source = read.open(path)
    assert source.delimiter == delimiter
    assert [list(row.cells.values()) for row in source if isinstance(row, SourceRow)] == table[1:]


def test_titles_above_the_header_and_nameless_columns() -> None:
    text = "sep=;\nMusée de démonstration;;;\nExport du 3 mars;;;\ninv;titre;;titre\n1;a;x;b\n"
    layout = sniff(io.StringIO(text).readlines())
    assert layout.columns == ["inv", "titre", "colonne 3", "titre (2)"]
    assert layout.skip == 4
    assert layout.notes


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(end.join(["inv;titre", "1;a", "2;b", ""]).encode())
    found = [(row.line, row.cells) for row in read.open(path) if isinstance(row, SourceRow)]
    assert found == [(2, {"inv": "1", "titre": "a"}), (3, {"inv": "2", "titre": "b"})]


def test_one_column(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("inventaire\n1.1\n1.2\n", encoding="utf-8")
    assert [row.cells for row in read.open(path) if isinstance(row, SourceRow)] == [
        {"inventaire": "1.1"},
        {"inventaire": "1.2"},
    ]


cells = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=12)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6))
def test_whatever_is_written_as_csv_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "roundtrip.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["inv", "titre", "date"], *table])
    source = read.open(path, format="csv", encoding="utf-8", delimiter=",")
    found = [list(row.cells.values()) for row in source if isinstance(row, SourceRow)]
    # A lone carriage return is a line end to csv; spreadsheets write none.
    if not any("\r" in cell for row in table for cell in row):
        assert found == [row for row in table if any(row)]


NOTICE = [
    "REF", "01610014032", "INV", "A1973.2.1", "DESC", "Fond de vaisselle, -", "à pied annulaire",
    "PINS", "ligne 1", "ligne 2", "LIEUX", "France", "XNEW", "étiquette inconnue",
]  # fmt: skip


def test_tagged_values() -> None:
    assert tagged.cells(NOTICE) == {
        "REF": "01610014032",
        "INV": "A1973.2.1",
        "DESC": "Fond de vaisselle, à pied annulaire",
        "PINS": "ligne 1\nligne 2",
        "LIEUX": "France",
        "XNEW": "étiquette inconnue",
    }


def test_last_notice_without_its_end_mark(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    path.write_text("REF\n1\nTITR\na\n//\nREF\n2\nTITR\nb\n", encoding="utf-8")
    source = read.open(path)
    assert source.format == "joconde"
    assert [row.cells["REF"] for row in source if isinstance(row, SourceRow)] == ["1", "2"]


def test_value_in_capitals_is_no_tag() -> None:
    assert tagged.cells(["REF", "1", "INSC", "SPQR", "TITR", "b"])["INSC"] == "SPQR"
