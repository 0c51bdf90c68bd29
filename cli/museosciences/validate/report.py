"""Validation of any RDF files by any shapes: what ``museo validate`` prints."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from museosciences.errors import InputError, Place, Said, UnknownFormat, UnreadableFile, cause_of
from museosciences.iris import RDF, SH, XSD
from museosciences.validate.batch import is_failure_of_engine, reason
from museosciences.validate.engines import Engine
from museosciences.validate.engines import engine as find_engine
from museosciences.validate.findings import SEVERITIES, Finding, Severity
from museosciences.validate.shapes import Graph, Shapes, Term, Triple, load

_PREFIXES = {"sh": SH, "xsd": XSD}


@dataclass(frozen=True)
class Report:
    """The findings on some files, and the shapes and engine that gave them."""

    findings: list[Finding]
    shapes: Shapes
    engine: str

    @property
    def conforms(self) -> bool:
        """No finding at all (SHACL 3.6.1.1)."""
        return not self.findings

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity, the gravest first."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def reaches(self, severity: Severity) -> bool:
        """Is there a finding of this severity or a graver one?"""
        grave = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return any(finding.severity in grave for finding in self.findings)

    def rows(self, lang: str = "fr") -> list[dict[str, str]]:
        """One row per finding: severity, focus, path, value, message, shape, constraint, field."""
        return [
            {
                "severity": f.severity,
                "focus": f.focus,
                "path": f.path or "",
                "value": f.value or "",
                "message": f.text(lang),
                "shape": f.shape,
                "constraint": f.constraint,
                "field": f.field or "",
            }
            for f in self.findings
        ]

    def as_json(self) -> str:
        """The report as JSON, messages in all their languages."""
        results = [
            {**row, "message": dict(f.message)}
            for row, f in zip(self.rows(), self.findings, strict=True)
        ]
        report = {"conforms": self.conforms, "engine": self.engine, "counts": self.counts}
        return json.dumps({**report, "results": results}, ensure_ascii=False, indent=2)

    def as_turtle(self) -> str:
        """The report as SHACL defines it (SHACL 3.6), in Turtle."""
        text = ox.serialize(self._triples(), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
        return (text or b"").decode()

    def _triples(self) -> Iterator[ox.Triple]:
        report = ox.BlankNode()
        conforms = ox.Literal(str(self.conforms).lower(), datatype=_iri(XSD + "boolean"))
        yield ox.Triple(report, _iri(RDF + "type"), _iri(SH + "ValidationReport"))
        yield ox.Triple(report, _iri(SH + "conforms"), conforms)
        paths = _Paths(self.shapes)
        for finding in self.findings:
            node = ox.BlankNode()
            yield ox.Triple(report, _iri(SH + "result"), node)
            yield from _result(node, finding)
            path, description = paths(finding)
            if path is not None:
                yield ox.Triple(node, _iri(SH + "resultPath"), path)
                yield from description


def validate_files(
    data: Sequence[str | Path],
    shapes: Sequence[str | Path] | Shapes | None = None,
    engine: str | Engine | None = None,
) -> Report:
    """Judge RDF files, merged, by shapes files (those of this project when none are given).

    Any RDF syntax is read; named graphs are merged. Raises InputError for data that cannot be
    read or that the engine fails on, ShapesError for the shapes, UsageError for the engine.
    """
    judge = find_engine(engine) if engine is None or isinstance(engine, str) else engine
    rules = shapes if isinstance(shapes, Shapes) else load(shapes)
    triples = b"".join(as_ntriples(Path(path)) for path in data)
    try:
        findings = judge.validate(triples, rules)
    except BaseException as error:
        if not is_failure_of_engine(error):
            raise
        raise InputError(
            Said(
                f"le moteur {judge.name} a échoué sur ces données : {reason(error)}",
                f"the engine {judge.name} failed on the data: {reason(error)}",
            ),
            place=Place(file=", ".join(str(path) for path in data)),
            remedy=Said("en essayer un autre avec --engine", "try another with --engine"),
        ) from error
    return Report(findings, rules, judge.name)


def as_ntriples(path: Path) -> bytes:
    """An RDF file as N-Triples, its named graphs merged. Raises InputError."""
    kind = ox.RdfFormat.from_extension(path.suffix.lstrip(".").lower())
    if kind is None:
        raise UnknownFormat(
            f"{path.suffix or 'a name without an extension'} is no RDF syntax",
            place=Place(file=str(path)),
            remedy="use .ttl, .nt, .nq, .trig, .rdf or .jsonld",
        )
    try:
        base = path.resolve().as_uri()
        quads = ox.parse(path.read_bytes(), kind, base_iri=base, rename_blank_nodes=True)
        return ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    except OSError as error:
        raise UnreadableFile(
            Said(
                f"le fichier ne peut être lu : {cause_of(error).fr}",
                f"the file cannot be read: {cause_of(error)}",
            ),
            place=Place(file=str(path)),
        ) from error
    except (SyntaxError, ValueError) as error:
        raise UnreadableFile(
            Said(
                f"le fichier n’est pas du {kind.name} valide : {error}",
                f"the file is not valid {kind.name}: {error}",
            ),
            place=Place(file=str(path), line=getattr(error, "lineno", None)),
            remedy=Said("corriger la syntaxe à cette ligne", "mend the syntax at this line"),
        ) from error


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def _result(node: ox.BlankNode, finding: Finding) -> Iterator[ox.Triple]:
    facts: list[tuple[str, Term]] = [
        (RDF + "type", _iri(SH + "ValidationResult")),
        (SH + "focusNode", _node(finding.focus)),
        (SH + "resultSeverity", _iri(SH + finding.severity)),
        (SH + "sourceConstraintComponent", _iri(component(finding.constraint))),
        (SH + "sourceShape", _node(finding.shape)),
    ]
    facts += [
        (SH + "resultMessage", ox.Literal(text, language=lang) if lang else ox.Literal(text))
        for lang, text in finding.message.items()
    ]
    if finding.value is not None:
        facts.append((SH + "value", _value(finding)))
    for predicate, value in facts:
        yield ox.Triple(node, _iri(predicate), value)


def _value(finding: Finding) -> Term:
    """The value as the term it is in the data."""
    if finding.term is None:
        return ox.Literal(finding.value or "")
    if finding.term.startswith("_:"):
        return ox.BlankNode(finding.term[2:])
    line = f"<urn:s> <urn:p> {finding.term} ."
    value: Term = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES))).object
    return value


def component(constraint: str) -> str:
    """The IRI of the constraint component behind a parameter: ``constraint_name`` undone.

    >>> component("minCount")
    'http://www.w3.org/ns/shacl#MinCountConstraintComponent'
    """
    if ":" in constraint:
        return constraint
    name = "SPARQL" if constraint == "sparql" else constraint[:1].upper() + constraint[1:]
    return f"{SH}{name}ConstraintComponent"


def _node(text: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A focus node or a shape: an IRI, a blank node, or (a focus node may be one) a literal."""
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    try:
        return ox.NamedNode(text)
    except ValueError:
        return ox.Literal(text)


class _Paths:
    """The path of a finding as RDF: complex paths are copied from the shapes (SHACL 3.6.2.2)."""

    def __init__(self, shapes: Shapes) -> None:
        quads = ox.parse(shapes.ntriples, ox.RdfFormat.N_TRIPLES)
        triples: list[Triple] = [(q.subject, q.predicate.value, q.object) for q in quads]
        self._graph = Graph(triples)
        self._described: set[Term] = set()

    def __call__(self, finding: Finding) -> tuple[Term | None, list[ox.Triple]]:
        if finding.path is None:
            return None, []
        if finding.path[:1] not in "(^<":
            return _iri(finding.path), []
        nodes = self._graph.objects(_node(finding.shape), SH + "path")
        return (nodes[0], self._copy(nodes[0])) if nodes else (None, [])

    def _copy(self, node: Term) -> list[ox.Triple]:
        if not isinstance(node, ox.BlankNode) or node in self._described:
            return []
        self._described.add(node)
        copied: list[ox.Triple] = []
        for subject, predicate, value in self._graph.triples:
            if subject == node:
                copied += [ox.Triple(subject, _iri(predicate), value), *self._copy(value)]
        return copied
