"""A file with its crosswalk: what the build reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import copy
from itertools import chain, islice
from pathlib import Path

from museosciences import read
from museosciences.crosswalk.cells import Columns, Reader
from museosciences.crosswalk.definition import Definition, names
from museosciences.crosswalk.draft import by_guess
from museosciences.crosswalk.model import Crosswalk, load, merge
from museosciences.errors import CrosswalkError, MuseoError, Place, Said, told
from museosciences.read import RefusedRow, SourceRow
from museosciences.record import InventoryRecord

# Below this share of known columns a crosswalk is not proposed.
LEAST_CONFIDENCE = 0.5
# Rows from which the cells shown to the drafter are taken.
SAMPLED = 50
# Formats that only one kind of export uses: a crosswalk for that format alone fits anyway.
SPEAKING_FORMATS = frozenset({"lido", "joconde", "dwca"})
SURE_OF_FORMAT = 0.9
# Rows that were mended are named up to so many.
ROWS_NOTED = 20
# A record and the rows that it was made of: one, unless the crosswalk merges.
Mapped = tuple[InventoryRecord, list[SourceRow]]
# The rows that make one record, not yet looked at; or one that could not be read.
Group = list[SourceRow] | RefusedRow


class Coverage:
    """The share of non-empty cells that a field of the record takes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.filled = 0
        self.taken = 0
        self.left: Counter[str] = Counter()

    def add(self, row: SourceRow, record: InventoryRecord) -> None:
        """Count the cells of one row."""
        used = set(chain.from_iterable(record["columns"].values()))
        says = self._reader.says
        for column, cell in row.cells.items():
            if not cell:
                continue
            if column in used:
                self.filled += 1
                self.taken += 1
            elif says(cell):
                self.filled += 1
                self.left[column] += 1

    @property
    def share(self) -> float:
        """From 0 to 1; 1 when nothing was there to be taken."""
        return self.taken / self.filled if self.filled else 1.0


class Source:
    """One file of one museum with its crosswalk: iterate it for rows, ``records`` for both.

    ``confidence`` is from 0 to 1: the share of the columns that the crosswalk knows, or 1 when
    it was named. ``coverage`` is the share of non-empty cells that some field took, measured
    while records are made; ``left`` counts the cells that none took, by column. ``notes`` says
    what was doubtful, and grows while reading; ``mended`` holds those of single rows.
    """

    def __init__(self, opened: read.Source, crosswalk: Crosswalk, confidence: float):
        self._opened = opened
        self._begin(crosswalk)
        self.path: Path = opened.path
        self.format = opened.format
        self.encoding = opened.encoding
        self.delimiter = opened.delimiter
        self.columns = opened.columns
        self.crosswalk = crosswalk
        self.confidence = confidence

    def _begin(self, crosswalk: Crosswalk) -> None:
        self.mended: list[str] = []
        self._noted = 0
        self._measure = Coverage(crosswalk.reader)

    def again(self) -> Source:
        """The same file, of which no record was made."""
        other = copy(self)
        other._begin(self.crosswalk)
        return other

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        return iter(self._opened)

    @property
    def notes(self) -> list[str]:
        """What was doubtful in the file, and in the rows that records were made of."""
        return [*self._opened.notes, *self.mended]

    @property
    def cells(self) -> tuple[int, int]:
        """How many cells had something to say, and how many of them a field took."""
        return self._measure.filled, self._measure.taken

    @property
    def coverage(self) -> float:
        """The share of non-empty cells taken by a field, 0 to 1, of what ``records`` has read."""
        return self._measure.share

    @property
    def left(self) -> Counter[str]:
        """Column -> how many of its non-empty cells no field took."""
        return self._measure.left

    @property
    def unmapped(self) -> list[str]:
        """The columns that no line of the crosswalk takes."""
        return self.crosswalk.unmapped(self.columns)

    def records(self, *, museum: str | None, source: str) -> Iterator[Mapped | RefusedRow]:
        """Each record with its rows, or a refused row; together they are all rows of the file."""
        self._begin(self.crosswalk)
        for group in self.groups():
            yield from self.made(group, museum=museum, source=source)

    def groups(self) -> Iterator[Group]:
        """The rows of each record, or a refused row, in an order that is always the same.

        Where the crosswalk says so (``rows_of_one_record``), the rows with one identity are one
        record, given when the last of them has been read.
        """
        if not self.crosswalk.merges:
            for row in self._opened:
                yield row if isinstance(row, RefusedRow) else [row]
            return
        wanted = self._repeated()
        waiting: dict[str, list[SourceRow]] = {}
        for row in self._opened:
            if isinstance(row, RefusedRow):
                yield row
                continue
            identity = self.crosswalk.identity(row)
            rows = waiting.setdefault(identity, [])
            rows.append(row)
            if not identity or len(rows) >= wanted[identity]:
                yield waiting.pop(identity)

    def made(
        self, group: Group, *, museum: str | None, source: str
    ) -> Iterator[Mapped | RefusedRow]:
        """The record of a group of rows with those rows, and the rows that cannot be part of it."""
        if isinstance(group, RefusedRow):
            yield group
            return
        record: InventoryRecord | None = None
        rows: list[SourceRow] = []
        for row in group:
            try:
                own = self.crosswalk.record(row, museum=museum, source=source, file=self.path.name)
            except MuseoError as error:
                yield refusal(row, error, self.path.name)
                continue
            self._count(row, own)
            record = own if record is None else merge(record, own)
            rows.append(row)
        if record is not None:
            yield record, rows

    def _count(self, row: SourceRow, record: InventoryRecord) -> None:
        self._measure.add(row, record)
        if row.notes:
            self._mended(row)

    def _mended(self, row: SourceRow) -> None:
        """Say what was mended in a row; of many rows, that there are more."""
        self._noted += 1
        if self._noted <= ROWS_NOTED:
            place = Place(row=row.number, line=row.line)
            fr = " ; ".join(told(note, "fr") for note in row.notes)
            en = "; ".join(told(note, "en") for note in row.notes)
            self.mended.append(Said(f"{place.told('fr')} : {fr}", f"{place}: {en}"))
        elif self._noted == ROWS_NOTED + 1:
            self.mended.append(Said("et d’autres lignes", "and more rows"))

    def _repeated(self) -> Counter[str]:
        """How many rows each identity has, of those that have several: a first reading."""
        counts: Counter[str] = Counter()
        for row in self._opened:
            if isinstance(row, SourceRow) and (identity := self.crosswalk.identity(row)):
                counts[identity] += 1
        return Counter({identity: n for identity, n in counts.items() if n > 1})


