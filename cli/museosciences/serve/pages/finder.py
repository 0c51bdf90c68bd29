"""Finding records: words and facets, counted by sets of bits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from museosciences.register import Register

# What a request may filter by: parameter -> facet of the register.
FACETS: Mapping[str, str] = {
    "museum": "museum",
    "kind": "kind",
    "axis": "axis",
    "vitrine": "vitrine",
    "century": "century",
    "taxon": "concept",
    "material": "made",
    "concept": "concept",
    "depicts": "depicts",
    "made": "made",
    "is": "is",
    "from": "from",
    "speaks": "speaks",
    "person": "person",
    "place": "place",
    "image": "image",
    "linked": "linked",
}
# What a page offers to filter by, in this order.
OFFERED = ("kind", "axis", "museum", "century", "taxon", "material", "image", "linked")
# The scheme of the concepts that a facet offers.
SCHEMES = {"taxon": "taxa/", "material": "materials/"}
PAGE = 24
# Answers to words, and members of concepts, that are remembered.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: words, and a value for each facet that is chosen."""

    q: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    page: int = 1

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Asked:
        """What a query string asks for; what it does not know is passed over."""
        chosen = tuple((name, params[name]) for name in FACETS if params.get(name))
        number = params.get("page", "1")
        page = int(number) if number.isdecimal() and len(number) < 7 else 1
        return cls(" ".join(params.get("q", "").split())[:200], chosen, max(1, page))

    def without(self, name: str) -> Asked:
        """The same without one facet."""
        return replace(self, chosen=tuple(pair for pair in self.chosen if pair[0] != name))


