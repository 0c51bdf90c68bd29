"""A file with its crosswalk: what the build reads, and what ``museo detect`` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from museosciences import read
from museosciences.crosswalk.compile import Columns, Reader
from museosciences.crosswalk.definition import Definition, names
from museosciences.crosswalk.model import Crosswalk, load
from museosciences.errors import CrosswalkError, MuseoError, Place
from museosciences.read import RefusedRow, SourceRow
from museosciences.record import InventoryRecord

# Below this share of recognised columns a crosswalk is not proposed.
LEAST_CONFIDENCE = 0.5
Mapped = tuple[SourceRow, InventoryRecord]


@dataclass(slots=True)
class Coverage:
    """The share of non-empty cells that a field of the record takes."""

    filled: int = 0
    taken: int = 0
    left: Counter[str] = field(default_factory=Counter)

    def add(self, row: SourceRow, record: InventoryRecord, reader: Reader) -> None:
        """Count the cells of one row."""
        used = {column for columns in record["columns"].values() for column in columns}
        for column, cell in row.cells.items():
            if any(reader.texts(cell)):
                self.filled += 1
                if column in used:
                    self.taken += 1
                else:
                    self.left[column] += 1

    @property
    def share(self) -> float:
        """From 0 to 1; 1 when nothing was there to be taken."""
        return self.taken / self.filled if self.filled else 1.0


class Source:
    """One file of one museum with its crosswalk: iterate it for rows, or ``records`` for both.

    ``confidence`` is from 0 to 1: the share of the columns that the crosswalk knows, or 1 when
    it was named. ``coverage`` and ``notes`` grow while reading.
    """

    def __init__(self, opened: read.Source, crosswalk: Crosswalk | None, confidence: float):
        self._opened = opened
        self.path: Path = opened.path
        self.format = opened.format
        self.encoding = opened.encoding
        self.delimiter = opened.delimiter
        self.columns = opened.columns
        self.notes = opened.notes
        self.crosswalk = crosswalk
        self.confidence = confidence
        self.coverage = Coverage()

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        return iter(self._opened)

    def records(self, *, museum: str | None, source: str) -> Iterator[Mapped | RefusedRow]:
        """Each row with its record, or refused: rows read = pairs + refused rows.

        Raises CrosswalkError when the file has no crosswalk.
        """
        crosswalk = self.required()
        reader = Reader(crosswalk.definition.nulls)
        self.coverage = Coverage()
        for row in self._opened:
            if isinstance(row, RefusedRow):
                yield row
                continue
            try:
                record = crosswalk.record(row, museum=museum, source=source, file=self.path.name)
            except MuseoError as error:
                yield refusal(row, error, self.path.name)
                continue
            self.coverage.add(row, record, reader)
            yield row, record

    def required(self) -> Crosswalk:
        """The crosswalk. Raises CrosswalkError when none fits."""
        if self.crosswalk is None:
            raise CrosswalkError(
                "aucune concordance ne convient à ces colonnes / no crosswalk fits these columns",
                place=Place(file=self.path.name, value=", ".join(self.columns[:8])),
                remedy=f"museo crosswalk {self.path.name} en propose une / drafts one",
            )
        return self.crosswalk


def refusal(row: SourceRow, error: MuseoError, file: str) -> RefusedRow:
    """A row that was read but makes no record."""
    where = error.place or Place()
    place = Place(file=file, row=row.number, line=row.line, column=where.column, value=where.value)
    reason = type(error)(error.cause, place=place, remedy=error.remedy)
    raw = " | ".join(text if isinstance(text, str) else "; ".join(text)
                     for text in row.cells.values() if text)  # fmt: skip
    return RefusedRow(row.number, row.line, reason, raw[:2_000])


def open(
    path: str | Path,
    *,
    crosswalk: str | None = None,
    encoding: str | None = None,
) -> Source:
    """Open a file with the crosswalk named, or with the one that fits its columns best.

    Raises UnreadableFile, UnknownFormat, or CrosswalkError when the crosswalk named is unknown
    or requires columns that the file does not have.
    """
    chosen = load(crosswalk) if crosswalk is not None else None
    told = chosen.definition if chosen else None
    opened = read.open(
        path,
        encoding=encoding or (told.encoding if told else None),
        record=told.record if told else None,
    )
    if chosen is None:
        found, confidence = recognise(opened.format, opened.columns)
        return Source(opened, found, confidence)
    if absent := chosen.missing(opened.columns):
        raise CrosswalkError(
            f"colonne absente : « {absent[0]} » / missing column: {absent[0]!r}",
            place=Place(file=Path(path).name, column=absent[0]),
            remedy=f"colonnes du fichier / columns of the file: {', '.join(opened.columns[:40])}",
        )
    return Source(opened, chosen, 1.0)


def recognise(format: str, columns: list[str]) -> tuple[Crosswalk | None, float]:
    """The crosswalk that fits best, and how well: share of the columns that it knows."""
    best: Crosswalk | None = None
    best_score = (0.0, 0.0)
    for name in names():
        candidate = load(name)
        score = fit(candidate.definition, format, columns)
        if score > best_score:
            best, best_score = candidate, score
    if best_score[0] < LEAST_CONFIDENCE:
        return None, best_score[0]
    return best, round(best_score[0], 2)


def fit(definition: Definition, format: str, columns: list[str]) -> tuple[float, float]:
    """Share of the file's columns that a crosswalk knows, then share of its own found here."""
    if (definition.formats and format not in definition.formats) or not columns:
        return (0.0, 0.0)
    present = Columns(columns)
    if any(not present.find(wanted) for wanted in definition.required):
        return (0.0, 0.0)
    named = definition.named_columns()
    known = {name for wanted in named for name in present.find(wanted)}
    own = sum(1 for wanted in named if present.find(wanted))
    return (len(known) / len(columns), own / max(len(named), 1))
