"""An authority, its entries, and the index of all their labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from museosciences.folding import fold, same_accents

# The language of scientific names.
LATIN = "la"


@dataclass(slots=True)
class Entry:
    """One concept of an authority: its IRI, its labels as (language, label), what lies above it.

    The first label is the preferred one. A language that is not known is "".
    """

    iri: str
    labels: list[tuple[str, str]] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Authority:
    """A thesaurus or a taxonomy of somebody else: identifier, title, licence, entries by IRI."""

    id: str
    title: str
    licence: str
    entries: dict[str, Entry] = field(default_factory=dict)


class Index:
    """The labels of all authorities."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        self.authorities = {authority.id: authority for authority in authorities}
        self._labels: dict[str, list[tuple[str, str, Authority, Entry]]] = defaultdict(list)
        for authority in self.authorities.values():
            for entry in authority.entries.values():
                for language, label in entry.labels:
                    self._labels[fold(label)].append((language, label, authority, entry))

    def __bool__(self) -> bool:
        return bool(self._labels)

    def labelled(self, term: str, langs: Iterable[str] = ()) -> Iterator[tuple[Authority, Entry]]:
        """The entries that bear a label, in some languages or in any."""
        wanted = {*langs, LATIN, ""}
        for language, label, authority, entry in self._labels.get(fold(term), ()):
            if (not langs or language in wanted) and same_accents(term, label):
                yield authority, entry

    def lineage(self, authority: Authority, entry: Entry) -> Iterator[Entry]:
        """An entry and all above it in its authority, nearest first, each once."""
        waiting, seen = [entry], {entry.iri}
        while waiting:
            current = waiting.pop(0)
            yield current
            for iri in current.broader:
                if iri in authority.entries and iri not in seen:
                    seen.add(iri)
                    waiting.append(authority.entries[iri])
