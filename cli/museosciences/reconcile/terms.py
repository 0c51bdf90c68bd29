"""Terms of subjects, materials, instruments, techniques … -> concepts.

In this order, and the first that answers wins: the alignments (hand-made, with their context) and
the labels of the schemes, the same after inflection; then what the wording says: words in
parentheses, negations and imitations, the organism behind a part ("coquille de nautile"), two
things joined, a name that other words qualify; and last a guarded fuzzy match that a person must
confirm. Where the words beside a known name may make another species of it, the answer is the
taxon above, or a person's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from museosciences.reconcile import wording
from museosciences.reconcile.fuzzy import closest
from museosciences.reconcile.inflection import singular, variants
from museosciences.reconcile.match import REVIEW, Match, matched
from museosciences.reconcile.taxa import match_taxon
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
    "period": (("period",), ("periods",)),
    "analysis": (("analysis",), ("techniques-of-analysis",)),
    "vernacular": (("subject",), ("taxa",)),
    "preparation": (("material", "object_name"), ("object-kinds", "materials")),
    "title": (("title", "subject"), ("taxa", "instruments")),
    "place": (("place",), ("sites",)),
    "person": (("person",), ("persons",)),
    "taxon": ((), ("taxa",)),
}

# Confidence of a label that is met exactly; by way of a rule, never above the second.
BY_LABEL = 0.9
BY_INFLECTION = 0.85
BY_PART = 0.8
BY_WORDING = 0.75
# The languages of a term whose language is not known: French first.
LANGUAGES = ("fr", "en")
# Kinds whose terms may be sentences about organisms, or pieces of a material.
_DEPICTING = ("subject", "title", "vernacular")
_MATERIAL = ("material", "preparation", "technique")
_OTHER_CASE = "trap of another case"
_LOWEST_RANKS = ("species", "subspecies", "variety", "form")
# Kept by people for so long that a coat of another colour makes no other species.
_DOMESTIC = frozenset(
    f"taxa/{name}"
    for name in (
        "Canis_familiaris", "Felis_catus", "Equus_caballus", "Equus_asinus", "Bos_taurus",
        "Capra_hircus", "Ovis_aries", "Sus_domesticus", "Gallus_gallus", "Oryctolagus_cuniculus",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """A term with its kind, its context and, when known, its language."""

    term: str
    kind: str
    context: str
    lang: str | None = None
    names: bool = False  # whether a capital marks a name in the list it comes from

    @property
    def langs(self) -> tuple[str, ...]:
        return LANGUAGES if self.lang is None else (self.lang,)


def match_term(
    vocabulary: Vocabulary,
    term: str,
    kind: str,
    context: str = "",
    *,
    lang: str | None = None,
    names: bool = False,
    fuzzy: bool = True,
) -> Match:
    """The concept of a term of a kind (see KINDS), in its context.

    ``lang`` is the language of the term (None: French, else English); ``names`` says that in the
    list it comes from a capital marks a proper name (see ``habits``). Raises KeyError on a kind
    that is not in KINDS.
    """
    if kind == "taxon":
        return match_taxon(vocabulary, term)
    asked = _Asked(" ".join(term.split()), kind, context, lang, names)
    if not any(letter.isalnum() for letter in term):
        return Match(term, kind, method="failed")
    found = _find(vocabulary, asked)
    if found is None and fuzzy:
        found = _fuzzy(vocabulary, asked)
    if found is None:
        return Match(term, kind)
    return found if found.term == term else replace(found, term=term)


def _find(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    for attempt in _ATTEMPTS:
        found = attempt(vocabulary, asked)
        if found is not None:
            return found
    return None


def _known(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    """The term as it stands, or in another form of its own language."""
    found = _exact(vocabulary, asked, asked.lang)
    if found is None or found.method != _OTHER_CASE:
        return found or _inflected(vocabulary, asked)
    # Only the name with a capital is known as a trap: the word in lower case may be another.
    low = _labelled(vocabulary, asked, asked.lang, same_case=True)
    return low or _inflected(vocabulary, asked) or replace(found, method="trap")


def _exact(vocabulary: Vocabulary, asked: _Asked, lang: str | None) -> Match | None:
    return _aligned(vocabulary, asked, lang) or _labelled(vocabulary, asked, lang)


def _aligned(vocabulary: Vocabulary, asked: _Asked, lang: str | None) -> Match | None:
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


def _decide(vocabulary: Vocabulary, asked: _Asked, rows: list[Alignment]) -> Match | None:
    """Among the alignments of a term, the one whose context is met, else one without context.

    Where each has a context and none is met, a person decides.
    """
    met = [row for row in rows if row.context and _meets(asked.context, row.context)]
    free = [row for row in rows if not row.context]
    chosen = max(met or free or rows, key=lambda row: row.confidence)
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


def _meets(context: str, wanted: str) -> bool:
    if not context:
        return False
    words = f" {_bare(context)} "
    return any(f" {_bare(part)} " in words for part in re.split(r"[|>;,]", wanted) if part.strip())


def _bare(text: str) -> str:
    """Folded, each word without the ending of a plural."""
    return " ".join(singular(word, "fr") for word in fold(text).split())


def _labelled(
    vocabulary: Vocabulary, asked: _Asked, lang: str | None, *, same_case: bool = False
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
    asked: _Asked,
    concept: Concept,
    confidence: float,
    method: str,
    *,
    own: bool,
) -> Match:
    """A match, unless the term is written as a name and what it meets (``own``) is not."""
    if asked.names and not own and asked.kind in _DEPICTING and is_name(asked.term):
        confidence, method = min(confidence, REVIEW), method + "+capital"
    return matched(vocabulary, asked.term, asked.kind, concept, confidence, method)


def is_name(term: str) -> bool:
    """Whether a term is written as a name: a capital, and not all in capitals.

    >>> is_name("Colombes"), is_name("COLOMBES"), is_name("chat noir")
    (True, False, False)
    """
    return term[:1].isupper() and not (len(term) > 1 and term.isupper())


def _inflected(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    for lang in asked.langs:
        for variant in variants(asked.term, lang):
            found = _exact(vocabulary, replace(asked, term=variant), lang)
            if found is not None and found.method != _OTHER_CASE:
                return _by(vocabulary, asked, found, BY_INFLECTION, f"{found.method}+inflection")
    return None


def _by(
    vocabulary: Vocabulary, asked: _Asked, found: Match, most: float, method: str
) -> Match | None:
    """What was found for other words, said of the term asked, no surer than ``most``."""
    if found.concept is None:
        return Match(asked.term, asked.kind, method="trap", reason=found.reason)
    concept = vocabulary.concepts[found.concept]
    confidence = min(found.confidence, most)
    return matched(vocabulary, asked.term, asked.kind, concept, confidence, method)


def _name_or_denied(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    """Words between quotation marks, an article before a capital, negations and imitations."""
    rest = wording.without_article(asked.term)
    name = asked.kind in _DEPICTING and rest is not None and is_name(rest)
    if wording.quoted(asked.term) or name:
        return Match(asked.term, asked.kind, method="trap", reason="a proper name")
    if wording.denies(asked.term, asked.kind):
        reason = "absent, imitated, or only a colour or a manner"
        return Match(asked.term, asked.kind, method="trap", reason=reason)
    if rest is not None:
        return _find(vocabulary, replace(asked, term=rest))
    return None


def _in_parentheses(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    found = wording.parenthesis(asked.term)
    if found is None:
        return None
    name, qualifier = found
    inner = replace(asked, term=name, context=f"{asked.context} > {qualifier}")
    match = _find(vocabulary, inner)
    effect = wording.qualifies(qualifier)
    if match is None or match.concept is None:
        return match and replace(match, term=asked.term)
    if _is_context(vocabulary, inner, qualifier):
        return _by(vocabulary, asked, match, 1.0, match.method)
    if effect == "else":
        return Match(asked.term, asked.kind, method="trap", reason=f"named as: {qualifier}")
    most = BY_WORDING if effect == "neutral" else REVIEW
    return _by(vocabulary, asked, match, most, match.method + "+parenthesis")


def _is_context(vocabulary: Vocabulary, asked: _Asked, qualifier: str) -> bool:
    """Whether the words in parentheses are the context that an alignment asks for."""
    return any(
        row.context and _meets(qualifier, row.context)
        for kind in KINDS[asked.kind][0]
        for row in vocabulary.aligned(kind, asked.term, asked.lang)
    )


def _written_as_names(term: str) -> bool:
    return any(is_name(word) for word in re.split(r"[ '’]", term))


def _part(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    """The organism of a part, the source of a worked piece, what is shown."""
    if asked.kind in _DEPICTING:
        for whole, method in (
            (wording.part_of(asked.term), "part-of-organism"),
            (wording.depicted(asked.term), "depiction"),
        ):
            found = _within(vocabulary, asked, whole, asked.kind) if whole else None
            if found is not None and found.concept and found.concept.startswith("taxa/"):
                return _by(vocabulary, asked, found, BY_PART, method)
    if asked.kind in _MATERIAL:
        whole = wording.part_of(asked.term)
        found = _within(vocabulary, asked, whole, "subject") if whole else None
        if found is not None and found.concept and found.concept.startswith("taxa/"):
            return _by(vocabulary, asked, found, BY_PART, "part-of-organism")
        whole = wording.wrought(asked.term)
        found = _within(vocabulary, asked, whole, asked.kind) if whole else None
        if found is not None and found.concept:
            return _by(vocabulary, asked, found, BY_PART, "worked-material")
    return None


def _within(vocabulary: Vocabulary, asked: _Asked, whole: str, kind: str) -> Match | None:
    if _written_as_names(whole):
        return _known(vocabulary, replace(asked, term=whole, kind=kind))
    return _find(vocabulary, replace(asked, term=whole, kind=kind))


def _joined(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    """Two things joined: the first that is known, since both are there."""
    parts = wording.two(asked.term)
    if parts is None or asked.kind == "instrument" or _written_as_names(asked.term):
        return None
    if asked.kind in _DEPICTING and not wording.both(asked.term):
        return None
    for part in parts:
        found = _find(vocabulary, replace(asked, term=part.strip()))
        if found is not None and found.status == "accepted":
            return _by(vocabulary, asked, found, BY_WORDING, "joined")
    return None


def _head(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    """A known name that the other words of the term qualify."""
    if " " not in asked.term or _written_as_names(asked.term):
        return None
    for head in wording.heads(asked.term, asked.kind, asked.langs):
        name = replace(asked, term=head.name, lang=head.lang)
        found = _known(vocabulary, name)
        if found is None:
            continue
        if found.concept is None:
            return None
        concept, sure = _honest(vocabulary, vocabulary.concepts[found.concept], head.rest)
        if head.rest == "unknown" and not wording.qualifiable(asked.term, head):
            return None
        confidence = min(found.confidence, BY_WORDING if sure else REVIEW)
        return matched(
            vocabulary, asked.term, asked.kind, concept, confidence, f"head-noun+{head.rest}"
        )
    return None


def _honest(vocabulary: Vocabulary, concept: Concept, rest: str) -> tuple[Concept, bool]:
    """The concept that a qualified name supports, and whether it may be used unseen.

    A state leaves the species what it is. A colour or an unknown word may make another species of
    a wild one: then the taxon above it is meant.
    """
    if rest == "state":
        return concept, True
    wild = (concept.rank or "").lower() in _LOWEST_RANKS and concept.key not in _DOMESTIC
    if wild and concept.broader:
        concept = vocabulary.concepts.get(concept.broader[0], concept)
    return concept, rest == "colour"


def _fuzzy(vocabulary: Vocabulary, asked: _Asked) -> Match | None:
    if asked.names and is_name(asked.term):
        return None
    close = closest(vocabulary, asked.term, *KINDS[asked.kind])
    found = _exact(vocabulary, replace(asked, term=close), None) if close else None
    if found is None or found.concept is None:
        return None
    return _by(vocabulary, asked, found, REVIEW, "fuzzy")


_ATTEMPTS: tuple[Callable[[Vocabulary, _Asked], Match | None], ...] = (
    _known,
    _in_parentheses,
    _name_or_denied,
    _part,
    _joined,
    _head,
)
