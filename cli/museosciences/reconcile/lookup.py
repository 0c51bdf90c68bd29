"""A term looked up as it stands or in another form of its language: alignments, then labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from museosciences.reconcile.inflection import singular, variants
from museosciences.reconcile.match import REVIEW, Match, matched
from museosciences.vocabulary import Alignment, Concept, Vocabulary, fold

# Which alignments and which schemes speak of a kind of term, the most telling first.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "subject": (("subject",), ("taxa", "subjects", "instruments", "disciplines")),
    "material": (("material",), ("materials", "minerals", "pigments")),
    "technique": (("technique", "material"), ("theories", "materials", "pigments")),
    "instrument": (
        ("instrument", "object_name", "domain"),
        ("instruments", "disciplines", "phenomena"),
    ),
    "object_name": (("object_name", "instrument"), ("instruments", "object-kinds")),
    "domain": (("domain",), ("disciplines",)),
    "use": (("domain", "object_name"), ("disciplines",)),
    "style": (("style", "subject"), ("movements",)),
    "period": (("period",), ("periods", "geological-time")),
    "stratum": (("stratum",), ("geological-time",)),
    "analysis": (("analysis",), ("techniques-of-analysis",)),
    "vernacular": (("subject",), ("taxa",)),
    "preparation": (("material", "object_name"), ("object-kinds", "materials")),
    "title": (("title", "subject"), ("taxa", "instruments")),
    "place": (("place",), ("sites",)),
    "person": (("person",), ("persons",)),
    "taxon": ((), ("taxa",)),
}

# Confidence of a label that is met exactly, and of another form of a word.
BY_LABEL = 0.9
BY_INFLECTION = 0.85
# The languages of a term whose language is not known: French first.
LANGUAGES = ("fr", "en")
# Kinds whose terms may be sentences about organisms, or pieces of a material.
DEPICTING = ("subject", "title", "vernacular")
MATERIAL = ("material", "preparation", "technique")
_OTHER_CASE = "trap of another case"


@dataclass(frozen=True, slots=True)
class Asked:
    """A term with its kind, its context and, when known, its language."""

    term: str
    kind: str
    context: str
    lang: str | None = None
    names: bool = False  # whether a capital marks a name in the list it comes from

    @property
    def langs(self) -> tuple[str, ...]:
        return LANGUAGES if self.lang is None else (self.lang,)


def known(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """The term as it stands, or in another form of its own language."""
    found = exact(vocabulary, asked, asked.lang)
    if found is None or found.method != _OTHER_CASE:
        return found or _inflected(vocabulary, asked)
    # Only the name with a capital is known as a trap: the word in lower case may be another.
    low = _labelled(vocabulary, asked, asked.lang, same_case=True)
    return low or _inflected(vocabulary, asked) or replace(found, method="trap")


def exact(vocabulary: Vocabulary, asked: Asked, lang: str | None) -> Match | None:
    return _aligned(vocabulary, asked, lang) or _labelled(vocabulary, asked, lang)


def _aligned(vocabulary: Vocabulary, asked: Asked, lang: str | None) -> Match | None:
    for kind in KINDS[asked.kind][0]:
        rows = vocabulary.aligned(kind, asked.term, lang)
        if lang is None and len({row.language for row in rows}) > 1:
            rows = _closest(asked.term, rows)
        found = _decide(vocabulary, asked, rows) if rows else None
        if found is not None:
            return found
    return None


def _closest(term: str, rows: list[Alignment]) -> list[Alignment]:
    """Of the rows of several languages, those spelt as the term is, French before another."""
    spelt = [row for row in rows if row.term.casefold() == term.casefold()] or rows
    languages = [row.language for row in spelt]
    first = LANGUAGES[0] if LANGUAGES[0] in languages else languages[0]
    return [row for row in spelt if row.language == first]


def _decide(vocabulary: Vocabulary, asked: Asked, rows: list[Alignment]) -> Match | None:
    """Among the alignments of a term, the one whose context is met, else one without context.

    Where each has a context and none is met, a person decides.
    """
    met = [row for row in rows if row.context and meets(asked.context, row.context)]
    free = [row for row in rows if not row.context]
    meaning = [row for row in rows if row.concept is not None]
    chosen = max(met or free or meaning or rows, key=lambda row: row.confidence)
    if chosen.concept is None:
        if not met and not free:
            return None
        other = chosen.term[:1].isupper() and not asked.term[:1].isupper()
        method = _OTHER_CASE if other else "trap"
        return Match(asked.term, asked.kind, method=method, reason=chosen.comment)
    concept = vocabulary.concepts.get(chosen.concept)
    if concept is None:
        return None
    confidence = chosen.confidence
    if not met and len({row.concept for row in (free or rows)}) > 1:
        confidence = min(confidence, REVIEW)
    if not met and not free:
        confidence = min(confidence, REVIEW)
    return _named(
        vocabulary, asked, concept, confidence, "alignment", own=chosen.term[:1].isupper()
    )


def meets(context: str, wanted: str) -> bool:
    if not context:
        return False
    words = f" {_bare(context)} "
    return any(f" {_bare(part)} " in words for part in re.split(r"[|>;,]", wanted) if part.strip())


def _bare(text: str) -> str:
    """Folded, each word without the ending of a plural."""
    return " ".join(singular(word, "fr") for word in fold(text).split())


def _labelled(
    vocabulary: Vocabulary, asked: Asked, lang: str | None, *, same_case: bool = False
) -> Match | None:
    schemes = KINDS[asked.kind][1]
    found = vocabulary.labelled(asked.term, schemes, lang)
    if not found:
        return None
    best = min(found, key=lambda concept: schemes.index(concept.scheme))
    own = any(label[:1].isupper() for label in _labels(best) if fold(label) == fold(asked.term))
    if same_case and own:
        return None
    return _named(vocabulary, asked, best, BY_LABEL, "label", own=own)


def _labels(concept: Concept) -> Iterator[str]:
    yield from concept.labels.values()
    yield from (label for _kind, _language, label in concept.others)


def _named(
    vocabulary: Vocabulary,
    asked: Asked,
    concept: Concept,
    confidence: float,
    method: str,
    *,
    own: bool,
) -> Match:
    """A match, unless the term is written as a name and what it meets (``own``) is not."""
    if asked.names and not own and asked.kind in DEPICTING and is_name(asked.term):
        confidence, method = min(confidence, REVIEW), method + "+capital"
    return matched(vocabulary, asked.term, asked.kind, concept, confidence, method)


def is_name(term: str) -> bool:
    """Whether a term is written as a name: a capital, and not all in capitals.

    >>> is_name("Colombes"), is_name("COLOMBES"), is_name("chat noir")
    (True, False, False)
    """
    return term[:1].isupper() and not (len(term) > 1 and term.isupper())


def _inflected(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    for lang in asked.langs:
        for variant in variants(asked.term, lang):
            found = exact(vocabulary, replace(asked, term=variant), lang)
            if found is not None and found.method != _OTHER_CASE:
                return by(vocabulary, asked, found, BY_INFLECTION, f"{found.method}+inflection")
    return None


def by(
    vocabulary: Vocabulary, asked: Asked, found: Match, most: float, method: str
) -> Match | None:
    """What was found for other words, said of the term asked, no surer than ``most``."""
    if found.concept is None:
        return Match(asked.term, asked.kind, method="trap", reason=found.reason)
    concept = vocabulary.concepts[found.concept]
    confidence = min(found.confidence, most)
    return matched(vocabulary, asked.term, asked.kind, concept, confidence, method)
