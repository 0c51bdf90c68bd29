"""One source -> the files of a part: read, crosswalk, map, validate.

A part is a folder of its own that depends only on the bytes of the file, the crosswalk, the
mappings and the shapes; it is kept and used again as long as none of them changes::

    00001/ 00002/ …                    chunks of records, each there only when it is whole:
        records.nq quarantine.nq           N-Quads of the valid records, and of the others
        rows.jsonl records.jsonl findings.jsonl    what goes to the register
    sample.jsonl                       some records as they were judged, for other engines
    part.json                          the account; its presence says that the part is whole
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import IO, Any

from museosciences import __version__, iris, knowledge, validate
from museosciences.errors import InputError
from museosciences.examine import Examination, Judged, SourceSpec, encoded
from museosciences.read import RefusedRow
from museosciences.record import InventoryRecord
from museosciences.register import FindingEntry, RecordEntry, RowEntry
from museosciences.validate.agreement import Judgement
from museosciences.validate.quality import Profile
from museosciences.validate.results import as_triples
from museosciences.values.dates import shown
from museosciences.workspace import write_whole

CHUNK = "{:05d}"
# About a million triples, which is what a bulk load digests best.
RECORDS_IN_CHUNK = 20_000
COUNTS = ("read", "loaded", "quarantined", "refused")
SAMPLE = "sample.jsonl"
FILES = ("records.nq", "quarantine.nq", "rows.jsonl", "records.jsonl", "findings.jsonl")


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker does: a source, into a folder, under a base IRI, judged by an engine."""

    spec: SourceSpec
    folder: Path
    base: str
    engine: str


@dataclass(slots=True)
class Part:
    """The account of a part. ``read`` = ``loaded`` + ``quarantined`` + ``refused``, in rows.

    ``quality`` is the quality profile of its records by museum, as ``Profile.as_dict`` gives it.
    """

    source: str
    file: str
    sha256: str
    format: str = ""
    encoding: str | None = None
    crosswalk: str = ""
    museum: str | None = None
    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    refused: int = 0
    records: int = 0
    triples: int = 0
    coverage: float = 0.0
    unmapped: list[str] | None = None
    notes: list[str] | None = None
    quality: dict[str, dict[str, Any]] | None = None
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
            f"the file cannot be read: {error.strerror}", remedy=f"check the path {path}"
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


def process(task: Task) -> Part:
    """Make the part of a source, or read the account of one that is there already.

    A source that cannot be read at all gives a part with its ``error``; the others go on.
    """
    done = task.folder / "part.json"
    if done.exists():
        return Part(**json.loads(done.read_text(encoding="utf-8")))
    shutil.rmtree(task.folder, ignore_errors=True)
    part = Part(task.spec.id, task.spec.file.name, file_digest(task.spec.file))
    try:
        task.folder.mkdir(parents=True)
        _Writer(task, part).run()
        write_whole(done, json.dumps(asdict(part)))
    except InputError as error:
        part.error = str(error)
        shutil.rmtree(task.folder, ignore_errors=True)
    return part


def sample(folder: Path) -> Iterator[Judgement]:
    """The sample of a part."""
    with (folder / SAMPLE).open(encoding="utf-8") as handle:
        yield from map(Judgement.from_json, handle)


