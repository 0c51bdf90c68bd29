"""A quality profile as RDF: the W3C Data Quality Vocabulary (DQV)."""

from __future__ import annotations

from museosciences.iris import RDF, SKOS, XSD
from museosciences.ntriples import Graph, iri, literal
from museosciences.validate.quality import HEADINGS, Profile

DQV = "http://www.w3.org/ns/dqv#"
# Linked Data Quality Dimensions (Zaveri et al.), as DQV names them.
COMPLETENESS = "http://www.w3.org/2016/05/ldqd#completeness"
CONSISTENCY = "http://www.w3.org/2016/05/ldqd#consistency"
_SEVERITIES = {
    "Violation": ("Notices bloquées par un constat", "Blocking findings"),
    "Warning": ("Constats à corriger", "Findings to mend"),
    "Info": ("Conseils", "Pieces of advice"),
}


def describe(graph: Graph, base: str) -> None:
    """The metrics: one share per heading, one count per severity. Once per provenance graph."""
    for heading in HEADINGS:
        metric = f"{base}metric/{heading.id}"
        _metric(graph, metric, COMPLETENESS, "decimal")
        graph.add(metric, SKOS + "prefLabel", literal(heading.fr, "fr"))
        graph.add(metric, SKOS + "prefLabel", literal(heading.en, "en"))
    for severity, (fr, en) in _SEVERITIES.items():
        metric = f"{base}metric/{severity.lower()}"
        _metric(graph, metric, CONSISTENCY, "integer")
        graph.add(metric, SKOS + "prefLabel", literal(fr, "fr"))
        graph.add(metric, SKOS + "prefLabel", literal(en, "en"))


def measure(graph: Graph, base: str, subject: str, profile: Profile) -> None:
    """The measurements of a profile on what it is of: a source's graph or a museum.

    Shares are from 0 to 1; findings are counted by severity.
    """
    for heading in HEADINGS:
        _measurement(graph, base, subject, heading.id, round(profile.share(heading.id), 4))
    for severity in _SEVERITIES:
        count = sum(n for (found, _), n in profile.findings.items() if found == severity)
        _measurement(graph, base, subject, severity.lower(), count)


def _metric(graph: Graph, metric: str, dimension: str, datatype: str) -> None:
    graph.add(metric, RDF + "type", iri(DQV + "Metric"))
    graph.add(metric, DQV + "inDimension", iri(dimension))
    graph.add(metric, DQV + "expectedDataType", iri(XSD + datatype))


def _measurement(graph: Graph, base: str, subject: str, name: str, value: float | int) -> None:
    node = f"{subject}#quality-{name}"
    graph.add(node, RDF + "type", iri(DQV + "QualityMeasurement"))
    graph.add(node, DQV + "computedOn", iri(subject))
    graph.add(node, DQV + "isMeasurementOf", iri(f"{base}metric/{name}"))
    graph.add(node, DQV + "value", literal(value))
