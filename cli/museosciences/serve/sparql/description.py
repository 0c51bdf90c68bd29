"""The description of the endpoint (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from museosciences.iris import DCTERMS, RDF
from museosciences.publish.dcat import VOID
from museosciences.publish.setting import Setting

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def triples(setting: Setting, endpoint: str) -> Iterator[ox.Triple]:
    """The service at an address: its language, its formats, its default and named graphs."""
    service, dataset = endpoint, f"{endpoint}#dataset"
    default = f"{endpoint}#default-graph"
    yield _to(service, RDF + "type", SD + "Service")
    yield _to(service, SD + "endpoint", endpoint)
    yield _to(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    for feature in ("UnionDefaultGraph", "EmptyGraphs"):
        yield _to(service, SD + "feature", SD + feature)
    for name in _WRITTEN:
        yield _to(service, SD + "resultFormat", _FORMATS + name)
    yield _to(service, SD + "defaultDataset", dataset)
    yield _to(dataset, RDF + "type", SD + "Dataset")
    yield _to(dataset, DCTERMS + "source", f"{setting.base}dataset/all")
    yield _to(dataset, SD + "defaultGraph", default)
    yield _to(default, RDF + "type", SD + "Graph")
    sizes = setting.collection.store.graphs()
    yield _count(default, sum(sizes.values()))
    for number, (name, size) in enumerate(sorted(sizes.items()), start=1):
        named, graph = f"{endpoint}#named-{number}", f"{endpoint}#graph-{number}"
        yield _to(dataset, SD + "namedGraph", named)
        yield _to(named, RDF + "type", SD + "NamedGraph")
        yield _to(named, SD + "name", name)
        yield _to(named, SD + "graph", graph)
        yield _to(graph, RDF + "type", SD + "Graph")
        yield _count(graph, size)


def _to(subject: str, predicate: str, target: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(target))


def _count(subject: str, number: int) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(VOID + "triples"), ox.Literal(number))
