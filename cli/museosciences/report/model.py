"""What a report is made of, whatever it is printed as: sections of texts, figures, tables, charts.

Every figure, table and chart carries the query that made it (``Cited``). The renderers (html, pdf,
docx, xlsx) read this model and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Value = str | int | float | None

# A page shows so many characters of a value; the workbook shows it whole.
BRIEF = 300


@dataclass(frozen=True, slots=True)
class Cited:
    """The query behind a figure: its name, its title, the text that was sent, its language."""

    name: str
    title: str
    text: str
    language: Literal["SPARQL", "SQL"] = "SPARQL"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is printed, as it is counted with, and the address it leads to."""

    text: str
    value: Value = None
    href: str | None = None

    @property
    def brief(self) -> str:
        """The text as a page has room for it."""
        return self.text if len(self.text) <= BRIEF else self.text[: BRIEF - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its label, whether it holds numbers, and its share of the width."""

    label: str
    numeric: bool = False
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: all its rows, of which a page shows the first ``shown``."""

    id: str
    caption: str
    head: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cited: Cited
    shown: int = 15
    note: str = ""

    @property
    def page_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that a page shows."""
        return self.rows[: self.shown]

    @property
    def brief(self) -> bool:
        """Whether one short text and numbers are all its columns: it need not be spread out."""
        texts = [position for position, head in enumerate(self.head) if not head.numeric]
        return len(texts) == 1 and all(len(row[texts[0]].text) < 70 for row in self.page_rows)

    @property
    def left_out(self) -> int:
        """How many rows only the workbook shows."""
        return max(0, len(self.rows) - self.shown)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing (SVG) with its alternative text; ``table`` holds its data."""

    id: str
    caption: str
    alt: str
    svg: str
    table: Table


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What cannot be told, and why."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, with what it counts."""

    text: str
    label: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers that stand together."""

    figures: tuple[Figure, ...]


Block = Text | Missing | Figures | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> Iterator[Table]:
        """The tables, those of the charts included."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Chart):
                yield block.table


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``name`` is the stem of its files; ``words`` are those of the renderers."""

    name: str
    lang: str
    title: str
    subtitle: str
    publisher: str
    date: datetime
    dateline: str
    sections: tuple[Section, ...]
    words: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in their order."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def cited(self) -> tuple[Cited, ...]:
        """All queries, each once, in the order of their first figure."""
        found: dict[str, Cited] = {}
        for section in self.sections:
            for block in section.blocks:
                for cited in _cited(block):
                    found.setdefault(cited.name, cited)
        return tuple(found.values())

    def numbers(self) -> dict[str, int]:
        """The number of every table and of every chart, by its identifier."""
        counts = {"table": 0, "chart": 0}
        numbers: dict[str, int] = {}
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Chart):
                    counts["chart"] += 1
                    numbers[block.id] = counts["chart"]
                    block = block.table
                if isinstance(block, Table):
                    counts["table"] += 1
                    numbers[block.id] = counts["table"]
        return numbers


def _cited(block: Block) -> Sequence[Cited]:
    if isinstance(block, Figures):
        return [figure.cited for figure in block.figures]
    if isinstance(block, Chart):
        return [block.table.cited]
    return [block.cited] if isinstance(block, Table) else []
