"""The derived graph: what the build materialises because the store would be slow without it.

The closure of the concepts (``ms:within``, including the concept itself), one-step relations and
centuries (``queries/derive/``), and the **sets** of the scientific side (``queries/sets/``): for
each facet, concept and museum, how many records there are and who represents them, so that a link
to many specimens is one link to a set.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from museosciences import iris, knowledge
from museosciences.errors import QueryError
from museosciences.iris import MS
from museosciences.ntriples import Graph, iri, literal
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary

# "A link to many specimens is one link to the set with its count and a few representatives."
REPRESENTATIVES = 5


def relations(store: GraphStore) -> bytes:
    """The answers of ``queries/derive/``, as N-Quads of the derived graph."""
    graph = Graph(f"{store.base}graph/derived")
    for path in knowledge.files("queries/derive", "*.rq"):
        triples = store.construct(path.read_text(encoding="utf-8"))
        graph.extend(f"{triple.subject} {triple.predicate} {triple.object}" for triple in triples)
    return graph.nquads()


def closure(vocabulary: Vocabulary, base: str) -> bytes:
    """``concept ms:within ancestor`` for all concepts, and the sources inherited by materials."""
    graph = Graph(f"{base}graph/derived")
    for key, concept in vocabulary.concepts.items():
        subject = f"{base}concept/{key}"
        inherited: dict[str, list[str]] = {"sourceOrganism": [], "sourceMineral": []}
        for ancestor in vocabulary.ancestors(key):
            graph.add(subject, MS + "within", iri(f"{base}concept/{ancestor}"))
            above = vocabulary.concepts[ancestor]
            for name, found in (
                ("sourceOrganism", above.organisms),
                ("sourceMineral", above.minerals),
            ):
                inherited[name] = inherited[name] or found
        for name, found in inherited.items():
            own = concept.organisms if name == "sourceOrganism" else concept.minerals
            for other in found if not own else ():
                graph.add(subject, MS + name, iri(f"{base}concept/{other}"))
    return graph.nquads()


@dataclass(slots=True)
class RecordSet:
    """The records of one museum under one concept: count and the best of them."""

    count: int = 0
    best: list[tuple[int, str, str, str, float]] = field(default_factory=list)

    def add(self, rank: int, record: str, kind: str, words: str, confidence: float) -> None:
        self.count += 1
        entry = (rank, record, kind, words, confidence)
        if len(self.best) < REPRESENTATIVES:
            heapq.heappush(self.best, entry)
        elif entry > self.best[0]:
            heapq.heapreplace(self.best, entry)

    def representatives(self) -> list[tuple[int, str, str, str, float]]:
        return sorted(self.best, key=lambda entry: (-entry[0], entry[1]))


def sets(store: GraphStore, vocabulary: Vocabulary) -> bytes:
    """All sets of all facets, and the specificity of their concepts, as N-Quads."""
    graph = Graph(f"{store.base}graph/derived")
    for path in knowledge.files("queries/sets", "*.rq"):
        _facet(graph, store, vocabulary, path)
    return graph.nquads()


def _facet(graph: Graph, store: GraphStore, vocabulary: Vocabulary, path: Path) -> None:
    found: dict[tuple[str, str], RecordSet] = defaultdict(RecordSet)
    totals: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for entry in _members(store, path):
        for concept in _upwards(store.base, vocabulary, entry.concept):
            if (entry.record, concept) in seen:
                continue
            seen.add((entry.record, concept))
            totals[concept] += 1
            found[entry.museum, concept].add(
                entry.rank, entry.record, entry.field, entry.words, entry.confidence
            )
    records = len({record for record, _ in seen})
    for (museum, concept), members in found.items():
        _describe(graph, store.base, path.stem, museum, concept, members)
    for concept, count in totals.items():
        value = specificity(vocabulary, store.base, concept, count, records)
        graph.add(concept, MS + "specificity", literal(value))


def specificity(vocabulary: Vocabulary, base: str, concept: str, count: int, records: int) -> float:
    """How telling a shared concept is, from 0 (everything) to 1: its information content.

    The mean of its content in the graph, 1 - log(count) / log(records) (Resnik 1995, normalised),
    and in its scheme, 1 - log(narrower + 1) / log(concepts) (Seco et al. 2004). A concept that is
    in no scheme (a person) has the first alone.
    """
    in_graph = 1.0 - math.log(count) / math.log(max(records, 2))
    key = concept.removeprefix(f"{base}concept/")
    below = vocabulary.narrower_count(key)
    if below is None:
        return in_graph
    in_scheme = 1.0 - math.log(below + 1) / math.log(vocabulary.scheme_size(key))
    return max(0.0, (in_graph + in_scheme) / 2)


@dataclass(frozen=True, slots=True)
class _Member:
    record: str
    museum: str
    concept: str
    field: str
    words: str
    confidence: float
    rank: int


def _members(store: GraphStore, path: Path) -> Iterator[_Member]:
    """The answers of a set query, one per record and concept."""
    answer = store.select(path.read_text(encoding="utf-8"))
    places = {name: position for position, name in enumerate(answer.columns)}
    missing = {"record", "museum", "concept", "field", "words", "confidence"} - set(places)
    if missing:
        raise QueryError(f"{path.name} does not answer: {', '.join(sorted(missing))}")
    for row in answer.rows:
        texts = {name: term_text(row[position]) for name, position in places.items()}
        # Types first, then those with an image.
        rank = 2 * bool(texts.get("type")) + bool(texts.get("image"))
        yield _Member(
            texts["record"],
            texts["museum"],
            texts["concept"],
            texts["field"],
            texts["words"],
            float(texts["confidence"]),
            rank,
        )


def _upwards(base: str, vocabulary: Vocabulary, concept: str) -> Iterator[str]:
    key = concept.removeprefix(f"{base}concept/")
    if key not in vocabulary.concepts:
        yield concept
    for ancestor in vocabulary.ancestors(key):
        yield f"{base}concept/{ancestor}"


def _describe(
    graph: Graph, base: str, facet: str, museum: str, concept: str, members: RecordSet
) -> None:
    name = iris.digest(facet, museum, concept)
    subject = f"{base}set/{name}"
    best = members.representatives()
    graph.add(subject, iris.RDF + "type", iri(MS + "RecordSet"))
    graph.add(subject, MS + "facet", literal(facet))
    graph.add(subject, MS + "museum", iri(museum))
    graph.add(subject, MS + "concept", iri(concept))
    graph.add(subject, MS + "count", literal(members.count))
    _rank, record, kind, words, confidence = best[0]
    graph.add(subject, MS + "first", iri(record))
    graph.add(subject, MS + "field", literal(kind))
    graph.add(subject, MS + "words", literal(words))
    graph.add(subject, MS + "confidence", literal(confidence))
    for _rank, record, _kind, _words, _confidence in best:
        graph.add(subject, MS + "representative", iri(record))
