"""The care of the collections: stocktaking, and what laboratories found (axis 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from museosciences.report import charts
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Chart, Missing, Section
from museosciences.report.sections.collections import TOP


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """Stocktaking, then scientific examinations."""
    del facts
    w = asker.scope.wording
    yield Section("stocktaking", w("Récolement", "Stocktaking"), (*_stocktaking(asker),))
    yield Section(
        "examinations",
        w("Examens scientifiques (axe 3)", "Scientific examinations (axis 3)"),
        (*_examinations(asker), *_examined(asker)),
    )


def _stocktaking(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("stocktaking")
    if not found.rows:
        yield Missing(
            w("Aucun fait de récolement n’a été transmis.", "No fact of stocktaking was handed in.")
        )
        return
    columns = [
        ("museum", "museum", w("Musée", "Museum")),
        ("presence", "term", w("Présence", "Presence")),
        ("conformity", "term", w("Conformité", "Conformity")),
        ("marking", "term", w("Marquage", "Marking")),
        ("records", "integer", w("Notices", "Records")),
        ("last", "year", w("Dernière année", "Last year")),
    ]
    yield asker.table(
        found,
        "stocktaking-table",
        w("Récolement : ce que les notices disent", "Stocktaking: what the records say"),
        columns,
        shown=30,
    )


def _examinations(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("examinations")
    if not found.rows:
        yield Missing(
            w("Aucun examen scientifique n’est signalé.", "No scientific examination is recorded.")
        )
        return
    caption = w(
        "Examens par technique et par laboratoire", "Examinations by technique and laboratory"
    )
    columns = [
        ("technique", "text", w("Technique", "Technique")),
        ("laboratory", "text", w("Laboratoire", "Laboratory")),
        ("records", "integer", w("Notices", "Records")),
    ]
    table = asker.table(found, "examinations-table", caption, columns)
    counts: dict[str, float] = {}
    for row in found.rows:
        counts[str(row["technique"])] = counts.get(str(row["technique"]), 0) + row["records"]
    drawn = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TOP]
    alt = w(
        f"Barres : notices examinées, par technique. En tête : {drawn[0][0]}.",
        f"Bars: records examined, by technique. First: {drawn[0][0]}.",
    )
    yield Chart("examinations", caption, alt, charts.bars(drawn, w, w("Notices", "Records")), table)


def _examined(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("examined-works")
    if not found.rows:
        return
    columns = [
        ("number", "number_text", w("N° d’inventaire", "Inventory no.")),
        ("title", "text", w("Titre", "Title")),
        ("museum", "text", w("Musée", "Museum")),
        ("technique", "text", w("Technique", "Technique")),
        ("result", "sentence", w("Question et résultat", "Question and result")),
    ]
    yield asker.table(
        Result((), list(_together(asker, found.rows)), found.cited),
        "examined-table",
        w("Œuvres et objets examinés", "Works and objects examined"),
        [c for c in columns if asker.scope.museum is None or c[0] != "museum"],
        shown=20,
    )


def _together(asker: Asker, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row for each examination: techniques that gave one result together are told together."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        told = " ".join(str(row[part]) for part in ("question", "result") if row[part])
        key = (row["record"], row["laboratory"], told)
        if key in found:
            found[key]["technique"] += f", {row['technique']}"
        else:
            found[key] = {**row, "result": told, "museum": asker.short(row["museum"])}
    yield from found.values()
