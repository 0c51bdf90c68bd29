"""The words and letters that name dimensions, and their units."""

from __future__ import annotations

import re
from functools import lru_cache

from museosciences.values.text import fold

#: Factor to cm or to g, of every unit that is understood. Old feet and inches are not: their
#: length depends on the town and the century.
UNITS: dict[str, tuple[float, str]] = {
    "mm": (0.1, "cm"), "cm": (1.0, "cm"), "dm": (10.0, "cm"), "m": (100.0, "cm"),
    "km": (100_000.0, "cm"), "in": (2.54, "cm"), "inch": (2.54, "cm"), "inches": (2.54, "cm"),
    "ft": (30.48, "cm"), "feet": (30.48, "cm"),
    "mg": (0.001, "g"), "g": (1.0, "g"), "gr": (1.0, "g"), "kg": (1000.0, "g"),
    "t": (1_000_000.0, "g"), "tonne": (1_000_000.0, "g"), "tonnes": (1_000_000.0, "g"),
}  # fmt: skip
UNITS_OF_LENGTH = frozenset(unit for unit, (_, base) in UNITS.items() if base == "cm")

# French, English, Italian, Romanian.
_WORDS: tuple[tuple[str, str], ...] = (
    ("height", r"haut\w*|ht|height|high|inaltime\w*|altezza"),
    ("width", r"larg\w*|lrg|width|wide|latime\w*"),
    ("length", r"long|longueur\w*|lg|lgr|length|lungime\w*|lunghezza"),
    ("depth", r"prof\w*|depth|deep|adancime\w*"),
    ("diameter", r"diam\w*"),
    ("thickness", r"epais\w*|ep|thick\w*|grosime\w*|spessore"),
    ("weight", r"poids|pds|pd|weight|masse|greutate\w*|peso"),
    ("circumference", r"circonf\w*|circ|circumference|perimetre|pourtour"),
    ("wingspan", r"envergure|wingspan|anvergur\w*"),
    ("calibre", r"calib\w*"),
)
_NAMES = tuple((name, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")) for name, words in _WORDS)
_WORD = re.compile("|".join(f"(?:{words})" for _, words in _WORDS))
# One letter, or two, on its own: "H.", "L =", "Pr", "LA:", "Ø".
_LETTER = re.compile(
    r"(?<![^\W\d_])(?P<letter>La|LA|la|Pr|pr|PR|Gr|GR|gr|Ep|[HhÎîILlPpDdØøAaEeGgBb⌀])"
    r"(?![^\W\d_])(?!')"
)
# "Dplatan=25 cm": the letter, then what is measured.
_GLUED = re.compile(r"(?<!\w)(?P<letter>[DLHØ])(?=(?:platan|pâlnie|disc|cilindru|mâner|cadran))")
_LETTERS = {
    "h": "height", "î": "height", "i": "height", "la": "width", "p": "depth", "pr": "depth",
    "d": "diameter", "ø": "diameter", "⌀": "diameter", "a": "depth", "e": "thickness",
    "ep": "thickness", "g": "weight", "gr": "weight", "b": "width",
}  # fmt: skip
_CONNECTIVES = re.compile(
    r"\ben (?:cm|mm|m|dm|g|kg)\b|\b(?:environ|env|ca|circa|approx|cm|mm)\b\.?|"
    r"[lLhHbBîÎ](?:\s?[xX]\s?[lLhHbBpPîÎ])+|[:=.;~±]|\s-\s|^\s*-|-\s*$"
)
# A letter, and what it means in one cell.
Letters = tuple[tuple[str, str], ...]
_FIGURES = re.compile(r"\d+")
_EDGES = re.compile(r"^(?:(?:de|du|des|la|le)\s+|[dl]')+|\s(?:de|du|des|la|le)$")


def letter_types(text: str) -> Letters:
    """What ``L`` and ``l`` mean in a cell: they depend on which others stand beside them.

    With both, ``L`` is the length and ``l`` the width. ``L`` beside ``H`` alone is the width,
    as on every drawing; otherwise it is the length.

    >>> dict(letter_types("H. 3 ; L. 4"))["L"], dict(letter_types("L. 5 ; l. 3"))["L"]
    ('width', 'length')
    """
    # The figures do not matter, and make each cell another.
    return _letter_types(_FIGURES.sub("0", text))


@lru_cache(maxsize=1 << 12)
def _letter_types(text: str) -> Letters:
    letters = {match["letter"] for match in _LETTER.finditer(text)}
    folded = {letter.lower() for letter in letters}
    has_width = bool({"la", "a", "b"} & folded) or {"L", "l"} <= letters
    has_width = has_width or re.search(r"larg|latime|width", fold(text)) is not None
    has_height = bool({"h", "î", "i"} & folded) or "haut" in fold(text)
    flat = has_height and not has_width and not ({"p", "pr", "e", "ep", "d", "ø"} & folded)
    flat = flat and "diam" not in fold(text)
    return ("L", "width" if flat else "length"), ("l", "width")


@lru_cache(maxsize=1 << 12)
def type_of(label: str, letters: Letters, unit: str | None) -> str | None:
    """The dimension that a label names: the last word of one, or the first letter."""
    folded = fold(label)
    length = unit is None or unit in UNITS_OF_LENGTH
    found = [(m.start(), name) for name, words in _NAMES for m in words.finditer(folded)]
    if found:
        return max(found)[1] if length else "weight"
    if not length:
        return "weight"
    match = _LETTER.search(label) or _GLUED.search(label)
    if match is None:
        return None
    letter = match["letter"]
    for known, named in letters:
        if letter == known:
            return named
    name = _LETTERS.get(letter.lower())
    if name == "weight" and unit is not None:
        # Romanian "Gr: 1 cm" is grosime, a thickness.
        return "thickness" if letter.lower() == "gr" else None
    return name


@lru_cache(maxsize=1 << 12)
def part_of(label: str, inside: tuple[str, ...]) -> str:
    """What is measured or how, of a label and of the parentheses after the number.

    >>> part_of("Hauteur en cm avec montage", ()), part_of("D.", ("sans montage",))
    ('avec montage', 'sans montage')
    """
    words = label
    folded = fold(label)
    named = list(_WORD_ALONE.finditer(folded))
    for match in reversed(named):
        words = words[: match.start()] + words[match.end() :]
    if not named:
        words = _LETTER.sub("", words, count=1)
        words = _GLUED.sub("", words, count=1)
    words = " ".join(_CONNECTIVES.sub(" ", words).split()).strip(" ()-–,")
    words = _EDGES.sub("", words)
    extra = [text for text in inside if text and not _WORD_ALONE.fullmatch(fold(text))]
    extra = [text for text in extra if not any(character.isdigit() for character in text)]
    extra = [text for text in extra if not _LETTER.fullmatch(text) and fold(text) not in UNITS]
    return " ; ".join(piece for piece in (words, *extra) if len(piece) > 1)


_WORD_ALONE = re.compile(rf"(?<![a-z])(?:{_WORD.pattern})(?![a-z])")