@dataclass(frozen=True, slots=True)
class Value:
    """A facet value as it is offered. ``fr`` and ``en`` are its labels."""

    value: str
    fr: str
    en: str
    count: int
    selected: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, and what can be asked next."""

    total: int
    cards: list[dict[str, Any]]
    pages: int
    facets: dict[str, list[Value]] = field(default_factory=dict)


class Finder:
    """Finds records of one build. Safe for any number of threads."""

    def __init__(self, register: Register) -> None:
        self._known: dict[tuple[str, str], dict[str, Any]] = {}
        self._below: dict[tuple[str, str], list[str]] = {}
        for facet in register.facets():
            self._known[facet["name"], facet["value"]] = facet
            key = (facet["name"], "" if facet["top"] else facet["above"])
            self._below.setdefault(key, []).append(facet["value"])
            if facet["top"] and facet["above"]:
                self._below.setdefault((facet["name"], facet["above"]), []).append(facet["value"])
        self._order = register.browsing()
        self._place = {number: place for place, number in enumerate(self._order)}
        self._all = _bits(self._order)
        self._members: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._matched: OrderedDict[str, Sequence[int]] = OrderedDict()
        self._lock = Lock()

    @property
    def total(self) -> int:
        """How many records there are."""
        return len(self._order)

    def label(self, param: str, value: str, lang: str) -> str:
        """What a chosen value is called."""
        facet = self._known.get((FACETS[param], value))
        return str(facet[lang]) if facet else value

    def facet(self, name: str, value: str) -> dict[str, Any] | None:
        """A facet value of the register: labels, count, the value above it."""
        return self._known.get((name, value))

    def below(self, name: str, value: str) -> list[dict[str, Any]]:
        """The values next below one, the most numerous first."""
        found = (self._known[name, one] for one in self._below.get((name, value), ()))
        return sorted(found, key=lambda facet: (-facet["count"], facet["fr"]))

    def members(self, register: Register, name: str, value: str) -> int:
        """The records of a facet value, a bit for each."""
        key = (name, value)
        with self._lock:
            if key in self._members:
                self._members.move_to_end(key)
                return self._members[key]
        found = register.members(name, value) if key in self._known else 0
        with self._lock:
            self._members[key] = found
            while len(self._members) > 4 * _REMEMBERED:
                self._members.popitem(last=False)
        return found

    def find(self, register: Register, asked: Asked, *, facets: bool = True) -> Found:
        """A page of the records that are wanted, and the counts of what can be asked next."""
        ranked = self._words(register, asked.q)
        bits = self._selected(register, asked, ranked)
        total = bits.bit_count()
        pages = max(1, -(-total // PAGE))
        start = (min(asked.page, pages) - 1) * PAGE
        numbers = self._ordered(bits, ranked, start)
        offered = dict(self._offered(register, asked, ranked, bits)) if facets else {}
        return Found(total, register.cards(numbers), pages, offered)

    def some(
        self, register: Register, limit: int, *chosen: tuple[str, str]
    ) -> tuple[int, list[dict[str, Any]]]:
        """How many records have all these facet values, and the first of them."""
        bits = self._all
        for name, value in chosen:
            bits &= self.members(register, name, value)
        numbers = self._ordered(bits, None, 0)[:limit]
        return bits.bit_count(), register.cards(numbers)

    def values_of(self, name: str) -> list[str]:
        """All values of a facet."""
        return [value for facet, value in self._known if facet == name]

    def count(self, register: Register, *chosen: tuple[str, str]) -> int:
        """How many records have all these facet values."""
        bits = self._all
        for name, value in chosen:
            bits &= self.members(register, name, value)
        return bits.bit_count()

    def _words(self, register: Register, words: str) -> Sequence[int] | None:
        if not words:
            return None
        with self._lock:
            if words in self._matched:
                self._matched.move_to_end(words)
                return self._matched[words]
        found = register.matching(words)
        with self._lock:
            self._matched[words] = found
            while len(self._matched) > _REMEMBERED:
                self._matched.popitem(last=False)
        return found

    def _selected(self, register: Register, asked: Asked, ranked: Sequence[int] | None) -> int:
        bits = self._all if ranked is None else _bits(ranked)
        for name, value in asked.chosen:
            bits &= self.members(register, FACETS[name], value)
        return bits

    def _ordered(self, bits: int, ranked: Sequence[int] | None, start: int) -> list[int]:
        """The numbers of one page, in the order of the words, or of browsing."""
        wanted = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
        end = start + PAGE
        if ranked is None and bits.bit_count() * 20 < len(self._order):
            return sorted(_numbers(wanted), key=self._place.__getitem__)[start:end]
        found: list[int] = []
        for number in self._order if ranked is None else ranked:
            if number >> 3 < len(wanted) and wanted[number >> 3] >> (number & 7) & 1:
                found.append(number)
                if len(found) == end:
                    break
        return found[start:end]

    def _offered(
        self, register: Register, asked: Asked, ranked: Sequence[int] | None, bits: int
    ) -> Iterator[tuple[str, list[Value]]]:
        chosen = dict(asked.chosen)
        for param in OFFERED:
            own = (
                self._selected(register, asked.without(param), ranked) if param in chosen else bits
            )
            values = list(self._values(register, param, chosen.get(param), own))
            if values:
                yield param, values

    def _values(
        self, register: Register, param: str, chosen: str | None, bits: int
    ) -> Iterator[Value]:
        """The values of a facet: those at the top, or the chosen one with those below it."""
        name, scheme = FACETS[param], SCHEMES.get(param, "")
        tops = self._below.get((name, ""), [])
        if chosen is not None and (name, chosen) in self._known:
            deeper = self._below.get((name, chosen), [])
            if deeper or chosen not in tops:
                yield self._value(register, name, chosen, bits, selected=True)
                yield from self._counted(register, name, deeper, bits, below=True)
                return
        tops = [value for value in tops if value.startswith(scheme)]
        for value in self._counted(register, name, tops, bits):
            yield replace(value, selected=value.value == chosen)

    def _counted(
        self,
        register: Register,
        name: str,
        values: Sequence[str],
        bits: int,
        *,
        below: bool = False,
    ) -> list[Value]:
        found = (self._value(register, name, value, bits, below=below) for value in values)
        return sorted((v for v in found if v.count), key=lambda v: (-v.count, v.fr))

    def _value(self, register: Register, name: str, value: str, bits: int, **how: bool) -> Value:
        facet = self._known[name, value]
        count = (self.members(register, name, value) & bits).bit_count()
        return Value(value, facet["fr"], facet["en"], count, **how)


def _bits(numbers: Sequence[int]) -> int:
    kept = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        kept[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(kept, "little")


def _numbers(members: bytes) -> Iterator[int]:
    for place, byte in enumerate(members):
        while byte:
            lowest = byte & -byte
            yield place * 8 + lowest.bit_length() - 1
            byte ^= lowest
