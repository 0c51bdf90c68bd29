"""What museums write comes out of every renderer, however long or strange."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from museosciences import headed, knowledge
from museosciences.report import charts, html, pdf, xlsx
from museosciences.report import docx as text_processor
from museosciences.report.model import Cell, Cited, Head, Missing, Report, Section, Table
from museosciences.report.wording import WORDS, Wording

WORDS_OF_RENDERERS = dict.fromkeys(
    ("contents", "table", "figure", "query", "queries", "queries_intro", "left_out_one", "sheet",
     "rows", "title", "text", "skip", "replaced"), "mot",
) | {"left_out": "{n} lignes", "queries": "Annexe – les requêtes"}  # fmt: skip
STRANGE = (
    "Très long titre " * 125,
    "عنوان من اليمين إلى اليسار",
    "coquille 🐚 漢字",
    "=1+1", "+3", "-27", "@SUM(A1)",
    "<script>alert(1)</script>", '#set page() $x$ *gras* "guillemets" \\',
    "page\fcontrôle\x00",
)  # fmt: skip


@pytest.fixture(scope="module")
def strange() -> Report:
    cited = Cited("strange", "Titres", "SELECT * WHERE { ?s ?p ?o }")
    rows = tuple((Cell(text), Cell("1", 1)) for text in STRANGE)
    table = Table("t", "Titres", (Head("Titre"), Head("N", numeric=True)), rows, cited)
    section = Section("titles", "Titres", (Missing("Image absente"), table))
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    return Report("essai", "fr", "Essai", "", "", moment, "État", (section,), WORDS_OF_RENDERERS)


def test_the_page_escapes(strange: Report) -> None:
    page = html.render(strange).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert page.count('dir="auto"') == 2 * len(STRANGE), "right-to-left text reads its own way"


def test_the_pdf_says_which_characters_it_cannot_write(strange: Report) -> None:
    assert pdf.render(strange).startswith(b"%PDF")
    assert pdf._unwritable('text "🐚" could not be displayed with any font') == {"🐚"}
    assert pdf._kindred({"ع"}, "بعa") == {"ع", "ب"}
    assert pdf._without('{"a": "🐚"}', {"🐚"}, strange) == '{"a": "□", "replaced": "motU+1F41A"}'


def test_the_text_holds_every_title(strange: Report) -> None:
    document = docx.Document(io.BytesIO(text_processor.render(strange)))
    cells = [row.cells[0].text for row in document.tables[0].rows]
    assert "coquille 🐚 漢字" in cells
    assert "pagecontrôle" in cells, "XML forbids control characters"


def test_the_workbook_holds_texts_and_no_formula(strange: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(strange)))
    sheet = book["1. Titres"]
    found = {row[0].value: row[0].data_type for row in sheet.iter_rows(min_row=2)}
    assert {found[text] for text in ("=1+1", "+3", "-27", "@SUM(A1)")} == {"s"}
    assert STRANGE[0] in found, "the workbook cuts nothing"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref


@pytest.mark.parametrize("path", knowledge.files("queries/links", "*.rq"), ids=lambda p: p.stem)
def test_every_type_of_link_has_its_words(path: Path) -> None:
    assert headed.read(path).header["type"] in WORDS["link_type"]


def test_the_map_outlines_the_departements() -> None:
    assert charts.departments() == ["Aisne", "Nord", "Oise", "Pas-de-Calais", "Somme"]
    assert charts.on_map(3.06, 50.63), "Lille"
    assert not charts.on_map(2.35, 48.85), "Paris"
    svg = charts.museum_map([("Lille", 3.06, 50.63, 12)], Wording("fr"), ("avec", "sans"))
    assert "Pas-de-Calais" in svg
    assert "Lille" in svg


@pytest.mark.parametrize(
    ("century", "fr", "en"),
    [
        (19, "XIXᵉ\u00a0siècle", "19th century"),
        (1, "Iᵉʳ\u00a0siècle", "1st century"),
        (0, "Iᵉʳ\u00a0siècle av.\u00a0J.-C.", "1st century BCE"),
        (-269, "270ᵉ\u00a0siècle av.\u00a0J.-C.", "270th century BCE"),
    ],
)
def test_centuries(century: int, fr: str, en: str) -> None:
    assert (Wording("fr").century(century), Wording("en").century(century)) == (fr, en)


@pytest.mark.parametrize("museum", [[], ["--museum", "M0812"]], ids=["region", "museum"])
def test_an_empty_workspace_still_gives_a_report(tmp_path: Path, museum: list[str]) -> None:
    command = [sys.executable, "-c", "from museosciences.main import run; run()", "report"]
    done = subprocess.run(
        [*command, *museum, "--workspace", str(tmp_path / "none"), "-o", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == 4
    page = next(tmp_path.glob("*.html")).read_text(encoding="utf-8")
    assert "Aucune notice n’est chargée" in page
    assert not (tmp_path / "none").exists(), "reading leaves nothing behind"
