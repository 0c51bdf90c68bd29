"""When two words are the same: case, accents, ligatures, hyphens and apostrophes do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))
_NO_WORD = re.compile(r"[^\w×]+")
# The end of a French participle.
_PARTICIPLE = re.compile(r"é(?=s?(?:\W|$))")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """The form under which two labels are the same.

    >>> fold("Œuf d’Autruche"), fold("perroquet-ara")
    ('oeuf d autruche', 'perroquet ara')
    """
    if not text.isascii():
        for ligature, letters in _LIGATURES:
            text = text.replace(ligature, letters)
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_NO_WORD.sub(" ", text.casefold()).split())


@lru_cache(maxsize=200_000)
def same_accents(one: str, other: str) -> bool:
    """Whether a term and a known word of one folded form may be one word, by their accents.

    No letter has two accents, but one without may stand for one with: museums write in capitals
    and in ASCII. A participle is never the noun without its accent: what is "moulé" is no "moule".

    >>> same_accents("peche", "pêche"), same_accents("péché", "pêche")
    (True, False)
    >>> same_accents("moulé", "moule"), same_accents("moule", "moulé")
    (False, True)
    """
    if one == other:
        return True
    a, b = (unicodedata.normalize("NFC", text.casefold()) for text in (one, other))
    if len(a) != len(b):
        return True
    if any(b[found.start()] == "e" for found in _PARTICIPLE.finditer(a)):
        return False
    return all(
        x == y or x.isascii() or y.isascii() or not (x.isalpha() and y.isalpha())
        for x, y in zip(a, b, strict=True)
    )
