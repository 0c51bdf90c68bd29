"""The report as a workbook: a sheet for each table, whole, and one for the queries.

Every text is written as text, in cells whose format is text: nothing in them is a formula, not
even after it was edited.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from museosciences.report.model import Cell, Cited, Figures, Head, Report, Table

# Excel: most characters of a cell, of the name of a sheet.
CELL_LIMIT = 32_767
NAME_LIMIT = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 60


def render(report: Report) -> bytes:
    """The workbook: contents and figures, the tables, the queries."""
    book = _Book()
    names = book.names(report)
    queries = report.words["queries"].rpartition("– ")[2].capitalize()[:NAME_LIMIT]
    first = book.sheet(report.words["contents"])
    for table in report.tables:
        book.table(names[table.id], table)
    book.contents(first, report, names, queries)
    book.queries(queries, report.cited, report.words)
    book.book.set_properties({"title": report.title[:255], "company": report.publisher[:255],
                              "created": report.date.replace(tzinfo=None)})  # fmt: skip
    return book.close()


def answer(table: Table, words: dict[str, str]) -> bytes:
    """One answer to a question as a workbook: the result, and the query."""
    book = _Book()
    book.table(_safe(table.caption), table)
    book.queries(words["query"], [table.cited], words)
    return book.close()


def _safe(text: str) -> str:
    return _FORBIDDEN.sub(" ", text)[:NAME_LIMIT].strip() or "1"


class _Book:
    def __init__(self) -> None:
        self._out = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self._out,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
             "strings_to_numbers": False},
        )  # fmt: skip
        self._head = self.book.add_format(
            {"bold": True, "bg_color": "#EEF2F5", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._text = self.book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._whole = self.book.add_format({"num_format": "#,##0", "valign": "top"})
        self._part = self.book.add_format({"num_format": "0.00", "valign": "top"})
        self._share = self.book.add_format({"num_format": "0 %", "valign": "top"})
        self._plain = self.book.add_format({"num_format": "0", "valign": "top", "align": "left"})
        self._title = self.book.add_format({"bold": True, "font_size": 16})
        self._link = self.book.add_format(
            {"font_color": "#0B5D94", "underline": 1, "valign": "top"}
        )
        self._code = self.book.add_format(
            {"num_format": "@", "font_name": "Consolas", "font_size": 9, "text_wrap": True,
             "valign": "top"}
        )  # fmt: skip

    def names(self, report: Report) -> dict[str, str]:
        """The name of the sheet of each table: its number and its caption."""
        numbers = report.numbers()
        return {t.id: _safe(f"{numbers[t.id]}. {t.caption}") for t in report.tables}

    def sheet(self, name: str) -> Any:
        return self.book.add_worksheet(_safe(name))

    def table(self, name: str, table: Table) -> None:
        """A table with filters and a frozen head."""
        sheet = self.sheet(name)
        self._heads(sheet, table.head)
        for number, row in enumerate(table.rows, start=1):
            for position, (cell, head) in enumerate(zip(row, table.head, strict=True)):
                self._write(sheet, number, position, cell, head)
        for position, head in enumerate(table.head):
            longest = max((len(row[position].text) for row in table.rows[:200]), default=0)
            sheet.set_column(position, position, min(max(longest, len(head.label), 8) + 2, _WIDEST))
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.head) - 1)
        _printed(sheet, table.caption)

    def _heads(self, sheet: Any, heads: Sequence[Head]) -> None:
        for position, head in enumerate(heads):
            sheet.write_string(0, position, head.label, self._head)
        sheet.freeze_panes(1, 0)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell, head: Head) -> None:
        if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
            sheet.write_string(row, column, cell.text[:CELL_LIMIT], self._text)
        elif not head.numeric:
            # A year is a number to sort by; a century is read.
            plain = cell.text == str(cell.value)
            if plain:
                sheet.write_number(row, column, cell.value, self._plain)
            else:
                sheet.write_string(row, column, cell.text[:CELL_LIMIT], self._text)
        elif "%" in cell.text:
            sheet.write_number(row, column, cell.value, self._share)
        else:
            style = self._whole if isinstance(cell.value, int) else self._part
            sheet.write_number(row, column, cell.value, style)

    def contents(self, sheet: Any, report: Report, names: dict[str, str], queries: str) -> None:
        """The first sheet: what the report is, its figures, its sheets and their queries."""
        words = report.words
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 70)
        sheet.set_column(2, 3, 26)
        sheet.write_string(0, 0, report.title, self._title)
        sheet.write_string(1, 0, report.dateline)
        line = 3
        for figures in (b for s in report.sections for b in s.blocks if isinstance(b, Figures)):
            for figure in figures.figures:
                sheet.write_string(line, 0, figure.label, self._text)
                sheet.write_string(line, 1, figure.text, self._text)
                sheet.write_string(line, 2, figure.cited.name, self._text)
                line += 1
        line += 1
        for position, word in enumerate(
            (words["sheet"], words["table"], words["query"], words["rows"])
        ):
            sheet.write_string(line, position, word, self._head)
        start = line
        for table in report.tables:
            line += 1
            target = names[table.id]
            sheet.write_url(line, 0, f"internal:'{target}'!A1", self._link, target)
            sheet.write_string(line, 1, table.caption[:CELL_LIMIT], self._text)
            sheet.write_url(line, 2, f"internal:'{queries}'!A1", self._link, table.cited.name)
            sheet.write_number(line, 3, len(table.rows), self._whole)
        sheet.autofilter(start, 0, max(line, start + 1), 3)
        _printed(sheet, report.title)

    def queries(self, name: str, cited: Iterable[Cited], words: dict[str, str]) -> None:
        """The sheet of the queries, with their text."""
        sheet = self.sheet(name)
        for position, (word, width) in enumerate(
            ((words["query"], 30), (words["title"], 44), ("", 12), (words["text"], 100))
        ):
            sheet.set_column(position, position, width)
            sheet.write_string(0, position, word, self._head)
        for number, query in enumerate(cited, start=1):
            sheet.write_string(number, 0, query.name, self._text)
            sheet.write_string(number, 1, query.title[:CELL_LIMIT], self._text)
            sheet.write_string(number, 2, query.language, self._text)
            sheet.write_string(number, 3, query.text[:CELL_LIMIT], self._code)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 1, 3)

    def close(self) -> bytes:
        self.book.close()
        return self._out.getvalue()


def _printed(sheet: Any, title: str) -> None:
    """How the sheet is printed: across the page, its head on each, its title above."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&L" + title.replace("&", "&&")[:200])
    sheet.set_footer("&R&P / &N")
