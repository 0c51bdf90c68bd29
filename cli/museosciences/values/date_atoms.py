"""The atoms of the date grammar: days, years, decades, centuries, Republican dates, periods."""

from __future__ import annotations

import re
from dataclasses import replace

from museosciences.values import periods, republican
from museosciences.values.date_nodes import Node
from museosciences.values.date_words import Token, ordinal, roman, unit
from museosciences.values.edtf import Point

_BEFORE_SIGN = frozenset(
    "DASH SLASH TO FILLER AND SEP BETWEEN BEFORE AFTER APPROX UNCERTAIN YEAR OPEN".split()
)
_SKIPPED = frozenset({"FILLER", "TO"})
_MIDNIGHT = re.compile(r"00:00(?::00(?:\.0+)?)?\s?(?:z|[+-]\d\d:?\d\d)?")
_COUNTING = ("ORDINAL", "ROMAN", "ROMAN_ORDINAL", "SPELLED", "ORDINAL_WORD")


class Atoms:
    """A cursor over tokens, and the rules that read one date expression at it.

    Every rule returns None with the position unchanged when it does not apply.
    """

    def __init__(self, tokens: list[Token], text: str, *, day_first: bool) -> None:
        self.tokens = tokens
        self.text = text
        self.position = 0
        self.day_first = day_first

    # The cursor.

    def at_end(self) -> bool:
        return self.position >= len(self.tokens)

    def peek_kind(self, ahead: int = 0) -> str:
        index = self.position + ahead
        return self.tokens[index].kind if index < len(self.tokens) else ""

    def peek(self, kind: str) -> str | None:
        """The value of the current token when it is of a kind."""
        return str(self.tokens[self.position].value) if self.peek_kind() == kind else None

    def next(self) -> Token:
        self.position += 1
        return self.tokens[self.position - 1]

    def take(self, *kinds: str) -> Token | None:
        return self.next() if self.peek_kind() in kinds else None

    def take_word(self, *words: str) -> Token | None:
        return self.next() if self.peek("WORD") in words else None

    def skip(self) -> None:
        while self.peek_kind() in _SKIPPED:
            self.position += 1

    def doubts(self, *, postfix: bool = False) -> tuple[bool, bool]:
        """Words and marks of approximation and of uncertainty at the cursor."""
        approximate = uncertain = False
        while True:
            start = self.position
            if not postfix:
                self.skip()
            token = self.take("APPROX", "UNCERTAIN", "BOTH")
            if token is None:
                self.position = start
                return approximate, uncertain
            if postfix and token.kind != "BOTH" and token.value not in ("?", "~"):
                self.position = start
                return approximate, uncertain
            approximate |= token.kind in ("APPROX", "BOTH")
            uncertain |= token.kind in ("UNCERTAIN", "BOTH")

    # The rules.

    def atom(self) -> Node | None:
        start = self.position
        self.skip()
        inner_approximate, inner_uncertain = self.doubts()
        self.skip()
        for rule in (
            self._written_day,
            self._republican,
            self._period,
            self._named_month,
            self._season,
            self._decade,
            self._century,
            self._number,
        ):
            node = rule()
            if node is not None:
                return self._era(node).qualify(
                    approximate=inner_approximate, uncertain=inner_uncertain
                )
        self.position = start
        return None

    def _era(self, node: Node) -> Node:
        if node.kind in ("year", "century", "millennium", "ordinal", "part"):
            token = self.take("BCE", "CE")
            if token is not None:
                return replace(node, era=token.kind)
        return node

    def _written_day(self) -> Node | None:
        token = self.take("ISO", "YMD", "DMY", "DRY", "YM", "MY")
        if token is None:
            return None
        return day_node(token, day_first=self.day_first)

    def _republican(self) -> Node | None:
        start = self.position
        day = 0
        if self.peek_kind() in ("NUM", "ORDINAL") and self.peek_kind(1) == "REPUBLICAN":
            day = int(self.next().value)
        month = self.take("REPUBLICAN")
        self.skip()
        if month is not None:
            self.take("SEP")
        named = self.take("YEAR")
        number = self.take("ROMAN", "NUM", "ROMAN_ORDINAL", "ORDINAL")
        if named is None or number is None or not (1 <= int(number.value) <= republican.LAST_YEAR):
            return self._fail(start)
        if self.peek_kind() in ("BCE", "CE"):
            return self._fail(start)
        found = republican.span(int(number.value), month.value if month else 0, day)
        if found is None:
            return self._fail(start)
        return Node("span", span=found)

    def _fail(self, start: int) -> None:
        self.position = start

    def _period(self) -> Node | None:
        start = self.position
        position = self.take("PART")
        self.skip()
        token = self.take("PERIOD")
        if token is None:
            return self._fail(start)
        period = periods.names()[token.value]
        begin = None if period.begin is None else Point(period.begin)
        end = None if period.end is None else Point(period.end)
        if begin is None and end is None:
            return self._fail(start)
        return Node("period", span=(begin, end), position=position.value if position else "")

    def _named_month(self) -> Node | None:
        start = self.position
        day = 0
        if self.peek_kind() in ("NUM", "ORDINAL") and self._month_follows():
            day = int(self.next().value)
            self.skip()
        self.take("PART")
        self.skip()
        month = self.take("MONTH")
        if month is None or day > 31:
            return self._fail(start)
        after_month = self.position
        if not day and self.peek_kind() in ("NUM", "ORDINAL") and self._is_day_before_year():
            day = int(self.next().value)
            self.take("SEP")
        self.skip()
        year = self.take("NUM")
        if year is None or not 3 <= len(year.value) <= 4:
            self.position = after_month
            return Node("day", 0, 0, month=month.value, day=day)
        return Node("day", int(year.value), len(year.value), month=month.value, day=day)

    def _month_follows(self) -> bool:
        ahead = 1
        while self.peek_kind(ahead) in _SKIPPED:
            ahead += 1
        return self.peek_kind(ahead) == "MONTH"

    def _is_day_before_year(self) -> bool:
        """English ``March 5, 1850``."""
        ahead = 2 if self.peek_kind(1) == "SEP" else 1
        index = self.position + ahead
        number = self.tokens[self.position].value
        return (
            int(number) <= 31
            and self.peek_kind(ahead) == "NUM"
            and len(self.tokens[index].value) == 4
        )

    def _season(self) -> Node | None:
        start = self.position
        season = self.take("SEASON")
        self.skip()
        year = self.take("NUM")
        if season is None or year is None or len(year.value) != 4:
            return self._fail(start)
        return Node("season", int(year.value), month=season.value)

    def _decade(self) -> Node | None:
        start = self.position
        if token := self.take("TENS"):
            return Node("decade", int(token.value[:3]))
        if token := self.take("HUNDREDS"):
            return Node("hundred", int(token.value[:2]))
        if token := self.take("LONG"):
            return Node("year", int(token.value[1:]), len(token.value) - 1)
        position = self.take("PART")
        self.skip()
        if self.peek_kind() == "TENS":
            return Node("decade", int(self.next().value[:3]))
        count = self._counter() if position is None else None
        self.skip()
        word = self.take("DECADE")
        if word is None:
            return self._fail(start)
        self.skip()
        year = self.take("NUM")
        if year is not None and count is None:
            if len(year.value) == 4 and year.value.endswith("0"):
                return Node("decade", int(year.value[:3]))
            return self._fail(start)
        return self._decade_of_century(count, word) or self._fail(start)

    def _decade_of_century(self, count: int | None, word: Token) -> Node | None:
        """``deceniul al III-lea al sec. XX``, ``première décennie du 20e siècle``."""
        if count is None:
            count = self._counter()
            self.skip()
        century = self._century()
        if count is None or century is None or century.part or century.position or century.era:
            return None
        base = (century.number - 1) * 100
        if word.value in ("decenii", "deceniile", "decennies", "decades", "annees"):
            position = {1: "start", -1: "end"}.get(count)
            return replace(century, position=position) if position else None
        count = 10 if count == -1 else count
        if not 1 <= count <= 10:
            return None
        first = base + (count - 1) * 10 + 1
        return Node("span", span=(Point(first), Point(first + 9)))

    def _counter(self) -> int | None:
        """A cardinal or ordinal that counts parts: ``1er``, ``IIe``, ``deuxième``."""
        start = self.position
        token = self.take(*_COUNTING)
        if token is None:
            return self._fail(start)
        if self.peek_kind() == "FILLER" and self.tokens[self.position].value in ("lea", "a"):
            self.next()
        return ordinal(token.value) if token.kind == "ORDINAL_WORD" else int(token.value)

    def _part(self) -> tuple[tuple[int, int] | None, str] | None:
        """A fraction or a position of a century: ``2e moitié``, ``3/4``, ``fin``."""
        start = self.position
        if token := self.take("FRACTION"):
            which, of = token.value.split("/")
            return (int(which), int(of)), ""
        if token := self.take("PART"):
            return None, token.value
        count = self._counter()
        self.skip()
        word = self.take("UNIT")
        if word is not None and count is not None:
            return (count, unit(word.value)), ""
        if word is not None and word.value in ("meta", "jumatatea") and count is None:
            return None, "mid"
        return self._fail(start)

    def _century(self) -> Node | None:
        start = self.position
        part = self._part()
        if part is not None:
            self.take("DASH")
        self.skip()
        node = self._counted()
        if node is None:
            if part is not None:
                return Node("part", part=part[0], position=part[1])
            return self._fail(start)
        if part is None and node.kind in ("century", "millennium"):
            node = self._era(node)
            after = self.position
            self.take("SEP")
            part = self._part()
            if part is None or self._counted_follows():
                part = None
                self.position = after
        if part is not None:
            node = replace(node, part=part[0], position=part[1])
        return node

    def _counted_follows(self) -> bool:
        """``19e siècle, début 20e siècle``: the part belongs to what follows."""
        start = self.position
        self.take("DASH")
        self.skip()
        follows = self._counted() is not None
        self.position = start
        return follows

    def _counted(self) -> Node | None:
        """``19e siècle``, ``XIXe s.``, ``sec. XIX``, ``secolul al XIX-lea``, ``3e millénaire``."""
        start = self.position
        if token := self.take("ITALIAN"):
            return Node("century", token.value)
        if word := self.take("CENTURY", "MILLENNIUM"):
            self.skip()
            number = self.take("ROMAN", "ROMAN_ORDINAL", "ORDINAL", "SPELLED", "NUM")
            if number is None or not 1 <= int(number.value) <= 40:
                return self._fail(start)
            if self.peek_kind() == "FILLER" and self.tokens[self.position].value == "lea":
                self.next()
            return Node(word.kind.lower(), int(number.value))
        token = self.take("ORDINAL", "ROMAN", "ROMAN_ORDINAL", "SPELLED", "ORDINAL_WORD", "NUM")
        if token is None:
            return None
        number_ = ordinal(token.value) if token.kind == "ORDINAL_WORD" else int(token.value)
        after = self.position
        self.take("DASH")
        if word := self.take("CENTURY", "MILLENNIUM"):
            full = len(str(word.value)) > 3
            if number_ >= 1 and (token.kind != "NUM" or (full and number_ <= 40)):
                return Node(word.kind.lower(), number_)
            return self._fail(start)
        self.position = after
        if token.kind in ("ORDINAL", "ROMAN_ORDINAL", "ROMAN"):
            return Node("ordinal" if token.kind != "ROMAN" else "roman", number_)
        return self._fail(start)

    def _number(self) -> Node | None:
        start = self.position
        minus = self.take("DASH") if self._is_sign() else None
        named = self.take("YEAR")
        self.skip()
        token = self.take("NUM")
        if token is None or not 1 <= len(token.value) <= 6:
            return self._fail(start)
        if len(token.value) == 3 and self.text[token.end : token.end + 1] == "?":
            # "185?" is a decade to a librarian, a doubtful year to an archaeologist.
            return self._fail(start)
        digits = len(token.value)
        if minus:
            if digits == 4 and token.value.startswith("0"):
                return Node("year", -int(token.value), 4)
            return Node("year", int(token.value), max(digits, 3), era="BCE")
        if digits > 4 and self.peek_kind() != "BCE":
            return self._fail(start)
        return Node("year", int(token.value), max(digits, 3) if named else digits)

    def _is_sign(self) -> bool:
        """A hyphen right before a number, where no range can be meant."""
        if self.peek_kind() != "DASH" or self.peek_kind(1) != "NUM":
            return False
        if self.position and self.tokens[self.position - 1].kind not in _BEFORE_SIGN:
            return False
        return self.tokens[self.position].end == self.tokens[self.position + 1].start


def day_node(token: Token, *, day_first: bool) -> Node | None:
    """A date written in figures. Where day and month cannot be told apart, both readings."""
    value = token.value
    if token.kind == "ISO":
        return _timestamp(value)
    if token.kind == "YM":
        year, month = value.split("-")
        return _from_figures(int(year), int(month), 0)
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
