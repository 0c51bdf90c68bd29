"""Workers for the queries of strangers: few, killed at a deadline, and replaced.

An engine cannot be told to stop a query that runs; a process can be killed. Each worker has the
store of one build open; those of a build that is no longer current are let go. A store that is
elsewhere is asked there (``forward``).
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field

from museosciences.serve.live import Current
from museosciences.serve.sparql import forward
from museosciences.serve.sparql.limits import Limits
from museosciences.serve.sparql.question import Question, Stopped
from museosciences.serve.sparql.worker import QUESTION
from museosciences.serve.sparql.writing import FRAME
from museosciences.store import EmbeddedStore


@dataclass(slots=True, eq=False)
class Worker:
    """One process, and whether it waits for a question."""

    process: asyncio.subprocess.Process
    build: str
    ready: bool = True

    @classmethod
    async def start(cls, current: Current) -> Worker:
        """Start a process on the store of a build. Raises Stopped when it cannot."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "museosciences.serve.sparql.worker",
            str(current.build.store), current.base,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        found = cls(process, current.build.name)
        try:
            letter, _ = await found._frame()
        except BaseException:
            found.kill()
            raise
        assert letter == b"R"
        return found

    async def ask(
        self, question: Question, limits: Limits
    ) -> AsyncGenerator[tuple[bytes, bytes], None]:
        """The frames of the answer, the format first. Raises Stopped when it takes too long."""
        self.ready = False
        content = json.dumps(question.for_worker(limits)).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(QUESTION.pack(len(content)) + content)
        spent, letter = 0.0, b""
        while letter not in (b"Z", b"E"):
            begun = time.monotonic()
            try:
                async with asyncio.timeout(limits.deadline - spent):
                    letter, piece = await self._frame()
            except TimeoutError:
                raise Stopped(
                    "overtime", f"the query was stopped after {limits.deadline:g} seconds"
                ) from None
            spent += time.monotonic() - begun
            self.ready = letter in (b"Z", b"E")
            yield letter, piece

    async def _frame(self) -> tuple[bytes, bytes]:
        assert self.process.stdout is not None
        try:
            letter, size = FRAME.unpack(await self.process.stdout.readexactly(FRAME.size))
            return letter, await self.process.stdout.readexactly(size)
        except asyncio.IncompleteReadError:
            raise Stopped(
                "failed", "the query was stopped: it may need more memory than it is allowed"
            ) from None

    def kill(self) -> None:
        """End the process at once."""
        self.ready = False
        with suppress(ProcessLookupError):
            self.process.kill()


@dataclass(slots=True)
class Pool:
    """The workers of one server. Used in one event loop."""

    limits: Limits = field(default_factory=Limits)
    _idle: list[Worker] = field(default_factory=list)
    _ending: set[asyncio.Task[int]] = field(default_factory=set)
    _free: asyncio.Semaphore = field(init=False)

    _threads: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.limits.workers)
        self._threads = ThreadPoolExecutor(self.limits.workers)

    @asynccontextmanager
    async def asked(
        self, current: Current, question: Question
    ) -> AsyncIterator[AsyncIterator[tuple[bytes, bytes]]]:
        """The frames of an answer. Raises Stopped when no worker is free in time.

        A worker whose answer was not read to its end is killed, whatever the reason.
        """
        try:
            async with asyncio.timeout(self.limits.patience):
                await self._free.acquire()
        except TimeoutError:
            raise Stopped("busy", "all workers are busy; try again") from None
        try:
            if isinstance(current.store, EmbeddedStore):
                async with (
                    self._working(current) as worker,
                    aclosing(worker.ask(question, self.limits)) as frames,
                ):
                    yield frames
            else:
                elsewhere = forward.asked(current.store, question, self.limits, self._threads)
                async with aclosing(elsewhere) as frames:
                    yield frames
        finally:
            self._free.release()

    @asynccontextmanager
    async def _working(self, current: Current) -> AsyncIterator[Worker]:
        """A worker for one question: kept for the next one if it is ready for it, else killed."""
        worker = await self._worker(current)
        try:
            yield worker
        finally:
            if worker.ready:
                self._idle.append(worker)
            else:
                self._end(worker)

    async def _worker(self, current: Current) -> Worker:
        """An idle worker of a build, or a new one."""
        for worker in [one for one in self._idle if one.build != current.build.name]:
            self._idle.remove(worker)
            self._end(worker)
        while self._idle:
            worker = self._idle.pop()
            if worker.process.returncode is None:
                return worker
        return await Worker.start(current)

    def _end(self, worker: Worker) -> None:
        """Kill a worker, and take note of its end while others are served."""
        worker.kill()
        task = asyncio.ensure_future(worker.process.wait())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        """End all workers."""
        while self._idle:
            self._end(self._idle.pop())
        await asyncio.gather(*self._ending)
        self._threads.shutdown(wait=False, cancel_futures=True)
