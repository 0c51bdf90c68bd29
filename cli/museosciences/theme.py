"""A theme: an operation of the network, its axes and vitrines, and the records that belong to them.

A theme is a Turtle file in ``ontology/themes/``; its header says the vocabulary of the rules. The
rules are read, never written in code: another operation is another file. A record belongs to an
axis (or a vitrine) by the rule that weighs most; the membership keeps the rule, the words and the
reason. At or above the threshold of the theme the record is selected; below it is incidental.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from museosciences import iris, knowledge
from museosciences.errors import Place, Said, VocabularyError
from museosciences.iris import MS
from museosciences.ntriples import Graph, iri, literal
from museosciences.reading import Reading
from museosciences.rule import Item, Record, Rule, records
from museosciences.sieve import Sieve
from museosciences.store import Term
from museosciences.vocabulary import Vocabulary

_RULES = {MS + "AxisRule": MS + "axis", MS + "VitrineRule": MS + "vitrine"}
# What a membership of an axis or of a vitrine is called on the record itself.
_SHORT = {MS + "axis": "onAxis", MS + "vitrine": "inVitrine"}
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme file: its name, its rules, the axes above each axis, and its threshold."""

    name: str
    rules: tuple[Rule, ...]
    above: Mapping[str, str]
    threshold: float


def files() -> list[Path]:
    """The theme files of this project."""
    return knowledge.files("ontology/themes", "*.ttl")


def triples(path: Path, base: str) -> list[ox.Triple]:
    """The triples of a theme file. Raises VocabularyError on broken Turtle."""
    try:
        quads = ox.parse(
            path=str(path), format=ox.RdfFormat.TURTLE, base_iri=f"{base}theme/{path.stem}"
        )
        return [quad.triple for quad in quads]
    except (SyntaxError, OSError) as error:
        raise VocabularyError(
            Said(f"le thème ne peut être lu : {error}", f"the theme cannot be read: {error}"),
            place=Place(file=str(path)),
        ) from error


def graphs(base: str, paths: Iterable[Path] | None = None) -> Iterator[bytes]:
    """The theme files themselves as N-Quads, each in ``{base}graph/theme/{id}``."""
    for path in files() if paths is None else paths:
        graph = ox.NamedNode(f"{base}graph/theme/{path.stem}")
        quads = (ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples(path, base))
        yield ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def read(path: Path, base: str) -> Theme:
    """The rules of a theme file. Raises VocabularyError when one lacks what it must have."""
    about: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples(path, base):
        about[_name(triple.subject)][triple.predicate.value].append(triple.object)
    rules = []
    for node, members in about.items():
        for kind in members.get(iris.RDF + "type", ()):
            if _name(kind) in _RULES:
                rules.append(_rule(path, base, node, members, _RULES[_name(kind)], about))
    above = {
        node: _name(members[iris.SKOS + "broader"][0])
        for node, members in about.items()
        if iris.SKOS + "broader" in members
    }
    stated = about[f"{base}theme/{path.stem}"].get(MS + "threshold")
    threshold = float(_name(stated[0])) if stated else THRESHOLD
    return Theme(path.stem, tuple(rules), above, threshold)


def _name(term: object) -> str:
    return str(getattr(term, "value", term))


