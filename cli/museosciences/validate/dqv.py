"""A quality profile as RDF: the W3C Data Quality Vocabulary (DQV)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from museosciences.iris import MS, RDF, SH, SKOS, XSD
from museosciences.ntriples import Graph, iri, literal
from museosciences.validate.findings import RULES, SEVERITIES, Severity
from museosciences.validate.quality import HEADINGS, Profile
from museosciences.validate.shapes import Shape

DQV = "http://www.w3.org/ns/dqv#"
# Linked Data Quality Dimensions (Zaveri et al.), as DQV names them.
COMPLETENESS = "http://www.w3.org/2016/05/ldqd#completeness"
CONSISTENCY = "http://www.w3.org/2016/05/ldqd#consistency"
_MEAN = ("Complétude de l’inventaire réglementaire", "Completeness of the regulatory inventory")
_SEVERITIES: dict[Severity, tuple[str, str]] = {
    "Violation": ("Constats bloquants", "Blocking findings"),
    "Warning": ("Constats à corriger", "Findings to mend"),
    "Info": ("Conseils", "Pieces of advice"),
}


def describe(graph: Graph, base: str, shapes: Mapping[str, Shape], found: Iterable[str]) -> None:
    """The metrics, once per provenance graph: one share per heading, the mean of the regulatory
    ones, one count per severity, and one per shape of which there are findings (``found``).
    """
    for heading in HEADINGS:
        _metric(
            graph, f"{base}metric/{heading.id}", COMPLETENESS, "decimal", heading.fr, heading.en
        )
    _metric(graph, f"{base}metric/completeness", COMPLETENESS, "decimal", *_MEAN)
    for severity, (fr, en) in _SEVERITIES.items():
        _metric(graph, f"{base}metric/{severity.lower()}", CONSISTENCY, "integer", fr, en)
    told = RULES | {iri: shape.name for iri, shape in shapes.items()}
    names = {iri.rpartition("#")[2]: (iri, name) for iri, name in told.items()}
    for local in sorted(found):
        metric = f"{base}metric/shape-{local}"
        iri_of_shape, name = names.get(local, (MS + local, {}))
        labels = (name.get("fr", local), name.get("en", local))
        _metric(graph, metric, CONSISTENCY, "integer", *labels)
        graph.add(metric, SH + "sourceShape", iri(iri_of_shape))


def measure(
    graph: Graph, base: str, subject: str, profile: Profile, before: Profile | None = None
) -> None:
    """The measurements of a profile on what it is of: a source's graph or a museum.

    Shares are from 0 to 1; findings are counted by severity and by shape. ``before`` is the
    profile in the previous build: what has changed since is told by ``ms:change``.
    """
    now, then = _values(profile), _values(before) if before and before.records else None
    for name, value in now.items():
        change = 0 if then is None else round(value - then.get(name, 0), 4)
        _measurement(graph, base, subject, name, value, change)


def _values(profile: Profile) -> dict[str, float | int]:
    """The value of each metric, by its name."""
    values: dict[str, float | int] = {
        heading.id: round(profile.share(heading.id), 4) for heading in HEADINGS
    }
    values["completeness"] = round(profile.completeness, 4)
    values |= {severity.lower(): profile.found(severity) for severity in SEVERITIES}
    for (_, shape), count in sorted(profile.findings.items()):
        name = f"shape-{shape}"
        values[name] = values.get(name, 0) + count
    return values


def _metric(graph: Graph, metric: str, dimension: str, datatype: str, fr: str, en: str) -> None:
    graph.add(metric, RDF + "type", iri(DQV + "Metric"))
    graph.add(metric, DQV + "inDimension", iri(dimension))
    graph.add(metric, DQV + "expectedDataType", iri(XSD + datatype))
    graph.add(metric, SKOS + "prefLabel", literal(fr, "fr"))
    graph.add(metric, SKOS + "prefLabel", literal(en, "en"))


def _measurement(
    graph: Graph, base: str, subject: str, name: str, value: float | int, change: float | int
) -> None:
    node = f"{subject}#quality-{name}"
    graph.add(node, RDF + "type", iri(DQV + "QualityMeasurement"))
    graph.add(node, DQV + "computedOn", iri(subject))
    graph.add(node, DQV + "isMeasurementOf", iri(f"{base}metric/{name}"))
    graph.add(node, DQV + "value", literal(value))
    if change:
        graph.add(node, MS + "change", literal(change))
