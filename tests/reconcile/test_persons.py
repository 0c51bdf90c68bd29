"""Persons of different sources: who is one person, who stays apart, and how it is undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from museosciences.errors import InputError
from museosciences.reconcile import (
    KnownPersons,
    Person,
    PersonDecision,
    append_decisions,
    read_decisions,
    same_persons,
)
from museosciences.reconcile.match import ACCEPTED
from museosciences.reconcile.names import nobody, parse, relation


def _joined(*persons: Person) -> list[frozenset[str]]:
    same = same_persons(persons)
    return [frozenset((s.one.agent, s.other.agent)) for s in same if s.confidence >= ACCEPTED]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("DUPUIS Henri", "Henri Dupuis", "same"),
        ("Dupuis, Henri", "Henri DUPUIS", "same"),
        ("Dupuis, H.", "Henri Dupuis", "initials"),
        ("Heyer, WR", "Heyer, William Ronald", "initials"),
        ("Ingres, Jean Auguste Dominique", "Jean-Auguste-Dominique Ingres", "same"),
        ("Lawrence, Sir Thomas", "Thomas Lawrence", "same"),
        ("Leroux, Georges", "Georges Paul Leroux", "shorter"),
        ("Corneille, Michel", "Michel Corneille le Jeune", "other"),
        ("Dupuis, Henri", "Dupuis, Charles", "other"),
        ("Dupuis, Henri", "Dupont, Henri", "other"),
    ],
)
def test_forms_of_a_name(one: str, other: str, how: str) -> None:
    assert relation(parse(one), parse(other)) == how
    assert relation(parse(other), parse(one)) == how


def test_a_name_without_order_meets_both_orders() -> None:
    one = Person("a", "Dupuis Henri", 1819, 1889)
    assert _joined(one, Person("b", "Henri Dupuis", 1819, None)) == [frozenset("ab")]


def test_dates_must_agree() -> None:
    one = Person("a", "Henri Dupuis", 1819, 1889)
    assert _joined(one, Person("b", "Dupuis, Henri", 1854, 1921)) == []
    assert _joined(one, Person("b", "Dupuis, Henri", 1890, None)) == []
    (same,) = same_persons([one, Person("b", "Dupuis, Henri", 1820, 1889)])
    assert same.confidence == 0.88
    assert same.reason.endswith("a year apart")


def test_a_name_without_dates_that_two_bear_is_joined_to_neither() -> None:
    elder = Person("a", "Jean Martin", 1700, 1760)
    younger = Person("b", "Jean Martin", 1810, 1870)
    assert _joined(elder, younger, Person("c", "Martin, Jean")) == []
    assert _joined(elder, Person("c", "Martin, Jean")) == [frozenset("ac")]


def test_initials_alone_are_for_a_person_to_confirm() -> None:
    whole = Person("a", "Dupuis, Henri")
    (same,) = same_persons([whole, Person("b", "Dupuis, H.")])
    assert same.confidence < ACCEPTED
    dated = Person("a", "Dupuis, Henri", 1819, 1889)
    assert _joined(dated, Person("b", "Dupuis, H.", 1819, 1889)) == [frozenset("ab")]


@pytest.mark.parametrize("name", ["Anonyme", "Anonyme Anonyme", "inconnu", "unknown", "t2241107"])
def test_the_unnamed_are_never_joined(name: str) -> None:
    assert nobody(name)
    assert same_persons([Person("a", name, 1800, 1850), Person("b", name, 1800, 1850)]) == []


def test_institutions_are_joined_by_their_whole_name_and_not_with_persons() -> None:
    society = Person("a", "Société Eduenne", institution=True)
    assert _joined(society, Person("b", "société éduenne", institution=True)) == [frozenset("ab")]
    assert _joined(society, Person("c", "Société Eduenne")) == []


def test_what_a_person_decided_is_obeyed() -> None:
    one, other = Person("a", "Henri Dupuis", 1819), Person("b", "Dupuis, Henri", 1819)
    assert same_persons([one, other], apart={frozenset("ab")}) == []
    strange = Person("c", "Henricus a Puteo")
    (same,) = same_persons([one, strange], together={frozenset("ac")})
    assert (same.confidence, same.reason) == (1.0, "decided by a person")


def test_decisions_are_kept_and_the_last_one_counts(tmp_path: Path) -> None:
    path = tmp_path / "reviews" / "persons.tsv"
    assert read_decisions(path) == []
    same = PersonDecision(
        "agent/x/1", "agent/y/2", "same", "M. D.", "2026-11-23", "one and the same"
    )
    apart = PersonDecision("agent/y/2", "agent/x/1", "apart", "M. D.", "2026-11-24", "father, son")
    append_decisions(path, [same])
    append_decisions(path, [apart])
    assert read_decisions(path) == [apart]
    assert apart.pair("b/") == frozenset(("b/agent/x/1", "b/agent/y/2"))
    path.write_text("one\tother\nx\ty\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_decisions(path)


def test_a_name_is_looked_up_among_the_known_persons() -> None:
    known = KnownPersons(
        [
            (Person("a", "Dupuis, Henri", 1819, 1889), "person/1", "Dupuis, Henri"),
            (Person("b", "Martin, Jean", 1700, 1760), "person/2", "Martin, Jean"),
            (Person("c", "Jean Martin", 1810, 1870), "person/3", "Jean Martin"),
        ]
    )
    found = known.match("DUPUIS Henri (1819-1889)")
    assert (found.authority, found.status, found.label) == ("person/1", "accepted", "Dupuis, Henri")
    assert known.match("Henri Dupuis").authority == "person/1"
    assert known.match("Henri Dupuis (1854-1921)").method == "unmatched"
    assert known.match("Dupuis, H.").status == "review"
    assert known.match("Jean Martin").status == "review"
    assert known.match("Martin, Jean (1810-1870)").authority == "person/3"
    assert (known.match("anonyme").method, known.match("").method) == ("trap", "failed")
