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
from dataclasses import dataclass
from itertools import islice

from museosciences import headed, iris, knowledge
from museosciences.errors import KnowledgeError, Place
from museosciences.iris import MS
from museosciences.link.review import Pair, Review
from museosciences.link.sentence import sentence
from museosciences.ntriples import Graph, iri, literal
from museosciences.store import GraphStore, term_text

# What a subject weighs by the role it plays: main motif over background; a genre counts.
ROLES = {"main": 1.0, "genre": 0.9, "secondary": 0.75, "attribute": 0.6}
# A link is proposed as sound at or above ACCEPTED; below WEAK it is too vague to be kept.
ACCEPTED = 0.35
WEAK = 0.15
# How many records a query asks for at once.
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT with its type of link, its weight and its sentences."""

    name: str
    type: str
    weight: float
    text: str
    sentences: Mapping[str, str]


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
    return Rule(query.name, str(header["type"]), float(header["weight"]), query.text, sentences)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule found: the work, its words, and the set of the other side."""

    link: str
    art: str
    set: str
    via: str
    field: str
    words: str
    confidence: float
    role: str


@dataclass(frozen=True, slots=True)
class Side:
    """The science side: a set of records of one museum under one concept."""

    museum: str
    concept: str
    count: int
    first: str
    field: str
    words: str
    confidence: float
    specificity: float


def find(store: GraphStore, reviews: Mapping[Pair, Review]) -> Iterator[tuple[str, int, bytes]]:
    """All links: for each rule its name, how many links it gave, and their N-Quads."""
    sides = _sides(store)
    for rule in rules():
        graph = Graph(f"{store.base}graph/links/{rule.name}")
        count = 0
        candidates = _candidates(store, rule)
        while chunk := list(islice(candidates, CHUNK)):
            count += _write(graph, store, rule, chunk, sides, reviews)
        yield rule.name, count, graph.nquads()


_MEMBERS = {
    iris.CRM + "P140_assigned_attribute_to": "art",
    iris.CRM + "P141_assigned": "set",
    MS + "via": "via",
    MS + "artField": "field",
    MS + "artValue": "words",
    MS + "artConfidence": "confidence",
    MS + "role": "role",
}


def _candidates(store: GraphStore, rule: Rule) -> Iterator[Candidate]:
    """The links that the CONSTRUCT gives, the best words of each."""
    found: dict[str, dict[str, list[str]]] = {}
    for triple in store.construct(rule.text):
        name = _MEMBERS.get(triple.predicate.value)
        if name is not None:
            members = found.setdefault(term_text(triple.subject), {})
            members.setdefault(name, []).append(term_text(triple.object))
    for link, members in sorted(found.items()):
        missing = set(_MEMBERS.values()) - set(members)
        if missing:
            raise KnowledgeError(
                "the rule gives links without " + ", ".join(sorted(missing)),
                place=Place(file=f"queries/links/{rule.name}.rq", value=link),
                remedy="no link without both citations: the CONSTRUCT must give them",
            )
        yield Candidate(
            link=link,
            art=members["art"][0],
            set=members["set"][0],
            via=members["via"][0],
            field=members["field"][0],
            words=min(members["words"]),
            confidence=max(float(value) for value in members["confidence"]),
            role=max(members["role"], key=lambda role: ROLES.get(role, 0.0)),
        )


def _sides(store: GraphStore) -> dict[str, Side]:
    answer = store.select(
        f"""PREFIX ms: <{MS}>
        SELECT ?set ?museum ?concept ?count ?first ?field ?words ?confidence ?specificity WHERE {{
          ?set ms:museum ?museum ; ms:concept ?concept ; ms:count ?count ; ms:first ?first ;
            ms:field ?field ; ms:words ?words ; ms:confidence ?confidence .
          ?concept ms:specificity ?specificity }}"""
    )
    found: dict[str, Side] = {}
    for row in answer.rows:
        name, museum, concept, count, first, kind, words, confidence, specificity = map(
            term_text, row
        )
        found[name] = Side(
            museum, concept, int(count), first, kind, words, float(confidence), float(specificity)
        )
    return found


