"""Names of persons, taken apart: surname, given names or initials, what tells father from son.

"Dupuis, Henri", "Henri Dupuis", "DUPUIS Henri" and "Dupuis, H." are forms of one name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from museosciences.vocabulary import fold

# What stands in the place of a name and names nobody: such agents are never joined.
_NOBODY = re.compile(
    r"\b(?:anonym\w*|inconnue?s?|unknown|unidentified|non identifi[ée]e?s?|sans nom|s\.n\.|n\.?d\.?"
    r"|desconocid[oa]|necunoscut\w*|not recorded|various|divers|collectif|et al)\b"
    r"|^\W*$|^[tb]\d{5,}$|^_:",
    re.IGNORECASE,
)
_TITLES = frozenset(
    {"sir", "lord", "lady", "bt", "ra", "cbe", "obe", "dr", "doctor", "docteur", "prof", "m", "mr"}
    | {"professeur", "professor", "mrs", "ms", "mme", "mlle", "madame", "monsieur", "mademoiselle"}
    | {"abbe", "pere", "frere", "soeur", "capitaine", "colonel", "general", "ing", "dipl", "phd"}
)
# Two persons of one name, told apart: these words must be the same on both sides.
_GENERATIONS = {
    "aine": "elder",
    "elder": "elder",
    "vieux": "elder",
    "pere": "elder",
    "senior": "elder",
    "sr": "elder",
    "ancien": "elder",
    "i": "elder",
    "jeune": "younger",
    "cadet": "younger",
    "fils": "younger",
    "younger": "younger",
    "junior": "younger",
    "jr": "younger",
    "ii": "younger",
}
_PARTICLES = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "van", "von", "der", "den", "ter", "ten", "di"}
    | {"da", "del", "della", "dei", "y", "et", "the", "of", "l", "zu", "af"}
)
_MOST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart, each word folded.

    ``given`` holds given names or single initials; ``generation`` is ``elder``, ``younger`` or "".
    """

    surname: str
    given: tuple[str, ...]
    generation: str

    @property
    def words(self) -> frozenset[str]:
        """All words that tell, in no order."""
        return frozenset((*self.surname.split(), *self.given))

    @property
    def abbreviated(self) -> bool:
        """Whether the first given name is an initial."""
        return bool(self.given) and len(self.given[0]) == 1


def nobody(name: str) -> bool:
    """Whether a text stands for an unnamed person.

    >>> nobody("Anonyme"), nobody("unknown maker"), nobody("Nadar")
    (True, True, False)
    """
    return bool(_NOBODY.search(name))


@lru_cache(maxsize=50_000)
def parse(name: str) -> Name:
    """Take a name apart: by its comma, else by its capitals, else the surname is last.

    >>> parse("DUPUIS Henri") == parse("Henri Dupuis") == parse("Dupuis, Henri")
    True
    >>> parse("Heyer, WR").given, parse("Michel Corneille le Jeune").generation
    (('w', 'r'), 'younger')
    """
    name = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name)
    before, comma, after = name.partition(",")
    if comma and after.strip():
        surname, given = _words(before), _words(after.replace(",", " "))
    else:
        surname, given = _split(_words(name))
    generation = ""
    for word in (*surname, *given):
        generation = generation or _GENERATIONS.get(fold(word), "")
    return Name(
        " ".join(_telling(surname, initials=False)),
        tuple(_telling(given, initials=True)),
        generation,
    )


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s.’'-]+", text) if word]


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """Surname and given names of a name without comma."""
    told = [word for word in words if fold(word) not in _GENERATIONS and fold(word) not in _TITLES]
    capitals = [word for word in told if len(word) > _MOST_INITIALS - 1 and word.isupper()]
    if capitals and len(capitals) < len(told):
        return capitals, [word for word in words if word not in capitals]
    last = told[-1] if told else ""
    return [last], [word for word in words if word != last]


def _telling(words: list[str], *, initials: bool) -> list[str]:
    found: list[str] = []
    for word in words:
        plain = fold(word)
        if not plain or plain in _GENERATIONS or plain in _TITLES or plain in _PARTICLES:
            continue
        if initials and word.isupper() and 1 < len(word) <= _MOST_INITIALS:
            found.extend(plain)
        else:
            found.extend(plain.split())
    return found


def relation(one: Name, other: Name) -> str:
    """How two names stand to each other: ``same``, ``shorter``, ``initials`` or ``other``.

    ``shorter``: one has given names that the other leaves out; ``initials``: they agree as far as
    initials tell.

    >>> relation(parse("Dupuis, H."), parse("Henri Dupuis"))
    'initials'
    """
    if one.generation != other.generation:
        return "other"
    if one.words == other.words:
        return "same"
    if one.surname != other.surname or not one.given or not other.given:
        return "other"
    pairs = list(zip(one.given, other.given, strict=False))
    if all(a == b for a, b in pairs):
        return "shorter"
    if all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in pairs):
        return "initials"
    return "other"
