"""Who makes the chunks of a build: this process, processes of this machine, or a Dask cluster.

All of them call ``partition.process`` with the same tasks, and the files are the same. A worker
that is killed is replaced by one that makes what is not there yet.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from museosciences import partition
from museosciences.errors import InputError, Said, StoreError, UsageError
from museosciences.partition import Stripe, Task

if TYPE_CHECKING:
    from distributed import Client

NAMES = ("process", "dask")
# How long a cluster may be without any worker, in seconds, before the build gives up.
ABANDONED = 60.0
# How often that is looked at, in seconds.
LOOK_EVERY = 5.0
# How long a scheduler may take to answer at first, in seconds.
CONNECTION = 10.0

# Asks for the end of a task: None while it is being done.
Asked = Callable[[], Stripe | None]


class Pool(Protocol):
    """Workers that are ready. ``workers`` is their number."""

    workers: int

    def submit(self, task: Task) -> Asked:
        """Give a task to a worker."""
        ...


Executor = Callable[[], AbstractContextManager[Pool]]


def choose(name: str, scheduler: str | None = None) -> Executor:
    """An executor by its name. Raises UsageError."""
    if name not in NAMES:
        raise UsageError(f"there is no executor {name}", remedy=f"choose {' or '.join(NAMES)}")
    if name == "process":
        if scheduler is not None:
            raise UsageError("a scheduler is for Dask", remedy="add --executor dask")
        return processes
    if find_spec("distributed") is None:
        raise UsageError(
            "Dask is not installed", remedy="pip install 'museosciences[dask]', here and on workers"
        )
    return partial(dask, scheduler)


class _Here:
    """Every task is done in this process when its end is asked for."""

    workers = 1

    def submit(self, task: Task) -> Asked:
        return partial(partition.process, task)


@contextmanager
def here() -> Iterator[Pool]:
    """This process: for few rows, where starting another costs more than it saves."""
    yield _Here()


class _Processes:
    """Processes of this machine, one for each core."""

    def __init__(self) -> None:
        self.workers = os.cpu_count() or 1
        self._pool = _pool(self.workers)
        self._alone: list[ProcessPoolExecutor] = []

    def submit(self, task: Task) -> Asked:
        held = [self._pool.submit(partition.process, task)]
        return partial(self._ask, held, task)

    def _ask(self, held: list[Future[Stripe]], task: Task) -> Stripe | None:
        """The end of a task. If its pool broke, it is tried again in a process of its own, so
        that the source that breaks its worker breaks no other's."""
        if not held[-1].done():
            return None
        try:
            return held[-1].result()
        except BrokenProcessPool:
            if len(held) > 1:
                name = task.spec.file.name
                reason = Said(
                    f"{name} : le processus qui le lisait a été tué deux fois (mémoire ?)",
                    f"{name}: the process that read it was killed twice (memory?)",
                )
                return Stripe(error=reason.stored())
        self._alone.append(_pool(1))
        held.append(self._alone[-1].submit(partition.process, task))
        return None

    def close(self) -> None:
        for pool in (self._pool, *self._alone):
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned: a fork of a process in which a store has threads would be half alive.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


@contextmanager
def processes() -> Iterator[Pool]:
    """Processes of this machine."""
    pool = _Processes()
    try:
        yield pool
    finally:
        pool.close()


class _Dask:
    """The workers of a Dask cluster, one task for each of their threads."""

    def __init__(self, client: Client, where: str) -> None:
        self._client = client
        self._where = where
        self._seen = self._next_look = time.monotonic()
        self.workers = max(1, sum(client.nthreads().values()))

    def submit(self, task: Task) -> Asked:
        # Impure: what counts are the files. A name of its own, so that a second build of the same
        # inventory is no answer from the scheduler's memory.
        future = self._client.submit(
            partition.process, task, key=f"museo-{uuid4().hex}", pure=False
        )
        return partial(self._ask, future, task)

    def _ask(self, future: Any, task: Task) -> Stripe | None:
        if not future.done():
            self._look()
            return None
        try:
            stripe: Stripe = future.result()
        except self._killed() as error:
            # Dask has tried it on several workers (distributed.scheduler.allowed-failures).
            return Stripe(error=f"{task.spec.file.name}: its workers were killed: {error}")
        except InputError as error:
            return Stripe(error=error.said().stored())
        except (asyncio.CancelledError, OSError, ImportError, TypeError) as error:
            raise StoreError(
                f"the cluster {self._where} failed: {error or type(error).__name__}",
                remedy="check its scheduler, and that museosciences is installed on every worker; "
                "what was made is kept: build again",
            ) from error
        return stripe

    @staticmethod
    def _killed() -> type[Exception]:
        from distributed import KilledWorker

        return KilledWorker

    def _look(self) -> None:
        """See that there is somebody who works. Raises StoreError after a while without."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + LOOK_EVERY
        if self._client.nthreads():
            self._seen = now
        elif now - self._seen > ABANDONED:
            raise StoreError(
                f"the cluster {self._where} has had no worker for {ABANDONED:.0f} s",
                remedy=f"start some: dask worker {self._where}; then build again",
            )


@contextmanager
def dask(scheduler: str | None) -> Iterator[Pool]:
    """A Dask cluster by the address of its scheduler; without one, a cluster of this machine.

    Raises StoreError when the scheduler does not answer.
    """
    from distributed import Client, LocalCluster

    if scheduler is None:
        workers = os.cpu_count() or 1
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
            ) as cluster,
            Client(cluster) as client,
        ):
            yield _Dask(client, cluster.scheduler_address)
        return
    try:
        client = Client(scheduler, timeout=CONNECTION)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"the Dask scheduler {scheduler} does not answer: {error}",
            remedy="check the address, like tcp://host:8786; start one: dask scheduler",
        ) from error
    with client:
        yield _Dask(client, scheduler)
