"""A name that somebody asks for -> a person of the current build.

Persons are not concepts: they are known by the records that name them. The rules are those by
which agents are joined: dates must agree, an initial alone is for a person to confirm, and a name
that two known persons bear is answered for neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from museosciences import iris
from museosciences.reconcile.match import ACCEPTED, REVIEW, Match
from museosciences.reconcile.names import nobody, parse
from museosciences.reconcile.persons import Person, compare
from museosciences.store import GraphStore, term_text
from museosciences.values import persons as names


class KnownPersons:
    """The agents of a build with the person each stands for, by surname."""

    def __init__(self, known: Iterable[tuple[Person, str, str]]) -> None:
        self._shelves: dict[str, list[tuple[Person, str, str]]] = defaultdict(list)
        for person, iri, label in known:
            for word in person.parsed.words:
                self._shelves[word].append((person, iri, label))

    @classmethod
    def of(cls, store: GraphStore) -> KnownPersons:
        """The persons of a store."""
        query = f"""PREFIX ms: <{iris.MS}> PREFIX rdfs: <{iris.RDFS}>
            SELECT DISTINCT ?agent ?name ?birth ?death ?institution ?person ?label WHERE {{
            ?agent ms:person ?person ; rdfs:label ?name . ?person rdfs:label ?label .
            OPTIONAL {{ ?agent ms:birthYear ?birth }} OPTIONAL {{ ?agent ms:deathYear ?death }}
            OPTIONAL {{ ?agent ms:institution ?institution }} }}"""
        rows = [tuple(map(term_text, row)) for row in store.select(query).rows]
        return cls(
            (
                Person(
                    agent,
                    name,
                    int(birth) if birth else None,
                    int(death) if death else None,
                    institution == "true",
                ),
                person,
                label,
            )
            for agent, name, birth, death, institution, person, label in rows
        )

    def match(self, term: str) -> Match:
        """The person of a name as a museum writes it, dates in parentheses included."""
        if not any(letter.isalnum() for letter in term):
            return Match(term, "person", method="failed")
        if nobody(term):
            return Match(term, "person", method="trap", reason="an unnamed person")
        asked = _asked(term)
        best: dict[str, tuple[float, str, str]] = {}
        for word in sorted(parse(asked.name).words | asked.parsed.words):
            for person, iri, label in self._shelves.get(word, ()):
                same = compare(replace(asked, institution=person.institution), person)
                if same is not None and same.confidence > best.get(iri, (0.0,))[0]:
                    best[iri] = (same.confidence, label, same.reason)
        if not best:
            return Match(term, "person")
        (iri, (confidence, label, reason)), *others = sorted(
            best.items(), key=lambda item: -item[1][0]
        )
        if others and others[0][1][0] == confidence:
            confidence, reason = min(confidence, REVIEW), f"{len(best)} persons bear this name"
        return Match(
            term, "person", label=label, confidence=confidence, method="person", authority=iri,
            status="accepted" if confidence >= ACCEPTED else "review", reason=reason,
        )  # fmt: skip


def _asked(term: str) -> Person:
    for person in names.parse(term)[:1]:
        return Person("", person.get("name", term), person.get("birth"), person.get("death"))
    return Person("", term)
