"""Which rules of a theme a record may meet at all.

A theme has a hundred rules, and a record meets a few of them: those that speak of one of its
concepts, or of words that stand in one of its texts. They are looked up, and only they are tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from museosciences.rule import Item, Record, Rule
from museosciences.vocabulary import Vocabulary, fold

# How many texts and how many terms are remembered with what was found for them.
REMEMBERED = 50_000


class Sieve:
    """The rules of a theme, by the concepts and the words that they ask for."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        # Those that ask for neither words nor concepts are tried on every record.
        self._always: list[int] = []
        self._by_concept: list[int] = []
        self._phrases: dict[str, list[tuple[list[str], int]]] = defaultdict(list)
        for number, rule in enumerate(rules):
            if rule.words:
                self._learn(rule, number)
            elif rule.concepts or rule.schemes:
                self._by_concept.append(number)
            else:
                self._always.append(number)
        self._of_item = lru_cache(REMEMBERED)(self._asking_for)
        self._of_text = lru_cache(REMEMBERED)(self._speaking_of)

    def _learn(self, rule: Rule, number: int) -> None:
        for words in filter(fold, rule.words):
            phrase = fold(words).split()
            self._phrases[phrase[0]].append((phrase, number))

    def rules(self, record: Record) -> Iterator[Rule]:
        """The rules that a record may meet, in the order of the theme."""
        found = set(self._always)
        for item in record.items:
            if item.concept:
                found.update(self._of_item(item.field, item.concept, item.role))
        for text in record.texts:
            found.update(self._of_text(text.words))
        return (self._rules[number] for number in sorted(found))

    def _asking_for(self, where: str, concept: str, role: str) -> tuple[int, ...]:
        item = Item(where, "", concept, role)
        return tuple(
            number
            for number in self._by_concept
            if self._rules[number].accepts(item, self._vocabulary)
        )

    def _speaking_of(self, text: str) -> frozenset[int]:
        words = fold(text).split()
        return frozenset(
            number
            for position, word in enumerate(words)
            for phrase, number in self._phrases.get(word, ())
            if words[position : position + len(phrase)] == phrase
        )
