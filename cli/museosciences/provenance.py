"""The provenance graph: what each graph was made from, by what, and when (W3C PROV-O)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from museosciences import __version__, iris, validate
from museosciences.account import Part
from museosciences.iris import DCTERMS, MS, PROV, RDF, RDFS, XSD
from museosciences.ntriples import Graph, iri, literal
from museosciences.partition import knowledge_digest
from museosciences.validate import dqv, quality


def graph(
    base: str,
    parts: list[tuple[Part, bool]],
    started: datetime,
    before: Mapping[str, Any] | None = None,
) -> bytes:
    """The N-Quads of a build: its activity, for each source its file and its graph, and quality.

    ``before`` is the account of the previous build, from which the trend is told.
    """
    found = Graph(f"{base}graph/provenance")
    build = f"{base}build/{started.strftime('%Y%m%dT%H%M%SZ')}"
    software = f"{base}software/museosciences"
    found.add(build, RDF + "type", iri(PROV + "Activity"))
    found.add(build, PROV + "startedAtTime", _time(started))
    found.add(build, PROV + "endedAtTime", _time(datetime.now(UTC)))
    found.add(build, PROV + "wasAssociatedWith", iri(software))
    found.add(software, RDF + "type", iri(PROV + "SoftwareAgent"))
    found.add(software, RDFS + "label", literal(f"MuséoSciences {__version__}"))
    found.add(software, MS + "knowledgeDigest", literal(knowledge_digest()))
    for part, _ in parts:
        if part.error is None:
            _source(found, base, build, part)
    _quality(found, base, [part for part, _ in parts], before or {})
    return found.nquads()


def _quality(found: Graph, base: str, parts: list[Part], before: Mapping[str, Any]) -> None:
    """The quality profile of each source and of each museum (W3C DQV)."""
    sources = [{"source": part.source, "quality": part.quality} for part in parts]
    now, then = quality.of_build({"sources": sources}), quality.of_build(before)
    shapes = {shape for _, shape in now.total.findings}
    dqv.describe(found, base, validate.load().shapes, shapes)
    for name, profile in now.sources.items():
        dqv.measure(found, base, f"{base}graph/source/{name}", profile, then.sources.get(name))
    for code, profile in now.museums.items():
        museum = f"{base}museum/{iris.encode(code)}"
        dqv.measure(found, base, museum, profile, then.museums.get(code))


def _source(found: Graph, base: str, build: str, part: Part) -> None:
    file = f"{base}file/{part.sha256}"
    made = f"{base}graph/source/{part.source}"
    found.add(file, RDF + "type", iri(PROV + "Entity"))
    found.add(file, RDFS + "label", literal(part.file))
    found.add(file, MS + "sha256", literal(part.sha256))
    found.add(file, DCTERMS + "format", literal(part.format))
    found.add(build, PROV + "used", iri(file))
    found.add(made, RDF + "type", iri(PROV + "Entity"))
    found.add(made, PROV + "wasDerivedFrom", iri(file))
    found.add(made, PROV + "wasGeneratedBy", iri(build))
    found.add(made, MS + "crosswalk", literal(part.crosswalk))
    if part.museum:
        found.add(made, PROV + "wasAttributedTo", iri(f"{base}museum/{iris.encode(part.museum)}"))
    for name in ("read", "loaded", "quarantined", "refused"):
        found.add(made, MS + name, literal(int(getattr(part, name))))


def _time(moment: datetime) -> str:
    return f'"{moment.strftime("%Y-%m-%dT%H:%M:%SZ")}"^^<{XSD}dateTime>'
