"""Three engines, one answer, on generated records whose findings are known by construction."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from museosciences import validate

sys.path.insert(0, str(Path(__file__).parent))
import generated

NAMESPACE = "https://museosciences.example/shapes#"
# pySHACL takes some 20 ms a record, the others less than one.
COUNTS = {"shacl": 2_000, "pyshifty": 2_000, "pyshacl": 200}


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
