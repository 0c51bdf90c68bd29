"""Findings as RDF: one ``sh:ValidationResult`` each, a hash IRI on the record it speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from museosciences.iris import MS, RDF, SH
from museosciences.ntriples import iri, literal
from museosciences.validate.findings import Finding


def as_triples(findings: Iterable[Finding]) -> bytes:
    """The findings on one record, as N-Triples (SHACL 3.6, validation report)."""
    lines: list[str] = []
    for number, finding in enumerate(findings, start=1):
        node = iri(f"{finding.record}#finding-{number}")
        facts = [
            (RDF + "type", iri(SH + "ValidationResult")),
            (SH + "focusNode", iri(finding.focus)),
            (SH + "resultSeverity", iri(SH + finding.severity)),
            (SH + "sourceShape", iri(finding.shape)),
            (MS + "constraint", literal(finding.constraint)),
        ]
        facts += [
            (SH + "resultMessage", literal(text, lang)) for lang, text in finding.message.items()
        ]
        if finding.value is not None:
            facts.append((MS + "value", literal(finding.value)))
        if finding.field is not None:
            facts.append((MS + "field", literal(finding.field)))
        lines += [f"{node} {iri(predicate)} {value} .\n" for predicate, value in facts]
    return "".join(lines).encode()
