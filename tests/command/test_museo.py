"""The command line: formats, exit codes, errors in one line, help."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from museosciences import link, reference
from museosciences.workspace import Workspace


def museo(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from museosciences.main import run; run()"]
    return subprocess.run(
        command + [str(argument) for argument in arguments],
        input=stdin, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_links_keep_the_contract(demonstration: Workspace) -> None:
    done = museo("links", "--workspace", demonstration.path, "--format", "csv", "--limit", 3)
    assert done.returncode == 0, done.stderr
    table = list(csv.reader(io.StringIO(done.stdout)))
    assert table[0] == [
        "link",
        "type",
        "score",
        "status",
        "art_record",
        "art_museum",
        "art_title",
        "art_field",
        "art_value",
        "via",
        "via_label",
        "science_record",
        "science_museum",
        "science_title",
        "science_field",
        "science_value",
        "science_count",
        "explanation",
        "rule",
    ]
    assert len(table) == 4


def test_a_link_is_explained_with_its_source_rows(demonstration: Workspace) -> None:
    first = museo("--workspace", demonstration.path, "links", "--format", "json", "--limit", 1)
    name = json.loads(first.stdout)[0]["link"]
    done = museo("links", "--workspace", demonstration.path, "--explain", name, "--format", "json")
    chain = json.loads(done.stdout)
    assert chain["art_rows"][0]["cells"]
    assert chain["science_rows"][0]["cells"]
    assert set(link.COLUMNS) <= set(chain)


def test_query_from_stdin_and_by_name(demonstration: Workspace) -> None:
    place = ("--workspace", demonstration.path, "--format", "json")
    done = museo("query", "-", *place, stdin="SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert json.loads(done.stdout)[0]["n"] > 1000
    done = museo("query", "objects-by-taxon", "--param", "museum=DEMO02", *place)
    assert json.loads(done.stdout)[0]["records"] >= 1
    done = museo("queries", "--format", "csv", "--lang", "en")
    assert "Works that depict an organism" in done.stdout


def test_status_says_the_account(demonstration: Workspace) -> None:
    done = museo("status", "--workspace", demonstration.path, "--format", "json")
    account = json.loads(done.stdout)
    total = account["total"]
    assert total["read"] == total["loaded"] + total["quarantined"] + total["refused"]


@pytest.mark.parametrize(
    "content",
    [
        'terme,n\nnénuphar,1\n"chat, chien",2\n'.encode(),
        "\ufeffterme;n\r\nnénuphar;1\r\nchat, chien;2\r\n".encode(),
        "terme\tn\nnénuphar\t1\nchat, chien\t2\n".encode("latin-1"),
    ],
)
def test_reconcile_reads_any_table_of_terms(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "termes.csv"
    file.write_bytes(content)
    done = museo("reconcile", "--input", file, "--column", "terme")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["term"] for row in rows] == ["nénuphar", "chat, chien"]
    assert rows[0]["status"] == "accepted"


def test_reconcile_names_the_columns_that_there_are(tmp_path: Path) -> None:
    file = tmp_path / "termes.csv"
    file.write_text("terme,n\nnénuphar,1\n", encoding="utf-8")
    done = museo("reconcile", "--input", file, "--column", "sujet")
    assert done.returncode == 3
    assert "colonnes : terme, n" in done.stderr


def test_reconcile_keeps_the_contract(tmp_path: Path) -> None:
    file = tmp_path / "termes.csv"
    file.write_text("terme;n\n".replace(";", ",") + "perroquet,1\nlicorne,2\n", encoding="utf-8")
    done = museo("reconcile", "--kind", "subject", "--input", file, "--column", "terme")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == (
        [
            "term",
            "concept",
            "label",
            "taxon",
            "taxon_rank",
            "kind",
            "confidence",
            "method",
            "status",
        ]
    )
    assert rows[0]["taxon"] == "Psittaciformes"
    assert rows[1]["status"] == "none"


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [("3e quart 19e siècle", "1851", "1875"), ("an XII", "1803-09-24", "1804-09-22")],
)
def test_parse_date(text: str, begin: str, end: str) -> None:
    found = json.loads(museo("parse", "date", text).stdout)
    assert list(found) == ["text", "begin", "end", "edtf", "certainty"]
    assert (found["begin"], found["end"]) == (begin, end)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["links", "--workspace", "/nonexistent"], 4, "museo build"),
        (["build", "/nonexistent.csv", "--workspace", "{tmp}/w"], 3, "nonexistent.csv"),
        (["reconcile", "x", "--kind", "colour"], 2, "natures : subject"),
        (["detect", "/nonexistent.csv"], 3, "nonexistent.csv"),
        (["nowhere"], 2, "nowhere"),
        (["--lang", "en", "report", "--format", "doc"], 2, "there is no report format"),
        (["report", "--format", "doc", "--lang=en"], 2, "there is no report format"),
        (
            ["build", "a.csv", "b.csv", "c.csv", "--museum", "X", "--museum", "Y"],
            2,
            "2 codes de musée",
        ),
    ],
)
def test_errors(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    done = museo(*(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert done.returncode == code, done.stderr
    assert words in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


def test_review_through_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text("link,decision,why\nabc,perhaps,\n", encoding="utf-8")
    done = museo("review", "import", file, "--workspace", tmp_path)
    assert done.returncode == 3
    assert "notice 1" in done.stderr


@pytest.mark.parametrize("name", sorted(reference.REFERENCES))
def test_references_are_up_to_date(name: str, root: Path) -> None:
    written = (root / "docs" / name).read_text(encoding="utf-8")
    assert written == reference.REFERENCES[name](), "`make docs` writes the references again"
