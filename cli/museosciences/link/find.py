"""Links between arts and sciences: rules -> explained, scored, reviewed links.

A rule is a CONSTRUCT in ``queries/links/``: it joins a work of art, by the words of one of its
fields and the concept they mean, to a set of specimens or instruments of another museum (see
``derive``). What all links need is added here: the science side of the set, the score and its
parts, the status, and a sentence in French and in English.

score = confidence of the words on the art side x confidence on the science side x specificity of
the shared concept x weight of the rule x weight of the role that the words play in the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from museosciences import headed, iris, knowledge
from museosciences.errors import KnowledgeError, Place
from museosciences.iris import MS
from museosciences.link.citation import Citations, Rows
from museosciences.link.review import Pair, Review
from museosciences.link.sentence import Facts, sentence
from museosciences.ntriples import Graph, iri, literal
from museosciences.store import GraphStore, term_text

# What a subject weighs by the role it plays: the main motif over the background, an attribute, or
# the setting of a work of another genre. A rule may say otherwise (``roles`` in its header).
ROLES = {
    "main": 1.0,
    "genre": 0.9,
    "unstated": 0.75,
    "secondary": 0.6,
    "setting": 0.36,
    "attribute": 0.36,
}
# A link is proposed as sound at or above ACCEPTED, when the words of both sides are more than
# SURE to mean what they are taken for; below WEAK it is too vague to be kept.
ACCEPTED = 0.35
SURE = 0.75
WEAK = 0.15
# How many resources a query asks for at once.
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT with its type of link, its weight, the weights of roles and its sentences."""

    name: str
    type: str
    weight: float
    text: str
    sentences: Mapping[str, str]
    roles: Mapping[str, float]


def rules() -> list[Rule]:
    """The rules of ``queries/links/``. Raises KnowledgeError when a header lacks a member."""
    return [_rule(headed.read(path)) for path in knowledge.files("queries/links", "*.rq")]


def _rule(query: headed.Query) -> Rule:
    missing = {"type", "weight", "sentence", "sentence@en"} - set(query.header)
    if missing:
        raise KnowledgeError(
            "the header of the rule lacks " + ", ".join(sorted(missing)),
            place=Place(file=f"queries/links/{query.name}.rq"),
        )
    header = query.header
    sentences = {"fr": str(header["sentence"]), "en": str(header["sentence@en"])}
    roles = {**ROLES, **(header.get("roles") or {})}
    weight = float(header["weight"])
    return Rule(query.name, str(header["type"]), weight, query.text, sentences, roles)


