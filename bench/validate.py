"""How fast are records judged? ``make bench-validate``.

Generated records (``tests/validate/generated.py``, 70 % faulty) are judged by the real shapes as a
build judges them: in batches of 500, one process. Then pySHACL judges some of the same. Prints
records per CPU-second of each, their ratio, and the greatest memory while batches stream.

    python bench/validate.py [RECORDS [RECORDS_FOR_PYSHACL]]
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "cli"), str(ROOT / "tests/validate")]

import generated  # noqa: E402

from museosciences import validate  # noqa: E402

BATCH = 500
TARGET = 60.0


def batches(count: int) -> Iterator[list[tuple[str, bytes]]]:
    """The records, in batches as a build makes them."""
    made = generated.records(count)
    while batch := [(record.iri, record.data) for record in islice(made, BATCH)]:
        yield batch


def measure(name: str, count: int) -> tuple[float, float, int]:
    """CPU seconds and wall seconds of judging, and the number of findings."""
    engine, shapes = validate.engine(name), validate.load()
    engine.validate(b"", shapes)  # the shapes are compiled once per build, not per batch
    cpu = wall = 0.0
    findings = 0
    for batch in batches(count):
        began_cpu, began_wall = time.process_time(), time.perf_counter()
        findings += len(validate.batch(engine, shapes, batch))
        cpu += time.process_time() - began_cpu
        wall += time.perf_counter() - began_wall
    return cpu, wall, findings


def memory() -> float:
    """The greatest memory of this process so far, in MB (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row(name: str, count: int, findings: int, cpu: float, wall: float) -> str:
    """One measurement in words."""
    times = f"{cpu:6.1f} CPU-s {wall:6.1f} s {count / cpu:6.0f} records/CPU-s"
    return f"{name:9} {count:7} records {findings:7} findings {times}"


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    fewer = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    name = validate.installed()[0]
    measure(name, 5 * BATCH)
    before = memory()
    cpu, wall, findings = measure(name, count)
    after = memory()
    speed = count / cpu
    print(row(name, count, findings, cpu, wall) + f", memory {before:.0f} -> {after:.0f} MB")
    cpu, wall, findings = measure("pyshacl", fewer)
    slow = fewer / cpu
    print(row("pyshacl", fewer, findings, cpu, wall))
    print(f"ratio {speed / slow:.0f} (target: at least {TARGET:.0f})")


if __name__ == "__main__":
    main()
