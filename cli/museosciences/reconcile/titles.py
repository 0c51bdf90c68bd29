"""Organisms and instruments named in a title: evidence, weaker than an indexed subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from museosciences.reconcile.match import Match
from museosciences.reconcile.terms import match_term
from museosciences.vocabulary import Vocabulary

# A word of a title weighs less than the same word indexed as a subject.
TITLE_WEIGHT = 0.8
LONGEST = 4  # words
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.UNICODE)
SCHEMES = ("taxa/", "instruments/")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a title, verbatim, and what they mean."""

    words: str
    match: Match


def mentions(vocabulary: Vocabulary, title: str) -> Iterator[Mention]:
    """What a title names, the longest words first, none overlapping.

    A capital inside the title marks a name (a ship, a person, a place): such words are left out.
    """
    words = list(_WORD.finditer(title))
    position = 0
    while position < len(words):
        found = _longest(vocabulary, title, words, position)
        if found is None:
            position += 1
            continue
        mention, position = found
        if mention is not None:
            yield mention


def _longest(
    vocabulary: Vocabulary, title: str, words: list[re.Match[str]], position: int
) -> tuple[Mention | None, int] | None:
    for length in range(min(LONGEST, len(words) - position), 0, -1):
        last = words[position + length - 1]
        text = title[words[position].start() : last.end()]
        if len(text) < 3 or (position > 0 and text[:1].isupper()):
            continue
        if not vocabulary.aligned("title", text) and not vocabulary.aligned("subject", text):
            continue
        match = match_term(vocabulary, text, "title", title, fuzzy=False)
        if match.concept is None:
            return None, position + length
        if match.concept.startswith(SCHEMES):
            return Mention(text, match), position + length
    return None
