"""What the commands print: tables for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

FORMATS = ("table", "csv", "json")
# The width of a table that goes to a file or a pipe.
WIDTH = 200


def emit(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> None:
    """Print rows on stdout. JSON is a list of objects; missing values are null, or empty."""
    if form == "json":
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if value is None else value for value in row] for row in rows)
    else:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
        console().print(table)


def console() -> Console:
    """Stdout; as wide as the terminal, or WIDTH when there is none."""
    return Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, soft_wrap=False)


def messages() -> Console:
    """Stderr, for progress and errors."""
    return Console(stderr=True, highlight=False)
