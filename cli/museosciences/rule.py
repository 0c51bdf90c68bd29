"""A rule of a theme, and what it is held against: the records with what was recognised in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from museosciences import iris
from museosciences.iris import MS
from museosciences.reading import TITLES, Path, Reading, makers
from museosciences.store import term_text
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
                if self.accepts(item, vocabulary):
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

    def accepts(self, item: Item, vocabulary: Vocabulary) -> bool:
        """Is an item one of those that the rule asks for?"""
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


# --- records out of the graph --------------------------------------------------------------------

_PRODUCED = iris.CRM + "P108i_was_produced_by"
_FOUND = iris.CRMSCI + "O19i_was_object_encountered_by"
_EXAMINED = iris.CRMSCI + "O8i_was_observed_by"
_TYPE = iris.CRM + "P2_has_type"
_TECHNIQUE = iris.CRM + "P32_used_general_technique"
# How each field of the inventory record reaches its terms in the graph.
_TERMS: Mapping[str, Path] = {
    "object_names": (_TYPE,),
    "taxon": (_TYPE,),
    "domains": (MS + "domain",),
    "materials": (iris.CRM + "P45_consists_of",),
    "use": (iris.CRM + "P101_had_as_general_use",),
    "occurrence": (MS + "preparation",),
    "techniques": (_PRODUCED, _TECHNIQUE),
    "schools": (_PRODUCED, MS + "style"),
    "periods": (_PRODUCED, iris.CRM + "P10_falls_within"),
    "discovery": (_FOUND, iris.CRM + "P7_took_place_at"),
    "analyses": (_EXAMINED, _TECHNIQUE),
}
# Of the terms that P2 has type reaches, those of a field have this kind.
_KINDS = {"object_names": "object_name", "taxon": "taxon"}
# What a title names, and how much of its confidence that keeps.
_TITLES = {"titledFor": 1.0, "titledWith": BESIDE}
_SUBJECTS: Path = (iris.CRM + "P62_depicts",)
_LABEL = iris.RDFS + "label"
_TEXTS: Mapping[str, Path] = {
    "titles": TITLES,
    "description": (iris.CRM + "P3_has_note",),
    "remarks": (iris.RDFS + "comment",),
    "bibliography": (iris.DCTERMS + "bibliographicCitation",),
    "condition": (MS + "condition",),
    "object_names": (_TYPE, _LABEL),
    "domains": (MS + "domain", _LABEL),
    "subjects": (*_SUBJECTS, _LABEL),
    "occurrence": (iris.DWC + "occurrenceRemarks",),
    "analyses": (_EXAMINED, MS + "laboratory"),
}
_STATED = ("main", "genre", "secondary", "attribute")
_SHOWN = (*_STATED, "setting", "unstated")
# What is stated of a subject, and, over it, how it is shown (see ``prominence``).
_ROLES = {f"subject-{role}": role for role in _STATED} | {
    f"shows{role.capitalize()}": role for role in _SHOWN
}


def records(reading: Reading, vocabulary: Vocabulary) -> Iterator[Record]:
    """All records, one after the other, with their recognised terms and their texts."""
    keepers = reading.values(iris.CRM + "P50_has_current_keeper")
    mentions = _mentioned(reading, vocabulary)
    for name, kind in reading.kinds.items():
        if name in keepers:
            record = Record(name, kind, keepers[name][-1])
            _years(reading, record)
            record.items += _subjects(reading, name)
            for where, path in _TERMS.items():
                record.items += _recognised(reading, name, where, path)
            for predicate, kept in _TITLES.items():
                record.items += _recognised(reading, name, "titles", (MS + predicate,), kept)
            # A record that names a thing twice in a field says so once.
            named = (mentions.get(mention) for mention in reading.of(name, (MS + "names",)))
            once = {(item.field, item.concept): item for item in named if item is not None}
            record.items += once.values()
            for where, path in _TEXTS.items():
                record.texts += (Item(where, text) for text in reading.of(name, path))
            record.texts += (Item("makers", text) for text in makers(reading, name))
            # Engines give rows in any order; of two items that weigh the same, the same is cited.
            record.items.sort(key=lambda item: (item.field, item.words, item.concept, item.role))
            yield record


def _years(reading: Reading, record: Record) -> None:
    begins, ends = reading.values(MS + "beginYear"), reading.values(MS + "endYear")
    for span in reading.of(record.name, (_PRODUCED, iris.CRM + "P4_has_time-span")):
        if span in begins and span in ends:
            record.begin, record.end = int(begins[span][0]), int(ends[span][0])


def _subjects(reading: Reading, record: str) -> Iterator[Item]:
    """The subjects, each in the role that it plays: as shown (see ``prominence``), else stated."""
    subjects = reading.of(record, _SUBJECTS)
    if not subjects:
        return
    roles = {
        term: role
        for name, role in _ROLES.items()
        for term in reading.values(MS + name).get(record, ())
    }
    for name in subjects:
        if (term := reading.terms.get(name)) is not None:
            for words in term.words:
                role = roles.get(name, "unstated")
                yield Item("subjects", words, term.concept, role, term.confidence)


def _recognised(
    reading: Reading, record: str, where: str, path: Path, kept: float = 1.0
) -> Iterator[Item]:
    kind = _KINDS.get(where)
    for name in reading.of(record, path):
        term = reading.terms.get(name)
        if term is not None and term.concept and kind in (None, term.kind):
            for words in term.words:
                yield Item(where, words, term.concept, confidence=kept * term.confidence)


def _mentioned(reading: Reading, vocabulary: Vocabulary) -> Mapping[str, Item]:
    """Theories, techniques and sites that texts name, by the name of the mention."""
    prefix = f"{reading.store.base}concept/"
    query = f"""PREFIX ms: <{MS}> SELECT ?t ?field ?words ?concept ?role ?confidence WHERE {{
        ?t ms:termKind "mention" ; ms:field ?field ; <{_LABEL}> ?words ; ms:prominence ?role ;
          ms:concept ?concept ; ms:confidence ?confidence }}"""
    found: dict[str, Item] = {}
    for row in reading.store.select(query).rows:
        name, where, words, concept, role, confidence = map(term_text, row)
        key = concept.removeprefix(prefix)
        if key in vocabulary.concepts:
            found[name] = Item(where, words, key, role, float(confidence))
    return found
