"""Do two engines agree on some records? Asked of a sample at every build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from museosciences.validate.batch import Records, batch
from museosciences.validate.engines import Engine, engine, installed
from museosciences.validate.findings import Finding
from museosciences.validate.shapes import Shapes

# The reference takes some 20 ms a record: a sample of this size costs a build half a second.
SAMPLE = 25


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding that only one of two engines gives."""

    finding: Finding
    given_by: str
    not_by: str

    def __str__(self) -> str:
        f = self.finding
        return (
            f"{self.given_by}, but not {self.not_by}: {f.constraint} of {f.shape} on {f.focus}"
            f" (value {f.value!r})"
        )


def sample(records: Records, size: int = SAMPLE) -> list[tuple[str, bytes]]:
    """Some of the records, evenly spread, always the same ones of the same records.

    >>> [n for n, _ in sample([(str(n), b"") for n in range(10)], 3)]
    ['0', '3', '6']
    """
    step = max(1, len(records) // size)
    return list(records[::step])[:size]


def reference(judge: Engine) -> Engine:
    """Another engine than the one that judged: pySHACL, or the fastest other one for pySHACL."""
    if judge.name != "pyshacl":
        return engine("pyshacl")
    return engine(next((name for name in installed() if name != "pyshacl"), "pyshacl"))


def differences(
    records: Records, shapes: Shapes, judge: Engine, other: Engine | None = None
) -> list[Difference]:
    """What two engines do not agree on; nothing is what a build expects."""
    other = other or reference(judge)
    one = batch(judge, shapes, records)
    two = batch(other, shapes, records)
    return [
        *_only(one, two, judge.name, other.name),
        *_only(two, one, other.name, judge.name),
    ]


def _only(
    given: Sequence[Finding], missing: Iterable[Finding], by: str, not_by: str
) -> list[Difference]:
    known = {finding.key for finding in missing}
    return [Difference(f, by, not_by) for f in given if f.key not in known]
