"""A process that answers queries on one store, one after the other, and may be killed at any time.

It reads questions from its standard input and writes frames to its standard output. A question is
its length (4 bytes) and JSON: ``query``, ``default`` and ``named`` (graphs, or null), ``rows`` and
``graph`` (short names of formats, or null), ``most`` (rows), ``longest`` (seconds). A frame is a
letter, the length of what follows (4 bytes), and that: ``H`` the format, ``D`` a piece of the
answer, ``Z`` its end, ``E`` a JSON list of the kind of an error and its cause.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import struct
import sys
import time
from itertools import islice
from typing import IO, Any, BinaryIO, cast

import pyoxigraph as ox

from museosciences import sparql
from museosciences.serve.sparql.results import WRITERS

FRAME, QUESTION = struct.Struct(">cI"), struct.Struct(">I")
# Bytes gathered before they are sent, and the seconds that the first of them wait at most.
PIECE, WAIT = 32 * 1024, 0.05
# Memory that one query may take, in bytes: enough to sort all that a museum network holds.
MEMORY = 2 * 1024**3
# Characters of an error that are told.
LONGEST_CAUSE = 300
# The process gives way to the pages, which are answered by the server itself.
NICENESS = 5
_RESULTS = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
# How a comment is written after a graph that was cut short; JSON-LD has none.
_COMMENTS = {"ttl": "# {}\n", "nt": "# {}\n", "rdf": "<!-- {} -->\n"}


class Refused(Exception):
    """The question cannot be answered: ``args`` are the kind of the error and its cause."""


class Frames(io.RawIOBase):
    """The standard output as frames; a file that pieces of an answer are written to."""

    def __init__(self, output: BinaryIO, form: str) -> None:
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


def send(output: BinaryIO, letter: bytes, content: bytes) -> None:
    """Write one frame."""
    output.write(FRAME.pack(letter, len(content)) + content)
    output.flush()


def answer(store: ox.Store, base: str, asked: dict[str, Any], output: BinaryIO) -> None:
    """Answer a question. Raises Refused."""
    try:
        found = store.query(asked["query"], base_iri=base, **_dataset(asked))
    except (SyntaxError, ValueError) as error:
        raise Refused("syntax", _short(str(error))) from error
    graph = isinstance(found, ox.QueryTriples)
    form = asked["graph" if graph else "rows"]
    if form is None:
        kind = "triples" if graph else "rows"
        raise Refused("format", f"the answer is made of {kind}, and no format for them is accepted")
    frames = Frames(output, form)
    if isinstance(found, ox.QueryTriples):
        _triples(found, form, asked["most"], frames)
    elif isinstance(found, ox.QueryBoolean):
        frames.write(found.serialize(format=_RESULTS[form]))
    else:
        _rows(found, form, asked["most"], frames)
    frames.send()


def _short(cause: str) -> str:
    """The beginning of an error: the engine lists all that it would have understood."""
    line = cause.partition("\n")[0]
    return line if len(line) <= LONGEST_CAUSE else line[:LONGEST_CAUSE] + "…"


def _dataset(asked: dict[str, Any]) -> dict[str, Any]:
    """What the query is asked of (SPARQL 1.1 Protocol, section 2.1.4).

    The protocol comes before the query, and the query before the union of all graphs.
    """
    default, named = asked["default"], asked["named"]
    if default is not None or named is not None:
        return {
            "default_graph": [ox.NamedNode(name) for name in default or ()],
            "named_graphs": [ox.NamedNode(name) for name in named or ()],
        }
    return {"use_default_graph_as_union": "FROM" not in sparql.keywords(asked["query"])}


def _rows(found: ox.QuerySolutions, form: str, most: int, frames: Frames) -> None:
    writer = WRITERS[form]()
    head = writer.begin([variable.value for variable in found.variables])
    rows = iter(found)
    # The first row is waited for: an error before it has a status of its own.
    first = next(rows, None)
    frames.write(head.encode())
    if first is not None:
        frames.write(writer.row(tuple(first)).encode())
        for row in islice(rows, most - 1):
            frames.write(writer.row(tuple(row)).encode())
    cut = _cut(most, "rows") if next(rows, None) is not None else ""
    frames.write(writer.end(cut).encode())
    _unmarked(cut, writer.markable, frames)


def _triples(found: ox.QueryTriples, form: str, most: int, frames: Frames) -> None:
    ox.serialize(islice(found, most), output=cast(IO[bytes], frames), format=_GRAPHS[form])
    cut = _cut(most, "triples") if next(found, None) is not None else ""
    if cut and form in _COMMENTS:
        frames.write(_COMMENTS[form].format(cut).encode())
    _unmarked(cut, form in _COMMENTS, frames)


def _cut(most: int, what: str) -> str:
    return f"cut short: this server gives at most {most} {what}"


def _unmarked(cut: str, markable: bool, frames: Frames) -> None:
    """An answer that cannot say that it was cut short must break off. Raises Refused."""
    if cut and not markable:
        frames.send()
        raise Refused("cut", cut)


def main(path: str, base: str) -> None:
    """Answer until the standard input ends."""
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    # Whoever interrupts the server at a terminal interrupts its workers too: it stops them itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    store = ox.Store.read_only(path)
    given, output = sys.stdin.buffer, sys.stdout.buffer
    send(output, b"R", b"")
    while len(length := given.read(QUESTION.size)) == QUESTION.size:
        asked = json.loads(given.read(QUESTION.unpack(length)[0]))
        # The system ends this process when the server that should have ended it is no more.
        signal.alarm(asked["longest"])
        try:
            answer(store, base, asked, output)
        except Refused as error:
            send(output, b"E", json.dumps(error.args).encode())
        except (OSError, RuntimeError, ValueError) as error:
            send(output, b"E", json.dumps(["failed", str(error)]).encode())
        else:
            send(output, b"Z", b"")
        signal.alarm(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
