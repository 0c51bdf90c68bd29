"""A process that answers queries on one store, one after the other, and may be killed at any time.

It reads questions from its standard input and writes frames to its standard output. A question is
its length (4 bytes) and JSON: ``query``, ``default`` and ``named`` (graphs, or null), ``rows`` and
``graph`` (short names of formats, or null), ``most`` (rows), ``longest`` (seconds). The first
frame, ``R``, says that the store is open.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
import sys
from typing import Any

import pyoxigraph as ox

from museosciences import sparql
from museosciences.serve.sparql import writing
from museosciences.serve.sparql.writing import Frames, Output, Refused, format_of, send

QUESTION = struct.Struct(">I")
# Memory that one query may take, in bytes: enough to sort all that a museum network holds.
MEMORY = 2 * 1024**3
# Characters of an error that are told.
LONGEST_CAUSE = 300
# The process gives way to the pages, which are answered by the server itself.
NICENESS = 5


def answer(store: ox.Store, base: str, asked: dict[str, Any], output: Output) -> None:
    """Answer a question. Raises Refused."""
    try:
        found = store.query(asked["query"], base_iri=base, **_dataset(asked))
    except (SyntaxError, ValueError) as error:
        raise Refused("syntax", _short(str(error))) from error
    if isinstance(found, ox.QueryTriples):
        form = format_of(asked["graph"], "triples")
        writing.triples(found, form, asked["most"], Frames(output, form))
        return
    form = format_of(asked["rows"], "rows")
    if isinstance(found, ox.QueryBoolean):
        writing.boolean(bool(found), form, Frames(output, form))
    else:
        columns = [variable.value for variable in found.variables]
        rows = (tuple(solution) for solution in found)
        writing.rows(columns, rows, form, asked["most"], Frames(output, form))


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


def main(path: str, base: str) -> None:
    """Answer until the standard input ends."""
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    # Whoever interrupts the server at a terminal interrupts its workers too: it stops them itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    store = ox.Store.read_only(path)
    given, output = sys.stdin.buffer, sys.stdout.buffer
    send(output, b"R")
    while len(length := given.read(QUESTION.size)) == QUESTION.size:
        asked = json.loads(given.read(QUESTION.unpack(length)[0]))
        # The system ends this process when the server that should have ended it is no more.
        signal.alarm(asked["longest"])
        try:
            answer(store, base, asked, output)
        except Refused as error:
            writing.failed(output, *error.args)
        except (OSError, RuntimeError, ValueError) as error:
            writing.failed(output, "failed", _short(str(error)))
        else:
            send(output, b"Z")
        signal.alarm(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
