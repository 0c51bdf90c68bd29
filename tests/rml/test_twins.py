"""rml-core in CSV and XML: twins of the JSON cases, which are all the suite has."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from museosciences import rml
from museosciences.errors import MuseoError

sys.path.insert(0, str(Path(__file__).parent))
import suites
import twins

SUITE = Path(__file__).resolve().parents[3] / "shared/suites/rml/rml-core/test-cases"

#: Cases that speak of JSON itself and have no twin.
JSON_ONLY = {
    "RMLTC0002g-JSON": "an iterator that is no JSONPath",
    "RMLTC0023b-JSON": "its data are no JSON, its mapping no Turtle",
    "RMLTC0023e-JSON": "likewise",
    "RMLTC0025b-JSON": "a list where a value is expected",
}
CASES = [
    case for case in (suites.cases(SUITE) if SUITE.is_dir() else []) if case.name not in JSON_ONLY
]
FLAT = [case for case in CASES if twins.is_flat(case)]
TWINS: list[tuple[Callable[[suites.Case, Path], Path], suites.Case]] = [
    *((twins.csv, case) for case in FLAT),
    *((twins.xml, case) for case in CASES),
]


@pytest.mark.skipif(not TWINS, reason="the conformance suites (../shared/suites) are absent")
@pytest.mark.parametrize(
    ("write", "case"),
    TWINS,
    ids=lambda x: x.name[:11] if isinstance(x, suites.Case) else x.__name__,
)
def test_twin(
    write: Callable[[suites.Case, Path], Path], case: suites.Case, tmp_path: Path
) -> None:
    mapping = write(case, tmp_path)
    out = tmp_path / "out.nq"
    if case.must_fail:
        with pytest.raises(MuseoError):
            rml.map_files(mapping, out, base=case.base)
        assert not out.exists()
        return
    rml.map_files(mapping, out, base=case.base)
    assert suites.same(twins.expected(case), suites.read(out))


@pytest.mark.skipif(not TWINS, reason="the conformance suites (../shared/suites) are absent")
def test_every_case_has_its_twins() -> None:
    assert len(FLAT) == 70
    assert len(CASES) == 72
