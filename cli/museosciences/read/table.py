"""Delimited text (CSV, TSV): delimiter, header, quoted newlines, rows of unequal length.

RFC 4180, and what spreadsheets really write: ``sep=;``, lines of title before the header,
columns without a name or with the same name, trailing cells left out.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

from museosciences.errors import Said
from museosciences.read.lines import Line, lines
from museosciences.read.rows import Cell, RefusedRow, SourceRow, refused

DELIMITERS = ",;\t|"
# Header and delimiter are judged on this many first lines.
SAMPLE_LINES = 200
# A quoted cell that runs over more is taken for a quote that was never closed.
MAX_RECORD = 1_000_000
# Titles above the header, at most.
MAX_PREAMBLE = 20

csv.field_size_limit(MAX_RECORD * 2)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart. ``quote`` is "" where quotes are ordinary characters."""

    delimiter: str = ","
    quote: str = '"'

    def reader(self, source: Iterator[str]) -> Iterator[list[str]]:
        """A csv reader of that dialect."""
        if not self.quote:
            return csv.reader(source, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        return csv.reader(source, delimiter=self.delimiter, quotechar=self.quote)


@dataclass(slots=True)
class Layout:
    """The delimiter, the columns, and how many physical lines come before the first row."""

    dialect: Dialect
    columns: list[str]
    skip: int
    notes: list[str] = field(default_factory=list)


def name_columns(header: Sequence[str]) -> list[str]:
    """Column names, unique and never empty.

    >>> name_columns(["N°", "", "Titre", "Titre"])
    ['N°', 'colonne 2', 'Titre', 'Titre (2)']
    """
    seen: Counter[str] = Counter()
    names = []
    for position, raw in enumerate(header, start=1):
        name = " ".join(raw.split()) or f"colonne {position}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def sniff(sample: list[str], delimiter: str | None = None) -> Layout:
    """The layout of a delimited text, from its first lines (with their ends)."""
    skip = 0
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5:
        delimiter, skip = sample[0].strip()[4], 1
    dialect = Dialect(delimiter or best_delimiter(sample[skip:]))
    rows, ends = _sample_rows(sample[skip:], dialect)
    at = header_at(rows)
    columns = name_columns(without_empty_tail(rows[at])) if rows else []
    notes: list[str] = (
        [Said(f"{at} ligne(s) avant l’en-tête", f"{at} line(s) above the header")] if at else []
    )
    return Layout(dialect, columns, skip + (ends[at] if rows else 0), notes)


def best_delimiter(sample: list[str]) -> str:
    """The delimiter that cuts the most lines into the same number (> 1) of cells."""

    def score(delimiter: str) -> tuple[float, int]:
        rows, _ = _sample_rows(sample, Dialect(delimiter))
        widths = Counter(len(row) for row in rows if row)
        if not widths:
            return (0.0, 0)
        width, agreeing = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        return (agreeing / sum(widths.values()) if width > 1 else 0.0, width)

    # Consistency first, in tenths so that a ragged row does not outweigh forty columns.
    return max(DELIMITERS, key=lambda d: (round(score(d)[0], 1), score(d)[1]))


def _sample_rows(sample: list[str], dialect: Dialect) -> tuple[list[list[str]], list[int]]:
    """The rows of a sample, and the count of physical lines read at the end of each."""
    rows: list[list[str]] = []
    ends: list[int] = []
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for text in sample:
            count += 1
            yield text

    try:
        for row in dialect.reader(counted()):
            rows.append(row)
            ends.append(count)
    except csv.Error:
        pass
    return rows, ends


def header_at(rows: list[list[str]]) -> int:
    """The first row about as wide as the others: titles above it have one or two cells."""
    widths = Counter(sum(1 for cell in row if cell.strip()) for row in rows[:50] if row)
    usual = max((len(row) for row in rows[:50]), default=0)
    if usual <= 1 or not widths:
        return next((at for at, row in enumerate(rows) if any(row)), 0)
    for at, row in enumerate(rows[:MAX_PREAMBLE]):
        if sum(1 for cell in row if cell.strip()) * 2 > usual:
            return at
    return next((at for at, row in enumerate(rows) if any(row)), 0)


def without_empty_tail(header: list[str]) -> list[str]:
    """A header without the nameless columns at its end."""
    while len(header) > 1 and not header[-1].strip():
        header = header[:-1]
    return header


class Table:
    """The rows of a delimited text, in one pass.

    ``more`` accepts cells beyond the columns (an archive need not describe all of its columns).
    """

    def __init__(
        self,
        stream: TextIO,
        layout: Layout,
        file: str,
        *,
        limit: int = MAX_RECORD,
        more: bool = False,
    ):
        self._lines = lines(stream)
        self._layout = layout
        self._file = file
        self._limit = limit
        self._more = more
        self._back: deque[Line] = deque()
        self._taken: list[Line] = []
        self._size = 0
        self._number = 0

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        for _ in islice(self._lines, self._layout.skip):
            pass
        while True:
            yield from self._read_until_trouble()
            if not self._taken:
                return
            yield self._refuse_first_line()

    def _feed(self) -> Iterator[str]:
        """Lines for the csv reader, remembered until their record is complete."""
        while True:
            line = self._back.popleft() if self._back else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            self._size += len(line.text)
            if line.too_long or self._size > self._limit or "\0" in line.text:
                raise csv.Error
            yield line.text

    def _read_until_trouble(self) -> Iterator[SourceRow | RefusedRow]:
        """Rows until one cannot be read; its lines are then in ``_taken``."""
        columns = self._layout.columns
        width = len(columns)
        self._taken, self._size = [], 0
        try:
            for row in self._layout.dialect.reader(self._feed()):
                first = self._taken[0].number if self._taken else None
                if not any(row):
                    pass  # an empty line, or the empty tail of a spreadsheet: no record
                elif len(row) == width:
                    self._number += 1
                    yield SourceRow(self._number, first, dict(zip(columns, row, strict=True)))
                else:
                    if len(self._taken) > 1 and self._alone_is_whole():
                        return
                    self._number += 1
                    yield self._uneven(row, first)
                self._taken, self._size = [], 0
        except csv.Error:
            return

    def _alone_is_whole(self) -> bool:
        """Whether the first line of a several-line record is a record by itself but for a quote."""
        first = self._taken[0].text
        return len(
            next(iter(Dialect(self._layout.dialect.delimiter, "").reader(iter([first]))))
        ) == (len(self._layout.columns))

    def _uneven(self, row: list[str], line: int | None) -> SourceRow | RefusedRow:
        columns = self._layout.columns
        missing = len(columns) - len(row)
        if missing > 0:
            note = Said(
                f"{missing} cellule(s) manquante(s) en fin de ligne",
                f"{missing} cell(s) missing at the end of the row",
            )
            cells: dict[str, Cell] = dict(zip(columns, row + [""] * missing, strict=True))
            return SourceRow(self._number, line, cells, (note,))
        if self._more or not any(cell.strip() for cell in row[len(columns) :]):
            return SourceRow(self._number, line, dict(zip(columns, row, strict=False)))
        return refused(
            self._file,
            self._number,
            line,
            f"la ligne a {len(row)} cellules pour {len(columns)} colonnes",
            f"the row has {len(row)} cells for {len(columns)} columns",
            raw=self._layout.dialect.delimiter.join(row),
            remedy=Said(
                "mettre entre guillemets la cellule qui contient le séparateur",
                "quote the cell that holds the delimiter",
            ),
        )

    def _refuse_first_line(self) -> RefusedRow:
        """Refuse the line where the trouble began, and read on after it."""
        first, rest = self._taken[0], self._taken[1:]
        self._back.extendleft(reversed(rest))
        self._taken, self._size = [], 0
        self._number += 1
        if first.too_long:
            return self._refuse(
                first,
                "ligne trop longue",
                "line too long",
                Said("vérifier que le fichier est bien du texte", "is it text?"),
            )
        if "\0" in first.text:
            return self._refuse(
                first,
                "octet NUL dans la ligne",
                "NUL byte in the line",
                Said("exporter de nouveau le fichier", "export the file again"),
            )
        if not rest and self._limit >= len(first.text):
            return self._refuse(first, "ligne illisible", "unreadable line", None)
        return self._refuse(
            first,
            "guillemet ouvrant jamais refermé",
            "quote never closed",
            Said("refermer ou doubler le guillemet", "close or double the quote"),
        )

    def _refuse(self, line: Line, fr: str, en: str, remedy: str | None) -> RefusedRow:
        return refused(self._file, self._number, line.number, fr, en, raw=line.text, remedy=remedy)
