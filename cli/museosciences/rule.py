"""A rule of a theme, and what it is held against: the records with what was recognised in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from museosciences import iris
from museosciences.iris import MS
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary, fold

# A genre that no concept is known for ("scène") is none of nature or of things.
UNKNOWN_GENRE = "subjects/genre_scene"
# Where a record says what it is and what it shows.
_SAYING = frozenset({"subjects", "titles", "domains", "object_names"})
# What a title names beside its motif ("Femme au chat") weighs less than the motif.
BESIDE = 0.6


@dataclass(frozen=True, slots=True)
class Item:
    """A term of a record: field, the museum's words, concept ("" when none), role, confidence."""

    field: str
    words: str
    concept: str = ""
    role: str = "unstated"
    confidence: float = 1.0


@dataclass(slots=True)
class Record:
    """A record as rules see it. ``begin`` and ``end`` are years of production."""

    name: str
    kind: str
    museum: str = ""
    begin: int | None = None
    end: int | None = None
    items: list[Item] = field(default_factory=list)
    texts: list[Item] = field(default_factory=list)

    def genres(self, vocabulary: Vocabulary) -> set[str]:
        """The iconographic genres of the record and those above them."""
        own = {item.concept or UNKNOWN_GENRE for item in self.items if item.role == "genre"}
        return {above for genre in own for above in vocabulary.ancestors(genre)}


@dataclass(frozen=True)
class Rule:
    """The conditions of ``ms:AxisRule`` and ``ms:VitrineRule``, as the theme file explains them."""

    name: str
    short: str
    targets: tuple[str, ...]
    weight: float
    reasons: Mapping[str, str]
    kinds: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()
    except_concepts: frozenset[str] = frozenset()
    genres: frozenset[str] = frozenset()
    except_genres: frozenset[str] = frozenset()
    except_objects: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    except_words: tuple[str, ...] = ()
    present: bool = False
    before: int | None = None
    after: int | None = None
    except_before: int | None = None
    museums: frozenset[str] = frozenset()

    def met(self, record: Record, vocabulary: Vocabulary) -> Iterator[tuple[Item | None, float]]:
        """The items by which a record meets the rule, with the confidence of each."""
        if not self._fits(record) or self._is_excepted_object(record, vocabulary):
            return
        if self.except_words and self._speaks_of_others(record):
            return
        genres = record.genres(vocabulary) if self.genres or self.except_genres else set()
        if (self.genres and not genres & self.genres) or genres & self.except_genres:
            return
        if self.words:
            yield from self._by_words(record)
        elif self.concepts or self.schemes:
            for item in record.items:
                if self._accepts(item, vocabulary):
                    yield item, item.confidence
        elif self.present:
            found = [i for i in (*record.items, *record.texts) if i.field in self.fields]
            yield from ((item, 1.0) for item in found[:1])
        else:
            yield None, 1.0

    def _fits(self, record: Record) -> bool:
        if self.kinds and record.kind not in self.kinds:
            return False
        if self.museums and record.museum not in self.museums:
            return False
        if self.before is not None and (record.begin is None or record.begin > self.before):
            return False
        if (
            self.except_before is not None
            and (record.end or self.except_before) < self.except_before
        ):
            return False
        return self.after is None or (record.end is not None and record.end >= self.after)

    def _is_excepted_object(self, record: Record, vocabulary: Vocabulary) -> bool:
        return bool(self.except_objects) and any(
            not self.except_objects.isdisjoint(vocabulary.ancestors(item.concept))
            for item in record.items
            if item.field == "object_names" and item.concept
        )

    def _speaks_of_others(self, record: Record) -> bool:
        """Does one of the excepted words say what the record is, or what it shows?"""
        return any(
            self._excepted.search(f" {fold(item.words)} ")
            for item in (*record.items, *record.texts)
            if item.field in _SAYING
        )

    def _accepts(self, item: Item, vocabulary: Vocabulary) -> bool:
        if not item.concept or (self.fields and item.field not in self.fields):
            return False
        if self.roles and item.role not in self.roles:
            return False
        above = set(vocabulary.ancestors(item.concept))
        wanted = item.concept.partition("/")[0] in self.schemes or above & self.concepts
        return bool(wanted) and not above & self.except_concepts

    def _by_words(self, record: Record) -> Iterator[tuple[Item, float]]:
        for item in record.texts:
            if not self.fields or item.field in self.fields:
                for found in self._sought.finditer(f" {fold(item.words)} "):
                    words = _verbatim(item.words, found.group(1))
                    if found.group(1) in self._names and not _is_name(words, item.words):
                        continue
                    yield Item(item.field, words), 1.0
                    break

    @cached_property
    def _names(self) -> frozenset[str]:
        """The words that are names: they begin with a capital, and so must what they meet."""
        return frozenset(fold(word) for word in self.words if word[:1].isupper())

    @cached_property
    def _sought(self) -> re.Pattern[str]:
        return _any_of(self.words)

    @cached_property
    def _excepted(self) -> re.Pattern[str]:
        return _any_of(self.except_words)


