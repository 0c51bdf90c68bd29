"""The theme file of the operation: well-formed, and true to the vocabulary it speaks."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from museosciences import vocabulary
from museosciences.iris import DEFAULT_BASE
from museosciences.record import FIELDS

MS = Namespace(DEFAULT_BASE + "ns#")
ROOT = Path(__file__).resolve().parents[2]
THEME = URIRef(DEFAULT_BASE + "theme/museosciences")
CONDITIONS = (
    MS.kind,
    MS.concept,
    MS.scheme,
    MS.genre,
    MS.words,
    MS.present,
)
# Fields that live inside `production` of the inventory record.
WITHIN_PRODUCTION = {"schools", "periods"}
ROLES = {"genre", "main", "secondary", "attribute", "unstated", "setting"}
STATES = {"done", "under-way", "planned", "confirmed", "tbd"}


@cache
def _theme() -> Graph:
    graph = Graph()
    graph.parse(ROOT / "ontology/themes/museosciences.ttl", format="turtle", publicID=str(THEME))
    return graph


def _rules() -> list[URIRef]:
    graph = _theme()
    kinds = (MS.AxisRule, MS.VitrineRule)
    return sorted(URIRef(str(rule)) for kind in kinds for rule in graph.subjects(RDF.type, kind))


def _languages(node: Node, predicate: URIRef) -> list[str]:
    return sorted(
        str(label.language)
        for label in _theme().objects(node, predicate)
        if isinstance(label, Literal)
    )


def test_all_that_the_theme_names_exists() -> None:
    graph = _theme()
    known = vocabulary.load().concepts
    with (ROOT / "data/museums.csv").open(encoding="utf-8", newline="") as handle:
        codes = {row["code"] for row in csv.DictReader(handle)}
    for target in set(graph.objects()):
        path = str(target).removeprefix(DEFAULT_BASE)
        if path.startswith("concept/"):
            assert path.removeprefix("concept/") in known
        elif path.startswith("museum/"):
            assert path.removeprefix("museum/") in codes
        elif path.startswith("theme/"):
            assert (target, None, None) in graph, target


def test_parts_of_the_operation_are_named_in_both_languages() -> None:
    graph = _theme()
    kinds = (
        MS.Theme,
        MS.Axis,
        MS.Vitrine,
        MS.Phase,
        MS.ProgrammeEvent,
        MS.DigitisationCampaign,
        MS.TravellingExhibition,
        MS.Conference,
        MS.Publication,
        MS.Resource,
        MS.Operation,
        MS.Organisation,
        MS.Role,
    )
    for kind in kinds:
        nodes = list(graph.subjects(RDF.type, kind))
        assert nodes, kind
        for node in nodes:
            assert _languages(node, RDFS.label) == ["en", "fr"], node


def test_facts_of_the_operation() -> None:
    graph = _theme()
    campaign = URIRef(f"{THEME}#digitisation-2018-2019")
    assert len(list(graph.objects(THEME, MS.axis))) == 3
    assert len(list(graph.objects(THEME, MS.vitrine))) == 6
    assert len(list(graph.objects(THEME, MS.phase))) == 4
    assert len(list(graph.objects(THEME, MS.event))) == 23
    assert len(list(graph.objects(THEME, MS.previous))) == 3
    # 16 campaigns; La Porte du Hainaut counts once there, and has four museums.
    assert len(list(graph.objects(campaign, MS.museum))) == 19
    assert {str(state) for state in graph.objects(None, MS.state)} <= STATES


def test_events_are_of_someone_and_end_after_they_begin() -> None:
    graph = _theme()
    for event in graph.subjects(RDF.type, MS.ProgrammeEvent):
        assert (event, MS.museum, None) in graph or (event, MS.organisation, None) in graph, event
        assert (THEME, MS.event, event) in graph
        begin, end = graph.value(event, MS.begin), graph.value(event, MS.end)
        assert begin is None or end is None or str(begin) <= str(end), event
        if str(graph.value(event, MS.state)) == "tbd":
            assert begin is None


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: str(rule).rpartition("#")[2])
def test_rule_is_complete(rule: URIRef) -> None:
    graph = _theme()
    target = graph.value(rule, MS.axis) or graph.value(rule, MS.vitrine)
    assert (target, RDF.type, None) in graph
    weight = graph.value(rule, MS.weight)
    assert weight is not None
    assert 0 < float(str(weight)) <= 1
    assert _languages(rule, MS.reason) == ["en", "fr"]
    assert any((rule, condition, None) in graph for condition in CONDITIONS)
    fields = {str(field) for field in graph.objects(rule, MS.field)}
    assert fields <= set(FIELDS) | WITHIN_PRODUCTION
    assert {str(role) for role in graph.objects(rule, MS.role)} <= ROLES
    for words in graph.objects(rule, MS.words):
        assert str(words).strip()


def test_every_axis_and_vitrine_has_a_rule_that_selects() -> None:
    graph = _theme()
    threshold = float(str(graph.value(THEME, MS.threshold)))
    for kind, link in ((MS.Axis, MS.axis), (MS.Vitrine, MS.vitrine)):
        for node in graph.subjects(RDF.type, kind):
            parts = [node, *graph.subjects(SKOS.broader, node)]
            weights = [
                float(str(weight))
                for part in parts
                for rule in graph.subjects(link, part)
                for weight in graph.objects(rule, MS.weight)
            ]
            assert any(weight >= threshold for weight in weights), node


def test_incidental_details_stay_below_the_threshold() -> None:
    graph = _theme()
    threshold = float(str(graph.value(THEME, MS.threshold)))
    for name in ("rule-taxon-incidental", "rule-taxon-in-figure", "rule-everyday-instrument"):
        weight = graph.value(URIRef(f"{THEME}#{name}"), MS.weight)
        assert float(str(weight)) < threshold
