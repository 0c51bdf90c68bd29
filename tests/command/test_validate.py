"""``museo validate`` on files of people outside this project: formats, exit codes, errors."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from museosciences.errors import MuseoError
from museosciences.main import app

PREFIXES = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://e/>\n"
SHAPES = "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; {} ] ."
DATA = "ex:a a ex:T ; ex:p 'aaaa' ."


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data.ttl").write_text(PREFIXES + DATA)
    Path("shapes.ttl").write_text(
        PREFIXES + SHAPES.format("sh:maxLength 3 ; sh:severity sh:Warning")
    )


def validate(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["validate", "data.ttl", "--shapes", "shapes.ttl", *arguments])
    if isinstance(result.exception, MuseoError):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.mark.parametrize("engine", ["shacl", "pyshifty", "pyshacl"])
def test_each_engine_tells_the_same(engine: str) -> None:
    report = json.loads(validate("--engine", engine, "--format", "json")[1])
    assert report["engine"] == engine
    assert [(r["focus"], r["constraint"]) for r in report["results"]] == [
        ("http://e/a", "maxLength")
    ]


@pytest.mark.parametrize(("severity", "code"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_the_exit_code_follows_the_asked_severity(severity: str, code: int) -> None:
    assert validate("--severity", severity)[0] == code


def test_the_turtle_is_a_shacl_report_and_the_csv_a_table() -> None:
    store = ox.Store()
    store.load(validate("--format", "turtle")[1].encode(), format=ox.RdfFormat.TURTLE)
    ask = "ASK { ?r a <http://www.w3.org/ns/shacl#ValidationReport> }"
    assert store.query(ask)
    assert validate("--format", "csv")[1].startswith("severity,focus,path,value,message,shape,")
    assert validate("--format", "xml")[0] == 2


def test_no_finding_is_said_in_words() -> None:
    Path("shapes.ttl").write_text(PREFIXES + SHAPES.format("sh:minCount 1"))
    assert validate() == (0, "Aucun constat.\n")


@pytest.mark.parametrize(
    ("shape", "code", "words"),
    [
        ("sh:minCount 'many'", "shapes", "not valid SHACL"),
        ("sh:severity ex:Grave", "shapes", "no published meaning"),
        ("sh:node ex:S", "shapes", "refers to itself"),
        ("sh:pattern '^(a+)+$'", "shapes", "exponential time"),
    ],
)
def test_shapes_that_cannot_be_trusted_are_never_a_silent_pass(
    shape: str, code: str, words: str
) -> None:
    Path("shapes.ttl").write_text(PREFIXES + SHAPES.format(shape))
    with pytest.raises(MuseoError, match=words) as caught:
        validate()
    assert (caught.value.code, caught.value.exit_code) == (code, 3)
    assert "shapes.ttl" in str(caught.value)
    assert "http://e/S" in str(caught.value)


@pytest.mark.parametrize("file", ["data.ttl", "shapes.ttl"])
def test_broken_turtle_is_told_with_file_and_line(file: str) -> None:
    with Path(file).open("a") as handle:
        handle.write("\nex:b ex:c")
    with pytest.raises(MuseoError, match=rf"{file}, line \d+") as caught:
        validate()
    assert caught.value.exit_code == 3


def test_an_unknown_engine() -> None:
    with pytest.raises(MuseoError, match="use one of shacl, pyshifty, pyshacl") as caught:
        validate("--engine", "jena")
    assert caught.value.exit_code == 2
