"""The French Republican calendar (law of 4 frimaire an II), years I to XIV."""

from __future__ import annotations

from functools import lru_cache

from convertdate import french_republican, gregorian

from museosciences.values.edtf import Point
from museosciences.values.text import fold

MONTHS: dict[str, int] = {
    fold(name): number
    for number, name in enumerate(
        (
            *("vendémiaire", "brumaire", "frimaire", "nivôse", "pluviôse", "ventôse"),
            *("germinal", "floréal", "prairial", "messidor", "thermidor", "fructidor"),
        ),
        start=1,
    )
}
#: The month of the five or six complementary days, the sans-culottides.
COMPLEMENTARY = 13
LAST_YEAR = 14
# Senatus-consultum of 22 fructidor an XIII: its last day was 10 nivôse an XIV.
_ABOLISHED = Point(1805, 12, 31)


@lru_cache(maxsize=4096)
def span(year: int, month: int = 0, day: int = 0) -> tuple[Point, Point] | None:
    """First and last Gregorian day of a Republican year, month or day; None when there is none.

    Month 13 holds the complementary days.

    >>> [str(point) for point in span(12)]
    ['1803-09-24', '1804-09-22']
    >>> [str(point) for point in span(12, 1, 12)]
    ['1803-10-05', '1803-10-05']
    """
    if not 1 <= year <= LAST_YEAR or not 0 <= month <= COMPLEMENTARY or not 0 <= day <= 30:
        return None
    try:
        if day:
            begin = end = french_republican.to_jd(year, month, day)
        elif month:
            begin = french_republican.to_jd(year, month, 1)
            end = begin + 29 if month < COMPLEMENTARY else _new_year(year + 1) - 1
        else:
            begin, end = _new_year(year), _new_year(year + 1) - 1
    except ValueError:
        return None
    if _gregorian(begin) > _ABOLISHED:
        return None
    # From 1 January 1806 nobody used it: "an XIV" is not dated into 1806.
    return _gregorian(begin), min(_gregorian(end), _ABOLISHED)


def _new_year(year: int) -> float:
    return float(french_republican.to_jd(year, 1, 1))


def _gregorian(julian_day: float) -> Point:
    return Point(*gregorian.from_jd(julian_day))
