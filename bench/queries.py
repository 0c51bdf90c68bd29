"""``make bench-queries``: the time of every query of the library on a build.

Each query runs in a process of its own, with its example parameters, and is killed at a deadline;
CPU seconds are those of the second asking, when the store is open and warm. Give the workspace of a
large build (``bench/build.py --keep``).

    python bench/queries.py WORKSPACE
"""

from __future__ import annotations

import sys
import time
from multiprocessing import Process, Queue

from museosciences import query
from museosciences.store import EmbeddedStore
from museosciences.workspace import Workspace

# A query that takes longer is killed, in seconds.
DEADLINE = 120.0
# What a generated region has instead of the examples of the demonstration.
EXAMPLES = {
    "record": "object/M0609/1801.1.1",
    "name": "Dupuis",
    "word": "étude",
}


def ask(workspace: str, name: str, found: Queue[tuple[int, float, float]]) -> None:
    """Answer one query twice, and tell rows, CPU and wall seconds of the second time."""
    current = Workspace(workspace).current()
    base = current.account()["base"]
    store = EmbeddedStore(current.store, base=base, read_only=True)
    asked = query.find(name)
    given = {p.name: EXAMPLES[p.name] for p in asked.params if p.name in EXAMPLES}
    for _ in range(2):
        wall, cpu = time.perf_counter(), time.process_time()
        rows = sum(1 for _ in query.run(store, asked, given).texts())
        spent = rows, time.process_time() - cpu, time.perf_counter() - wall
    found.put(spent)


def main() -> None:
    """Ask all, and print the slowest first."""
    workspace = sys.argv[1]
    account = Workspace(workspace).current().account()
    times: list[tuple[float, str]] = []
    for asked in query.library().values():
        found: Queue[tuple[int, float, float]] = Queue()
        process = Process(target=ask, args=(workspace, asked.name, found))
        process.start()
        process.join(2 * DEADLINE)
        if process.is_alive() or process.exitcode:
            process.kill()
            process.join()
            times.append((DEADLINE, f"| {asked.folder}/{asked.name} | | killed | |"))
            continue
        rows, cpu, wall = found.get()
        times.append((cpu, f"| {asked.folder}/{asked.name} | {rows:,} | {cpu:.3f} | {wall:.3f} |"))
        print(times[-1][1], file=sys.stderr, flush=True)
    print(f"{account['triples']:,} triples\n\n| query | rows | CPU s | wall s |\n|---|--:|--:|--:|")
    for _, line in sorted(times, reverse=True):
        print(line)


if __name__ == "__main__":
    main()
