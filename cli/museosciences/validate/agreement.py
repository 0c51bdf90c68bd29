"""Do the engines agree on some records? Asked of a sample at every build."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from museosciences.errors import Place, ShapesError
from museosciences.validate.batch import Records, batch
from museosciences.validate.engines import Engine, engine, installed
from museosciences.validate.findings import UNJUDGED, Finding
from museosciences.validate.shapes import Shapes

# The reference takes some 20 ms a record, and a build one record in 1 to 4 ms: one record in a
# hundred, and never more than forty of all sources, keeps a build within 5 % of its time.
ONE_IN = 100
LEAST, MOST = 12, 40


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

    @property
    def drawn(self) -> int:
        """A number drawn by chance from the IRI: the lowest of all are in the sample."""
        return _drawn(self.record)

    def as_json(self) -> str:
        """For the file of a sample."""
        findings = [asdict(finding) for finding in self.findings]
        return json.dumps([self.record, self.data.decode(), findings], ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Judgement:
        """What ``as_json`` wrote."""
        record, data, findings = json.loads(line)
        return cls(record, data.encode(), tuple(Finding(**finding) for finding in findings))


class Sample:
    """Some of a stream of judged records: spread evenly, and always the same ones of the same."""

    def __init__(self) -> None:
        self._kept: list[tuple[int, str, Judgement]] = []

    def add(self, record: str, data: bytes, findings: Iterable[Finding]) -> None:
        """Show one record to the sample, which keeps it or not."""
        rank = -_drawn(record)
        if len(self._kept) < MOST:
            heapq.heappush(self._kept, (rank, record, Judgement(record, data, tuple(findings))))
        elif rank > self._kept[0][0]:
            kept = (rank, record, Judgement(record, data, tuple(findings)))
            heapq.heapreplace(self._kept, kept)

    @property
    def kept(self) -> list[Judgement]:
        """As many as could be asked for."""
        return [judgement for _, _, judgement in self._kept]


def _drawn(record: str) -> int:
    return int.from_bytes(hashlib.blake2b(record.encode(), digest_size=8).digest())


def chosen(samples: Iterable[Judgement], records: int) -> list[Judgement]:
    """The records to be judged again, out of the samples of all sources.

    One in ``ONE_IN`` of all ``records``, at least ``LEAST``, at most ``MOST``.
    """
    size = min(MOST, max(LEAST, records // ONE_IN))
    return heapq.nsmallest(size, samples, key=lambda judgement: (judgement.drawn, judgement.record))


def others(judge: Engine) -> list[Engine]:
    """The engines that are installed beside the one that judged; pySHACL, the reference, last."""
    return [engine(name) for name in installed() if name != judge.name]


Notes = list[tuple[str, str]]


def verify(judged: Sequence[Judgement], shapes: Shapes, judge: Engine) -> Notes:
    """Judge a sample again by the other engines.

    Returns the records that they could not judge, each with the reason. Raises ShapesError, naming
    record and shape, when they do not find the same.
    """
    notes: Notes = []
    if not judged:
        return notes
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


def _judged(judged: Sequence[Judgement], shapes: Shapes, other: Engine) -> tuple[Judged, Notes]:
    """The sample with the findings of another engine, without what either could not judge."""
    data: Records = [(judgement.record, judgement.data) for judgement in judged]
    found: dict[str, list[Finding]] = {}
    for finding in batch(other, shapes, data):
        found.setdefault(finding.focus.partition("#")[0], []).append(finding)
    able: list[tuple[Judgement, list[Finding]]] = []
    notes: Notes = []
    for judgement in judged:
        again = found.get(judgement.record, [])
        failed = [f for f in again if f.shape == UNJUDGED]
        notes += [(judgement.record, f"{other.name}: {f.text('en')}") for f in failed]
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