def _write(
    graph: Graph,
    store: GraphStore,
    rule: Rule,
    candidates: list[Candidate],
    sides: Mapping[str, Side],
    reviews: Mapping[Pair, Review],
) -> int:
    kept = []
    for candidate in candidates:
        side = sides[candidate.set]
        score = _score(rule, candidate, side)
        review = reviews.get(_pair(store.base, candidate, side))
        if score >= WEAK and (review is None or review.decision == "accept"):
            kept.append((candidate, side, score, review))
    wanted = {iri for c, s, _, _ in kept for iri in (c.art, s.first, c.via, s.museum)}
    labels = _labels(store, wanted)
    keepers = _keepers(store, {candidate.art for candidate, *_ in kept})
    for candidate, side, score, review in kept:
        status = _status(score, review)
        facts = _facts(candidate, side, labels, keepers)
        _describe(graph, rule, candidate, side, score, status, facts)
    return len(kept)


def _pair(base: str, candidate: Candidate, side: Side) -> Pair:
    return (
        candidate.art.removeprefix(base),
        candidate.via.removeprefix(base),
        side.museum.removeprefix(base),
    )


def _score(rule: Rule, candidate: Candidate, side: Side) -> float:
    role = ROLES.get(candidate.role, ROLES["secondary"])
    return candidate.confidence * side.confidence * side.specificity * rule.weight * role


def _status(score: float, review: Review | None) -> str:
    if review is not None:
        return "confirmed"
    return "accepted" if score >= ACCEPTED else "review"


def _facts(
    candidate: Candidate, side: Side, labels: Mapping[str, dict[str, str]], keepers: dict[str, str]
) -> dict[str, dict[str, str]]:
    """What a sentence may say, by language."""
    museum = keepers.get(candidate.art, "")
    facts: dict[str, dict[str, str]] = {}
    for lang in ("fr", "en"):
        facts[lang] = {
            "art_title": _label(labels, candidate.art, lang),
            "art_museum": _label(labels, museum, lang),
            "art_value": candidate.words,
            "via_label": _label(labels, candidate.via, lang),
            "science_museum": _label(labels, side.museum, lang),
            "science_title": _label(labels, side.first, lang),
            "science_value": side.words,
            "science_count": str(side.count),
        }
    return facts


def _label(labels: Mapping[str, dict[str, str]], of: str, lang: str) -> str:
    known = labels.get(of, {})
    return known.get(lang) or known.get("") or known.get("fr") or of.rpartition("/")[2]


def _describe(
    graph: Graph,
    rule: Rule,
    candidate: Candidate,
    side: Side,
    score: float,
    status: str,
    facts: Mapping[str, Mapping[str, str]],
) -> None:
    link = candidate.link
    graph.add(link, iris.RDF + "type", iri(iris.CRM + "E13_Attribute_Assignment"))
    graph.add(link, iris.RDF + "type", iri(MS + "Link"))
    graph.add(link, iris.CRM + "P140_assigned_attribute_to", iri(candidate.art))
    graph.add(link, iris.CRM + "P141_assigned", iri(candidate.set))
    members: dict[str, str | float | int] = {
        "linkType": rule.type,
        "rule": rule.name,
        "status": status,
        "score": score,
        "artField": candidate.field,
        "artValue": candidate.words,
        "artConfidence": candidate.confidence,
        "role": candidate.role,
        "scienceField": side.field,
        "scienceValue": side.words,
        "scienceConfidence": side.confidence,
        "scienceCount": side.count,
        "conceptSpecificity": side.specificity,
        "ruleWeight": rule.weight,
    }
    for name, value in members.items():
        graph.add(link, MS + name, literal(value))
    graph.add(link, MS + "via", iri(candidate.via))
    graph.add(link, MS + "scienceRecord", iri(side.first))
    graph.add(link, MS + "scienceMuseum", iri(side.museum))
    for lang, template in rule.sentences.items():
        graph.add(link, MS + "explanation", literal(sentence(template, facts[lang], lang), lang))


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
