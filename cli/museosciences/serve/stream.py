"""Large answers made piece by piece in one thread, as the graph store wants it read.

Nothing is kept but the piece under way; whoever reads slowly is waited for, and when the client
leaves, the making stops at the next piece.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, cast

from anyio import CapacityLimiter, to_thread
from fastapi import HTTPException, Response
from starlette.types import Receive, Scope, Send

from museosciences.serve.heads import bodiless

# Large answers made at the same time, and the seconds that one may take to be read.
MOST, LONGEST = 6, 3600.0


class Streamed(Response):
    """An answer that ``make`` makes; an error before its first piece has a status of its own."""

    def __init__(
        self, make: Callable[[], Iterator[bytes]], media_type: str, **headers: str
    ) -> None:
        super().__init__(
            media_type=media_type,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        del self.headers["content-length"]
        self._make = make
        self._begun = False
        self._gone = threading.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises HTTPException 503 when too many are being made."""
        if bodiless(scope):
            await self._send(b"", send)
            return
        limiter: CapacityLimiter = scope["app"].state.streams
        if limiter.available_tokens < 1:
            raise HTTPException(503, "too many downloads at once", {"retry-after": "60"})
        loop = asyncio.get_running_loop()

        def pump() -> None:
            with closing(cast(Any, self._make())) as pieces:
                for piece in pieces:
                    if self._gone.is_set():
                        return
                    if piece:
                        asyncio.run_coroutine_threadsafe(self._send(piece, send), loop).result()

        pumping = asyncio.ensure_future(to_thread.run_sync(pump, limiter=limiter))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait(
                {pumping, leaving}, timeout=LONGEST, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            self._gone.set()
            left = leaving.done()
            leaving.cancel()
            await pumping
        if not left:
            await self._send(b"", send)

    async def _send(self, piece: bytes, send: Send) -> None:
        if not self._begun:
            self._begun = True
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": piece, "more_body": bool(piece)})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
