"""Do shapes keep to the profile on which all engines agree, and do they tell people enough?

The profile was measured on the engines: docs/validation.md tells what each rule avoids. ``lint``
is for shapes that are written here; ``check`` refuses what nobody can run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from museosciences.iris import MS, RDF, SH, XSD
from museosciences.validate.shapes import Graph, Node, Triple, path_text, plain

LANGUAGES = ("fr", "en")
_RANGES = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_UNSAFE_TYPES = {XSD + name for name in ("gYear", "gYearMonth", "date", "dateTime", "float")}
_OUTSIDE_PROFILE = re.compile(r"\\[pPdDwWsSbBiIcC]|\(\?")
_AXIOMS = ("sparql", "js", "rule", "declare", "shapesGraph")


@dataclass(frozen=True, slots=True)
class Remark:
    """One departure from the profile: where, and why it matters."""

    shape: str
    text: str


def lint(triples: list[Triple]) -> list[Remark]:
    """All departures of a shapes graph from the profile, by shape."""
    graph = Graph(triples)
    remarks = [
        *_patterns(graph),
        *_ranges(graph),
        *_engines(graph),
        *_words(graph),
    ]
    return sorted(remarks, key=lambda remark: (remark.shape, remark.text))


def _patterns(graph: Graph) -> list[Remark]:
    remarks = []
    for subject, predicate, value in graph.triples:
        if predicate != SH + "pattern":
            continue
        pattern = plain(value)
        if _OUTSIDE_PROFILE.search(pattern):
            remarks.append(Remark(plain(subject), f"{pattern!r} uses a class or a lookaround"))
        if not pattern.isascii():
            remarks.append(Remark(plain(subject), f"{pattern!r} is not ASCII"))
    if any(p == SH + "flags" for _, p, _ in graph.triples):
        remarks.append(Remark("", "sh:flags is read differently"))
    return remarks


def _ranges(graph: Graph) -> list[Remark]:
    """A range needs a datatype on its path, here or in another shape, and of a safe type."""
    typed = {
        path_text(graph, path)
        for node in {s for s, p, _ in graph.triples if p == SH + "datatype"}
        for path in graph.objects(node, SH + "path")
    }
    remarks = []
    for subject, predicate, value in graph.triples:
        if predicate.removeprefix(SH) in _RANGES:
            paths = [path_text(graph, path) for path in graph.objects(subject, SH + "path")]
            if not set(paths) & typed:
                remarks.append(Remark(plain(subject), f"a range on {paths} without a datatype"))
        if predicate == SH + "datatype" and plain(value) in _UNSAFE_TYPES:
            remarks.append(Remark(plain(subject), f"{plain(value)} is compared differently"))
    return remarks


def _engines(graph: Graph) -> list[Remark]:
    return [
        Remark(plain(subject), f"sh:{predicate.removeprefix(SH)} is slow or not offered everywhere")
        for subject, predicate, _ in graph.triples
        if predicate.removeprefix(SH) in _AXIOMS
    ]


def _words(graph: Graph) -> list[Remark]:
    """What may be the source of a finding has an IRI, and speaks French and English."""
    remarks = []
    for node in _sources(graph):
        if isinstance(node, ox.BlankNode):
            remarks.append(Remark(str(node), "a property shape without an IRI"))
            continue
        for word in ("name", "description", "message"):
            spoken = graph.by_language(node, SH + word)
            remarks += [
                Remark(plain(node), f"sh:{word} is missing in {lang}")
                for lang in LANGUAGES
                if not spoken.get(lang)
            ]
        for predicate in (SH + "severity", MS + "field"):
            if not graph.objects(node, predicate):
                remarks.append(Remark(plain(node), f"{predicate} is missing"))
    return remarks


def _sources(graph: Graph) -> list[Node]:
    """Property shapes of a shape, and node shapes with a rule of their own (sh:or, sh:not)."""
    held = {o: None for _, p, o in graph.triples if p == SH + "property" and isinstance(o, Node)}
    rules = {SH + name for name in ("or", "and", "not", "xone")}
    targets = {s for s, p, _ in graph.triples if p.startswith(SH + "target")}
    held |= {s: None for s, p, _ in graph.triples if p in rules and s in targets}
    held |= {
        s: None
        for s, p, o in graph.triples
        if p == RDF + "type" and plain(o) == SH + "PropertyShape"
    }
    return list(held)
