"""The build that answers, and the change to a new one while requests are under way.

Every request takes a lease on one build and sees nothing but that build, whatever is built in the
meantime. The first request after a new build is current opens it; the old one is closed when its
last lease ends. The folder of a build is held as long as the build is open, so that no switch of
the workspace takes it away from under its readers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, cast

from museosciences.errors import MuseoError
from museosciences.publish.collection import Collection, Entry, canonical
from museosciences.publish.setting import Setting
from museosciences.register import Register
from museosciences.store import GraphStore
from museosciences.workspace import Build, Workspace

# Seconds before a build that could not be opened is tried again.
PATIENCE = 5.0

Made = TypeVar("Made")
_ENTRY = tuple(one.name for one in fields(Entry))
_log = logging.getLogger(__name__)


class Current:
    """One build, open for reading by any number of threads.

    The solutions of a query must be read in the thread that asked for them (pyoxigraph).
    """

    def __init__(self, build: Build, store: GraphStore) -> None:
        self.build = build
        self.account: dict[str, Any] = build.account()
        self.store = store
        self.setting = Setting(Collection(store, build.register, self.account))
        self._registers: list[Register] = []
        self._thread = threading.local()
        self._lock = threading.Lock()
        self._made: dict[str, Any] = {}
        self._making: dict[str, threading.Lock] = {}
        self._ends = ExitStack()

    @property
    def base(self) -> str:
        """The base IRI."""
        return self.store.base

    @property
    def register(self) -> Register:
        """The register, on a connection of the thread that asks."""
        found: Register | None = getattr(self._thread, "register", None)
        if found is None:
            found = self._thread.register = Register(self.build.register)
            with self._lock:
                self._registers.append(found)
        return found

    def entry(self, path: str) -> Entry | None:
        """One record by its path under the base, or None, on the connection of this thread."""
        found = self.register.record(canonical(path))
        return Entry(**{name: found[name] for name in _ENTRY}) if found else None

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What is made once for a build, and then remembered as long as it is open."""
        with self._lock:
            making = self._making.setdefault(name, threading.Lock())
        with making:
            if name not in self._made:
                self._made[name] = make()
            return cast(Made, self._made[name])

    def at_end(self, end: Callable[[], object]) -> None:
        """Have something done when the build is closed."""
        self._ends.callback(end)

    def close(self) -> None:
        """Release the store, the registers, and what was made for this build."""
        self._ends.close()
        for register in self._registers:
            register.close()
        self.store.close()


@dataclass(slots=True)
class _Held:
    """An open build: how many leases it has, and what ends with it."""

    current: Current
    stack: ExitStack
    stamp: object
    leases: int = 0
    replaced: bool = False


@dataclass(slots=True)
class Live:
    """The current build of a workspace, opened when it is first asked for."""

    workspace: Workspace
    # Done with a new build before it takes the place of the old one, which answers meanwhile.
    prepare: Callable[[Current], object] = lambda _current: None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _held: _Held | None = None
    _failed: tuple[object, float] | None = None

    @contextmanager
    def lease(self) -> Iterator[Current]:
        """The current build, open until the context ends. Raises StoreError when there is none."""
        held = self._take()
        try:
            yield held.current
        finally:
            self._give_back(held)

    def close(self) -> None:
        """Let go of the build; it is closed when its last lease ends."""
        with self._lock:
            held, self._held = self._held, None
            idle = held is not None and _replace(held)
        if held is not None and idle:
            held.stack.close()

    def _take(self) -> _Held:
        self._renew()
        with self._lock:
            if self._held is not None:
                self._held.leases += 1
                return self._held
        # No build could be opened before: wait for whoever opens one, and fail as it failed.
        with self._opening:
            if self._held is None:
                self._switch()
        return self._take()

    def _give_back(self, held: _Held) -> None:
        with self._lock:
            held.leases -= 1
            over = held.replaced and held.leases == 0
        if over:
            held.stack.close()

    def _renew(self) -> None:
        """Open the new build when there is one. Requests go on with the old one meanwhile."""
        held = self._held
        stamp = self._stamp()
        if held is None or held.stamp == stamp or stamp is None or self._in_vain(stamp):
            return
        if not self._opening.acquire(blocking=False):
            return
        try:
            if self._held is held:
                self._switch()
        except MuseoError as error:
            self._failed = (stamp, time.monotonic())
            _log.warning("the new build cannot be opened, the old one goes on: %s", error)
        finally:
            self._opening.release()

    def _in_vain(self, stamp: object) -> bool:
        return (
            self._failed is not None
            and self._failed[0] == stamp
            and time.monotonic() - self._failed[1] < PATIENCE
        )

    def _stamp(self) -> object:
        """What changes when another build becomes current; None when nothing can be told."""
        try:
            found = (self.workspace.path / "CURRENT").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _switch(self) -> None:
        stamp = self._stamp()
        with ExitStack() as stack:
            build = stack.enter_context(self.workspace.held())
            current = Current(build, build.open())
            stack.callback(current.close)
            # The register is opened at once: a build without one must not take over.
            current.register.sources()
            if self._held is not None:
                self.prepare(current)
            new = _Held(current, stack.pop_all(), stamp)
        with self._lock:
            old, self._held = self._held, new
            idle = old is not None and _replace(old)
        if old is not None and idle:
            old.stack.close()


def _replace(held: _Held) -> bool:
    """Mark a build as replaced: whether it can be closed at once."""
    held.replaced = True
    return held.leases == 0
