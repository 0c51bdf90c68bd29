"""Opens the local files of logical sources: where they may lie, compression, encoding.

Only files below the allowed folders are opened, links followed first; nothing is fetched from
the network, and nothing is unpacked onto the disk.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from museosciences.errors import MappingError, Place, UnreadableFile
from museosciences.rml.model import FileAccess


@dataclass(frozen=True)
class Access:
    """The folders that relative paths start from, and those that may be read.

    ``mapping`` is the folder of the mapping, ``working`` the current one; ``allowed`` are
    resolved folders, the mapping's own among them.
    """

    mapping: Path
    working: Path
    allowed: tuple[Path, ...]

    @classmethod
    def of(cls, mapping: Path, allow: tuple[Path, ...] = (), working: Path | None = None) -> Access:
        """What a mapping in this folder may reach."""
        folders = tuple(folder.resolve() for folder in (mapping, *allow))
        return cls(mapping.resolve(), (working or Path.cwd()).resolve(), folders)

    def resolve(self, file: FileAccess, part: str) -> Path:
        """The file on disk. Raises MappingError when it lies outside the allowed folders."""
        roots = {"mapping": self.mapping, "working": self.working}
        path = (roots.get(file.root, Path(file.root)) / file.path).resolve()
        if not any(path.is_relative_to(folder) for folder in self.allowed):
            raise MappingError(
                f"{file.path} lies outside the folders this mapping may use",
                place=Place(part=part),
                remedy=f"allow its folder: --allow {path.parent}",
            )
        return path


@contextmanager
def open_bytes(path: Path, compression: str | None) -> Iterator[IO[bytes]]:
    """The bytes of the file, decompressed. Raises UnreadableFile."""
    try:
        if compression == "gzip":
            with gzip.open(path, "rb") as stream:
                yield stream  # type: ignore[misc]
        elif compression == "zip":
            with zipfile.ZipFile(path) as archive, archive.open(_only(archive.namelist())) as found:
                yield found
        elif compression in ("targz", "tarxz", "tar"):
            with tarfile.open(path) as tar:
                member = tar.extractfile(_only([m.name for m in tar.getmembers() if m.isfile()]))
                if member is None:
                    raise UnreadableFile("the archive holds no file")
                yield member
        else:
            with path.open("rb") as plain:
                yield plain
    except UnreadableFile:
        raise
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise UnreadableFile(
            f"the source cannot be read: {getattr(error, 'strerror', None) or error}",
            place=Place(file=str(path)),
            remedy="check the name of the file and its compression",
        ) from error


def _only(names: list[str]) -> str:
    """The one file of an archive."""
    files = [name for name in names if not name.endswith("/")]
    if len(files) != 1:
        raise UnreadableFile(f"the archive holds {len(files)} files, one is expected")
    return files[0]


@contextmanager
def open_text(path: Path, file: FileAccess) -> Iterator[io.TextIOWrapper]:
    """The text of the file, UTF-8 with or without BOM unless the mapping says otherwise."""
    with open_bytes(path, file.compression) as stream:
        # An empty newline argument leaves line ends to the CSV reader.
        text = io.TextIOWrapper(stream, encoding=file.encoding or "utf-8-sig", newline="")
        try:
            yield text
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                f"the source is not {error.encoding} text: {error.reason}",
                place=Place(file=str(path)),
                remedy="say the encoding in the mapping (rml:encoding)",
            ) from error
        finally:
            text.detach()
