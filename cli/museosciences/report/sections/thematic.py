"""The thematic inventory: which records belong to which axis of the operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from museosciences.report import charts
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Chart, Missing, Section, Table, Text
from museosciences.report.sections.museums import CHART_ROWS

# Domains of each axis that a page shows.
EACH = 7
NOT_SELECTED = (
    "Aucune notice n’appartient à un axe de l’opération.",
    "No record belongs to an axis of the operation.",
)


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """One section: axes by museum, by part and kind, by domain."""
    del facts
    w = asker.scope.wording
    title = w("L’inventaire thématique, par axe", "The thematic inventory, by axis")
    found = asker.ask("records-by-axis")
    if not found.rows:
        yield Section("axes", title, (Missing(w(*NOT_SELECTED)),))
        return
    intro = Text(
        w(
            "Les règles du thème disent à quel axe une notice appartient, et pourquoi : par sa "
            "nature, par les concepts reconnus dans ses rubriques, par ce qui est le motif "
            "principal de l’œuvre. Une notice peut appartenir à plusieurs axes.",
            "The rules of the theme say to which axis a record belongs, and why: by its kind, by "
            "the concepts recognised in its headings, by what is the main motif of the work. A "
            "record may belong to several axes.",
        )
    )
    yield Section(
        "axes", title, (intro, *_by_museum(asker, found), *_parts(asker), *_domains(asker))
    )


def _by_museum(asker: Asker, found: Result) -> Iterator[Block]:
    w = asker.scope.wording
    caption = w("Notices par musée et par axe", "Records by museum and axis")
    axes = {int(r["number"]): str(r["label"]) for r in found.rows}
    names = [f"{number}. {axes[number]}" for number in sorted(axes)]
    by_museum: dict[str, dict[int, int]] = {}
    for row in found.rows:
        by_museum.setdefault(row["museum"], {})[int(row["number"])] = int(row["records"])
    ordered = sorted(by_museum, key=lambda museum: (-sum(by_museum[museum].values()), museum))
    rows = [
        {"museum": museum, **{str(n): by_museum[museum].get(n, 0) for n in axes}}
        for museum in ordered
    ]
    columns = [("museum", "museum", w("Musée", "Museum"))]
    columns += [(str(n), "integer", w(f"Axe {n}", f"Axis {n}")) for n in sorted(axes)]
    table = asker.table(Result((), rows, found.cited), "axes-table", caption, columns, shown=30)
    if asker.scope.museum is not None:
        yield _total(asker, table, names)
        return
    drawn = [
        (asker.short(museum), name, by_museum[museum].get(number, 0))
        for museum in ordered[:CHART_ROWS]
        for number, name in zip(sorted(axes), names, strict=True)
    ]
    totals = [sum(counts.get(n, 0) for counts in by_museum.values()) for n in sorted(axes)]
    told = " ; ".join(f"{name} : {w.number(n)}" for name, n in zip(names, totals, strict=True))
    alt = w(
        f"Barres : notices de chaque musée, partagées entre les axes. {told}.",
        f"Bars: records of each museum, divided between the axes. {told}.",
    )
    yield Chart(
        "axes", caption, alt, charts.stacked(drawn, w, w("Notices", "Records"), names), table
    )


def _total(asker: Asker, table: Table, names: list[str]) -> Table:
    w = asker.scope.wording
    note = w("Axes : ", "Axes: ") + " ; ".join(names) + "."
    return Table(table.id, table.caption, table.head, table.rows, table.cited, table.shown, note)


def _parts(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("axes-by-kind")
    caption = w("Volets des axes, par nature de notice", "Parts of the axes, by kind of record")
    if found.rows:
        columns = [
            ("label", "text", w("Volet", "Part")),
            ("objects", "integer", w("Objets", "Objects")),
            ("specimens", "integer", w("Spécimens", "Specimens")),
            ("instruments", "integer", w("Instruments", "Instruments")),
        ]
        yield asker.table(found, "parts-table", caption, columns, shown=30)


def _domains(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("axes-by-domain")
    rows = [
        {**r, "axis": w(f"Axe {r['number']}", f"Axis {r['number']}")}
        for r in found.rows
        if len(str(r["domain"])) > 1
    ]
    if rows:
        caption = w("Domaines des musées, par axe", "Domains of the museums, by axis")
        columns = [
            ("axis", "short", w("Axe", "Axis")),
            ("domain", "text", w("Domaine", "Domain")),
            ("records", "integer", w("Notices", "Records")),
        ]
        result = Result((), _in_turn(rows), found.cited)
        yield asker.table(result, "axis-domains-table", caption, columns, shown=3 * EACH)


def _in_turn(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first rows of each axis, then the others."""
    seen: dict[str, int] = {}
    first: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    for row in rows:
        seen[row["axis"]] = seen.get(row["axis"], 0) + 1
        (first if seen[row["axis"]] <= EACH else rest).append(row)
    return first + rest
