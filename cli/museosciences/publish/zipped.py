"""ZIP files written as a stream: nothing is kept but what was not taken away yet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any


class Sink(RawIOBase):
    """A file that cannot be sought in: what was written is taken away, chunk by chunk."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self._waiting)
        self._waiting.clear()
        return found


def archive(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a ZIP file of some files, given by name, each as soon as it comes."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files:
            made.writestr(name, content)
            yield sink.taken()
    yield sink.taken()
