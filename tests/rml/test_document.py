"""Document mode: one inventory record in memory to N-Triples."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from museosciences import rml
from museosciences.errors import MappingError

PREFIXES = b"""
@prefix rml: <http://w3id.org/rml/> .
@prefix ex: <http://ex.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ms: <https://museosciences.example/ns#> .
"""

RECORD: dict[str, Any] = {
    "museum": "M0812",
    "inventory_number": "M.P.1875/3",
    "location": 'Salle "é"',
    "production": {"begin_year": 1850, "places": [{"name": "Lille"}, {"name": "Arras"}]},
    "urls": ["http://a.example/", "http://a.example/a b"],
    "use": [],
    "makers": [
        {"museum": "M0812", "n": "1", "name": "Carpeaux", "weight": 1e-7},
        {"museum": "M0812", "n": "2", "name": None, "active": True, "height": 30.0},
    ],
    "taxon": {"scientific_name": "Panthera leo"},
}


def source(iterator: str) -> bytes:
    return (
        f'rml:logicalSource [ rml:source [ a rml:RelativePathSource; rml:path "records.jsonl" ];'
        f' rml:referenceFormulation rml:JSONPath; rml:iterator "{iterator}" ]'
    ).encode()


def run(mapping: bytes, record: dict[str, Any] = RECORD) -> tuple[set[str], rml.CompiledMapping]:
    compiled = rml.compile(PREFIXES + mapping, base="http://m/")
    out: list[str] = []
    compiled.document(record, out)
    text = "".join(out)
    list(ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))  # valid N-Triples
    return set(text.splitlines()), compiled


def object_map(body: bytes, iterator: str = "$", subject: bytes = b"o/{museum}") -> bytes:
    return (
        b"<#m> a rml:TriplesMap; " + source(iterator) + b"; rml:subjectMap "
        b'[ rml:template "' + subject + b'" ]; rml:predicateObjectMap '
        b"[ rml:predicate ex:p; rml:objectMap [ " + body + b" ] ] ."
    )


@pytest.mark.parametrize(
    ("body", "objects"),
    [
        (b'rml:reference "location"', [r'"Salle \"é\""']),
        (b'rml:reference "$.location"; rml:language "fr"', [r'"Salle \"é\""@fr']),
        (b'rml:reference "absent"', []),
        (b'rml:reference "use"', []),
        (b'rml:reference "$.production.begin_year"', ['"1850"^^<' + "X#integer>"]),
        (b'rml:reference "$.production.begin_year"; rml:datatype xsd:gYear', ['"1850"^^<X#gYear>']),
        (b'rml:reference "$.production.places[*].name"', ['"Lille"', '"Arras"']),
        (b'rml:reference "urls"', ['"http://a.example/"', '"http://a.example/a b"']),
        (b'rml:template "o/{museum}/{inventory_number}"', ["<http://m/o/M0812/M.P.1875%2F3>"]),
        (b'rml:template "{location}!"; rml:termType rml:Literal', [r'"Salle \"é\"!"']),
        (b'rml:constant "x"; rml:language "en"', ['"x"@en']),
        (
            b"rml:functionExecution [ rml:function ms:slug; rml:input [ rml:parameter ms:value;"
            b' rml:inputValueMap [ rml:reference "location" ] ] ]',
            ['"salle-e"'],
        ),
    ],
)
def test_objects(body: bytes, objects: list[str]) -> None:
    lines, compiled = run(object_map(body))
    expected = {
        f"<http://m/o/M0812> <http://ex.org/p> {value} .".replace(
            "<X#", "<http://www.w3.org/2001/XMLSchema#"
        )
        for value in objects
    }
    assert lines == expected
    assert compiled.problems.count == 0


@pytest.mark.parametrize(
    ("reference", "datatype", "value"),
    [
        ("weight", "", '"1.0E-7"^^<X#double>'),
        ("weight", "; rml:datatype xsd:decimal", '"0.0000001"^^<X#decimal>'),
        ("height", "; rml:datatype xsd:decimal", '"30.0"^^<X#decimal>'),
        ("height", "; rml:datatype xsd:integer", '"30"^^<X#integer>'),
        ("height", "", '"3.0E1"^^<X#double>'),
        ("active", "", '"true"^^<X#boolean>'),
        ("name", "", '"Carpeaux"'),
    ],
)
def test_numbers_of_nested_items(reference: str, datatype: str, value: str) -> None:
    body = f'rml:reference "{reference}"{datatype}'.encode()
    lines, _ = run(object_map(body, "$.makers[*]", b"o/{museum}#maker-{n}"))
    assert [line.split(" ", 2)[2][:-2] for line in lines] == [
        value.replace("<X#", "<http://www.w3.org/2001/XMLSchema#")
    ]


def test_single_object_and_nested_lists_are_iterated() -> None:
    lines, _ = run(object_map(b'rml:constant "x"', "$.taxon", b"t/{scientific_name}"))
    assert lines == {'<http://m/t/Panthera%20leo> <http://ex.org/p> "x" .'}
    lines, _ = run(object_map(b'rml:constant "x"', "$.production.places[*]", b"p/{name}"))
    assert len(lines) == 2


def test_what_cannot_become_a_term_is_reported() -> None:
    lines, compiled = run(object_map(b'rml:reference "urls"; rml:termType rml:IRI'))
    assert lines == {"<http://m/o/M0812> <http://ex.org/p> <http://a.example/> ."}
    assert compiled.problems.count == 1
    problem = compiled.problems.first[0]
    assert problem.place.value == "http://a.example/a b"
    assert problem.place.row == 1
    assert problem.place.part == "triples map m, object map of p"


def test_a_join_is_refused() -> None:
    mapping = object_map(
        b'rml:parentTriplesMap <#m>; rml:joinCondition [ rml:child "museum"; rml:parent "museum" ]'
    )
    with pytest.raises(MappingError, match="join is not possible"):
        run(mapping)
