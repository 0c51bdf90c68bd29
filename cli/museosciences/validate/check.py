"""Is a shapes graph itself valid, and safe to run?

Four checks, none of which an engine does for all inputs: SHACL-of-SHACL (W3C SHACL, appendix C),
severities with a published meaning, no recursion (SHACL 3.4.3), and no regular expression that
may take exponential time in an engine that backtracks.
"""

from __future__ import annotations

import re
import sys
import warnings
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

import pyoxigraph as ox

from museosciences.errors import Place, Said, ShapesError
from museosciences.iris import SH
from museosciences.validate.findings import SEVERITIES
from museosciences.validate.shapes import GENID, Graph, Node, Shapes, plain, unchecked

# The parser of the standard library has no public name since 3.11 (bpo-47152).
_parser = re._parser  # type: ignore[attr-defined]

_REFERS_TO_SHAPE = ("property", "node", "not", "qualifiedValueShape")
_REFERS_TO_SHAPES = ("and", "or", "xone")
# A bounded repeat beyond this compiles to an automaton that some engines refuse.
_MOST_REPEATS = 1000
# A part of fixed count is as good as an open repeat beyond this: (a?){30} has 2^30 readings.
_FEW_REPEATS = 10
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


class _Origin:
    """The file in which a node is described, else all of them."""

    def __init__(self, files: dict[str, str], everywhere: str) -> None:
        self._files, self.all = files, everywhere

    def __call__(self, node: str) -> str | None:
        return self._files.get(node.partition(GENID)[0]) or self.all or None


def check(shapes: Shapes, graph: Graph, origin: dict[str, str]) -> None:
    """Raise ShapesError on the first thing that makes a shapes graph unusable."""
    where = _Origin(origin, ", ".join(shapes.files))
    _check_severities(graph, where)
    _check_recursion(graph, where)
    _check_patterns(graph, where)
    _check_not_empty(shapes, where)
    _check_syntax(shapes, where)


@cache
def shacl_shacl() -> Shapes:
    """The shapes of shapes, as pySHACL ships them."""
    turtle = resources.files("pyshacl").joinpath("assets/shacl-shacl.ttl").read_bytes()
    quads = ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri="http://www.w3.org/ns/shacl-shacl")
    return unchecked([(q.subject, q.predicate.value, q.object) for q in quads], ("shacl-shacl",))


def _check_not_empty(shapes: Shapes, where: _Origin) -> None:
    if not shapes.shapes:
        raise ShapesError(
            Said(
                "il n’y a ici aucune forme : tout passerait",
                "there is no shape here, so that everything would pass",
            ),
            place=Place(file=where.all or None),
            remedy=Said(
                "vérifier que les données et les formes n’ont pas été interverties",
                "check that the data and the shapes were not exchanged",
            ),
        )


def _check_syntax(shapes: Shapes, where: _Origin) -> None:
    from museosciences.validate.engines import engine  # engines read Shapes: imported late

    for finding in engine().validate(shapes.ntriples, shacl_shacl()):
        if finding.severity == "Violation":
            raise ShapesError(
                Said(
                    f"la forme n’est pas du SHACL valide : {finding.constraint} de "
                    f"{finding.path or 'ce nœud'} n’est pas respecté. {finding.text('fr')}",
                    f"the shape is not valid SHACL: {finding.constraint} of "
                    f"{finding.path or 'the node'} fails. {finding.text('en')}",
                ),
                place=Place(file=where(finding.focus), value=finding.value, part=finding.focus),
                remedy=Said(
                    "voir W3C SHACL, annexe C, pour la règle de cette propriété",
                    "see W3C SHACL, appendix C, for the rule of this property",
                ),
            )


def _check_severities(graph: Graph, where: _Origin) -> None:
    for subject, predicate, value in graph.triples:
        severity = plain(value).removeprefix(SH)
        if predicate == SH + "severity" and severity not in SEVERITIES:
            raise ShapesError(
                Said(
                    f"la gravité {severity} n’a pas de sens publié",
                    f"the severity {severity} has no published meaning",
                ),
                place=Place(file=where(plain(subject)), part=plain(subject)),
                remedy=Said(
                    "employer sh:Violation, sh:Warning ou sh:Info",
                    "use sh:Violation, sh:Warning or sh:Info",
                ),
            )


def _check_recursion(graph: Graph, where: _Origin) -> None:
    state: dict[Node, bool] = {}  # False while a shape is being followed, True when done
    for start in {s for s, _, _ in graph.triples}:
        _follow(graph, start, state, where)


