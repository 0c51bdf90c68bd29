"""``museo check``: what a museum does with its feedback file, until nothing is left to mend."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from museosciences.errors import InputError, MuseoError
from museosciences.main import app

HEADER = ["REF", "INV", "TITR", "REPR", "MUSEO", "DOMN", "AUTR", "DIMS"]
ROWS = [
    ["a", "1.1", "Nature morte", "nautile", "M0001", "peinture", "DUPUIS Henri (1820-2190)", ""],
    ["b", "1.1", "Marine", "bateau", "M0001", "peinture", "", "H. 0 cm"],
    ["c", "1.3", "Vue", "paysage", "M0001", "dessin", "", "H. 12 cm"],
]
MENDED = {("a", "AUTR"): "DUPUIS Henri (1820-1890)", ("b", "INV"): "1.2", ("b", "DIMS"): "H. 10 cm"}


@pytest.fixture
def inventory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    lines = [";".join(cells) for cells in (HEADER, *ROWS)]
    path = tmp_path / "inventaire.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def check(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *arguments])
    if isinstance(result.exception, MuseoError):
        raise result.exception
    return result.exit_code, result.stdout


def test_the_way_of_a_museum_to_a_sound_inventory(inventory: Path) -> None:
    code, text = check(str(inventory), "-o", "retour.xlsx")
    assert code == 1
    assert "3 lignes lues = 2 à charger + 1 en quarantaine + 0 refusées" in text
    assert "Bloquant" in text
    assert "Conseil " not in text, "advice is in the file, and shown with --severity info"
    book = openpyxl.load_workbook("retour.xlsx")
    sheet = book["À corriger"]
    header = [cell.value for cell in sheet[1]]
    assert [sheet.cell(n, 1).value for n in range(2, sheet.max_row + 1)] == ["a", "b"]
    for number in range(2, sheet.max_row + 1):
        for (ref, column), text in MENDED.items():
            if sheet.cell(number, 1).value == ref:
                sheet.cell(number, header.index(column) + 1).value = text
    book.save("retour.xlsx")
    code, text = check("retour.xlsx", "-o", "second.xlsx", "--severity", "warning")
    assert code == 0
    assert "2 lignes lues = 2 à charger + 0 en quarantaine + 0 refusées" in text
    assert check("second.xlsx", "-o", "third.csv")[0] == 0, "nothing is left to mend"


def test_a_workbook_knows_how_its_file_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows of XML become a spreadsheet, which no crosswalk would recognise by itself."""
    monkeypatch.chdir(tmp_path)
    record = (
        "<lido:lido><lido:lidoRecID>{0}</lido:lidoRecID><lido:descriptiveMetadata "
        'xml:lang="fr"><lido:objectClassificationWrap/><lido:objectIdentificationWrap>'
        "<lido:titleWrap/><lido:repositoryWrap><lido:repositorySet><lido:workID>12"
        "</lido:workID></lido:repositorySet></lido:repositoryWrap>"
        "</lido:objectIdentificationWrap></lido:descriptiveMetadata></lido:lido>"
    )
    Path("export.xml").write_text(
        '<lido:lidoWrap xmlns:lido="http://www.lido-schema.org">'
        + record.format("r1") + record.format("r2") + "</lido:lidoWrap>",
        encoding="utf-8",
    )  # fmt: skip
    code, first = check("export.xml", "--museum", "M0009", "-o", "retour.xlsx")
    assert code == 1
    code, again = check("retour.xlsx", "-o", "second.xlsx")
    assert code == 1
    assert "Concordance : lido" in again
    assert first.splitlines()[-4:-1] == again.splitlines()[-4:-1]


def test_the_exit_code_follows_the_asked_severity(inventory: Path) -> None:
    sound = inventory.with_name("sain.csv")
    lines = inventory.read_text(encoding="utf-8").splitlines()
    sound.write_text("\n".join([lines[0], lines[3]]) + "\n", encoding="utf-8")
    assert check(str(sound), "-o", "r.html")[0] == 0
    assert check(str(sound), "-o", "r.html", "--severity", "warning")[0] == 0
    code, text = check(str(sound), "-o", "r.html", "--severity", "info")
    assert code == 1
    assert "Conseil" in text


def test_many_findings_are_told_by_their_reasons(inventory: Path) -> None:
    """The terminal of a curator does not scroll: the feedback file holds each of them."""
    lines = [";".join(HEADER)]
    lines += [f"r{n};2.{n};Vue;paysage;M0001;dessin;;H. 0 cm" for n in range(1, 61)]
    inventory.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, text = check(str(inventory), "-o", "r.xlsx")
    assert code == 0
    (row,) = [line for line in text.splitlines() if "impossible" in line]
    assert row.split()[:3] == ["À", "corriger", "60"]
    assert "DIMS" in row
    book = openpyxl.load_workbook("r.xlsx")
    assert book["À corriger"].max_row == 61


def test_programs_get_every_finding_in_stable_words(inventory: Path) -> None:
    code, text = check(str(inventory), "-o", "r.csv", "--format", "json", "--lang", "en")
    lines = json.loads(text)
    assert code == 1
    assert {line["severity"] for line in lines} == {"Violation", "Warning", "Info"}
    double = next(line for line in lines if line["severity"] == "Violation")
    assert (double["row"], double["column"], double["value"]) == (2, "INV", "1.1")
    assert "record no. 1 of this file" in double["reason"]


def test_a_file_that_is_no_inventory(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        check(str(tmp_path / "absent.csv"))
    assert caught.value.exit_code == 3
