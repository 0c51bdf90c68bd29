"""The W3C SHACL test suite on each engine, known failures by name.

A test is passed when the results are those expected: focus node, path, value, source shape,
constraint component and severity of each, blank nodes standing for any blank node.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from museosciences import validate
from museosciences.iris import RDF, SH
from museosciences.validate.engines import Result, read_report
from museosciences.validate.shapes import Graph, Node, build, plain, unchecked

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SUITE = Path(__file__).resolve().parents[3] / "shared/suites/shacl/tests"
TESTS = 120

KNOWN_FAILURES: dict[str, set[str]] = {
    # A sub-select that does not project $this must be refused (SHACL 5.2.1).
    "shacl": {"pre-binding/unsupported-sparql-004"},
    # "1"^^xsd:boolean is true, but only "true" switches sh:uniqueLang on (SHACL 4.4.2).
    "pyshifty": {"property/uniqueLang-002"},
    "pyshacl": {
        "property/uniqueLang-002",
        # Prefixes declared on a node other than the ontology of the graph.
        "node/prefixes-001",
        # $shapesGraph is optional in SHACL-SPARQL (SHACL 5.3.1), and not offered.
        "pre-binding/shapesGraph-001",
    },
}


@dataclass(frozen=True)
class Case:
    """One validation test; ``expected`` is None where the engine must refuse the shapes."""

    name: str
    data: Path
    shapes: Path
    expected: tuple[Result, ...] | None


def read(file: Path) -> Graph:
    """A Turtle file with its own address as base."""
    quads = ox.parse(path=file, format=ox.RdfFormat.TURTLE, base_iri=file.resolve().as_uri())
    return Graph([(q.subject, q.predicate.value, q.object) for q in quads])


def local(node: object) -> Path:
    """The file behind a file: IRI."""
    return Path(plain(node).removeprefix("file://"))  # type: ignore[arg-type]


def cases(manifest: Path) -> Iterator[Case]:
    """The tests of a manifest and of those it includes."""
    graph = read(manifest)
    for predicate in ("include", "entries"):
        for subject, p, value in graph.triples:
            if p != MF + predicate:
                continue
            if predicate == "include":
                yield from cases(local(value))
            else:
                yield from (entry(graph, subject, node, manifest) for node in graph.items(value))


def entry(graph: Graph, _: Node, node: object, manifest: Path) -> Case:
    """One entry of a manifest."""
    action = graph.nodes(node, MF + "action")[0]  # type: ignore[arg-type]
    result = graph.objects(node, MF + "result")[0]  # type: ignore[arg-type]
    failure = plain(result) == SHT + "Failure"
    return Case(
        name=f"{manifest.parent.name}/{plain(node).rsplit('/', 1)[-1]}",  # type: ignore[arg-type]
        data=local(graph.objects(action, SHT + "dataGraph")[0]),
        shapes=local(graph.objects(action, SHT + "shapesGraph")[0]),
        expected=None if failure else expected(graph, result),
    )


def expected(graph: Graph, report: object) -> tuple[Result, ...]:
    """The results of the report that a manifest expects."""
    only = [(s, p, o) for s, p, o in graph.triples if p != RDF + "type"]
    only.append((report, RDF + "type", ox.NamedNode(SH + "ValidationReport")))  # type: ignore[arg-type]
    return tuple(read_report(Graph(only)))


@cache
def suite() -> tuple[Case, ...]:
    """All tests, none when the suite is absent."""
    return tuple(cases(SUITE / "manifest.ttl")) if SUITE.is_dir() else ()


def comparable(results: Iterator[Result] | tuple[Result, ...]) -> Counter[tuple[str, ...]]:
    """Results as a multiset of texts in which all blank nodes are alike."""
    return Counter(
        tuple("_:" if (t or "").startswith("_:") or "genid" in (t or "") else t or "" for t in r)
        for r in results
    )


def run(engine: validate.Engine, case: Case) -> str | None:
    """What is wrong with an engine's answer, or None."""
    # The suite holds shapes that our own check refuses (a severity of one's own, odd paths).
    prepare = build if case.expected is None else unchecked
    try:
        shapes = prepare(read(case.shapes).triples, (case.shapes.name,))
        found = comparable(
            r._replace(path=own_path(r, shapes))
            for r in engine.results(read(case.data).ntriples(), shapes)
        )
    except Exception as error:
        return None if case.expected is None else f"raised {type(error).__name__}: {error}"
    if case.expected is None:
        return "did not refuse the shapes"
    wanted = comparable(case.expected)
    return None if found == wanted else f"missing {wanted - found}, too many {found - wanted}"


def own_path(result: Result, shapes: validate.Shapes) -> str | None:
    """The path as the adapter tells it: the shape's own."""
    shape = shapes.shapes.get(result.shape.strip("<>"))
    if shape is None or shape.path is None:
        return result.path
    return shape.path if shape.path[:1] in "(^<" else f"<{shape.path}>"


def test_the_suite_is_whole(shared: Path) -> None:
    assert (shared / "suites/shacl/tests/manifest.ttl").exists()
    assert len(suite()) == TESTS


@pytest.mark.parametrize("name", validate.ENGINES)
@pytest.mark.parametrize("case", suite(), ids=lambda case: case.name)
def test_w3c(name: str, case: Case) -> None:
    wrong = run(validate.engine(name), case)
    if case.name in KNOWN_FAILURES[name]:
        assert wrong, f"{case.name} is passed by {name} now: take it off the list"
    else:
        assert wrong is None, wrong
