"""The derived graph: what the build materialises because the store would be slow without it.

The closure of the concepts (``ms:within``, including the concept itself), one-step relations and
the sides of arts and sciences (``queries/derive/``), and the **sets** of the scientific side
(``queries/sets/``): for each facet, concept and museum, how many records there are and who
represents them, so that a link to many specimens is one link to a set.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from museosciences import headed, iris, knowledge
from museosciences.errors import QueryError
from museosciences.iris import MS
from museosciences.ntriples import Graph, iri, literal
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary

# "A link to many specimens is one link to the set with its count and a few representatives."
REPRESENTATIVES = 5

# Specificity of a concept: how much its place in the scheme, its rarity among the works and its
# rarity among the records of the sciences weigh. See docs/links.md.
BY_SCHEME, BY_WORKS, BY_SCIENCES = 0.6, 0.25, 0.15
# A person, an exhibition: no scheme; that it is the same one is telling, rarity adds to it.
SAME_ONE = 0.7


def relations(store: GraphStore) -> None:
    """Ask ``queries/derive/`` and load the answers, each query seeing those it comes after."""
    for query in _in_order(knowledge.files("queries/derive", "*.rq")):
        graph = Graph(f"{store.base}graph/derived")
        triples = store.construct(query.text)
        graph.extend(f"{triple.subject} {triple.predicate} {triple.object}" for triple in triples)
        store.load([graph.nquads()])


def _in_order(paths: Iterable[Path]) -> list[headed.Query]:
    """The queries, those first that come ``after`` no other."""
    queries = [headed.read(path) for path in paths]
    return sorted(queries, key=lambda query: (bool(query.header.get("after")), query.name))


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


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A record of a set. The greatest comes first among the representatives."""

    rank: int
    record: str
    field: str
    words: str
    confidence: float
    role: str


@dataclass(slots=True)
class RecordSet:
    """The records of one museum under one concept: count, kinds, and the best of them."""

    count: int = 0
    kinds: set[str] = field(default_factory=set)
    best: list[Member] = field(default_factory=list)

    def add(self, member: Member, kind: str) -> None:
        self.count += 1
        self.kinds.add(kind)
        if len(self.best) < REPRESENTATIVES:
            heapq.heappush(self.best, member)
        elif member > self.best[0]:
            heapq.heapreplace(self.best, member)

    @property
    def kind(self) -> str:
        """What its records are: specimen, instrument, or item when they are of both kinds."""
        return next(iter(self.kinds)) if len(self.kinds) == 1 else "item"


def sets(store: GraphStore, vocabulary: Vocabulary) -> bytes:
    """All sets of all facets, and the specificity of their concepts, as N-Quads."""
    graph = Graph(f"{store.base}graph/derived")
    scale = Scale(vocabulary, store.base, _in_works(store, vocabulary))
    instruments = {
        term_text(row[0]) for row in store.select(f"SELECT ?r {{ ?r a <{MS}Scientifica> }}").rows
    }
    for path in knowledge.files("queries/sets", "*.rq"):
        _facet(graph, store, vocabulary, path, instruments, scale)
    scale.describe(graph)
    return graph.nquads()


def _facet(
    graph: Graph,
    store: GraphStore,
    vocabulary: Vocabulary,
    path: Path,
    instruments: set[str],
    scale: Scale,
) -> None:
    found: dict[tuple[str, str], RecordSet] = defaultdict(RecordSet)
    totals: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    above: dict[str, list[str]] = {}
    # A record may be in a set for several words: the surest speak for it, in whatever order an
    # engine gives them.
    for museum, concept, member in sorted(_members(store, path), key=_surest):
        if concept not in above:
            above[concept] = list(_upwards(store.base, vocabulary, concept))
        kind = "instrument" if member.record in instruments else "specimen"
        for ancestor in above[concept]:
            if (member.record, ancestor) not in seen:
                seen.add((member.record, ancestor))
                totals[ancestor] += 1
                found[museum, ancestor].add(member, kind)
    for (museum, concept), members in found.items():
        _describe(graph, store.base, path.stem, museum, concept, members)
    scale.learn(totals, len({record for record, _ in seen}))


