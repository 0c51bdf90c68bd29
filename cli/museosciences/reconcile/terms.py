"""Terms of subjects, materials, instruments, techniques … -> concepts.

In this order, and the first that answers wins: the alignments (hand-made, with their context),
the labels of the schemes, the same after inflection, the organism behind a part ("coquille de
nautile"), and last a guarded fuzzy match that a person must confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from museosciences.reconcile.inflection import variants
from museosciences.reconcile.match import Match, matched
from museosciences.vocabulary import Alignment, Vocabulary, fold

# Which alignments and which schemes speak of a kind of term, the most telling first.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "subject": (("subject",), ("taxa", "subjects", "instruments", "disciplines")),
    "material": (("material",), ("materials", "minerals", "pigments")),
    "technique": (("technique", "material"), ("techniques", "theories")),
    "instrument": (
        ("instrument", "object_name", "domain"),
        ("instruments", "disciplines", "phenomena"),
    ),
    "object_name": (("object_name", "instrument"), ("instruments", "object-kinds")),
    "domain": (("domain",), ("disciplines",)),
    "use": (("domain", "object_name"), ("disciplines",)),
    "style": (("style", "subject"), ("movements",)),
    "period": (("period",), ("periods",)),
    "analysis": (("analysis",), ("techniques-of-analysis",)),
    "vernacular": (("subject",), ("taxa",)),
    "preparation": (("material", "object_name"), ("object-kinds", "materials")),
    "title": (("title", "subject"), ("taxa", "instruments")),
    "place": (("place",), ("sites",)),
    "person": (("person",), ("persons",)),
}

# Confidence of a label that is met exactly, by kind of match.
BY_LABEL = 0.9
BY_INFLECTION = 0.85
BY_PART = 0.8
# A fuzzy match is never above the review threshold.
FUZZY_CONFIDENCE = 0.5
FUZZY_SCORE = 90.0
FUZZY_LENGTH = 6

# "coquille de nautile": the part, then the organism.
_PART = re.compile(
    r"^(?:coquilles?|coquillages?|os|ossements?|plumes?|plumage|dents?|d[ée]fenses?|cornes?|peaux?"
    r"|œufs?|oeufs?|t[êe]tes?|cr[âa]nes?|pattes?|queues?|bois|ailes?|fourrures?|squelettes?"
    r"|griffes?|serres?|becs?|[ée]cailles?|carapaces?|toisons?|d[ée]pouilles?|fleurs?|feuilles?"
    r"|fruits?|graines?|branches?|rameaux?|bouquets?|gousses?|racines?|poils?|crins?)"
    r" (?:de |d['’]|du |des |de la |de l['’])(?P<organism>.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A term with its kind and its context."""

    term: str
    kind: str
    context: str


def match_term(
    vocabulary: Vocabulary, term: str, kind: str, context: str = "", *, fuzzy: bool = True
) -> Match:
    """The concept of a term of a kind (see KINDS), in its context."""
    asked = _Asked(" ".join(term.split()), kind, context)
    for attempt in (_aligned, _labelled, _inflected, _part):
        found = attempt(vocabulary, asked)
        if found is not None:
            return found
    if fuzzy and len(asked.term) >= FUZZY_LENGTH:
        return _fuzzy(vocabulary, asked) or Match(term, kind)
    return Match(term, kind)


def _aligned(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    for kind in KINDS[asked.kind][0]:
        rows = vocabulary.aligned(kind, asked.term)
        if rows:
            return _decide(vocabulary, asked, rows, "alignment", 1.0)
    return None


def _decide(
    vocabulary: Vocabulary, asked: _Asked, rows: list[Alignment], method: str, weight: float
) -> Match | None:
    """Among the alignments of a term, the one whose context is met, or the only one there is."""
    met = [row for row in rows if row.context and _meets(asked.context, row.context)]
    free = [row for row in rows if not row.context]
    chosen = max(met or free or rows, key=lambda row: row.confidence)
    ambiguous = not met and len({row.concept for row in (free or rows)}) > 1
    if chosen.concept is None:
        return Match(asked.term, asked.kind, method="trap")
    concept = vocabulary.concepts.get(chosen.concept)
    if concept is None:
        return None
    confidence = chosen.confidence * weight
    if ambiguous:
        confidence = min(confidence, FUZZY_CONFIDENCE)
    return matched(vocabulary, asked.term, asked.kind, concept, confidence, method)


def _meets(context: str, wanted: str) -> bool:
    words = f" {fold(context)} "
    return any(f" {fold(part)} " in words for part in re.split(r"[|>;,]", wanted) if part.strip())


def _labelled(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    found = vocabulary.labelled(asked.term, KINDS[asked.kind][1])
    if not found:
        return None
    schemes = KINDS[asked.kind][1]
    best = min(found, key=lambda concept: schemes.index(concept.scheme))
    return matched(vocabulary, asked.term, asked.kind, best, BY_LABEL, "label")


def _inflected(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    for variant in variants(asked.term):
        other = _Asked(variant, asked.kind, asked.context)
        found = _aligned(vocabulary, other) or _labelled(vocabulary, other)
        if found is not None and found.concept is not None:
            concept = vocabulary.concepts[found.concept]
            confidence = min(found.confidence, BY_INFLECTION)
            return matched(
                vocabulary,
                asked.term,
                asked.kind,
                concept,
                confidence,
                f"{found.method}+inflection",
            )
        if found is not None:
            return Match(asked.term, asked.kind, method="trap")
    return None


def _part(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    part = _PART.match(asked.term)
    if part is None or asked.kind not in ("subject", "material"):
        return None
    whole = _Asked(part["organism"], "subject", asked.context)
    found = _aligned(vocabulary, whole) or _labelled(vocabulary, whole)
    found = found or _inflected(vocabulary, whole)
    if found is None or found.concept is None or not found.concept.startswith("taxa/"):
        return None
    concept = vocabulary.concepts[found.concept]
    confidence = min(found.confidence, BY_PART)
    return matched(vocabulary, asked.term, asked.kind, concept, confidence, "part-of-organism")


def _fuzzy(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    known = _known_terms(vocabulary, asked.kind)
    found = process.extractOne(
        fold(asked.term), known, scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE, processor=None
    )
    if found is None:
        return None
    other = _Asked(found[0], asked.kind, asked.context)
    close = _aligned(vocabulary, other) or _labelled(vocabulary, other)
    if close is None or close.concept is None:
        return None
    concept = vocabulary.concepts[close.concept]
    return matched(vocabulary, asked.term, asked.kind, concept, FUZZY_CONFIDENCE, "fuzzy")


@lru_cache(maxsize=64)
def _known_terms(vocabulary: Vocabulary, kind: str) -> tuple[str, ...]:
    return tuple(sorted(set(_terms(vocabulary, kind))))


def _terms(vocabulary: Vocabulary, kind: str) -> Iterator[str]:
    kinds, schemes = KINDS[kind]
    for aligned in kinds:
        yield from vocabulary.aligned_terms(aligned)
    yield from vocabulary.labels(schemes)
