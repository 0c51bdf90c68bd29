"""Organisms and instruments named in a title: evidence, weaker than an indexed subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from museosciences.reconcile.match import Match
from museosciences.reconcile.terms import match_term
from museosciences.vocabulary import Vocabulary, fold

# A word of a title weighs less than the same word indexed as a subject; less again after the
# article of a title that is one name ("Le Lion"), where it may be a ship or an inn.
TITLE_WEIGHT = 0.9
NAMED_WEIGHT = 0.8
LONGEST = 4  # words
SCHEMES = ("taxa/", "instruments/")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.UNICODE)
_ELIDED = re.compile(r"^(?:[ldnsjmtc]|qu)['’](?=.)", re.IGNORECASE)
# What a title may begin with before the capital of its noun: "Les Deux Vaches", "Jeune Tigre".
_BEFORE_NOUN = re.compile(
    r"(?:(?:les?|la|une?|deux|trois|quatre|cinq|six|plusieurs|jeunes?|vieux|vieille|petite?s?"
    r"|grande?s?|the|an?|two|three|four|five|young|old)\s+|l['’])+",
    re.IGNORECASE,
)
# What joins to a noun another with its own capital: "Le Renard et la Cigogne".
_PARALLEL = re.compile(
    r"\s*(?:,|et|and|&)\s*(?:(?:les?|la|une?|deux|trois|the|an?)\s+|l['’])?", re.IGNORECASE
)
# Words that a language uses in most titles, and the other does not.
_FRENCH = frozenset(
    {"le", "la", "les", "des", "du", "une", "aux", "et", "dans", "sur", "avec", "pour", "chez"}
    | {"sous", "d", "l", "au", "en"}
)
_ENGLISH = frozenset(
    {"the", "of", "and", "with", "in", "a", "an", "at", "on", "by", "from", "for", "his", "her"}
)
# Beside these a name is that of a ship, a street, an inn.
_NAMED = re.compile(
    r"\b(?:fr[ée]gates?|vaisseaux?|navires?|corvettes?|bricks?|go[ée]lettes?|paquebots?|bateaux?"
    r"|rue|quai|place|h[ôo]tel|auberge|caf[ée]|cabaret|enseigne|th[ée][âa]tre|ship|frigate|HMS"
    r"|street|inn|tavern)\b",
    re.IGNORECASE,
)
# Before these an English name is that of a building or a place: "Deer House", "Swan Lane".
_PLACE = re.compile(
    r"\s+(?:House|Hall|Street|Lane|Inn|Park|Lodge|Farm|Row|Hill|Island|Lake|River|Bay|Creek|Bridge"
    r"|Tower|Castle|Square|Court|Yard|Gate|Road|Wood|Point|Head|Tavern|Theatre|Club)\b"
)
# After these a title begins anew, with a capital: not after an initial ("M. Lion").
_BEGINS = re.compile(r"(?:[;:]|[^\W\d]{4}\.)\s*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a title, verbatim, and what they mean."""

    words: str
    match: Match


def language(title: str) -> str | None:
    """The language of a title, told by its small words, or None.

    >>> language("Nature morte au lièvre"), language("A Horse in the Park"), language("Lion")
    ('fr', 'en', None)
    """
    words = {fold(_ELIDED.sub("", word)) for word in _WORD.findall(title)}
    words |= {word[0].lower() for word in _WORD.findall(title) if _ELIDED.match(word)}
    french, english = len(words & _FRENCH), len(words & _ENGLISH)
    if french == english:
        return None
    return "fr" if french > english else "en"


def mentions(vocabulary: Vocabulary, title: str) -> Iterator[Mention]:
    """What a title names, the longest words first, none overlapping.

    A capital inside the title marks a name (a ship, a person, a place): such words are left out,
    but for those that begin a part of the title, follow the article or the number that it begins
    with, or are joined to what was found before.
    """
    lang = language(title)
    spans = [_bare(span) for span in _WORD.finditer(title)]
    position, joined = 0, -1
    while position < len(spans):
        weight = _weight(title, spans[position][0], joined)
        found = _longest(vocabulary, title, spans, position, lang, weight)
        if found is None:
            position += 1
            continue
        mention, position = found
        if mention is not None:
            joined = spans[position - 1][1]
            yield mention


def _bare(span: re.Match[str]) -> tuple[int, int]:
    """Where a word begins, after an elided article, and ends."""
    elided = _ELIDED.match(span.group())
    return span.start() + (elided.end() if elided else 0), span.end()


def _longest(
    vocabulary: Vocabulary,
    title: str,
    spans: list[tuple[int, int]],
    position: int,
    lang: str | None,
    weight: float | None,
) -> tuple[Mention | None, int] | None:
    first, end = spans[position]
    if not any(_first(form) in _openings(vocabulary) for form in _forms(title[first:end])):
        return None
    if weight is None:
        return None
    for length in range(min(LONGEST, len(spans) - position), 0, -1):
        text = title[first : spans[position + length - 1][1]]
        form = _aligned_form(vocabulary, text) if len(text) >= 3 else None
        if form is None:
            continue
        if _PLACE.match(title, spans[position + length - 1][1]):
            return None, position + length
        match = match_term(vocabulary, form, "title", title, lang=lang, fuzzy=False)
        if match.concept is None:
            return None, position + length
        if match.concept.startswith(SCHEMES):
            match = replace(match, confidence=round(match.confidence * weight, 3))
            return Mention(text, match), position + length
    return None


def _aligned_form(vocabulary: Vocabulary, text: str) -> str | None:
    """These words, as they stand or in the singular, where an alignment speaks of them."""
    for form in _forms(text):
        if vocabulary.aligned("title", form) or vocabulary.aligned("subject", form):
            return form
    return None


@lru_cache(maxsize=1)
def _openings(vocabulary: Vocabulary) -> frozenset[str]:
    """The first words of all that an alignment speaks of."""
    terms = (term for kind in ("title", "subject") for term in vocabulary.aligned_terms(kind))
    return frozenset(map(_first, terms))


def _first(text: str) -> str:
    return fold(text).partition(" ")[0]


def _forms(text: str) -> Iterator[str]:
    """A text, and its regular singular in French and English.

    >>> list(_forms("chevaux")), list(_forms("pavots"))
    (['chevaux', 'cheval', 'chevau'], ['pavots', 'pavot'])
    """
    yield text
    if text.endswith("aux"):
        yield text[:-3] + "al"
    if text.endswith(("s", "x")):
        yield text[:-1]


def _weight(title: str, start: int, joined: int) -> float | None:
    """How much a word counts by its place and capital; None where it is a name.

    ``joined`` is where what was found before ends, or -1.
    """
    if not title[start].isupper() or start == 0 or _BEGINS.search(title[:start]):
        return TITLE_WEIGHT
    if _NAMED.search(title):
        return None
    first = _BEFORE_NOUN.fullmatch(title, 0, start)
    parallel = joined >= 0 and _PARALLEL.fullmatch(title, joined, start)
    return NAMED_WEIGHT if first or parallel else None
