"""The reconciliation graph: what the terms, agents, places and titles of a store mean.

Every statement has its confidence, method and, where something had to be decided, its reason; an
accepted one is ``ms:concept``, one that a person should look at ``ms:candidate``, which no rule
reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from museosciences import iris
from museosciences.iris import MS
from museosciences.ntriples import Graph, iri, literal
from museosciences.reconcile.decisions import PersonDecision
from museosciences.reconcile.iconclass import Iconclass
from museosciences.reconcile.lists import match_list
from museosciences.reconcile.lookup import KINDS
from museosciences.reconcile.match import ACCEPTED, Match
from museosciences.reconcile.names import nobody
from museosciences.reconcile.persons import Person, SamePerson, same_persons
from museosciences.reconcile.taxa import match_taxon
from museosciences.reconcile.terms import match_term
from museosciences.reconcile.titles import mentions
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary

_PREFIXES = f"PREFIX ms: <{MS}> PREFIX crm: <{iris.CRM}> PREFIX rdfs: <{iris.RDFS}>"
_PREFIXES += f" PREFIX dwc: <{iris.DWC}> PREFIX skos: <{iris.SKOS}>"
_RANKS = ("kingdom", "phylum", "class", "order", "family", "genus")


def reconciliation(
    store: GraphStore, vocabulary: Vocabulary, decisions: Iterable[PersonDecision] = ()
) -> bytes:
    """The N-Quads of the reconciliation graph of a loaded store.

    ``decisions`` are what people decided on persons; they are obeyed.
    """
    graph = Graph(f"{store.base}graph/reconciliation")
    _terms(graph, store, vocabulary)
    _taxa(graph, store, vocabulary)
    _titles(graph, store, vocabulary)
    _persons(graph, store, list(decisions))
    _places(graph, store, vocabulary)
    return graph.nquads()


def _rows(store: GraphStore, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(_PREFIXES + query).rows:
        yield tuple(map(term_text, row))


def _state(graph: Graph, base: str, subject: str, match: Match) -> None:
    if match.authority:
        graph.add(subject, MS + "authority", iri(match.authority))
    if match.concept is None:
        return
    predicate = "concept" if match.status == "accepted" else "candidate"
    graph.add(subject, MS + predicate, iri(f"{base}concept/{match.concept}"))
    graph.add(subject, MS + "confidence", literal(match.confidence))
    graph.add(subject, MS + "method", literal(match.method))
    if match.reason:
        graph.add(subject, MS + "reason", literal(match.reason))


def _terms(graph: Graph, store: GraphStore, vocabulary: Vocabulary) -> None:
    """The terms, in lists by source and kind: a list tells its language and its capitals."""
    query = """SELECT DISTINCT ?source ?term ?kind ?words ?context WHERE {
        GRAPH ?source { ?term a ms:Term ; ms:termKind ?kind ; rdfs:label ?words .
        OPTIONAL { ?term ms:context ?context } } }"""
    lists: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for source, term, kind, words, context in _rows(store, query):
        if kind in KINDS and kind != "taxon":
            lists[source, kind].append((term, words, context))
    iconclass = Iconclass()
    best: dict[str, Match] = {}
    for (_source, kind), entries in sorted(lists.items()):
        asked = [(words, context) for _term, words, context in entries]
        matches = match_list(vocabulary, asked, kind, fuzzy=False)
        for (term, words, _context), match in zip(entries, matches, strict=True):
            if term not in best or match.confidence > best[term].confidence:
                best[term] = match
            if kind == "subject" and (notation := iconclass.notation(words)):
                graph.add(term, MS + "iconclass", iri(iconclass.iri(notation)))
    for term, match in best.items():
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
    described: dict[str, float] = {}
    for record, title in _rows(store, query):
        for mention in mentions(vocabulary, title):
            match = mention.match
            key = iris.digest("title", mention.words, str(match.concept), str(match.confidence))
            term = f"{store.base}term/title/{key}"
            graph.add(record, MS + "titleNames", iri(term))
            if term not in described:
                described[term] = match.confidence
                graph.add(term, iris.RDF + "type", iri(MS + "Term"))
                graph.add(term, iris.RDFS + "label", literal(mention.words))
                graph.add(term, MS + "termKind", literal("title"))
                _state(graph, store.base, term, match)


def _persons(graph: Graph, store: GraphStore, decisions: list[PersonDecision]) -> None:
    persons = [*_agents(store), *_theorists(store)]
    apart = {d.pair(store.base) for d in decisions if d.decision == "apart"}
    together = {d.pair(store.base) for d in decisions if d.decision == "same"}
    same = same_persons(persons, apart=apart, together=together)
    joined = {found.other.agent: found for found in same if found.confidence >= ACCEPTED}
    for found in same:
        if found.confidence < ACCEPTED:
            leader = _leader(found.one, joined)
            graph.add(found.other.agent, MS + "candidate", iri(_person(store.base, leader)))
    named: set[str] = set()
    for person in persons:
        if nobody(person.name):
            continue
        name = _person(store.base, _leader(person, joined))
        theory, hash_, _ = person.agent.partition("#")
        if hash_:
            graph.add(theory, MS + "theorist", iri(name))
        else:
            _state_person(graph, person, name, joined.get(person.agent))
        if name not in named:
            named.add(name)
            label = _leader(person, joined).name
            graph.add(name, iris.RDFS + "label", literal(label))


def _agents(store: GraphStore) -> Iterator[Person]:
    query = """SELECT DISTINCT ?agent ?name ?birth ?death ?institution WHERE {
        ?agent a crm:E39_Actor ; rdfs:label ?name .
        OPTIONAL { ?agent ms:birthYear ?birth } OPTIONAL { ?agent ms:deathYear ?death }
        OPTIONAL { ?agent ms:institution ?institution } }"""
    seen: set[str] = set()
    for agent, name, birth, death, institution in _rows(store, query):
        if agent not in seen:
            seen.add(agent)
            yield Person(agent, name, _year(birth), _year(death), institution == "true")


def _theorists(store: GraphStore) -> Iterator[Person]:
    """The persons whom the theories of the vocabulary name, as agents on their theory."""
    query = """SELECT DISTINCT ?theory ?name WHERE {
        ?theory a skos:Concept ; ms:person ?name . FILTER(isLiteral(?name)) }"""
    for theory, name in _rows(store, query):
        yield Person(f"{theory}#{iris.digest(name)}", name)


def _leader(person: Person, joined: dict[str, SamePerson]) -> Person:
    """The agent after whom the person is named, through all joinings."""
    seen: set[str] = set()
    while person.agent in joined and person.agent not in seen:
        seen.add(person.agent)
        person = joined[person.agent].one
    return person


def _person(base: str, leader: Person) -> str:
    return f"{base}person/{iris.digest('person', leader.agent)}"


def _state_person(graph: Graph, person: Person, name: str, same: SamePerson | None) -> None:
    graph.add(person.agent, MS + "person", iri(name))
    graph.add(person.agent, MS + "confidence", literal(same.confidence if same else 1.0))
    graph.add(person.agent, MS + "method", literal("same-person" if same else "own-record"))
    if same is not None:
        graph.add(person.agent, MS + "reason", literal(same.reason))


def _year(text: str) -> int | None:
    return int(text) if text else None


def _places(graph: Graph, store: GraphStore, vocabulary: Vocabulary) -> None:
    query = "SELECT DISTINCT ?place ?name WHERE { ?place a crm:E53_Place ; rdfs:label ?name }"
    for place, name in _rows(store, query):
        _state(graph, store.base, place, match_term(vocabulary, name, "place", fuzzy=False))