def _follow(graph: Graph, start: Node, state: dict[Node, bool], where: _Origin) -> None:
    stack: list[tuple[Node, bool]] = [(start, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            state[node] = True
            continue
        if node in state:
            if not state[node]:
                raise ShapesError(
                    Said(
                        "la forme se contient elle-même, ce à quoi SHACL ne donne pas de sens",
                        "the shape refers to itself, and SHACL gives recursion no meaning",
                    ),
                    place=Place(file=where(plain(node)), part=plain(node)),
                    remedy=Said(
                        "rompre le cercle, par exemple avec un chemin comme skos:broader*",
                        "cut the circle, e.g. with a property path such as skos:broader*",
                    ),
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


def _check_patterns(graph: Graph, where: _Origin) -> None:
    for subject, predicate, value in graph.triples:
        if predicate == SH + "pattern" and (why := why_unsafe(plain(value))):
            raise ShapesError(
                f"the regular expression {why}",
                place=Place(file=where(plain(subject)), value=plain(value), part=plain(subject)),
                remedy=Said(
                    "l’écrire de sorte que chaque partie répétée commence autrement",
                    "rewrite it so that each repeated part begins differently",
                ),
            )


def why_unsafe(pattern: str) -> str | None:
    """Why a regular expression may not be run, or None.

    >>> why_unsafe("^(a+)+$")
    'repeats a repetition, and may take exponential time'
    >>> why_unsafe("^[a-z]+(-[0-9]+)*$") is None
    True
    """
    try:
        with warnings.catch_warnings():  # of what the next version of Python would read otherwise
            warnings.simplefilter("ignore")
            tree = _parser.parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"cannot be read: {error}"
    return _unsafe(tree, False)


def _unsafe(tree: Any, inside: bool) -> str | None:
    """Look for a repeat of something of open length that does not begin with a mark of its own."""
    for operator, argument in tree:
        name, below = str(operator), inside
        parts: list[Any] = []
        if name in _REPEATS:
            least, most, inner = argument
            if most != _parser.MAXREPEAT and most > _MOST_REPEATS:
                return f"repeats a part up to {most} times"
            if inside and most != least:
                return "repeats a repetition, and may take exponential time"
            is_open = most > 1 and (most != least or most > _FEW_REPEATS)
            below = inside or (is_open and not _begins_with_a_mark(inner))
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


def _begins_with_a_mark(tree: Any) -> bool:
    """Does what is repeated begin with one character that nothing else in it can match?

    ``(-[a-z]+)*`` is read in one way only; ``(a[a-z]*)*`` is not.
    """
    items = list(tree)
    while len(items) == 1 and str(items[0][0]) == "SUBPATTERN":
        items = list(items[0][1][-1])
    if not items or str(items[0][0]) != "LITERAL":
        return False
    return not any(_can_match(item, items[0][1]) for item in items[1:])


def _can_match(item: Any, mark: int) -> bool:
    operator, argument = str(item[0]), item[1]
    if operator == "LITERAL":
        return bool(argument == mark)
    if operator == "IN":
        return _in_set(argument, mark)
    if operator in _REPEATS:
        return any(_can_match(inner, mark) for inner in argument[2])
    if operator == "SUBPATTERN":
        return any(_can_match(inner, mark) for inner in argument[-1])
    if operator == "BRANCH":
        empty = sum(not list(branch) for branch in argument[1])
        return empty > 1 or any(
            _can_match(inner, mark) for branch in argument[1] for inner in branch
        )
    return operator != "AT"


def _in_set(members: Any, mark: int) -> bool:
    """Is the character in a bracketed set? Classes such as ``\\w`` count as holding it."""
    found = any(
        (str(kind) == "LITERAL" and value == mark)
        or (str(kind) == "RANGE" and value[0] <= mark <= value[1])
        or str(kind) == "CATEGORY"
        for kind, value in members
    )
    return found != (str(members[0][0]) == "NEGATE")


def _overlap(branches: list[Any]) -> bool:
    """May two branches begin with the same character? An empty branch begins with what follows."""
    heads = [list(branch)[:1] for branch in branches]
    return any(
        not one or not other or _alike(one[0], other[0]) for one, other in combinations(heads, 2)
    )


def _alike(one: Any, other: Any) -> bool:
    """May two parts match the same first character? What is not a character or a set may."""
    if str(one[0]) == "LITERAL":
        return _can_match(other, one[1])
    if str(other[0]) == "LITERAL":
        return _can_match(one, other[1])
    if str(one[0]) == str(other[0]) == "IN":
        return any(_in_set(one[1], c) and _in_set(other[1], c) for c in range(sys.maxunicode >> 8))
    return True
