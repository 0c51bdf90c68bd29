"""Mappings in the older vocabularies give the same triples as in the current one."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from museosciences import rml
from museosciences.errors import MappingError

OLD = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix fnml: <http://semweb.mmlab.be/ns/fnml#> .
@prefix fno: <https://w3id.org/function/ontology#> .
@prefix grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex.org/> .
@base <http://map.example/> .
"""


def run(folder: Path, mapping: str) -> set[str]:
    (folder / "map.ttl").write_text(OLD + mapping, encoding="utf-8")
    rml.map_files(folder / "map.ttl", folder / "out.nq")
    return set((folder / "out.nq").read_text(encoding="utf-8").splitlines())


def test_csv(tmp_path: Path) -> None:
    (tmp_path / "works.csv").write_text("id,title,year,by\n1,Été,1875,7\n2,,,\n")
    (tmp_path / "people.csv").write_text("no,name\n7,Carpeaux\n")
    mapping = """
    <#Work> a rr:TriplesMap ;
      rml:logicalSource [ rml:source "works.csv" ; rml:referenceFormulation ql:CSV ] ;
      rr:subjectMap [ rr:template "http://w/{id}" ; rr:class ex:Work ; rr:graph ex:g ] ;
      rr:predicateObjectMap [ rr:predicate ex:title ;
        rr:objectMap [ rml:reference "title" ; rr:language "fr" ] ] ;
      rr:predicateObjectMap [ rr:predicateMap [ rr:constant ex:year ] ;
        rr:objectMap [ rml:reference "year" ; rr:datatype xsd:gYear ] ] ;
      rr:predicateObjectMap [ rr:predicate ex:by ; rr:graph rr:defaultGraph ;
        rr:objectMap [ rr:parentTriplesMap <#Person> ;
          rr:joinCondition [ rr:child "by" ; rr:parent "no" ] ] ] .
    <#Person> a rr:TriplesMap ;
      rml:logicalSource [ rml:source "people.csv" ; rml:referenceFormulation ql:CSV ] ;
      rr:subjectMap [ rr:template "{no}" ; rr:termType rr:BlankNode ] ;
      rr:predicateObjectMap [ rr:predicate ex:name ; rr:objectMap [ rml:reference "name" ] ] .
    """
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    year = "<http://www.w3.org/2001/XMLSchema#gYear>"
    assert run(tmp_path, mapping) == {
        f"<http://w/1> {kind} <http://ex.org/Work> <http://ex.org/g> .",
        f"<http://w/2> {kind} <http://ex.org/Work> <http://ex.org/g> .",
        '<http://w/1> <http://ex.org/title> "Été"@fr <http://ex.org/g> .',
        f'<http://w/1> <http://ex.org/year> "1875"^^{year} <http://ex.org/g> .',
        "<http://w/1> <http://ex.org/by> _:b7 .",
        "<http://w/1> <http://ex.org/by> _:b7 <http://ex.org/g> .",
        '_:b7 <http://ex.org/name> "Carpeaux" .',
    }


def test_json_members_without_path(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"works": [{"id": 1, "a": {"b c": "x"}, "full name": "y"}]}')
    mapping = """
    <#Work> rml:logicalSource [ rml:source "d.json" ; rml:referenceFormulation ql:JSONPath ;
        rml:iterator "$.works[*]" ] ;
      rr:subject ex:s ;
      rr:predicateObjectMap [ rr:predicate ex:p ; rr:objectMap [ rml:reference "full name" ] ],
        [ rr:predicate ex:p ; rr:objectMap [ rml:reference "a['b c']" ] ] .
    """
    assert run(tmp_path, mapping) == {
        '<http://ex.org/s> <http://ex.org/p> "x" .',
        '<http://ex.org/s> <http://ex.org/p> "y" .',
    }


def test_functions_of_the_first_form(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("id,name\n1,a b\n")
    mapping = """
    <#M> a rr:TriplesMap ;
      rml:logicalSource [ rml:source "d.csv" ; rml:referenceFormulation ql:CSV ] ;
      rr:subjectMap [ rr:template "http://s/{id}" ] ;
      rr:predicateObjectMap [ rr:predicate ex:p ; rr:objectMap [ fnml:functionValue [
        rml:logicalSource [ rml:source "d.csv" ; rml:referenceFormulation ql:CSV ] ;
        rr:predicateObjectMap [ rr:predicate fno:executes ;
            rr:objectMap [ rr:constant grel:toUpperCase ] ],
          [ rr:predicate grel:valueParameter ; rr:objectMap [ fnml:functionValue [
            rr:predicateObjectMap [ rr:predicate fno:executes ; rr:object grel:string_replace ],
              [ rr:predicate grel:valueParameter ; rr:objectMap [ rml:reference "name" ] ],
              [ rr:predicate grel:p_string_find ; rr:object " " ],
              [ rr:predicate grel:p_string_replace ; rr:object "-" ] ] ] ] ] ] ] .
    """
    assert run(tmp_path, mapping) == {'<http://s/1> <http://ex.org/p> "A-B" .'}


def test_an_rdflib_graph_is_a_mapping() -> None:
    graph = rdflib.Graph().parse(
        data=OLD
        + '<#M> rml:logicalSource [ rml:source "x.csv" ; rml:referenceFormulation ql:CSV ] ;'
        " rr:subject ex:s ."
    )
    assert "x.csv" in rml.compile(graph).source


@pytest.mark.parametrize(
    "source",
    [
        'rr:logicalTable [ rr:tableName "T" ]',
        'rml:logicalSource [ rml:source <#db> ; rml:query "SELECT 1" ]',
    ],
)
def test_databases_are_refused_by_name(source: str) -> None:
    with pytest.raises(MappingError, match="relational database"):
        rml.compile(f"{OLD} <#M> {source} ; rr:subject ex:s .".encode())
