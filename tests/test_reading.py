"""What the graph says of all records, joined in memory, is what the store itself answers."""

from __future__ import annotations

from museosciences import iris, theme, vocabulary
from museosciences.iris import MS
from museosciences.reading import TITLES, Reading, makers
from museosciences.rule import Record, records
from museosciences.sieve import Sieve
from museosciences.store import EmbeddedStore, term_text


def test_a_path_reaches_what_a_query_reaches(store: EmbeddedStore) -> None:
    asked = store.select(
        f"SELECT DISTINCT ?r ?title {{ ?r <{TITLES[0]}> ?t . ?t <{TITLES[1]}> ?title }}"
    )
    expected = {(term_text(record), term_text(title)) for record, title in asked.rows}
    reading = Reading(store)
    assert set(reading.along(TITLES)) == expected
    assert {(r, title) for r in reading.kinds for title in reading.of(r, TITLES)} == expected


def test_a_term_is_known_with_what_it_was_recognised_as(store: EmbeddedStore) -> None:
    reading = Reading(store)
    parrots = [t for t in reading.terms.values() if t.words == ["perroquet"] and t.concept]
    assert {term.concept for term in parrots} == {"taxa/Psittaciformes"}
    assert all(0.5 < term.confidence <= 1 for term in parrots)


def test_makers_are_told_in_the_words_of_the_museum(store: EmbeddedStore) -> None:
    reading = Reading(store)
    rows = store.select(
        f"""SELECT DISTINCT ?r ?name {{ ?r <{MS}involves> ?a .
        ?a <{MS}field> "makers" ; <{iris.RDFS}label> ?name }}"""
    ).rows
    expected = {(term_text(record), term_text(name)) for record, name in rows}
    assert expected
    assert {(r, name) for r in reading.kinds for name in makers(reading, r)} == expected


def test_no_rule_that_is_met_is_sieved_out(store: EmbeddedStore) -> None:
    words = vocabulary.load()
    for path in theme.files():
        rules = theme.read(path, store.base).rules
        sieve = Sieve(rules, words)
        tried = 0
        for record in records(Reading(store), words):
            met = [rule.name for rule in rules if _meets(rule, record, words)]
            kept = list(sieve.rules(record))
            assert [rule.name for rule in kept if _meets(rule, record, words)] == met
            tried += len(kept)
        assert tried < len(rules) * len(Reading(store).kinds) / 5


def _meets(rule: theme.Rule, record: Record, words: vocabulary.Vocabulary) -> bool:
    return any(True for _ in rule.met(record, words))
