"""Dates as museums write them -> bounds, EDTF and certainty.

Bounds are ISO 8601: a year of four digits or more, or a day. Years before our era are counted
as ISO 8601 counts them: 1 BCE is ``0000``, 52 BCE is ``-0051``; EDTF uses the same numbering.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from museosciences.record import Date
from museosciences.values.date_grammar import Grammar
from museosciences.values.date_nodes import LAST_YEAR
from museosciences.values.date_words import tokens, words
from museosciences.values.edtf import Bound, Interval, Point, order
from museosciences.values.lists import cut, matched
from museosciences.values.text import fold

# What a program writes when it only knows a day: the first of January may stand for a year.
_TIMESTAMP = re.compile(r"(\d{4})(-\d\d-\d\d)T00:00:00Z", re.ASCII)
_PLAIN = re.compile(r"([12]\d{3})(?:-(\d\d)-(\d\d))?", re.ASCII)
# Languages that write the day before the month in figures.
_DAY_FIRST = frozenset({"fr", "it", "ro", "es", "de", "nl", "pt"})
_MAX_LENGTH = 400
_PART_KINDS = words(
    "UNIT PART FRACTION ORDINAL ROMAN ROMAN_ORDINAL ORDINAL_WORD FILLER APPROX UNCERTAIN"
)
_DOUBT = re.compile(r"\(\s*(\?|vers|ca\.?|circa|environ|probable(?:ment)?|avant|apres)\s*\)")
_UNDATED = re.compile(
    r"(?:s\.?\s?d\.?|sans date|n\.?\s?d\.?|non datee?|inconnue?|date inconnue|unknown|undated|"
    r"date not known|date unk'?n\.?|no date|non renseignee?|indeterminee?|fara data|nedatat|-|\?+)"
)


def undated(text: str) -> bool:
    """The museum says that it knows no date.

    >>> undated("s.d."), undated("Date unk'n"), undated("vers 1850")
    (True, True, False)
    """
    return _UNDATED.fullmatch(fold(text.strip(" []()"))) is not None


def parse(text: str, lang: str | None = None) -> Date:
    """The date of one cell; where the cell holds several, the span of them all.

    ``begin`` and ``end`` are both included, one of them missing where the text leaves it open;
    ``certainty`` is exact, approximate or uncertain. ``edtf`` is missing where EDTF has no form:
    an interval whose years have more than four digits. A text that is not understood gives
    ``text`` alone. ``lang`` (BCP 47) says that a person typed the text in that language: it
    settles 10/11/2005, of which both readings are given without it, and unsettles 1911-12, which
    is ISO 8601 without it.

    >>> parse("2e moitié 19e siècle")["edtf"]
    '1851/1900'
    >>> parse("vers 1850")["certainty"]
    'approximate'
    >>> parse("1955 acquis ; 1954 entrée matérielle")["begin"]
    '1954'
    >>> parse("à revoir")
    {'text': 'à revoir'}
    """
    return _parse(text, lang).copy()


def shown(text: str) -> str:
    """What a museum wrote, as people read it: a timestamp of a machine is a day, or a year.

    >>> shown("1839-01-01T00:00:00Z"), shown("1868-05-12T00:00:00Z"), shown("vers 1839")
    ('1839', '1868-05-12', 'vers 1839')
    """
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return text
    return found[1] if found[2] == "-01-01" else found[1] + found[2]


def parse_all(text: str, lang: str | None = None) -> list[Date]:
    """Every date of one cell, in the order of the text; one without bounds when none is understood.

    >>> [(d["begin"], d.get("label")) for d in parse_all("1955 acquis ; 1954 entrée matérielle")]
    [('1955', 'acquis'), ('1954', 'entrée matérielle')]
    """
    return [date.copy() for date in _parse_all(text, lang)]


@lru_cache(maxsize=1 << 16)
def _parse(text: str, lang: str | None) -> Date:
    return _date(text, _hull(_read(text, lang)))


@lru_cache(maxsize=1 << 14)
def _parse_all(text: str, lang: str | None) -> tuple[Date, ...]:
    found = _read(text, lang)
    return tuple(_date(item.text, item) for item in found) or ({"text": text},)


def _date(text: str, item: Interval | None) -> Date:
    date: Date = {"text": text}
    if item is None:
        return date
    if item.begin is not None:
        date["begin"] = item.begin.point.first()
        date["begin_year"] = item.begin.point.year
    if item.end is not None:
        date["end"] = item.end.point.last()
        date["end_year"] = item.end.point.year
    if item.edtf is not None:
        date["edtf"] = item.edtf
    date["certainty"] = item.certainty
    if item.label:
        date["label"] = item.label
    return date


def _plain(text: str) -> tuple[Interval, ...] | None:
    """The short way for a year or an ISO 8601 day, which make most of the cells."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    point = Point(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    if point.month > 12 or not point.is_valid() or point.year > LAST_YEAR:
        return None
    if match[2] and not (point.month and point.day):
        return None
    return (Interval(Bound(point), Bound(point), text=text),)


