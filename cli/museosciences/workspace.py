"""The workspace: builds side by side, one of them current, and what outlives them all.

::

    museo-workspace/
      CURRENT             the name of the build that answers
      builds/NAME/        store/ quarantine/ register.sqlite build.json
                          staged.json in the place of store/, when the graphs are elsewhere
      parts/KEY/          what one source became: validated N-Quads, quarantine, rows, terms
      reviews.tsv         human decisions on links
      persons.tsv         human decisions on persons that were joined, or kept apart
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from museosciences.errors import Said, StoreError, cause_of
from museosciences.store import EmbeddedStore, GraphStore, RemoteStore, StoreConfig, configured

DEFAULT = "museo-workspace"
# The current build and the one before it, to compare with and to fall back on.
BUILDS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Build:
    """One finished or unfinished build: a folder."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def store(self) -> Path:
        return self.path / "store"

    @property
    def quarantine(self) -> Path:
        return self.path / "quarantine"

    @property
    def register(self) -> Path:
        return self.path / "register.sqlite"

    def open(self) -> GraphStore:
        """The store of this finished build, for reading. Raises StoreError.

        Whoever asks a build opens it here: the build knows which engine holds its graphs.
        """
        account = self.account()
        base, remote = account["base"], account.get("store")
        if remote is None:
            return EmbeddedStore(self.store, base=base, read_only=True)
        config = configured(remote["server"], str(self.path))
        return RemoteStore(config, base=base, build=self.name, graphs=remote["graphs"])

    def create(self, base: str, server: StoreConfig | None = None) -> GraphStore:
        """The empty store of this new build: here, or on a server. Raises StoreError."""
        if server is None:
            return EmbeddedStore(self.store, base=base)
        # Written before anything is sent, so that what a killed build leaves can be removed.
        write_whole(self._staged, json.dumps({"base": base, "server": server.as_dict()}))
        store = RemoteStore(server, base=base, build=self.name)
        store.probe()
        return store

    def staged(self) -> RemoteStore | None:
        """What this build has on a server, finished or not; None when it has its own store."""
        if not self._staged.exists():
            return None
        noted = json.loads(self._staged.read_text(encoding="utf-8"))
        config = configured(noted["server"], str(self._staged))
        return RemoteStore(config, base=noted["base"], build=self.name)

    @property
    def _staged(self) -> Path:
        return self.path / "staged.json"

    def open_quarantine(self) -> GraphStore:
        """The quarantine of this finished build, for reading. Raises StoreError."""
        return EmbeddedStore(self.quarantine, base=self.account()["base"], read_only=True)

    def account(self) -> dict[str, Any]:
        """The content of build.json. Raises StoreError when it cannot be read."""
        try:
            content = json.loads((self.path / "build.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(
                Said(
                    f"le compte de la construction {self.name} ne peut être lu",
                    f"the account of the build {self.name} cannot be read: {error}",
                ),
                remedy=Said("lancer « museo build » de nouveau", "run `museo build` again"),
            ) from error
        assert isinstance(content, dict)
        return content


class Workspace:
    """A folder of builds. Nothing is created before something is to be written."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    @property
    def parts(self) -> Path:
        return self.path / "parts"

    @property
    def reviews(self) -> Path:
        return self.path / "reviews.tsv"

    @property
    def persons(self) -> Path:
        return self.path / "persons.tsv"

    def current(self) -> Build:
        """The build that answers. Raises StoreError when there is none."""
        found = self.latest()
        if found is None:
            raise StoreError(
                Said(
                    f"il n’y a pas de construction dans l’espace de travail {self.path}",
                    f"there is no build in the workspace {self.path}",
                ),
                remedy=Said(
                    "lancer « museo build », ou nommer un autre espace de travail (--workspace)",
                    "run `museo build`, or name another workspace with --workspace",
                ),
            )
        return found

    def latest(self) -> Build | None:
        """The build that answers, or None."""
        try:
            name = (self.path / "CURRENT").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        build = Build(self.path / "builds" / Path(name).name)
        return build if build.path.is_dir() else None

    def previous(self) -> Build | None:
        """The finished build before the one that answers, or None."""
        latest = self.latest()
        if latest is None:
            return None
        older = [path for path in (self.path / "builds").iterdir() if path.name < latest.name]
        finished = sorted(path for path in older if (path / "build.json").exists())
        return Build(finished[-1]) if finished else None

    def begin(self) -> Build:
        """A new empty build beside the others. Raises StoreError when the disk refuses it."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        build = Build(self.path / "builds" / stamp)
        try:
            build.path.mkdir(parents=True)
            self.parts.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(
                Said(
                    f"l’espace de travail {self.path} ne peut être écrit : {cause_of(error).fr}",
                    f"the workspace {self.path} cannot be written: {cause_of(error)}",
                ),
                remedy=Said(
                    "choisir un autre espace de travail, ou libérer de la place",
                    "choose another workspace, or free some space",
                ),
            ) from error
        return build

    def switch(self, build: Build, account: dict[str, Any]) -> None:
        """Make a build the current one, in one atomic step, and let go of the oldest.

        A build that somebody holds (``held``) stays until the next switch. Raises StoreError
        when a server could not be told: the build is the current one here nevertheless.
        """
        write_whole(build.path / "build.json", json.dumps(account, ensure_ascii=False, indent=1))
        write_whole(self.path / "CURRENT", build.name + "\n")
        if "store" in account:
            with closing(build.open()) as store:
                store.publish()
        others = sorted(p for p in (self.path / "builds").iterdir() if p != build.path)
        finished = [path for path in others if (path / "build.json").exists()]
        kept = finished[-(BUILDS_KEPT - 1) :]
        for old in kept:
            _unload_unless_held(old)
        for old in others:
            if old not in kept:
                _remove_unless_held(old)

    @contextmanager
    def held(self) -> Iterator[Build]:
        """The build that answers, its files kept in place as long as the context lasts.

        It is held by a shared lock on its folder, which the system lifts when the process ends,
        however it ends. Raises StoreError when there is no build.
        """
        while (handle := _hold(build := self.current())) is None:
            pass
        try:
            yield build
        finally:
            os.close(handle)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace for one build. Raises StoreError when another is running."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = (self.path / ".lock").open("w")
        except OSError as error:
            raise StoreError(
                Said(
                    f"l’espace de travail {self.path} ne peut être écrit : {cause_of(error).fr}",
                    f"the workspace {self.path} cannot be written: {cause_of(error)}",
                ),
                remedy=Said(
                    "choisir un autre espace de travail avec --workspace",
                    "choose another workspace with --workspace",
                ),
            ) from error
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise StoreError(
                    Said(
                        f"une autre construction est en cours dans l’espace de travail {self.path}",
                        f"another build is running in the workspace {self.path}",
                    ),
                    remedy=Said("attendre sa fin", "wait for its end"),
                ) from error
            yield

    def discard(self, build: Build) -> None:
        """Remove a build that did not come to its end."""
        _remove(build)


def _hold(build: Build) -> int | None:
    """Lock a build against removal: the open folder, or None when it is being removed."""
    try:
        handle = os.open(build.path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with suppress(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if build.path.exists():
            return handle
    os.close(handle)
    return None


def _remove_unless_held(path: Path) -> None:
    """Remove a build, unless a process holds it."""
    with _unheld(path) as free:
        if free:
            _remove(Build(path))


def _unload_unless_held(path: Path) -> None:
    """Let go of the graphs of the previous build on a server that has no room for two."""
    with _unheld(path) as free, suppress(StoreError):
        if free and (staged := Build(path).staged()) is not None:
            if staged.config.replace == "drop":
                staged.drop()
            staged.close()


@contextmanager
def _unheld(path: Path) -> Iterator[bool]:
    """Whether no process holds a build; nobody takes hold of it as long as the context lasts."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def _remove(build: Build) -> None:
    """Remove a build, first what it has on a server.

    When the server does not answer, the note of what is there stays, and the next switch tries
    again.
    """
    try:
        if (staged := build.staged()) is not None:
            staged.drop()
            staged.close()
    except (StoreError, ValueError, KeyError):
        for path in (build.store, build.quarantine):
            shutil.rmtree(path, ignore_errors=True)
        for path in (build.register, build.path / "build.json"):
            path.unlink(missing_ok=True)
        return
    shutil.rmtree(build.path, ignore_errors=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new text, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    with beside.open("rb+") as handle:
        os.fsync(handle.fileno())
    beside.replace(path)
