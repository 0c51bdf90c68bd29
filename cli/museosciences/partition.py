"""One source -> the files of a part: read, crosswalk, map, validate.

A part is a folder of its own that depends only on the bytes of the file, the crosswalk, the
mappings and the shapes; it is kept and used again as long as none of them changes::

    00001/ 00002/ …                    chunks of records:
        records.nq quarantine.nq           N-Quads of the valid records, and of the others
        rows.jsonl records.jsonl findings.jsonl    what goes to the register
        sample.jsonl                       some records as they were judged, for other engines
        chunk.json                         its account; its presence says that the chunk is whole
    part.json                          the account; its presence says that the part is whole

A source is cut into chunks by counting its records, and nothing else decides what is in them.
Every worker reads the whole source, which costs about one hundredth of the work, skips the chunks
of the others and makes its own (every n-th): so that any format can be cut, quoted lines and
positions stay right, and the files are the same whoever makes them. Chunks that are there already
are not made again: a worker that was killed is replaced by one that goes on.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from itertools import chain, count, islice
from pathlib import Path
from typing import IO

from museosciences import __version__, iris, knowledge
from museosciences.account import Chunk, Part
from museosciences.crosswalk import Group
from museosciences.entry import finding_entry, record_entry
from museosciences.errors import InputError, MuseoError, Place, Said, StoreError, cause_of
from museosciences.examine import Examination, Judged, SourceSpec, encoded
from museosciences.read import RefusedRow
from museosciences.register import FindingEntry, RecordEntry, RowEntry
from museosciences.storage import Folder, fetched
from museosciences.validate.agreement import Judgement
from museosciences.validate.quality import Profile
from museosciences.validate.results import as_triples

# Some 650,000 triples: enough for a bulk load, and for two cores to share a middling inventory.
RECORDS_IN_CHUNK = 10_000
ACCOUNT = "chunk.json"
WHOLE = "part.json"
SAMPLE = "sample.jsonl"
FILES = ("records.nq", "quarantine.nq", "rows.jsonl", "records.jsonl", "findings.jsonl")


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker does: every ``of``-th chunk of a source, from number ``first`` on.

    ``file`` is the path or URL of the source, ``folder`` that of its part, ``knowledge`` the
    digest of what the worker must know, ``records`` the size of a chunk. A task may run twice.
    """

    spec: SourceSpec
    file: str
    folder: str
    base: str
    engine: str
    knowledge: str
    records: int = RECORDS_IN_CHUNK
    first: int = 1
    of: int = 1

    def stripes(self, number: int) -> list[Task]:
        """The same work cut for a number of workers."""
        return [replace(self, first=first, of=number) for first in range(1, number + 1)]


@dataclass(slots=True)
class Stripe:
    """What a worker knows of the source when its task is done; of every worker the same."""

    chunks: int = 0
    format: str = ""
    encoding: str | None = None
    crosswalk: str = ""
    museum: str | None = None
    notes: list[str] = field(default_factory=list)
    error: str | None = None


def key(spec: SourceSpec, base: str, engine: str) -> str:
    """The identifier of the part that a source becomes. Raises InputError without the file."""
    choice = [str(x) for x in (spec.id, spec.museum, spec.crosswalk, spec.encoding, base, engine)]
    return iris.digest(__version__, knowledge_digest(), file_digest(spec.file), *choice)


