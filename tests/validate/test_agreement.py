"""Three engines, one answer, on generated records whose findings are known by construction."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from museosciences import validate
from museosciences.validate import agreement
from museosciences.validate.engines import Result

sys.path.insert(0, str(Path(__file__).parent))
import generated

NAMESPACE = "https://museosciences.example/shapes#"
# pySHACL takes some 20 ms a record, the others less than one.
COUNTS = {"shacl": 2_000, "pyshifty": 600, "pyshacl": 150}


@pytest.mark.parametrize("name", validate.ENGINES)
def test_the_findings_are_those_of_the_faults(name: str) -> None:
    made = list(generated.records(COUNTS[name]))
    shapes, engine = validate.load(), validate.engine(name)
    findings = []
    for start in range(0, len(made), 500):
        batch = [(record.iri, record.data) for record in made[start : start + 500]]
        findings += validate.batch(engine, shapes, batch)
    found = Counter(
        (f.focus, f.shape.removeprefix(NAMESPACE), f.constraint, f.value or "") for f in findings
    )
    expected = Counter(line for record in made for line in record.expected)
    assert found - expected == Counter()
    assert expected - found == Counter()


def test_seven_records_in_ten_are_faulty_and_every_fault_occurs() -> None:
    made = list(generated.records(2_000))
    share = sum(record.fault is not None for record in made) / len(made)
    assert abs(share - generated.FAULTY_SHARE) < 0.03
    assert {record.fault for record in made if record.fault} == {f.name for f in generated.FAULTS}
    assert len({record.iri for record in made}) == len(made)


def test_a_sample_of_a_build_is_judged_again_by_the_reference() -> None:
    made = [(record.iri, record.data) for record in generated.records(60)]
    some = agreement.sample(made, 12)
    assert len(some) == 12
    shapes = validate.load()
    judge = validate.engine("shacl")
    assert agreement.reference(judge).name == "pyshacl"
    assert agreement.differences(some, shapes, judge) == []


class Blind:
    """An engine that sees no violation."""

    name = "blind"

    def __init__(self) -> None:
        self._sees = validate.engine("shacl")

    def results(self, data: bytes, shapes: validate.Shapes) -> Iterator[Result]:
        return self._sees.results(data, shapes)

    def validate(self, data: bytes, shapes: validate.Shapes) -> list[validate.Finding]:
        return [f for f in self._sees.validate(data, shapes) if f.severity != "Violation"]


def test_a_difference_between_engines_is_told() -> None:
    made = [(record.iri, record.data) for record in generated.records(200)]
    wrong = agreement.differences(made, validate.load(), validate.engine("shacl"), Blind())
    assert wrong
    assert {d.finding.severity for d in wrong} == {"Violation"}
    assert str(wrong[0]).startswith("shacl, but not blind: ")
