"""Findings in the words of the museum: its own rows, its own columns, its own values.

Pure: from findings and source rows to lines; ``workbook`` writes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from museosciences.iris import encode
from museosciences.validate.findings import DUPLICATE, SEVERITIES, Finding, Severity
from museosciences.validate.shapes import Shapes
from museosciences.validate.suggest import suggestion

Cell = str | list[str]
# The last word of each property of a path.
_LOCAL_NAME = re.compile(r"[/#]([A-Za-z]\w*)>?(?=$|[/|)*+?>])")
_DATED = re.compile(r"dat|year|ann[ée]e|p[ée]rio|[ée]poque|si[èe]cle|mill[ée]s|time", re.IGNORECASE)
# What stands between the values of a cell that the format repeats.
SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row made no record, in the language of the feedback, and the columns concerned."""

    reason: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A source row, and what became of it.

    ``record`` is the IRI of its record, ``columns`` the columns that each field was read in
    (``columns`` of the inventory record); a row that made no record has the reason in ``refused``.
    """

    number: int
    line: int | None
    cells: Mapping[str, Cell]
    record: str | None = None
    inventory_number: str = ""
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One finding, as the museum reads it."""

    row: int
    line: int | None
    inventory_number: str
    columns: tuple[str, ...]
    value: str
    reason: str
    suggestion: str
    severity: Severity
    rule: str

    @property
    def column(self) -> str:
        """The names of the columns concerned, as the museum wrote them."""
        return SEPARATOR.join(self.columns)


@dataclass(frozen=True)
class Feedback:
    """All lines, and the rows to be mended: those with a violation or a warning, or refused.

    ``read_as`` says how the file was read (``crosswalk``, ``museum``), so that the mended rows,
    which are a spreadsheet whatever the file was, can be read in the same way.
    """

    lines: list[Line]
    to_mend: list[Row]
    columns: list[str]
    rows: int
    refused: int
    quarantined: int
    read_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[Severity, int]:
        """Lines by severity."""
        found = Counter(line.severity for line in self.lines)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def reasons(self) -> list[tuple[Severity, str, int]]:
        """How often each reason occurs, by severity, the most frequent first."""
        found = Counter((line.severity, line.reason) for line in self.lines)
        order = {severity: n for n, severity in enumerate(SEVERITIES)}
        return sorted(
            ((severity, reason, n) for (severity, reason), n in found.items()),
            key=lambda entry: (order[entry[0]], -entry[2], entry[1]),
        )


def compile(
    findings: Iterable[Finding],
    rows: Iterable[Row],
    shapes: Shapes,
    *,
    fields: Mapping[str, Sequence[str]] | None = None,
    lang: str = "fr",
) -> Feedback:
    """The findings on a file, traced back to its cells.

    ``fields`` says which columns of the file could hold a field (the crosswalk): it names the
    column to fill in when a value is missing. Order is that of the file.
    """
    by_record: dict[str, list[Finding]] = {}
    for finding in findings:
        by_record.setdefault(finding.record, []).append(finding)
    lines: list[Line] = []
    to_mend: list[Row] = []
    columns: dict[str, None] = {}
    total = refused = quarantined = 0
    told: set[str] = set()
    shared = {record for record, found in by_record.items() if any(map(_is_double, found))}
    for row in rows:
        total += 1
        columns |= dict.fromkeys(row.cells)
        own = _own(by_record.get(row.record or "", []), again=(row.record or "") in told)
        told.add(row.record or "")
        # Three parts of one cell may lack the same: the museum is told once.
        made = list(dict.fromkeys(_line(found, row, shapes, fields or {}, lang) for found in own))
        if row.refused is not None:
            refused += 1
            made.append(_refused(row, row.refused))
        quarantined += row.refused is None and any(x.severity == "Violation" for x in made)
        lines += made
        # Of two rows with one number both are needed, to compare them and to read them again.
        if row.record in shared or any(line.severity != "Info" for line in made):
            to_mend.append(row)
    return Feedback(lines, to_mend, list(columns), total, refused, quarantined)


def _own(findings: list[Finding], *, again: bool) -> list[Finding]:
    """The findings of a row, where a second record has the identifier of a first.

    The first was judged, the second was not; they share an IRI, hence the findings on it.
    """
    if again:
        return list(filter(_is_double, findings))[:1] or findings
    return [finding for finding in findings if not _is_double(finding)]


def _is_double(finding: Finding) -> bool:
    return finding.shape == DUPLICATE


def as_text(cell: Cell) -> str:
    """A cell as one text; repeated values are joined."""
    return cell if isinstance(cell, str) else SEPARATOR.join(cell)


def _refused(row: Row, why: Refusal) -> Line:
    return Line(
        row=row.number,
        line=row.line,
        inventory_number=row.inventory_number,
        columns=why.columns,
        value=SEPARATOR.join(as_text(row.cells[column]) for column in why.columns),
        reason=why.reason,
        suggestion="",
        severity="Violation",
        rule="",
    )


def _line(
    finding: Finding,
    row: Row,
    shapes: Shapes,
    fields: Mapping[str, Sequence[str]],
    lang: str,
) -> Line:
    columns = list(dict.fromkeys(columns_of(finding, row, fields)))
    cells = [as_text(row.cells[column]) for column in columns if column in row.cells]
    written = SEPARATOR.join(cell for cell in cells if cell)
    shape = shapes.shapes.get(finding.shape)
    proposed = suggestion(shape.suggest, written) if shape is not None else None
    return Line(
        row=row.number,
        line=row.line,
        inventory_number=row.inventory_number,
        columns=tuple(columns),
        value=written,
        reason=finding.text(lang),
        suggestion=proposed or "",
        severity=finding.severity,
        rule=finding.shape.rpartition("#")[2],
    )


def columns_of(finding: Finding, row: Row, fields: Mapping[str, Sequence[str]]) -> list[str]:
    """The columns that a finding speaks of.

    Among those its field was read in: the ones named like the property (Darwin Core exports), else
    those in which the value stands, else those that look like a date when it is about one, else
    all. What is missing is named by the columns of the file that the crosswalk would read it in.
    """
    if finding.field is None:
        return []
    names = {name.casefold() for name in _LOCAL_NAME.findall(finding.path or "")}
    if named := [c for c in row.cells if c.casefold() in names]:
        return named
    read = [c for c in row.columns.get(finding.field, ()) if c in row.cells]
    if finding.constraint == "minCount" and finding.focus == finding.record:
        return [c for c in fields.get(finding.field, ()) if c in row.cells and c not in read]
    if not read:
        return [c for c in fields.get(finding.field, ()) if c in row.cells]
    if finding.value and (holding := [c for c in read if _holds(row.cells[c], finding.value)]):
        return holding
    about_date = finding.focus.endswith("-time") or any(n.endswith(("date", "year")) for n in names)
    if about_date and (dated := [c for c in read if _DATED.search(c)]):
        return dated
    return read


def _holds(cell: Cell, value: str) -> bool:
    text = as_text(cell)
    return bool(text) and (value in text or encode(text) in value)
