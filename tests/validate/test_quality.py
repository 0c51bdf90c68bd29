"""The quality profile, its trend, its RDF, and the questions asked of the whole graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from museosciences import headed, knowledge
from museosciences.ntriples import Graph
from museosciences.record import InventoryRecord
from museosciences.validate import Finding, dqv
from museosciences.validate.quality import HEADINGS, Profile

BASE = "https://museosciences.example/"
OBJECT: InventoryRecord = {
    "museum": "M0001",
    "inventory_number": "1",
    "kind": "object",
    "titles": [{"text": "Marine"}],
    "materials": [{"term": "toile"}],
    "production": {"date_text": "vers 1860", "begin_year": 1855, "end_year": 1865},
    "acquisition": [{"text": "don"}, {"mode": "achat", "date": {"text": "1901"}}],
    "images": [{"url": "https://musee.example/1.jpg", "licence": "CC0"}],
    "subjects": [{"term": "bateau"}],
}
SPECIMEN: InventoryRecord = {
    "museum": "M0001",
    "inventory_number": "2",
    "kind": "specimen",
    "taxon": {"scientific_name": "Vipera berus"},
    "occurrence": {"place": {"text": "Arras", "lat": 50.3, "long": 2.8}, "event": {"text": "?"}},
    "images": [],
}
FINDING = Finding(f"{BASE}object/M0001/2", None, None, f"{BASE}shapes#s", "c", "Warning", {})


def test_headings_are_told_or_not() -> None:
    profile = Profile()
    profile.add(OBJECT)
    profile.add(SPECIMEN, [FINDING])
    told = {heading.id for heading in HEADINGS if profile.told[heading.id] == 2}
    assert told == {
        "number",
        "designation",
        "date",
    }
    assert profile.share("image") == 0.5
    assert profile.share("mode") == 0.5
    assert profile.share("origin") == 0.5
    assert profile.share("dated") == 0.5
    assert profile.share("price") == 0.0
    assert 0 < profile.completeness < 1
    assert Profile().completeness == 0.0
    assert [row["heading"] for row in profile.rows()][:2] == [
        "Numéro d’inventaire", "Mode d’acquisition",
    ]  # fmt: skip
    assert profile.finding_rows() == [
        {"severity": "Warning", "shape": "s", "findings": 1, "trend": None}
    ]


def test_the_trend_is_told_against_the_build_before() -> None:
    before, now = Profile(), Profile()
    before.add(SPECIMEN, [FINDING])
    now.add(OBJECT)
    now.add(SPECIMEN, [FINDING, FINDING])
    before = Profile.from_dict(before.as_dict())
    rows: dict[Any, dict[str, Any]] = {row["heading"]: row for row in now.rows("en", before)}
    assert rows["Image"]["trend"] == 0.5
    assert rows["Taxon"]["trend"] == -0.5
    assert now.finding_rows(before)[0]["trend"] == 1
    both = before.merge(now)
    assert (both.records, both.told["taxon"], both.findings["Warning", "s"]) == (3, 2, 3)
    assert Profile.from_dict(both.as_dict()) == both


def test_the_profile_is_dqv() -> None:
    profile = Profile()
    profile.add(OBJECT)
    profile.add(SPECIMEN, [FINDING])
    graph = Graph(f"{BASE}graph/provenance")
    dqv.describe(graph, BASE, {}, ["s"])
    source = f"{BASE}graph/source/demo"
    dqv.measure(graph, BASE, source, profile)
    store = ox.Store()
    store.load(graph.nquads(), format=ox.RdfFormat.N_QUADS)
    answer = store.query(
        f"""PREFIX dqv: <{dqv.DQV}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?label ?value WHERE {{ GRAPH ?g {{
          ?m a dqv:QualityMeasurement ; dqv:computedOn <{source}> ; dqv:value ?value ;
             dqv:isMeasurementOf ?metric .
          ?metric a dqv:Metric ; dqv:inDimension ?dimension ; skos:prefLabel ?label
          FILTER(LANG(?label) = "fr") }} }}"""
    )
    values = {str(row["label"].value): row["value"].value for row in answer}  # type: ignore
    assert len(values) == len(HEADINGS) + 5
    assert values["Image"] == "0.5"
    assert values["Constats à corriger"] == "1"


GRAPH = """
PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/> PREFIX ms: <https://museosciences.example/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX : <http://e/>
:r1 crm:P50_has_current_keeper :m1 ; crm:P48_has_preferred_identifier :n1 ; rdfs:label "R1" ;
    crm:P138i_has_representation :i1 ; crm:P45_consists_of :canvas ; a ms:Specimen .
:r2 crm:P50_has_current_keeper :m1 ; crm:P48_has_preferred_identifier :n2 ; rdfs:label "R2" ;
    crm:P138i_has_representation :i2 ; crm:P45_consists_of :canvas ; a ms:Object .
:r3 crm:P50_has_current_keeper :m2 ; crm:P48_has_preferred_identifier :n3 ;
    crm:P138i_has_representation :i3 ; crm:P62_depicts :nowhere .
:n1 crm:P190_has_symbolic_content "982.12.1" . :n2 crm:P190_has_symbolic_content "982-12 1" .
:n3 crm:P190_has_symbolic_content "982.12.1" .
:i1 schema:contentUrl "http://e/a.jpg" . :i2 schema:contentUrl "http://e/a.jpg" .
:i3 schema:contentUrl "http://e/b.jpg" .
:canvas a crm:E57_Material ; rdfs:label "Toile" .
:top a skos:Concept ; skos:topConceptOf :scheme ; skos:prefLabel "haut"@fr .
:under a skos:Concept ; skos:broader :top . :lost a skos:Concept ; skos:prefLabel "seul"@fr .
:below a skos:Concept ; skos:broader :gone .
"""
ANSWERS = {
    "duplicate-inventory-numbers": [("http://e/m1", "982121", "2")],
    "dangling-references": [
        ("http://www.cidoc-crm.org/cidoc-crm/P62_depicts", "http://e/nowhere", "1")
    ],
    "orphan-concepts": [("http://e/below", "", "http://e/gone"), ("http://e/lost", "seul", "")],
    "specimens-of-worked-material": [("http://e/r1", "R1", "Toile")],
    "one-image-many-records": [("http://e/a.jpg", "2")],
}


@pytest.mark.parametrize("file", knowledge.files("queries/quality", "*.rq"), ids=lambda f: f.stem)
def test_questions_of_quality_find_what_is_wrong(file: Path) -> None:
    query = headed.read(file, "quality")
    assert query.header["problem"]
    assert query.header["solution@en"]
    store = ox.Store()
    store.load(GRAPH, format=ox.RdfFormat.TURTLE)
    rows = store.query(file.read_text(encoding="utf-8"))
    wanted = ANSWERS[file.stem]
    found = [
        tuple("" if term is None else term.value for term in list(row)[: len(wanted[0])])
        for row in rows  # type: ignore
    ]
    assert found == wanted
