"""A batch always ends with an answer for each record."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from museosciences import validate
from museosciences.iris import MS
from museosciences.validate.engines import Result
from museosciences.validate.findings import UNJUDGED

BASE = "https://museosciences.example/object/M0001/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def records(count: int, broken: set[int]) -> list[tuple[str, bytes]]:
    """Records without a number, some of them followed by what is not N-Triples."""
    return [
        (
            f"{BASE}{n}",
            f"<{BASE}{n}> {TYPE} <{MS}InventoryRecord> .\n".encode()
            + (b"not N-Triples\n" if n in broken else b""),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("name", validate.ENGINES)
def test_a_record_on_which_the_engine_raises_is_found_among_the_others(name: str) -> None:
    findings = validate.batch(validate.engine(name), validate.load(), records(13, {5, 11}))
    unjudged = [f for f in findings if f.shape == UNJUDGED]
    assert [f.focus for f in unjudged] == [f"{BASE}11", f"{BASE}5"]
    assert "line 2" in unjudged[0].text("fr")
    judged = {f.record for f in findings if f.constraint == "minCount"}
    assert judged == {f"{BASE}{n}" for n in range(13)} - {f"{BASE}5", f"{BASE}11"}


class Panicking:
    """An engine that dies as a Rust engine does: PyO3 raises a BaseException."""

    name = "panicking"

    def results(self, data: bytes, shapes: validate.Shapes) -> Iterator[Result]:
        raise NotImplementedError

    def validate(self, data: bytes, _: validate.Shapes) -> list[validate.Finding]:
        if b"not N-Triples" in data:
            raise type("PanicException", (BaseException,), {})("index out of bounds")
        return []


def test_a_panic_of_an_engine_is_the_record_s_own_and_a_keyboard_interrupt_is_not() -> None:
    findings = validate.batch(Panicking(), validate.load(), records(5, {2}))
    assert [(f.focus, f.severity) for f in findings] == [(f"{BASE}2", "Violation")]
    assert validate.quarantined(findings) == {f"{BASE}2"}

    class Interrupted(Panicking):
        def validate(self, *_: object) -> list[validate.Finding]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        validate.batch(Interrupted(), validate.load(), records(2, set()))


def test_shapes_and_findings_cross_to_another_process() -> None:
    shapes = pickle.loads(pickle.dumps(validate.load()))
    findings = validate.batch(validate.engine(), shapes, records(2, set()))
    assert pickle.loads(pickle.dumps(findings)) == findings
    assert len(findings) > 2
