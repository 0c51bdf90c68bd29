"""The regional report in its four formats: complete, French, and without formulas."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pytest

from museosciences.workspace import Workspace

COMMAND = [sys.executable, "-c", "from museosciences.main import run; run()", "report"]


@pytest.fixture(scope="module")
def written(demonstration: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    done = subprocess.run(
        [*COMMAND, "--workspace", str(demonstration.path), "-o", str(folder)],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def one(folder: Path, suffix: str) -> Path:
    return next(folder.glob(f"*.{suffix}"))


def test_the_page_stands_alone_and_cites_its_queries(written: Path) -> None:
    page = one(written, "html").read_text(encoding="utf-8")
    assert '<html lang="fr"' in page
    assert page.count("<svg") >= 3
    assert "SELECT" in page, "every figure cites the query that made it"
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=\"https?:", page)
    text = re.sub(r"<(style|code|pre)[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    english = {"Violation", "Warning", "Info", "the", "with", "Museum"}
    words = set(re.findall(r"[A-Za-z]+", re.sub(r"<[^>]+>", " ", text)))
    assert not english & words, "no English in the French edition"


def test_the_pdf_is_tagged_and_in_french(written: Path) -> None:
    data = one(written, "pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/MarkInfo" in data or b"/StructTreeRoot" in data or len(data) > 100_000


def test_the_document_opens_with_styles_and_tables(written: Path) -> None:
    document = docx.Document(str(one(written, "docx")))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert any(name.startswith("Heading") for name in styles)
    assert len(document.tables) > 5


def test_the_workbook_has_heads_filters_and_no_formula(written: Path) -> None:
    book = openpyxl.load_workbook(one(written, "xlsx"))
    assert len(book.sheetnames) > 10
    assert any(sheet.freeze_panes for sheet in book.worksheets)
    with zipfile.ZipFile(one(written, "xlsx")) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in sheets if b"<f>" in archive.read(name)]


def test_an_unknown_format_is_a_usage_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "--format", "doc", "-o", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "html" in done.stderr


def test_the_report_of_a_museum_tells_of_that_museum_alone(
    demonstration: Workspace, tmp_path: Path
) -> None:
    """Berck has a project in the programme and no record; the others' do not stray in."""
    done = subprocess.run(
        [*COMMAND, "--workspace", str(demonstration.path), "--museum", "M0641",
         "--format", "html", "-o", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = unescape(one(tmp_path, "html").read_text(encoding="utf-8"))
    assert "Berck-sur-Mer, musée d'Opale Sud" in page
    assert "Projet à préciser (Berck-sur-Mer)" in page
    assert "Henri Dupuis" not in page
    assert "Ce musée n’a pas de notice chargée" in page


def test_addresses_are_followed_only_where_something_answers(written: Path) -> None:
    """The base IRI of the demonstration is reserved (RFC 2606): a link to it would be dead."""
    page = one(written, "html").read_text(encoding="utf-8")
    assert 'href="https://museosciences.example' not in page
    assert 'href="#query-records-by-museum"' in page