def refusal(row: SourceRow, error: MuseoError, file: str) -> RefusedRow:
    """A row that was read but makes no record."""
    where = error.place or Place()
    place = Place(file=file, row=row.number, line=row.line, column=where.column, value=where.value)
    reason = type(error)(error.cause, place=place, remedy=error.remedy)
    raw = " | ".join(text if isinstance(text, str) else "; ".join(text)
                     for text in row.cells.values() if text)  # fmt: skip
    return RefusedRow(row.number, row.line, reason, raw[:2_000], row.cells)


def open(
    path: str | Path,
    *,
    crosswalk: str | None = None,
    encoding: str | None = None,
) -> Source:
    """Open a file with the crosswalk named, or with the one that fits its columns best.

    Raises UnreadableFile, UnknownFormat, or CrosswalkError when no crosswalk fits, when the one
    named is unknown, or when it requires columns that the file does not have.
    """
    if crosswalk is None:
        opened = read.open(path, encoding=encoding)
        found, confidence = choose(opened)
        if found is None:
            if not opened.columns and (trouble := first_trouble(opened)):
                raise trouble
            raise _none_fits(opened, confidence)
        return Source(opened, found, confidence)
    chosen = load(crosswalk)
    told = chosen.definition
    opened = read.open(path, encoding=encoding or told.encoding, record=told.record)
    if absent := chosen.missing(opened.columns):
        raise CrosswalkError(
            Said(f"colonne absente : « {absent[0]} »", f"missing column: {absent[0]!r}"),
            place=Place(file=Path(path).name, column=absent[0]),
            remedy=Said(
                f"colonnes du fichier : {', '.join(opened.columns[:40])}",
                f"columns of the file: {', '.join(opened.columns[:40])}",
            ),
        )
    return Source(opened, chosen, 1.0)


def _none_fits(opened: read.Source, confidence: float) -> CrosswalkError:
    return CrosswalkError(
        Said(
            "aucune concordance ne convient à ces colonnes (la meilleure en connaît "
            f"{confidence * 100:.0f} %)",
            f"no crosswalk fits these columns (the best knows {confidence:.0%} of them)",
        ),
        place=Place(file=opened.path.name, value=", ".join(opened.columns[:8])),
        remedy=Said(
            f"« museo crosswalk {opened.path.name} » en prépare une",
            f"`museo crosswalk {opened.path.name}` drafts one",
        ),
    )


def first_trouble(opened: read.Source) -> MuseoError | None:
    """Why the first row of a file could not be read, where that is so."""
    first = next(iter(opened), None)
    return first.reason if isinstance(first, RefusedRow) else None


def choose(opened: read.Source) -> tuple[Crosswalk | None, float]:
    """The crosswalk that fits best, and how well: the share of the columns that it knows.

    Where none of ours does, one is guessed from the headers (``draft.by_guess``).
    """
    ranked = ranking(opened.format, opened.columns)
    if ranked and ranked[0][1] >= LEAST_CONFIDENCE:
        return load(ranked[0][0]), ranked[0][1]
    guessed, share = by_guess(opened.columns, opened.format, samples(opened))
    if guessed is not None:
        return guessed, share
    return None, max(share, ranked[0][1] if ranked else 0.0)


def samples(opened: read.Source) -> dict[str, list[str]]:
    """Some non-empty cells of each column."""
    found: dict[str, list[str]] = {column: [] for column in opened.columns}
    for row in islice(opened, SAMPLED):
        if isinstance(row, SourceRow):
            for column, cell in row.cells.items():
                texts = [cell] if isinstance(cell, str) else cell
                found.setdefault(column, []).extend(text for text in texts if text.strip())
    return found


def ranking(format: str, columns: list[str]) -> list[tuple[str, float]]:
    """The crosswalks that fit somewhat, best first, with the share of columns each knows."""
    scores = {name: fit(load(name).definition, format, columns) for name in names()}
    best = sorted(scores, key=lambda name: scores[name], reverse=True)
    return [(name, round(scores[name][0], 2)) for name in best if scores[name][0] > 0]


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
    share = len(known) / len(columns)
    if len(definition.formats) == 1 and format in SPEAKING_FORMATS:
        share = max(share, SURE_OF_FORMAT)
    return (share, own / max(len(named), 1))
