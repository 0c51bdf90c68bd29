"""What is published: a build seen as a list of records with their datestamps.

The order is that of the register, (changed, path): a record that changes moves to the end, so
that a reader who goes on after the last pair it saw misses nothing, also when a new build has
taken the place of the old between two pages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from museosciences import iris
from museosciences.errors import Said, StoreError
from museosciences.store import GraphStore, term_text
from museosciences.workspace import Build

KINDS = ("object", "specimen", "instrument")
# How many records of the register are looked at in one go, when the graph must be asked too.
STRIDE = 500

_COLUMNS = "path, source, museum, inventory_number, kind, label, status, changed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the register. ``changed`` is its datestamp, UTC, to the second."""

    path: str
    source: str
    museum: str
    inventory_number: str
    kind: str
    label: str
    status: str
    changed: str

    @property
    def deleted(self) -> bool:
        """Whether it is no longer there for readers: vanished, or withdrawn to the quarantine."""
        return self.status != "loaded"

    @property
    def mark(self) -> tuple[str, str]:
        """Its place in the order of the collection."""
        return self.changed, self.path


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records are wanted; ``since`` and ``until`` are datestamps, both included.

    ``axis`` is the end of the IRI of an axis of a theme (``museosciences#axis-1``). What is
    deleted is no more in any axis: with ``deleted``, an axis gives the deletions of all.
    """

    museum: str | None = None
    kind: str | None = None
    axis: str | None = None
    since: str | None = None
    until: str | None = None
    deleted: bool = False

    def where(self, after: tuple[str, str] | None) -> tuple[str, list[str]]:
        """The condition in SQL, and its values."""
        found = [
            ("museum = ?", self.museum),
            ("kind = ?", self.kind),
            ("changed >= ?", self.since),
            ("changed <= ?", self.until),
        ]
        conditions = [text for text, value in found if value is not None]
        values = [value for _, value in found if value is not None]
        if not self.deleted:
            conditions.append("status = 'loaded'")
        if after is not None:
            conditions.append("(changed, path) > (?, ?)")
            values.extend(after)
        return " AND ".join(conditions) or "1", values


@dataclass(frozen=True, slots=True)
class Collection:
    """A build to publish: its graph, its register, and the account of its sources."""

    store: GraphStore
    register: Path
    account: dict[str, Any] = field(repr=False)

    @classmethod
    def of(cls, build: Build, store: GraphStore) -> Collection:
        """The collection of a build whose store is open. Raises StoreError."""
        return cls(store, build.register, build.account())

    @property
    def base(self) -> str:
        """The base IRI."""
        return self.store.base

    @property
    def date(self) -> str:
        """When it was built: UTC, to the second."""
        return str(self.account["date"])

    def iri(self, entry: Entry) -> str:
        """The IRI of a record."""
        return self.base + entry.path

    def entries(
        self, wanted: Selection | None = None, after: tuple[str, str] | None = None
    ) -> Iterator[Entry]:
        """The records wanted, in order, those that come after a mark. Memory is flat."""
        wanted = wanted or Selection()
        condition, values = wanted.where(after)
        query = f"SELECT {_COLUMNS} FROM record WHERE {condition} ORDER BY changed, path"
        with self._reading() as db:
            found = (Entry(*row) for row in db.execute(query, values))
            if wanted.axis is None:
                yield from found
                return
            for some in batches(found, STRIDE):
                members = self._members(wanted.axis, some)
                yield from (e for e in some if e.deleted or self.iri(e) in members)

    def entry(self, path: str) -> Entry | None:
        """One record by its path under the base, or None."""
        with self._reading() as db:
            query = f"SELECT {_COLUMNS} FROM record WHERE path = ?"
            row = db.execute(query, (canonical(path),)).fetchone()
        return Entry(*row) if row else None

    def count(self, wanted: Selection | None = None) -> int | None:
        """How many records are wanted; None for an axis, which is only known by the graph."""
        wanted = wanted or Selection()
        if wanted.axis is not None:
            return None
        condition, values = wanted.where(None)
        with self._reading() as db:
            query = f"SELECT COUNT(*) FROM record WHERE {condition}"
            return int(db.execute(query, values).fetchone()[0])

    def page(self, number: int, size: int, wanted: Selection) -> list[Entry]:
        """The records of a page, from 1, for formats whose pages are numbered."""
        condition, values = wanted.where(None)
        query = f"SELECT {_COLUMNS} FROM record WHERE {condition} ORDER BY changed, path "
        with self._reading() as db:
            limit = f"LIMIT {size} OFFSET {size * (number - 1)}"
            return [Entry(*row) for row in db.execute(query + limit, values)]

    def earliest(self) -> str:
        """The first datestamp, or the date of the build when there is no record."""
        with self._reading() as db:
            return db.execute("SELECT MIN(changed) FROM record").fetchone()[0] or self.date

    def museums(self) -> list[tuple[str, int]]:
        """The codes of the museums, with how many records each one publishes."""
        with self._reading() as db:
            query = "SELECT museum, SUM(status = 'loaded') FROM record GROUP BY museum"
            return [(code, count) for code, count in db.execute(query)]

    def sources(self) -> dict[str, dict[str, Any]]:
        """The sources by their identifier, with what the register knows of them."""
        with self._reading() as db:
            db.row_factory = sqlite3.Row
            return {row["id"]: dict(row) for row in db.execute("SELECT * FROM source")}

    def axes(self) -> list[tuple[str, str]]:
        """The axes of the themes: the end of the IRI, and the French label."""
        answer = self.store.select(
            f"PREFIX ms: <{iris.MS}> SELECT ?axis ?label WHERE {{ ?axis a ms:Axis ; "
            f'<{iris.RDFS}label> ?label FILTER(LANG(?label) = "fr") }}'
        )
        start = f"{self.base}theme/"
        rows = ((term_text(axis), term_text(label)) for axis, label in answer.rows)
        return sorted((axis.removeprefix(start), label) for axis, label in rows)

    def axes_of(self, entries: Iterable[Entry]) -> dict[str, list[str]]:
        """The axes in which some records are selected, by the IRI of the record."""
        found: dict[str, list[str]] = {}
        asked = values("r", map(self.iri, entries))
        query = f"SELECT ?r ?a WHERE {{ {asked} ?r <{iris.MS}onAxis> ?a }}"
        for record, axis in self.store.select(query).rows:
            name = term_text(axis).removeprefix(f"{self.base}theme/")
            found.setdefault(term_text(record), []).append(name)
        return {record: sorted(set(names)) for record, names in found.items()}

    def _members(self, axis: str, entries: list[Entry]) -> set[str]:
        found = self.axes_of(entry for entry in entries if not entry.deleted)
        return {record for record, axes in found.items() if axis in axes}

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own, so that every reader is free to stop and to change thread."""
        try:
            uri = f"{self.register.resolve().as_uri()}?mode=ro"
            db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            with closing(db):
                yield db
        except sqlite3.Error as error:
            raise StoreError(
                Said(
                    f"le registre {self.register} ne peut être lu : {error}",
                    f"the register {self.register} cannot be read: {error}",
                ),
                remedy=Said("lancer « museo build » de nouveau", "run `museo build` again"),
            ) from error


def canonical(path: str) -> str:
    """The path of a record as the register has it, however its letters were percent-encoded.

    >>> canonical("object/M0812/1%20%C3%A0%207")
    'object/M0812/1%20à%207'
    """
    return "/".join(iris.encode(unquote(part)) for part in path.split("/"))


def batches(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """The entries in lists of a size."""
    waiting: list[Entry] = []
    for entry in entries:
        waiting.append(entry)
        if len(waiting) == size:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def values(variable: str, found: Iterable[str]) -> str:
    """A VALUES block for a variable; every IRI is checked, none is pasted."""
    return f"VALUES ?{variable} {{ {' '.join(str(ox.NamedNode(iri)) for iri in found)} }}"
