"""The cells of a row: found by the names of a crosswalk, cleaned before they are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from museosciences.crosswalk.definition import fold_column
from museosciences.read import Cell
from museosciences.values.text import fold, repair

_LANGUAGE = re.compile(r"@([a-z]{2,3}(?:-[A-Za-z0-9]+)*)$")
# Traces of UTF-8 read as cp1252 ("Ã©", "â€™"); the parsers cope with all else.
_DOUBLE_ENCODED = re.compile(r"[ÃÂ][\u0080-\u00bfŒœŠšŽžŸƒˆ˜–—‘-‚“-„†-•…‰‹›€™]|â€")


class Columns:
    """The columns of a row, found again by the names that a crosswalk gives them."""

    def __init__(self, names: Iterable[str]):
        self.names = list(names)
        self._folded: dict[str, list[str]] = {}
        for name in self.names:
            bare = _LANGUAGE.sub("", name)
            for key in dict.fromkeys((fold_column(name), fold_column(bare))):
                self._folded.setdefault(key, []).append(name)

    def find(self, wanted: str) -> list[str]:
        """The columns of that name, in any language; ``*`` stands for anything.

        >>> Columns(["Titre", "title@fr", "title@en"]).find("title")
        ['title@fr', 'title@en']
        """
        if "*" not in wanted:
            return self._folded.get(fold_column(wanted), [])
        pattern = re.compile(".*".join(re.escape(fold_column(p)) for p in wanted.split("*")))
        found = [name for key, group in self._folded.items() if pattern.fullmatch(key)
                 for name in group]  # fmt: skip
        return list(dict.fromkeys(found))

    def find_all(self, wanted: Sequence[str]) -> list[str]:
        """The columns of several names, in the order of the names."""
        return list(dict.fromkeys(name for one in wanted for name in self.find(one)))


def language(column: str) -> str | None:
    """The language in which a column is declared to be: ``title@fr``."""
    found = _LANGUAGE.search(column)
    return found[1] if found else None


# Cells are asked for again: by several fields of one row, and where rows repeat ("don"). What
# they become is remembered, so many of them. Words that mean nothing are never longer than this.
_REMEMBERED = 1 << 12
_SHORT = 40
# Longer cells are cleaned anew each time: what is remembered must not fill the memory.
_LONG = 2000


class Reader:
    """How the cells of a source are cleaned before they are parsed."""

    def __init__(self, nulls: frozenset[str]):
        self._nulls = nulls
        self._memory: dict[str, str] = {"": ""}

    def text(self, cell: str) -> str:
        """The cell without outer white space; "" for the words that mean nothing was said."""
        known = self._memory.get(cell)
        if known is not None:
            return known
        text = cell.strip()
        if len(cell) <= _SHORT and fold(text) in self._nulls:
            text = ""
        elif not text.isascii():
            text = _mended(text)
        if len(cell) <= _LONG:
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
                self._memory[""] = ""
            self._memory[cell] = text
        return text

    def says(self, cell: Cell) -> bool:
        """Whether there is anything in the cell."""
        if isinstance(cell, str):
            return self.text(cell) != ""
        return any(self.text(item) for item in cell)

    def texts(self, cell: Cell) -> list[str]:
        """Every value of a cell, "" where there is none, so that lists stay side by side."""
        if isinstance(cell, str):
            return [self.text(cell)]
        return [self.text(item) for item in cell]


def _mended(text: str) -> str:
    if _DOUBLE_ENCODED.search(text):
        return repair(text)[0]
    return text
