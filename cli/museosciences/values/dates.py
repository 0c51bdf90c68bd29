"""Dates as museums write them -> bounds, EDTF and certainty."""

from __future__ import annotations

import re

from museosciences.record import Date

_YEAR = re.compile(r"(\d{4})(?:-\d{2}(?:-\d{2})?)?")


def parse(text: str, lang: str | None = None) -> Date:
    """One date.

    >>> parse("1860")["begin"]
    '1860'
    """
    return parse_all(text, lang)[0]


def parse_all(text: str, lang: str | None = None) -> list[Date]:
    """Every date of a cell."""
    del lang
    match = _YEAR.fullmatch(text.strip())
    if match is None:
        return [{"text": text}]
    year = int(match[1])
    return [
        {
            "text": text, "begin": match[0], "end": match[0], "begin_year": year,
            "end_year": year, "edtf": match[0], "certainty": "exact",
        }
    ]
