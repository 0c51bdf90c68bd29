"""The museums: where they are, and what each keeps."""

from __future__ import annotations

from collections.abc import Iterator

from museosciences.report import charts
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Chart, Missing, Section, Text
from museosciences.report.sections.summary import kinds

CHART_ROWS = 25


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """The map with its table; for one museum, its place alone."""
    del facts
    title = asker.scope.wording("Les musées", "The museums")
    if asker.scope.museum is not None:
        title = asker.scope.wording("Le musée", "The museum")
    yield Section("museums", title, (*_map(asker), *_kinds(asker)))


def _map(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("museums-on-map")
    here = asker.scope.museum_iri
    placed = [r for r in found.rows if _placed(r)]
    if here is not None:
        found = Result(found.columns, [r for r in found.rows if r["museum"] == here], found.cited)
    elsewhere = [r for r in found.rows if r["records"] and not _placed(r)]
    shown = Result(found.columns, [r for r in found.rows if r["records"]], found.cited)
    places = [
        (
            asker.short(r["museum"]),
            r["longitude"],
            r["latitude"],
            r["records"] if here in (None, r["museum"]) else 0,
        )
        for r in placed
    ]
    legend = (
        w("musées dont des notices sont chargées", "museums with records"),
        w("autres musées de France de la région", "other Musées de France of the region"),
    )
    counted = [r for r in placed if r["records"]]
    alt = w(
        f"Carte des cinq départements des Hauts-de-France : {len(counted)} musées avec notices, "
        f"{len(placed) - len(counted)} sans notice. Le cercle croît avec le nombre de notices.",
        f"Map of the five départements of Hauts-de-France: {len(counted)} museums with records, "
        f"{len(placed) - len(counted)} without. The circle grows with the number of records.",
    )
    columns = [
        ("museum", "museum", w("Musée", "Museum")),
        ("town", "text", w("Commune", "Town")),
        ("department", "text", w("Département", "Département")),
        ("records", "integer", w("Notices", "Records")),
    ]
    table = asker.table(
        shown,
        "museums-table",
        w("Musées et nombre de notices", "Museums and number of records"),
        columns,
        shown=30,
    )
    caption = w("Carte des musées", "Map of the museums")
    if here is not None and not shown.rows:
        return
    if here is None or elsewhere == []:
        yield Chart("museums-map", caption, alt, charts.museum_map(places, w, legend), table)
    elif shown.rows:
        yield table
    if elsewhere:
        names = ", ".join(str(r["name"]) for r in elsewhere[:12])
        more = "…" if len(elsewhere) > 12 else ""
        yield Missing(
            w(
                "Sans coordonnées, ou hors de la région, et donc absents de la carte : "
                f"{names}{more}.",
                "Without coordinates, or outside the region, and so not on the map: "
                f"{names}{more}.",
            )
        )


def _placed(row: dict[str, object]) -> bool:
    x, y = row["longitude"], row["latitude"]
    return isinstance(x, float | int) and isinstance(y, float | int) and charts.on_map(x, y)


def _kinds(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = kinds(asker)
    if not found.rows:
        yield Missing(
            w("Ce musée n’a pas de notice chargée.", "This museum has no record loaded.")
            if asker.scope.museum
            else w("Aucun musée n’a de notice chargée.", "No museum has a record loaded.")
        )
        return
    series = [w.word("kind", kind) for kind in ("object", "specimen", "instrument")]
    rows = sorted(found.rows, key=lambda r: -(r["objects"] + r["specimens"] + r["instruments"]))
    ordered = Result(found.columns, rows, found.cited)
    columns = [
        ("museum", "museum", w("Musée", "Museum")),
        ("objects", "integer", w("Objets", "Objects")),
        ("specimens", "integer", w("Spécimens", "Specimens")),
        ("instruments", "integer", w("Instruments", "Instruments")),
    ]
    table = asker.table(
        ordered,
        "kinds-table",
        w("Notices par musée et par nature", "Records by museum and kind"),
        columns,
        shown=30,
    )
    if asker.scope.museum is not None:
        yield table
        return
    drawn = [
        (asker.short(row["museum"]), name, row[key])
        for row in rows[:CHART_ROWS]
        for key, name in zip(("objects", "specimens", "instruments"), series, strict=True)
    ]
    alt = w(
        f"Barres : notices de {min(len(rows), CHART_ROWS)} musées, partagées entre objets, "
        f"spécimens et instruments. En tête : {asker.short(rows[0]['museum'])}.",
        f"Bars: records of {min(len(rows), CHART_ROWS)} museums, divided into objects, specimens "
        f"and instruments. First: {asker.short(rows[0]['museum'])}.",
    )
    yield Chart(
        "kinds",
        w("Notices par musée et par nature", "Records by museum and kind"),
        alt,
        charts.stacked(drawn, w, w("Notices", "Records"), series),
        table,
    )
    if len(rows) > CHART_ROWS:
        yield Text(
            w(
                f"La figure montre les {CHART_ROWS} musées les plus fournis.",
                f"The figure shows the {CHART_ROWS} largest museums.",
            )
        )
