"""Citations: the words of a link are those of its source rows, or there is no link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

# The source rows of a record, given its path: each with its "cells".
Rows = Callable[[str], Iterable[Mapping[str, Any]]]
# A run of words shorter than this cites nothing.
SHORTEST = 3


class Citations:
    """Looks words up in the source rows of records."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._cells = lru_cache(maxsize=50_000)(self._read)

    def _read(self, record: str) -> tuple[str, ...]:
        return tuple(text for row in self._rows(record) for text in _texts(row["cells"]))

    def verbatim(self, record: str, words: str) -> str | None:
        """The words as the source has them, or None when it has none of them.

        A name put together from several cells (genus, species, author) is cited by its first
        words that stand in one cell.
        """
        cells = self._cells(record)
        if any(words in cell for cell in cells):
            return words
        parts = words.split()
        for start in range(len(parts)):
            for end in range(len(parts), start, -1):
                run = " ".join(parts[start:end])
                if len(run) >= SHORTEST and any(run in cell for cell in cells):
                    return run
        return None


def _texts(cells: Any) -> Iterator[str]:
    if isinstance(cells, str):
        yield cells
    elif isinstance(cells, Mapping):
        for value in cells.values():
            yield from _texts(value)
    else:
        for value in cells:
            yield from _texts(value)
