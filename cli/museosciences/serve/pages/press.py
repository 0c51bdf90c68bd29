"""Makes what takes long (a report) beside the requests: one thing at a time, each once a build.

A reader who asks for what is not made yet is told to come back; a crowd who asks for a hundred
reports waits in line, and the pages go on answering meanwhile.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, Queue

from fastapi import HTTPException

from museosciences.errors import MuseoError
from museosciences.serve.live import Current, Live

# Works that wait in line, and works that are kept; a report is about half a megabyte.
LINE, KEPT = 16, 64
# Seconds that a reader is kept waiting before being asked to come back.
PATIENCE = 1.0
_Work = tuple[Callable[[], bytes], "Future[bytes]"]


class Press:
    """The line of one build. Its thread ends when there is nothing left to do."""

    def __init__(self, here: Current, live: Live) -> None:
        self._here, self._live = here, live
        self._line: Queue[_Work] = Queue()
        self._made: OrderedDict[str, Future[bytes]] = OrderedDict()
        self._lock = threading.Lock()
        self._running = False

    def get(self, name: str, make: Callable[[], bytes]) -> bytes | None:
        """What is made under a name, or None while it is not ready.

        Raises HTTPException 503 when the line is too long, and what ``make`` raised.
        """
        with self._lock:
            future = self._made.get(name)
            if future is None:
                if self._line.qsize() >= LINE:
                    raise HTTPException(503, "too many reports wait", {"retry-after": "60"})
                future = self._made[name] = Future()
                self._line.put((make, future))
                if not self._running:
                    self._running = True
                    threading.Thread(target=self._work, daemon=True).start()
            self._made.move_to_end(name)
            self._forget()
        try:
            return future.result(PATIENCE)
        except TimeoutError:
            return None
        except Exception:
            # What failed is tried again by the next who asks.
            with self._lock:
                self._made.pop(name, None)
            raise

    def _forget(self) -> None:
        done = [name for name, future in self._made.items() if future.done()]
        for name in done[: max(0, len(done) - KEPT)]:
            del self._made[name]

    def _work(self) -> None:
        """Make what waits, with a lease on the build as long as it is the current one."""
        try:
            with self._live.lease() as current:
                while (work := self._next()) is not None:
                    make, future = work
                    if current is not self._here:
                        # Nobody reads this build any more: the next request asks the new one.
                        future.set_exception(HTTPException(503, "a new build took its place"))
                        continue
                    try:
                        future.set_result(make())
                    except Exception as error:
                        future.set_exception(error)
        except MuseoError as error:
            while (work := self._next()) is not None:
                work[1].set_exception(error)

    def _next(self) -> _Work | None:
        """The first of the line; when it is empty, the thread is over."""
        with self._lock:
            try:
                return self._line.get_nowait()
            except Empty:
                self._running = False
                return None
