"""The links between arts and sciences: how many, between whom, through what, and the strongest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from museosciences.report import charts
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Chart, Missing, Section

# Museums on a side of the matrix.
SIDE = 16


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """One section."""
    del facts
    w = asker.scope.wording
    title = w("Liens entre arts et sciences", "Links between arts and sciences")
    if not asker.ask("links-by-type").rows:
        text = w(
            "Aucun lien entre arts et sciences n’a été trouvé.",
            "No link between arts and sciences was found.",
        )
        yield Section("links", title, (Missing(text),))
        return
    blocks = (*_types(asker), *_strongest(asker), *_pairs(asker), *_concepts(asker))
    yield Section("links", title, blocks)


def _types(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("links-by-type")
    caption = w("Liens par type et par état", "Links by type and status")
    order = sorted(
        {r["type"] for r in found.rows},
        key=lambda kind: -sum(r["links"] for r in found.rows if r["type"] == kind),
    )
    series = [w.word("status", s) for s in ("confirmed", "accepted", "review")]
    present = [s for s in series if any(w.word("status", r["status"]) == s for r in found.rows)]
    drawn = [
        (w.word("link_type", kind), w.word("status", r["status"]), r["links"])
        for kind in order
        for r in found.rows
        if r["type"] == kind
    ]
    alt = w(
        f"Barres : {w.number(found.total('links'))} liens par type, partagés entre retenus et à "
        f"relire. En tête : {w.word('link_type', order[0])}.",
        f"Bars: {w.number(found.total('links'))} links by type, divided into accepted and to "
        f"review. First: {w.word('link_type', order[0])}.",
    )
    svg = charts.stacked(drawn, w, w("Liens", "Links"), present)
    yield Chart("link-types", caption, alt, svg, asker.table(found, "link-types-table", caption))


def _strongest(asker: Asker) -> Iterator[Block]:
    """At most two links of one work, so that the page shows several works."""
    w = asker.scope.wording
    found = asker.ask("strongest-links")
    seen: dict[str, int] = {}
    first: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    for row in found.rows:
        seen[row["art_record"]] = seen.get(row["art_record"], 0) + 1
        (first if seen[row["art_record"]] <= 2 else rest).append(row)
    columns = [
        ("score", "score", w("Score", "Score")),
        ("explanation", "sentence", w("Le lien, en une phrase", "The link, in a sentence")),
        ("type", "link_type", w("Type", "Type")),
    ]
    yield asker.table(
        Result(found.columns, first + rest, found.cited),
        "strongest-table",
        w("Les liens les plus forts", "The strongest links"),
        columns,
        shown=20,
        note=w(
            "Au plus deux liens d’une même œuvre en tête de liste.",
            "At most two links of one work at the head of the list.",
        ),
    )


def _pairs(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("links-by-museums")
    here = asker.scope.museum_iri
    rows = [r for r in found.rows if here in (None, r["art_museum"], r["science_museum"])]
    if not rows:
        yield Missing(w("Aucune paire de musées n’est liée.", "No pair of museums is linked."))
        return
    caption = w("Paires de musées les plus liées", "Pairs of museums most linked")
    columns = [
        ("art_museum", "museum", w("Du côté des arts", "On the side of the arts")),
        ("science_museum", "museum", w("Du côté des sciences", "On the side of the sciences")),
        ("links", "integer", w("Liens", "Links")),
    ]
    table = asker.table(Result((), rows, found.cited), "pairs-table", caption, columns)
    if here is not None:
        yield table
        return
    down = _most(rows, "art_museum")
    across = _most(rows, "science_museum")
    drawn = [
        (asker.short(r["art_museum"]), asker.short(r["science_museum"]), float(r["links"]))
        for r in rows
        if r["art_museum"] in down and r["science_museum"] in across
    ]
    first = rows[0]
    alt = w(
        f"Matrice des liens : musées d’art en lignes, musées de sciences en colonnes. La paire la "
        f"plus liée : {asker.short(first['art_museum'])} et "
        f"{asker.short(first['science_museum'])} ({w.number(first['links'])} liens).",
        f"Matrix of links: museums of art in rows, museums of sciences in columns. The pair most "
        f"linked: {asker.short(first['art_museum'])} and {asker.short(first['science_museum'])} "
        f"({w.number(first['links'])} links).",
    )
    svg = charts.heat(drawn, w, list(map(asker.short, down)), list(map(asker.short, across)))
    yield Chart("pairs", caption, alt, svg, table)


def _most(rows: list[dict[str, object]], side: str) -> list[str]:
    """The museums of one side that have the most links."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[str(row[side])] = counts.get(str(row[side]), 0) + int(str(row["links"]))
    return sorted(counts, key=lambda museum: (-counts[museum], museum))[:SIDE]


def _concepts(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("concepts-of-links")
    if asker.scope.museum is None and found.rows:
        columns = [
            ("label", "text", w("Ce que partagent les institutions", "What institutions share")),
            ("museums", "integer", w("Institutions", "Institutions")),
            ("links", "integer", w("Liens", "Links")),
            ("best", "score", w("Meilleur score", "Best score")),
        ]
        yield asker.table(
            found,
            "concepts-table",
            w(
                "Concepts et personnes que partagent le plus d’institutions",
                "Concepts and persons that most institutions share",
            ),
            columns,
        )