def file_digest(path: Path) -> str:
    """The SHA-256 of a file. Raises InputError when it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            Said(
                f"le fichier ne peut être lu : {cause_of(error).fr}",
                f"the file cannot be read: {cause_of(error)}",
            ),
            remedy=Said(f"vérifier le chemin {path}", f"check the path {path}"),
        ) from error


@cache
def knowledge_digest() -> str:
    """The digest of all that decides what a source becomes: crosswalks, mappings, shapes, code."""
    found = hashlib.blake2b(digest_size=16)
    folders = ("mappings", "shapes", "ontology/schemes")
    for path in (p for folder in folders for p in knowledge.files(folder)):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def process(task: Task) -> Stripe:
    """Make the chunks of a task that are not there yet.

    A source that cannot be read at all gives a stripe with its ``error``. Raises StoreError when
    this machine has another museosciences than the one that gave the task.
    """
    if task.knowledge != knowledge_digest():
        raise StoreError(
            "a worker has another version of museosciences, or other mappings or shapes",
            remedy="install the same on every worker, and start them again",
        )
    try:
        with fetched(task.file) as file:
            spec = replace(task.spec, file=file)
            return _chunks(task, Examination(spec, task.base, task.engine))
    except InputError as error:
        return Stripe(error=error.said().stored())


def _why(reason: MuseoError) -> str:
    """Why a row made no record, in both languages; its place is in the columns beside."""
    place = reason.place or Place()
    where = Place(column=place.column, value=place.value)
    return type(reason)(reason.cause, place=where, remedy=reason.remedy).said().stored()


def _chunks(task: Task, examination: Examination) -> Stripe:
    groups = examination.source.groups()
    for number in count(1):
        chunk = islice(groups, task.records)
        begun = next(chunk, None)
        if begun is None:
            break
        folder = chunk_folder(task.folder, number)
        if (number - task.first) % task.of == 0 and not folder.has(ACCOUNT):
            _Writer(task, folder, examination.again()).run(chain((begun,), chunk))
        for _ in chunk:  # that of another worker: read, and nothing more
            pass
    source = examination.source
    return Stripe(
        number - 1,
        source.format,
        source.encoding,
        source.crosswalk.name,
        examination.spec.museum,
        source.notes,
    )


def chunk_folder(part: str, number: int) -> Folder:
    """The folder of a chunk, numbered from 1."""
    return Folder(part) / f"{number:05d}"


def part_of(folder: str) -> Part | None:
    """The account of a part that is whole, or None."""
    place = Folder(folder)
    if not place.has(WHOLE):
        return None
    with place.read(WHOLE) as handle:
        return Part(**json.load(handle))


def gathered(spec: SourceSpec, sha256: str, folder: str, stripes: list[Stripe]) -> Part:
    """The part that all its stripes make together, written down when it is whole.

    Where one failed, the part has its error.
    """
    part = Part(spec.id, spec.file.name, sha256)
    part.error = next((stripe.error for stripe in stripes if stripe.error), None)
    if part.error is not None:
        return part
    one = stripes[0]
    part.chunks, part.format, part.encoding = one.chunks, one.format, one.encoding
    part.crosswalk, part.museum, part.notes = one.crosswalk, one.museum, one.notes
    part.add(accounts(folder, one.chunks))
    for number in range(1, one.chunks + 1):
        chunk_folder(folder, number).sweep()
    Folder(folder).write(WHOLE, encoded(json.dumps(asdict(part), ensure_ascii=False)))
    return part


def accounts(folder: str, chunks: int) -> Iterator[Chunk]:
    """The accounts of the first chunks of a part."""
    for number in range(1, chunks + 1):
        with chunk_folder(folder, number).read(ACCOUNT) as handle:
            yield Chunk(**json.load(handle))


def sample(folder: str, part: Part) -> Iterator[Judgement]:
    """The sample of a part."""
    for number in range(1, part.chunks + 1):
        with chunk_folder(folder, number).read(SAMPLE) as handle:
            for line in handle:
                yield Judgement.from_json(line.decode())


class _Writer:
    """Writes the files of one chunk."""

    def __init__(self, task: Task, folder: Folder, examination: Examination) -> None:
        self._folder = folder
        self._examination = examination
        self._graph = f" <{task.base}graph/source/{task.spec.id}> .\n".encode()
        self._quarantine = f" <{task.base}graph/quarantine/{task.spec.id}> .\n".encode()
        self._described: set[str] = set()
        self._quality: dict[str, Profile] = {}
        self._rows: Counter[str] = Counter()
        self._chunk = Chunk()

    def run(self, groups: Iterator[Group]) -> None:
        with ExitStack() as stack:
            self._files = {f: stack.enter_context(self._folder.written(f)) for f in FILES}
            for entry in self._examination.judged(groups):
                if isinstance(entry, RefusedRow):
                    cells = json.dumps(entry.cells or {"": entry.raw}, ensure_ascii=False)
                    self._row(entry.number, entry.line, cells, "refused", None, _why(entry.reason))
                else:
                    self._keep(entry)
        self._account()

    def _keep(self, judged: Judged) -> None:
        record, triples = judged.record, judged.triples
        status = "quarantined" if judged.quarantined else "loaded"
        if judged.quarantined:
            own = triples + as_triples(judged.findings)
            self._files["quarantine.nq"].write(own.replace(b" .\n", self._quarantine))
        else:
            self._files["records.nq"].write(triples.replace(b" .\n", self._graph))
            self._chunk.triples += triples.count(b" .\n")
            self._describe(judged)
        self._chunk.records += 1
        self._quality.setdefault(record["museum"], Profile()).add(record, judged.findings)
        for row in judged.rows:
            cells = json.dumps(row.cells, ensure_ascii=False)
            self._row(row.number, row.line, cells, status, record["id"], None)
        _write(self._files["records.jsonl"], record_entry(record, status, triples))
        for finding in judged.findings:
            _write(self._files["findings.jsonl"], finding_entry(finding, record))

    def _describe(self, judged: Judged) -> None:
        """Write what a record mentions, unless a record before it did."""
        mappings = self._examination.mappings
        for kind, name, document in judged.mentions:
            key = f"{kind}/{name}"
            if key not in self._described:
                self._described.add(key)
                triples = judged.described.get(key) or mappings.mentioned(kind, document)
                self._files["records.nq"].write(triples.replace(b" .\n", self._graph))

    def _row(
        self,
        number: int,
        line: int | None,
        cells: str,
        status: str,
        record: str | None,
        reason: str | None,
    ) -> None:
        self._rows[status] += 1
        _write(self._files["rows.jsonl"], RowEntry(number, line, status, record, cells, reason))

    def _account(self) -> None:
        """Write the sample and the account, which comes last: the chunk is then whole."""
        chunk, examined = self._chunk, self._examination
        chunk.read = sum(self._rows.values())
        chunk.loaded = self._rows["loaded"]
        chunk.quarantined = self._rows["quarantined"]
        chunk.refused = self._rows["refused"]
        chunk.cells, chunk.took = examined.source.cells
        chunk.left = dict(sorted(examined.source.left.items()))
        chunk.mended, chunk.problems = examined.source.mended, examined.mappings.problems()
        chunk.quality = {museum: found.as_dict() for museum, found in self._quality.items()}
        sample = sorted(f"{judged.as_json()}\n" for judged in examined.sample)
        self._folder.write(SAMPLE, encoded("".join(sample)))
        self._folder.write(ACCOUNT, encoded(json.dumps(asdict(chunk), ensure_ascii=False)))


def _write(handle: IO[bytes], entry: RowEntry | RecordEntry | FindingEntry) -> None:
    handle.write(encoded(json.dumps(entry, ensure_ascii=False) + "\n"))
