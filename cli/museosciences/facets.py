"""What the records are sorted by, written into the register once per build.

A facet value (a museum, a century, a concept …) knows its records as a set of bits, so that a page
counts what it has under every value by intersecting sets, without asking the graph. A concept
holds the records of those narrower than it; in which way a record speaks of it is a facet of its
own: it **is** one, it was **made** of it, it **depicts** it, it comes **from** it, or **speaks** of
it otherwise.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from museosciences.iris import CRM, CRMSCI, MS, RDFS, SKOS
from museosciences.register import FacetEntry, Register
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary

# How a record speaks of a concept, by the property that leads from it to the term.
WAYS: Mapping[str, str] = {
    CRM + "P2_has_type": "is",
    MS + "vernacular": "is",
    MS + "domain": "is",
    CRM + "P101_had_as_general_use": "is",
    CRM + "P45_consists_of": "made",
    CRM + "P32_used_general_technique": "made",
    MS + "preparation": "made",
    CRM + "P62_depicts": "depicts",
    MS + "titleNames": "depicts",
    CRM + "P7_took_place_at": "from",
    MS + "style": "speaks",
    CRM + "P10_falls_within": "speaks",
    MS + "names": "speaks",
}
# The ranks at which taxa are offered first.
TOP_RANKS = frozenset({"class"})
# What a value is sorted by in one step: facet, the pattern from the record to the value.
_DIRECT = {
    "century": "?s ms:century ?v",
    "axis": "?s ms:onAxis ?v",
    "vitrine": "?s ms:inVitrine ?v",
    "person": "?s ms:involves ?a . ?a ms:agent ?g . ?g ms:person ?v",
    "place": "?s crm:P7_took_place_at ?v",
}
_LINKED = (
    "?l crm:P140_assigned_attribute_to ?s",
    "?l crm:P141_assigned ?set . ?set ms:representative ?s",
)

Members = dict[tuple[str, str], set[int]]


def write(store: GraphStore, vocabulary: Vocabulary, register: Register) -> None:
    """Fill the facets of a register whose records and whose store are loaded."""
    numbers = register.numbers()
    found: Members = defaultdict(set)
    for name, value, number in (
        *register.plain_facets(),
        *_direct(store, numbers),
        *_linked(store, numbers),
    ):
        found[name, value].add(number)
    bits = {key: _bits(members) for key, members in found.items()}
    bits.update(_concepts(store, vocabulary, numbers))
    labels = _Labels(store, vocabulary)
    entries = [labels.entry(name, value, members) for (name, value), members in bits.items()]
    register.add_facets(entries, _browsing(numbers, bits))


def _bits(members: Iterable[int]) -> int:
    """A set of numbers, a bit for each."""
    kept = bytearray(max(members, default=0) // 8 + 1)
    for number in members:
        kept[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(kept, "little")


def _rows(store: GraphStore, query: str) -> Iterator[tuple[str, ...]]:
    prefixes = f"PREFIX ms: <{MS}> PREFIX crm: <{CRM}> PREFIX sci: <{CRMSCI}> "
    for row in store.select(prefixes + query).rows:
        yield tuple(map(term_text, row))


def _number(store: GraphStore, numbers: Mapping[str, int], subject: str) -> int | None:
    """The number of the record that a thing belongs to."""
    return numbers.get(subject.removeprefix(store.base).partition("#")[0])


def _direct(store: GraphStore, numbers: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    for name, pattern in _DIRECT.items():
        for subject, value in _rows(store, f"SELECT DISTINCT ?s ?v WHERE {{ {pattern} }}"):
            number = _number(store, numbers, subject)
            if number is not None:
                yield name, _value(store.base, name, value), number


def _value(base: str, name: str, iri: str) -> str:
    """The short form of a value: the identifier of its room, a century as it is."""
    room = {"axis": "theme", "vitrine": "theme"}.get(name, name)
    return iri.removeprefix(f"{base}{room}/")


def _linked(store: GraphStore, numbers: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """The records at either end of a link that is sure enough."""
    sure = '?l ms:status ?status FILTER(?status IN ("accepted", "confirmed"))'
    for pattern in _LINKED:
        for (subject,) in _rows(store, f"SELECT DISTINCT ?s WHERE {{ {pattern} . {sure} }}"):
            number = _number(store, numbers, subject)
            if number is not None:
                yield "linked", "yes", number


def _concepts(
    store: GraphStore, vocabulary: Vocabulary, numbers: Mapping[str, int]
) -> dict[tuple[str, str], int]:
    """The records of each concept and of those narrower than it, by way and in any way."""
    direct: Members = defaultdict(set)
    properties = " ".join(f"<{name}>" for name in WAYS)
    query = f"SELECT ?s ?p ?c WHERE {{ VALUES ?p {{ {properties} }} ?t ms:concept ?c . ?s ?p ?t }}"
    for subject, predicate, concept in _rows(store, query):
        number = _number(store, numbers, subject)
        if number is not None:
            key = concept.removeprefix(f"{store.base}concept/")
            direct[WAYS[predicate], key].add(number)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (way, key), members in direct.items():
        bits = _bits(members)
        for ancestor in vocabulary.ancestors(key):
            found[way, ancestor] |= bits
            found["concept", ancestor] |= bits
    return found


def _browsing(numbers: Mapping[str, int], bits: Mapping[tuple[str, str], int]) -> array[int]:
    """All numbers: linked records and those of the theme first, those with an image before others.

    Among equals the order is that of a digest of the path: the museums take turns.
    """
    in_theme = 0
    for (name, _), members in bits.items():
        if name == "axis":
            in_theme |= members
    marks = [(bits.get(("linked", "yes"), 0), 4), (in_theme, 2), (bits.get(("image", "yes"), 0), 1)]
    size = max(numbers.values(), default=0) // 8 + 1
    weighed = [(members.to_bytes(size, "little"), weight) for members, weight in marks]

    def place(entry: tuple[str, int]) -> tuple[int, bytes]:
        path, number = entry
        weight = sum(w for members, w in weighed if members[number >> 3] >> (number & 7) & 1)
        return -weight, hashlib.blake2b(path.encode(errors="replace"), digest_size=8).digest()

    return array("I", [number for _, number in sorted(numbers.items(), key=place)])


_LABELLED = (
    "?x a ms:Axis",
    "?x a ms:Vitrine",
    "?a ms:person ?x",
    "?a crm:P7_took_place_at ?x",
    "?x a ms:Museum",
)


class _Labels:
    """The labels of facet values."""

    def __init__(self, store: GraphStore, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._told: dict[str, dict[str, str]] = defaultdict(dict)
        self._base = store.base
        for kind in _LABELLED:
            query = f"SELECT DISTINCT ?x ?l (LANG(?l) AS ?g) {{ {kind} . ?x <{RDFS}label> ?l }}"
            for thing, label, lang in _rows(store, query):
                self._told[thing].setdefault(lang, label)

        above = _rows(store, f"SELECT ?x ?y {{ ?x a ms:Axis ; <{SKOS}broader> ?y }}")
        self._axes = {
            _value(store.base, "axis", one): _value(store.base, "axis", other)
            for one, other in above
        }

    def entry(self, name: str, value: str, members: int) -> FacetEntry:
        """A facet value with all that is told of it."""
        if name in {"concept", *WAYS.values()}:
            return self._concept(name, value, members)
        room = {"axis": "theme", "vitrine": "theme"}.get(name, name)
        told = self._told.get(f"{self._base}{room}/{value}", {})
        fr = told.get("fr") or told.get("") or value
        words = fr if name in ("person", "place") and told else ""
        above = self._axes.get(value, "") if name == "axis" else ""
        return FacetEntry(name, value, fr, told.get("en") or fr, above, not above, members, words)

    def _concept(self, name: str, value: str, members: int) -> FacetEntry:
        concept = self._vocabulary.concepts.get(value)
        if concept is None:
            return FacetEntry(name, value, value, value, "", False, members, "")
        above = next((key for key in concept.broader if key in self._vocabulary.concepts), "")
        top = concept.rank in TOP_RANKS if concept.scheme == "taxa" else not above
        words = ""
        if name == "concept":
            others = (label for _, _, label in concept.others)
            told = (*concept.labels.values(), concept.scientific_name or "", *others)
            words = " · ".join(dict.fromkeys(filter(None, told)))
        return FacetEntry(
            name, value, concept.label("fr"), concept.label("en"), above, top, members, words
        )
