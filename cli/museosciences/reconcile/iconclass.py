"""Iconclass notations of subject terms (the package ``iconclass``, CC0).

A term meets a notation by its French or English text, or by one of the synonyms that the text
lists, when they are those of one notation alone: a notation is never guessed from a keyword. Read
straight from the data of the package, whose own index is not needed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from zipfile import ZipFile

from museosciences.iris import encode
from museosciences.reconcile.inflection import variants
from museosciences.vocabulary import fold

BASE = "https://iconclass.org/"
LANGUAGES = ("fr", "en")
_DATA = "data.zip"
# A thing within a theme ("assiettes ~ jouets") is not the thing at large.
_WITHIN = " ~ "
# A short list of words is one of synonyms; a text with these marks, or a long one, tells a story.
_SENTENCE = re.compile(r"[;:()'.]")
_LONGEST_LIST = 50
_PLAIN = re.compile(r"[0-9A-Z]+(?:\([A-Z .'-]+\)[0-9]*)?")


class Iconclass:
    """The notations by the words that mean them."""

    def notation(self, term: str) -> str | None:
        """The notation of a term, or of its singular; None when there is none, or several.

        >>> Iconclass().notation("chien"), Iconclass().notation("zodiaque inconnu")
        ('34B11', None)
        """
        for lang in LANGUAGES:
            known = _by_text(lang)
            for form in (term, *variants(term, lang)):
                if (found := known.get(fold(form))) is not None:
                    return found
        return None

    def iri(self, notation: str) -> str:
        """The IRI of a notation."""
        return BASE + encode(notation)


@cache
def _by_text(lang: str) -> dict[str, str]:
    """Folded text -> notation, where one notation, or one above all the others, bears it."""
    synonyms: dict[str, set[str]] = defaultdict(set)
    whole: dict[str, set[str]] = defaultdict(set)
    for notation, text in _lines(f"txt_{lang}.txt"):
        if _WITHIN in text:
            continue
        whole[fold(text)].add(notation)
        if not _SENTENCE.search(text) and len(text) <= _LONGEST_LIST:
            for synonym in text.split(","):
                synonyms[fold(synonym)].add(notation)
    known: dict[str, str] = {}
    for index in (synonyms, whole):
        for text, notations in index.items():
            known.pop(text, None)
            if text and (top := _above_all(notations)) is not None:
                known[text] = top
    return known


def _above_all(notations: set[str]) -> str | None:
    top = min(notations, key=len)
    return top if all(other.startswith(top) for other in notations) else None


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """The notations and texts of a file, without those that wait for a name or a key."""
    with files("iconclass").joinpath(_DATA).open("rb") as data, ZipFile(data) as archive:
        for line in archive.read(name).decode("utf-8").splitlines():
            notation, bar, text = line.partition("|")
            if bar and _PLAIN.fullmatch(notation):
                yield notation, text