@dataclass(frozen=True, slots=True)
class Side:
    """The science side: a set of records of one museum under one concept."""

    museum: str
    concept: str
    count: int
    kind: str
    first: str
    field: str
    words: str
    confidence: float
    specificity: float
    role: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule found: the work, its words, and the set of the other side."""

    art: str
    set: str
    via: str
    field: str
    words: str
    confidence: float
    role: str
    art_role: str


@dataclass(frozen=True, slots=True)
class Found:
    """A link: a candidate with its rule, its science side and its score."""

    rule: Rule
    candidate: Candidate
    side: Side
    score: float


# A link is one work, one shared concept and one museum, through one type of link.
Key = tuple[str, str, str, str]


def find(
    store: GraphStore, reviews: Mapping[Pair, Review], rows: Rows | None = None
) -> Iterator[tuple[str, int, bytes]]:
    """All links: for each rule its name, how many links it gave, and their N-Quads.

    ``rows`` gives the source rows of a record by its path (``Register.rows_of``): with it, a link
    whose words do not stand in them is not made.
    """
    sides = _sides(store)
    best: dict[Key, Found] = {}
    asked = rules()
    for rule in asked:
        for found in _scored(store, rule, sides):
            key = (rule.type, found.candidate.art, found.candidate.via, found.side.museum)
            other = best.get(key)
            if other is None or _order(found) < _order(other):
                best[key] = found
    if rows is not None:
        best = dict(_cited(best, store.base, Citations(rows)))
    kept = sorted(best.items(), key=lambda item: (item[1].rule.name, item[0]))
    writer = _Writer(store, kept, reviews)
    graphs = {
        name: writer.graph(name, list(group))
        for name, group in groupby(kept, key=lambda item: item[1].rule.name)
    }
    for rule in asked:
        count, nquads = graphs.get(rule.name, (0, b""))
        yield rule.name, count, nquads


def _cited(
    links: Mapping[Key, Found], base: str, citations: Citations
) -> Iterator[tuple[Key, Found]]:
    """The links with both citations word for word as the source rows have them."""
    for key, found in links.items():
        candidate, side = found.candidate, found.side
        art = citations.verbatim(candidate.art.removeprefix(base), candidate.words)
        science = citations.verbatim(side.first.removeprefix(base), side.words)
        if art == candidate.words and science is not None:
            yield key, replace(found, side=replace(side, words=science))


def _order(found: Found) -> tuple[float, str, str, str, str]:
    said = found.candidate
    return -found.score, found.rule.name, said.words, said.field, said.set


def _scored(store: GraphStore, rule: Rule, sides: Mapping[str, Side]) -> Iterator[Found]:
    """What a rule finds, without what is too vague to be kept."""
    for candidate in _candidates(store, rule):
        side = sides[candidate.set]
        role = rule.roles.get(candidate.role, ROLES["unstated"])
        confidence = candidate.confidence * side.confidence
        score = confidence * side.specificity * rule.weight * role
        if score >= WEAK:
            yield Found(rule, candidate, side, round(score, 4))


_MEMBERS = {
    iris.CRM + "P140_assigned_attribute_to": "art",
    iris.CRM + "P141_assigned": "set",
    MS + "via": "via",
    MS + "artField": "field",
    MS + "artValue": "words",
    MS + "artConfidence": "confidence",
    MS + "role": "role",
    MS + "artRole": "art_role",
}


def _candidates(store: GraphStore, rule: Rule) -> Iterator[Candidate]:
    """The answers of a CONSTRUCT: each solution is a blank node of its own."""
    for link, triples in groupby(store.construct(rule.text), key=lambda triple: triple.subject):
        members = {_MEMBERS[t.predicate.value]: term_text(t.object) for t in triples}
        missing = set(_MEMBERS.values()) - {"art_role"} - set(members)
        if missing:
            raise KnowledgeError(
                "the rule gives links without " + ", ".join(sorted(missing)),
                place=Place(file=f"queries/links/{rule.name}.rq", value=str(link)),
                remedy="no link without both citations: the CONSTRUCT must give them",
            )
        confidence = float(members.pop("confidence"))
        yield Candidate(confidence=confidence, art_role=members.pop("art_role", ""), **members)


def _sides(store: GraphStore) -> dict[str, Side]:
    answer = store.select(
        f"""PREFIX ms: <{MS}>
        SELECT ?set ?museum ?concept ?count ?kind ?first ?field ?words ?confidence ?specificity
          ?role WHERE {{
          ?set ms:museum ?museum ; ms:concept ?concept ; ms:count ?count ; ms:first ?first ;
            ms:field ?field ; ms:words ?words ; ms:confidence ?confidence ; ms:recordKind ?kind .
          ?concept ms:specificity ?specificity .
          OPTIONAL {{ ?set ms:role ?role }} }}"""
    )
    found: dict[str, Side] = {}
    for row in answer.rows:
        name, museum, concept, count, kind, *rest = map(term_text, row)
        first, words_field, words, confidence, specificity, role = rest
        found[name] = Side(
            museum=museum,
            concept=concept,
            count=int(count),
            kind=kind,
            first=first,
            field=words_field,
            words=words,
            confidence=float(confidence),
            specificity=float(specificity),
            role=role,
        )
    return found


class _Writer:
    """Writes links as N-Quads, with what their sentences need."""

    def __init__(
        self, store: GraphStore, links: list[tuple[Key, Found]], reviews: Mapping[Pair, Review]
    ) -> None:
        self._base = store.base
        self._reviews = reviews
        works = {found.candidate.art for _, found in links}
        self._keepers = _keepers(store, works)
        wanted = set(works) | set(self._keepers.values())
        for _, found in links:
            wanted.update((found.side.first, found.candidate.via, found.side.museum))
        self._labels = _labels(store, wanted)

    def graph(self, rule: str, links: list[tuple[Key, Found]]) -> tuple[int, bytes]:
        """The graph of one rule, without the links that a person rejected."""
        graph = Graph(f"{self._base}graph/links/{rule}")
        count = 0
        for key, found in links:
            pair = (self._path(key[1]), self._path(key[2]), self._path(key[3]))
            review = self._reviews.get(pair)
            if review is None or review.decision == "accept":
                name = f"{self._base}link/{iris.digest(key[0], *pair)}"
                self._describe(graph, name, found, _status(found, review))
                count += 1
        return count, graph.nquads()

    def _path(self, name: str) -> str:
        return name.removeprefix(self._base)

    def _describe(self, graph: Graph, link: str, found: Found, status: str) -> None:
        candidate, side = found.candidate, found.side
        graph.add(link, iris.RDF + "type", iri(iris.CRM + "E13_Attribute_Assignment"))
        graph.add(link, iris.RDF + "type", iri(MS + "Link"))
        graph.add(link, iris.CRM + "P140_assigned_attribute_to", iri(candidate.art))
        graph.add(link, iris.CRM + "P141_assigned", iri(candidate.set))
        for name, value in _members(found, status).items():
            graph.add(link, MS + name, literal(value))
        graph.add(link, MS + "via", iri(candidate.via))
        graph.add(link, MS + "artMuseum", iri(self._keepers[candidate.art]))
        graph.add(link, MS + "scienceRecord", iri(side.first))
        graph.add(link, MS + "scienceMuseum", iri(side.museum))
        for lang, template in found.rule.sentences.items():
            graph.add(
                link, MS + "explanation", literal(self._sentence(template, found, lang), lang)
            )

    def _sentence(self, template: str, found: Found, lang: str) -> str:
        candidate, side = found.candidate, found.side
        facts = Facts(
            art_title=self._label(candidate.art, lang),
            art_museum=self._label(self._keepers[candidate.art], lang),
            art_value=candidate.words,
            art_role=candidate.art_role,
            via=self._label(candidate.via, lang),
            science_museum=self._label(side.museum, lang),
            science_title=self._label(side.first, lang),
            science_value=side.words,
            science_role=side.role,
            science_kind=side.kind,
            science_count=side.count,
        )
        return sentence(template, facts, lang)

    def _label(self, of: str, lang: str) -> str:
        known = self._labels.get(of, {})
        return known.get(lang) or known.get("") or known.get("fr") or of.rpartition("/")[2]


def _members(found: Found, status: str) -> dict[str, str | float | int]:
    candidate, side = found.candidate, found.side
    return {
        "linkType": found.rule.type,
        "rule": found.rule.name,
        "status": status,
        "score": found.score,
        "artField": candidate.field,
        "artValue": candidate.words,
        "artConfidence": candidate.confidence,
        "role": candidate.role,
        "roleWeight": found.rule.roles.get(candidate.role, ROLES["unstated"]),
        "scienceField": side.field,
        "scienceValue": side.words,
        "scienceConfidence": side.confidence,
        "scienceCount": side.count,
        "conceptSpecificity": side.specificity,
        "ruleWeight": found.rule.weight,
    }


def _status(found: Found, review: Review | None) -> str:
    if review is not None:
        return "confirmed"
    sure = min(found.candidate.confidence, found.side.confidence) > SURE
    return "accepted" if sure and found.score >= ACCEPTED else "review"


def _labels(store: GraphStore, wanted: Iterable[str]) -> dict[str, dict[str, str]]:
    """The labels of some resources, by language ("" where none is stated)."""
    found: dict[str, dict[str, str]] = {}
    for subject, label, lang in _asked(
        store,
        wanted,
        f"""SELECT ?x ?label (LANG(?label) AS ?lang) WHERE {{ VALUES ?x {{ %s }}
        ?x <{iris.RDFS}label>|<{iris.SKOS}prefLabel> ?label }}""",
    ):
        found.setdefault(subject, {}).setdefault(lang, label)
    return found


def _keepers(store: GraphStore, wanted: Iterable[str]) -> dict[str, str]:
    query = f"SELECT ?x ?m WHERE {{ VALUES ?x {{ %s }} ?x <{iris.CRM}P50_has_current_keeper> ?m }}"
    return {record: museum for record, museum, *_ in _asked(store, wanted, query)}


def _asked(store: GraphStore, wanted: Iterable[str], query: str) -> Iterator[tuple[str, ...]]:
    names = sorted(set(wanted))
    for start in range(0, len(names), CHUNK):
        values = " ".join(iri(name) for name in names[start : start + CHUNK])
        for row in store.select(query % values).rows:
            yield tuple(map(term_text, row))
