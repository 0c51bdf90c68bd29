"""``make bench-build`` and ``make bench-scale``: a whole build beside a bulk load alone.

For each number of records it generates a region (``inventory.py``), builds it as ``museo build``
does, and prints wall and CPU seconds of every stage, the greatest memory of all processes together,
the disk, and the ratio to loading the same N-Quads alone. The load of the machine is told, as it
decides what the wall seconds are worth.

    python bench/build.py 20000 [100000 …] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import inventory
import pyoxigraph as ox

from museosciences import build, sources
from museosciences.workspace import Workspace

# The steps of a build: what the chain calls, as it calls it.
STEPS = (
    ("read, map, validate, load", build.Loading, "nquads"),
    ("persons, terms, places", build, "reconciliation"),
    ("relations", build.derive, "relations"),
    ("reading of the records", build, "Reading"),
    ("evidence", build.evidence, "evidence"),
    ("sets", build.derive, "sets"),
    ("themes", build.theme, "memberships"),
    ("links", build.link, "find"),
    ("facets", build.facets, "write"),
)
EVERY = 0.5


def cpu() -> float:
    """CPU seconds of this process and of its finished children."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Clock:
    """Wall and CPU seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, tuple[float, float]] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start, used = time.perf_counter(), cpu()
        try:
            yield
        finally:
            wall, own = self.spent.get(name, (0.0, 0.0))
            self.spent[name] = wall + time.perf_counter() - start, own + cpu() - used

    def watch(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, timed; of a generator until it is exhausted, with what its reader does."""

        def timed(*given: Any, **named: Any) -> Any:
            with self.step(name):
                found = call(*given, **named)
            if not isinstance(found, Iterator):
                return found
            return self._through(name, found)

        return timed

    def _through(self, name: str, found: Iterator[Any]) -> Iterator[Any]:
        with self.step(name):
            yield from found


class Memory(threading.Thread):
    """The greatest resident memory of this process and its descendants together, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(EVERY):
            self.most = max(self.most, sum(map(_resident, _family(os.getpid()))))

    def stop(self) -> float:
        self._over.set()
        self.join()
        return self.most


def _family(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [c for t in tasks for c in (t / "children").read_text().split()]
    except OSError:
        return []
    return [process, *(member for child in children for member in _family(int(child)))]


def _resident(process: int) -> float:
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except OSError:
        return 0.0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def size(folder: Path) -> float:
    """MB on disk of all that is in a folder."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def measure(records: int, folder: Path) -> None:
    """Generate, build, load alone, print."""
    region = inventory.write(folder / f"region-{records}", records)
    workspace = Workspace(folder / f"workspace-{records}")
    clock, memory = Clock(), Memory()
    for name, owner, attribute in STEPS:
        call = getattr(owner, attribute)
        setattr(owner, attribute, clock.watch(name, getattr(call, "__wrapped__", call)))
        getattr(owner, attribute).__wrapped__ = call  # type: ignore[attr-defined]
    memory.start()
    with clock.step("whole build"):
        account = build.build(workspace, sources.gather([region]))
    most = memory.stop()
    parts = sorted(workspace.parts.glob("*/*/records.nq"))
    store = ox.Store(str(folder / f"alone-{records}"))
    with clock.step("bulk load alone"):
        for part in parts:
            store.bulk_load(path=str(part), format=ox.RdfFormat.N_QUADS)
    triples = sum(source["triples"] for source in account["sources"])
    load = "/".join(f"{one:.0f}" for one in os.getloadavg())
    print(
        f"\n{records:,} records, {triples:,} triples of them, {account['triples']:,} in the store"
    )
    print(f"{sum(account['links'].values()):,} links; load of the machine {load}")
    print("| step | wall s | CPU s | CPU ms a record |\n|---|--:|--:|--:|")
    for name, (wall, used) in clock.spent.items():
        print(f"| {name} | {wall:.1f} | {used:.1f} | {used / records * 1000:.2f} |")
    whole, alone = clock.spent["whole build"], clock.spent["bulk load alone"]
    print(f"ratio {whole[0] / alone[0]:.2f} wall, {whole[1] / alone[1]:.2f} CPU")
    current = workspace.current()
    print(
        f"memory {most:,.0f} MB; disk: store {size(current.store):,.0f} MB, register "
        f"{size(current.register.parent) - size(current.store):,.0f} MB with quarantine, "
        f"parts {size(workspace.parts):,.0f} MB; links {account['links']}",
        flush=True,
    )


def main() -> None:
    """Measure each number of records."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int, nargs="+")
    parser.add_argument("--keep", type=Path, help="keep regions and workspaces in this folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for records in given.records:
            measure(records, folder)


if __name__ == "__main__":
    main()
