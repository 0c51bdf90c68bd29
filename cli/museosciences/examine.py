"""One source, judged: read, crosswalk, map, validate. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from museosciences import crosswalk, knowledge, mention, rml, validate
from museosciences.crosswalk.cells import Columns
from museosciences.errors import told
from museosciences.read import RefusedRow, SourceRow
from museosciences.record import InventoryRecord
from museosciences.validate.agreement import Judgement, Sample
from museosciences.validate.feedback import Feedback, Refusal, Row
from museosciences.validate.feedback import compile as compile_feedback
from museosciences.validate.workbook import read_as

# Records validated together: FACTS, "validate in batches of ~500 records".
BATCH = 500

Mention = tuple[mention.MentionType, str, mention.Document]


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
    """A record with the rows that made it, its N-Triples and the findings on it.

    ``mentions`` are the terms, persons and places it names; ``described`` holds the N-Triples of
    those persons and places that no record before it named: they were judged with it.
    """

    record: InventoryRecord
    rows: list[SourceRow]
    triples: bytes
    findings: list[validate.Finding]
    mentions: list[Mention]
    described: Mapping[str, bytes]

    @property
    def quarantined(self) -> bool:
        """Has it a violation?"""
        return any(finding.severity == "Violation" for finding in self.findings)


def encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which JSON can smuggle in, becomes a question mark."""
    return text.encode(errors="replace")


@cache
def _compiled(base: str) -> dict[str, rml.CompiledMapping]:
    """The mappings of the house, compiled once for all sources of a process."""
    paths = sorted(knowledge.path("mappings/rdf").glob("*.rml.ttl"))
    return {path.name.removesuffix(".rml.ttl"): rml.compile(path, base=base) for path in paths}


class Mappings:
    """The compiled RML mappings of the house, applied to records and to what they mention."""

    def __init__(self, base: str) -> None:
        self._all = {name: one.again() for name, one in _compiled(base).items()}

    def record(self, record: InventoryRecord) -> bytes:
        """The N-Triples of a record: what all have in common, and what its kind adds."""
        lines: list[str] = []
        document = cast(dict[str, Any], record)
        self._all["record"].document(document, lines)
        self._all[record["kind"]].document(document, lines)
        return encoded("".join(lines))

    def problems(self) -> list[str]:
        """The values that could not become RDF terms, with their place; the first of many."""
        return [str(problem) for one in self._all.values() for problem in one.problems.first]

    def mentioned(self, kind: mention.MentionType, document: mention.Document) -> bytes:
        """The N-Triples of a term, an agent or a place."""
        lines: list[str] = []
        self._all[kind].document(document, lines)
        return encoded("".join(lines))


class Examination:
    """The records and refused rows of a source, in batches, each with its findings.

    ``source`` is the opened file; its coverage and notes grow while iterating. A feedback file
    that a museum has mended is read as the file it is about was read. Raises InputError when the
    file cannot be opened or no crosswalk fits.

    A part of a file is examined by an examination of its own (``again``), so that what is found
    depends on these rows alone, whoever examines the others.
    """

    def __init__(self, spec: SourceSpec, base: str, engine: str) -> None:
        before = read_as(spec.file)
        self.spec = spec = replace(
            spec,
            crosswalk=spec.crosswalk or before.get("crosswalk"),
            museum=spec.museum or before.get("museum"),
        )
        self.source = crosswalk.open(spec.file, crosswalk=spec.crosswalk, encoding=spec.encoding)
        self.shapes = validate.load()
        self._base = base
        self._engine = validate.engine(engine)
        self._begin()

    def _begin(self) -> None:
        self.mappings = Mappings(self._base)
        # The row of the first record with each identifier.
        self._seen: dict[str, int] = {}
        self._mentioned: set[str] = set()
        self._sample = Sample()

    def again(self) -> Examination:
        """The same file, of which nothing was examined."""
        other = copy(self)
        other.source = self.source.again()
        other._begin()
        return other

    def __iter__(self) -> Iterator[Judged | RefusedRow]:
        return self.judged(self.source.groups())

    def judged(self, groups: Iterable[crosswalk.Group]) -> Iterator[Judged | RefusedRow]:
        """The records of some groups of rows, and the rows that make none."""
        waiting: list[tuple[InventoryRecord, list[SourceRow]]] = []
        for group in groups:
            for made in self.source.made(group, museum=self.spec.museum, source=self.spec.id):
                if isinstance(made, RefusedRow):
                    yield made
                else:
                    waiting.append(made)
            if len(waiting) >= BATCH:
                yield from self._judge(waiting)
                waiting = []
        yield from self._judge(waiting)

    @property
    def sample(self) -> list[Judgement]:
        """Some of the records, as they were judged: what other engines may judge again."""
        return self._sample.kept

    def _judge(self, batch: list[tuple[InventoryRecord, list[SourceRow]]]) -> Iterator[Judged]:
        """Validate a batch, without the records whose identifier is taken: those are findings."""
        mapped: list[tuple[str, bytes]] = []
        taken: list[int | None] = []
        for record, _ in batch:
            iri = self._base + record["id"]
            taken.append(self._seen.get(iri))
            self._seen.setdefault(iri, record["source"]["row"])
            mapped.append((iri, self.mappings.record(record)))
        fresh = [pair for pair, first in zip(mapped, taken, strict=True) if first is None]
        findings = validate.by_record(validate.batch(self._engine, self.shapes, fresh))
        mentions = [list(mention.mentioned(record)) for record, _ in batch]
        described = [
            self._describe(found) if first is None else {}
            for found, first in zip(mentions, taken, strict=True)
        ]
        on_mentions = self._judge_mentions(described)
        for position, (record, rows) in enumerate(batch):
            iri, triples = mapped[position]
            if (first := taken[position]) is not None:
                own = [validate.duplicate(iri, record["inventory_number"], first)]
            else:
                own = findings.get(iri, [])
                self._sample.add(iri, triples, own)
            own = own + [_told(f, record, iri) for f in on_mentions.get(position, ())]
            yield Judged(record, rows, triples, own, mentions[position], described[position])

    def _describe(self, mentions: list[Mention]) -> dict[str, bytes]:
        """The N-Triples of the persons and places that are named here for the first time.

        No shape speaks of a term: a taxon's classification is judged on the specimen itself.
        """
        described: dict[str, bytes] = {}
        for kind, name, document in mentions:
            key = f"{kind}/{name}"
            if kind != "term" and key not in self._mentioned:
                self._mentioned.add(key)
                described[key] = self.mappings.mentioned(kind, document)
        return described

    def _judge_mentions(
        self, described: list[dict[str, bytes]]
    ) -> dict[int, list[validate.Finding]]:
        """The findings on persons and places, by the position of the record that names them."""
        named: dict[str, int] = {}
        data: list[tuple[str, bytes]] = []
        for position, found in enumerate(described):
            for triples in filter(None, found.values()):
                iri = triples[1 : triples.index(b">")].decode().partition("#")[0]
                named[iri] = position
                data.append((iri, triples))
        by_position: dict[int, list[validate.Finding]] = {}
        for finding in validate.batch(self._engine, self.shapes, data):
            by_position.setdefault(named[finding.record], []).append(finding)
        return by_position


