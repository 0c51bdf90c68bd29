"""The register: an SQLite file of what was read, when it last changed, and what vanished.

It keeps every source row whole, so that no cell is ever lost, also when no field takes it; the
findings, traced back to row and column; and for every record its datestamp, which survives the
builds: a record that did not change keeps its date, one that vanished keeps its place, deleted.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from museosciences.errors import Place, Said, StoreError, told

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
  kind TEXT, label TEXT, status TEXT, columns TEXT, digest TEXT, caption TEXT, image TEXT,
  changed TEXT) WITHOUT ROWID;
CREATE TABLE finding (
  source TEXT, number INTEGER, record TEXT, severity TEXT, shape TEXT, path TEXT, field TEXT,
  value TEXT, message_fr TEXT, message_en TEXT);
CREATE VIRTUAL TABLE search USING fts5(
  path UNINDEXED, label, words, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE facet (
  name TEXT, value TEXT, fr TEXT, en TEXT, above TEXT, top INTEGER, count INTEGER, members BLOB,
  PRIMARY KEY (name, value)) WITHOUT ROWID;
CREATE TABLE browsing (numbers BLOB);
CREATE VIRTUAL TABLE notion USING fts5(
  name UNINDEXED, value UNINDEXED, words, tokenize = "unicode61 remove_diacritics 2");
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
    """One record: ``digest`` identifies its content, ``columns`` says where its fields stood.

    ``caption`` is who made it and when, or what it is and where it was gathered, as a list of
    records tells it below the label; ``image`` the web address of its first image, or "".
    """

    path: str
    number: int
    museum: str
    inventory_number: str
    kind: str
    label: str
    status: str
    columns: str
    digest: str
    caption: str
    image: str
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


class FacetEntry(NamedTuple):
    """A value by which records are sorted, with its labels and those above it.

    ``top`` says that it is offered at first, ``above`` is the value next above it or ""; ``words``
    are those by which the value itself is found, "" for none. ``members`` has a bit for each
    record: that of its number in the search.
    """

    name: str
    value: str
    fr: str
    en: str
    above: str
    top: bool
    members: int
    words: str


def _packed(members: int) -> bytes:
    return zlib.compress(members.to_bytes((members.bit_length() + 7) // 8, "little"), 1)


# The tokenizer folds accents; ligatures are letters of their own to it.
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "\0": " "})
_QUOTED = re.compile(r'[«“"]([^«»“”"]*)[»”"]|([^\s«»“”"]+)')
_WORD = re.compile(r"\w")


def plain(text: str) -> str:
    """A text with its ligatures written out, as it is searched.

    >>> plain("Œuvre")
    'Oeuvre'
    """
    return text.translate(_LIGATURES)


def matched(words: str) -> str:
    """The expression of the full-text search for what people write.

    >>> matched('cœur "nature morte" l’a')
    '"coeur"* "nature morte" "l’a"*'
    """
    parts = []
    # SQLite ends a text at its first NUL.
    for phrase, word in _QUOTED.findall(plain(words.replace("\0", " "))):
        text = (phrase or word).strip()
        if _WORD.search(text):
            parts.append(f'"{text}"' if phrase else f'"{text}"*')
    return " ".join(parts)


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
                Said(
                    f"le registre {path} ne peut être ouvert : {error}",
                    f"the register {path} cannot be opened: {error}",
                ),
                remedy=Said("lancer « museo build » de nouveau", "run `museo build` again"),
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
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((r.path, source, *r.stored(), now) for r in entries),
        )
        self._many(
            "INSERT INTO search VALUES (?, ?, ?)",
            ((r.path, plain(r.label), plain(r.words)) for r in entries if r.status == "loaded"),
        )

    def add_findings(self, source: str, findings: Iterable[FindingEntry]) -> None:
        """The findings on a source."""
        self._many(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((source, *f) for f in findings),
        )

    def add_facets(self, facets: Iterable[FacetEntry], browsing: Sequence[int]) -> None:
        """What the records are sorted by, and the order in which all of them are browsed."""
        entries = list(facets)
        self._many(
            "INSERT INTO facet VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((*f[:-2], f.members.bit_count(), _packed(f.members)) for f in entries),
        )
        self._many(
            "INSERT INTO notion VALUES (?, ?, ?)",
            ((f.name, f.value, plain(f.words)) for f in entries if f.words),
        )
        packed = zlib.compress(array("I", browsing).tobytes(), 1)
        self._execute("INSERT INTO browsing VALUES (?)", (packed,))

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
                "label, 'deleted', columns, digest, '', '', "
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

    def findings_of(self, path: str) -> list[dict[str, Any]]:
        """The findings on one record."""
        found = self._db.execute("SELECT * FROM finding WHERE record = ?", (path,))
        return [dict(row) for row in found]

    def refusals(self, lang: str) -> list[str]:
        """Where and why rows were refused, in a language, in the order of the sources."""
        found = self._db.execute(
            "SELECT source.file, row.number, row.line, row.reason FROM row"
            " LEFT JOIN source ON source.id = row.source"
            " WHERE row.status = 'refused' ORDER BY row.rowid"
        )
        return [
            f"{Place(file=file, row=number, line=line).told(lang)}, {told(reason, lang)}"
            for file, number, line, reason in found
        ]

    def findings(self, source: str | None = None) -> list[dict[str, Any]]:
        """The findings, of all sources or of one."""
        query = "SELECT * FROM finding WHERE (?1 IS NULL OR source = ?1) ORDER BY source, number"
        return [dict(row) for row in self._db.execute(query, (source,))]

    def search(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """The records that hold all the words (their beginnings suffice), best first."""
        return self.cards(self.matching(words)[:limit])

    def matching(self, words: str) -> list[int]:
        """The numbers of the records that hold all the words, best first.

        The beginning of a word suffices; words between quotation marks are a phrase, as it is.
        """
        return self._numbers("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank", words)

    def _numbers(self, query: str, words: str) -> list[int]:
        phrase = matched(words)
        return [number for (number,) in self._db.execute(query, (phrase,))] if phrase else []

    def cards(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Records by their numbers, in this order, each with its ``number``."""
        marks = ", ".join("?" for _ in numbers)
        found = self._db.execute(
            "SELECT search.rowid AS number, record.* FROM search "
            f"JOIN record ON record.path = search.path WHERE search.rowid IN ({marks})",
            tuple(numbers),
        )
        rows = {row["number"]: dict(row) for row in found}
        return [rows[number] for number in numbers if number in rows]

    def plain_facets(self) -> Iterator[tuple[str, str, int]]:
        """What the register itself knows of the loaded records: facet, value, number."""
        query = (
            "SELECT search.rowid, record.museum, record.kind, record.image FROM search "
            "JOIN record ON record.path = search.path"
        )
        for number, museum, kind, image in self._db.execute(query):
            yield "museum", museum, number
            yield "kind", kind, number
            if image:
                yield "image", "yes", number

    def numbers(self) -> dict[str, int]:
        """The number of each loaded record, by its path."""
        return dict(self._db.execute("SELECT path, rowid FROM search").fetchall())

    def facets(self) -> list[dict[str, Any]]:
        """All facet values without their members. Raises StoreError for a build of older days."""
        query = "SELECT name, value, fr, en, above, top, count FROM facet"
        try:
            return [dict(row) for row in self._db.execute(query)]
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"the register has no facets: {error}", remedy="run `museo build` again"
            ) from error

    def members(self, name: str, value: str) -> int:
        """The records of a facet value, a bit for each: that of its number."""
        query = "SELECT members FROM facet WHERE name = ? AND value = ?"
        found = self._db.execute(query, (name, value)).fetchone()
        return int.from_bytes(zlib.decompress(found[0]), "little") if found else 0

    def browsing(self) -> Sequence[int]:
        """All numbers, those first that are worth being seen first."""
        found = self._db.execute("SELECT numbers FROM browsing").fetchone()
        return array("I", zlib.decompress(found[0])) if found else array("I")

    def notions(self, words: str, limit: int = 8) -> list[tuple[str, str]]:
        """The facet values (name, value) whose labels hold all the words, best first."""
        phrase = matched(words)
        if not phrase:
            return []
        query = "SELECT name, value FROM notion WHERE notion MATCH ? ORDER BY rank LIMIT ?"
        return [(name, value) for name, value in self._db.execute(query, (phrase, limit))]

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
                Said(
                    f"le registre ne peut être écrit : {error}",
                    f"the register cannot be written: {error}",
                ),
                remedy=Said(
                    "voir la place libre du disque ; la construction précédente répond toujours",
                    "check the free space of the disk; the previous build still answers",
                ),
            ) from error

    def _execute(self, sql: str, values: tuple[Any, ...] = ()) -> None:
        with self._guard():
            self._db.execute(sql, values)

    def _many(self, sql: str, values: Iterable[tuple[Any, ...]]) -> None:
        with self._guard():
            self._db.executemany(sql, values)
