"""Dates written in figures: ISO 8601 and its kin, and the orders that museums type."""

from __future__ import annotations

import re

from museosciences.values.date_nodes import Node
from museosciences.values.date_words import Token, roman
from museosciences.values.edtf import Point

_MIDNIGHT = re.compile(r"00:00(?::00(?:\.0+)?)?\s?(?:z|[+-]\d\d:?\d\d)?")


def day_node(token: Token, *, day_first: bool, typed: bool) -> Node | None:
    """A date written in figures. Where day and month cannot be told apart, both readings."""
    value = token.value
    if token.kind == "ISO":
        return _timestamp(value)
    if token.kind == "YM":
        year, month = (int(piece) for piece in value.split("-"))
        if typed and month > year % 100:
            # A person who types "1911-12" may mean two years; a machine means December.
            end = Point(year - year % 100 + month)
            return Node("span", span=(Point(year), end), uncertain=True)
        return _from_figures(year, month, 0)
    if token.kind == "MY":
        month, year = value.split("/")
        return _from_figures(int(year), int(month), 0)
    pieces = re.findall(r"\w+", value)
    if token.kind == "YMD":
        return _from_figures(int(pieces[0]), int(pieces[1]), int(pieces[2]))
    if token.kind == "DRY":
        month_ = roman(pieces[1])
        return _from_figures(int(pieces[2]), month_, int(pieces[0])) if month_ else None
    first, second, year_ = (int(piece) for piece in pieces)
    return _either(first, second, year_, day_first=day_first)


def _timestamp(value: str) -> Node | None:
    """An ISO 8601 date, with or without a time.

    Databases write a known year as midnight of its first or last day; a museum did not mean
    that day, so only the year is taken.
    """
    sign = -1 if value.startswith("-") else 1
    date, _, time = value.lstrip("-").replace("t", " ").partition(" ")
    year, month, day = (int(piece) for piece in date.split("-"))
    if (month, day) in ((1, 1), (12, 31)) and _MIDNIGHT.fullmatch(time):
        month = day = 0
    return _from_figures(sign * year, month, day)


def _from_figures(year: int, month: int, day: int) -> Node | None:
    """``2012-00-00`` says the year only. A month 13 or a 30 February says nothing."""
    if month == 0:
        day = 0
    if not Point(year, month, day).is_valid() or month > 12:
        return None
    return Node("day" if month else "year", year, 4, month=month, day=day)


def _either(first: int, second: int, year: int, *, day_first: bool) -> Node | None:
    as_day_first = _from_figures(year, second, first)
    if day_first or first == second or 0 in (first, second):
        return as_day_first
    as_month_first = _from_figures(year, first, second)
    if as_day_first is None or as_month_first is None:
        return as_day_first or as_month_first
    points = sorted((Point(year, second, first), Point(year, first, second)))
    return Node(
        "span", span=(points[0], points[1]), uncertain=True, written=f"[{points[0]},{points[1]}]"
    )
