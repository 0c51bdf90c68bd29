"""Extended Date/Time Format (ISO 8601-2:2019, annex A; Library of Congress, 2019).

Years are astronomical, as in ISO 8601: 1 BCE is ``0000``, 52 BCE is ``-0051``. The members
``begin`` and ``end`` of a date use the same numbering, so that years sort and subtract.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace

#: Month numbers 21–24 are spring, summer, autumn, winter (level 1, "seasons").
SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A year, a month or season of a year, or a day. ``month`` and ``day`` are 0 when unsaid."""

    year: int
    month: int = 0
    day: int = 0

    def is_valid(self) -> bool:
        """The day exists in the proleptic Gregorian calendar."""
        if self.month == 0:
            return self.day == 0
        if SPRING <= self.month <= WINTER:
            return self.day == 0
        if not 1 <= self.month <= 12:
            return False
        # The calendar repeats every 400 years: monthrange itself stops at year 1.
        return 0 <= self.day <= monthrange(2000 + self.year % 400, self.month)[1]

    def first(self) -> str:
        """The ISO 8601 year, or the first day when month or day are known."""
        if self.month == 0 or self.month > 12:
            return year(self.year)
        return f"{year(self.year)}-{self.month:02}-{self.day or 1:02}"

    def last(self) -> str:
        """The ISO 8601 year, or the last day when month or day are known."""
        if self.month == 0 or self.month > 12:
            return year(self.year)
        days = monthrange(2000 + self.year % 400, self.month)[1]
        return f"{year(self.year)}-{self.month:02}-{self.day or days:02}"

    def __str__(self) -> str:
        if not -9999 <= self.year <= 9999:
            # Level 1 knows years of five digits and more, without months.
            return f"Y{self.year}"
        written = year(self.year)
        if self.month:
            written += f"-{self.month:02}"
        return f"{written}-{self.day:02}" if self.day else written


def year(number: int) -> str:
    """An ISO 8601 year of at least four digits.

    >>> year(52), year(-51), year(0), year(-24999)
    ('0052', '-0051', '0000', '-24999')
    """
    return f"-{-number:04}" if number < 0 else f"{number:04}"


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of an interval, as sure as the museum was of it."""

    point: Point
    approximate: bool = False
    uncertain: bool = False

    @property
    def mark(self) -> str:
        """The qualifier of EDTF level 1: ``~`` approximate, ``?`` uncertain, ``%`` both."""
        if self.approximate and self.uncertain:
            return "%"
        return "~" if self.approximate else "?" if self.uncertain else ""

    def __str__(self) -> str:
        return f"{self.point}{self.mark}"


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``begin`` to ``end``, both included; None is open. ``written`` is a shorter EDTF."""

    begin: Bound | None
    end: Bound | None
    written: str | None = None
    text: str = ""
    label: str = ""

    def qualify(self, approximate: bool = False, uncertain: bool = False) -> Interval:
        """The same interval, less sure."""

        def weaken(bound: Bound | None) -> Bound | None:
            if bound is None:
                return None
            return replace(
                bound,
                approximate=bound.approximate or approximate,
                uncertain=bound.uncertain or uncertain,
            )

        return replace(self, begin=weaken(self.begin), end=weaken(self.end))

    def is_valid(self) -> bool:
        """Its days exist and it does not end before it begins."""
        if self.begin is None and self.end is None:
            return False
        bounds = [bound for bound in (self.begin, self.end) if bound is not None]
        if not all(bound.point.is_valid() for bound in bounds):
            return False
        if self.begin is None or self.end is None:
            return True
        return order(self.begin.point.first()) <= order(self.end.point.last())

    @property
    def certainty(self) -> str:
        """``exact``, ``approximate`` or ``uncertain``, the weakest of both ends."""
        bounds = [bound for bound in (self.begin, self.end) if bound is not None]
        if any(bound.uncertain for bound in bounds):
            return "uncertain"
        return "approximate" if any(bound.approximate for bound in bounds) else "exact"

    @property
    def edtf(self) -> str | None:
        """None when a year has more than four digits: those stand alone, never in an interval."""
        written = str(self)
        return None if "Y" in written and "/" in written else written

    def __str__(self) -> str:
        bound = self.begin or self.end
        if self.written is not None and bound is not None:
            # A set of dates already says that one is uncertain, and takes no mark.
            return self.written + ("" if self.written.startswith("[") else bound.mark)
        if self.begin is not None and self.begin == self.end:
            return str(self.begin)
        return f"{self.begin or '..'}/{self.end or '..'}"


def order(written: str) -> tuple[int, str]:
    """A sort key for ISO 8601 years and dates, also before year 0.

    >>> sorted(["0100", "-0100", "-0099-05-01"], key=order)
    ['-0100', '-0099-05-01', '0100']
    """
    sign = -1 if written.startswith("-") else 1
    number, _, rest = written.lstrip("-").partition("-")
    return sign * int(number), rest


_YEAR = r"-?\d{4}"
_QUALIFIER = r"[~?%]?"
_DATE = rf"(?:{_YEAR})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|-2[1-4])?{_QUALIFIER}"
_UNSPECIFIED = rf"-?\d{{3}}X{_QUALIFIER}|-?\d{{2}}XX{_QUALIFIER}"
_SINGLE = rf"(?:{_DATE}|{_UNSPECIFIED})"
_EDTF = re.compile(
    rf"Y-?\d{{5,}}{_QUALIFIER}|"
    rf"{_SINGLE}|{_SINGLE}/{_SINGLE}|\.\./{_SINGLE}|{_SINGLE}/\.\.|"
    rf"[{{\[]{_SINGLE}(?:(?:,|\.\.){_SINGLE})*[}}\]]"
)


def valid(text: str) -> bool:
    """A text is EDTF, of the part of levels 0 to 2 that this package writes.

    >>> valid("1851/1875~"), valid("../1855"), valid("[1899,1901]"), valid("vers 1850")
    (True, True, True, False)
    >>> valid("Y-24999"), valid("Y-24999/Y-24000")
    (True, False)
    """
    return _EDTF.fullmatch(text) is not None
