"""Three SHACL engines behind one adapter, one answer.

``shacl`` (Rust) is the engine of builds, ``pyshifty`` (Rust) the one where the first has no wheel,
``pyshacl`` (Python) the reference. On the profile that ``lint`` holds shapes to, they give the
same findings; tests and a sample of every build hold them to it.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple, Protocol

import pyoxigraph as ox
import rdflib

from museosciences.errors import Said, UsageError
from museosciences.iris import RDF, SH, XSD
from museosciences.validate.findings import Finding, arrange, constraint_name
from museosciences.validate.messages import filled, message_for
from museosciences.validate.shapes import Graph, Shape, Shapes, path_text, plain


class Result(NamedTuple):
    """One validation result as an engine gives it, terms in N-Triples syntax."""

    focus: str
    path: str | None
    value: str | None
    shape: str
    component: str
    severity: str


class Engine(Protocol):
    """What every engine does."""

    name: str

    def results(self, data: bytes, shapes: Shapes) -> Iterator[Result]:
        """The engine's raw results on N-Triples bytes; raises whatever the engine raises."""
        ...

    def validate(self, data: bytes, shapes: Shapes) -> list[Finding]:
        """The findings on N-Triples bytes, sorted, each once."""
        ...


class _Adapter:
    """Turns raw results into findings; compiled shapes are kept by digest."""

    name = ""

    def __init__(self) -> None:
        self._compiled: dict[str, Any] = {}
        self._readers: dict[str, Reader] = {}

    def _prepared(self, shapes: Shapes) -> Any:
        if shapes.digest not in self._compiled:
            self._compiled[shapes.digest] = self._compile(shapes)
        return self._compiled[shapes.digest]

    def _compile(self, shapes: Shapes) -> Any:
        raise NotImplementedError

    def results(self, data: bytes, shapes: Shapes) -> Iterator[Result]:
        raise NotImplementedError

    def validate(self, data: bytes, shapes: Shapes) -> list[Finding]:
        """The findings on N-Triples bytes, sorted, each once."""
        if shapes.digest not in self._readers:
            self._readers[shapes.digest] = Reader(shapes)
        return arrange(map(self._readers[shapes.digest], self.results(data, shapes)))


class ShaclEngine(_Adapter):
    """The package ``shacl`` (Rust): default."""

    name = "shacl"

    def _compile(self, shapes: Shapes) -> Any:
        import shacl

        return shacl.Shapes.from_text(shapes.ntriples.decode(), format="ntriples")

    def results(self, data: bytes, shapes: Shapes) -> Iterator[Result]:
        report = self._prepared(shapes).validate_text(data.decode(), format="ntriples")
        for r in report.results:
            yield Result(
                r.focus_node, r.path, r.value, r.source_shape or "", r.component_iri, r.severity_iri
            )


class ShiftyEngine(_Adapter):
    """The package ``pyshifty`` (Rust): where ``shacl`` has no wheel."""

    name = "pyshifty"

    def _compile(self, shapes: Shapes) -> Any:
        from shifty import _shifty

        return _shifty.PreparedValidator(shapes.ntriples, None, "nt", None)

    def results(self, data: bytes, shapes: Shapes) -> Iterator[Result]:
        report = self._prepared(shapes).validate_w3c(
            data, None, "nt", "data", None, False, "info", False, "error"
        )
        if report.conforms:
            return
        quads = ox.parse(report.report_turtle, ox.RdfFormat.TURTLE, base_iri="urn:report:")
        graph = Graph((q.subject, q.predicate.value, q.object) for q in quads)
        yield from read_report(graph)


class PyShaclEngine(_Adapter):
    """The package ``pyshacl``: the reference, and the last resort."""

    name = "pyshacl"

    def _compile(self, shapes: Shapes) -> Any:
        return as_rdflib(shapes.ntriples)

    def results(self, data: bytes, shapes: Shapes) -> Iterator[Result]:
        import pyshacl

        with _quiet():
            conforms, report, _ = pyshacl.validate(
                as_rdflib(data), shacl_graph=self._prepared(shapes), inference="none", inplace=True
            )
        if not isinstance(report, rdflib.Graph):
            raise ValueError(str(report))
        if conforms:
            return
        graph = Graph((_term(s), str(p), _term(o)) for s, p, o in report)
        yield from read_report(graph)


_ENGINES: dict[str, tuple[type[_Adapter], str]] = {
    "shacl": (ShaclEngine, "shacl"),
    "pyshifty": (ShiftyEngine, "shifty"),
    "pyshacl": (PyShaclEngine, "pyshacl"),
}
ENGINES: tuple[str, ...] = tuple(_ENGINES)


def installed() -> list[str]:
    """The engines that can be used here, best first."""
    return [name for name, (_, module) in _ENGINES.items() if importlib.util.find_spec(module)]


def engine(name: str | None = None) -> Engine:
    """The named engine, or the fastest that is installed. Raises UsageError."""
    available = installed()
    if name is None:
        name = available[0]
    if name not in _ENGINES:
        raise UsageError(
            Said(f"il n’y a pas de moteur SHACL « {name} »", f"there is no SHACL engine {name!r}"),
            remedy=Said(
                f"employer l’un de {', '.join(ENGINES)}", f"use one of {', '.join(ENGINES)}"
            ),
        )
    if name not in available:
        raise UsageError(
            Said(
                f"le moteur SHACL « {name} » n’est pas installé",
                f"the SHACL engine {name!r} is not installed",
            ),
            remedy=Said(
                f"employer l’un de {', '.join(available)}, ou installer le paquet {name}",
                f"use one of {', '.join(available)}, or install the package {name}",
            ),
        )
    return _made(name)


