"""The statements of a triples map: subject, predicate, object and graph as pieces of code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from museosciences.rml.code import COUNTED, Piece, Source, Statement, Text, Var
from museosciences.rml.expressions import Terms
from museosciences.rml.model import (
    RDF_TYPE,
    RML,
    Constant,
    Mapping,
    ReferencingObjectMap,
    Target,
    TermMap,
    TriplesMap,
)

_DEFAULT_GRAPH = f"<{RML}defaultGraph>"
DEFAULT_OUTPUT = COUNTED


class Context(Protocol):
    """What the statements of one triples map need of the whole program."""

    mapping: Mapping

    def index(self, parent: str, sides: tuple[TermMap, ...]) -> str:
        """The name of the index of a parent under these sides of the join."""
        ...

    def output(self, target: Target) -> str:
        """The name of the function that writes to a target."""
        ...


def join_key(terms: Terms, sides: Iterable[TermMap]) -> tuple[str | Var, ...]:
    """Code for the values that are compared: their lexical forms."""
    found: list[str | Var] = []
    for side in sides:
        found += [", " if found else "(", terms.text(terms.scalar(side))]
    return *found, ",)" if len(found) == 2 else ")"


class Statements:
    """The statements of one triples map."""

    def __init__(self, context: Context, terms: Terms, triples_map: TriplesMap) -> None:
        self.context = context
        self.terms = terms
        self.map = triples_map

    def all(self) -> list[Statement]:
        subject = self._subject(self.map)
        guards = self.terms.conditions(self.map.subject.conditions)
        found: list[Statement] = []
        for class_ in self.map.classes:
            pieces: tuple[Piece, ...] = (subject, Text(f" {RDF_TYPE} {class_}"))
            found += self._quads(pieces, self.map.graphs, self.map.subject.targets, guards)
        for pom in self.map.predicate_objects:
            inner = guards | self.terms.conditions(pom.conditions)
            graphs = (*self.map.graphs, *pom.graphs)
            for predicate in pom.predicates:
                start = (subject, Text(" "), *self.terms.term(predicate), Text(" "))
                with_predicate = inner | self.terms.conditions(predicate.conditions)
                for value in pom.objects:
                    targets = (
                        *self.map.subject.targets,
                        *predicate.targets,
                        *_object_targets(value),
                    )
                    all_guards = with_predicate | self.terms.conditions(value.conditions)
                    all_guards |= self._parent_conditions(value)
                    pieces = (*start, *self._object(value))
                    found += self._quads(pieces, graphs, targets, all_guards)
        return found

    def _subject(self, triples_map: TriplesMap) -> Piece:
        source = Source(self.terms.term(triples_map.subject), is_text=True)
        return self.terms.var(("subject", triples_map.node), "s", "plain", source)

    def _object(self, value: TermMap | ReferencingObjectMap) -> tuple[Piece, ...]:
        if isinstance(value, TermMap):
            return self.terms.term(value)
        parent = self.context.mapping.triples_maps[value.parent]
        if not value.joins:
            if parent.source != self.map.source:
                raise self.terms.error(
                    value.part,
                    f"the {parent.part} has another logical source and no join condition is given",
                    "add rml:joinCondition",
                )
            return (self._subject(parent),)
        index = self.context.index(value.parent, tuple(join.parent for join in value.joins))
        key = join_key(self.terms, [join.child for join in value.joins])
        source = Source((f"{index}.get(", *key, ", ())"))
        return (self.terms.var(("join", value), "o", "each", source),)

    def _parent_conditions(self, value: TermMap | ReferencingObjectMap) -> frozenset[Var]:
        """A parent of the same iteration exists only where its own conditions hold."""
        if isinstance(value, TermMap) or value.joins:
            return frozenset()
        parent = self.context.mapping.triples_maps[value.parent]
        return self.terms.conditions(parent.subject.conditions)

    def _quads(
        self,
        pieces: tuple[Piece, ...],
        graphs: tuple[TermMap, ...],
        targets: tuple[Target, ...],
        guards: frozenset[Var],
    ) -> list[Statement]:
        """One statement for each graph and each output."""
        found: dict[tuple[str, tuple[Piece, ...]], Statement] = {}
        for graph in graphs or (None,):
            line: tuple[Piece, ...] = (*pieces, Text(" .\n"))
            all_targets, all_guards = targets, guards
            if graph is not None:
                all_targets = (*targets, *graph.targets)
                all_guards = guards | self.terms.conditions(graph.conditions)
                name = self.terms.term(graph)
                if not _is_default(graph):
                    line = (*pieces, Text(" "), *name, Text(" .\n"))
            outputs = [self.context.output(target) for target in all_targets] or [DEFAULT_OUTPUT]
            for output in outputs:
                found[output, line] = Statement(output, line, all_guards)
        return list(found.values())


def _is_default(graph: TermMap) -> bool:
    return isinstance(graph.expression, Constant) and graph.expression.term == _DEFAULT_GRAPH


def _object_targets(value: TermMap | ReferencingObjectMap) -> tuple[Target, ...]:
    """Targets of the object, its language and its datatype (rml-io, Target)."""
    if isinstance(value, ReferencingObjectMap):
        return value.targets
    found = value.targets
    for qualifier in (value.language, value.datatype):
        found = (*found, *(qualifier.targets if qualifier else ()))
    return found
