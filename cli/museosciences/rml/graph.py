"""The mapping document as a graph: parsed once, indexed by subject and predicate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from museosciences.errors import MappingError, Place

if TYPE_CHECKING:  # its import takes longer than mapping a small file
    import rdflib

Node = ox.NamedNode | ox.BlankNode
Term = Node | ox.Literal

# Longer mappings than this are not mappings; a guard against reading a data dump by mistake.
MAX_MAPPING_BYTES = 50_000_000

_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class MappingGraph:
    """Triples of a mapping, in document order."""

    def __init__(self, file: str | None = None) -> None:
        self.file = file
        self._index: dict[Node, dict[str, list[Term]]] = {}

    def add(self, subject: Node, predicate: str, value: Term) -> None:
        values = self._index.setdefault(subject, {}).setdefault(predicate, [])
        if value not in values:
            values.append(value)

    def replace(self, subject: Node, predicate: str, value: Term) -> None:
        self._index.setdefault(subject, {})[predicate] = [value]

    def subjects(self) -> list[Node]:
        return list(self._index)

    def triples(self) -> Iterator[tuple[Node, str, Term]]:
        for subject, properties in self._index.items():
            for predicate, values in properties.items():
                for value in values:
                    yield subject, predicate, value

    def objects(self, subject: Term, *predicates: str) -> list[Term]:
        """The values of any of the predicates, in document order."""
        if isinstance(subject, ox.Literal):
            return []
        properties = self._index.get(subject, {})
        return [value for predicate in predicates for value in properties.get(predicate, ())]

    def types(self, subject: Term) -> set[str]:
        return {term.value for term in self.objects(subject, _TYPE)}

    def items(self, head: Term) -> list[Term]:
        """The members of an RDF list."""
        found: list[Term] = []
        while firsts := self.objects(head, _FIRST):
            found.append(firsts[0])
            rests = self.objects(head, _REST)
            if not rests or len(found) > MAX_MAPPING_BYTES:
                break
            head = rests[0]
        return found

    def predicates(self) -> set[str]:
        return {predicate for properties in self._index.values() for predicate in properties}


def read(source: Path | str | rdflib.Graph | bytes, *, base: str) -> MappingGraph:
    """Parse a mapping: a Turtle file, Turtle text as bytes, or an rdflib graph.

    Raises MappingError when the file is missing, too large or not Turtle.
    """
    if isinstance(source, bytes):
        data, name, kind = source, None, "TURTLE"
    elif isinstance(source, Path | str):
        data, name, kind = _read_file(Path(source)), str(source), "TURTLE"
    else:
        data, name, kind = source.serialize(format="nt", encoding="utf-8"), None, "N_TRIPLES"
    graph = MappingGraph(name)
    try:
        for quad in ox.parse(data, format=getattr(ox.RdfFormat, kind), base_iri=base):
            if isinstance(quad.subject, Node) and isinstance(quad.object, Term):
                graph.add(quad.subject, quad.predicate.value, quad.object)
    except (SyntaxError, ValueError) as error:
        raise MappingError(
            f"the mapping is not valid Turtle: {error}",
            place=Place(file=name, line=getattr(error, "lineno", None)),
            remedy="correct the Turtle at this line",
        ) from error
    return graph


def _read_file(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_MAPPING_BYTES:
            raise MappingError("the mapping is too large", place=Place(file=str(path)))
        return path.read_bytes()
    except OSError as error:
        raise MappingError(
            f"the mapping cannot be read: {error.strerror}",
            place=Place(file=str(path)),
            remedy="check the name of the mapping file",
        ) from error