def _rule(
    path: Path,
    base: str,
    node: str,
    members: Mapping[str, list[Term]],
    target: str,
    about: Mapping[str, Mapping[str, list[Term]]],
) -> Rule:
    def values(name: str) -> tuple[str, ...]:
        return tuple(_name(value) for value in members.get(MS + name, ()))

    def keys(name: str) -> tuple[str, ...]:
        return tuple(value.removeprefix(f"{base}concept/") for value in values(name))

    reasons = {
        value.language or "": value.value
        for value in members.get(MS + "reason", ())
        if isinstance(value, ox.Literal)
    }
    targets = tuple(_name(value) for value in members.get(target, ()))
    if not targets or not values("weight") or not reasons:
        raise VocabularyError(
            Said(
                "une règle demande ce pour quoi elle choisit, un poids et une raison",
                "a rule needs what it selects for, a weight and a reason",
            ),
            place=Place(file=path.name, value=node),
        )
    museums = {
        _name(museum) for name in targets for museum in about[name].get(MS + "museum", ())
    } | set(values("museum"))
    return Rule(
        name=node,
        short=_SHORT[target],
        targets=targets,
        weight=float(values("weight")[0]),
        reasons=reasons,
        kinds=frozenset(values("kind")),
        fields=frozenset(values("field")),
        concepts=frozenset(keys("concept")),
        schemes=frozenset(values("scheme")),
        except_concepts=frozenset(keys("exceptConcept")),
        genres=frozenset(keys("genre")),
        except_genres=frozenset(keys("exceptGenre")),
        except_objects=frozenset(keys("exceptObject")),
        roles=frozenset(values("role")),
        words=values("words"),
        except_words=values("exceptWords"),
        present="true" in values("present"),
        before=_year(values("before")),
        after=_year(values("after")),
        except_before=_year(values("exceptBefore")),
        museums=frozenset(museums),
    )


def _year(values: tuple[str, ...]) -> int | None:
    return int(values[0]) if values else None


@dataclass(frozen=True, slots=True)
class Membership:
    """Why a record belongs to an axis or a vitrine, and how much."""

    record: str
    target: str
    rule: Rule
    weight: float
    item: Item | None


def memberships(
    reading: Reading, vocabulary: Vocabulary, paths: Iterable[Path] | None = None
) -> Iterator[bytes]:
    """The memberships of all records in the axes and vitrines of each theme, as N-Quads."""
    base = reading.store.base
    themes = [read(path, base) for path in (files() if paths is None else paths)]
    sieves = [(theme, Sieve(theme.rules, vocabulary)) for theme in themes]
    collected = {theme.name: Graph(f"{base}graph/theme/{theme.name}") for theme in themes}
    for record in records(reading, vocabulary):
        for theme, sieve in sieves:
            for found in _best(theme, sieve.rules(record), record, vocabulary):
                _describe(collected[theme.name], base, theme, found, vocabulary)
    for graph in collected.values():
        yield graph.nquads()


def _best(
    theme: Theme, rules: Iterable[Rule], record: Record, vocabulary: Vocabulary
) -> Iterable[Membership]:
    """The heaviest membership of a record in each axis and vitrine, and in the axis above."""
    best: dict[str, Membership] = {}
    for rule in rules:
        for item, confidence in rule.met(record, vocabulary):
            weight = rule.weight * confidence
            for target in rule.targets:
                while target:
                    other = best.get(target)
                    if other is None or weight > other.weight:
                        best[target] = Membership(record.name, target, rule, weight, item)
                    target = theme.above.get(target, "")
    return best.values()


def _describe(
    graph: Graph, base: str, theme: Theme, found: Membership, vocabulary: Vocabulary
) -> None:
    name = f"{base}selection/{iris.digest(theme.name, found.record, found.target)}"
    selected = found.weight >= theme.threshold
    graph.add(name, iris.RDF + "type", iri(MS + "Selection"))
    graph.add(name, MS + "selects", iri(found.record))
    graph.add(name, MS + "for", iri(found.target))
    graph.add(name, MS + "byRule", iri(found.rule.name))
    graph.add(name, MS + "weight", literal(round(found.weight, 4)))
    graph.add(name, MS + "selected", literal(selected))
    if found.item is not None and found.item.words:
        graph.add(name, MS + "field", literal(found.item.field))
        graph.add(name, MS + "words", literal(found.item.words))
    for lang, template in found.rule.reasons.items():
        graph.add(name, MS + "reason", literal(_reason(template, found, lang, vocabulary), lang))
    if selected:
        graph.add(found.record, MS + found.rule.short, iri(found.target))


def _reason(template: str, found: Membership, lang: str, vocabulary: Vocabulary) -> str:
    item = found.item
    concept = vocabulary.concepts.get(item.concept) if item is not None else None
    words = item.words if item is not None else ""
    label = concept.label(lang) if concept is not None else words
    text = template.replace("{term}", words).replace("{label}", label)
    return text.replace("« ", "«\u00a0").replace(" »", "\u00a0»") if lang == "fr" else text
