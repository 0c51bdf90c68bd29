"""``make bench-build``: a whole build beside a bulk load alone of the same N-Quads.

Prints wall and CPU seconds of both, and the ratio; ``--rows`` says how many records.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import inventory
import pyoxigraph as ox

from museosciences import build, sources
from museosciences.workspace import Workspace


def cpu() -> float:
    """CPU seconds of this process and of its finished children."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    """Generate, build, load alone, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inventory.write(folder / "inventaire.csv", rows)
        workspace = Workspace(folder / "workspace")
        stages: list[tuple[str, float]] = []
        start, used = time.perf_counter(), cpu()
        account = build.build(
            workspace,
            sources.gather([folder / "inventaire.csv"]),
            progress=lambda stage, share: stages.append(
                (f"{stage} {share:.0%}", time.perf_counter() - start)
            ),
        )
        built, built_cpu = time.perf_counter() - start, cpu() - used
        parts = sorted(workspace.parts.glob("*/*/records.nq"))
        start, used = time.perf_counter(), cpu()
        store = ox.Store(str(folder / "alone"))
        for part in parts:
            store.bulk_load(path=str(part), format=ox.RdfFormat.N_QUADS)
        alone, alone_cpu = time.perf_counter() - start, cpu() - used
    triples = sum(source["triples"] for source in account["sources"])
    print(f"records {rows:,}  triples {triples:,}  ({triples / rows:.1f} a record)")
    for stage, moment in stages:
        print(f"  {moment:7.1f} s  {stage}")
    print(f"build          {built:7.1f} s wall  {built_cpu:7.1f} s CPU")
    print(f"bulk load only {alone:7.1f} s wall  {alone_cpu:7.1f} s CPU")
    print(f"ratio          {built / alone:7.2f} wall  {built_cpu / alone_cpu:7.2f} CPU")


if __name__ == "__main__":
    main()
