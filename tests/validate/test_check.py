"""Shapes that cannot be trusted are refused, and lint tells what engines would differ on."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museosciences import validate
from museosciences.errors import ShapesError
from museosciences.validate.check import why_unsafe
from museosciences.validate.lint import lint

PREFIXES = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://e/> "
XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "


@pytest.mark.parametrize(
    ("turtle", "cause"),
    [
        ("ex:S a sh:NodeShape ; sh:property [ sh:path ex:p", "not valid Turtle"),
        ("ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 'x' ] .", "minCount"),
        ("ex:S a sh:NodeShape ; sh:property ex:P . ex:P sh:minCount 1 .", "not valid SHACL"),
        ("ex:S a sh:NodeShape ; sh:severity ex:Grave .", "no published meaning"),
        ("ex:S a sh:NodeShape ; sh:node ex:T . ex:T a sh:NodeShape ; sh:node ex:S .", "itself"),
        ("ex:S sh:property ex:P . ex:P sh:path ex:p ; sh:or ( ex:Q ex:S ) .", "itself"),
        ("ex:S a sh:NodeShape ; sh:pattern '^(a+)+$' .", "exponential time"),
        ("ex:S a sh:NodeShape ; sh:pattern '[' .", "cannot be read"),
        ("ex:S sh:property [ sh:path ex:p ; sh:pattern '(a*)*' ] .", "exponential time"),
        ("ex:S sh:property [ sh:path ex:p ; sh:severity ex:Grave ] .", "no published meaning"),
        ("ex:S sh:property [ sh:path ex:p ; sh:node ex:S ] .", "itself"),
        ("ex:S ex:p ex:o .", "no shape here"),
        ("", "no shape here"),
    ],
)
def test_shapes_that_cannot_be_trusted_are_refused(turtle: str, cause: str) -> None:
    with pytest.raises(ShapesError, match=cause) as refused:
        validate.parse(PREFIXES + turtle, "mine.ttl")
    assert refused.value.place is not None
    assert "_:" not in str(refused.value.place), "a shape without a name is told by its holder"
    assert refused.value.remedy


def test_a_missing_file_and_the_file_at_fault_are_named(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match=r"nowhere\.ttl"):
        validate.load([tmp_path / "nowhere.ttl"])
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text(PREFIXES + "ex:S a sh:NodeShape ; sh:targetClass ex:C .")
    bad.write_text(PREFIXES + "ex:T a sh:NodeShape ; sh:pattern '(x*)*' .")
    with pytest.raises(ShapesError, match=r"bad\.ttl.*exponential") as refused:
        validate.load([good, bad])
    assert refused.value.place is not None
    assert "good.ttl" not in str(refused.value.place)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|a)*",
        "(a*)*",
        "([a-z]+ ?)+",
        "(a[a-z]*)*",
        "((a+))+b",
        "(a|aa)+$",
        "(a?){30}a{30}",
        "(.*a){20}",
        "(?:a?a?)*b",
        "(a|a?)+",
        "(a|b|ab)*c",
    ],
)
def test_explosive_patterns(pattern: str) -> None:
    assert why_unsafe(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "^[a-z]+(-[a-z]+)*$",
        "^(ab|cd)+$",
        "^a{2,4}[0-9]*$",
        "",
        "(a|ab)*c",
        "^([0-9]{1,3}[.]){3}$",
        "^([0-9a-f]{2}:){15}[0-9a-f]{2}$",
        "^([A-Z]|[0-9])+$",
    ],
)
def test_harmless_patterns(pattern: str) -> None:
    assert why_unsafe(pattern) is None


@given(st.text(alphabet="ab()[]*+?{}1,|\\^$-", max_size=14))
@settings(max_examples=200, deadline=None)
def test_any_text_is_judged_as_a_pattern(pattern: str) -> None:
    assert why_unsafe(pattern) is None or isinstance(why_unsafe(pattern), str)


@pytest.mark.parametrize(
    ("turtle", "remark"),
    [
        ("ex:S sh:property [ sh:path ex:p ] .", "without an IRI"),
        ("ex:P a sh:PropertyShape ; sh:path ex:p .", "sh:message is missing in fr"),
        (r"ex:P a sh:PropertyShape ; sh:path ex:p ; sh:pattern '^\\d+$' .", "lookaround"),
        ("ex:P a sh:PropertyShape ; sh:path ex:p ; sh:pattern 'é' .", "ASCII"),
        ("ex:P a sh:PropertyShape ; sh:path ex:p ; sh:minInclusive 0 .", "without a datatype"),
        ("ex:P a sh:PropertyShape ; sh:path ex:p ; sh:datatype xsd:gYear .", "differently"),
        ("ex:S a sh:NodeShape ; sh:sparql ex:Q .", "slow"),
    ],
)
def test_lint_tells_what_engines_differ_on(turtle: str, remark: str) -> None:
    quads = ox.parse(XSD + PREFIXES + turtle, ox.RdfFormat.TURTLE)
    remarks = lint([(q.subject, q.predicate.value, q.object) for q in quads])
    assert any(remark in r.text for r in remarks)
