"""Validation of other people's RDF by other people's shapes."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from museosciences import validate
from museosciences.errors import InputError, ShapesError, UnknownFormat, UnreadableFile
from museosciences.iris import SH
from museosciences.validate.shapes import Graph

SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://e/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
ex:Person a sh:NodeShape ; sh:targetClass ex:Person ;
  sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "no name"@en ] ;
  sh:property [ sh:path ( ex:parent ex:name ) ; sh:minCount 1 ; sh:severity sh:Info ] ;
  sh:property [ sh:path ex:age ; sh:datatype xsd:integer ; sh:severity sh:Warning ] .
"""
DATA = 'PREFIX ex: <http://e/> ex:a a ex:Person ; ex:age "old" . ex:b a ex:Person ; ex:name "B" .'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(DATA)
    shapes.write_text(SHAPES)
    return data, shapes


@pytest.mark.parametrize("name", validate.ENGINES)
def test_anonymous_shapes_get_names_and_findings_the_words_there_are(
    name: str, files: tuple[Path, Path]
) -> None:
    data, shapes = files
    report = validate.validate_files([data], [shapes], name)
    assert not report.conforms
    assert report.engine == name
    assert report.counts == {"Violation": 1, "Warning": 1, "Info": 2}
    told = [(r["focus"], r["path"], r["constraint"], r["value"]) for r in report.rows("en")]
    assert told == [
        ("http://e/a", "(<http://e/parent>/<http://e/name>)", "minCount", ""),
        ("http://e/a", "http://e/age", "datatype", "old"),
        ("http://e/a", "http://e/name", "minCount", ""),
        ("http://e/b", "(<http://e/parent>/<http://e/name>)", "minCount", ""),
    ]
    assert report.rows("en")[2]["message"] == "no name"
    assert report.rows("fr")[1]["message"] == "La valeur n’est pas du type attendu."
    assert report.rows()[1]["shape"].startswith("http://e/Person/.well-known/genid/")


def test_the_report_is_json_and_a_shacl_validation_report(files: tuple[Path, Path]) -> None:
    report = validate.validate_files([files[0]], [files[1]])
    told = json.loads(report.as_json())
    assert told["conforms"] is False
    assert told["results"][2]["message"] == {"en": "no name"}
    quads = list(ox.parse(report.as_turtle(), ox.RdfFormat.TURTLE))
    graph = Graph([(q.subject, q.predicate.value, q.object) for q in quads])
    results = [s for s, p, o in graph.triples if p.endswith("#type") and "Result" in str(o)]
    assert len(results) == 4
    paths = [graph.objects(result, SH + "resultPath")[0] for result in results]
    assert sum(len(graph.items(path)) == 2 for path in paths) == 2
    values = [value for result in results for value in graph.objects(result, SH + "value")]
    assert values == [ox.Literal("old")]


@pytest.mark.parametrize("name", validate.ENGINES)
@pytest.mark.parametrize(
    "value", ["<http://e/x>", '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"é\\n"@fr']
)
def test_the_report_keeps_the_terms_of_the_data(name: str, value: str) -> None:
    rules = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:in (1) ] ."
    shapes = validate.parse(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://e/> " + rules
    )
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    data = f"<http://e/a> {kind} <http://e/C> .\n<http://e/a> <http://e/p> {value} .\n"
    findings = validate.engine(name).validate(data.encode(), shapes)
    report = validate.Report(findings, shapes, name)
    quads = ox.parse(report.as_turtle(), ox.RdfFormat.TURTLE)
    assert [str(q.object) for q in quads if q.predicate.value == SH + "value"] == [value]


def test_severities_are_compared(files: tuple[Path, Path]) -> None:
    report = validate.validate_files([files[0]], [files[1]])
    assert report.reaches("Violation")
    clean = files[0].with_name("clean.ttl")
    clean.write_text('PREFIX ex: <http://e/> ex:b a ex:Person ; ex:name "B" .')
    report = validate.validate_files([clean], [files[1]])
    assert report.reaches("Info")
    assert not report.reaches("Warning")


def test_named_graphs_and_several_files_are_merged(tmp_path: Path) -> None:
    one, two, shapes = tmp_path / "1.nq", tmp_path / "2.jsonld", tmp_path / "s.ttl"
    one.write_text(
        "<http://e/c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/Person>"
        " <http://e/g> .\n"
    )
    two.write_text('{"@id": "http://e/c", "http://e/name": "C"}')
    shapes.write_text(SHAPES)
    report = validate.validate_files([one, two], [shapes])
    assert report.counts == {"Violation": 0, "Warning": 0, "Info": 1}


def test_what_cannot_be_judged_is_told_with_file_and_line(files: tuple[Path, Path]) -> None:
    data, shapes = files
    broken = data.with_name("broken.ttl")
    broken.write_text("PREFIX ex: <http://e/>\nex:a ex:b ex:c\nex:d .")
    with pytest.raises(UnreadableFile, match=r"broken\.ttl.*not valid Turtle"):
        validate.validate_files([broken], [shapes])
    with pytest.raises(UnreadableFile, match=r"gone\.ttl"):
        validate.validate_files([data.with_name("gone.ttl")], [shapes])
    with pytest.raises(UnknownFormat, match="RDF syntax"):
        validate.validate_files([data.with_suffix(".docx")], [shapes])
    with pytest.raises(ShapesError, match="no shape here"):
        validate.validate_files([shapes], [data])


def test_a_failing_engine_is_told_not_raised_through(files: tuple[Path, Path]) -> None:
    class Failing:
        name = "failing"

        def results(self, *_: object) -> None:
            raise NotImplementedError

        def validate(self, *_: object) -> list[validate.Finding]:
            raise ValueError("year -43 is out of range")

    with pytest.raises(InputError, match="year -43"):
        validate.validate_files([files[0]], [files[1]], Failing())  # type: ignore[arg-type]
