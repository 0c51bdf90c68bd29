"""Three engines, one answer, on generated records whose findings are known by construction."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from museosciences import validate
from museosciences.errors import ShapesError
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


def judged(count: int) -> list[agreement.Judgement]:
    """Generated records as a build judges them."""
    made = [(record.iri, record.data) for record in generated.records(count)]
    found = validate.by_record(validate.batch(validate.engine("shacl"), validate.load(), made))
    return [agreement.Judgement(iri, data, tuple(found.get(iri, ()))) for iri, data in made]


def test_a_sample_is_judged_again_by_all_other_engines() -> None:
    judge = validate.engine("shacl")
    assert [other.name for other in agreement.others(judge)] == ["pyshifty", "pyshacl"]
    assert agreement.verify(judged(12), validate.load(), judge) == []


def test_the_sample_is_spread_bounded_and_always_the_same() -> None:
    def chosen(count: int) -> list[str]:
        sample = agreement.Sample()
        for number in range(count):
            sample.add(f"https://e/object/M/{number}", b"", ())
        return [judgement.record for judgement in agreement.chosen(sample.kept, count)]

    assert len(chosen(2)) == 2
    assert len(chosen(50)) == agreement.LEAST
    assert len(chosen(2_000)) == 2_000 // agreement.ONE_IN
    assert len(chosen(9_000)) == agreement.MOST
    assert chosen(9_000) == chosen(9_000)
    numbers = sorted(int(record.rpartition("/")[2]) for record in chosen(9_000))
    assert numbers[0] < 1_500
    assert numbers[-1] > 7_500


class Blind:
    """An engine that sees no violation."""

    name = "blind"

    def __init__(self) -> None:
        self._sees = validate.engine("shacl")

    def results(self, data: bytes, shapes: validate.Shapes) -> Iterator[Result]:
        return self._sees.results(data, shapes)

    def validate(self, data: bytes, shapes: validate.Shapes) -> list[validate.Finding]:
        return [f for f in self._sees.validate(data, shapes) if f.severity != "Violation"]


class Failing(Blind):
    """An engine that can judge nothing."""

    name = "failing"

    def validate(self, data: bytes, shapes: validate.Shapes) -> list[validate.Finding]:
        raise ValueError(f"year -450 is out of range ({len(data)} bytes, {len(shapes.shapes)})")


def test_a_difference_between_engines_is_told_with_record_and_shape(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(agreement, "others", lambda _: [Blind()])
    with pytest.raises(ShapesError, match="shacl, but not blind: ") as caught:
        agreement.verify(judged(200), validate.load(), validate.engine("shacl"))
    assert "/object/" in str(caught.value.place)
    assert NAMESPACE in caught.value.cause
    assert "disagree on" in caught.value.cause


def test_what_the_other_engine_cannot_judge_is_noted_and_no_difference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(agreement, "others", lambda _: [Failing()])
    notes = agreement.verify(judged(3), validate.load(), validate.engine("shacl"))
    assert len(notes) == 3
    assert "year -450 is out of range" in notes[0][1]
