"""What the graph says of some records: asked once for many, whatever the format.

A record is its IRI and the hash IRIs on it. They are reached from the record by index look-ups,
level by level (record, event, part of the event), and so are the terms, agents, places, museums
and concepts that they name: seven queries for a batch, however many records are in it.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

import pyoxigraph as ox

from museosciences import iris
from museosciences.iris import CRM, MS, RDF, RDFS, SKOS
from museosciences.publish.collection import Collection, Entry, batches, values
from museosciences.store import GraphStore, Term, term_text

# Records asked in one go: measured, more gains nothing and holds more memory.
BATCH = 200
# Hash IRIs lie at most so far from their record: record > event > part > time.
DEPTH = 3
# Terms and agents come back from record to record; so many of them are remembered.
REMEMBERED = 20_000
# A famous animal is in hundreds of links: a notice carries the strongest.
MOST_LINKS = 25

Facts = dict[str, list[Term]]
# What is said of one thing named by a record: not its closure, nor all its synonyms.
_NAMED = (
    RDF + "type", RDFS + "label", SKOS + "prefLabel", SKOS + "inScheme", MS + "context",
    MS + "termKind", MS + "concept", MS + "person", MS + "birthYear", MS + "deathYear",
    MS + "institution", MS + "nationality", MS + "placePart", MS + "countryCode", MS + "code",
    MS + "town", MS + "sourceOrganism", iris.GEO + "lat", iris.GEO + "long",
    iris.DWC + "scientificName", iris.DWC + "taxonRank", MS + "confidence",
)  # fmt: skip
# What the build materialises for its own queries is not part of a document.
_DERIVED = frozenset({MS + "century", MS + "involves", MS + "agent", MS + "field", MS + "names"})
_DERIVED_TYPES = frozenset({MS + "Naturalia", MS + "Scientifica", MS + "Work"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a record: ``other`` is the record at its other end.

    ``forward`` is whether the record is the one of the arts, from which the link starts.
    """

    iri: str
    type: str
    forward: bool
    other: str
    other_label: str
    via: str
    score: float
    status: str
    explanation: dict[str, str]


@dataclass(slots=True)
class Description:
    """One record: its facts by subject (itself and its hash IRIs), what it names, its links."""

    entry: Entry
    iri: str
    facts: dict[str, Facts] = field(default_factory=dict)
    named: dict[str, Facts] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    axes: list[str] = field(default_factory=list)

    def triples(self, *, named: bool = True) -> Iterator[ox.Triple]:
        """Its triples, those of what it names included, in a stable order."""
        for facts in (self.facts, self.named) if named else (self.facts,):
            for subject in sorted(facts):
                node = ox.NamedNode(subject)
                for predicate in sorted(facts[subject]):
                    edge, objects = ox.NamedNode(predicate), facts[subject][predicate]
                    for value in sorted(objects, key=str) if len(objects) > 1 else objects:
                        yield ox.Triple(node, edge, value)


class Reader:
    """Reads descriptions from a collection, and remembers what many records name."""

    def __init__(self, collection: Collection, *, size: int = BATCH) -> None:
        self.collection = collection
        self._size = size
        self._store = collection.store
        self._known: OrderedDict[str, Facts] = OrderedDict()
        base = collection.base
        rooms = ("term/", "agent/", "place/", "museum/", "concept/", "person/")
        self._rooms = tuple(base + room for room in rooms)

    def read(self, entries: Iterable[Entry]) -> Iterator[Description]:
        """The descriptions of the entries that are not deleted, in their order."""
        living = (entry for entry in entries if not entry.deleted)
        for some in batches(living, self._size):
            yield from self.batch(some)

    def one(self, entry: Entry) -> Description | None:
        """The description of one entry, or None when it is deleted."""
        return next(self.read([entry]), None)

    def batch(self, entries: list[Entry]) -> Iterator[Description]:
        """The descriptions of a batch, asked together."""
        found = {self.collection.iri(entry): entry for entry in entries}
        facts = self._records(found)
        links = _links(self._store, found)
        axes = self.collection.axes_of(entries)
        owned: dict[str, dict[str, Facts]] = defaultdict(dict)
        for subject, said in facts.items():
            owned[subject.partition("#")[0]][subject] = said
        named = self._named(facts)
        for iri, entry in found.items():
            yield Description(
                entry,
                iri,
                owned[iri],
                _mentioned(owned[iri], named),
                links.get(iri, []),
                axes.get(iri, []),
            )

    def _records(self, records: Mapping[str, Entry]) -> dict[str, Facts]:
        facts: dict[str, Facts] = {}
        wanted = list(records)
        for _ in range(DEPTH + 1):
            if not wanted:
                break
            found = _facts(self._store, wanted)
            facts.update(found)
            wanted = [
                iri for iri in _objects(found) if iri.partition("#")[0] in records and "#" in iri
                and iri not in facts
            ]  # fmt: skip
        return {subject: _without_derived(said) for subject, said in facts.items()}

    def _named(self, facts: Mapping[str, Facts]) -> dict[str, Facts]:
        """What is known of all that is named, and of the concepts and persons behind it."""
        named: dict[str, Facts] = {}
        wanted = [iri for iri in _objects(facts) if iri.startswith(self._rooms)]
        for _ in range(2):
            asked = [iri for iri in wanted if iri not in self._known]
            if asked:
                found = _facts(self._store, asked, _NAMED)
                self._known.update((iri, found.get(iri, {})) for iri in asked)
            for iri in wanted:
                self._known.move_to_end(iri)
                named[iri] = self._known[iri]
            wanted = [
                iri
                for iri in _objects({name: named[name] for name in wanted})
                if iri.startswith(self._rooms) and iri not in named
            ]
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return named


