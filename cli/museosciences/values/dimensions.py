"""Dimensions: lengths to centimetres, weights to grams, what was written kept."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

from museosciences.record import Dimension
from museosciences.values.text import fold

#: Factor to cm or g of every unit that is understood.
UNITS: dict[str, tuple[float, str]] = {
    "mm": (0.1, "cm"),
    "cm": (1, "cm"),
    "dm": (10, "cm"),
    "m": (100, "cm"),
    "km": (100_000, "cm"),
    "in": (2.54, "cm"),
    "inch": (2.54, "cm"),
    "inches": (2.54, "cm"),
    "pouces": (2.707, "cm"),
    "ft": (30.48, "cm"),
    "feet": (30.48, "cm"),
    "mg": (0.001, "g"),
    "g": (1, "g"),
    "gr": (1, "g"),
    "kg": (1000, "g"),
    "t": (1_000_000, "g"),
}
_UNIT = r"(?:mm|cm|dm|km|m|inch(?:es)?|in|ft|feet|mg|kg|gr?|t)(?![a-z])\.?"
_NUMBER = r"(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,] ?\d+)?"
_CROSS = re.compile(
    rf"(?P<numbers>(?:{_NUMBER}|\?)\s*(?:{_UNIT})?(?:\s*[x×*]\s*(?:{_NUMBER}|\?)\s*(?:{_UNIT})?)+)"
)
_SINGLE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?")
_TYPES: tuple[tuple[str, str], ...] = (
    (r"haut\w*|h\.?|ht\.?|height|inaltime\w*|high", "height"),
    (r"larg\w*|l\.?|la\.?|width|latime\w*|wide", "width"),
    (r"long\w*|lg\.?|length|lungime\w*", "length"),
    (r"prof\w*|pr\.?|p\.?|depth|adancime\w*|a", "depth"),
    (r"diam\w*\.?|d\.?|o|ø", "diameter"),
    (r"epais\w*|ep\.?|e\.?|thick\w*|grosime\w*", "thickness"),
    (r"poids|pds\.?|pd\.?|weight|masse|greutate\w*|gr?\.?", "weight"),
    (r"circ\w*", "circumference"),
)
_ORDER = ("height", "width", "depth")


@lru_cache(maxsize=1 << 15)
def _parse(text: str, unit: str | None) -> tuple[tuple[tuple[str, Any], ...], ...]:
    found: list[dict[str, Any]] = []
    for piece in re.split(r"[;\n]|,(?!\s?\d)", text):
        if piece.strip():
            found += _piece(piece.strip(), unit)
    return tuple(tuple(dimension.items()) for dimension in found)


def _piece(piece: str, unit: str | None) -> list[dict[str, Any]]:
    folded = fold(piece)
    cross = _CROSS.search(folded)
    if cross:
        return _cross(piece, cross, unit)
    match = _SINGLE.search(folded)
    if match is None:
        return []
    before = folded[: match.start()]
    stated = re.search(r"\ben (cm|mm|m|dm|g|kg)\b", before)
    name = (match["unit"] or (stated and stated[1]) or unit or "cm").rstrip(".")
    type_ = _type(before) or _type(folded[match.end() :])
    if type_ == "weight" and not match["unit"] and not stated:
        name = "g"
    factor, base = UNITS[name]
    dimension: dict[str, Any] = {"text": piece}
    if type_:
        dimension["type"] = type_
    dimension["value"] = round(_float(match["number"]) * factor, 6)
    dimension["unit"] = base
    return [dimension]


def _cross(piece: str, cross: re.Match[str], unit: str | None) -> list[dict[str, Any]]:
    parts = re.split(r"[x×*]", cross["numbers"])
    last = re.search(_UNIT, parts[-1]) or re.search(_UNIT, cross["numbers"])
    dimensions = []
    for position, part in enumerate(parts):
        match = _SINGLE.search(part)
        if match is None or position >= len(_ORDER):
            continue
        name = (match["unit"] or (last and last.group()) or unit or "cm").rstrip(".")
        factor, base = UNITS[name]
        value = round(_float(match["number"]) * factor, 6)
        dimensions.append({"text": piece, "type": _ORDER[position], "value": value, "unit": base})
    return dimensions


def _type(text: str) -> str | None:
    for pattern, name in _TYPES:
        if re.search(rf"(?:^|[^a-z])(?:{pattern})(?:[^a-z]|$)", text):
            return name
    return None


def _float(number: str) -> float:
    return float(number.replace(" ", "").replace(",", "."))


def parse(text: str, unit: str | None = None) -> list[Dimension]:
    """The dimensions of one cell.

    ``value`` is in ``unit``, ``cm`` or ``g``; ``text`` keeps what the museum wrote. The argument
    ``unit`` is that of the column, for numbers that state none (default: cm, the rule of the
    Joconde field DIMS; g for weights).

    >>> [(d["type"], d["value"]) for d in parse("H. 32 ; L. 45,5")]
    [('height', 32.0), ('width', 45.5)]
    """
    return [cast(Dimension, dict(items)) for items in _parse(text, unit)]