@cache
def _made(name: str) -> Engine:
    """One engine for all of a process: it compiles the same shapes once."""
    return _ENGINES[name][0]()


class Reader:
    """Turns raw results into findings; what depends on shape and constraint is worked out once."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._known: dict[tuple[str, str], Finding] = {}

    def __call__(self, result: Result) -> Finding:
        """The finding with what the shapes say to people about it."""
        known = self._known.get((result.shape, result.component))
        if known is None:
            known = self._known[result.shape, result.component] = self._pattern(result)
        focus = _bare(result.focus)
        value = None if result.value is None else _bare(result.value)
        path = known.path
        if path is None and result.path is not None:
            path = result.path[1:-1] if result.path.startswith("<") else result.path
        shape = self._shapes.shapes.get(known.shape)
        return Finding(
            focus,
            path,
            value,
            known.shape,
            known.constraint,
            known.severity,
            filled(known.message, focus=focus, value=value, path=path),
            field_of(shape, focus) if shape is not None else None,
            term=result.value,
        )

    def _pattern(self, result: Result) -> Finding:
        iri = _bare(result.shape)
        shape = self._shapes.shapes.get(iri)
        constraint = constraint_name(result.component)
        return Finding(
            focus="",
            path=shape.path if shape is not None else None,
            value=None,
            shape=iri,
            constraint=constraint,
            severity=shape.severity if shape is not None else _severity(result.severity),
            message=message_for(self._shapes, shape, constraint),
        )


# The field that the parts of a record belong to, by the first word of their fragment.
_FIELD_OF_PART = {
    "inventory": "inventory_number",
    "other": "other_numbers",
    "production": "production",
    "maker": "makers",
    "acquisition": "acquisition",
    "former": "former_owners",
    "deposit": "deposit",
    "discovery": "discovery",
    "gathering": "occurrence",
    "collector": "occurrence",
    "identification": "taxon",
    "identifier": "taxon",
    "exhibition": "exhibitions",
    "analysis": "analyses",
    "stocktaking": "stocktaking",
    "digitisation": "digitisation",
}


def field_of(shape: Shape, focus: str) -> str | None:
    """The field a finding speaks of: where a shape serves several, the focus node says which."""
    if len(shape.fields) > 1:
        part = focus.partition("#")[2].partition("-")[0]
        if _FIELD_OF_PART.get(part) in shape.fields:
            return _FIELD_OF_PART[part]
    return shape.fields[0] if shape.fields else None


def read_report(graph: Graph) -> Iterator[Result]:
    """The results of a SHACL validation report (SHACL 3.6).

    A result that is the detail of another (``sh:detail``) is not one of the report's own.
    """
    reports = [
        s for s, p, o in graph.triples if p == RDF + "type" and plain(o) == SH + "ValidationReport"
    ]
    for node in (n for report in reports for n in graph.nodes(report, SH + "result")):
        focus = graph.objects(node, SH + "focusNode")
        paths = graph.objects(node, SH + "resultPath")
        values = graph.objects(node, SH + "value")
        sources = graph.objects(node, SH + "sourceShape")
        # pyshifty names complex paths without describing them: the shape knows its own path.
        described = [p for p in paths if isinstance(p, ox.NamedNode) or graph.describes(p)]
        path = path_text(graph, described[0]) if described else None
        yield Result(
            str(focus[0]),
            f"<{path}>" if path and isinstance(paths[0], ox.NamedNode) else path,
            str(values[0]) if values else None,
            str(sources[0]) if sources else "",
            graph.text(node, SH + "sourceConstraintComponent") or "",
            graph.text(node, SH + "resultSeverity") or SH + "Violation",
        )


def as_rdflib(data: bytes) -> rdflib.Graph:
    """N-Triples as an rdflib graph, literals character for character as they were written."""
    graph = rdflib.Graph()
    graph.addN(
        (_rdflib(q.subject), _rdflib(q.predicate), _rdflib(q.object), graph)
        for q in ox.parse(data, ox.RdfFormat.N_TRIPLES)
    )
    return graph


# pySHACL raises where an ill-typed number is compared, and takes "1e5" for a decimal. Under this
# mark such a number is of a datatype nobody asks for; the mark is taken off again in the results.
_ILL_TYPED = "urn:ill-typed:"
_LEGAL = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
}


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib and pySHACL from talking of each ill-typed literal: the finding says it."""
    loggers = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl-validate")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _rdflib(term: Any) -> Any:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == str(rdflib.XSD.string):
        return rdflib.Literal(term.value)
    kind = term.datatype.value
    if (legal := _LEGAL.get(kind)) is not None and not legal.fullmatch(term.value):
        kind = _ILL_TYPED + kind
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(kind), normalize=False)


def _term(node: Any) -> Any:
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    if node.language:
        return ox.Literal(str(node), language=node.language)
    kind = str(node.datatype or XSD + "string").removeprefix(_ILL_TYPED)
    return ox.Literal(str(node), datatype=ox.NamedNode(kind))


def _bare(term: str) -> str:
    """The lexical form, IRI or ``_:label`` of a term in N-Triples syntax."""
    if term.startswith("<"):
        return term[1:-1]
    if term.startswith('"'):
        end = term.rindex('"')
        text = term[1:end]
        return _unescape(text) if "\\" in text else text
    return term


def _unescape(text: str) -> str:
    quads = ox.parse(f'<urn:s> <urn:p> "{text}" .', ox.RdfFormat.N_TRIPLES)
    return str(next(iter(quads)).object.value)


def _severity(iri: str) -> Any:
    name = iri.removeprefix(SH)
    return name if name in ("Violation", "Warning", "Info") else "Violation"
