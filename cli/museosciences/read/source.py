"""One file of a museum, opened: its format, its columns, and an iterator over its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from museosciences.read import lido
from museosciences.read.documents import JsonDocument, JsonLines
from museosciences.read.dwca import Archive
from museosciences.read.encoding import Encoding
from museosciences.read.encoding import detect as detect_encoding
from museosciences.read.formats import Format, binary_format, text_format
from museosciences.read.lines import text_stream
from museosciences.read.markup import Records, generic_cells
from museosciences.read.rows import RefusedRow, SourceRow, unreadable
from museosciences.read.sheet import Sheet
from museosciences.read.table import SAMPLE_LINES, Layout, Table, sniff
from museosciences.read.tagged import Notices

Rows = Iterator[SourceRow | RefusedRow]
# Where the format has no header, the columns are those of the first records.
SAMPLE_ROWS = 200
# Characters of the sample, at most, and of one line of it: enough for two hundred columns.
SAMPLE_SIZE = 4_000_000
SAMPLE_LINE = 200_000


@dataclass(slots=True)
class Source:
    """A file ready to be read, as many times as it is iterated.

    ``columns`` are those of the header, or, in formats without one, those of the first 200
    records. ``notes`` says what was doubtful; it grows while reading.
    """

    path: Path
    format: Format
    encoding: str | None
    delimiter: str | None
    columns: list[str]
    notes: list[str]
    _rows: Callable[[], Rows] = field(repr=False)

    def __iter__(self) -> Rows:
        return self._rows()


def open(
    path: str | Path,
    *,
    format: Format | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    record: str | None = None,
    sheet: str | None = None,
) -> Source:
    """Look at a file and make it readable.

    What is not given is detected. ``record`` is the local name of the XML element that is a
    record, ``sheet`` the sheet of a workbook. Raises UnreadableFile or UnknownFormat when no row
    of it can be read.
    """
    path = Path(path)
    kind = format or binary_format(path)
    if kind == "xlsx":
        return _spreadsheet(path, sheet)
    if kind == "dwca":
        return _archive(path)
    if kind in ("lido", "xml"):
        return _markup(path, kind, record)
    found = Encoding(_known(path, encoding)) if encoding else detect_encoding(path)
    kind = kind or text_format(path, found)
    if kind == "csv":
        return _table(path, found, delimiter)
    return _records(path, kind, found)


def _known(path: Path, encoding: str) -> str:
    try:
        "é".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        raise unreadable(
            path.name, f"encodage inconnu : « {encoding} »", f"unknown encoding: {encoding!r}",
            remedy="utf-8, cp1252, mac_roman, cp850, utf-16",
        ) from None  # fmt: skip
    return encoding


def _notes(encoding: Encoding) -> list[str]:
    return [encoding.note] if encoding.note else []


def _table(path: Path, encoding: Encoding, delimiter: str | None) -> Source:
    with path.open("rb") as stream, text_stream(stream, encoding) as text:
        sample = _sample(text)
    layout: Layout = sniff(sample, delimiter)
    if not layout.columns:
        raise unreadable(path.name, "aucune colonne", "no column")

    def rows() -> Rows:
        with path.open("rb") as stream, text_stream(stream, encoding) as text:
            yield from Table(text, layout, path.name)

    notes = _notes(encoding) + layout.notes
    return Source(path, "csv", encoding.name, layout.dialect.delimiter, layout.columns, notes, rows)


def _sample(text: TextIO) -> list[str]:
    """The first lines of a text, within bounds."""
    sample: list[str] = []
    size = 0
    while len(sample) < SAMPLE_LINES and size < SAMPLE_SIZE:
        line = text.readline(SAMPLE_LINE)
        if not line:
            break
        sample.append(line)
        size += len(line)
    return sample


def _spreadsheet(path: Path, sheet: str | None) -> Source:
    opened = Sheet(path, sheet)
    return Source(path, "xlsx", None, None, opened.columns, opened.notes, lambda: iter(opened))


def _archive(path: Path) -> Source:
    archive = Archive(path)
    return Source(
        path, "dwca", archive.encoding, archive.delimiter, archive.columns, archive.notes,
        lambda: iter(archive),
    )  # fmt: skip


def _markup(path: Path, kind: Format, record: str | None) -> Source:
    def rows() -> Rows:
        if kind == "lido":
            return iter(Records(path, "lido", lido.cells))
        return iter(Records(path, record, generic_cells))

    return Source(path, kind, None, None, _first_columns(rows), [], rows)


def _records(path: Path, kind: Format, encoding: Encoding) -> Source:
    readers: dict[str, Callable[..., JsonLines | JsonDocument | Notices]] = {
        "jsonl": JsonLines,
        "json": JsonDocument,
        "joconde": Notices,
    }

    def rows() -> Rows:
        with path.open("rb") as stream, text_stream(stream, encoding) as text:
            yield from readers[kind](text, path.name)

    return Source(path, kind, encoding.name, None, _first_columns(rows), _notes(encoding), rows)


def _first_columns(rows: Callable[[], Rows]) -> list[str]:
    columns: dict[str, None] = {}
    for row in islice(rows(), SAMPLE_ROWS):
        if isinstance(row, SourceRow):
            columns.update(dict.fromkeys(row.cells))
    return list(columns)
