"""The atoms of the date grammar: days, years, decades, centuries, Republican dates, periods."""

from __future__ import annotations

from dataclasses import replace

from museosciences.values import periods, republican
from museosciences.values.date_cursor import Cursor
from museosciences.values.date_figures import day_node
from museosciences.values.date_nodes import Node
from museosciences.values.date_words import Token, ordinal, unit, words
from museosciences.values.edtf import Point

_BEFORE_SIGN = words("DASH SLASH TO FILLER AND SEP BETWEEN BEFORE AFTER APPROX YEAR OPEN")
_SKIPPED = words("FILLER TO")
_COUNTING = ("ORDINAL", "ROMAN", "ROMAN_ORDINAL", "SPELLED", "ORDINAL_WORD")


class Atoms(Cursor):
    """The rules that read one date expression at the cursor; None when they do not apply."""

    def atom(self) -> Node | None:
        """One date expression, perhaps with gaps that a range fills; its doubts are in it."""
        start = self.position
        self.skip()
        doubts = self.doubts()
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
            node = self.attempt(rule)
            if node is not None:
                return self._era(node).qualify(*doubts)
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
        return day_node(token, day_first=self.day_first, typed=self.typed)

    def _republican(self) -> Node | None:
        day = month = 0
        if self.peek_kind() in ("NUM", "ORDINAL") and self._is_republican_day():
            day = int(self.next().value)
            self.take_word("jour")
        if self.peek_kind() == "REPUBLICAN":
            month = int(self.next().value)
        elif day and self.take_word("complementaire"):
            month = republican.COMPLEMENTARY
        self.skip()
        if month:
            self.take("SEP")
        named = self.take("YEAR")
        number = self.take("ROMAN", "NUM", "ROMAN_ORDINAL", "ORDINAL")
        if named is None or number is None or not (1 <= int(number.value) <= republican.LAST_YEAR):
            return None
        if self.peek_kind() in ("BCE", "CE"):
            return None
        found = republican.span(int(number.value), month, day)
        self.attempt(self._of_the_republic)
        return None if found is None else Node("span", span=found)

    def _is_republican_day(self) -> bool:
        return self.peek_kind(1) == "REPUBLICAN" or self.text[self._end_of_token() :].lstrip(
            " "
        ).startswith("jour compl")

    def _end_of_token(self) -> int:
        return self.tokens[self.position].end

    def _of_the_republic(self) -> Token | None:
        self.skip()
        return self.take_word("republique")

    def _period(self) -> Node | None:
        position = self.take("PART")
        self.skip()
        token = self.take("PERIOD")
        if token is None:
            return None
        period = periods.names()[token.value]
        begin = None if period.begin is None else Point(period.begin)
        end = None if period.end is None else Point(period.end)
        if begin is None and end is None:
            return None
        return Node("period", span=(begin, end), position=position.value if position else "")

    def _named_month(self) -> Node | None:
        day = 0
        if self.peek_kind() in ("NUM", "ORDINAL") and self._month_follows():
            day = int(self.next().value)
            self.skip()
        self.take("PART")
        self.skip()
        month = self.take("MONTH")
        if month is None or day > 31:
            return None
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
        season = self.take("SEASON")
        several = self.take("DASH", "AND") is not None and self.take("SEASON") is not None
        self.skip()
        year = self.take("NUM")
        if season is None or year is None or len(year.value) != 4:
            return None
        if several:
            return Node("year", int(year.value))
        return Node("season", int(year.value), month=season.value)

    def _decade(self) -> Node | None:
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
        count = self.attempt(self._counter) if position is None else None
        self.skip()
        word = self.take("DECADE")
        if word is None:
            return None
        self.skip()
        year = self.take("NUM")
        if year is not None and count is None:
            if len(year.value) == 4 and year.value.endswith("0"):
                return Node("decade", int(year.value[:3]))
            return None
        return self._decade_of_century(count, word)

    def _decade_of_century(self, count: int | None, word: Token) -> Node | None:
        """``deceniul al III-lea al sec. XX``, ``première décennie du 20e siècle``."""
        if count is None:
            count = self.attempt(self._counter)
            self.skip()
        century = self.attempt(self._century)
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
        token = self.take(*_COUNTING)
        if token is None:
            return None
        if self.peek_kind() == "FILLER" and self.tokens[self.position].value in ("lea", "a"):
            self.next()
        return ordinal(token.value) if token.kind == "ORDINAL_WORD" else int(token.value)

    def _part(self) -> tuple[tuple[int, int] | None, str] | None:
        """A fraction or a position of a century: ``2e moitié``, ``3/4``, ``fin``."""
        if token := self.take("FRACTION"):
            which, of = token.value.split("/")
            return (int(which), int(of)), ""
        if token := self.take("PART"):
            return None, token.value
        count = self.attempt(self._counter)
        if count is not None and (self.peek("FRACTION") or "").startswith("1/"):
            # "2e 1/4".
            return (count, int(self.next().value[2:])), ""
        self.skip()
        word = self.take("UNIT")
        if word is not None and count is not None:
            return (count, unit(word.value)), ""
        if word is not None and word.value in ("meta", "jumatatea") and count is None:
            return None, "mid"
        return None

    def _century(self) -> Node | None:
        part = self.attempt(self._part)
        if part is not None:
            self.take("DASH")
        self.skip()
        node = self.attempt(self._counted)
        if node is None:
            if part is None or (part[1] and self.peek_kind() == "NUM"):
                return None
            return Node("part", part=part[0], position=part[1])
        if part is None and node.kind in ("century", "millennium"):
            node = self._era(node)
            after = self.position
            self.take("SEP")
            part = self.attempt(self._part)
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
        follows = self.attempt(self._counted) is not None
        self.position = start
        return follows

    def _counted(self) -> Node | None:
        """``19e siècle``, ``XIXe s.``, ``sec. XIX``, ``secolul al XIX-lea``, ``3e millénaire``."""
        if token := self.take("ITALIAN"):
            return Node("century", token.value)
        if word := self.take("CENTURY", "MILLENNIUM"):
            self.skip()
            number = self.take("ROMAN", "ROMAN_ORDINAL", "ORDINAL", "SPELLED", "NUM")
            if number is None or not 1 <= int(number.value) <= 40:
                return None
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
            return None
        self.position = after
        if token.kind in ("ORDINAL", "ROMAN_ORDINAL", "ROMAN"):
            return Node("ordinal" if token.kind != "ROMAN" else "roman", number_)
        return None

    def _number(self) -> Node | None:
        # "début 1850" is in 1850.
        self.take("PART")
        self.skip()
        minus = self.take("DASH") if self._is_sign() else None
        era = self.take("CE")
        named = self.take("YEAR")
        self.skip()
        token = self.take("NUM")
        if token is None or not 1 <= len(token.value) <= 6:
            return None
        after = self.text[token.end : token.end + 2]
        if len(token.value) == 3 and after[:1] in ("?", "-", ".") and not after[1:].isdigit():
            # "185?", "185-": a decade to a librarian, a year to an archaeologist.
            return None
        digits = len(token.value)
        if minus:
            if digits == 4 and token.value.startswith("0"):
                return Node("year", -int(token.value), 4)
            return Node("year", int(token.value), max(digits, 3), era="BCE")
        if digits > 4 and self.peek_kind() != "BCE":
            return None
        named_era = "CE" if era else ""
        return Node("year", int(token.value), max(digits, 3) if named else digits, era=named_era)

    def _is_sign(self) -> bool:
        """A hyphen right before a number, where no range can be meant."""
        if self.peek_kind() != "DASH" or self.peek_kind(1) != "NUM":
            return False
        if self.position and self.tokens[self.position - 1].kind not in _BEFORE_SIGN:
            return False
        return self.tokens[self.position].end == self.tokens[self.position + 1].start
