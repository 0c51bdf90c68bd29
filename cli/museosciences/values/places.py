"""Places: ``France, Saône-et-Loire, Autun (lieu de découverte)``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

from museosciences.record import PlaceName
from museosciences.values.countries import country_code
from museosciences.values.lists import cut, matched
from museosciences.values.text import fold

_ROLE = re.compile(
    r"(?:lieu|localisation|site|provenance|origine|pays|ville|commune|region|ateliers? de|"
    r"place of|find ?spot|production place)\b"
)
_NO_PLACE = re.compile(r"(?:date|decouvreur|inventeur|fouilleur|collecteur|donateur|.*\d{3,4})")
_SEPARATORS = (",", " : ", " > ")


@lru_cache(maxsize=1 << 15)
def _parse(text: str) -> tuple[dict[str, Any], ...]:
    places: list[dict[str, Any]] = []
    for begin, end in cut(text, (";", "|", "#")):
        piece = text[begin:end].strip()
        if piece:
            _place(piece, places)
    return tuple(places)


def _place(piece: str, places: list[dict[str, Any]]) -> None:
    """Add the place that a piece names, or its role to the place before."""
    name, qualifiers = _peel(piece)
    role = next((q for q in qualifiers if _ROLE.match(fold(q))), None)
    if not name:
        if role and places and "role" not in places[-1]:
            places[-1]["role"] = role
        return
    parts = [name[b:e].strip() for b, e in cut(name, _SEPARATORS)]
    parts = [part for part in parts if part]
    if not parts:
        return
    place: dict[str, Any] = {"text": piece, "name": parts[-1], "parts": parts}
    country = country_code(parts[0]) or (country_code(parts[-1]) if len(parts) > 1 else None)
    if country:
        place["country"] = country
        if country_code(parts[0]) is None:
            place["parts"] = parts[::-1]
            place["name"] = parts[0]
    if role:
        place["role"] = role
    places.append(place)


def _peel(piece: str) -> tuple[str, list[str]]:
    """The name, and the contents of the parentheses at its end that are no part of it."""
    qualifiers: list[str] = []
    while piece.endswith(")"):
        pairs = matched(piece)
        opening = next((o for o, c in pairs.items() if c == len(piece) - 1), None)
        if opening is None:
            break
        inside = piece[opening + 1 : -1].strip()
        folded = fold(inside)
        if opening and not (_ROLE.match(folded) or _NO_PLACE.search(folded)):
            break
        qualifiers.append(inside)
        piece = piece[:opening].strip()
    return piece.rstrip(" ,"), qualifiers


def parse(text: str) -> list[PlaceName]:
    """The places of one cell.

    ``parts`` go from the widest to the most precise, ``name`` is the most precise, ``country``
    is ISO 3166-1 alpha-2, ``role`` what a parenthesis says.

    >>> parse("France, Saône-et-Loire, Autun (lieu de découverte)")[0]["role"]
    'lieu de découverte'
    >>> parse("Vulci")
    [{'text': 'Vulci', 'name': 'Vulci', 'parts': ['Vulci']}]
    """
    return [cast(PlaceName, {**place, "parts": list(place["parts"])}) for place in _parse(text)]
