"""``make bench-links``: the time of every link rule on a build.

Seconds include finding, scoring, citing and writing the links, not the loading of them. Give the
workspace of a large build (``bench/build.py --keep``).

    python bench/links.py WORKSPACE
"""

from __future__ import annotations

import resource
import sys
import time

from museosciences import link
from museosciences.register import Register
from museosciences.store import EmbeddedStore
from museosciences.workspace import Workspace


def main() -> None:
    """Find the links of all rules, and print a line for each."""
    workspace = Workspace(sys.argv[1])
    current = workspace.current()
    account = current.account()
    store = EmbeddedStore(current.store, base=account["base"], read_only=True)
    register = Register(current.register)
    print(f"{account['total']['loaded']:,} records, {account['triples']:,} triples\n")
    print("| rule | links | CPU s | wall s |\n|---|--:|--:|--:|")
    wall, cpu = time.perf_counter(), time.process_time()
    began = wall
    for rule, count, _ in link.find(store, link.read_reviews(workspace.reviews), register.rows_of):
        spent = time.process_time() - cpu, time.perf_counter() - wall
        print(f"| {rule} | {count:,} | {spent[0]:.2f} | {spent[1]:.2f} |", flush=True)
        wall, cpu = time.perf_counter(), time.process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nall rules {time.perf_counter() - began:.1f} s wall; memory {most:,.0f} MB")


if __name__ == "__main__":
    main()