_ARTICLE = re.compile(r"\b(?:le|la|du|un|au|the)\s+$", re.IGNORECASE)


def _is_name(words: str, text: str) -> bool:
    """Whether words that are also a name are one: "le portrait du pasteur" speaks of no Pasteur."""
    return not words[:1].islower() and not _ARTICLE.search(text[: text.find(words)])


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f" ({'|'.join(re.escape(fold(word)) for word in words)}) ")


_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def _verbatim(text: str, folded: str) -> str:
    """The words of a text whose folded form is given."""
    wanted = folded.split()
    spans = list(_WORD.finditer(text))
    words = [fold(span.group()) for span in spans]
    for start in range(len(words) - len(wanted) + 1):
        if words[start : start + len(wanted)] == wanted:
            return text[spans[start].start() : spans[start + len(wanted) - 1].end()]
    return folded


# --- records out of the store --------------------------------------------------------------------

_PREFIXES = f"""PREFIX ms: <{MS}> PREFIX crm: <{iris.CRM}> PREFIX sci: <{iris.CRMSCI}>
PREFIX rdfs: <{iris.RDFS}> PREFIX dcterms: <{iris.DCTERMS}> PREFIX dwc: <{iris.DWC}> """

# How each field of the inventory record reaches its terms in the graph.
_TERMS = {
    "object_names": '?r crm:P2_has_type ?t . ?t ms:termKind "object_name"',
    "taxon": '?r crm:P2_has_type ?t . ?t ms:termKind "taxon"',
    "domains": "?r ms:domain ?t",
    "materials": "?r crm:P45_consists_of ?t",
    "use": "?r crm:P101_had_as_general_use ?t",
    "occurrence": "?r ms:preparation ?t",
    "techniques": "?r crm:P108i_was_produced_by ?p . ?p crm:P32_used_general_technique ?t",
    "schools": "?r crm:P108i_was_produced_by ?p . ?p ms:style ?t",
    "periods": "?r crm:P108i_was_produced_by ?p . ?p crm:P10_falls_within ?t",
    "discovery": "?r sci:O19i_was_object_encountered_by ?e . ?e crm:P7_took_place_at ?t",
    "analyses": "?r sci:O8i_was_observed_by ?e . ?e crm:P32_used_general_technique ?t",
}
# What a title names, and how much of its confidence that keeps.
_TITLES = {"titledFor": 1.0, "titledWith": BESIDE}
_TEXTS = {
    "titles": "?r crm:P102_has_title ?t . ?t crm:P190_has_symbolic_content ?text",
    "description": "?r crm:P3_has_note ?text",
    "remarks": "?r rdfs:comment ?text",
    "bibliography": "?r dcterms:bibliographicCitation ?text",
    "condition": "?r ms:condition ?text",
    "object_names": "?r crm:P2_has_type ?t . ?t rdfs:label ?text",
    "domains": "?r ms:domain ?t . ?t rdfs:label ?text",
    "subjects": "?r crm:P62_depicts ?t . ?t rdfs:label ?text",
    "occurrence": "?r dwc:occurrenceRemarks ?text",
    "makers": "?r ms:involves ?a . ?a ms:field 'makers' ; rdfs:label ?text",
    "analyses": "?r sci:O8i_was_observed_by ?a . ?a ms:laboratory ?text",
}
_STATED = ("main", "genre", "secondary", "attribute")
_SHOWN = (*_STATED, "setting", "unstated")
_KINDS = {"Object": "object", "Specimen": "specimen", "Instrument": "instrument"}


