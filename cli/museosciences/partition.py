"""One source -> the files of a part: read, crosswalk, map, validate.

A part is a folder of its own that depends only on the bytes of the file, the crosswalk, the
mappings and the shapes; it is kept and used again as long as none of them changes::

    records.nq quarantine.nq           N-Quads of the valid records, and of the others
    rows.jsonl records.jsonl findings.jsonl    what goes to the register
    part.json                          the account of the part
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, cast

from museosciences import __version__, crosswalk, iris, knowledge, mention, rml, validate
from museosciences.errors import InputError
from museosciences.read import RefusedRow, SourceRow
from museosciences.record import InventoryRecord
from museosciences.register import FindingEntry, RecordEntry, RowEntry
from museosciences.validate.results import as_triples

# Records validated together: FACTS, "validate in batches of ~500 records".
BATCH = 500


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One file of one museum, as declared in sources.toml or on the command line."""

    id: str
    file: Path
    museum: str | None = None
    crosswalk: str | None = None
    encoding: str | None = None
    title: str = ""
    title_en: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker does: a source, into a folder, under a base IRI, judged by an engine."""

    spec: SourceSpec
    folder: Path
    base: str
    engine: str


@dataclass(slots=True)
class Part:
    """The account of a part. ``read`` = ``loaded`` + ``quarantined`` + ``refused``, in rows."""

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
    beside = task.folder.with_name(f".{task.folder.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    part = Part(task.spec.id, task.spec.file.name, file_digest(task.spec.file))
    try:
        with _Writer(task, beside, part) as writer:
            writer.run()
        (beside / "part.json").write_text(json.dumps(asdict(part)), encoding="utf-8")
        shutil.rmtree(task.folder, ignore_errors=True)
        beside.rename(task.folder)
    except InputError as error:
        part.error = str(error)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return part


class Mappings:
    """The compiled RML mappings of the house, applied to records and to what they mention."""

    def __init__(self, base: str) -> None:
        folder = knowledge.path("mappings/rdf")
        self._all = {
            path.name.removesuffix(".rml.ttl"): rml.compile(path, base=base)
            for path in sorted(folder.glob("*.rml.ttl"))
        }

    def record(self, record: InventoryRecord) -> bytes:
        """The N-Triples of a record: what all have in common, and what its kind adds."""
        lines: list[str] = []
        document = cast(dict[str, Any], record)
        self._all["record"].document(document, lines)
        self._all[record["kind"]].document(document, lines)
        return "".join(lines).encode()

    def mentioned(self, kind: mention.MentionType, document: mention.Document) -> bytes:
        """The N-Triples of a term, an agent or a place."""
        lines: list[str] = []
        self._all[kind].document(document, lines)
        return "".join(lines).encode()


class _Writer:
    """Writes the files of one part."""

    def __init__(self, task: Task, folder: Path, part: Part) -> None:
        self._task = task
        self._part = part
        self._source = crosswalk.open(
            task.spec.file, crosswalk=task.spec.crosswalk, encoding=task.spec.encoding
        )
        self._mappings = Mappings(task.base)
        self._engine = validate.engine(task.engine)
        self._shapes = validate.load()
        self._graph = f" <{task.base}graph/source/{task.spec.id}> .\n".encode()
        self._quarantine = f" <{task.base}graph/quarantine/{task.spec.id}> .\n".encode()
        self._files = {
            name: (folder / name).open("wb")
            for name in (
                "records.nq",
                "quarantine.nq",
                "rows.jsonl",
                "records.jsonl",
                "findings.jsonl",
            )
        }
        self._seen: set[str] = set()
        self._described: set[tuple[str, str]] = set()
        self._rows: Counter[str] = Counter()

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._files.values():
            handle.close()

    def run(self) -> None:
        waiting: list[tuple[InventoryRecord, list[SourceRow]]] = []
        for record, rows in self._records():
            waiting.append((record, rows))
            if len(waiting) >= BATCH:
                self._judge(waiting)
                waiting = []
        self._judge(waiting)
        self._account()

    def _records(self) -> Iterator[tuple[InventoryRecord, list[SourceRow]]]:
        """Each record with the rows that made it; rows that make none are refused on the way."""
        spec = self._task.spec
        for entry in self._source.records(museum=spec.museum, source=spec.id):
            if isinstance(entry, RefusedRow):
                cells = json.dumps(entry.cells or {"": entry.raw}, ensure_ascii=False)
                self._row(entry.number, entry.line, cells, "refused", None, str(entry.reason))
            else:
                yield entry

    def _judge(self, batch: list[tuple[InventoryRecord, list[SourceRow]]]) -> None:
        """Validate a batch, without the records whose identifier is taken: those are findings."""
        mapped: list[tuple[str, bytes]] = []
        taken: list[bool] = []
        for record, _ in batch:
            iri = self._task.base + record["id"]
            taken.append(iri in self._seen)
            self._seen.add(iri)
            mapped.append((iri, self._mappings.record(record)))
        fresh = [pair for pair, again in zip(mapped, taken, strict=True) if not again]
        findings = validate.by_record(validate.batch(self._engine, self._shapes, fresh))
        for (record, rows), (iri, triples), again in zip(batch, mapped, taken, strict=True):
            own = findings.get(iri, [])
            if again:
                own = [validate.duplicate(iri, record["inventory_number"])]
            self._keep(record, rows, triples, own)

    def _keep(
        self,
        record: InventoryRecord,
        rows: list[SourceRow],
        triples: bytes,
        findings: list[validate.Finding],
    ) -> None:
        bad = any(finding.severity == "Violation" for finding in findings)
        status = "quarantined" if bad else "loaded"
        if bad:
            own = triples + as_triples(findings)
            self._files["quarantine.nq"].write(own.replace(b" .\n", self._quarantine))
        else:
            self._files["records.nq"].write(triples.replace(b" .\n", self._graph))
            self._part.triples += triples.count(b" .\n")
            self._describe(record)
        self._part.records += 1
        for row in rows:
            cells = json.dumps(row.cells, ensure_ascii=False)
            self._row(row.number, row.line, cells, status, record["id"], None)
        _write(self._files["records.jsonl"], record_entry(record, status, triples))
        for finding in findings:
            _write(self._files["findings.jsonl"], finding_entry(finding, record))

    def _describe(self, record: InventoryRecord) -> None:
        for kind, name, document in mention.mentioned(record):
            if (kind, name) not in self._described:
                self._described.add((kind, name))
                triples = self._mappings.mentioned(kind, document)
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
        part, source = self._part, self._source
        part.read = sum(self._rows.values())
        part.loaded = self._rows["loaded"]
        part.quarantined = self._rows["quarantined"]
        part.refused = self._rows["refused"]
        part.format, part.encoding = source.format, source.encoding
        part.crosswalk = source.crosswalk.name
        part.museum = self._task.spec.museum
        part.coverage = source.coverage
        part.unmapped = sorted(source.left)
        part.notes = list(source.notes)


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
        words=" ".join(_words(record)),
    )


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
    handle.write(json.dumps(astuple(entry), ensure_ascii=False).encode() + b"\n")
