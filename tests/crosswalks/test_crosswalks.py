"""Each crosswalk on a small export of its kind: input -> records and account, held as files.

A folder holds ``input.*`` (or the folder ``input`` of an archive), ``records.jsonl`` and
``account.json``. ``MUSEO_GOLDEN=write pytest tests/crosswalks`` writes what comes out now; read
the difference before committing it.
"""

from __future__ import annotations

import csv
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from museosciences import crosswalk
from museosciences.errors import told
from museosciences.read import RefusedRow, SourceRow

HERE = Path(__file__).resolve().parent
FOLDERS = sorted(path.name for path in HERE.iterdir() if path.is_dir() and path.name[0] != "_")
# What ``record.identify`` adds for the RML mappings; held by the tests of record.py.
ADDED = {"museum", "inventory_number", "n", "up", "key", "source", "time"}
TOP = {"museum", "inventory_number", "source"}


def bare(value: Any, top: bool = False) -> Any:
    """A record as the crosswalk made it."""
    if isinstance(value, dict):
        kept = value if top else {k: v for k, v in value.items() if k not in ADDED}
        return {k: v if k in TOP or k == "columns" else bare(v) for k, v in kept.items()
                if not (top and k in ("id", "label"))}  # fmt: skip
    if isinstance(value, list):
        return [bare(item) for item in value]
    return value


def input_of(folder: Path, tmp_path: Path) -> Path:
    """The export itself; an archive is packed from its folder."""
    if (folder / "input").is_dir():
        packed = tmp_path / "input.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in sorted((folder / "input").iterdir()):
                archive.write(member, member.name)
        return packed
    return next(folder.glob("input.*"))


def outcome(path: Path) -> tuple[list[Any], dict[str, Any]]:
    """The records, and the account with what was detected."""
    source = crosswalk.open(path)
    records, refused, rows = [], [], 0
    for made in source.records(museum="M0000", source="demo"):
        if isinstance(made, RefusedRow):
            refused.append(
                {"row": made.number, "line": made.line, "cause": told(made.reason.cause, "fr")}
            )
            rows += 1
        else:
            records.append(bare(made[0], top=True))
            rows += len(made[1])
    account = {
        "crosswalk": source.crosswalk.name, "confidence": source.confidence,
        "format": source.format, "encoding": source.encoding, "delimiter": source.delimiter,
        "rows": rows, "records": len(records), "refused": refused,
        "coverage": round(source.coverage, 3), "unmapped": source.unmapped,
    }  # fmt: skip
    return records, account


@pytest.mark.parametrize("name", FOLDERS)
def test_golden(name: str, tmp_path: Path) -> None:
    folder = HERE / name
    records, account = outcome(input_of(folder, tmp_path))
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    if os.environ.get("MUSEO_GOLDEN") == "write":
        (folder / "records.jsonl").write_text(lines, encoding="utf-8")
        (folder / "account.json").write_text(
            json.dumps(account, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    expected = (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines.splitlines()] == [json.loads(e) for e in expected], (
        "if this is meant: MUSEO_GOLDEN=write pytest tests/crosswalks, and read the difference"
    )
    assert account == json.loads((folder / "account.json").read_text(encoding="utf-8"))


def test_every_crosswalk_has_a_folder() -> None:
    """No crosswalk without an example, no example without its crosswalk."""
    used = {json.loads((HERE / name / "account.json").read_text(encoding="utf-8"))["crosswalk"]
            for name in FOLDERS}  # fmt: skip
    assert used - {"generic"} == set(crosswalk.names())


@pytest.mark.parametrize("name", crosswalk.names())
def test_crosswalk_is_documented(name: str) -> None:
    definition = crosswalk.load(name).definition
    assert definition.name == name
    assert definition.title["fr"]
    assert definition.title["en"]
    text = definition.path.read_text(encoding="utf-8")
    assert 'licence = "CC0-1.0"' in text
    assert text.startswith("# "), "a crosswalk opens with what export it is for"


@pytest.mark.parametrize("name", FOLDERS)
def test_words_are_those_of_the_source(name: str, tmp_path: Path) -> None:
    """Every term and text is cut out of a cell, so that a citation is found in the file."""
    source = crosswalk.open(input_of(HERE / name, tmp_path))
    for made in source.records(museum="M0000", source="demo"):
        if isinstance(made, RefusedRow):
            continue
        record, rows = made
        cells = "\n".join(
            text for row in rows for cell in row.cells.values()
            for text in ([cell] if isinstance(cell, str) else cell)
        )  # fmt: skip
        for field in ("titles", "subjects", "materials", "techniques", "makers", "inscriptions"):
            for item in record.get(field, []):  # type: ignore[attr-defined]
                words = item.get("term") or item.get("text")
                assert words in cells, (field, item)


def test_register_as_spreadsheet(tmp_path: Path) -> None:
    """The same register as XLSX gives the same records, but for the place in the file."""
    source = HERE / "register-18" / "input.csv"
    with source.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    path = tmp_path / "registre.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Inventaire")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell)
    book.close()
    from_csv, _ = outcome(source)
    from_sheet, account = outcome(path)
    assert account["format"] == "xlsx"
    for record in (*from_csv, *from_sheet):
        del record["source"]
    assert from_sheet == from_csv


def test_rows_of_one_object_are_merged() -> None:
    source = crosswalk.open(HERE / "wikidata" / "input.csv")
    made = [m for m in source.records(museum="M0000", source="demo") if isinstance(m, tuple)]
    merged = next(record for record, rows in made if len(rows) == 2)
    assert merged["source"]["rows"] == [1, 3]  # type: ignore[typeddict-item]
    assert [domain["term"] for domain in merged["domains"]] == ["nu", "art animalier"]
    assert len(merged["dimensions"]) == 2


def test_a_code_in_the_row_goes_before_the_code_of_the_source() -> None:
    joconde = crosswalk.load("joconde")
    row = SourceRow(1, 1, {"REF": "1", "INV": "2", "MUSEO": "M0812"})
    assert joconde.record(row, museum="M0001", source="s")["museum"] == "M0812"
    unknown = SourceRow(1, 1, {"REF": "1", "INV": "2", "MUSEO": "?"})
    assert joconde.record(unknown, museum="M0001", source="s")["museum"] == "M0001"
