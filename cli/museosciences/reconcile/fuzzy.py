"""The known term that is spelt most like another: a suggestion for a person, never an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from museosciences.vocabulary import Vocabulary, fold

# A short word is one letter away from too many others.
SHORTEST = 6
# One letter wrong in six, two in twelve (optimal string alignment: also two letters swapped).
LETTERS_PER_ERROR = 6
MOST_ERRORS = 2


def closest(
    vocabulary: Vocabulary, term: str, kinds: tuple[str, ...], schemes: tuple[str, ...]
) -> str | None:
    """The known term of some alignments and schemes that a term is probably a misspelling of.

    Both begin with the same letter and have the same number of words. None when none is near.
    """
    asked = fold(term)
    if len(asked) < SHORTEST:
        return None
    errors = min(len(asked) // LETTERS_PER_ERROR, MOST_ERRORS)
    known = _shelves(vocabulary, kinds, schemes)
    near = [
        other
        for length in range(len(asked) - errors, len(asked) + errors + 1)
        for other in known.get((asked[0], asked.count(" "), length), ())
    ]
    found = process.extractOne(asked, near, scorer=OSA.distance, score_cutoff=errors)
    return None if found is None else str(found[0])


@lru_cache(maxsize=64)
def _shelves(
    vocabulary: Vocabulary, kinds: tuple[str, ...], schemes: tuple[str, ...]
) -> dict[tuple[str, int, int], list[str]]:
    """The known terms by first letter, number of spaces and length."""
    shelves: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for term in sorted(set(_terms(vocabulary, kinds, schemes))):
        if term:
            shelves[term[0], term.count(" "), len(term)].append(term)
    return dict(shelves)


def _terms(
    vocabulary: Vocabulary, kinds: tuple[str, ...], schemes: tuple[str, ...]
) -> Iterator[str]:
    for kind in kinds:
        yield from vocabulary.aligned_terms(kind)
    yield from vocabulary.labels(schemes)
