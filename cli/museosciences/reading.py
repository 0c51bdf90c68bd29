"""What the graph says of all records, one property at a time, each asked of the store once.

Evidence and the rules of a theme look at every record of a build. A join of many patterns over all
of them is slow in any store; a scan of one property is not, and joining in memory costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from museosciences import iris
from museosciences.iris import MS
from museosciences.store import GraphStore, term_text

KINDS = {"Object": "object", "Specimen": "specimen", "Instrument": "instrument"}
# From a record to a text, a term or an event: the properties on the way.
Path = tuple[str, ...]
TITLES: Path = (iris.CRM + "P102_has_title", iris.CRM + "P190_has_symbolic_content")

Values = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Term:
    """A term of the museums: its kind, how it is written, and what it was recognised as.

    ``concept`` is the key of the concept ("" where none was accepted).
    """

    kind: str = ""
    words: list[str] = field(default_factory=list)
    concept: str = ""
    confidence: float = 1.0


class Reading:
    """The values of properties, by subject. Nothing that is loaded later is seen."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self._values: dict[str, dict[str, list[str]]] = {}
        # Each name once, however many properties speak of it.
        self._names: dict[str, str] = {}
        self._terms: dict[str, Term] | None = None
        self._kinds: dict[str, str] | None = None

    @property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each record."""
        if self._kinds is None:
            self._kinds = {}
            for name, kind in KINDS.items():
                rows = self.store.select(f"SELECT ?r WHERE {{ ?r a <{MS}{name}> }}").rows
                for (record,) in rows:
                    self._kinds[self._name(term_text(record))] = kind
        return self._kinds

    @property
    def terms(self) -> Mapping[str, Term]:
        """All terms, and the places that were recognised."""
        if self._terms is None:
            prefix = f"{self.store.base}concept/"
            labels, concepts = self.values(iris.RDFS + "label"), self.values(MS + "concept")
            sure = self.values(MS + "confidence")
            kinds = self.values(MS + "termKind")
            self._terms = {}
            for name in (*kinds, *(other for other in concepts if other not in kinds)):
                term = Term(kinds.get(name, ("",))[0], list(labels.get(name, ())))
                if name in concepts and name in sure:
                    term.concept = concepts[name][0].removeprefix(prefix)
                    term.confidence = float(sure[name][0])
                self._terms[name] = term
        return self._terms

    def values(self, predicate: str) -> Values:
        """The values of a property by subject, in order, each once."""
        found = self._values.get(predicate)
        if found is None:
            found = self._values[predicate] = {}
            rows = self.store.select(f"SELECT ?s ?o WHERE {{ ?s <{predicate}> ?o }}").rows
            for subject, value in rows:
                own = found.setdefault(self._name(term_text(subject)), [])
                text = self._name(term_text(value))
                if text not in own:
                    own.append(text)
            for own in found.values():
                own.sort()
        return found

    def along(self, path: Path) -> Iterator[tuple[str, str]]:
        """The records, and what each reaches by a path of properties: each pair once."""
        first, *others = path
        for record in self.values(first):
            if record in self.kinds:
                reached = self.values(first)[record]
                for predicate in others:
                    values = self.values(predicate)
                    reached = [value for one in reached for value in values.get(one, ())]
                for value in dict.fromkeys(reached):
                    yield record, value

    def of(self, record: str, path: Path) -> list[str]:
        """What one record reaches by a path of properties."""
        reached = [record]
        for predicate in path:
            values = self.values(predicate)
            reached = [value for one in reached for value in values.get(one, ())]
        return list(dict.fromkeys(reached))

    def _name(self, text: str) -> str:
        return self._names.setdefault(text, text)


def makers(reading: Reading, record: str) -> list[str]:
    """The makers of a record, in the museum's words."""
    fields, labels = reading.values(MS + "field"), reading.values(iris.RDFS + "label")
    activities = reading.of(record, (MS + "involves",))
    told = (labels.get(one, ()) for one in activities if "makers" in fields.get(one, ()))
    return list(dict.fromkeys(text for texts in told for text in texts))
