"""Is a shapes graph itself valid, and safe to run?

Four checks, none of which an engine does for all inputs: SHACL-of-SHACL (W3C SHACL, appendix C),
severities with a published meaning, no recursion (SHACL 3.4.3), and no regular expression that
may take exponential time in an engine that backtracks.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import pyoxigraph as ox

from museosciences.errors import Place, ShapesError
from museosciences.iris import SH
from museosciences.validate.findings import SEVERITIES
from museosciences.validate.shapes import Graph, Node, Shapes, Term, plain, unchecked

# The parser of the standard library has no public name since 3.11 (bpo-47152).
_parser = re._parser  # type: ignore[attr-defined]

_REFERS_TO_SHAPE = ("property", "node", "not", "qualifiedValueShape")
_REFERS_TO_SHAPES = ("and", "or", "xone")
# A bounded repeat beyond this compiles to an automaton that some engines refuse.
_MOST_REPEATS = 1000


def check(shapes: Shapes, graph: Graph) -> None:
    """Raise ShapesError on the first thing that makes a shapes graph unusable."""
    files = ", ".join(shapes.files)
    _check_severities(graph, files)
    _check_recursion(graph, files)
    _check_patterns(graph, files)
    _check_not_empty(shapes, files)
    _check_syntax(shapes, files)


@cache
def shacl_shacl() -> Shapes:
    """The shapes of shapes, as pySHACL ships them."""
    turtle = resources.files("pyshacl").joinpath("assets/shacl-shacl.ttl").read_bytes()
    quads = ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri="http://www.w3.org/ns/shacl-shacl")
    return unchecked([(q.subject, q.predicate.value, q.object) for q in quads], ("shacl-shacl",))


def _check_not_empty(shapes: Shapes, files: str) -> None:
    if not shapes.shapes:
        raise ShapesError(
            "there is no shape here, so that everything would pass",
            place=Place(file=files or None),
            remedy="check that the data and the shapes were not exchanged",
        )


def _check_syntax(shapes: Shapes, files: str) -> None:
    from museosciences.validate.engines import engine  # engines read Shapes: imported late

    for finding in engine().validate(shapes.ntriples, shacl_shacl()):
        if finding.severity == "Violation":
            raise ShapesError(
                f"the shape is not valid SHACL: {finding.constraint} of "
                f"{finding.path or 'the node'} fails. {finding.text('en')}",
                place=Place(file=files or None, value=finding.value, part=finding.focus),
                remedy="see W3C SHACL, appendix C, for the rule of this property",
            )


def _check_severities(graph: Graph, files: str) -> None:
    for subject, predicate, value in graph.triples:
        severity = plain(value).removeprefix(SH)
        if predicate == SH + "severity" and severity not in SEVERITIES:
            raise ShapesError(
                f"the severity {severity} has no published meaning",
                place=Place(file=files or None, part=plain(subject)),
                remedy="use sh:Violation, sh:Warning or sh:Info",
            )


def _check_recursion(graph: Graph, files: str) -> None:
    state: dict[Node, bool] = {}  # False while a shape is being followed, True when done
    for start in {s for s, _, _ in graph.triples}:
        _follow(graph, start, state, files)


def _follow(graph: Graph, start: Node, state: dict[Node, bool], files: str) -> None:
    stack: list[tuple[Node, bool]] = [(start, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            state[node] = True
            continue
        if node in state:
            if not state[node]:
                raise ShapesError(
                    "the shape refers to itself, and SHACL gives recursion no meaning",
                    place=Place(file=files or None, part=plain(node)),
                    remedy="cut the circle, e.g. with a property path such as skos:broader*",
                )
            continue
        state[node] = False
        stack.append((node, True))
        stack += [
            (inner, False) for inner in _referred(graph, node) if state.get(inner) is not True
        ]


def _referred(graph: Graph, node: Node) -> list[Node]:
    found: list[Node] = []
    for name in _REFERS_TO_SHAPE:
        found += graph.nodes(node, SH + name)
    for name in _REFERS_TO_SHAPES:
        for head in graph.nodes(node, SH + name):
            found += [item for item in graph.items(head) if isinstance(item, Node)]
    return found


def _check_patterns(graph: Graph, files: str) -> None:
    for subject, predicate, value in graph.triples:
        if predicate == SH + "pattern" and (why := why_unsafe(plain(value))):
            raise ShapesError(
                f"the regular expression {why}",
                place=Place(file=files or None, value=plain(value), part=_shape_name(subject)),
                remedy="rewrite it so that each repeated part begins differently",
            )


def _shape_name(subject: Term) -> str:
    return plain(subject)


def why_unsafe(pattern: str) -> str | None:
    """Why a regular expression may not be run, or None.

    >>> why_unsafe("^(a+)+$")
    'repeats a repetition, and may take exponential time'
    >>> why_unsafe("^[A-Z]{2}(-[0-9]+)?$") is None
    True
    """
    try:
        tree = _parser.parse(pattern)
    except re.error as error:
        return f"cannot be read: {error}"
    return _unsafe(tree, 0)


def _unsafe(tree: object, inside: int) -> str | None:
    """Look for a repeat of something that is itself of open length (star height > 1)."""
    for operator, argument in tree:  # type: ignore[attr-defined]
        name = str(operator)
        below = inside
        parts: list[object] = []
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = argument
            if most != _parser.MAXREPEAT and most > _MOST_REPEATS:
                return f"repeats a part up to {most} times"
            if most > 1 and inside and most != least:
                return "repeats a repetition, and may take exponential time"
            below = inside + (1 if most > 1 and most != least else 0)
            parts = [inner]
        elif name == "SUBPATTERN":
            parts = [argument[-1]]
        elif name == "BRANCH":
            if inside and _overlap(argument[1]):
                return "repeats a choice whose parts begin alike, and may take exponential time"
            parts = list(argument[1])
        for part in parts:
            if why := _unsafe(part, below):
                return why
    return None


def _overlap(branches: list[object]) -> bool:
    """Do two branches begin with the same character, or with a set that may hold it?"""
    heads = [str(list(branch)[:1]) for branch in branches]  # type: ignore[call-overload]
    return len(set(heads)) < len(heads) or sum("LITERAL" not in head for head in heads) > 1
