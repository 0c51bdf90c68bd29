"""What the graph says of a thing that is no record: a concept, an agent, a place, a link …

The thing is its IRI and the hash IRIs on it, with the names of what it points to and, where that
is what people look for, of what points to it: the narrower concepts, the agents of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import pyoxigraph as ox

from museosciences.iris import CRM, MS, RDFS, SKOS
from museosciences.publish.collection import values
from museosciences.store import GraphStore

# The properties by which others point to a thing and that its document tells, by its room.
INVERSE = {
    "concept": (SKOS + "broader", SKOS + "topConceptOf"),
    "person": (MS + "person",),
    "set": (CRM + "P141_assigned",),
}
# Measures of quality are hash IRIs that point to what they were computed on, not the reverse.
_COMPUTED_ON = "http://www.w3.org/ns/dqv#computedOn"
# Of what points to a thing, so many are told.
MOST_INVERSE = 1000
# Hash IRIs lie at most so far from their thing: a theme > an event > its date.
_DEPTH = 3
_LABELS = (RDFS + "label", SKOS + "prefLabel")


def described(store: GraphStore, path: str) -> list[ox.Triple]:
    """The triples of the document of a thing, each once; none when the graph does not know it."""
    thing, room = store.base + path, path.partition("/")[0]
    found = dict.fromkeys(_own(store, thing))
    if room == "theme":
        found.update(dict.fromkeys(_of_theme(store, path)))
    if not found:
        return []
    found.update(dict.fromkeys(_measures(store, thing)))
    for predicate in INVERSE.get(room, ()):
        found.update(dict.fromkeys(_pointing(store, predicate, thing)))
    found.update(dict.fromkeys(_named(store, found)))
    return list(found)


def _own(store: GraphStore, thing: str) -> Iterator[ox.Triple]:
    """What is said of a thing and of the hash IRIs that it leads to."""
    wanted, seen = [thing], {thing}
    for _ in range(_DEPTH):
        if not wanted:
            return
        facts = list(_facts(store, wanted))
        yield from facts
        wanted = [iri for iri in _objects(facts) if iri.startswith(f"{thing}#") and iri not in seen]
        seen.update(wanted)


def _facts(store: GraphStore, subjects: Iterable[str]) -> Iterator[ox.Triple]:
    """What is said of some things, without the closure that the build derived for its queries."""
    return _triples(
        store,
        f"SELECT ?s ?p ?o WHERE {{ {values('s', subjects)} ?s ?p ?o FILTER(?p != <{MS}within>) }}",
    )


def _of_theme(store: GraphStore, path: str) -> Iterator[ox.Triple]:
    """A theme file whole: its rules point to their axes, nothing points to its rules."""
    graph, start = ox.NamedNode(f"{store.base}graph/{path}"), ox.Literal(f"{store.base}{path}#")
    return _triples(
        store,
        f"SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} "
        f"FILTER(STRSTARTS(STR(?s), {start})) }}",
    )


def _measures(store: GraphStore, thing: str) -> Iterator[ox.Triple]:
    node = ox.NamedNode(thing)
    return _triples(store, f"SELECT ?s ?p ?o WHERE {{ ?s <{_COMPUTED_ON}> {node} ; ?p ?o }}")


def _pointing(store: GraphStore, predicate: str, thing: str) -> Iterator[ox.Triple]:
    node, object_ = ox.NamedNode(predicate), ox.NamedNode(thing)
    return _triples(
        store,
        f"SELECT ?s ({node} AS ?p) ({object_} AS ?o) WHERE {{ ?s {node} {object_} }} "
        f"LIMIT {MOST_INVERSE}",
    )


def _named(store: GraphStore, found: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The names of what is spoken of inside this collection."""
    spoken = list(found)
    subjects = (t.subject.value for t in spoken if isinstance(t.subject, ox.NamedNode))
    named = dict.fromkeys(
        iri for iri in (*_objects(spoken), *subjects) if iri.startswith(store.base)
    )
    return _triples(
        store,
        f"SELECT ?s ?p ?o WHERE {{ {values('s', named)} {values('p', _LABELS)} ?s ?p ?o }}",
    )


def _triples(store: GraphStore, query: str) -> Iterator[ox.Triple]:
    for subject, predicate, value in store.select(query).rows:
        yield ox.Triple(cast(ox.NamedNode, subject), cast(ox.NamedNode, predicate),
                        cast(ox.NamedNode, value))  # fmt: skip


def _objects(triples: Iterable[ox.Triple]) -> list[str]:
    return [t.object.value for t in triples if isinstance(t.object, ox.NamedNode)]
