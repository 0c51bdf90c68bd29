"""The register: an SQLite file of what was read, when it last changed, and what vanished.

It keeps every source row whole, so that no cell is ever lost, also when no field takes it; the
findings, traced back to row and column; and for every record its datestamp, which survives the
builds: a record that did not change keeps its date, one that vanished keeps its place, deleted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from museosciences.errors import StoreError

SCHEMA = """
CREATE TABLE source (
  id TEXT PRIMARY KEY, file TEXT, museum TEXT, title TEXT, licence TEXT, crosswalk TEXT,
  format TEXT, encoding TEXT, sha256 TEXT,
  read INTEGER, loaded INTEGER, quarantined INTEGER, refused INTEGER,
  coverage REAL, error TEXT);
CREATE TABLE row (
  source TEXT, number INTEGER, line INTEGER, status TEXT, record TEXT, cells TEXT, reason TEXT);
CREATE TABLE record (
  path TEXT PRIMARY KEY, source TEXT, number INTEGER, museum TEXT, inventory_number TEXT,
  kind TEXT, label TEXT, status TEXT, columns TEXT, digest TEXT, changed TEXT) WITHOUT ROWID;
CREATE TABLE finding (
  source TEXT, number INTEGER, record TEXT, severity TEXT, shape TEXT, path TEXT, field TEXT,
  value TEXT, message_fr TEXT, message_en TEXT);
CREATE VIRTUAL TABLE search USING fts5(
  path UNINDEXED, label, words, tokenize = "unicode61 remove_diacritics 2");
