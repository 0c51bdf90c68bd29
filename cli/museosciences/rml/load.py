"""From the graph of a mapping document to its model, with every fault named.

Shortcut properties (rml:subject, rml:predicate, rml:class, rml:language, …) are read as the
constant-valued term maps that they stand for (rml-core, Shortcuts).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from museosciences.errors import MappingError, Place
from museosciences.rml import functions, graph, logical, template, terms, translate
from museosciences.rml.graph import MappingGraph, Term
from museosciences.rml.model import (
    IRI_TYPES,
    RML,
    Call,
    Constant,
    Expression,
    Fresh,
    Join,
    Mapping,
    PredicateObjectMap,
    Reference,
    ReferencingObjectMap,
    Target,
    TermMap,
    TermType,
    TriplesMap,
)

if TYPE_CHECKING:
    import rdflib

#: Function executions nested deeper than this are refused.
MAX_NESTING = 20

_TERM_TYPES = {f"{RML}{kind.value}": kind for kind in TermType}
_ALLOWED = {
    "subject": IRI_TYPES | {TermType.BLANK_NODE},
    "predicate": IRI_TYPES,
    "object": frozenset(TermType),
    "graph": IRI_TYPES | {TermType.BLANK_NODE},
    "datatype": IRI_TYPES,
    "language": frozenset({TermType.LITERAL}),
    "value": frozenset(TermType),
}


def load(source: Path | str | bytes | rdflib.Graph, *, base: str) -> Mapping:
    """Read a mapping document in the current or the older vocabulary.

    Raises MappingError with file, triples map, term map and cause.
    """
    document = translate.to_current(graph.read(source, base=base))
    return _Loader(document, base).mapping()


def name(term: Term) -> str:
    """How a node of the mapping is named to people.

    >>> name(ox.NamedNode("http://example.com/maps#Person"))
    'Person'
    """
    if isinstance(term, ox.NamedNode):
        return term.value.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or term.value
    return "(blank node)" if isinstance(term, ox.BlankNode) else repr(term.value)


class _Loader:
    """Reads the triples maps of one document."""

    def __init__(self, document: MappingGraph, base: str) -> None:
        self.graph = document
        self.base = base

    def mapping(self) -> Mapping:
        nodes = [
            node
            for node in self.graph.subjects()
            if f"{RML}TriplesMap" in self.graph.types(node)
            or self.graph.objects(node, f"{RML}logicalSource")
        ]
        # A logical source may be described as a class of its own; only maps have subjects.
        if not nodes:
            raise MappingError(
                "the mapping holds no triples map",
                place=Place(file=self.graph.file),
                remedy=f"declare one with rml:logicalSource, rml: being <{RML}>",
            )
        mapping = Mapping(self.graph.file)
        for node in nodes:
            mapping.triples_maps[str(node)] = self.triples_map(node)
        for triples_map in mapping.triples_maps.values():
            self._check_parents(mapping, triples_map)
        return mapping

    def _check_parents(self, mapping: Mapping, triples_map: TriplesMap) -> None:
        for pom in triples_map.predicate_objects:
            for value in pom.objects:
                if isinstance(value, ReferencingObjectMap) and (
                    value.parent not in mapping.triples_maps
                ):
                    raise self.error(value.part, f"the parent {value.parent} is no triples map")

    def error(self, part: str, cause: str, remedy: str | None = None) -> MappingError:
        return MappingError(cause, place=Place(file=self.graph.file, part=part), remedy=remedy)

    def single(self, node: Term, part: str, *predicates: str) -> Term | None:
        found = self.graph.objects(node, *(RML + predicate for predicate in predicates))
        if len(found) > 1:
            raise self.error(part, f"rml:{predicates[0]} is given {len(found)} times", "keep one")
        return found[0] if found else None

    def triples_map(self, node: ox.NamedNode | ox.BlankNode) -> TriplesMap:
        part = f"triples map {name(node)}"
        source = self.single(node, part, "logicalSource")
        if source is None:
            raise self.error(part, "it has no logical source", "add rml:logicalSource")
        base = self.single(node, part, "baseIRI")
        iri_base = base.value if isinstance(base, ox.NamedNode) else self.base
        subject = self.single(node, part, "subjectMap", "subject")
        if subject is None:
            raise self.error(part, "it has no subject map", "add rml:subjectMap or rml:subject")
        shortcut = bool(self.graph.objects(node, f"{RML}subject"))
        classes = []
        for value in self.graph.objects(subject, f"{RML}class") if not shortcut else ():
            if not isinstance(value, ox.NamedNode):
                raise self.error(f"{part}, subject map", f"the class {value} is not an IRI")
            classes.append(str(value))
        return TriplesMap(
            node=str(node),
            part=part,
            source=logical.source(self.graph, source, part),
            subject=self.term_map(subject, "subject", f"{part}, subject map", iri_base, shortcut),
            classes=tuple(classes),
            graphs=() if shortcut else self.graphs(subject, f"{part}, subject map", iri_base),
            predicate_objects=tuple(
                self.predicate_object(value, part, iri_base)
                for value in self.graph.objects(node, f"{RML}predicateObjectMap")
            ),
        )

    def graphs(self, node: Term, part: str, base: str) -> tuple[TermMap, ...]:
        return self.maps(node, "graphMap", "graph", "graph", f"{part}, graph map", base)

    def maps(
        self, node: Term, long: str, short: str, role: str, part: str, base: str
    ) -> tuple[TermMap, ...]:
        """The term maps of one role, and the constants of its shortcut."""
        return (
            *(
                self.term_map(value, role, part, base, False)
                for value in self.graph.objects(node, RML + long)
            ),
            *(
                self.term_map(value, role, part, base, True)
                for value in self.graph.objects(node, RML + short)
            ),
        )

    def predicate_object(self, node: Term, above: str, base: str) -> PredicateObjectMap:
        predicates = self.maps(
            node, "predicateMap", "predicate", "predicate", f"{above}, predicate map", base
        )
        if not predicates:
            raise self.error(f"{above}, predicate-object map", "it has no predicate")
        label = _label(predicates[0])
        part = f"{above}, object map of {label}"
        objects: list[TermMap | ReferencingObjectMap] = []
        for value in self.graph.objects(node, f"{RML}objectMap"):
            if self.graph.objects(value, f"{RML}parentTriplesMap"):
                objects.append(self.referencing(value, part, base))
            else:
                objects.append(self.term_map(value, "object", part, base, False))
        for value in self.graph.objects(node, f"{RML}object"):
            objects.append(self.term_map(value, "object", part, base, True))
        if not objects:
            raise self.error(part, "it has no object", "add rml:objectMap or rml:object")
        return PredicateObjectMap(
            predicates,
            tuple(objects),
            self.graphs(node, f"{above}, predicate-object map of {label}", base),
            self.conditions(node, part, base, 0),
        )

    def referencing(self, node: Term, part: str, base: str) -> ReferencingObjectMap:
        parent = self.single(node, part, "parentTriplesMap")
        joins = []
        for condition in self.graph.objects(node, f"{RML}joinCondition"):
            sides = [
                self.join_side(condition, side, f"{part}, join condition", base)
                for side in ("child", "parent")
            ]
            joins.append(Join(*sides))
        return ReferencingObjectMap(
            part,
            str(parent),
            tuple(joins),
            self.targets(node, part),
            self.conditions(node, part, base, 0),
        )

    def join_side(self, node: Term, side: str, part: str, base: str) -> TermMap:
        full = self.single(node, part, f"{side}Map")
        if full is not None:
            return self.term_map(full, "value", f"{part}, {side} map", base, False)
        short = self.single(node, part, side)
        if not isinstance(short, ox.Literal):
            raise self.error(part, f"it has no {side}", f"add rml:{side} or rml:{side}Map")
        return TermMap(part, Reference(short.value), TermType.LITERAL, base)

    def targets(self, node: Term, part: str) -> tuple[Target, ...]:
        return tuple(
            logical.target(self.graph, value, part)
            for value in self.graph.objects(node, f"{RML}logicalTarget")
        )

    def conditions(self, node: Term, part: str, base: str, depth: int) -> tuple[TermMap, ...]:
        return tuple(
            self.term_map(value, "value", f"{part}, condition", base, False, depth + 1)
            for value in self.graph.objects(node, f"{RML}condition")
        )

    def term_map(
        self, node: Term, role: str, part: str, base: str, shortcut: bool, depth: int = 0
    ) -> TermMap:
        """A term map; with ``shortcut`` the node is itself the constant."""
        if depth > MAX_NESTING:
            raise self.error(part, f"functions are nested more than {MAX_NESTING} deep")
        if shortcut:
            return self._checked(self._constant(node, part, base), role)
        if isinstance(node, ox.Literal):
            raise self.error(part, f"{node} is no term map", "use the shortcut without 'Map'")
        expression = self.expression(node, part, base, depth)
        language = self.qualifier(node, "language", part, base, depth)
        datatype = self.qualifier(node, "datatype", part, base, depth)
        if language is not None and datatype is not None:
            raise self.error(part, "it has both a language and a datatype", "keep one of the two")
        explicit = self.single(node, part, "termType")
        kind = self._term_type(explicit, part) or _default_type(
            expression, role, language is not None or datatype is not None
        )
        found = TermMap(
            part,
            expression,
            kind,
            base,
            language,
            datatype,
            self.conditions(node, part, base, depth),
            self.targets(node, part),
        )
        return self._checked(found, role)

    def qualifier(self, node: Term, role: str, part: str, base: str, depth: int) -> TermMap | None:
        where = f"{part}, {role} map"
        full = self.single(node, where, f"{role}Map")
        short = self.single(node, where, role)
        if full is not None:
            return self.term_map(full, role, where, base, False, depth + 1)
        return None if short is None else self.term_map(short, role, where, base, True, depth + 1)

    def expression(self, node: Term, part: str, base: str, depth: int) -> Expression:
        found: list[Expression] = []
        if (value := self.single(node, part, "constant")) is not None:
            found.append(_constant(value))
        if (value := self.single(node, part, "reference")) is not None:
            found.append(Reference(value.value))
        if (value := self.single(node, part, "template")) is not None:
            try:
                found.append(template.parse(value.value))
            except template.TemplateSyntaxError as error:
                raise self.error(
                    part,
                    f"the template {value.value!r} is wrong: {error}",
                    r"escape a brace or backslash that is meant as such: \{ \} \\",
                ) from error
        if (value := self.single(node, part, "functionExecution")) is not None:
            found.append(self.call(node, value, part, base, depth + 1))
        if len(found) > 1:
            raise self.error(part, "it has more than one expression", "keep one of them")
        return found[0] if found else Fresh()

    def call(self, node: Term, execution: Term, part: str, base: str, depth: int) -> Call:
        if depth > MAX_NESTING:
            raise self.error(part, f"functions are nested more than {MAX_NESTING} deep")
        function = self.single(execution, part, "function") or self._map_constant(
            execution, "functionMap", part
        )
        if not isinstance(function, ox.NamedNode):
            raise self.error(part, "the function execution names no function")
        inputs = []
        for value in self.graph.objects(execution, f"{RML}input"):
            parameter = self.single(value, part, "parameter") or self._map_constant(
                value, "parameterMap", part
            )
            if not isinstance(parameter, ox.NamedNode):
                raise self.error(part, "an input of the function names no parameter")
            where = f"{part}, input {name(parameter)}"
            inputs.append((parameter.value, self.input_value(value, where, base, depth)))
        output = self.single(node, part, "return") or self._map_constant(node, "returnMap", part)
        call = Call(function.value, tuple(inputs), output.value if output else None)
        if cause := functions.problem(call):
            raise self.error(part, cause, "see the list of functions in docs/rml.md")
        return call

    def input_value(self, node: Term, part: str, base: str, depth: int) -> TermMap:
        full = self.single(node, part, "inputValueMap")
        if full is not None:
            return self.term_map(full, "value", part, base, False, depth)
        short = self.single(node, part, "inputValue")
        if short is None:
            raise self.error(part, "it has no value", "add rml:inputValue or rml:inputValueMap")
        return TermMap(part, _constant(short), TermType.LITERAL, base)

    def _map_constant(self, node: Term, predicate: str, part: str) -> Term | None:
        """The constant of a map that this engine wants constant (function, parameter, return)."""
        full = self.single(node, part, predicate)
        if full is None:
            return None
        value = self.single(full, part, "constant")
        if value is None:
            raise self.error(part, f"only a constant rml:{predicate} is supported")
        return value

    def _constant(self, node: Term, part: str, base: str) -> TermMap:
        kind = (
            TermType.IRI
            if isinstance(node, ox.NamedNode)
            else TermType.LITERAL
            if isinstance(node, ox.Literal)
            else TermType.BLANK_NODE
        )
        return TermMap(part, _constant(node), kind, base)

    def _term_type(self, node: Term | None, part: str) -> TermType | None:
        if node is None:
            return None
        if node.value not in _TERM_TYPES:
            raise self.error(part, f"{node} is no term type", "use rml:IRI, rml:Literal, …")
        return _TERM_TYPES[node.value]

    def _checked(self, found: TermMap, role: str) -> TermMap:
        """The rules of rml-core on which term may stand where."""
        part, expression, kind = found.part, found.expression, found.term_type
        if kind not in _ALLOWED[role]:
            raise self.error(part, f"a {role} cannot be of term type {kind.value}")
        if isinstance(expression, Fresh) and kind is not TermType.BLANK_NODE:
            raise self.error(
                part, "it has no expression", "add rml:reference, rml:template or rml:constant"
            )
        if isinstance(expression, Constant):
            self._check_constant(expression, kind, role, part)
        if (found.language or found.datatype) and kind is not TermType.LITERAL:
            raise self.error(part, "only a literal has a language or a datatype")
        return found

    def _check_constant(self, constant: Constant, kind: TermType, role: str, part: str) -> None:
        if role == "value":
            return
        is_iri, is_literal = constant.term.startswith("<"), constant.term.startswith('"')
        if kind is TermType.BLANK_NODE:
            raise self.error(part, "a constant cannot be a blank node", "use a template")
        if kind in IRI_TYPES and not is_iri:
            raise self.error(part, f"the constant {constant.term} is not an IRI")
        if kind is TermType.LITERAL and not is_literal:
            raise self.error(part, f"the constant {constant.term} is not a literal")
        if role == "language" and terms.language(constant.text) is None:
            raise self.error(
                part, f"{constant.text!r} is not a language tag", "use a BCP 47 tag such as fr"
            )


def _constant(node: Term) -> Constant:
    return Constant(str(node), node.value)


def _label(predicate: TermMap) -> str:
    if isinstance(predicate.expression, Constant):
        return name(ox.NamedNode(predicate.expression.text))
    return "a computed predicate"


def _default_type(expression: Expression, role: str, qualified: bool) -> TermType:
    """The term type when none is given (rml-core, Default term types)."""
    if role in ("language", "value"):
        return TermType.LITERAL
    if isinstance(expression, Fresh):
        return TermType.BLANK_NODE if role in ("subject", "object") else TermType.IRI
    if isinstance(expression, Constant):
        return TermType.LITERAL if expression.term.startswith('"') else TermType.IRI
    if role == "object" and (qualified or isinstance(expression, Reference | Call)):
        return TermType.LITERAL
    return TermType.IRI
