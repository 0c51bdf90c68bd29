"""From files to batches of iterations, one module for CSV, JSON and XML.

Each function yields batches: the number of the first item, and the items as the compiled
function takes them. A batch is small, so that memory does not grow with the file.
"""

from __future__ import annotations

import csv
import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, compress, count, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from museosciences.errors import MappingError, Place, UnreadableFile
from museosciences.rml import octets, sources, xmlstream
from museosciences.rml.compile import Pass
from museosciences.rml.model import Formulation, LogicalSource
from museosciences.rml.values import Report

#: Iterations in one batch: large enough to make its overhead vanish, small in memory.
BATCH = 250
#: A CSV field longer than this is a missing quote.
MAX_FIELD = 10_000_000


@dataclass(frozen=True)
class Batch:
    """Numbered iterations. ``plain``: no text among them needs escaping in N-Triples."""

    items: Iterable[tuple[int, Any]]
    plain: bool = False


def batches(read: Pass, path: Path, report: Report, part: str) -> Iterator[Batch]:
    """The iterations of a source. Raises MappingError, UnreadableFile."""
    source = read.source
    if source.formulation is Formulation.CSV:
        return csv_rows(read, path, report, part)
    if source.formulation is Formulation.JSONPATH:
        return json_documents(source, path)
    return map(Batch, xmlstream.elements(source, path, part, BATCH))


def csv_rows(read: Pass, path: Path, report: Report, part: str) -> Iterator[Batch]:
    """Tuples of the columns that the mapping uses, in the order of ``read.columns``.

    A row with more or fewer cells than the header is reported and left out.
    """
    source, dialect = read.source, read.source.dialect
    file = replace(source.file, encoding="latin-1") if read.octets else source.file
    with sources.open_text(path, file) as stream:
        lines: Iterator[str] = iter(stream)
        if read.octets:
            lines = (line.removeprefix(octets.BOM) for line in islice(stream, 1))
            lines = chain(lines, stream)
        for _ in range(dialect.skip_rows):
            next(lines, None)
        if dialect.comment_prefix:
            prefix = dialect.comment_prefix
            lines = (line for line in lines if not line.startswith(prefix))
        csv.field_size_limit(MAX_FIELD)
        reader = csv.reader(
            lines,
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
            doublequote=dialect.double_quote,
            escapechar=None if dialect.double_quote else "\\",
            strict=True,
        )
        rows: Iterator[list[str]] = reader
        if dialect.trim:
            rows = ([cell.strip() for cell in row] for row in rows)
        try:
            yield from _pick(rows, read, path, report, part)
        except csv.Error as error:
            raise UnreadableFile(
                f"the CSV is broken: {error}",
                place=Place(file=str(path), line=reader.line_num + dialect.skip_rows),
                remedy="check the quotes near this line",
            ) from error


def _pick(
    rows: Iterator[list[str]], read: Pass, path: Path, report: Report, part: str
) -> Iterator[Batch]:
    """Batches of the used columns; rows that need escaping are kept apart, as text."""
    columns = read.columns
    first = next(rows, None)
    if first is None:
        if columns:
            raise MappingError(
                "the CSV file is empty: it has no header", place=Place(file=str(path), part=part)
            )
        return
    header = [octets.to_text(name) for name in first] if read.octets else first
    if not read.source.dialect.header:  # columns are then called by their number, from 1
        header = [str(number) for number, _ in enumerate(first, start=1)]
        rows = chain([first], rows)
    pick, width = _picker(header, columns, path, part), len(header)
    number = 1
    while batch := list(islice(rows, BATCH)):
        if set(map(len, batch)) != {width}:
            numbered = list(_of_width(batch, width, number, report, part))
            number += len(batch) - batch.count([])
        else:
            numbered = list(enumerate(batch, start=number))
            number += len(batch)
        yield from _sorted_out(numbered, pick, read.octets)


def _of_width(
    batch: list[list[str]], width: int, number: int, report: Report, part: str
) -> Iterator[tuple[int, list[str]]]:
    """The rows that have as many cells as the header; the others are reported."""
    for row in batch:
        if not row:
            continue  # an empty line is no row
        if len(row) == width:
            yield number, row
        else:
            report(number, part, row, f"{len(row)} cells instead of {width}")
        number += 1


def _sorted_out(
    numbered: list[tuple[int, list[str]]], pick: Any, are_octets: bool
) -> Iterator[Batch]:
    """Rows in which nothing needs escaping, and the others, as text."""
    texts = ["".join(row) for _, row in numbered]
    if are_octets:
        "".join(texts).encode("latin-1").decode()  # a file that is not UTF-8 must not pass
    is_plain = [not ('"' in text or "\\" in text or "\n" in text or "\r" in text) for text in texts]
    yield Batch([(n, pick(row)) for n, row in compress(numbered, is_plain)], plain=True)
    if not all(is_plain):
        is_other = [not plain for plain in is_plain]
        others = list(compress(numbered, is_other))
        if are_octets:
            others = [(n, [octets.to_text(cell) for cell in row]) for n, row in others]
        yield Batch([(n, pick(row)) for n, row in others])


def _picker(header: list[str], columns: list[str], path: Path, part: str) -> Any:
    """A function from a row to the tuple of the used columns."""
    for column in columns:
        found = header.count(column)
        if found == 1:
            continue
        close = difflib.get_close_matches(column, header, n=3, cutoff=0.5)
        raise MappingError(
            f"there is no column {column!r}"
            if not found
            else f"the column {column!r} is there {found} times",
            place=Place(file=str(path), column=column, part=part),
            remedy=f"close ones: {', '.join(close)}" if close else f"columns: {', '.join(header)}",
        )
    if not columns:
        return lambda _row: ()
    if len(columns) == 1:
        only = header.index(columns[0])
        return lambda row: (row[only],)
    return itemgetter(*(header.index(column) for column in columns))


def json_documents(source: LogicalSource, path: Path) -> Iterator[Batch]:
    """The document of a JSON file, or those of a file of JSON lines (.jsonl, .ndjson)."""
    name = path.name.lower().removesuffix(".gz")
    with sources.open_text(path, source.file) as stream:
        if name.endswith((".jsonl", ".ndjson")):
            lines = ((n, line) for n, line in enumerate(stream, start=1) if line.strip())
            numbers = count(1)
            while batch := list(islice(lines, BATCH)):
                yield Batch([(next(numbers), _parse(line, path, n)) for n, line in batch])
        else:
            yield Batch(((1, _parse(stream.read(), path, None)),))


def _parse(text: str, path: Path, line: int | None) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            f"the JSON is broken: {error}", place=Place(file=str(path), line=line)
        ) from error
