"""The suites of the W3C community group: rml-core, rml-io and rml-fnml, from their manifests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from museosciences import rml
from museosciences.errors import MuseoError

sys.path.insert(0, str(Path(__file__).parent))
import suites

SUITES = Path(__file__).resolve().parents[3] / "shared" / "suites" / "rml"

#: Cases of rml-core and rml-fnml that fail. None may be added.
KNOWN_FAILURES: dict[str, str] = {}

#: rml-io: what this engine refuses by name, and why.
OUT_OF_SCOPE = {
    "RMLSTC0003": "a SPARQL query as iterator (formats:SPARQL_Results_CSV)",
    "RMLSTC0006a": "a relational database (D2RQ, rml:SQL2008Table)",
}

#: rml-io: cases that expect the JSON number 33 as a plain literal in their target, where the same
#: mapping has xsd:integer in 0004b, 0004d, 0005a, 0006a and in all of rml-core (natural mapping).
#: They are compared with that one datatype left out.
PLAIN_NUMBERS = {f"RMLTTC{name}" for name in (
    "0004a", "0004c", "0004f", "0004g", "0005b", "0006b", "0006c", "0006d", "0006e"
)}  # fmt: skip

#: Cases whose hasError contradicts the expected output in their folder.
MANIFEST_ERRORS = {
    "RMLSTC0009a": "quoted column names are good CSV (RFC 4180); the output is given",
    "RMLFNMLTC0102-CSV": "unknown function: metadata.csv says error, no output is given",
    "RMLFNMLTC0103-CSV": "unknown parameter: likewise",
    "RMLFNMLTC0104-CSV": "unknown output: likewise",
}


def _all() -> list[suites.Case]:
    return [
        case
        for name in ("rml-core", "rml-io", "rml-fnml")
        if (SUITES / name / "test-cases" / "manifest.ttl").is_file()
        for case in suites.cases(SUITES / name / "test-cases")
    ]


CASES = _all()


@pytest.mark.skipif(not CASES, reason="the conformance suites (../shared/suites) are absent")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: suites.Case, tmp_path: Path) -> None:
    if case.name in OUT_OF_SCOPE:
        with pytest.raises(MuseoError, match="not supported"):
            run(case, tmp_path)
        return
    if case.must_fail:
        with pytest.raises(MuseoError) as caught:
            run(case, tmp_path)
        assert caught.value.cause
        assert caught.value.place
        assert list(tmp_path.iterdir()) == []  # no output is kept
        return
    run(case, tmp_path)
    for expected in case.outputs:
        name = "out.nq" if expected in ("output.nq", "default.nq") else expected
        wanted, found = suites.read(case.folder / expected), suites.read(tmp_path / name)
        if case.name in PLAIN_NUMBERS and name != "out.nq":
            assert not suites.same(wanted, found)  # when the suite is mended, the list shrinks
            found = suites.plain_integers(found)
        assert suites.same(wanted, found) is (case.name not in KNOWN_FAILURES)


def run(case: suites.Case, folder: Path) -> rml.MapReport:
    return rml.map_files(
        case.folder / case.mapping,
        folder / "out.nq",
        base=case.base,
        working=case.folder,
        target_folder=folder,
    )


@pytest.mark.skipif(not CASES, reason="the conformance suites (../shared/suites) are absent")
def test_the_suites_are_whole() -> None:
    core = [case for case in CASES if case.name.startswith("RMLTC")]
    assert len(core) == 76
    assert sum(case.must_fail for case in core) == 15
    assert len([case for case in CASES if case.name.startswith("RMLFNML")]) == 20
    assert len(CASES) == 76 + 20 + len([c for c in CASES if c.name[:6] in ("RMLSTC", "RMLTTC")])
    contradictions = {case.name for case in CASES if case.error is not case.must_fail}
    assert contradictions == set(MANIFEST_ERRORS)
    assert not KNOWN_FAILURES