"""
INDEXES = """
CREATE INDEX row_record ON row (record);
CREATE INDEX row_place ON row (source, number);
CREATE INDEX record_museum ON record (museum, kind);
CREATE INDEX record_changed ON record (changed, path);
CREATE INDEX finding_record ON finding (record);
CREATE INDEX finding_source ON finding (source, number);
"""


class RowEntry(NamedTuple):
    """One source row: what was read, and what became of it (loaded, quarantined, refused)."""

    number: int
    line: int | None
    status: str
    record: str | None
    cells: str
    reason: str | None

    def moved(self, reason: str) -> RowEntry:
        """The same row in quarantine, for a reason."""
        return self._replace(status="quarantined", reason=reason)


class RecordEntry(NamedTuple):
    """One record: ``digest`` identifies its content, ``columns`` says where its fields stood."""

    path: str
    number: int
    museum: str
    inventory_number: str
    kind: str
    label: str
    status: str
    columns: str
    digest: str
    words: str

    def stored(self) -> tuple[Any, ...]:
        """The values of the table ``record`` between its source and its date."""
        return self[1:-1]


class FindingEntry(NamedTuple):
    """One finding, traced back to its row."""

    number: int
    record: str
    severity: str
    shape: str
    path: str | None
    field: str | None
    value: str | None
    message_fr: str
    message_en: str


class Register:
    """The register of one build."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        try:
            if create:
                self._db = sqlite3.connect(path)
                self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
            else:
                # Whoever closes a register that is only read may be another thread than its reader.
                self._db = sqlite3.connect(
                    f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
                )
        except sqlite3.Error as error:
            raise StoreError(
                f"the register {path} cannot be opened: {error}", remedy="run `museo build` again"
            ) from error
        self._db.row_factory = sqlite3.Row

    # Writing, during a build

    def add_source(self, **facts: Any) -> None:
        """One row of the table ``source``, by its column names."""
        names = ", ".join(facts)
        marks = ", ".join("?" for _ in facts)
        self._execute(f"INSERT INTO source ({names}) VALUES ({marks})", tuple(facts.values()))

    def add_rows(self, source: str, rows: Iterable[RowEntry]) -> None:
        """The source rows of a source."""
        self._many(
            "INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((source, *row) for row in rows),
        )

    def add_records(self, source: str, records: Iterable[RecordEntry], now: str) -> None:
        """The records of a source, and their words for the full-text search."""
        entries = list(records)
        self._many(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((r.path, source, *r.stored(), now) for r in entries),
        )
        self._many(
            "INSERT INTO search VALUES (?, ?, ?)",
            ((r.path, r.label, r.words) for r in entries if r.status == "loaded"),
        )

    def add_findings(self, source: str, findings: Iterable[FindingEntry]) -> None:
        """The findings on a source."""
        self._many(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((source, *f) for f in findings),
        )

    def inherit(self, previous: Path | None, now: str) -> None:
        """Keep the datestamp of unchanged records, and remember those that vanished.

        A vanished record has the status ``deleted`` and the date on which it was first missed.
        """
        if previous is not None and previous.exists():
            self._db.commit()
            self._execute("ATTACH ? AS old", (str(previous),))
            self._execute(
                "UPDATE record SET changed = old.record.changed FROM old.record "
                "WHERE old.record.path = main.record.path "
                "AND old.record.digest = main.record.digest "
                "AND old.record.status = main.record.status"
            )
            self._execute(
                "INSERT INTO record SELECT path, source, number, museum, inventory_number, kind, "
                "label, 'deleted', columns, digest, "
                "CASE status WHEN 'deleted' THEN changed ELSE ? END FROM old.record "
                "WHERE path NOT IN (SELECT path FROM main.record)",
                (now,),
            )
            self._db.commit()
            self._execute("DETACH old")
        self._db.executescript(INDEXES)
        self._db.commit()

    # Reading

    def sources(self) -> list[dict[str, Any]]:
        """All sources with their account."""
        return [dict(row) for row in self._db.execute("SELECT * FROM source ORDER BY rowid")]

    def museums(self) -> list[str]:
        """The codes of the museums that have records."""
        return [code for (code,) in self._db.execute("SELECT DISTINCT museum FROM record")]

    def record(self, path: str) -> dict[str, Any] | None:
        """One record, its ``columns`` as a mapping from field to column names, or None."""
        found = self._db.execute("SELECT * FROM record WHERE path = ?", (path,)).fetchone()
        if found is None:
            return None
        entry = dict(found)
        entry["columns"] = json.loads(entry["columns"])
        return entry

    def rows_of(self, path: str) -> list[dict[str, Any]]:
        """The source rows that made a record, their ``cells`` as mappings."""
        found = self._db.execute("SELECT * FROM row WHERE record = ? ORDER BY number", (path,))
        return [{**dict(row), "cells": json.loads(row["cells"])} for row in found]

    def rows(self, source: str, *, status: str | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a source, or only those of one status."""
        query = "SELECT * FROM row WHERE source = ? AND (?2 IS NULL OR status = ?2) ORDER BY number"
        for row in self._db.execute(query, (source, status)):
            yield {**dict(row), "cells": json.loads(row["cells"])}

    def refusals(self) -> list[str]:
        """Why rows were refused, in the order of the sources."""
        found = self._db.execute("SELECT reason FROM row WHERE status = 'refused' ORDER BY rowid")
        return [str(reason) for (reason,) in found]

    def findings(self, source: str | None = None) -> list[dict[str, Any]]:
        """The findings, of all sources or of one."""
        query = "SELECT * FROM finding WHERE (?1 IS NULL OR source = ?1) ORDER BY source, number"
        return [dict(row) for row in self._db.execute(query, (source,))]

    def search(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """The records that hold all the words (their beginnings suffice), best first."""
        phrase = " ".join('"' + word.replace('"', '""') + '"*' for word in words.split())
        if not phrase:
            return []
        found = self._db.execute(
            "SELECT record.* FROM search JOIN record USING (path) WHERE search MATCH ? "
            "ORDER BY rank LIMIT ?",
            (phrase, limit),
        )
        return [dict(row) for row in found]

    def close(self) -> None:
        """Write what is waiting, and close the file."""
        self._db.commit()
        self._db.close()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(
                f"the register cannot be written: {error}",
                remedy="check the free space of the disk; the previous build still answers",
            ) from error

    def _execute(self, sql: str, values: tuple[Any, ...] = ()) -> None:
        with self._guard():
            self._db.execute(sql, values)

    def _many(self, sql: str, values: Iterable[tuple[Any, ...]]) -> None:
        with self._guard():
            self._db.executemany(sql, values)
