"""Physical lines of a text of any size, never more of it in memory than a stated bound."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from museosciences.read.encoding import ERRORS, Encoding

# A longer line is refused whole and skipped: the longest real notice has 30,000 characters.
MAX_LINE = 4_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line with its end; ``too_long`` when it was cut at the bound and skipped."""

    number: int
    text: str
    too_long: bool = False


def text_stream(stream: BinaryIO, encoding: Encoding | str) -> TextIO:
    """Decode a binary stream; stray bytes never raise. Line ends are kept as they are."""
    name = encoding if isinstance(encoding, str) else encoding.name
    errors = ERRORS if name.startswith("utf-8") else "replace"
    return io.TextIOWrapper(stream, encoding=name, errors=errors, newline="")


def lines(stream: TextIO, *, limit: int = MAX_LINE, first: int = 1) -> Iterator[Line]:
    """Every line of the stream. A line beyond ``limit`` characters is skipped in pieces.

    >>> [line.text for line in lines(io.StringIO("a\\nb"))]
    ['a\\n', 'b']
    """
    number = first
    while text := stream.readline(limit):
        too_long = len(text) == limit and not text.endswith(("\n", "\r"))
        if too_long:
            _skip_to_end_of_line(stream, limit)
        yield Line(number, text, too_long)
        number += 1


def _skip_to_end_of_line(stream: TextIO, limit: int) -> None:
    while (piece := stream.readline(limit)) and not piece.endswith(("\n", "\r")):
        pass
