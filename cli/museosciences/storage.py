"""Folders that several machines may see: local ones, or others by fsspec URLs (``s3://…``).

Workers write the files of a build here and the build reads them from here. A file is written
beside its place and moved there when it is whole, so that a reader never meets half of one, and
two workers that were given the same work do no harm: they write the same bytes.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

import fsspec
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from museosciences.errors import InputError, StoreError


def here(url: str) -> Path | None:
    """The path of a URL or path that this machine's own file system serves; None of others."""
    system, path = _system(url)
    return Path(path) if isinstance(system, LocalFileSystem) else None


def _system(url: str) -> tuple[fsspec.AbstractFileSystem, str]:
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise StoreError(
            f"the storage {url} cannot be reached: {error}",
            remedy="install the fsspec package of this protocol, here and on every worker",
        ) from error
    return system, cast(str, path)


class Folder:
    """A folder by its URL or path. Nothing is created before something is written."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._fs, self._path = _system(self.url)

    def __truediv__(self, name: str) -> Folder:
        return Folder(f"{self.url}/{name}")

    def has(self, name: str) -> bool:
        """Is there a whole file of this name now? No listing from before is believed."""
        self._fs.invalidate_cache(self._path)
        return bool(self._fs.exists(f"{self._path}/{name}"))

    def read(self, name: str) -> IO[bytes]:
        """A file, to be read."""
        return cast(IO[bytes], self._fs.open(f"{self._path}/{name}", "rb"))

    @contextmanager
    def written(self, name: str) -> Iterator[IO[bytes]]:
        """A file, to be written: in its place when the context ends well, and not before."""
        self._fs.makedirs(self._path, exist_ok=True)
        beside = f"{self._path}/.{name}.{uuid.uuid4().hex}"
        try:
            with self._fs.open(beside, "wb") as handle:
                yield cast(IO[bytes], handle)
            self._fs.mv(beside, f"{self._path}/{name}")
        except BaseException:
            with suppress(OSError):
                self._fs.rm_file(beside)
            raise

    def write(self, name: str, content: bytes) -> None:
        """Write a whole file."""
        with self.written(name) as handle:
            handle.write(content)

    def put(self, file: Path) -> str:
        """Copy a local file here, unless it is there; returns its URL."""
        if not self.has(file.name):
            with self.written(file.name) as to, file.open("rb") as given:
                shutil.copyfileobj(given, to, 1 << 20)
        return f"{self.url}/{file.name}"

    def sweep(self) -> None:
        """Remove what killed workers left half written. Nobody may be writing here any more."""
        for path in self._fs.ls(self._path, detail=False):
            if path.rpartition("/")[2].startswith("."):
                with suppress(FileNotFoundError):
                    self._fs.rm_file(path)

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        with suppress(FileNotFoundError):
            self._fs.rm(self._path, recursive=True)


@contextmanager
def fetched(url: str) -> Iterator[Path]:
    """A file under its own name on this machine: itself, or a copy for as long as it is read.

    Raises InputError when this machine cannot read it.
    """
    try:
        if path := here(url):
            path.open("rb").close()
            yield path
            return
        system, remote = _system(url)
        with TemporaryDirectory(prefix="museo-") as folder:
            copy = Path(folder) / remote.rpartition("/")[2]
            system.get_file(remote, str(copy))
            yield copy
    except OSError as error:
        raise InputError(
            f"the file {url} cannot be read by its worker: {error}",
            remedy="give --storage a folder or URL that every worker reads and writes",
        ) from error
