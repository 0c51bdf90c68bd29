"""Coordinates as labels and spreadsheets write them -> decimal degrees (WGS 84 assumed).

Projected coordinates (metres) and grids are not understood, and give nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBER = r"\d+(?:[.,]\d+)?"
_END = "(?=[NSEWO]|$)"
_ANGLE = re.compile(
    rf"""\s*(?P<before>[NSEWO])?\s*
    (?P<sign>[-+−])?\s*
    (?P<deg>{_NUMBER})\s*(?:[°ºd˚]\s*|\s+|{_END})
    (?:(?P<min>{_NUMBER})\s*(?:['’′´m]\s*|\s+|{_END}))?
    (?:(?P<sec>{_NUMBER})\s*(?:(?:["”″s]|''|’’|′′|['’′])\s*|\s+|{_END}))?
    (?P<after>[NSEWO]|nord|sud|est|ouest|north|south|east|west|norte|sur|este|oeste)?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_NEGATIVE = frozenset({"S", "W", "O"})
_LATITUDES = frozenset({"N", "S"})
_HEMISPHERE = {"NORD": "N", "NORTH": "N", "NORTE": "N", "SUD": "S", "SOUTH": "S", "SUR": "S"}
_HEMISPHERE |= {"EST": "E", "EAST": "E", "ESTE": "E"}
_HEMISPHERE |= {"OUEST": "W", "WEST": "W", "OESTE": "W"}


def _angle(text: str) -> tuple[float, str | None] | None:
    """Signed degrees and the hemisphere letter, of one angle that fills the text."""
    match = _ANGLE.fullmatch(text)
    if match is None:
        return None
    letters = [g.upper() for g in (match["before"], match["after"]) if g]
    hemisphere = _HEMISPHERE.get(letters[0], letters[0]) if letters else None
    negative = hemisphere in _NEGATIVE
    if len(letters) > 1 or (match["sign"] and hemisphere and not negative):
        return None
    if _has_decimals(match["deg"], match["min"]) or _has_decimals(match["min"], match["sec"]):
        return None
    minutes, seconds = _value(match["min"]), _value(match["sec"])
    if minutes >= 60 or seconds >= 60:
        return None
    degrees = _value(match["deg"]) + minutes / 60 + seconds / 3600
    negative = negative or match["sign"] in ("-", "−")
    return round(-degrees if negative else degrees, 7), hemisphere


def _has_decimals(number: str | None, smaller: str | None) -> bool:
    """``5 4.13 52``: decimals of a unit before a smaller unit contradict each other."""
    return bool(smaller and number and re.search("[.,]", number))


def _value(digits: str | None) -> float:
    return float(digits.replace(",", ".")) if digits else 0.0


@lru_cache(maxsize=1 << 15)
def latitude(text: str) -> float | None:
    """Degrees north, -90 to 90; None when the text is not one latitude.

    >>> latitude("06°34'36.52\\" N"), latitude("48,8589"), latitude("91"), latitude("12° E")
    (6.5768111, 48.8589, None, None)
    """
    return _one(text, 90, is_latitude=True)


@lru_cache(maxsize=1 << 15)
def longitude(text: str) -> float | None:
    """Degrees east, -180 to 180; None when the text is not one longitude. ``O`` is west.

    >>> longitude("71°43'0.01\\" O"), longitude("81° 29.027' W")
    (-71.7166694, -81.4837833)
    """
    return _one(text, 180, is_latitude=False)


# A slip of the keyboard makes a degree of three figures; more is metres or a grid.
_SLIP = 1000


@lru_cache(maxsize=1 << 15)
def stated_latitude(text: str) -> float | None:
    """What a column of latitudes says, also beyond the poles: the shapes tell the museum.

    >>> stated_latitude("95,2"), stated_latitude("2210987")
    (95.2, None)
    """
    return _one(text, _SLIP, is_latitude=True)


@lru_cache(maxsize=1 << 15)
def stated_longitude(text: str) -> float | None:
    """What a column of longitudes says, also beyond the antimeridian."""
    return _one(text, _SLIP, is_latitude=False)


def _one(text: str, limit: int, *, is_latitude: bool) -> float | None:
    found = _angle(text)
    if found is None:
        return None
    degrees, hemisphere = found
    if hemisphere is not None and (hemisphere in _LATITUDES) is not is_latitude:
        return None
    return degrees if abs(degrees) <= limit else None


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a pair written in one cell, or None.

    >>> parse("11 15 21.25 N, 73 25 32.12 W")
    (11.2559028, -73.4255889)
    >>> parse("46.95, 4.30"), parse("X 712345 ; Y 2210987")
    ((46.95, 4.3), None)
    """
    for separator in (";", ", ", "/", "|", ",", " "):
        if text.count(separator) == 1:
            first, second = text.split(separator)
            lat, long = latitude(first), longitude(second)
            if lat is not None and long is not None:
                return lat, long
            lat, long = latitude(second), longitude(first)
            # Swapped order is believed only when the letters say so.
            if lat is not None and long is not None and _angle(second) != (lat, None):
                return lat, long
    return None
