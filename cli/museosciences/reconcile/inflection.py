"""The other forms of a term: singular and plural, masculine and feminine.

Rules of our own, by language. A lemmatiser that knows several languages takes "singing" for a
monkey (*singe*) and "bearing" for a bear: a term is bent by the rules of its own language alone,
and English verbs are left as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

# (ending, what it becomes), the longest first; the length of what must remain before it.
_FRENCH = (
    ("eaux", ("eau",)),
    ("aux", ("al", "ail", "au")),
    ("oux", ("ou",)),
    ("eux", ("eu", "eux")),
    ("oeufs", ("oeuf",)),
    ("s", ("",)),
    ("x", ("",)),
)
_FRENCH_IRREGULAR = {"yeux": "oeil", "cieux": "ciel", "aulx": "ail"}
# Adjectives in the feminine -> masculine, after the plural is gone.
_FEMININE = (
    ("euse", "eur"),
    ("ienne", "ien"),
    ("onne", "on"),
    ("enne", "en"),
    ("elle", "el"),
    ("ette", "et"),
    ("ive", "if"),
    ("ère", "er"),
    ("che", "c"),
    ("gue", "g"),
    ("e", ""),
)
_FRENCH_ENDINGLESS = frozenset({"s", "x", "z"})

_ENGLISH = (
    ("ches", ("ch",)),
    ("shes", ("sh",)),
    ("sses", ("ss",)),
    ("xes", ("x",)),
    ("zes", ("z",)),
    ("ves", ("f", "fe", "ve")),
    ("ies", ("y", "ie")),
    ("oes", ("o", "oe")),
    ("ss", ("ss",)),
    ("us", ("us",)),
    ("s", ("",)),
)
_ENGLISH_IRREGULAR = {
    "mice": "mouse",
    "geese": "goose",
    "oxen": "ox",
    "feet": "foot",
    "teeth": "tooth",
    "lice": "louse",
    "men": "man",
    "women": "woman",
    "children": "child",
    "antennae": "antenna",
    "larvae": "larva",
    "fungi": "fungus",
    "cacti": "cactus",
    "octopi": "octopus",
}
_ENGLISH_PLURALS = {singular: plural for plural, singular in _ENGLISH_IRREGULAR.items()}
_SHORTEST = 2  # letters that remain when an ending is taken off


@lru_cache(maxsize=100_000)
def variants(term: str, lang: str) -> tuple[str, ...]:
    """Other forms under which a term may be known, the likeliest first, without the term itself.

    ``lang`` is ``fr`` or ``en``; a term of another language has no variants.

    >>> variants("perroquets", "fr")[0], variants("chevaux", "fr")[0], variants("mice", "en")[0]
    ('perroquet', 'cheval', 'mouse')
    >>> variants("singing", "en")
    ('singings',)
    """
    rules = _RULES.get(lang)
    if rules is None:
        return ()
    words = term.split(" ")
    found = dict.fromkeys(rules(words))
    found.pop(term, None)
    return tuple(found)


def singular(word: str, lang: str) -> str:
    """The likeliest singular of a word; the word itself when it has no ending of a plural."""
    return next(_singulars(word, lang), word)


def _singulars(word: str, lang: str) -> Iterator[str]:
    irregular = _FRENCH_IRREGULAR if lang == "fr" else _ENGLISH_IRREGULAR
    low = word.lower()
    if low in irregular:
        yield irregular[low]
        return
    for ending, becomes in _FRENCH if lang == "fr" else _ENGLISH:
        if low.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word[: len(word) - len(ending)]
            yield from (stem + new for new in becomes)
            return


def _french(words: list[str]) -> Iterator[str]:
    head, rest = words[0], words[1:]
    heads = list(_singulars(head, "fr")) or [head]
    bare = [singular(word, "fr") for word in rest]
    for form in heads:
        yield " ".join([form, *bare])
        yield " ".join([form, *rest])
    yield from (" ".join([form, *(_masculine(word) for word in bare)]) for form in heads)
    yield " ".join([_plural(head), *rest])
    yield " ".join([_plural(head), *(_plural(word) for word in rest)])


def _english(words: list[str]) -> Iterator[str]:
    *rest, head = words
    for form in _singulars(head, "en"):
        yield " ".join([*rest, form])
    if head.lower() in _ENGLISH_PLURALS:
        yield " ".join([*rest, _ENGLISH_PLURALS[head.lower()]])
    elif not head.endswith("s"):
        plural = head.removesuffix("y") + "ies" if head.endswith("y") else head + "s"
        yield " ".join([*rest, plural])


_RULES: dict[str, Callable[[list[str]], Iterator[str]]] = {"fr": _french, "en": _english}


def _masculine(word: str) -> str:
    for ending, becomes in _FEMININE:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending) + becomes
    return word


def _plural(word: str) -> str:
    if word[-1:] in _FRENCH_ENDINGLESS:
        return word
    if word.endswith(("eau", "eu")):
        return word + "x"
    return word.removesuffix("al") + "aux" if word.endswith("al") else word + "s"
