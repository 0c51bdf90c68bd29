"""Parts -> store, quarantine and register, while the next chunks are being made.

Workers make the parts; this side enters each finished chunk into the register, and hands its
N-Quads on, so that making and loading overlap. Two records that would get one IRI meet here when
they come from different sources, or from different chunks of one: the later one goes to
quarantine.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from museosciences import executor, partition, validate
from museosciences.account import COUNTS, Part
from museosciences.entry import duplicates
from museosciences.errors import InputError, Said, ShapesError, told
from museosciences.examine import SourceSpec
from museosciences.executor import Asked, Executor, Pool
from museosciences.partition import ACCOUNT, Task, chunk_folder
from museosciences.register import FindingEntry, RecordEntry, Register, RowEntry
from museosciences.storage import Folder
from museosciences.validate import Finding, duplicate, quality
from museosciences.validate.agreement import chosen, verify

# Below this many bytes in all, starting processes costs more than it saves.
INLINE_BYTES = 4 * 1024 * 1024
# A source is shared among workers when it has several times this many bytes.
STRIPE_BYTES = 2 * 1024 * 1024
# How often a part is looked at for its next finished chunk, in seconds: here, and elsewhere.
PATIENCE = 0.02
PATIENCE_REMOTE = 0.5
# N-Quads are read in pieces of this many bytes.
PIECE = 8 * 1024 * 1024
# Why a row that was sound in its file goes to quarantine.
TAKEN = Said(
    "un autre fichier a déjà une notice de ce numéro et de ce musée",
    "another file already has a record of this number and museum",
).stored()


@dataclass(slots=True)
class Waiting:
    """A source, the folder of its part, and what it becomes: ``part`` is None while it is made."""

    spec: SourceSpec
    folder: str = ""
    sha256: str = ""
    part: Part | None = None
    fresh: bool = True
    tasks: list[Task] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def look(self) -> Part | None:
        """The part, if all that make it are done by now."""
        if self.part is None:
            stripes = [stripe for ask in self.asked if (stripe := ask()) is not None]
            if len(stripes) == len(self.asked):
                self.part = partition.gathered(self.spec, self.sha256, self.folder, stripes)
        return self.part


@dataclass(frozen=True, slots=True)
class Place:
    """Where parts are made and by whom: a folder or URL, and the executor.

    ``sources`` is where workers find the files, if not where the sources are.
    """

    parts: str
    executor: Executor
    sources: str | None = None

    @classmethod
    def of(cls, workspace: Path, by: Executor, storage: str | None) -> Place:
        """In the workspace, or in a storage that workers elsewhere share."""
        if storage is None:
            return cls(str(workspace.resolve()), by)
        where = str(Path(storage).resolve()) if "://" not in storage else storage.rstrip("/")
        return cls(f"{where}/parts", by, f"{where}/sources")


class Loading:
    """One pass over all sources. ``parts`` holds the accounts once ``nquads`` is exhausted."""

    def __init__(
        self,
        sources: Sequence[SourceSpec],
        place: Place,
        base: str,
        engine: str,
        register: Register,
        now: str,
        progress: Callable[[float], None],
    ) -> None:
        self.parts: list[tuple[Part, bool]] = []
        self._sources = sources
        self._place = place
        self._base = base
        self._engine = engine
        self._register = register
        self._now = now
        self._progress = progress
        self._seen: set[str] = set()
        self._quarantine: list[tuple[SourceSpec, Folder, set[str]]] = []

    def nquads(self) -> Iterator[bytes]:
        """The N-Quads of the valid records of all sources, in order.

        Raises InputError when no source at all can be read.
        """
        with self._waiting() as waiting:
            for done, source in enumerate(waiting, start=1):
                yield from self._source(source)
                self._progress(done / len(waiting))
            self._agree([source for source in waiting if source.fresh])
        if all(part.error for part, _ in self.parts):
            errors = [part.error or "" for part, _ in self.parts]
            fr, en = ("; ".join(told(error, lang) for error in errors) for lang in ("fr", "en"))
            raise InputError(Said(fr or "aucune source n’est donnée", en or "no source was given"))

    def _agree(self, fresh: Sequence[Waiting]) -> None:
        """Let the other engines judge some of the records that were judged in this build.

        Raises ShapesError when they do not find the same: those parts are then made again.
        """
        samples = {
            judged.record: (judged, part)
            for source in fresh
            if (part := source.part) is not None and part.error is None
            for judged in partition.sample(source.folder, part)
        }
        records = sum(part.records for part, is_fresh in self.parts if is_fresh)
        sample = chosen((judged for judged, _ in samples.values()), records)
        try:
            notes = verify(sample, validate.load(), validate.engine(self._engine))
        except ShapesError:
            for source in fresh:
                if source.folder:
                    Folder(source.folder).remove()
            raise
        for record, note in notes:
            part = samples[record][1]
            part.notes = [*(part.notes or ()), f"{record}: {note}"]

    def quarantine(self) -> Iterator[bytes]:
        """The N-Quads of the records that are kept apart, with their findings."""
        for spec, chunk, doubles in self._quarantine:
            yield from _pieces(chunk, "quarantine.nq")
            yield from _doubled(chunk, doubles, f"{self._base}graph/", spec.id)

    def _source(self, source: Waiting) -> Iterator[bytes]:
        chunks = moved = 0
        found: list[tuple[str, Finding]] = []
        for chunk in _chunks(source):
            chunks += 1
            doubles = self._enter(source.spec, chunk)
            self._quarantine.append((source.spec, chunk, set(doubles)))
            moved += self._rows(source.spec, chunk, doubles)
            found += [(entry.museum, finding) for entry, finding in doubles.values()]
            yield from _pieces(chunk, "records.nq", doubles)
        part = source.part
        assert part is not None
        if part.error is not None:
            part.add(partition.accounts(source.folder, chunks))
        part.loaded -= moved
        part.quarantined += moved
        if found:
            part.quality = quality.moved(part.quality, found)
        self._register.add_source(**_facts(source.spec, part))
        self.parts.append((part, source.fresh))

    def _enter(self, spec: SourceSpec, chunk: Folder) -> Doubles:
        """Write a chunk into the register; returns the records whose identifier was taken."""
        doubles: Doubles = {}
        records: dict[str, RecordEntry] = {}
        for values in _json_lines(chunk, "records.jsonl"):
            entry = RecordEntry(*values)
            if entry.status == "loaded" and entry.path in self._seen:
                doubles[entry.path] = entry, self._duplicate(spec, entry)
            elif entry.path not in self._seen:
                records.setdefault(entry.path, entry)
        self._seen.update(records)
        self._register.add_records(spec.id, records.values(), self._now)
        found = [FindingEntry(*values) for values in _json_lines(chunk, "findings.jsonl")]
        self._register.add_findings(spec.id, found + duplicates(doubles.values()))
        return doubles

    def _duplicate(self, spec: SourceSpec, entry: RecordEntry) -> Finding:
        """The finding on a record of which another has the identifier."""
        first = self._register.record(entry.path)
        same = first is not None and first["source"] == spec.id
        number = first["number"] if first is not None and same else None
        return duplicate(entry.path, entry.inventory_number, number)

    def _rows(self, spec: SourceSpec, chunk: Folder, doubles: Doubles) -> int:
        """Write the rows of a chunk; returns how many went to quarantine as doubles."""
        entries = [RowEntry(*values) for values in _json_lines(chunk, "rows.jsonl")]
        moved = 0
        for position, entry in enumerate(entries):
            if entry.status == "loaded" and entry.record in doubles:
                entries[position] = entry.moved(TAKEN)
                moved += 1
        self._register.add_rows(spec.id, entries)
        return moved

    @contextmanager
    def _waiting(self) -> Iterator[list[Waiting]]:
        """All sources, those that are not there yet being made."""
        found = [self._look_up(spec) for spec in self._sources]
        missing = [source for source in found if source.part is None]
        small = sum(source.spec.file.stat().st_size for source in missing) < INLINE_BYTES
        if not missing or (small and self._place.executor is executor.processes):
            open_pool: Executor = executor.here
        else:
            open_pool = self._place.executor
        with open_pool() as pool:
            for source in missing:
                source.asked = [pool.submit(task) for task in self._tasks(source, pool)]
            yield found

    def _look_up(self, spec: SourceSpec) -> Waiting:
        """A source with its part, if that is there."""
        try:
            sha256 = partition.file_digest(spec.file)
            key = partition.key(spec, self._base, self._engine)
        except InputError as error:
            part = Part(spec.id, spec.file.name, "", error=error.said().stored())
            return Waiting(spec, part=part)
        folder = f"{self._place.parts}/{key}"
        made = partition.part_of(folder)
        return Waiting(spec, folder, sha256, made, fresh=made is None)

    def _tasks(self, source: Waiting, pool: Pool) -> list[Task]:
        """The work that a source is: one task, or several that share a large file."""
        file = source.spec.file
        where = str(file.resolve())
        if self._place.sources is not None:
            where = Folder(f"{self._place.sources}/{source.sha256}").put(file)
        knowledge = partition.knowledge_digest()
        task = Task(source.spec, where, source.folder, self._base, self._engine, knowledge)
        return task.stripes(max(1, min(pool.workers, file.stat().st_size // STRIPE_BYTES)))


# The records whose identifier was taken, by it, each with the finding that says so.
Doubles = dict[str, tuple[RecordEntry, Finding]]


def _chunks(source: Waiting) -> Iterator[Folder]:
    """The chunks of a part in their order, each as soon as it is finished."""
    number = 1
    patience = PATIENCE_REMOTE if "://" in source.folder else PATIENCE
    while True:
        part = source.look()
        while source.folder and (chunk := chunk_folder(source.folder, number)).has(ACCOUNT):
            yield chunk
            number += 1
        if part is not None:
            return
        time.sleep(patience)


def _json_lines(folder: Folder, name: str) -> Iterator[list[Any]]:
    with folder.read(name) as handle:
        for line in handle:
            yield json.loads(line)


def _pieces(folder: Folder, name: str, without: Iterable[str] = ()) -> Iterator[bytes]:
    """The N-Quads of a file in pieces of whole lines, without those of some records."""
    left_out = tuple(without)
    with folder.read(name) as handle:
        while piece := handle.read(PIECE):
            piece += handle.readline()
            if left_out:
                lines = piece.splitlines(True)
                piece = b"".join(line for line in lines if not _belongs(line, left_out))
            yield piece


def _doubled(folder: Folder, records: set[str], graphs: str, source: str) -> Iterator[bytes]:
    """The N-Quads of some records of a part, moved to its quarantine."""
    if not records:
        return
    wanted = tuple(records)
    old, new = (f" <{graphs}{name}/{source}> .".encode() for name in ("source", "quarantine"))
    with folder.read("records.nq") as handle:
        for line in handle:
            if _belongs(line, wanted):
                yield line.replace(old, new)


def _belongs(line: bytes, records: tuple[str, ...]) -> bool:
    subject = line.partition(b"> ")[0].decode().partition("#")[0]
    return subject.endswith(records)


def _facts(spec: SourceSpec, part: Part) -> dict[str, Any]:
    names = ("file", "crosswalk", "format", "encoding", "sha256", "coverage", "error")
    facts = {name: getattr(part, name) for name in (*names, *COUNTS)}
    own = {"id": spec.id, "museum": spec.museum, "title": spec.title, "licence": spec.licence}
    return {**own, **facts}
