"""``make bench-links``: the time of every link rule on a build, and of finding all links.

A rule alone is its CONSTRUCT, read to the end; all links are those too, scored, cited from the
source rows and written, but not loaded. Give the workspace of a large build
(``bench/build.py --keep``).

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
    """Ask each rule, then find all links."""
    workspace = Workspace(sys.argv[1])
    current = workspace.current()
    account = current.account()
    store = EmbeddedStore(current.store, base=account["base"], read_only=True)
    register = Register(current.register)
    print(f"{account['total']['loaded']:,} records, {account['triples']:,} triples\n")
    print("| rule | triples | CPU s | wall s |\n|---|--:|--:|--:|")
    for rule in link.rules():
        wall, cpu = time.perf_counter(), time.process_time()
        found = sum(1 for _ in store.construct(rule.text))
        spent = time.process_time() - cpu, time.perf_counter() - wall
        print(f"| {rule.name} | {found:,} | {spent[0]:.2f} | {spent[1]:.2f} |", flush=True)
    wall, cpu = time.perf_counter(), time.process_time()
    reviews = link.read_reviews(workspace.reviews)
    links = sum(count for _, count, _ in link.find(store, reviews, register.rows_of))
    spent = time.process_time() - cpu, time.perf_counter() - wall
    print(f"| all: {links:,} links | | {spent[0]:.2f} | {spent[1]:.2f} |")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmemory {most:,.0f} MB")


if __name__ == "__main__":
    main()
