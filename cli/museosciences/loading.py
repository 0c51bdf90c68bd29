"""Parts -> store, quarantine and register, while the next chunks are being made.

Worker processes make the parts; this side enters each finished chunk into the register, and hands
its N-Quads on, so that making and loading overlap. Two records that would get one IRI meet here
when they come from different sources: the later one goes to quarantine.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from museosciences import partition, validate
from museosciences.errors import InputError, ShapesError
from museosciences.examine import SourceSpec
from museosciences.partition import CHUNK, Part, Task
from museosciences.register import FindingEntry, RecordEntry, Register, RowEntry
from museosciences.validate import Finding, duplicate, quality
from museosciences.validate.agreement import chosen, verify

# Below this many bytes in all, starting processes costs more than it saves.
INLINE_BYTES = 4 * 1024 * 1024
# How often a worker's folder is looked at for the next finished chunk, in seconds.
PATIENCE = 0.02
# N-Quads are read in pieces of this many bytes.
PIECE = 8 * 1024 * 1024
# Why a row that was sound in its file goes to quarantine.
TAKEN = (
    "un autre fichier a déjà une notice de ce numéro et de ce musée"
    " / another file already has a record of this number and museum"
)

Made = Callable[[], Part | None]


@dataclass(slots=True)
class Waiting:
    """A source, the folder of its part, and a way to ask for the part: None while it is made."""

    spec: SourceSpec
    folder: Path
    part: Made
    fresh: bool


class Loading:
    """One pass over all sources. ``parts`` holds the accounts once ``nquads`` is exhausted."""

    def __init__(
        self,
        sources: Sequence[SourceSpec],
        parts: Path,
        base: str,
        engine: str,
        register: Register,
        now: str,
        progress: Callable[[float], None],
    ) -> None:
        self.parts: list[tuple[Part, bool]] = []
        self._sources = sources
        self._folder = parts
        self._base = base
        self._engine = engine
        self._register = register
        self._now = now
        self._progress = progress
        self._seen: set[str] = set()
        self._quarantine: list[tuple[SourceSpec, Path, set[str]]] = []

    def nquads(self) -> Iterator[bytes]:
        """The N-Quads of the valid records of all sources, in order.

        Raises InputError when no source at all can be read.
        """
        with self._waiting() as waiting:
            for done, source in enumerate(waiting, start=1):
                yield from self._source(source)
                self._progress(done / len(waiting))
            self._agree([source for source in waiting if source.fresh and source.folder.name])
        if all(part.error for part, _ in self.parts):
            reasons = "; ".join(part.error or "" for part, _ in self.parts)
            raise InputError(reasons or "no source was given")

    def _agree(self, fresh: Sequence[Waiting]) -> None:
        """Let the other engines judge some of the records that were judged in this build.

        Raises ShapesError when they do not find the same: those parts are then made again.
        """
        samples = {
            judged.record: (judged, part)
            for source in fresh
            if (part := source.part()) is not None and part.error is None
            for judged in partition.sample(source.folder)
        }
        records = sum(part.records for part, is_fresh in self.parts if is_fresh)
        sample = chosen((judged for judged, _ in samples.values()), records)
        try:
            notes = verify(sample, validate.load(), validate.engine(self._engine))
        except ShapesError:
            for source in fresh:
                (source.folder / "part.json").unlink(missing_ok=True)
            raise
        for record, note in notes:
            part = samples[record][1]
            part.notes = [*(part.notes or ()), f"{record}: {note}"]

    def quarantine(self) -> Iterator[bytes]:
        """The N-Quads of the records that are kept apart, with their findings."""
        for spec, chunk, doubles in self._quarantine:
            yield from _pieces(chunk / "quarantine.nq")
            yield from _doubled(chunk / "records.nq", doubles, f"{self._base}graph/", spec.id)

    def _source(self, source: Waiting) -> Iterator[bytes]:
        moved = 0
        found: list[tuple[str, Finding]] = []
        for chunk in _chunks(source):
            doubles = self._enter(source.spec, chunk)
            self._quarantine.append((source.spec, chunk, set(doubles)))
            moved += self._rows(source.spec, chunk, set(doubles))
            found += [
                (entry.museum, duplicate(entry.path, entry.inventory_number))
                for entry in doubles.values()
            ]
            yield from _pieces(chunk / "records.nq", doubles)
        part = source.part()
        assert part is not None
        part.loaded -= moved
        part.quarantined += moved
        if found:
            part.quality = quality.moved(part.quality, found)
        self._register.add_source(**_facts(source.spec, part))
        self.parts.append((part, source.fresh))

    def _enter(self, spec: SourceSpec, chunk: Path) -> dict[str, RecordEntry]:
        """Write a chunk into the register; returns the records whose identifier was taken."""
        doubles: dict[str, RecordEntry] = {}
        records: dict[str, RecordEntry] = {}
        for values in _json_lines(chunk / "records.jsonl"):
            entry = RecordEntry(*values)
            if entry.status == "loaded" and entry.path in self._seen:
                doubles[entry.path] = entry
            elif entry.path not in self._seen:
                records.setdefault(entry.path, entry)
        self._seen.update(records)
        self._register.add_records(spec.id, records.values(), self._now)
        found = [FindingEntry(*values) for values in _json_lines(chunk / "findings.jsonl")]
        self._register.add_findings(spec.id, found + partition.duplicates(doubles.values()))
        return doubles

    def _rows(self, spec: SourceSpec, chunk: Path, doubles: set[str]) -> int:
        """Write the rows of a chunk; returns how many went to quarantine as doubles."""
        entries = [RowEntry(*values) for values in _json_lines(chunk / "rows.jsonl")]
        moved = 0
        for position, entry in enumerate(entries):
            if entry.record in doubles and entry.status == "loaded":
                entries[position] = entry.moved(TAKEN)
                moved += 1
        self._register.add_rows(spec.id, entries)
        return moved

    @contextmanager
    def _waiting(self) -> Iterator[list[Waiting]]:
        """All sources, those that are not there yet being made."""
        found: list[Waiting] = []
        missing: list[Task] = []
        for spec in self._sources:
            try:
                name = partition.key(spec, self._base, self._engine)
            except InputError as error:
                failed = Part(spec.id, spec.file.name, "", error=str(error))
                found.append(Waiting(spec, Path(), partial(_same, failed), True))
                continue
            task = Task(spec, self._folder / name, self._base, self._engine)
            fresh = not (task.folder / "part.json").exists()
            found.append(Waiting(spec, task.folder, partial(partition.process, task), fresh))
            if fresh:
                missing.append(task)
        if sum(task.spec.file.stat().st_size for task in missing) < INLINE_BYTES:
            yield found
            return
        with _pool(missing) as futures:
            for source in found:
                if source.folder in futures:
                    source.part = _asking(futures[source.folder], source.spec)
            yield found


def _same(part: Part) -> Part:
    return part


@contextmanager
def _pool(tasks: list[Task]) -> Iterator[dict[Path, Future[Part]]]:
    workers = min(len(tasks), os.cpu_count() or 1)
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield {task.folder: pool.submit(partition.process, task) for task in tasks}
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _asking(future: Future[Part], spec: SourceSpec) -> Made:
    """Ask a worker for its part; one that died leaves a part with its error."""

    def part() -> Part | None:
        if not future.done():
            return None
        try:
            return future.result()
        except BrokenProcessPool:
            reason = f"{spec.file.name}: the process that read it was killed (memory?)"
            return Part(spec.id, spec.file.name, "", error=reason)

    return part


def _chunks(source: Waiting) -> Iterator[Path]:
    """The chunks of a part in their order, each as soon as it is finished."""
    number = 1
    while True:
        part = source.part()
        while (chunk := source.folder / CHUNK.format(number)).is_dir() and source.folder.name:
            yield chunk
            number += 1
        if part is not None:
            return
        time.sleep(PATIENCE)


def _json_lines(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def _pieces(path: Path, without: Iterable[str] = ()) -> Iterator[bytes]:
    """The N-Quads of a file in pieces of whole lines, without those of some records."""
    left_out = tuple(without)
    with path.open("rb") as handle:
        while piece := handle.read(PIECE):
            piece += handle.readline()
            if left_out:
                lines = piece.splitlines(True)
                piece = b"".join(line for line in lines if not _belongs(line, left_out))
            yield piece


def _doubled(path: Path, records: set[str], graphs: str, source: str) -> Iterator[bytes]:
    """The N-Quads of some records of a part, moved to its quarantine."""
    if not records:
        return
    wanted = tuple(records)
    old, new = (f" <{graphs}{name}/{source}> .".encode() for name in ("source", "quarantine"))
    with path.open("rb") as handle:
        for line in handle:
            if _belongs(line, wanted):
                yield line.replace(old, new)


def _belongs(line: bytes, records: tuple[str, ...]) -> bool:
    subject = line.partition(b"> ")[0].decode().partition("#")[0]
    return subject.endswith(records)


def _facts(spec: SourceSpec, part: Part) -> dict[str, Any]:
    names = ("file", "crosswalk", "format", "encoding", "sha256", "coverage", "error")
    facts = {name: getattr(part, name) for name in (*names, *partition.COUNTS)}
    own = {"id": spec.id, "museum": spec.museum, "title": spec.title, "licence": spec.licence}
    return {**own, **facts}
