"""Persons of different sources -> the same person, when their dates say so.

Blocking by folded surname; dates must agree; nothing merges on a name alone where dates disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from museosciences.vocabulary import fold

# A person known by name and both dates; by name and one date; by full name alone.
BOTH_DATES = 0.98
ONE_DATE = 0.9
FULL_NAME = 0.75


@dataclass(frozen=True, slots=True)
class Person:
    """An agent of a source: its IRI, name and years."""

    agent: str
    name: str
    birth: int | None = None
    death: int | None = None
    institution: bool = False

    @property
    def words(self) -> frozenset[str]:
        return frozenset(fold(self.name).split())


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two agents that are one person, how sure, and why."""

    one: Person
    other: Person
    confidence: float
    reason: str


def same_persons(persons: Iterable[Person]) -> list[SamePerson]:
    """The pairs of agents that are the same person."""
    blocks: dict[frozenset[str], list[Person]] = defaultdict(list)
    for person in persons:
        if len(person.words) >= 2 or person.institution:
            blocks[person.words].append(person)
    found: list[SamePerson] = []
    for block in blocks.values():
        first, *others = sorted(block, key=_most_dated)
        for other in others:
            same = _compare(first, other)
            if same is not None:
                found.append(same)
    return found


def _most_dated(person: Person) -> tuple[int, str]:
    return -((person.birth is not None) + (person.death is not None)), person.agent


def _compare(one: Person, other: Person) -> SamePerson | None:
    pairs = [(one.birth, other.birth), (one.death, other.death)]
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return None
    agreeing = sum(a is not None and a == b for a, b in pairs)
    if agreeing == 2:
        return SamePerson(one, other, BOTH_DATES, "same name, birth and death")
    if agreeing == 1:
        return SamePerson(one, other, ONE_DATE, "same name and one date")
    return SamePerson(one, other, FULL_NAME, "same full name, dates not stated on both sides")