def _told(finding: validate.Finding, record: InventoryRecord, iri: str) -> validate.Finding:
    """A finding on a person or a place, told of the record and of the field that names it.

    It is described once for many records, so that it sends none of them to quarantine.
    """
    severity: validate.Severity = "Warning" if finding.severity == "Violation" else finding.severity
    key = finding.focus.rpartition("/")[2]
    field = mention.field_of(record, key) or finding.field
    return replace(finding, mentioned_by=iri, severity=severity, field=field)


def feedback(spec: SourceSpec, base: str, engine: str, lang: str) -> tuple[Feedback, Examination]:
    """What a museum is told of its file, and the examination that found it."""
    examination = Examination(spec, base, engine)
    rows: list[Row] = []
    findings: list[validate.Finding] = []
    names: dict[str, None] = {}
    for entry in examination:
        if isinstance(entry, RefusedRow):
            cells = entry.cells or {"": entry.raw}
            names |= dict.fromkeys(entry.cells or ())
            rows.append(Row(entry.number, entry.line, cells, refused=refusal(entry, lang)))
            continue
        findings += entry.findings
        for row in entry.rows:
            iri = base + entry.record["id"]
            number, columns = entry.record["inventory_number"], entry.record["columns"]
            names |= dict.fromkeys(row.cells)
            rows.append(Row(row.number, row.line, row.cells, iri, number, columns))
    rows.sort(key=lambda row: row.number)
    fields = _fields(examination.source.crosswalk, names)
    told = compile_feedback(findings, rows, examination.shapes, fields=fields, lang=lang)
    how = {"crosswalk": examination.source.crosswalk.name, "museum": examination.spec.museum or ""}
    return replace(told, read_as={key: value for key, value in how.items() if value}), examination


def refusal(entry: RefusedRow, lang: str) -> Refusal:
    """Why a row made no record, in one language, and the column that decides it."""
    place = entry.reason.place
    column = place.column if place is not None else None
    parts = [told(text, lang) for text in (entry.reason.cause, entry.reason.remedy) if text]
    text = (" : " if lang == "fr" else ": ").join(parts)
    columns = (column,) if column and column in (entry.cells or ()) else ()
    return Refusal(text[:1].upper() + text[1:] + ".", columns)


def _fields(chosen: crosswalk.Crosswalk, names: Iterable[str]) -> dict[str, list[str]]:
    """The columns of a file in which the crosswalk would read each field."""
    present = Columns(names)
    fields: dict[str, list[str]] = {}
    for spec in chosen.definition.fields:
        found = fields.setdefault(spec.target.partition(".")[0], [])
        found += [c for wanted in spec.columns for c in present.find(wanted) if c not in found]
    fields["inventory_number"] = list(present.find_all(chosen.definition.identity))
    return fields
