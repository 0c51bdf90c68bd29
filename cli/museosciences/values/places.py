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
_DETAIL = re.compile(
    r"\d|\b(?:date|decouvreur|inventeur|fouilleur|collecteur|recolteur|donateur|invention|\?|"
    r"incertain|probable|vers|coordonnees|commanditaire)"
)
# What the Joconde field DECV says beside the place.
_NO_PLACE = re.compile(
    r"(?:fouilles?|sondages?|prospections?|ramassage|collecte|recolte|decouverte fortuite|"
    r"fortuite|depot|tresor|dragage|trouvaille|surface|mission|expedition)(?: \w+)?|\W*\d.*"
)
_SEPARATORS = (",", " : ", " > ")


@lru_cache(maxsize=1 << 15)
def _parse(text: str) -> tuple[dict[str, Any], ...]:
    places: list[dict[str, Any]] = []
    starts: list[int] = []
    for begin, end in cut(text, (";", "|", "#")):
        piece = text[begin:end].strip()
        place = _place(piece) if piece else None
        if place is None:
            continue
        if "name" not in place:
            # The role of the place before, cut off from it by a stray semicolon.
            if places and "role" in place:
                places[-1].setdefault("role", place["role"])
        elif places and _continues(places[-1], place):
            # Joconde: "France, Limousin : Corrèze ; Saint-Pardoux (lieu de création)".
            place["parts"] = places[-1]["parts"] + place["parts"]
            place["country"] = places[-1]["country"]
            place["text"] = text[starts[-1] : end].strip()
            places[-1] = place
        else:
            places.append(place)
            starts.append(begin)
    return tuple(places)


def _continues(before: dict[str, Any], place: dict[str, Any]) -> bool:
    """A place with a role goes on from one that is in a country, has none, and no town yet."""
    return (
        "role" in place
        and "role" not in before
        and "country" in before
        and "country" not in place
        and len(before["parts"]) > 1
    )


def _place(piece: str) -> dict[str, Any] | None:
    """The place that a piece names, or only the role when that is all it holds."""
    name, wider, role = _peel(piece)
    place: dict[str, Any] = {"text": piece}
    if role:
        place["role"] = role
    parts = [part for b, e in cut(name, _SEPARATORS) if (part := name[b:e].strip())]
    if not parts or _NO_PLACE.fullmatch(fold(name)):
        return place if role and not parts else None
    parts = _widest_first(parts)
    parts = [*_widest_first(wider)[: len(wider)], *parts]
    place |= {"name": parts[-1], "parts": parts}
    country = country_code(parts[0])
    if country:
        place["country"] = country
    return place


def _widest_first(parts: list[str]) -> list[str]:
    """``Autun, France`` is turned; without a country the order is taken as written."""
    if len(parts) > 1 and country_code(parts[0]) is None and country_code(parts[-1]):
        return parts[::-1]
    return parts


def _peel(piece: str) -> tuple[str, list[str], str | None]:
    """The name, the wider places in parentheses after it, and its role there."""
    wider: list[str] = []
    role = None
    while piece.endswith(")"):
        pairs = matched(piece)
        opening = next((o for o, c in pairs.items() if c == len(piece) - 1), None)
        if opening is None:
            break
        inside = piece[opening + 1 : -1].strip()
        piece = piece[:opening].strip(" ,")
        if _ROLE.match(fold(inside)):
            role = inside
        elif piece and not _DETAIL.search(fold(inside)):
            # "Autun (Saône-et-Loire)": the parentheses hold what is around it.
            wider = [part for b, e in cut(inside, _SEPARATORS) if (part := inside[b:e].strip())]
    return piece.rstrip(" ,"), wider, role


def parse(text: str) -> list[PlaceName]:
    """The places of one cell.

    ``parts`` go from the widest to the most precise, ``name`` is the most precise, ``country``
    is ISO 3166-1 alpha-2, ``role`` what a parenthesis says.

    >>> parse("France, Saône-et-Loire, Autun (lieu de découverte)")[0]["role"]
    'lieu de découverte'
    >>> parse("Alexandrie (Égypte)")[0]["parts"]
    ['Égypte', 'Alexandrie']
    >>> parse("Vulci")
    [{'text': 'Vulci', 'name': 'Vulci', 'parts': ['Vulci']}]
    """
    return [cast(PlaceName, {**place, "parts": list(place["parts"])}) for place in _parse(text)]
