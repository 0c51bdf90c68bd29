"""The whole chain: sources -> parts -> store -> reconciliation -> links, then the switch."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from museosciences import derive, iris, link, museums, partition, provenance, vocabulary
from museosciences.errors import InputError, StoreError
from museosciences.examine import SourceSpec
from museosciences.partition import Part, Task
from museosciences.reconcile import reconciliation
from museosciences.register import FindingEntry, RecordEntry, Register, RowEntry
from museosciences.store import EmbeddedStore
from museosciences.workspace import Build, Workspace

# A stage of the build, and what share of it is done (0 to 1).
Progress = Callable[[str, float], None]

CHUNK = 8 * 1024 * 1024
COUNTS = ("read", "loaded", "quarantined", "refused")


def build(
    workspace: Workspace,
    sources: Sequence[SourceSpec],
    *,
    base: str = iris.DEFAULT_BASE,
    engine: str = "shacl",
    progress: Progress = lambda _stage, _share: None,
) -> dict[str, Any]:
    """Build the store of some sources and make it the current one. Returns the account.

    A source that cannot be read is in the account with its error, and the others go on. Raises
    InputError when none can be read, StoreError when the account does not balance or the
    workspace cannot be written; the previous build then still answers.
    """
    started = datetime.now(UTC)
    with workspace.lock():
        previous = workspace.latest()
        build = workspace.begin()
        try:
            account = _fill(build, workspace, sources, base, engine, progress, previous, started)
        except BaseException:
            workspace.discard(build)
            raise
        workspace.switch(build, account)
    return account


def _fill(
    build: Build,
    workspace: Workspace,
    sources: Sequence[SourceSpec],
    base: str,
    engine: str,
    progress: Progress,
    previous: Build | None,
    started: datetime,
) -> dict[str, Any]:
    now = started.strftime("%Y-%m-%dT%H:%M:%SZ")
    store = EmbeddedStore(build.store, base=base)
    quarantine = EmbeddedStore(build.quarantine, base=base)
    register = Register(build.register, create=True)
    words = vocabulary.load()
    try:
        parts = _load_parts(
            workspace, sources, base, engine, progress, store, quarantine, register, now
        )
        register.inherit(previous.register if previous else None, now)
        progress("vocabulary", 0.0)
        store.load(vocabulary.graphs(base))
        store.load([museums.graph(base, register.museums()), derive.closure(words, base)])
        store.load([derive.relations(store)])
        progress("reconcile", 0.0)
        store.load([reconciliation(store, words)])
        store.load([derive.sets(store, words)])
        progress("link", 0.0)
        links = {}
        for rule, count, nquads in link.find(store, link.read_reviews(workspace.reviews)):
            links[rule] = count
            store.load([nquads])
        store.load([provenance.graph(base, parts, started)])
        return _account(parts, links, store, now, base)
    finally:
        register.close()
        store.close()
        quarantine.close()


def _load_parts(
    workspace: Workspace,
    sources: Sequence[SourceSpec],
    base: str,
    engine: str,
    progress: Progress,
    store: EmbeddedStore,
    quarantine: EmbeddedStore,
    register: Register,
    now: str,
) -> list[tuple[Part, bool]]:
    """Load each part as soon as it is made; the next ones are made meanwhile."""
    parts: list[tuple[Part, bool]] = []
    seen: set[str] = set()
    made = _made(workspace, sources, base, engine)
    for done, (spec, folder, part, fresh) in enumerate(made, start=1):
        if part.error is None:
            doubles = _enter(register, spec, folder, part, seen, now)
            store.load(_chunks(folder / "records.nq", doubles))
            quarantine.load(_chunks(folder / "quarantine.nq"))
            quarantine.load(_doubled(folder / "records.nq", doubles, f"{base}graph/", spec.id))
        register.add_source(**_source_facts(spec, part))
        parts.append((part, fresh))
        progress("read", done / len(sources))
    if all(part.error for part, _ in parts):
        raise InputError("; ".join(part.error or "" for part, _ in parts) or "no source was given")
    return parts


def _made(
    workspace: Workspace, sources: Sequence[SourceSpec], base: str, engine: str
) -> Iterator[tuple[SourceSpec, Path, Part, bool]]:
    """Every source with its part, and whether it was made now or kept from before."""
    tasks: list[tuple[SourceSpec, Task | Part]] = []
    for spec in sources:
        try:
            folder = workspace.parts / partition.key(spec, base, engine)
            tasks.append((spec, Task(spec, folder, base, engine)))
        except InputError as error:
            failed = Part(spec.id, spec.file.name, "", error=str(error))
            tasks.append((spec, failed))
    missing = [t for _, t in tasks if isinstance(t, Task) and not (t.folder / "part.json").exists()]
    with _workers(len(missing)) as run:
        results = {id(task): run(task) for task in missing}
        for spec, task in tasks:
            if isinstance(task, Part):
                yield spec, Path(), task, True
            elif id(task) in results:
                yield spec, task.folder, results[id(task)](), True
            else:
                yield spec, task.folder, partition.process(task), False


@contextmanager
def _workers(tasks: int) -> Iterator[Callable[[Task], Callable[[], Part]]]:
    """A way to have tasks done: by processes of their own when there are several."""
    if tasks <= 1:
        yield lambda task: lambda: partition.process(task)
        return
    workers = min(tasks, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            yield lambda task: pool.submit(partition.process, task).result
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _enter(
    register: Register, spec: SourceSpec, folder: Path, part: Part, seen: set[str], now: str
) -> set[str]:
    """Write a part into the register; returns the records that an earlier source already had."""
    doubles: dict[str, RecordEntry] = {}
    records: dict[str, RecordEntry] = {}
    for values in _json_lines(folder / "records.jsonl"):
        entry = RecordEntry(*values)
        (doubles if entry.path in seen else records).setdefault(entry.path, entry)
    seen.update(records)
    register.add_records(spec.id, records.values(), now)
    register.add_rows(spec.id, _rows(folder, part, set(doubles)))
    found = [FindingEntry(*values) for values in _json_lines(folder / "findings.jsonl")]
    register.add_findings(spec.id, found + partition.duplicates(doubles.values()))
    return set(doubles)


def _rows(folder: Path, part: Part, doubles: set[str]) -> Iterator[RowEntry]:
    for values in _json_lines(folder / "rows.jsonl"):
        entry = RowEntry(*values)
        if entry.record in doubles and entry.status == "loaded":
            part.loaded -= 1
            part.quarantined += 1
            reason = "another source already holds a record with this identifier"
            entry = RowEntry(
                entry.number, entry.line, "quarantined", entry.record, entry.cells, reason
            )
        yield entry


def _json_lines(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def _chunks(path: Path, without: Iterable[str] = ()) -> Iterator[bytes]:
    """The N-Quads of a file in chunks of whole lines, without those of some records."""
    left_out = tuple(without)
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            chunk += handle.readline()
            if left_out:
                lines = chunk.splitlines(True)
                chunk = b"".join(line for line in lines if not _belongs(line, left_out))
            yield chunk


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


def _source_facts(spec: SourceSpec, part: Part) -> dict[str, Any]:
    names = ("file", "crosswalk", "format", "encoding", "sha256", "coverage", "error", *COUNTS)
    facts = {name: getattr(part, name) for name in names}
    return {"id": spec.id, "museum": spec.museum, "title": spec.title,
            "licence": spec.licence, **facts}  # fmt: skip


def _account(
    parts: list[tuple[Part, bool]], links: dict[str, int], store: EmbeddedStore, now: str, base: str
) -> dict[str, Any]:
    """The account of the build. Raises StoreError when it does not balance."""
    for part, _ in parts:
        if part.read != part.loaded + part.quarantined + part.refused:
            raise StoreError(
                f"the account of {part.source} does not balance: {part.read} rows read, "
                f"{part.loaded} loaded, {part.quarantined} quarantined, {part.refused} refused"
            )
    return {
        "date": now,
        "base": base,
        "sources": [{**asdict(part), "mapped": fresh} for part, fresh in parts],
        "total": {name: sum(getattr(part, name) for part, _ in parts) for name in COUNTS},
        "links": links,
        "triples": sum(store.graphs().values()),
    }
