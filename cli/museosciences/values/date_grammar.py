"""The grammar of dates: tokens -> intervals. All of a segment is understood, or nothing.

::

    segment    = { label | expression } ;
    expression = { doubt } ( between | open | range | atom ) { doubt } ;
    between    = "entre" atom "et" atom ;
    open       = ( "avant" | "après" ) atom ;
    range      = atom ( "-" | "/" | "à" ) atom ;
    atom       = day | month | year | season | decade | century | republican | period ;

Words that are none of these are a label ("acquis", "entrée matérielle"). A number that no rule
takes makes the whole segment not understood: it may be the very thing that the date says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from museosciences.values.date_atoms import Atoms
from museosciences.values.date_nodes import Node, fill, interval
from museosciences.values.date_words import Token, words
from museosciences.values.edtf import Interval

# A label is a few words; a sentence with a year in it is not a date.
_MAX_LABEL_WORDS = 12
_LABEL = frozenset({"WORD", "NUMBERED", "ORDINAL_WORD", "SEASON", "UNIT"})
_LABEL_INSIDE = frozenset({"FILLER", "TO", "AND"})
_BETWEEN_DATES = _LABEL | _LABEL_INSIDE | {"SEP", "APPROX", "UNCERTAIN"}
_HARMLESS = words("WORD FILLER TO AND SEP YEAR ORDINAL_WORD SEASON UNIT NUMBERED DASH SLASH SMALL")


@dataclass(slots=True)
class _Found:
    """A date, where it stands, the words that label it, whether a period gave it."""

    item: Interval
    span: tuple[int, int]
    label: list[Token]
    period: bool


class Grammar(Atoms):
    """A recursive-descent parser over the tokens of one segment."""

    def segment(self) -> list[Interval] | None:
        """Every date of the segment with its label, or None."""
        found: list[_Found] = []
        label: list[Token] = []
        doubt = (False, False)
        while not self.at_end():
            start = self.position
            item = self.attempt(self._expression)
            if item is not None:
                if found and start and self.tokens[start - 1].kind not in _BETWEEN_DATES:
                    return None
                found.append(self._found(item.qualify(*doubt), start, label))
                label, doubt = [], (False, False)
                continue
            token = None if self._is_minus() else self.take(*_HARMLESS)
            if token is None:
                doubt = self._doubt_of_words()
                if not any(doubt):
                    return None
            elif token.kind == "SEP" and found and label and not found[-1].label:
                found[-1].label, label = label, []
            elif token.kind in _LABEL or (label and token.kind in _LABEL_INSIDE):
                label.append(token)
        if found and not found[-1].label:
            found[-1].label = label
        return None if any(doubt) else self._labelled(found)

    def _is_minus(self) -> bool:
        """``- 500`` may be 500 before our era or a bullet, ``1850-`` may go on till today."""
        return self.peek_kind() == "DASH" and self.peek_kind(1) in ("NUM", "")

    def _found(self, item: Interval, start: int, label: list[Token]) -> _Found:
        read = self.tokens[start : self.position]
        period = any(token.kind == "PERIOD" for token in read)
        return _Found(item, (read[0].start, read[-1].end), label, period)

    def _labelled(self, found: list[_Found]) -> list[Interval] | None:
        """The dates, unless their labels show that something else is meant."""
        labelled = any(f.label for f in found)
        if labelled and any(f.period or self._is_short(f) for f in found):
            # "Empire colonial" is not the Empire, nor "200 pièces" the year 200.
            return None
        if any(len(f.label) > _MAX_LABEL_WORDS for f in found):
            return None
        return [
            replace(f.item, text=self.text[slice(*f.span)], label=self._words(f.label))
            for f in found
        ] or None

    def _is_short(self, found: _Found) -> bool:
        """A year of three digits, which may be a number of anything."""
        return re.fullmatch(r"\D*\d{3}\D?", self.text[slice(*found.span)]) is not None

    def _words(self, label: list[Token]) -> str:
        return self.text[label[0].start : label[-1].end].strip(" ,.:") if label else ""

    def _doubt_of_words(self) -> tuple[bool, bool]:
        """``?exhibited 1842``: a doubt that reaches its date over words."""
        start = self.position
        doubt = self.doubts()
        if self.peek_kind() not in ("WORD", "NUMBERED"):
            self.position = start
            return False, False
        return doubt

    def _expression(self) -> Interval | None:
        """One date with its doubts."""
        before = self.doubts()
        found = (
            self.attempt(self._between)
            or self.attempt(self._limit)
            or self.attempt(self._open)
            or self.attempt(self._range)
        )
        if found is None:
            return None
        found = found.qualify(*before).qualify(*self.doubts())
        return found if found.is_valid() else None

    def _dated(self) -> Interval | None:
        """An atom that stands for itself."""
        node = self.atom()
        return None if node is None else interval(node)

    def _between(self) -> Interval | None:
        if self.take("BETWEEN") is None:
            return None
        left = self.atom()
        if left is None or self.take("AND", "DASH", "SLASH", "TO", "SEP") is None:
            return None
        right = self.atom()
        return None if right is None else join(left, right)

    def _limit(self) -> Interval | None:
        """``limite 15e siècle 16e siècle`` (Inventaire général): on both sides of the turn."""
        if self.take("LIMIT") is None:
            return None
        left = self.atom()
        self.take("SEP", "AND", "DASH", "SLASH")
        right = self.atom()
        pair = fill(left, right) if left is not None and right is not None else None
        if pair is None or pair[0].kind != "century" or pair[1].number != pair[0].number + 1:
            return None
        return join(replace(pair[0], position="end"), replace(pair[1], position="start"))

    def _open(self) -> Interval | None:
        """``avant 1850``, ``peu après 1850``, ``après 1850 et avant 1860``."""
        near = self.take_word("peu", "just", "shortly") is not None
        # Italian "prima del 1850".
        italian = self.peek("ORDINAL_WORD") == "prima" and self.peek_kind(1) in ("FILLER", "NUM")
        before = self.take("BEFORE") or (self.next() if italian else None)
        if before is None and self.take("AFTER") is None:
            return None
        found = self._dated()
        if found is None:
            return None
        found = found.qualify(near)
        if before is not None:
            return until(found)
        start = self.position
        self.take("AND", "SEP")
        later = self._dated() if self.take("BEFORE") else None
        if later is None:
            self.position = start
            return since(found)
        return replace(found, end=later.end, written=None)

    def _range(self) -> Interval | None:
        if self.peek_kind() == "OPEN" and self.peek_kind(1) == "SLASH":
            self.next()
            self.next()
            found = self._dated()
            return None if found is None else until(found)
        left = self.atom()
        if left is None:
            return None
        left = left.qualify(*self.doubts(postfix=True))
        found = self.attempt(lambda: self._to(left)) or self.attempt(lambda: self._inverted(left))
        return found or interval(left)

    def _to(self, left: Node) -> Interval | None:
        """The rest of a range, after its left end."""
        counted = left.kind in ("ordinal", "century", "part")
        sign = self.take("DASH", "SLASH", "TO", "OPEN", *(("AND",) if counted else ()))
        if sign is None and (self.peek("BEFORE") or "").startswith(("jusqu", "until")):
            sign = self.next()
        if sign is None:
            return None
        if (self.take("OPEN") and self.at_end()) or self.attempt(self._today):
            found = interval(left)
            return None if found is None else since(found)
        doubts = self.doubts()
        right = self.atom()
        return None if right is None else join(left, right.qualify(*doubts))

    def _today(self) -> Token | None:
        """``à nos jours``, ``à aujourd'hui``, ``to present``."""
        self.skip()
        first = self.take_word("nos", "aujourd'", "aujourd", "present", "today", "now")
        self.take_word("jours", "hui")
        return first

    def _inverted(self, left: Node) -> Interval | None:
        """Joconde MILL writes the word after the year: ``1850 avant``, ``1899 entre, 1903 et``."""
        found = interval(left)
        self.take_word("ou", "or")
        token = self.take("BEFORE", "AFTER", "BETWEEN")
        if found is None or token is None:
            return None
        if token.kind == "BETWEEN":
            self.take("SEP")
            right = self.atom()
            closed = right is not None and (self.take("AND") is not None or self.at_end())
            return join(left, right) if right is not None and closed else None
        if not (self.at_end() or self.peek_kind() == "SEP"):
            return None
        return until(found) if token.kind == "BEFORE" else since(found)


def until(found: Interval) -> Interval:
    """Open at its beginning. The year named is the museum's own bound, and is kept."""
    return replace(found, begin=None, written=None)


def since(found: Interval) -> Interval:
    """Open at its end."""
    return replace(found, end=None, written=None)


def join(left: Node, right: Node) -> Interval | None:
    """From the beginning of one to the end of the other, what one lacks taken from the other."""
    pair = fill(left, right)
    if pair is None:
        return None
    begin, end = interval(pair[0]), interval(pair[1])
    if begin is None or end is None or begin.begin is None or end.end is None:
        return None
    joined = Interval(begin.begin, end.end)
    return joined if joined.is_valid() else None
