"""Dimensions: lengths to centimetres, weights to grams, what was written kept.

A number counts when a unit or the name of a dimension goes with it; "8 pièces" is none. Where
no unit is stated, that of the column holds, or the one that the rest of the cell states, or the
centimetre of the Joconde field DIMS; a bare number beyond ten metres has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from museosciences.record import Dimension
from museosciences.values.dimension_words import (
    UNITS,
    UNITS_OF_LENGTH,
    Letters,
    letter_types,
    part_of,
    type_of,
)
from museosciences.values.text import fold

#: Joconde, field DIMS: "en cm".
DEFAULT_UNIT = "cm"
# A slip of the keyboard must not become 1e+20, which xsd:decimal does not know.
_LARGEST = 1e9
_LARGEST_WITHOUT_UNIT = 1000.0
_UNIT = r"(?:mm|cm|dm|km|m|inch(?:es)?|in\.|in|\"|ft|feet|mg|kg|gr?|tonnes?|t)(?![a-z0-9²³/])\.?"
_NUMBER = r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,] ?\d+)?(?: \d/\d)?"
_CROSSING = r"\s*(?:x|×|\*|\bsur\b|\bby\b)\s*"
_QUANTITY = re.compile(
    rf"(?P<cross>(?:(?:{_NUMBER})|\?)\s*(?:{_UNIT})?"
    rf"(?:{_CROSSING}(?:(?:{_NUMBER})|\?)\s*(?:{_UNIT})?)+)|"
    rf"(?P<metres>\d+)\s?m\.?\s?(?P<centimetres>\d\d)(?!\d)(?!\s*[x×])|"
    rf"(?P<list>(?:{_NUMBER})\s*(?:{_UNIT})?(?:\s?(?:[-–/]|\ba\b)\s?(?:{_NUMBER})\s*(?:{_UNIT})?)*)"
)
_SIMPLE = re.compile(
    rf"\s*(?P<label>[^\W\d_][^\d()?;]*?)(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>{_UNIT})?\s*$"
)
_ONE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?|(?P<unknown>\?)")
_PARENTHESIS = re.compile(rf"(?:\s*(?:{_UNIT}))?\s*\((?P<inside>[^()]*)\)")
_NOT_A_VALUE = re.compile(r"(?:inferieure?s?|superieure?s?|moins|plus|less|more) (?:a|de|than)\s*$")
_NORM = ("height", "width", "depth")
# "MR10", "n°12": a code. One letter before a number is a dimension: "H32".
_CODE = re.compile(r"[a-z][a-z]$|°$|[.\d]$")
_LETTERS = re.compile(r"(?P<letters>[a-zî](?:\s?x\s?[a-zî]){1,2})\s*[:=]?\s*$")
_LETTER_TYPES = {
    "h": "height", "î": "height", "i": "height", "l": "length", "b": "width", "p": "depth",
    "a": "depth", "w": "width", "d": "depth",
}  # fmt: skip


_STATED = re.compile(r"(?:\d\s*|\ben |\()(mm|cm|dm|m)(?![a-z0-9²³])")
_DECIMAL_COMMA = re.compile(r"\d,\d")
_SEGMENT_END = re.compile(r"[;\n\r]|$")
_IN_UNIT = re.compile(r"\ben (cm|mm|m|dm|g|kg)\b")
_GROUPED = re.compile(r"[1-9]\d{0,2}([.,])(\d{3})")


@dataclass(slots=True)
class _Cell:
    """What the whole cell tells about each of its numbers."""

    unit: str | None
    stated: str | None
    letters: Letters
    decimal_comma: bool


@lru_cache(maxsize=1 << 15)
def _parse(text: str, unit: str | None) -> tuple[dict[str, Any], ...]:
    folded = fold(text)
    stated = set(_STATED.findall(folded))
    cell = _Cell(
        unit,
        next(iter(stated)) if len(stated) == 1 else None,
        letter_types(text),
        _DECIMAL_COMMA.search(text) is not None,
    )
    found: list[dict[str, Any]] = []
    start = 0
    for match in _SEGMENT_END.finditer(text):
        found += _segment(text[start : match.start()], folded[start : match.start()], cell)
        start = match.end()
    return tuple(found)


def _segment(text: str, folded: str, cell: _Cell) -> list[dict[str, Any]]:
    simple = _SIMPLE.match(folded)
    if simple is not None:
        return _simple(simple, text, cell)
    found: list[dict[str, Any]] = []
    end = 0
    for match in _QUANTITY.finditer(folded):
        if match.start() < end or _CODE.search(folded[end : match.start()]):
            continue
        label, first = _label(text, end, match.start())
        after = _PARENTHESIS.match(folded, match.end())
        last = after.end() if after else match.end()
        inside: tuple[str, ...] = ()
        while after:
            inside += (text[after.start("inside") : after.end("inside")].strip(),)
            last = after.end()
            after = _PARENTHESIS.match(folded, last)
        if _NOT_A_VALUE.search(fold(label)):
            continue
        bare = match.group().strip() == folded.strip()
        for dimension in _quantity(match, label, inside, cell, bare=bare):
            found.append({"text": text[first:last].strip(), **dimension})
        end = last
    return found


def _simple(match: re.Match[str], text: str, cell: _Cell) -> list[dict[str, Any]]:
    """The short way for a label and one number, which make most of the segments."""
    label, unit = text[match.start("label") : match.end("label")], _clean(match["unit"])
    folded = match["label"]
    if _CODE.search(folded) or _NOT_A_VALUE.search(folded):
        return []
    if unit is None and "en " in folded and (stated := _IN_UNIT.search(folded)):
        unit = stated[1]
    type_ = type_of(label, cell.letters, unit)
    if unit is None and type_ is None:
        return []
    found = _convert(match["number"], unit, type_, label, (), cell)
    return [{"text": text[match.start("label") : match.end()].strip(), **found}]


def _label(text: str, start: int, end: int) -> tuple[str, int]:
    """The words before a number, and where they begin."""
    raw = text[start:end]
    skipped = len(raw) - len(raw.lstrip(" ,.;:-–\t"))
    return raw[skipped:], start + skipped


def _quantity(
    match: re.Match[str], label: str, inside: tuple[str, ...], cell: _Cell, *, bare: bool
) -> list[dict[str, Any]]:
    if match["metres"]:
        value = int(match["metres"]) * 100.0 + int(match["centimetres"])
        return [_dimension(type_of(label, cell.letters, "cm"), value, "cm", label, inside)]
    body = match["cross"] or match["list"]
    ones = list(_ONE.finditer(body))
    stated = _IN_UNIT.search(fold(label)) if "en " in label.lower() else None
    last = next((one["unit"] for one in reversed(ones) if one["unit"]), None)
    types = _types_of_cross(ones, label) if match["cross"] else None
    found = []
    for position, one in enumerate(ones):
        if one["unknown"]:
            continue
        unit = _clean(one["unit"] or last or (stated and stated[1]) or _unit_in(inside))
        type_ = types[position] if types else _type(label, inside, cell, unit)
        if unit is None and type_ is None and not match["cross"] and not bare:
            continue
        dimension = _convert(one["number"], unit, type_, label, inside, cell)
        if match["cross"] and "unit" not in dimension:
            dimension.pop("type", None)
        found.append(dimension)
    return found


def _unit_in(inside: tuple[str, ...]) -> str | None:
    """``515x180x180 (mm.)``."""
    return next((u for u in (text.rstrip(".").lower() for text in inside) if u in UNITS), None)


def _type(label: str, inside: tuple[str, ...], cell: _Cell, unit: str | None) -> str | None:
    found = type_of(label, cell.letters, unit)
    for words in inside:
        found = found or type_of(words, cell.letters, unit)
    return found


def _types_of_cross(ones: list[re.Match[str]], label: str) -> list[str | None]:
    """H × L × P is the French norm, unless letters, gaps or a repeated first number deny it."""
    letters = _LETTERS.search(label.lower())
    if letters:
        named = [_LETTER_TYPES.get(letter.strip()) for letter in letters["letters"].split("x")]
        if len(named) == len(ones):
            return named
    numbers = [one["number"] for one in ones]
    circular = len(numbers) == 3 and numbers[0] == numbers[2]
    if None in numbers or len(numbers) > 3 or circular or "gabarit" in fold(label):
        return [None] * len(ones)
    return list(_NORM[: len(ones)])


def _convert(
    number: str,
    unit: str | None,
    type_: str | None,
    label: str,
    inside: tuple[str, ...],
    cell: _Cell,
) -> dict[str, Any]:
    value = min(_float(number, unit, decimal_comma=cell.decimal_comma), _LARGEST)
    if unit is None:
        unit = _assumed(type_, value, label, cell)
    if unit is None:
        return _dimension(type_, value, None, label, inside)
    factor, base = UNITS[unit]
    return _dimension(type_, round(value * factor, 6), base, label, inside)


def _assumed(type_: str | None, value: float, label: str, cell: _Cell) -> str | None:
    if type_ == "weight":
        return cell.unit if cell.unit in ("g", "kg", "mg") else "g"
    if cell.unit or cell.stated:
        return cell.unit or cell.stated
    if type_ is None and not label:
        return None
    return DEFAULT_UNIT if value <= _LARGEST_WITHOUT_UNIT else None


def _dimension(
    type_: str | None, value: float, unit: str | None, label: str, inside: tuple[str, ...]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if unit == "g" and type_ != "weight":
        type_ = "weight"
    if type_:
        found["type"] = type_
    found["value"] = value
    if unit:
        found["unit"] = unit
    part = part_of(label, inside)
    if part:
        found["part"] = part
    return found


def _clean(unit: str | None) -> str | None:
    if unit is None:
        return None
    unit = unit.rstrip(".")
    return "in" if unit == '"' else unit


def _float(number: str, unit: str | None, *, decimal_comma: bool) -> float:
    """A number with a decimal point or comma, grouped thousands, or a fraction after it."""
    whole, _, fraction = number.rpartition(" ") if "/" in number else (number, "", "")
    extra = 0.0
    if fraction:
        above, below = fraction.split("/")
        extra = int(above) / int(below) if int(below) else 0.0
    grouped = _GROUPED.fullmatch(whole)
    if grouped and (unit == "mm" or (grouped[1] == "." and decimal_comma)):
        # "1.440 kg" beside "6,5 m", and thousandths of a millimetre, are thousands.
        whole = whole.replace(grouped[1], "")
    return float(whole.replace(" ", "").replace(",", ".")) + extra


def parse(text: str, unit: str | None = None) -> list[Dimension]:
    """The dimensions of one cell; none when no number is one.

    ``value`` is in ``unit``, ``cm`` or ``g``; ``text`` keeps what the museum wrote; ``part`` is
    what is measured or how ("avec montage"). The argument ``unit`` (a key of ``UNITS``) is that
    of the column, for numbers that state none. ``a x b x c`` are height, width and depth.

    >>> [(d["type"], d["value"], d["unit"]) for d in parse("H. 32 ; L. 45,5")]
    [('height', 32.0, 'cm'), ('width', 45.5, 'cm')]
    >>> parse("D. 12 cm (sans montage)")[0]["part"]
    'sans montage'
    >>> parse("poids : 1,2 kg")[0]["value"]
    1200.0
    >>> parse("8 pièces")
    []
    """
    if unit is not None and unit not in UNITS_OF_LENGTH | {"g", "kg", "mg"}:
        unit = None
    return [cast(Dimension, dict(dimension)) for dimension in _parse(text, unit)]
