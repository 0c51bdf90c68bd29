"""Questions on a store that is no folder of this machine: its own server is asked, and waited for.

What a remote engine does with a query that runs too long is its own configuration; here, after the
deadline, nobody waits for it any more.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor

from museosciences import sparql
from museosciences.errors import MuseoError, QueryError
from museosciences.serve.sparql import writing
from museosciences.serve.sparql.limits import Limits
from museosciences.serve.sparql.question import Question, Stopped
from museosciences.serve.sparql.writing import FRAME, Frames, Refused, format_of
from museosciences.store import GraphStore

# Frames that are ready and not yet sent.
_WAITING = 8
Frame = tuple[bytes, bytes]


class _Left(Exception):
    """Nobody waits for the answer any more."""


class _Outlet:
    """Takes frames from the thread that asks to the event loop that sends."""

    def __init__(self) -> None:
        self.frames: asyncio.Queue[Frame] = asyncio.Queue(_WAITING)
        self.left = threading.Event()
        self._loop = asyncio.get_running_loop()

    def write(self, data: bytes, /) -> None:
        if self.left.is_set():
            raise _Left
        frame = data[:1], data[FRAME.size :]
        asyncio.run_coroutine_threadsafe(self.frames.put(frame), self._loop).result()

    def flush(self) -> None:
        """Nothing is kept back."""


async def asked(
    store: GraphStore, question: Question, limits: Limits, threads: ThreadPoolExecutor
) -> AsyncGenerator[Frame, None]:
    """The frames of an answer. Raises Stopped when it takes too long."""
    outlet = _Outlet()
    threads.submit(_answer, store, question, limits, outlet)
    spent, letter = 0.0, b""
    try:
        while letter not in (b"Z", b"E"):
            begun = time.monotonic()
            try:
                async with asyncio.timeout(limits.deadline - spent):
                    letter, piece = await outlet.frames.get()
            except TimeoutError:
                cause = f"the query was given up after {limits.deadline:g} seconds"
                raise Stopped("overtime", cause) from None
            spent += time.monotonic() - begun
            yield letter, piece
    finally:
        outlet.left.set()
        while not outlet.frames.empty():
            outlet.frames.get_nowait()


def _answer(store: GraphStore, question: Question, limits: Limits, outlet: _Outlet) -> None:
    """Ask, and write the answer: in one thread from the first row to the last."""
    try:
        _written(store, question, limits, outlet)
        writing.send(outlet, b"Z")
    except Refused as error:
        writing.failed(outlet, *error.args)
    except QueryError as error:
        writing.failed(outlet, "syntax", error.cause)
    except MuseoError as error:
        writing.failed(outlet, "failed", error.cause)
    except _Left:
        pass


def _written(store: GraphStore, question: Question, limits: Limits, outlet: _Outlet) -> None:
    if question.default is not None or question.named is not None:
        raise Refused("syntax", "this store is asked as a whole: name graphs in the query")
    form = sparql.form(question.query)
    if form in ("CONSTRUCT", "DESCRIBE"):
        graph = format_of(question.graph, "triples")
        found = iter(store.construct(question.query))
        writing.triples(found, graph, limits.most, Frames(outlet, graph))
        return
    rows = format_of(question.rows, "rows")
    if form == "ASK":
        writing.boolean(store.ask(question.query), rows, Frames(outlet, rows))
    else:
        answer = store.select(question.query)
        writing.rows(answer.columns, answer.rows, rows, limits.most, Frames(outlet, rows))
