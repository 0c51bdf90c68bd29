"""Do the engines agree on some records? Asked of a sample at every build."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from museosciences.errors import Place, ShapesError
from museosciences.validate.batch import Records, batch
from museosciences.validate.engines import Engine, engine, installed
from museosciences.validate.findings import UNJUDGED, Finding
from museosciences.validate.shapes import Shapes

# The reference takes some 20 ms a record, and a build one record in 2 to 4 ms: one record in a
# hundred, and never more than forty of a source, keeps a build within 5 % of its time.
ONE_IN = 100
LEAST, MOST = 3, 40


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


@dataclass(frozen=True, slots=True)
class Judgement:
    """A record as a build judged it: IRI, N-Triples, findings."""

    record: str
    data: bytes
    findings: tuple[Finding, ...]


class Sample:
    """Some of a stream of judged records: spread evenly, and always the same ones of the same."""

    def __init__(self) -> None:
        self._seen = 0
        self._kept: list[tuple[int, str, Judgement]] = []

    def add(self, record: str, data: bytes, findings: Iterable[Finding]) -> None:
        """Show one record to the sample, which keeps it or not: chance, drawn from its IRI."""
        self._seen += 1
        drawn = hashlib.blake2b(record.encode(), digest_size=8).digest()
        rank = -int.from_bytes(drawn)
        if len(self._kept) < MOST:
            heapq.heappush(self._kept, (rank, record, Judgement(record, data, tuple(findings))))
        elif rank > self._kept[0][0]:
            kept = (rank, record, Judgement(record, data, tuple(findings)))
            heapq.heapreplace(self._kept, kept)

    @property
    def chosen(self) -> list[Judgement]:
        """The records to be judged again: one in ``ONE_IN``, at least 3, at most 40."""
        size = min(MOST, max(LEAST, self._seen // ONE_IN))
        ordered = sorted(self._kept, key=lambda kept: (-kept[0], kept[1]))
        return [judgement for _, _, judgement in ordered[:size]]


def others(judge: Engine) -> list[Engine]:
    """The engines that are installed beside the one that judged; pySHACL, the reference, last."""
    return [_kept(name) for name in installed() if name != judge.name]


@cache
def _kept(name: str) -> Engine:
    """An engine that has compiled the shapes once for all sources of a process."""
    return engine(name)


def verify(judged: Sequence[Judgement], shapes: Shapes, judge: Engine) -> list[str]:
    """Judge a sample again by the other engines. Returns what they could not judge, in words.

    Raises ShapesError, naming record and shape, when they do not find the same.
    """
    notes: list[str] = []
    for other in others(judge):
        able, failed = _judged(judged, shapes, other)
        notes += failed
        if wrong := differences(able, judge, other):
            first = wrong[0]
            raise ShapesError(
                f"two SHACL engines disagree on {len({d.finding.record for d in wrong})} of "
                f"{len(judged)} sampled records; {len(wrong)} findings, the first: {first}",
                place=Place(part=first.finding.record),
                remedy="rewrite this shape within the profile of docs/validation.md, "
                "or build with --engine pyshacl, the reference",
            )
    return notes


Judged = Sequence[tuple[Judgement, list[Finding]]]


def _judged(judged: Sequence[Judgement], shapes: Shapes, other: Engine) -> tuple[Judged, list[str]]:
    """The sample with the findings of another engine, without what either could not judge."""
    data: Records = [(judgement.record, judgement.data) for judgement in judged]
    found: dict[str, list[Finding]] = {}
    for finding in batch(other, shapes, data):
        found.setdefault(finding.focus.partition("#")[0], []).append(finding)
    able, notes = [], []
    for judgement in judged:
        again = found.get(judgement.record, [])
        failed = [f for f in again if f.shape == UNJUDGED]
        notes += [f"{judgement.record}: {other.name}: {f.text('en')}" for f in failed]
        if not failed and not any(f.shape == UNJUDGED for f in judgement.findings):
            able.append((judgement, again))
    return able, notes


def differences(judged: Judged, judge: Engine, other: Engine) -> list[Difference]:
    """What two engines do not agree on; nothing is what a build expects."""
    one = [finding for judgement, _ in judged for finding in judgement.findings]
    two = [finding for _, again in judged for finding in again]
    return [
        *_only(one, two, judge.name, other.name),
        *_only(two, one, other.name, judge.name),
    ]


def _only(
    given: Sequence[Finding], missing: Iterable[Finding], by: str, not_by: str
) -> list[Difference]:
    known = {finding.key for finding in missing}
    return [Difference(f, by, not_by) for f in given if f.key not in known]
