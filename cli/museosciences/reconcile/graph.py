"""The reconciliation graph: what the terms, agents, places and titles of a store mean.

Every statement has its confidence, method and status; an accepted one is ``ms:concept``, one that
a person should look at ``ms:candidate``, which no rule reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from museosciences import iris
from museosciences.iris import MS
from museosciences.ntriples import Graph, iri, literal
from museosciences.reconcile.match import Match
from museosciences.reconcile.persons import Person, same_persons
from museosciences.reconcile.taxa import match_taxon
from museosciences.reconcile.terms import KINDS, match_term
from museosciences.reconcile.titles import mentions
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary

_PREFIXES = f"PREFIX ms: <{MS}> PREFIX crm: <{iris.CRM}> PREFIX rdfs: <{iris.RDFS}>"
_PREFIXES += f" PREFIX dwc: <{iris.DWC}>"
_RANKS = ("kingdom", "phylum", "class", "order", "family", "genus")


def reconciliation(store: GraphStore, vocabulary: Vocabulary) -> bytes:
    """The N-Quads of the reconciliation graph of a loaded store."""
    graph = Graph(f"{store.base}graph/reconciliation")
    _terms(graph, store, vocabulary)
    _taxa(graph, store, vocabulary)
    _titles(graph, store, vocabulary)
    _persons(graph, store)
    _places(graph, store, vocabulary)
    return graph.nquads()


def _rows(store: GraphStore, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(_PREFIXES + query).rows:
        yield tuple(map(term_text, row))


def _state(graph: Graph, base: str, subject: str, match: Match) -> None:
    if match.concept is None:
        return
    predicate = "concept" if match.status == "accepted" else "candidate"
    graph.add(subject, MS + predicate, iri(f"{base}concept/{match.concept}"))
    graph.add(subject, MS + "confidence", literal(match.confidence))
    graph.add(subject, MS + "method", literal(match.method))


def _terms(graph: Graph, store: GraphStore, vocabulary: Vocabulary) -> None:
    query = """SELECT DISTINCT ?term ?kind ?words ?context WHERE {
        ?term a ms:Term ; ms:termKind ?kind ; rdfs:label ?words .
        OPTIONAL { ?term ms:context ?context } }"""
    for term, kind, words, context in _rows(store, query):
        if kind in KINDS:
            match = match_term(vocabulary, words, kind, context, fuzzy=False)
            _state(graph, store.base, term, match)


def _taxa(graph: Graph, store: GraphStore, vocabulary: Vocabulary) -> None:
    optional = " ".join(f"OPTIONAL {{ ?term dwc:{rank} ?{rank} }}" for rank in _RANKS)
    names = " ".join(f"?{rank}" for rank in _RANKS)
    query = f"""SELECT DISTINCT ?term ?words ?name {names} WHERE {{
        ?term ms:termKind "taxon" ; rdfs:label ?words .
        OPTIONAL {{ ?term dwc:scientificName ?name }} {optional} }}"""
    for term, words, name, *ranks in _rows(store, query):
        classification = {rank: value for rank, value in zip(_RANKS, ranks, strict=True) if value}
        match = match_taxon(vocabulary, name or words, classification)
        _state(graph, store.base, term, match)


def _titles(graph: Graph, store: GraphStore, vocabulary: Vocabulary) -> None:
    query = """SELECT DISTINCT ?record ?title WHERE {
        ?record a ms:Object ; crm:P102_has_title ?t . ?t crm:P190_has_symbolic_content ?title }"""
    described: set[str] = set()
    for record, title in _rows(store, query):
        for mention in mentions(vocabulary, title):
            term = f"{store.base}term/title/{iris.digest('title', mention.words)}"
            graph.add(record, MS + "titleNames", iri(term))
            if term not in described:
                described.add(term)
                graph.add(term, iris.RDF + "type", iri(MS + "Term"))
                graph.add(term, iris.RDFS + "label", literal(mention.words))
                graph.add(term, MS + "termKind", literal("title"))
                _state(graph, store.base, term, mention.match)


def _persons(graph: Graph, store: GraphStore) -> None:
    query = """SELECT DISTINCT ?agent ?name ?birth ?death ?institution WHERE {
        ?agent a crm:E39_Actor ; rdfs:label ?name .
        OPTIONAL { ?agent ms:birthYear ?birth } OPTIONAL { ?agent ms:deathYear ?death }
        OPTIONAL { ?agent ms:institution ?institution } }"""
    persons = [
        Person(agent, name, _year(birth), _year(death), institution == "true")
        for agent, name, birth, death, institution in _rows(store, query)
    ]
    merged = {same.other.agent: same for same in same_persons(persons)}
    for person in persons:
        same = merged.get(person.agent)
        leader = same.one if same else person
        name = iris.digest("person", leader.agent)
        graph.add(person.agent, MS + "person", iri(f"{store.base}person/{name}"))
        graph.add(person.agent, MS + "confidence", literal(same.confidence if same else 1.0))
        graph.add(person.agent, MS + "method", literal(same.reason if same else "own record"))
        if same is None:
            graph.add(f"{store.base}person/{name}", iris.RDFS + "label", literal(person.name))


def _year(text: str) -> int | None:
    return int(text) if text else None


def _places(graph: Graph, store: GraphStore, vocabulary: Vocabulary) -> None:
    query = "SELECT DISTINCT ?place ?name WHERE { ?place a crm:E53_Place ; rdfs:label ?name }"
    for place, name in _rows(store, query):
        _state(graph, store.base, place, match_term(vocabulary, name, "place", fuzzy=False))
