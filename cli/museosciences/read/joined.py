"""The rows of an archive's extension, found again by the identifier of their core record.

They are kept in a temporary SQLite file beyond a size, so that an extension of a million
images does not fill the memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from museosciences.errors import Said
from museosciences.read.rows import RefusedRow, SourceRow

if TYPE_CHECKING:
    from museosciences.read.dwca import DataFile

# Rows of an extension kept in memory; a row takes about one kilobyte.
IN_MEMORY = 50_000


class Joined:
    """Extension rows grouped by core identifier."""

    def __init__(self, data: DataFile, rows: Iterator[SourceRow | RefusedRow]):
        self._columns = data.columns()
        self._groups: dict[str, list[list[str]]] = {}
        self._disk: sqlite3.Connection | None = None
        self._used: set[str] = set()
        self._refused = 0
        held = 0
        for row in rows:
            if isinstance(row, RefusedRow):
                self._refused += 1
                continue
            key = str(row.cells.get(str(data.id_index), ""))
            values = [
                str(row.cells.get(str(data.indexes.get(term)), "")) or data.defaults.get(term, "")
                for term in self._columns
            ]
            self._groups.setdefault(key, []).append(values)
            held += 1
            if held >= IN_MEMORY:
                self._spill()
                held = 0
        if self._disk is not None:
            self._spill()

    def _spill(self) -> None:
        if self._disk is None:
            self._disk = sqlite3.connect("")  # a temporary file, removed by SQLite on close
            self._disk.execute("CREATE TABLE rows (key TEXT, cells TEXT)")
            self._disk.execute("CREATE INDEX by_key ON rows (key)")
        self._disk.executemany(
            "INSERT INTO rows VALUES (?, ?)",
            ((key, json.dumps(row)) for key, group in self._groups.items() for row in group),
        )
        self._groups = {}

    def of(self, key: str) -> dict[str, list[str]]:
        """The lists of one core record, side by side; empty when the extension has none."""
        if self._disk is None:
            group = self._groups.get(key, [])
        else:
            found = self._disk.execute(
                "SELECT cells FROM rows WHERE key = ? ORDER BY rowid", (key,)
            )
            group = [json.loads(cells) for (cells,) in found]
        if not group:
            return {}
        self._used.add(key)
        lists = zip(self._columns, zip(*group, strict=True), strict=True)
        return {column: list(values) for column, values in lists if any(values)}

    def left_over(self, name: str) -> list[str]:
        """What could not be joined, in words."""
        if self._disk is None:
            orphans = sum(len(g) for key, g in self._groups.items() if key not in self._used)
        else:
            total = self._disk.execute("SELECT DISTINCT key FROM rows")
            orphans = sum(1 for (key,) in total if key not in self._used)
        notes: list[str] = []
        if orphans:
            notes.append(
                Said(
                    f"extension {name} : {orphans} ligne(s) sans notice du noyau",
                    f"extension {name}: {orphans} row(s) without a core record",
                )
            )
        if self._refused:
            notes.append(
                Said(
                    f"extension {name} : {self._refused} ligne(s) illisible(s)",
                    f"extension {name}: {self._refused} unreadable row(s)",
                )
            )
        return notes

    def close(self) -> None:
        """Remove the temporary file."""
        if self._disk is not None:
            self._disk.close()
