"""Persons of different sources -> the same person, when their dates say so.

Blocking by folded surname and first initial. Dates must agree: nothing merges on a name alone
where they do not, and a name without dates that two persons bear is joined to neither. Unnamed
agents are never joined. Each joining has its reason, and a person may undo it (``decisions``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from museosciences.reconcile.match import ACCEPTED
from museosciences.reconcile.names import Name, nobody, parse, relation
from museosciences.vocabulary import fold

# How sure: by how the names stand to each other, and how many years (birth, death) agree.
SURE: dict[tuple[str, int], float] = {
    ("same", 2): 0.98,
    ("same", 1): 0.9,
    ("same", 0): 0.75,
    ("shorter", 2): 0.95,
    ("shorter", 1): 0.8,
    ("shorter", 0): 0.5,
    ("initials", 2): 0.92,
    ("initials", 1): 0.75,
    ("initials", 0): 0.5,
}
# Two sources may reckon a year apart: such years do not part two persons, and prove little.
TOLERATED_YEARS = 1
LESS_FOR_A_YEAR = 0.1
_SAID = {
    "same": "same name",
    "shorter": "same name, given names left out",
    "initials": "same surname and initials",
}
_YEARS_SAID = {2: "same birth and death", 1: "one date agrees", 0: "dates not stated on both sides"}

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """An agent of a source: its IRI, name and years."""

    agent: str
    name: str
    birth: int | None = None
    death: int | None = None
    institution: bool = False

    @property
    def parsed(self) -> Name:
        """The name taken apart; that of an institution is one word."""
        return Name(fold(self.name), (), "") if self.institution else parse(self.name)


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two agents that are one person, how sure, and why. Below ``ACCEPTED``: to be confirmed."""

    one: Person
    other: Person
    confidence: float
    reason: str


@dataclass(slots=True)
class _Cluster:
    members: list[Person] = field(default_factory=list)


def same_persons(
    persons: Iterable[Person],
    *,
    apart: Collection[Pair] = (),
    together: Collection[Pair] = (),
) -> list[SamePerson]:
    """The agents that are the same person as another (``one``, the best dated of them).

    ``apart`` and ``together`` are pairs of agents on which a person has decided.
    """
    blocks: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for person in sorted(persons, key=_most_telling):
        if not nobody(person.name):
            blocks[_block(person)].append(person)
    found: list[SamePerson] = []
    abroad: dict[tuple[str, str], list[_Cluster]] = defaultdict(list)
    for key in sorted(blocks):
        clusters: list[_Cluster] = []
        for person in blocks[key]:
            _place(person, clusters, found, apart)
        for cluster in clusters:
            abroad[_surname_and_initial(cluster.members[0])].append(cluster)
    _abbreviated(abroad, found, apart)
    return found + _decided(blocks, together)


def _most_telling(person: Person) -> tuple[int, int, str]:
    dates = (person.birth is not None) + (person.death is not None)
    return -dates, -len(person.parsed.words), person.agent


def _block(person: Person) -> tuple[str, ...]:
    """The surname and the first given name, in no order: "Henri Dupuis" and "Dupuis Henri"."""
    name = person.parsed
    return tuple(sorted((name.surname, *name.given[:1])))


def _surname_and_initial(person: Person) -> tuple[str, str]:
    name = person.parsed
    return name.surname, name.given[0][0] if name.given else ""


def _place(
    person: Person, clusters: list[_Cluster], found: list[SamePerson], apart: Collection[Pair]
) -> None:
    """Put a person into the cluster of whom they are, or into one of their own."""
    answers = [(same, cluster) for cluster in clusters if (same := _best(cluster, person, apart))]
    answers.sort(key=lambda answer: -answer[0].confidence)
    if answers and not _ambiguous([same for same, _ in answers]):
        same, cluster = answers[0]
        found.append(same)
        if same.confidence >= ACCEPTED:
            cluster.members.append(person)
            return
    clusters.append(_Cluster([person]))


def _ambiguous(answers: list[SamePerson]) -> bool:
    return len(answers) > 1 and answers[0].confidence == answers[1].confidence


def _best(cluster: _Cluster, person: Person, apart: Collection[Pair]) -> SamePerson | None:
    """The evidence that a person is that of a cluster; None when any member speaks against it."""
    best: SamePerson | None = None
    for member in cluster.members:
        if frozenset((member.agent, person.agent)) in apart or not _may_agree(member, person):
            return None
        same = compare(member, person)
        if same is not None and (best is None or same.confidence > best.confidence):
            best = SamePerson(cluster.members[0], person, same.confidence, same.reason)
    return best


def _years(one: Person, other: Person) -> Iterator[int]:
    """How far apart the years are that both state."""
    for a, b in ((one.birth, other.birth), (one.death, other.death)):
        if a is not None and b is not None:
            yield abs(a - b)


def _may_agree(one: Person, other: Person) -> bool:
    if any(distance > TOLERATED_YEARS for distance in _years(one, other)):
        return False
    lives = [(one.birth, other.death), (other.birth, one.death)]
    return not any(b is not None and d is not None and b > d for b, d in lives)


def compare(one: Person, other: Person) -> SamePerson | None:
    """The evidence that two agents are one person, or None."""
    if one.institution != other.institution or not _may_agree(one, other):
        return None
    how = relation(one.parsed, other.parsed)
    if how == "other":
        return None
    distances = list(_years(one, other))
    agreeing = len(distances)
    single = not one.institution and len(one.parsed.words) == 1
    if single and not agreeing:
        return None
    off = sum(distance > 0 for distance in distances)
    confidence = SURE[how, agreeing] - LESS_FOR_A_YEAR * off
    reason = f"{_SAID[how]}, {_YEARS_SAID[agreeing]}" + (", a year apart" if off else "")
    return SamePerson(one, other, round(confidence, 2), reason)


def _abbreviated(
    abroad: dict[tuple[str, str], list[_Cluster]],
    found: list[SamePerson],
    apart: Collection[Pair],
) -> None:
    """Join the persons of whom initials alone are known to the one whom they fit."""
    for key in sorted(abroad):
        clusters = abroad[key]
        whole = [cluster for cluster in clusters if not cluster.members[0].parsed.abbreviated]
        for cluster in clusters:
            person = cluster.members[0]
            if person.parsed.abbreviated and len(cluster.members) == 1:
                _place(person, whole, found, apart)
                whole = [other for other in whole if other.members[0] is not person]


def _decided(
    blocks: dict[tuple[str, ...], list[Person]], together: Collection[Pair]
) -> list[SamePerson]:
    if not together:
        return []
    known = {person.agent: person for block in blocks.values() for person in block}
    found: list[SamePerson] = []
    for pair in sorted(together, key=sorted):
        both = sorted((known[agent] for agent in pair if agent in known), key=_most_telling)
        if len(both) > 1:
            found.append(SamePerson(both[0], both[1], 1.0, "decided by a person"))
    return found
