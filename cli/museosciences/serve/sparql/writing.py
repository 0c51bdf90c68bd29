"""An answer as frames: the format, pieces of it, and how it ends.

A frame is a letter, the length of what follows (4 bytes), and that: ``H`` the short name of the
format, ``D`` a piece of the answer, ``Z`` its end, ``E`` a JSON list of the kind of an error and
its cause. A frame is written in one go.
"""

from __future__ import annotations

import io
import json
import struct
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any, Protocol, cast

import pyoxigraph as ox

from museosciences.serve.sparql.results import WRITERS, Term, truth

FRAME = struct.Struct(">cI")
# Bytes gathered before they are sent, and the seconds that the first of them wait at most.
PIECE, WAIT = 32 * 1024, 0.05
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
# How a comment is written after a graph that was cut short; JSON-LD has none.
_COMMENTS = {"ttl": "# {}\n", "nt": "# {}\n", "rdf": "<!-- {} -->\n"}


class Refused(Exception):
    """The question cannot be answered: ``args`` are the kind of the error and its cause."""


class Output(Protocol):
    """Where frames go: a file, or what takes its place."""

    def write(self, data: bytes, /) -> object: ...

    def flush(self) -> object: ...


def send(output: Output, letter: bytes, content: bytes = b"") -> None:
    """Write one frame."""
    output.write(FRAME.pack(letter, len(content)) + content)
    output.flush()


def failed(output: Output, kind: str, cause: str) -> None:
    """Write the frame of an error."""
    send(output, b"E", json.dumps([kind, cause]).encode())


def format_of(asked: str | None, kind: str) -> str:
    """The format in which ``rows`` or ``triples`` are accepted. Raises Refused when none is."""
    if asked is None:
        raise Refused("format", f"the answer is made of {kind}, and no format for them is accepted")
    return asked


class Frames(io.RawIOBase):
    """Frames as a file that the pieces of an answer are written to."""

    def __init__(self, output: Output, form: str) -> None:
        self._output = output
        self._form = form
        self._waiting: list[bytes] = []
        self._size = 0
        self._since = 0.0
        self._begun = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(piece)
        self._size += len(piece)
        if self._size >= PIECE or time.monotonic() - self._since > WAIT:
            self.send()
        return len(piece)

    def send(self) -> None:
        """Send what is waiting, after the format when it is the first."""
        if not self._begun:
            self._begun = True
            send(self._output, b"H", self._form.encode())
        if self._waiting:
            send(self._output, b"D", b"".join(self._waiting))
            self._waiting, self._size = [], 0


def boolean(found: bool, form: str, frames: Frames) -> None:
    """The answer to an ASK."""
    frames.write(truth(found, form).encode())
    frames.send()


def rows(
    columns: Sequence[str],
    found: Iterator[Sequence[Term | None]],
    form: str,
    most: int,
    frames: Frames,
) -> None:
    """The answer to a SELECT, at most so many rows.

    Raises Refused when it was cut short and its format has no place to say so.
    """
    writer = WRITERS[form]()
    # The first row is waited for: an error before it has a status of its own.
    first = next(found, None)
    frames.write(writer.begin(columns).encode())
    if first is not None:
        frames.write(writer.row(first).encode())
        for row in islice(found, most - 1):
            frames.write(writer.row(row).encode())
    cut = _cut(most, "rows") if next(found, None) is not None else ""
    frames.write(writer.end(cut).encode())
    _end(cut, writer.markable, frames)


def triples(found: Iterator[ox.Triple], form: str, most: int, frames: Frames) -> None:
    """The answer to a CONSTRUCT or DESCRIBE, at most so many triples. Raises Refused likewise."""
    ox.serialize(islice(found, most), output=cast(IO[bytes], frames), format=_GRAPHS[form])
    cut = _cut(most, "triples") if next(found, None) is not None else ""
    if cut and form in _COMMENTS:
        frames.write(_COMMENTS[form].format(cut).encode())
    _end(cut, form in _COMMENTS, frames)


def _cut(most: int, what: str) -> str:
    return f"cut short: this server gives at most {most} {what}"


def _end(cut: str, markable: bool, frames: Frames) -> None:
    frames.send()
    if cut and not markable:
        raise Refused("cut", cut)
