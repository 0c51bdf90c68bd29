"""The other forms of a term: singular and plural, masculine and feminine, French and English."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import simplemma

# French, on the first word and on the adjectives that agree with it: ending -> ending.
_ENDINGS = (
    ("eaux", "eau"),
    ("aux", "al"),
    ("oux", "ou"),
    ("eux", "eu"),
    ("s", ""),
    ("x", ""),
    ("", "s"),
    ("", "x"),
)


@lru_cache(maxsize=100_000)
def variants(term: str) -> tuple[str, ...]:
    """Other forms under which a term may be known, the likeliest first, without the term itself.

    >>> variants("perroquets")[0]
    'perroquet'
    >>> "cheval" in variants("chevaux")
    True
    """
    found = dict.fromkeys(_variants(term))
    found.pop(term, None)
    return tuple(found)


def _variants(term: str) -> Iterator[str]:
    words = term.split(" ")
    yield " ".join(_singular(word) for word in words)
    yield " ".join([_singular(words[0]), *words[1:]])
    lemmas = [str(simplemma.lemmatize(word, lang=("fr", "en"))) for word in words]
    yield " ".join(lemmas)
    yield " ".join([lemmas[0], *words[1:]])
    for old, new in _ENDINGS:
        if words[0].endswith(old) and len(words[0]) > len(old) + 2:
            yield " ".join([words[0].removesuffix(old) + new, *words[1:]])


def _singular(word: str) -> str:
    for old, new in _ENDINGS[:6]:
        if word.endswith(old) and len(word) > len(old) + 2:
            return word.removesuffix(old) + new
    return word
