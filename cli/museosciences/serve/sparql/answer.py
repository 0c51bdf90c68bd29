"""The answer to a question as an HTTP response that is streamed as it comes.

Nothing is kept but the piece under way. A client that goes away takes its worker with it; an error
that comes after the first byte breaks the transfer off, so that no client takes a part for the
whole.
"""

from __future__ import annotations

import asyncio
import json
from typing import NoReturn

from fastapi import HTTPException, Response
from starlette.types import Receive, Scope, Send

from museosciences.serve.live import Current
from museosciences.serve.sparql.formats import media_type
from museosciences.serve.sparql.pool import Pool
from museosciences.serve.sparql.question import Question, Stopped

_STATUSES = {"syntax": 400, "format": 406, "overtime": 503, "busy": 503, "failed": 503}


class BrokenOff(Exception):
    """An answer could not be brought to its end after it had begun."""


class Answer(Response):
    """Asks the question when it is sent, and streams the answer."""

    def __init__(self, pool: Pool, current: Current, question: Question) -> None:
        super().__init__()
        self._pool = pool
        self._current = current
        self._question = question
        self._begun = False

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Raises HTTPException while nothing was sent, and BrokenOff after."""
        answering = asyncio.ensure_future(self._answer(send))
        leaving = asyncio.ensure_future(_left(receive))
        longest = self._pool.limits.longest
        try:
            await asyncio.wait(
                {answering, leaving}, timeout=longest, return_when=asyncio.FIRST_COMPLETED
            )
            if answering.done():
                answering.result()
            elif not leaving.done():
                raise BrokenOff(f"the client did not read the answer in {longest:g} seconds")
        except Stopped as error:
            _raise(self._begun, *error.args)
        finally:
            for task in (answering, leaving):
                task.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)

    async def _answer(self, send: Send) -> None:
        async with self._pool.asked(self._current, self._question) as frames:
            async for letter, piece in frames:
                if letter == b"H":
                    self._name(piece.decode())
                    await send(
                        {
                            "type": "http.response.start",
                            "status": 200,
                            "headers": self.raw_headers,
                        }
                    )
                    self._begun = True
                elif letter == b"E":
                    raise Stopped(*json.loads(piece))
                else:
                    await send(
                        {"type": "http.response.body", "body": piece, "more_body": letter == b"D"}
                    )

    def _name(self, form: str) -> None:
        kind = media_type(form)
        kind += "; charset=utf-8" if kind.startswith("text/") else ""
        self.raw_headers = [
            (name.encode(), value.encode())
            for name, value in {
                "content-type": kind,
                "vary": "Accept",
                "cache-control": "no-cache",
                # Said of every answer: nobody knows beforehand whether it will be reached.
                "x-row-limit": str(self._pool.limits.most),
                "content-disposition": f'inline; filename="museosciences.{form}"',
            }.items()
        ]


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _raise(begun: bool, kind: str, cause: str) -> NoReturn:
    if begun:
        raise BrokenOff(cause)
    retry = {"retry-after": "10"} if _STATUSES[kind] == 503 else None
    raise HTTPException(_STATUSES[kind], cause, retry)
