"""An authority as N-Quads, in a graph of its own with its licence, never mixed into ours."""

from __future__ import annotations

from museosciences import iris
from museosciences.authority.model import Authority
from museosciences.ntriples import Graph, iri, literal


def graph(authority: Authority, base: str) -> bytes:
    """The N-Quads of ``{base}graph/vocabulary/authority/{id}``: SKOS concepts and the licence."""
    name = f"{base}graph/vocabulary/authority/{authority.id}"
    found = Graph(name)
    scheme = f"{base}concept/authority/{authority.id}"
    found.add(scheme, iris.RDF + "type", iri(iris.SKOS + "ConceptScheme"))
    found.add(scheme, iris.DCTERMS + "title", literal(authority.title))
    found.add(scheme, iris.DCTERMS + "license", literal(authority.licence))
    for entry in authority.entries.values():
        found.add(entry.iri, iris.RDF + "type", iri(iris.SKOS + "Concept"))
        found.add(entry.iri, iris.SKOS + "inScheme", iri(scheme))
        preferred: set[str] = set()
        for language, label in entry.labels:
            kind = "altLabel" if language in preferred else "prefLabel"
            preferred.add(language)
            found.add(entry.iri, iris.SKOS + kind, literal(label, language or None))
        for broader in entry.broader:
            if broader in authority.entries:
                found.add(entry.iri, iris.SKOS + "broader", iri(broader))
    return found.nquads()
