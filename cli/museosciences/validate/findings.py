"""A finding: one SHACL validation result, in the words of this project.

Severities mean the same everywhere: **Violation** = the record goes to quarantine, **Warning** =
it is loaded and should be mended, **Info** = advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from museosciences.iris import MS, SH

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: tuple[Severity, ...] = ("Violation", "Warning", "Info")

# Shape and constraint of the finding on a record that no engine could judge.
UNJUDGED = MS + "UnjudgedRecord"
# Shape and constraint of the finding on two records that would get one IRI.
DUPLICATE = MS + "DuplicateRecord"
# What the rules are called that no shapes file holds.
RULES: dict[str, dict[str, str]] = {
    UNJUDGED: {"fr": "Notice contrôlable", "en": "Record that can be judged"},
    DUPLICATE: {"fr": "Numéro d’inventaire unique", "en": "Unique inventory number"},
}

# SHACL 4.1.2, 4.3 and 4.5: engines differ on the lexical forms a datatype admits ("1e5" as a
# decimal, 34 digits) and on whether an ill-typed value is compared at all. A value that a pattern
# refuses is told once, for that; one that a pattern or a datatype refuses is compared with nothing.
_RANGES = frozenset({"minInclusive", "maxInclusive", "minExclusive", "maxExclusive"})
_ORDERS = frozenset({"lessThan", "lessThanOrEquals"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: what node, which value of which path, and which shape says so.

    ``path`` is an IRI, or a SPARQL property path when the shape's path is not one property;
    ``value`` is the lexical form of a literal or an IRI, and ``term`` the same in N-Triples syntax,
    where it is known; ``constraint`` is the SHACL parameter
    that failed ("minCount", "datatype", …, or the IRI of a component outside SHACL); ``field``
    is the field of the inventory record that the shape speaks of; ``mentioned_by`` is the record
    that names the focus node, where this is a person or a place with an IRI of its own.
    """

    focus: str
    path: str | None
    value: str | None
    shape: str
    constraint: str
    severity: Severity
    message: Mapping[str, str] = field(compare=False, hash=False)
    # Placed here because the name of the next member hides the function of dataclasses.
    term: str | None = field(default=None, compare=False, hash=False, kw_only=True)
    mentioned_by: str | None = field(default=None, compare=False, hash=False, kw_only=True)
    field: str | None = None

    @property
    def record(self) -> str:
        """The IRI of the record that the focus node belongs to.

        >>> Finding("https://e/object/M1/2#production", None, None, "s", "c", "Info", {}).record
        'https://e/object/M1/2'
        """
        return self.mentioned_by or self.focus.partition("#")[0]

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What findings are ordered by, and what the engines must agree on."""
        return (
            self.focus,
            self.path or "",
            self.shape,
            self.constraint,
            self.value or "",
            self.severity,
        )

    def text(self, lang: str = "fr") -> str:
        """The message in one language, or in whichever there is."""
        return (
            self.message.get(lang)
            or self.message.get("en")
            or next(iter(self.message.values()), self.constraint)
        )


def arrange(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in their order, each once, without those that an ill-typed value entails."""
    unique = {finding.key: finding for finding in findings}
    if any(f.constraint == "datatype" or f.constraint == "pattern" for f in unique.values()):
        unique = {f.key: f for f in _without_consequences(unique.values())}
    return [unique[key] for key in sorted(unique)]


def _without_consequences(findings: Iterable[Finding]) -> Iterator[Finding]:
    findings = list(findings)
    refused = {(f.focus, f.path, f.value) for f in findings if f.constraint == "pattern"}
    ill_typed = refused | {
        (f.focus, f.path, f.value) for f in findings if f.constraint == "datatype"
    }
    nodes = {focus for focus, _, _ in ill_typed}
    for f in findings:
        value = (f.focus, f.path, f.value)
        if (
            (f.constraint == "datatype" and value in refused)
            or (f.constraint in _RANGES and value in ill_typed)
            or (f.constraint in _ORDERS and f.focus in nodes)
        ):
            continue
        yield f


def by_record(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings grouped by the record they belong to, in the order given."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.record, []).append(finding)
    return grouped


def quarantined(findings: Iterable[Finding]) -> set[str]:
    """The IRIs of the records that have at least one violation."""
    return {finding.record for finding in findings if finding.severity == "Violation"}


def unjudged(record: str, reason: str) -> Finding:
    """The finding on a record on which the engine itself failed, with the engine's words."""
    return Finding(
        focus=record,
        path=None,
        value=None,
        shape=UNJUDGED,
        constraint=UNJUDGED,
        severity="Violation",
        message={
            "fr": f"Cette notice n’a pas pu être contrôlée : {reason}",
            "en": f"This record could not be judged: {reason}",
        },
    )


def duplicate(record: str, number: str, first: int | None = None) -> Finding:
    """The finding on a second record with an inventory number already read in this museum.

    ``first`` is the row of the first record, where it stands in the same file.
    """
    fr, en = "d’une notice lue dans un autre fichier", "a record read in another file"
    if first is not None:
        fr, en = f"de la notice n° {first} de ce fichier", f"record no. {first} of this file"
    return Finding(
        focus=record,
        path=None,
        value=number,
        shape=DUPLICATE,
        constraint=DUPLICATE,
        severity="Violation",
        message={
            "fr": f"Le numéro d’inventaire « {number} » est déjà celui {fr}, pour le même musée : "
            "une seule des deux peut être chargée.",
            "en": f"The inventory number “{number}” already belongs to {en}, of the same museum: "
            "only one of the two can be loaded.",
        },
        field="inventory_number",
    )


def constraint_name(component: str) -> str:
    """The parameter behind a constraint component's IRI (SHACL 4).

    >>> constraint_name("http://www.w3.org/ns/shacl#MinCountConstraintComponent")
    'minCount'
    >>> constraint_name("http://e/MyComponent")
    'http://e/MyComponent'
    """
    if not component.startswith(SH):
        return component
    name = component[len(SH) :].removesuffix("ConstraintComponent")
    return "sparql" if name == "SPARQL" else name[:1].lower() + name[1:]
