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

from dataclasses import dataclass, replace

from museosciences.values.date_atoms import Atoms
from museosciences.values.date_nodes import Node, fill, interval
from museosciences.values.date_words import Token
from museosciences.values.edtf import Interval

# A label is a few words; a sentence with a year in it is not a date.
_MAX_LABEL_WORDS = 12
_LABEL = frozenset({"WORD", "NUMBERED", "ORDINAL_WORD", "SEASON", "UNIT"})
_LABEL_INSIDE = frozenset({"FILLER", "TO", "AND"})
_BETWEEN_DATES = _LABEL | _LABEL_INSIDE | {"SEP", "APPROX", "UNCERTAIN"}
_HARMLESS = frozenset(
    "WORD FILLER TO AND SEP YEAR ORDINAL_WORD SEASON UNIT NUMBERED DASH SLASH SMALL".split()
)


@dataclass(slots=True)
class _Found:
    item: Interval
    span: tuple[int, int]
    words: list[Token]


class Grammar(Atoms):
    """A recursive-descent parser over the tokens of one segment."""

    def segment(self) -> list[Interval] | None:
        """Every date of the segment with its label, or None."""
        found: list[_Found] = []
        words: list[Token] = []
        doubt = (False, False)
        while not self.at_end():
            start = self.position
            item = self.expression()
            if item is None:
                token = self._harmless()
                if token is None:
                    doubt = self._doubt_of_words()
                    if not any(doubt):
                        return None
                elif token.kind == "SEP" and found and words and not found[-1].words:
                    found[-1].words, words = words, []
                elif token.kind in _LABEL or (words and token.kind in _LABEL_INSIDE):
                    words.append(token)
                continue
            read = self.tokens[start : self.position]
            if words and any(token.kind == "PERIOD" for token in read):
                return None
            if found and start and self.tokens[start - 1].kind not in _BETWEEN_DATES:
                return None
            item = item.qualify(approximate=doubt[0], uncertain=doubt[1])
            found.append(_Found(item, (read[0].start, read[-1].end), words))
            words, doubt = [], (False, False)
        if found and not found[-1].words:
            found[-1].words = words
        if not found or any(doubt) or any(len(f.words) > _MAX_LABEL_WORDS for f in found):
            return None
        return [
            replace(f.item, text=self.text[slice(*f.span)], label=self._label(f.words))
            for f in found
        ]

    def _harmless(self) -> Token | None:
        """A token that may stand outside every date, consumed; None when it may not."""
        return self.next() if self.peek_kind() in _HARMLESS else None

    def _doubt_of_words(self) -> tuple[bool, bool]:
        """``?exhibited 1842``: a doubt that reaches its date over words."""
        start = self.position
        doubt = self.doubts()
        if self.peek_kind() not in ("WORD", "NUMBERED"):
            self.position = start
            return False, False
        return doubt

    def _label(self, words: list[Token]) -> str:
        if not words:
            return ""
        return self.text[words[0].start : words[-1].end].strip(" ,.:")

    def expression(self) -> Interval | None:
        """One date with its doubts, or None with the position unchanged."""
        start = self.position
        approximate, uncertain = self.doubts()
        result = self._between() or self._limit() or self._open() or self._range()
        if result is None:
            self.position = start
            return None
        after = self.doubts()
        result = result.qualify(
            approximate=approximate or after[0], uncertain=uncertain or after[1]
        )
        return result if result.is_valid() else self._back(start)

    def _back(self, start: int) -> None:
        self.position = start

    def _limit(self) -> Interval | None:
        """``limite 15e siècle 16e siècle`` (Inventaire général): on both sides of the turn."""
        start = self.position
        if self.take_word("limite", "tournant", "charniere") is None:
            return None
        left = self.atom()
        self.take("SEP", "AND", "DASH", "SLASH")
        right = self.atom()
        if left is None or right is None:
            return self._back(start)
        pair = fill(left, right)
        if pair is None or pair[0].kind != "century" or pair[1].number != pair[0].number + 1:
            return self._back(start)
        return self._join(replace(pair[0], position="end"), replace(pair[1], position="start"))

    def _between(self) -> Interval | None:
        start = self.position
        if self.take("BETWEEN"):
            left = self.atom()
            if left is not None and self.take("AND", "DASH", "TO", "SEP"):
                right = self.atom()
                if right is not None:
                    return self._join(left, right) or self._back(start)
        return self._back(start)

    def _open(self) -> Interval | None:
        start = self.position
        near = self.take_word("peu", "just", "shortly")
        # Italian "prima del 1850".
        italian = self.peek("ORDINAL_WORD") == "prima" and self.peek_kind(1) in ("FILLER", "NUM")
        first = self.take("BEFORE", "AFTER")
        if first is None and italian:
            first = self.next()._replace(kind="BEFORE")
        if first is None:
            return self._back(start)
        node = self.atom()
        found = node and interval(node)
        if node is None or found is None:
            return self._back(start)
        if first.kind == "BEFORE":
            return replace(found, begin=None, written=None).qualify(approximate=bool(near))
        after = replace(found, end=None, written=None).qualify(approximate=bool(near))
        return self._until(after)

    def _until(self, after: Interval) -> Interval:
        """``après 1850 et avant 1860``, ``de 1850 jusqu'en 1860``."""
        start = self.position
        self.take("AND", "SEP")
        if self.take("BEFORE"):
            node = self.atom()
            found = node and interval(node)
            if found is not None:
                return replace(after, end=found.end)
        self.position = start
        return after

    def _range(self) -> Interval | None:
        start = self.position
        if self.take("OPEN") and self.take("SLASH"):
            return self._open_end(before=True) or self._back(start)
        self.position = start
        left = self.atom()
        if left is None:
            return self._back(start)
        approximate, uncertain = self.doubts(postfix=True)
        left = left.qualify(approximate=approximate, uncertain=uncertain)
        after_left = self.position
        if self.take("DASH", "SLASH", "TO", "OPEN") or self._and_between_centuries(left):
            self.take("OPEN")
            joined = self._right(left)
            if joined is not None:
                return joined
            self.position = after_left
            if self.take("SLASH") and self.take("OPEN"):
                found = interval(left)
                return found and replace(found, end=None, written=None)
        self.position = after_left
        return self._inverted(left) or interval(left) or self._back(start)

    def _right(self, left: Node) -> Interval | None:
        approximate, uncertain = self.doubts()
        right = self.atom()
        if right is None:
            return None
        right = right.qualify(approximate=approximate, uncertain=uncertain)
        return self._join(left, right)

    def _open_end(self, *, before: bool) -> Interval | None:
        node = self.atom()
        found = node and interval(node)
        if found is None:
            return None
        return replace(found, begin=None, written=None) if before else None

    def _and_between_centuries(self, left: Node) -> bool:
        if left.kind in ("ordinal", "century", "part") and self.peek_kind() == "AND":
            self.next()
            return True
        return False

    def _inverted(self, left: Node) -> Interval | None:
        """Joconde MILL writes the word after the year: ``1850 avant``, ``1899 entre, 1903 et``."""
        start = self.position
        found = interval(left)
        token = self.take("BEFORE", "AFTER", "BETWEEN")
        if found is None or token is None:
            return self._back(start)
        if token.kind == "BETWEEN":
            self.take("SEP")
            right = self.atom()
            if right is not None and (self.take("AND") or self.at_end()):
                return self._join(left, right) or self._back(start)
            return self._back(start)
        if not (self.at_end() or self.peek_kind() == "SEP"):
            return self._back(start)
        if token.kind == "BEFORE":
            return replace(found, begin=None, written=None)
        return replace(found, end=None, written=None)

    def _join(self, left: Node, right: Node) -> Interval | None:
        pair = fill(left, right)
        if pair is None:
            return None
        begin, end = interval(pair[0]), interval(pair[1])
        if begin is None or end is None:
            return None
        if begin.begin is None or end.end is None:
            return None
        joined = Interval(begin.begin, end.end)
        return joined if joined.is_valid() else None
