"""Spreadsheets (XLSX, XLS, ODS): the values that were saved, as text.

Formulas give the value that the spreadsheet program saved with them; a merged area gives its
value to each of its rows. Both are noted.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import python_calamine
from lxml import etree

from museosciences.errors import Said
from museosciences.read.archive import check_archive
from museosciences.read.rows import RefusedRow, SourceRow, refused, unreadable
from museosciences.read.table import MAX_PREAMBLE, header_at, name_columns, without_empty_tail

_FORMULA = b"<f"
# The feedback file that a museum mends and hands in again: the sheet to be read, and the one
# beside it by which such a workbook is known.
FEEDBACK_SHEETS = {"À corriger": "Constats", "To mend": "Findings"}


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without a decimal point, days without midnight.

    >>> text_of(12.0), text_of("001.1"), text_of(datetime.datetime(1855, 3, 1))
    ('12', '001.1', '1855-03-01')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time.min
        return value.date().isoformat() if midnight else value.isoformat()
    return "" if value is None else str(value)


class Sheet:
    """The rows of the widest filled sheet of a workbook, or of the one named.

    Of a feedback file they are those of the sheet of rows to mend.
    """

    def __init__(self, path: Path, name: str | None = None):
        self._file = path.name
        if zipfile.is_zipfile(path):
            check_archive(path)
        try:
            book = python_calamine.load_workbook(str(path))
            self.name = name or self._to_mend(book) or self._fullest(book)
            sheet = book.get_sheet_by_name(self.name)
            self._rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        except Exception as error:  # calamine raises many kinds, all meaning: damaged workbook
            raise unreadable(
                self._file, f"classeur illisible ({error})", f"unreadable workbook ({error})",
                remedy=Said("l’ouvrir et l’enregistrer de nouveau en .xlsx",
                            "open it and save it again as .xlsx"),
            ) from error  # fmt: skip
        self.notes: list[str] = []
        if others := [other for other in book.sheet_names if other != self.name]:
            names = ", ".join(others)
            self.notes.append(Said(f"feuilles non lues : {names}", f"sheets not read: {names}"))
        if zipfile.is_zipfile(path):
            self.notes += formula_notes(path)
        self._fill_merged(merged)
        texts = [[text_of(cell) for cell in row] for row in self._rows[: MAX_PREAMBLE + 50]]
        self._header = header_at(texts)
        header = texts[self._header] if texts else []
        self.columns = name_columns(without_empty_tail(header))

    @staticmethod
    def _to_mend(book: Any) -> str | None:
        """The sheet that a museum has mended, where the workbook is a feedback file."""
        names = set(book.sheet_names)
        found = (sheet for sheet, beside in FEEDBACK_SHEETS.items() if {sheet, beside} <= names)
        return next(found, None)

    @staticmethod
    def _fullest(book: Any) -> str:
        """Notes and code lists come beside the inventory: take the sheet with most cells."""

        def cells(name: str) -> int:
            sheet = book.get_sheet_by_name(name)
            return int(sheet.total_height) * int(sheet.total_width)

        return str(max(book.sheet_names, key=cells))

    def _fill_merged(self, merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        filled = 0
        for (top, left), (bottom, _right) in merged:
            if bottom == top or bottom >= len(self._rows) or left >= len(self._rows[top]):
                continue
            for row in range(top + 1, bottom + 1):
                self._rows[row][left] = self._rows[top][left]
            filled += 1
        if filled:
            self.notes.append(
                Said(
                    f"{filled} zone(s) fusionnée(s) : valeur reprise à chaque ligne",
                    f"{filled} merged area(s): value given to each row",
                )
            )

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        number = 0
        width = len(self.columns)
        for at, row in enumerate(self._rows[self._header + 1 :], start=self._header + 2):
            texts = [text_of(cell) for cell in row]
            if not any(texts):
                continue
            number += 1
            if any(text.strip() for text in texts[width:]):
                yield refused(
                    self._file, number, at,
                    "cellules hors des colonnes nommées", "cells outside the named columns",
                    raw="\t".join(texts),
                    remedy=Said("donner un nom à chaque colonne", "name each column"),
                )  # fmt: skip
                continue
            texts += [""] * (width - len(texts))
            yield SourceRow(number, at, dict(zip(self.columns, texts, strict=False)))


def formula_notes(path: Path) -> list[str]:
    """How many cells are computed, and which have no value saved with their formula."""
    computed, without = 0, []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as stream:
                    if not any(
                        _FORMULA in piece for piece in iter(lambda: stream.read(1 << 20), b"")
                    ):
                        continue
                with archive.open(name) as stream:
                    count, empty = _formulas(stream)
                computed += count
                without += empty
    notes: list[str] = []
    if computed:
        notes.append(
            Said(
                f"{computed} formule(s) : valeur enregistrée lue",
                f"{computed} formula(s): saved value read",
            )
        )
    if without:
        cells = ", ".join(without[:8]) + ("…" if len(without) > 8 else "")
        notes.append(
            Said(
                f"formules sans valeur enregistrée, lues vides : {cells}",
                f"formulas without a saved value, read as empty: {cells}",
            )
        )
    return notes


def _formulas(stream: IO[bytes]) -> tuple[int, list[str]]:
    computed, without = 0, []
    for _, cell in etree.iterparse(
        stream, events=("end",), tag="{*}c", resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    ):  # fmt: skip
        if cell.find("{*}f") is not None:
            computed += 1
            if not cell.findtext("{*}v"):
                without.append(str(cell.get("r")))
        cell.clear()
    return computed, without