def _read(text: str, lang: str | None) -> tuple[Interval, ...]:
    """Every date of a cell; empty when a part of it is not understood."""
    plain = _plain(text)
    if plain is not None:
        return plain
    if len(text) > _MAX_LENGTH:
        return ()
    composed = unicodedata.normalize("NFC", text)
    folded = _DOUBT.sub(lambda m: f" {m[1]} ".ljust(len(m[0])), fold(composed))
    # Joconde MILL: "1899 entre ; 1903 et" is one date.
    folded = re.sub(r"(\bentre\s*);", r"\1,", folded)
    found: list[Interval] = []
    for begin, end in cut(folded, (";", "|", "#")):
        piece = _segment(composed[begin:end], folded[begin:end], lang)
        if piece is None:
            return ()
        found += piece
    if composed != text:
        # Positions moved: words that are no longer found as they are give way to the cell.
        found = [item if item.text in text else replace(item, text=text) for item in found]
    return tuple(found)


def _segment(text: str, folded: str, lang: str | None) -> list[Interval] | None:
    """The dates of one segment, None when it is not understood; [] when it is empty."""
    if not folded.strip() or undated(text):
        return []
    outer, inner = _outside(folded)
    found = _grammar(text, outer, lang)
    if found is not None and len(found) == 1:
        for begin, end in inner:
            nearer = _grammar(text[begin:end], folded[begin:end], lang)
            if nearer is not None and len(nearer) == 1 and not nearer[0].label:
                return _nearer(found[0], nearer[0])
    if found is None:
        for begin, end in inner:
            found = _grammar(text[begin:end], folded[begin:end], lang)
            if found is not None and not re.search(r"\d", outer):
                return found
        return None
    return found


def _nearer(wide: Interval, near: Interval) -> list[Interval] | None:
    """``18e siècle (vers 1750)``: the date in parentheses, where it lies within the other.

    Where it lies outside a span of years, one of the two is not a date of this: nothing is read.
    """
    if wide.begin is None or wide.end is None or wide.begin.point == wide.end.point:
        return [wide]
    if near.begin is None or near.end is None or wide.begin.point.month:
        return [wide]
    first, last = wide.begin.point.year, wide.end.point.year
    if near.end.point.year < first or near.begin.point.year > last:
        return None
    inside = first <= near.begin.point.year and near.end.point.year <= last
    return [replace(near, text=wide.text) if inside else wide]


def _outside(folded: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with its parentheses blanked, and where they are."""
    pairs = {o: c for o, c in matched(folded).items() if folded[o] == "("}
    outer, inner = folded, []
    for opening, closing in sorted(pairs.items()):
        if _is_part(folded[opening + 1 : closing]):
            outer = f"{outer[:opening]} {outer[opening + 1 : closing]} {outer[closing + 1 :]}"
            continue
        inner.append((opening + 1, closing))
        outer = outer[:opening] + " " * (closing + 1 - opening) + outer[closing + 1 :]
    stray = outer.find("(")
    if stray > 0:
        outer = outer[:stray].ljust(len(folded))
    return outer, inner


def _is_part(folded: str) -> bool:
    """``19e siècle (2e moitié)``: the parentheses say which part of the date is meant."""
    kinds = [token.kind for token in tokens(folded)]
    return bool({"UNIT", "PART", "FRACTION"} & set(kinds)) and set(kinds) <= _PART_KINDS


def _grammar(text: str, folded: str, lang: str | None) -> list[Interval] | None:
    day_first = lang is not None and lang.split("-")[0].lower() in _DAY_FIRST
    typed = lang is not None
    return Grammar(tokens(folded), text, day_first=day_first, typed=typed).segment()


def _hull(found: tuple[Interval, ...]) -> Interval | None:
    """The span of several dates; an open end stays open."""
    if len(found) < 2:
        return found[0] if found else None
    begins = [item.begin for item in found]
    ends = [item.end for item in found]
    begin = end = None
    if None not in begins:
        begin = min((b for b in begins if b), key=lambda b: order(b.point.first()))
    if None not in ends:
        end = max((e for e in ends if e), key=lambda e: order(e.point.last()))
    if begin is None and end is None:
        return None
    hull = Interval(begin, end)
    return hull if hull.is_valid() else None