def _facts(
    store: GraphStore, subjects: Iterable[str], only: Iterable[str] | None = None
) -> dict[str, Facts]:
    """The triples of some subjects, each once also when several graphs hold it."""
    found: dict[str, Facts] = {}
    # Sifted by the store, which need not read what it does not give.
    sifted = "" if only is None else f"FILTER(?p IN ({', '.join(f'<{name}>' for name in only)}))"
    query = f"SELECT ?s ?p ?o WHERE {{ {values('s', subjects)} ?s ?p ?o {sifted} }}"
    for row in store.select(query).rows:
        subject, predicate, value = cast(tuple[ox.NamedNode, ox.NamedNode, Term], row)
        about = found.get(subject.value)
        if about is None:
            about = found[subject.value] = {}
        said = about.get(predicate.value)
        if said is None:
            about[predicate.value] = [value]
        elif value not in said:
            said.append(value)
    return found


def _objects(facts: Mapping[str, Facts]) -> list[str]:
    """The IRIs that facts point to, each once."""
    found: dict[str, None] = {}
    for said in facts.values():
        for objects in said.values():
            for value in objects:
                if type(value) is ox.NamedNode:
                    found[value.value] = None
    return list(found)


def _without_derived(said: Facts) -> Facts:
    kept = {predicate: objects for predicate, objects in said.items() if predicate not in _DERIVED}
    if RDF + "type" in kept:
        types = kept[RDF + "type"]
        kept[RDF + "type"] = [t for t in types if term_text(t) not in _DERIVED_TYPES]
    return kept


def _mentioned(facts: Mapping[str, Facts], named: Mapping[str, Facts]) -> dict[str, Facts]:
    """The part of ``named`` that one record reaches."""
    found: dict[str, Facts] = {}
    wanted = [iri for iri in _objects(facts) if iri in named]
    while wanted:
        found.update((iri, named[iri]) for iri in wanted)
        below = _objects({iri: named[iri] for iri in wanted})
        wanted = [iri for iri in below if iri in named and iri not in found]
    return found


_ENDS = {
    True: "?link crm:P140_assigned_attribute_to ?record ; ms:scienceRecord ?other",
    False: "?set ms:representative ?record . "
    "?link crm:P141_assigned ?set ; crm:P140_assigned_attribute_to ?other",
}


def _links(store: GraphStore, records: Iterable[str]) -> dict[str, list[Link]]:
    """The accepted and confirmed links of some records, the strongest first."""
    rows: dict[str, dict[str, Link]] = defaultdict(dict)
    asked = values("record", records)
    for forward, ends in _ENDS.items():
        query = f"""PREFIX ms: <{MS}> PREFIX crm: <{CRM}> PREFIX rdfs: <{RDFS}>
        SELECT ?record ?link ?type ?other ?label ?via ?score ?status ?why WHERE {{
          {asked} {ends} ; ms:status ?status ; ms:linkType ?type ; ms:via ?via ; ms:score ?score ;
            ms:explanation ?why .
          ?other rdfs:label ?label FILTER(?status IN ("accepted", "confirmed")) }}"""
        for row in store.select(query).rows:
            record, iri, kind, other, label, via, score, status = map(term_text, row[:-1])
            why = row[-1]
            found = rows[record].setdefault(
                iri, Link(iri, kind, forward, other, label, via, float(score), status, {})
            )
            if isinstance(why, ox.Literal):
                found.explanation[why.language or "fr"] = why.value
    return {record: _strongest(found.values()) for record, found in rows.items()}


def _strongest(links: Iterable[Link]) -> list[Link]:
    """The strongest link to each other record, the strongest first."""
    best: dict[str, Link] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.iri)):
        best.setdefault(link.other, link)
    return list(best.values())[:MOST_LINKS]
