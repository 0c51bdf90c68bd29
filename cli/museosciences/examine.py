"""One source, judged: read, crosswalk, map, validate. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from museosciences import crosswalk, knowledge, mention, rml, validate
from museosciences.read import RefusedRow, SourceRow
from museosciences.record import InventoryRecord
from museosciences.validate.feedback import Feedback, Row
from museosciences.validate.feedback import compile as compile_feedback

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
class Judged:
    """A record with the rows that made it, its N-Triples and the findings on it."""

    record: InventoryRecord
    rows: list[SourceRow]
    triples: bytes
    findings: list[validate.Finding]

    @property
    def quarantined(self) -> bool:
        """Has it a violation?"""
        return any(finding.severity == "Violation" for finding in self.findings)


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

    def problems(self) -> list[str]:
        """The values that could not become RDF terms, with their place; the first of many."""
        return [str(problem) for one in self._all.values() for problem in one.problems.first]

    def mentioned(self, kind: mention.MentionType, document: mention.Document) -> bytes:
        """The N-Triples of a term, an agent or a place."""
        lines: list[str] = []
        self._all[kind].document(document, lines)
        return "".join(lines).encode()


class Examination:
    """The records and refused rows of a source, in batches, each with its findings.

    ``source`` is the opened file; its coverage and notes grow while iterating. Raises InputError
    when the file cannot be opened or no crosswalk fits.
    """

    def __init__(self, spec: SourceSpec, base: str, engine: str) -> None:
        self.spec = spec
        self.source = crosswalk.open(spec.file, crosswalk=spec.crosswalk, encoding=spec.encoding)
        self.mappings = Mappings(base)
        self.shapes = validate.load()
        self._base = base
        self._engine = validate.engine(engine)
        self._seen: set[str] = set()

    def __iter__(self) -> Iterator[Judged | RefusedRow]:
        waiting: list[tuple[InventoryRecord, list[SourceRow]]] = []
        for entry in self.source.records(museum=self.spec.museum, source=self.spec.id):
            if isinstance(entry, RefusedRow):
                yield entry
                continue
            waiting.append(entry)
            if len(waiting) >= BATCH:
                yield from self._judge(waiting)
                waiting = []
        yield from self._judge(waiting)

    def _judge(self, batch: list[tuple[InventoryRecord, list[SourceRow]]]) -> Iterator[Judged]:
        """Validate a batch, without the records whose identifier is taken: those are findings."""
        mapped: list[tuple[str, bytes]] = []
        taken: list[bool] = []
        for record, _ in batch:
            iri = self._base + record["id"]
            taken.append(iri in self._seen)
            self._seen.add(iri)
            mapped.append((iri, self.mappings.record(record)))
        fresh = [pair for pair, again in zip(mapped, taken, strict=True) if not again]
        findings = validate.by_record(validate.batch(self._engine, self.shapes, fresh))
        for (record, rows), (iri, triples), again in zip(batch, mapped, taken, strict=True):
            own = findings.get(iri, [])
            if again:
                own = [validate.duplicate(iri, record["inventory_number"])]
            yield Judged(record, rows, triples, own)


def feedback(spec: SourceSpec, base: str, engine: str, lang: str) -> tuple[Feedback, Examination]:
    """What a museum is told of its file, and the examination that found it."""
    examination = Examination(spec, base, engine)
    rows: list[Row] = []
    findings: list[validate.Finding] = []
    fields: dict[str, list[str]] = {}
    for entry in examination:
        if isinstance(entry, RefusedRow):
            cells = entry.cells or {"": entry.raw}
            rows.append(Row(entry.number, entry.line, cells, refused=str(entry.reason)))
            continue
        findings += entry.findings
        columns = entry.record["columns"]
        for name, found in columns.items():
            fields.setdefault(name, found)
        for row in entry.rows:
            iri = base + entry.record["id"]
            number = entry.record["inventory_number"]
            rows.append(Row(row.number, row.line, row.cells, iri, number, columns))
    rows.sort(key=lambda row: row.number)
    told = compile_feedback(findings, rows, examination.shapes, fields=fields, lang=lang)
    return told, examination
