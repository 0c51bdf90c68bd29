"""The older vocabularies, read by translation to the current one.

``rr:`` (R2RML), ``http://semweb.mmlab.be/ns/rml#``, ``ql:`` and the first form of functions
(``fnml:functionValue`` with FnO) carry the same model under other names.
"""

from __future__ import annotations

import pyoxigraph as ox

from museosciences.errors import MappingError, Place
from museosciences.rml.graph import MappingGraph, Node, Term
from museosciences.rml.model import RML

RR = "http://www.w3.org/ns/r2rml#"
OLD = "http://semweb.mmlab.be/ns/rml#"
QL = "http://semweb.mmlab.be/ns/ql#"
FNML = "http://semweb.mmlab.be/ns/fnml#"
FNO = ("https://w3id.org/function/ontology#", "http://w3id.org/function/ontology#")

_RENAMED = {f"{RR}column": f"{RML}reference", f"{RR}IRI": f"{RML}IRI"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SQL = (f"{RR}logicalTable", f"{RR}tableName", f"{RR}sqlQuery", f"{OLD}query")


def to_current(graph: MappingGraph) -> MappingGraph:
    """The same mapping in the current vocabulary; the graph itself when it is in it already.

    Raises MappingError for what reads a relational database.
    """
    predicates = graph.predicates()
    for sql in _SQL:
        if sql in predicates:
            raise MappingError(
                "the mapping reads a relational database",
                place=Place(file=graph.file, part=sql),
                remedy="export the tables to CSV, and map these",
            )
    if not any(predicate.startswith((RR, OLD, FNML)) for predicate in predicates):
        return graph
    current = MappingGraph(graph.file)
    calls = {
        value for _, predicate, value in graph.triples() if predicate == f"{FNML}functionValue"
    }
    for subject, predicate, value in graph.triples():
        if subject in calls and predicate == f"{OLD}logicalSource":
            continue  # a function execution is no triples map
        current.add(subject, _name(predicate), _term(predicate, value))
    _say_empty_is_null(graph, current)
    for subject in graph.subjects():
        for value in graph.objects(subject, f"{FNML}functionValue"):
            _function(graph, current, subject, value)
    return current


def _name(predicate: str) -> str:
    if predicate in _RENAMED:
        return _RENAMED[predicate]
    for old in (RR, OLD):
        if predicate.startswith(old):
            return RML + predicate.removeprefix(old)
    return predicate


def _term(predicate: str, value: Term) -> Term:
    """Classes, term types and formulations are renamed; constants of the mapping are not."""
    if not isinstance(value, ox.NamedNode):
        return value
    if value.value == f"{RR}defaultGraph":
        return ox.NamedNode(f"{RML}defaultGraph")
    if predicate == f"{OLD}referenceFormulation" and value.value.startswith(QL):
        return ox.NamedNode(RML + value.value.removeprefix(QL))
    if predicate in (_TYPE, f"{RR}termType"):
        return ox.NamedNode(_name(value.value))
    return value


def _say_empty_is_null(graph: MappingGraph, current: MappingGraph) -> None:
    """In the older vocabulary an empty cell of a CSV file is no value (RML, section 5)."""
    for subject in graph.subjects():
        formulations = {term.value for term in graph.objects(subject, f"{OLD}referenceFormulation")}
        if f"{QL}CSV" not in formulations:
            continue
        for source in graph.objects(subject, f"{OLD}source"):
            if isinstance(source, ox.Literal):
                access = ox.BlankNode()
                current.replace(subject, f"{RML}source", access)
                current.add(access, f"{RML}path", source)
                source = access
            if isinstance(source, Node):
                current.add(source, f"{RML}null", ox.Literal(""))


def _function(graph: MappingGraph, current: MappingGraph, node: Node, value: Term) -> None:
    """fnml:functionValue holds predicate-object maps: one ``fno:executes``, the rest inputs."""
    execution = ox.BlankNode()
    current.add(node, f"{RML}functionExecution", execution)
    for pom in graph.objects(value, f"{RR}predicateObjectMap"):
        for predicate in _constants(graph, pom, "predicate"):
            if predicate.value in {f"{space}executes" for space in FNO}:
                for function in _constants(graph, pom, "object"):
                    current.add(execution, f"{RML}function", function)
                continue
            supplied = ox.BlankNode()
            current.add(execution, f"{RML}input", supplied)
            current.add(supplied, f"{RML}parameter", predicate)
            for term_map in graph.objects(pom, f"{RR}objectMap"):
                current.add(supplied, f"{RML}inputValueMap", term_map)
            for constant in graph.objects(pom, f"{RR}object"):
                current.add(supplied, f"{RML}inputValue", constant)


def _constants(graph: MappingGraph, node: Term, role: str) -> list[Term]:
    found = graph.objects(node, RR + role)
    for term_map in graph.objects(node, f"{RR}{role}Map"):
        found += graph.objects(term_map, f"{RR}constant")
    return found
