"""Files that a remote engine loads by itself, by a command of its own.

Where server and build share a folder this is many times faster than HTTP; the command is
configuration, since every engine has its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from museosciences.errors import StoreError
from museosciences.store.config import BulkLoad
from museosciences.store.naming import Naming

# Below this many bytes a command costs more than requests.
WORTH = 32 * 1024 * 1024


def load_files(
    bulk: BulkLoad, names: Naming, batches: Iterable[tuple[str, bytes]], also: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    """Load batches by the command, in one go; yields them again when they are too few for it.

    Each batch is written as N-Quads of its graph and of those in ``also``. Raises StoreError.
    """
    waiting: list[tuple[str, bytes]] = []
    size = 0
    folder: Path | None = None
    try:
        for graph, triples in batches:
            waiting.append((graph, triples))
            size += len(triples)
            if size >= WORTH:
                folder = folder or Path(tempfile.mkdtemp(prefix="museo-", dir=bulk.folder))
                _write(folder, names, waiting, also)
                waiting, size = [], 0
        if folder is None:
            yield from waiting
            return
        _write(folder, names, waiting, also)
        _run(bulk, folder)
    except OSError as error:
        raise StoreError(
            f"the files of the bulk load cannot be written: {error}",
            remedy="check `folder` in [store.bulk-load], and the free space of its disk",
        ) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _write(
    folder: Path, names: Naming, batches: list[tuple[str, bytes]], also: tuple[str, ...]
) -> None:
    number = len(list(folder.iterdir()))
    folder.chmod(0o755)
    for name in ("", *also):
        number += 1
        with (folder / f"{number:06}.nq").open("wb") as handle:
            for graph, triples in batches:
                end = f" <{name or names.staged(graph)}> .\n".encode()
                handle.write(triples.replace(b" .\n", end))


def _run(bulk: BulkLoad, folder: Path) -> None:
    """Run the command on the files of a folder; variables of the environment are put in."""
    words = [os.path.expandvars(word).replace("{folder}", str(folder)) for word in bulk.command]
    try:
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
    except OSError as error:
        raise StoreError(
            f"the command of the bulk load cannot be run: {error}",
            remedy="check `command` in [store.bulk-load]",
        ) from error
    said = f"{done.stdout}\n{done.stderr}"
    if done.returncode or "*** Error" in said:
        last = next((line for line in reversed(said.splitlines()) if line.strip()), "")
        raise StoreError(
            f"the command of the bulk load failed ({done.returncode}): {last.strip()}",
            remedy="run it by hand; the previous build still answers",
        )