def records(store: GraphStore, vocabulary: Vocabulary) -> Iterator[Record]:
    """All records of a store, with their recognised terms and their texts."""
    found: dict[str, Record] = {}
    for kind, name in _KINDS.items():
        query = f"SELECT ?r ?m WHERE {{ ?r a ms:{kind} ; crm:P50_has_current_keeper ?m }}"
        for record, museum in _rows(store, query):
            found[record] = Record(record, name, museum)
    _years(store, found)
    _subjects(store, found)
    for where, pattern in _TERMS.items():
        _terms(store, found, where, pattern)
    for predicate, kept in _TITLES.items():
        _terms(store, found, "titles", f"?r ms:{predicate} ?t", kept)
    _mentions(store, found, vocabulary)
    for where, pattern in _TEXTS.items():
        for record, text in _rows(store, f"SELECT DISTINCT ?r ?text WHERE {{ {pattern} }}"):
            if record in found:
                found[record].texts.append(Item(where, text))
    yield from found.values()


def _rows(store: GraphStore, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(_PREFIXES + query).rows:
        yield tuple(map(term_text, row))


def _years(store: GraphStore, found: Mapping[str, Record]) -> None:
    query = """SELECT ?r ?begin ?end WHERE { ?r crm:P108i_was_produced_by ?p .
        ?p crm:P4_has_time-span ?t . ?t ms:beginYear ?begin ; ms:endYear ?end }"""
    for record, begin, end in _rows(store, query):
        if record in found:
            found[record].begin, found[record].end = int(begin), int(end)


def _subjects(store: GraphStore, found: Mapping[str, Record]) -> None:
    """The subjects, each in the role that it plays: as shown (see ``evidence``), else as stated."""
    roles: dict[tuple[str, str], str] = {}
    for prefix, names in (("subject-", _STATED), ("shows", _SHOWN)):
        for role in names:
            member = prefix + (role.capitalize() if prefix == "shows" else role)
            for record, term in _rows(store, f"SELECT ?r ?t WHERE {{ ?r ms:{member} ?t }}"):
                roles[record, term] = role
    query = """SELECT ?r ?t ?words ?concept ?confidence WHERE { ?r crm:P62_depicts ?t .
        ?t rdfs:label ?words OPTIONAL { ?t ms:concept ?concept ; ms:confidence ?confidence } }"""
    for record, term, words, concept, confidence in _rows(store, query):
        if record in found:
            role = roles.get((record, term), "unstated")
            item = Item("subjects", words, _key(store, concept), role, float(confidence or 1))
            found[record].items.append(item)


def _terms(
    store: GraphStore, found: Mapping[str, Record], where: str, pattern: str, kept: float = 1.0
) -> None:
    query = f"""SELECT DISTINCT ?r ?words ?concept ?confidence WHERE {{ {pattern} .
        ?t rdfs:label ?words ; ms:concept ?concept ; ms:confidence ?confidence }}"""
    for record, words, concept, confidence in _rows(store, query):
        if record in found:
            item = Item(where, words, _key(store, concept), confidence=kept * float(confidence))
            found[record].items.append(item)


def _mentions(store: GraphStore, found: Mapping[str, Record], vocabulary: Vocabulary) -> None:
    """Theories, techniques and sites named in texts; a record that names one says so twice."""
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    query = """SELECT ?r ?field ?words ?concept ?role ?confidence WHERE { ?r ms:names ?t .
        ?t ms:field ?field ; rdfs:label ?words ; ms:prominence ?role ;
          ms:concept ?concept ; ms:confidence ?confidence }"""
    for record, where, words, concept, role, confidence in _rows(store, query):
        key = _key(store, concept)
        if record in found and key in vocabulary.concepts and (where, key) not in seen[record]:
            seen[record].add((where, key))
            found[record].items.append(Item(where, words, key, role, float(confidence)))


def _key(store: GraphStore, concept: str) -> str:
    return concept.removeprefix(f"{store.base}concept/")