class _Writer:
    """Writes the files of one part."""

    def __init__(self, task: Task, part: Part) -> None:
        self._folder = task.folder
        self._part = part
        self._examination = Examination(task.spec, task.base, task.engine)
        self._graph = f" <{task.base}graph/source/{task.spec.id}> .\n".encode()
        self._quarantine = f" <{task.base}graph/quarantine/{task.spec.id}> .\n".encode()
        self._described: set[str] = set()
        self._quality: dict[str, Profile] = {}
        self._rows: Counter[str] = Counter()

    def run(self) -> None:
        entries = iter(self._examination)
        for number in count(1):
            chunk = list(islice(entries, RECORDS_IN_CHUNK))
            if not chunk:
                break
            self._write(chunk, CHUNK.format(number))
        self._account()

    def _write(self, entries: list[Judged | RefusedRow], name: str) -> None:
        """Write a chunk beside its place, and move it there when it is whole."""
        beside = self._folder / f".{name}"
        beside.mkdir()
        with ExitStack() as stack:
            self._files = {f: stack.enter_context((beside / f).open("wb")) for f in FILES}
            for entry in entries:
                if isinstance(entry, RefusedRow):
                    cells = json.dumps(entry.cells or {"": entry.raw}, ensure_ascii=False)
                    self._row(entry.number, entry.line, cells, "refused", None, str(entry.reason))
                else:
                    self._keep(entry)
        beside.rename(self._folder / name)

    def _keep(self, judged: Judged) -> None:
        record, triples = judged.record, judged.triples
        status = "quarantined" if judged.quarantined else "loaded"
        if judged.quarantined:
            own = triples + as_triples(judged.findings)
            self._files["quarantine.nq"].write(own.replace(b" .\n", self._quarantine))
        else:
            self._files["records.nq"].write(triples.replace(b" .\n", self._graph))
            self._part.triples += triples.count(b" .\n")
            self._describe(judged)
        self._part.records += 1
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
        part, source = self._part, self._examination.source
        part.read = sum(self._rows.values())
        part.loaded = self._rows["loaded"]
        part.quarantined = self._rows["quarantined"]
        part.refused = self._rows["refused"]
        part.format, part.encoding = source.format, source.encoding
        part.crosswalk = source.crosswalk.name
        part.museum = self._examination.spec.museum
        part.coverage = source.coverage
        part.unmapped = sorted(source.left)
        examined = self._examination
        part.notes = [*source.notes, *examined.mappings.problems()]
        part.quality = {museum: found.as_dict() for museum, found in self._quality.items()}
        sample = "".join(f"{judged.as_json()}\n" for judged in examined.sample)
        (self._folder / SAMPLE).write_text(sample, encoding="utf-8")


def record_entry(record: InventoryRecord, status: str, triples: bytes) -> RecordEntry:
    """What the register keeps of a record."""
    return RecordEntry(
        path=record["id"],
        number=record["source"]["row"],
        museum=record["museum"],
        inventory_number=record["inventory_number"],
        kind=record["kind"],
        label=record["label"],
        status=status,
        columns=json.dumps(record.get("columns", {}), ensure_ascii=False),
        digest=hashlib.blake2b(triples, digest_size=12).hexdigest(),
        caption=" · ".join(filter(None, _caption(record))),
        image=next(filter(_is_web, (i.get("url", "") for i in record.get("images", ()))), ""),
        words=" ".join(_words(record)),
    )


# Makers that a caption names; the notice names all.
_MAKERS_SHOWN = 2


def _caption(record: InventoryRecord) -> Iterator[str]:
    """What a list tells of a record below its label: who and when, or what and where."""
    if record["kind"] == "specimen":
        name = record.get("taxon", {}).get("scientific_name", "")
        if name != record["label"]:
            yield name
        where = record.get("occurrence", {}).get("place", {})
        yield where.get("name") or where.get("text") or ""
        return
    makers = record.get("makers", [])
    yield ", ".join(maker.get("name") or maker["text"] for maker in makers[:_MAKERS_SHOWN])
    yield shown(record.get("production", {}).get("date_text", ""))


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://")) and not set(address) & set(' "<>\\^`{|}')


def _words(record: InventoryRecord) -> Iterator[str]:
    """The words by which a record is found."""
    yield record["inventory_number"]
    for path in ("titles", "object_names", "subjects", "materials", "makers", "description"):
        for item in record.get(path, ()):  # type: ignore[attr-defined]
            yield item.get("term") or item.get("text") or ""
    taxon = record.get("taxon", {})
    yield taxon.get("scientific_name", "")
    for name in taxon.get("vernacular", ()):
        yield name["term"]


def finding_entry(finding: validate.Finding, record: InventoryRecord) -> FindingEntry:
    """What the register keeps of a finding."""
    return _entry(finding, record["source"]["row"], record["id"])


def duplicates(records: Iterable[RecordEntry]) -> list[FindingEntry]:
    """The findings on records whose identifier an earlier source already holds."""
    return [
        _entry(validate.duplicate(entry.path, entry.inventory_number), entry.number, entry.path)
        for entry in records
    ]


def _entry(finding: validate.Finding, number: int, record: str) -> FindingEntry:
    return FindingEntry(
        number=number,
        record=record,
        severity=finding.severity,
        shape=finding.shape,
        path=finding.path,
        field=finding.field,
        value=finding.value,
        message_fr=finding.text("fr"),
        message_en=finding.text("en"),
    )


def _write(handle: IO[bytes], entry: RowEntry | RecordEntry | FindingEntry) -> None:
    handle.write(encoded(json.dumps(entry, ensure_ascii=False) + "\n"))
