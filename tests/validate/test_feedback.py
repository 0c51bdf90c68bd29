"""The feedback file: cells, columns and values of the museum, and the round trip."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from museosciences import crosswalk, read, validate
from museosciences.errors import UsageError
from museosciences.examine import Mappings, refusal
from museosciences.read import RefusedRow, SourceRow
from museosciences.validate import feedback, workbook
from museosciences.validate.suggest import suggestion

BASE = "https://museosciences.example/"
HEADER = [
    "catalogNumber", "basisOfRecord", "scientificName", "taxonRank", "kingdom", "class", "order",
    "family", "genus", "decimalLatitude", "decimalLongitude", "countryCode", "locality",
    "eventDate", "recordedBy", "individualCount",
]  # fmt: skip
SOUND = [
    "N.1", "PreservedSpecimen", "Vipera berus", "species", "Animalia", "Reptilia", "Squamata",
    "Viperidae", "Vipera", "50.3", "2.8", "FR", "Arras", "1875-05-01", "Dupuis", "1",
]  # fmt: skip
MENDED = {"class": "Reptilia", "decimalLatitude": "50.3", "individualCount": "1"}


def export(folder: Path) -> Path:
    """A small export: a sound row, a fish that is a snake, a formula, a latitude, no number."""
    rows = [dict(zip(HEADER, SOUND, strict=True)) for _ in range(5)]
    for number, row in enumerate(rows, start=1):
        row["catalogNumber"] = f"N.{number}"
    rows[1]["class"] = "Osteichthyes"
    rows[2]["locality"] = '=HYPERLINK("http://e/";"Arras")'
    rows[2]["individualCount"] = "0"
    rows[3]["decimalLatitude"] = "503"
    rows[4]["catalogNumber"] = ""
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    return path


def judged(path: Path) -> feedback.Feedback:
    """What ``museo check`` does: read, crosswalk, map, validate, trace back."""
    opened = read.open(path)
    source = crosswalk.Source(opened, crosswalk.load("darwin-core"), 1.0)
    mappings, shapes = Mappings(BASE), validate.load()
    rows: list[feedback.Row] = []
    batch: list[tuple[str, bytes]] = []
    for entry in source.records(museum="M0001", source="demo"):
        if isinstance(entry, RefusedRow):
            cells = entry.cells or {}
            rows.append(feedback.Row(entry.number, entry.line, cells, refused=refusal(entry, "fr")))
            continue
        record, rows_read = entry
        iri = BASE + record["id"]
        batch.append((iri, mappings.record(record)))
        rows += [
            as_row(row, iri, record["inventory_number"], record["columns"]) for row in rows_read
        ]
    findings = validate.batch(validate.engine(), shapes, batch)
    return feedback.compile(findings, rows, shapes, fields={"images": ["associatedMedia"]})


def as_row(row: SourceRow, iri: str, number: str, columns: dict[str, list[str]]) -> feedback.Row:
    return feedback.Row(row.number, row.line, row.cells, iri, number, columns)


def test_each_line_names_row_column_value_reason_and_suggestion(tmp_path: Path) -> None:
    told = judged(export(tmp_path))
    lines = {line.rule: line for line in told.lines if line.severity != "Info"}
    snake = lines["taxon-orders-of-reptiles"]
    assert (snake.row, snake.line, snake.inventory_number) == (2, 3, "N.2")
    assert (snake.column, snake.value) == ("class", "Osteichthyes")
    assert snake.suggestion == "Reptilia"
    assert snake.reason == "La classe ne correspond pas à l’ordre, qui est un ordre de reptiles."
    latitude = lines["specimen-latitude"]
    assert (latitude.column, latitude.value, latitude.severity) == (
        "decimalLatitude", "503", "Violation",
    )  # fmt: skip
    assert lines["specimen-count"].column == "individualCount"
    refused = lines[""]
    assert (refused.row, refused.severity) == (5, "Violation")
    assert refused.column == "catalogNumber"
    wanted = "catalogNumber, occurrenceID, materialEntityID, gbifID, id, taxonID"
    assert refused.reason == (
        f"Notice sans numéro d’inventaire : renseigner l’une des colonnes {wanted}."
    )
    assert [row.number for row in told.to_mend] == [2, 3, 4, 5]
    assert (told.rows, told.refused, told.quarantined) == (5, 1, 1)
    assert told.counts["Violation"] == 2


def test_the_mended_workbook_is_read_again_without_findings(tmp_path: Path) -> None:
    first = judged(export(tmp_path))
    path = tmp_path / "retour.xlsx"
    workbook.write(first, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["À corriger", "Constats", "Résumé"]
    sheet = book["À corriger"]
    header = [cell.value for cell in sheet[1]]
    assert header == HEADER
    assert sheet.cell(2, header.index("class") + 1).comment is not None
    formula = sheet.cell(3, header.index("locality") + 1)
    assert (formula.data_type, formula.value) == ("s", '=HYPERLINK("http://e/";"Arras")')
    for column, text in MENDED.items():
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, header.index(column) + 1).value = text
    sheet.cell(5, header.index("catalogNumber") + 1).value = "N.5"
    book.save(path)
    again = judged(path)
    assert again.rows == 4
    assert [line for line in again.lines if line.severity != "Info"] == []


def test_a_workbook_that_nobody_mended_gives_the_same_findings_again(tmp_path: Path) -> None:
    path = tmp_path / "retour.xlsx"
    first = judged(export(tmp_path))
    workbook.write(first, path)
    again = judged(path)
    assert again.rows == len(first.to_mend)
    before = [(f.inventory_number, f.rule) for f in first.lines if f.severity != "Info"]
    after = [(f.inventory_number, f.rule) for f in again.lines if f.severity != "Info"]
    assert before == after


def test_csv_is_for_french_excel_and_starts_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "retour.csv"
    cells: dict[str, feedback.Cell] = {"LIEU": "=1+1"}
    row = feedback.Row(1, 2, cells, "http://e/r", "@1", {"discovery": ["LIEU"]})
    finding = validate.Finding(
        "http://e/r#discovery", None, None, "s", "c", "Warning", {"fr": "Motif"}, "discovery"
    )
    workbook.write(feedback.compile([finding], [row], validate.load()), path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert lines[0][:3] == ["Gravité", "Notice n°", "Ligne du fichier"]
    assert lines[1] == ["À corriger", "1", "2", "'@1", "LIEU", "'=1+1", "Motif", ""]


def test_html_escapes_what_the_museum_wrote(tmp_path: Path) -> None:
    path = tmp_path / "retour.html"
    row = feedback.Row(1, None, {"TITRE": "<script>alert(1)</script>"}, "http://e/r", "1",
                       {"titles": ["TITRE"]})  # fmt: skip
    finding = validate.Finding(
        "http://e/r", None, None, "s", "c", "Info", {"fr": "a", "en": "b"}, "titles"
    )
    told = feedback.compile([finding], [row], validate.load(), lang="en")
    workbook.write(told, path, lang="en")
    page = path.read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page


def test_a_feedback_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    told = feedback.compile([], [], validate.load())
    with pytest.raises(UsageError, match=r"\.docx"):
        workbook.write(told, tmp_path / "retour.docx")


def test_a_missing_value_names_the_column_to_fill_in() -> None:
    finding = validate.Finding(
        "http://e/r", "p", None, "s", "minCount", "Info", {"fr": "manque"}, "images"
    )
    row = feedback.Row(1, 2, {"REF": "1", "VIDEO": ""}, "http://e/r", "1", {})
    told = feedback.compile([finding], [row], validate.load(), fields={"images": ["VIDEO", "IMG"]})
    assert told.lines[0].columns == ("VIDEO",)
    assert told.lines[0].value == ""
    assert told.to_mend == []


@pytest.mark.parametrize(
    ("rule", "written", "proposed"),
    [
        ("trim", " 12 ", "12"),
        ("trim", "12", None),
        ("swap-years", "entre 1910 et 1900", "entre 1900 et 1910"),
        ("swap-years", "1900", None),
        ("web-address", "musee.example/a.jpg", "https://musee.example/a.jpg"),
        ("web-address", "voir le dossier", None),
        ("text:Reptilia", "Osteichthyes", "Reptilia"),
        ("unknown", "x", None),
        (None, "x", None),
    ],
)
def test_suggestions(rule: str | None, written: str, proposed: str | None) -> None:
    assert suggestion(rule, written) == proposed


def test_of_two_rows_with_one_number_each_has_its_own_findings() -> None:
    iri = f"{BASE}object/M1/1"
    finding = validate.Finding(f"{iri}#title-1", None, None, "s", "c", "Warning", {"fr": "x"})
    findings = [finding, validate.duplicate(iri, "1")]
    rows = [feedback.Row(n, n + 1, {"INV": "1"}, iri, "1", {}) for n in (1, 2)]
    told = feedback.compile(findings, rows, validate.load())
    assert [(line.row, line.severity) for line in told.lines] == [(1, "Warning"), (2, "Violation")]
    assert told.quarantined == 1


@pytest.mark.parametrize(
    ("focus", "path", "value", "constraint", "columns"),
    [
        ("r#gathering-time", None, None, "c", ["Date de récolte"]),
        ("r", "http://e/terms/Lieu", None, "minCount", ["Lieu"]),
        ("r", "(<http://e/terms/Lieu>|<http://e/terms#pays>)", None, "minCount", ["Lieu", "Pays"]),
        ("r", "http://e/terms/habitat", None, "minCount", []),
        ("r", "http://e/terms/habitat", "Arras", "c", ["Lieu"]),
        ("r", "http://e/terms/habitat", "Douai", "c", ["Date de récolte", "Lieu", "Pays"]),
    ],
)
def test_a_field_of_several_columns_names_those_concerned(
    focus: str, path: str | None, value: str | None, constraint: str, columns: list[str]
) -> None:
    cells: dict[str, feedback.Cell] = {"Date de récolte": "1875", "Lieu": "Arras", "Pays": "FR"}
    row = feedback.Row(1, 2, cells, "r", "1", {"occurrence": list(cells)})
    finding = validate.Finding(focus, path, value, "s", constraint, "Info", {}, "occurrence")
    assert feedback.columns_of(finding, row, {}) == columns
