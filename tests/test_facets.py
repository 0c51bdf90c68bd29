"""What the records are sorted by, on the demonstration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from museosciences.register import Register, matched
from museosciences.workspace import Workspace


@pytest.fixture(scope="module")
def register(demonstration: Workspace) -> Iterator[Register]:
    found = Register(demonstration.current().register)
    yield found
    found.close()


def test_every_record_is_in_one_museum_and_of_one_kind(register: Register) -> None:
    everything = 0
    for number in register.numbers().values():
        everything |= 1 << number
    for name in ("museum", "kind"):
        values = [facet["value"] for facet in register.facets() if facet["name"] == name]
        members = [register.members(name, value) for value in values]
        assert sum(found.bit_count() for found in members) == everything.bit_count()
        union = 0
        for found in members:
            union |= found
        assert union == everything


def test_a_concept_holds_the_records_of_those_below_it(register: Register) -> None:
    birds = register.members("concept", "taxa/Aves")
    parrots = register.members("concept", "taxa/Psittaciformes")
    assert parrots
    assert birds & parrots == parrots
    assert birds.bit_count() > parrots.bit_count()


def test_depicting_is_not_being(register: Register) -> None:
    specimens = register.members("kind", "specimen")
    depicted = register.members("depicts", "taxa/Psittaciformes")
    being = register.members("is", "taxa/Psittaciformes")
    assert depicted
    assert not depicted & specimens
    assert being & specimens == being


def test_the_count_is_that_of_the_members(register: Register) -> None:
    for facet in register.facets():
        assert register.members(facet["name"], facet["value"]).bit_count() == facet["count"]


def test_an_axis_lies_below_another(register: Register) -> None:
    axes = {f["value"]: f for f in register.facets() if f["name"] == "axis"}
    naturalia = axes["museosciences#axis-1-naturalia"]
    assert naturalia["above"] == "museosciences#axis-1"
    assert not naturalia["top"]
    assert axes["museosciences#axis-1"]["top"]


def test_browsing_begins_with_what_is_linked(register: Register) -> None:
    browsing = list(register.browsing())
    linked = register.members("linked", "yes")
    assert sorted(browsing) == sorted(register.numbers().values())
    assert all(linked >> number & 1 for number in browsing[: linked.bit_count()])


def test_words_find_records_and_notions(register: Register) -> None:
    labels = [card["label"] for card in register.search("microsco")]
    assert any("Microscope" in label for label in labels)
    assert ("concept", "taxa/Psittaciformes") in register.notions("perroquet")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("œuvre", '"oeuvre"*'),
        ("« nature morte » fleurs", '"nature morte" "fleurs"*'),
        ('a" OR b', '"a"* "OR"* "b"*'),
        ("path:x NEAR(a b)", '"path:x"* "NEAR(a"* "b)"*'),
        ('"" * -- !', ""),
        ("a\0b", '"a"* "b"*'),
    ],
)
def test_whatever_is_written_is_searched(register: Register, written: str, expected: str) -> None:
    assert matched(written) == expected
    register.matching(written)
