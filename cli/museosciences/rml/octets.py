"""UTF-8 octets carried as characters: a text nobody has to decode, nor encode again.

Most of the time of a fast mapping goes into turning octets into characters and back. A CSV file
in UTF-8 is therefore read as if it were Latin-1, one character for each octet: cells are cut at
ASCII characters, which mean the same in both readings, pasted between the fixed texts of the
mapping (carried in the same way) and written as Latin-1, which gives the octets back. Only where
a character matters (IRIs to be encoded, columns, reports) is a cell decoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

BOM = "\ufeff".encode().decode("latin-1")


def of_text(text: str) -> str:
    """The octets of a text.

    >>> of_text("é")
    'Ã©'
    """
    return text if text.isascii() else text.encode().decode("latin-1")


def to_text(octets: str) -> str:
    """The text of some octets. Raises UnicodeDecodeError when they are not UTF-8."""
    return octets if octets.isascii() else octets.encode("latin-1").decode()


def wrapped(function: Callable[[str], str]) -> Callable[[str], str]:
    """A function of texts, which leaves safe ASCII as it is, as a function of octets."""
    is_safe = re.compile(r"[A-Za-z0-9._~-]*").fullmatch

    def run(value: str) -> str:
        return value if is_safe(value) else of_text(function(to_text(value)))

    return run


def reporting(report: Callable[[int, str, Any], None]) -> Callable[[int, str, Any], None]:
    """A report that shows the text."""

    def run(row: int, part: str, value: Any, /) -> None:
        report(row, part, to_text(value) if isinstance(value, str) else value)

    return run
