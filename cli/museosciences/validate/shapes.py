"""Shapes graphs: read, merged and checked once, then used by any engine.

What a finding says to people (message, field, severity, path) is read from the shapes here, so
that it does not depend on what each engine passes on. Property shapes that are blank nodes are
given IRIs (RDF 1.1, 3.5 "Skolemization"), so that every finding can name its shape.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from museosciences import knowledge
from museosciences.errors import Place, Said, ShapesError, cause_of
from museosciences.iris import MS, RDF, RDFS, SH, XSD
from museosciences.validate.findings import SEVERITIES, Severity

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Node = ox.NamedNode | ox.BlankNode
Triple = tuple[Node, str, Term]

# Blank property shapes are renamed with this suffix on the IRI of the shape that holds them.
GENID = "/.well-known/genid/property-"
UP_TO = MS + "upTo"
CURRENT_YEAR = MS + "CurrentYear"
_PATH_OPERATORS = {
    "inversePath": "^{}",
    "zeroOrMorePath": "{}*",
    "oneOrMorePath": "{}+",
    "zeroOrOnePath": "{}?",
}


class Graph:
    """The triples of a shapes graph, indexed by subject and predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(triples)
        self._objects: dict[tuple[Node, str], list[Term]] = defaultdict(list)
        self._subjects: set[Term] = {subject for subject, _, _ in self.triples}
        for subject, predicate, value in self.triples:
            self._objects[subject, predicate].append(value)

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """The values of a property, in the order of the file."""
        if isinstance(subject, ox.Literal | ox.Triple):
            return []
        return self._objects.get((subject, predicate), [])

    def describes(self, subject: Term) -> bool:
        """Does the graph say anything of this node?"""
        return subject in self._subjects

    def nodes(self, subject: Term, predicate: str) -> list[Node]:
        """The values of a property that are not literals."""
        return [o for o in self.objects(subject, predicate) if isinstance(o, Node)]

    def text(self, subject: Term, predicate: str) -> str | None:
        """The one value of a property, as text."""
        values = self.objects(subject, predicate)
        return plain(values[0]) if values else None

    def by_language(self, subject: Term, predicate: str) -> dict[str, str]:
        """The literals of a property by language ("" where none is stated)."""
        return {
            (o.language or "").split("-")[0]: o.value
            for o in self.objects(subject, predicate)
            if isinstance(o, ox.Literal)
        }

    def items(self, head: Term) -> list[Term]:
        """The members of an RDF list; a list that loops ends where it began."""
        members: list[Term] = []
        seen: set[Term] = set()
        while head not in seen and self.objects(head, RDF + "first"):
            seen.add(head)
            members.append(self.objects(head, RDF + "first")[0])
            rest = self.objects(head, RDF + "rest")
            if not rest:
                break
            head = rest[0]
        return members

    def ntriples(self) -> bytes:
        """The graph as N-Triples."""
        triples = (ox.Triple(s, ox.NamedNode(p), o) for s, p, o in self.triples)
        result = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        return result or b""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a shape tells people."""

    iri: str
    path: str | None
    name: dict[str, str]
    description: dict[str, str]
    message: dict[str, str]
    severity: Severity
    fields: tuple[str, ...]
    suggest: str | None


@dataclass(frozen=True)
class Shapes:
    """A shapes graph ready for any engine; cheap to send to another process."""

    ntriples: bytes
    shapes: dict[str, Shape]
    sparql_messages: dict[str, dict[str, str]]
    files: tuple[str, ...] = ()
    digest: str = dataclass_field(default="")

    def __post_init__(self) -> None:
        digest = hashlib.blake2b(self.ntriples, digest_size=16).hexdigest()
        object.__setattr__(self, "digest", digest)

    def __hash__(self) -> int:
        return hash(self.digest)


def plain(term: Term) -> str:
    """A term without RDF syntax: lexical form, IRI, or ``_:label``."""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


def path_text(graph: Graph, node: Term) -> str:
    """A property path (SHACL 2.3.1) in SPARQL syntax; one property is its bare IRI."""
    return node.value if isinstance(node, ox.NamedNode) else _path(graph, node, frozenset())


def _path(graph: Graph, node: Term, above: frozenset[Term]) -> str:
    if isinstance(node, ox.NamedNode):
        return f"<{node.value}>"
    if node in above:
        raise ShapesError(
            Said("un chemin se contient lui-même", "a property path contains itself"),
            place=Place(part=str(node)),
        )
    above = above | {node}
    if steps := graph.items(node):
        return "(" + "/".join(_path(graph, n, above) for n in steps) + ")"
    for name, form in _PATH_OPERATORS.items():
        for inner in graph.objects(node, SH + name):
            return form.format(_path(graph, inner, above))
    for choices in graph.objects(node, SH + "alternativePath"):
        return "(" + "|".join(_path(graph, n, above) for n in graph.items(choices)) + ")"
    raise ShapesError(
        Said("un chemin ne dit rien", "a property path says nothing"), place=Place(part=str(node))
    )


def load(paths: Sequence[str | Path] | None = None) -> Shapes:
    """Read, merge and check shapes files: those given, or all of ``shapes/*.ttl``.

    Raises ShapesError when a file cannot be read or is not valid SHACL (W3C SHACL, appendix C),
    uses a severity without a published meaning, a recursive shape (SHACL 3.4.3 leaves its
    meaning undefined), or a regular expression that may take exponential time.
    """
    if paths is None:
        return _house()
    return _loaded(tuple(Path(path) for path in paths))


@cache
def _house() -> Shapes:
    """The shapes of the house, checked once for all sources of a process."""
    return _loaded(tuple(knowledge.files("shapes", "*.ttl")))


def _loaded(files: tuple[Path, ...]) -> Shapes:
    triples: list[Triple] = []
    origin: dict[str, str] = {}
    for file in files:
        read = _read(file)
        triples += read
        origin |= {plain(subject): str(file) for subject, _, _ in read}
    return build(triples, tuple(str(file) for file in files), origin)


def parse(turtle: str | bytes, name: str = "shapes") -> Shapes:
    """Shapes from Turtle in memory. Raises ShapesError, as ``load`` does."""
    return build(_parsed(turtle, ox.RdfFormat.TURTLE, name, "urn:shapes:"), (name,))


def build(
    triples: list[Triple], files: tuple[str, ...] = (), origin: dict[str, str] | None = None
) -> Shapes:
    """Shapes from triples, checked; ``origin`` is the file of each node. Raises ShapesError."""
    from museosciences.validate import check  # the check itself runs an engine on a Shapes

    shapes = unchecked(triples, files)
    check.check(shapes, _named(Graph(triples)), origin or {})
    return shapes


def unchecked(triples: list[Triple], files: tuple[str, ...] = ()) -> Shapes:
    """Shapes from triples that are known to be valid SHACL."""
    graph = _dated(_named(Graph(triples)), date.today().year)
    found = _shape_nodes(graph)
    described = {plain(node): _shape(graph, node) for node in found}
    sparql = {
        plain(node): message
        for node in found
        for constraint in graph.nodes(node, SH + "sparql")
        if (message := graph.by_language(constraint, SH + "message"))
    }
    return Shapes(graph.ntriples(), described, sparql, files)


def _read(file: Path) -> list[Triple]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ShapesError(
            Said(
                f"le fichier de formes ne peut être lu : {cause_of(error).fr}",
                f"the shapes file cannot be read: {cause_of(error)}",
            ),
            place=Place(file=str(file)),
            remedy=Said("vérifier le chemin donné à --shapes", "check the path given to --shapes"),
        ) from error
    kind = ox.RdfFormat.from_extension(file.suffix.lstrip(".").lower()) or ox.RdfFormat.TURTLE
    return _parsed(data, kind, str(file), file.resolve().as_uri())


def _parsed(data: str | bytes, kind: ox.RdfFormat, name: str, base: str) -> list[Triple]:
    try:
        quads = ox.parse(data, kind, base_iri=base, rename_blank_nodes=True)
        return [(q.subject, q.predicate.value, q.object) for q in quads]
    except (SyntaxError, ValueError) as error:
        raise ShapesError(
            Said(
                f"le fichier de formes n’est pas du {kind.name} valide : {error}",
                f"the shapes file is not valid {kind.name}: {error}",
            ),
            place=Place(file=name, line=getattr(error, "lineno", None)),
            remedy=Said("corriger la syntaxe à cette ligne", "mend the syntax at this line"),
        ) from error


def _named(graph: Graph) -> Graph:
    """The graph with an IRI for each blank property shape, after the shape that holds it."""
    names: dict[Term, Node] = {}
    holders = [(s, o) for s, p, o in graph.triples if p == SH + "property"]
    pending: list[tuple[Node, Term]] = [(s, o) for s, o in holders if isinstance(s, ox.NamedNode)]
    counts: dict[str, int] = defaultdict(int)
    while pending:
        holder, held = pending.pop(0)
        if isinstance(held, ox.BlankNode) and held not in names:
            root = names.get(holder, holder).value
            counts[root] += 1
            names[held] = ox.NamedNode(f"{root}{GENID}{counts[root]}")
            pending += [(s, o) for s, o in holders if s == held]
    if not names:
        return graph
    return Graph(
        (names.get(s, s), p, names.get(o, o) if isinstance(o, ox.BlankNode) else o)
        for s, p, o in graph.triples
    )


def _dated(graph: Graph, year: int) -> Graph:
    """The graph with ``sh:maxInclusive`` raised to this year where ``ms:upTo`` asks for it.

    The file keeps a literal, so that it is plain SHACL to any other program.
    """
    asking = {s for s, p, o in graph.triples if p == UP_TO and plain(o) == CURRENT_YEAR}
    if not asking:
        return graph
    literal = ox.Literal(str(year), datatype=ox.NamedNode(XSD + "integer"))
    return Graph(
        (s, p, literal if s in asking and p == SH + "maxInclusive" else o)
        for s, p, o in graph.triples
    )


def _shape_nodes(graph: Graph) -> list[Node]:
    """The nodes that an engine may name as the source of a result."""
    nodes: dict[Node, None] = {}
    kinds = {SH + "NodeShape", SH + "PropertyShape"}
    for subject, predicate, value in graph.triples:
        if predicate == SH + "property" and isinstance(value, Node):
            nodes[value] = None
        if (predicate == RDF + "type" and plain(value) in kinds) or predicate == SH + "path":
            nodes[subject] = None
        if predicate.startswith(SH + "target"):
            nodes[subject] = None
    return list(nodes)


def _shape(graph: Graph, node: Node) -> Shape:
    paths = graph.objects(node, SH + "path")
    severity = (graph.text(node, SH + "severity") or "").removeprefix(SH)
    known: dict[str, Severity] = {name: name for name in SEVERITIES}
    return Shape(
        iri=plain(node),
        # A rule on a whole node may say which property it is about.
        path=path_text(graph, paths[0]) if paths else graph.text(node, MS + "about"),
        name=graph.by_language(node, SH + "name") or graph.by_language(node, RDFS + "label"),
        description=graph.by_language(node, SH + "description"),
        message=graph.by_language(node, SH + "message"),
        severity=known.get(severity, "Violation"),
        fields=tuple(plain(value) for value in graph.objects(node, MS + "field")),
        suggest=graph.text(node, MS + "suggest"),
    )