class Scale:
    """How telling a shared concept is, from 0 (everything) to 1: its information content.

    In its scheme, 1 - log(narrower + 1) / log(concepts) (Seco et al. 2004), squared so that classes
    fall faster than orders; among the works and among the records of the sciences,
    1 - log(count) / log(records) (Resnik 1995, normalised).
    """

    def __init__(self, vocabulary: Vocabulary, base: str, works: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._base = base
        self._works = works
        self._all_works = max(works.values(), default=2)
        self._found: dict[str, float] = {}

    def learn(self, totals: Mapping[str, int], records: int) -> None:
        """Weigh the concepts of a facet, given how many of its records lie under each."""
        for concept, count in totals.items():
            value = self._weigh(concept, _rarity(count, records))
            self._found[concept] = max(value, self._found.get(concept, 0.0))

    def _weigh(self, concept: str, in_sciences: float) -> float:
        key = concept.removeprefix(f"{self._base}concept/")
        below = self._vocabulary.narrower_count(key)
        if below is None:
            return SAME_ONE + (1 - SAME_ONE) * in_sciences
        in_scheme = 1 - math.log(below + 1) / math.log(self._vocabulary.scheme_size(key))
        in_works = _rarity(self._works.get(key, 1), self._all_works)
        value = BY_SCHEME * in_scheme**2 + BY_WORKS * in_works + BY_SCIENCES * in_sciences
        return max(0.0, value)

    def describe(self, graph: Graph) -> None:
        """Write what was found."""
        for concept, value in self._found.items():
            graph.add(concept, MS + "specificity", literal(value))


def _rarity(count: int, records: int) -> float:
    return max(0.0, 1.0 - math.log(max(count, 1)) / math.log(max(records, 2)))


def _in_works(store: GraphStore, vocabulary: Vocabulary) -> dict[str, int]:
    """How many works speak of each concept or of one below it, by key."""
    counts: Counter[str] = Counter()
    answer = store.select(
        f"""PREFIX ms: <{MS}> SELECT ?concept (COUNT(DISTINCT ?art) AS ?n) WHERE {{
        ?term ms:concept ?concept ; ms:termKind ?kind . FILTER(?kind IN ("subject", "title"))
        ?art <{iris.CRM}P62_depicts>|ms:titleNames ?term }} GROUP BY ?concept"""
    )
    for concept, count in answer.rows:
        key = term_text(concept).removeprefix(f"{store.base}concept/")
        for ancestor in vocabulary.ancestors(key):
            counts[ancestor] += int(term_text(count))
    return counts


def _members(store: GraphStore, path: Path) -> Iterator[tuple[str, str, Member]]:
    """The answers of a set query: museum, concept and the record."""
    answer = store.select(path.read_text(encoding="utf-8"))
    places = {name: position for position, name in enumerate(answer.columns)}
    missing = {"record", "museum", "concept", "field", "words", "confidence"} - set(places)
    if missing:
        raise QueryError(f"{path.name} does not answer: {', '.join(sorted(missing))}")
    for row in answer.rows:
        texts = {name: term_text(row[position]) for name, position in places.items()}
        yield (
            texts["museum"],
            texts["concept"],
            Member(
                _rank(texts),
                texts["record"],
                texts["field"],
                texts["words"],
                float(texts["confidence"]),
                texts.get("role", ""),
            ),
        )


def _surest(found: tuple[str, str, Member]) -> tuple[str, float, str, str, str]:
    _museum, concept, member = found
    return member.record, -member.confidence, member.field, member.words, concept


def _rank(texts: Mapping[str, str]) -> int:
    """Types first, then those with an image, then the best documented."""
    documented = sum(bool(texts.get(name)) for name in ("date", "place", "person"))
    return 8 * bool(texts.get("type")) + 4 * bool(texts.get("image")) + documented


def _upwards(base: str, vocabulary: Vocabulary, concept: str) -> Iterator[str]:
    key = concept.removeprefix(f"{base}concept/")
    if key not in vocabulary.concepts:
        yield concept
    for ancestor in vocabulary.ancestors(key):
        yield f"{base}concept/{ancestor}"


def _describe(
    graph: Graph, base: str, facet: str, museum: str, concept: str, members: RecordSet
) -> None:
    subject = f"{base}set/{iris.digest(facet, museum, concept)}"
    best = sorted(members.best, key=lambda member: (-member.rank, member.record))
    graph.add(subject, iris.RDF + "type", iri(MS + "RecordSet"))
    graph.add(subject, MS + "facet", literal(facet))
    graph.add(subject, MS + "museum", iri(museum))
    graph.add(subject, MS + "concept", iri(concept))
    graph.add(subject, MS + "count", literal(members.count))
    graph.add(subject, MS + "recordKind", literal(members.kind))
    graph.add(subject, MS + "first", iri(best[0].record))
    graph.add(subject, MS + "field", literal(best[0].field))
    graph.add(subject, MS + "words", literal(best[0].words))
    graph.add(subject, MS + "confidence", literal(best[0].confidence))
    if best[0].role:
        graph.add(subject, MS + "role", literal(best[0].role))
    for member in best:
        graph.add(subject, MS + "representative", iri(member.record))
        graph.add(member.record, MS + "standing", literal(member.rank))
