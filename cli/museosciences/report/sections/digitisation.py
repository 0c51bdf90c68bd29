"""What can be seen of the collections, and what is to be photographed first."""

from __future__ import annotations

from collections.abc import Iterator

from museosciences.report import charts
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Chart, Missing, Section, Text


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """One section: coverage by museum, then the priority list."""
    del facts
    yield Section(
        "digitisation",
        asker.scope.wording("Numérisation", "Digitisation"),
        (*_coverage(asker), *_priorities(asker)),
    )


def _coverage(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("digitisation-by-museum")
    campaign = {row["participant"]: row["digitised"] for row in asker.ask("participants").rows}
    rows = [
        {
            **row,
            "share": row["with_image"] / row["records"],
            "missing": row["records"] - row["with_image"],
            "campaign": campaign.get(row["museum"], "false"),
        }
        for row in found.rows
        if asker.scope.museum_iri in (None, row["museum"])
    ]
    if not rows:
        yield Missing(
            w(
                "Aucune notice : rien à montrer ni à photographier.",
                "No record: nothing to show or to photograph.",
            )
        )
        return
    rows.sort(key=lambda row: (-row["share"], -row["records"], row["museum"]))
    caption = w(
        "Part des notices avec image, par musée", "Share of records with an image, by museum"
    )
    columns = [
        ("museum", "museum", w("Musée", "Museum")),
        ("records", "integer", w("Notices", "Records")),
        ("with_image", "integer", w("Avec image", "With an image")),
        ("share", "share", w("Part", "Share")),
        ("missing", "integer", w("Reste", "To do")),
        ("with_licence", "integer", w("Crédit ou licence", "Credit or licence")),
        ("campaign", "yes", w("Campagne 2018-2019", "Campaign 2018–2019")),
    ]
    table = asker.table(Result((), rows, found.cited), "coverage-table", caption, columns, shown=30)
    total, seen = sum(r["records"] for r in rows), sum(r["with_image"] for r in rows)
    left = w.count(
        total - seen, ("notice reste", "notices restent"), ("record remains", "records remain")
    )
    yield Text(
        w(
            f"{w.share(seen, total)} des notices ont une image ; {left} à photographier.",
            f"{w.share(seen, total)} of the records have an image; {left} to be photographed.",
        )
    )
    if asker.scope.museum is not None:
        yield table
        return
    drawn = [(asker.short(r["museum"]), r["share"]) for r in rows[:30]]
    alt = w(
        f"Barres : part des notices illustrées dans {min(30, len(rows))} musées, de "
        f"{w.share(rows[-1]['share'])} à {w.share(rows[0]['share'])}.",
        f"Bars: share of records with an image in {min(30, len(rows))} museums, from "
        f"{w.share(rows[-1]['share'])} to {w.share(rows[0]['share'])}.",
    )
    svg = charts.bars(drawn, w, w("Part des notices", "Share of records"), share=True)
    yield Chart("coverage", caption, alt, svg, table)


def _priorities(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    found = asker.ask("to-photograph")
    if not found.rows:
        yield Missing(w("Aucune notice liée n’est sans image.", "No linked record lacks an image."))
        return
    yield Text(
        w(
            "Sont à photographier d’abord les notices sans image que réunissent les liens les plus "
            "sûrs : ce sont elles que les vitrines et l’exposition ne peuvent encore montrer.",
            "To be photographed first: the records without an image that the surest links join; it "
            "is they that display cases and exhibition cannot yet show.",
        )
    )
    columns = [
        ("number", "number_text", w("N° d’inventaire", "Inventory no.")),
        ("title", "text", w("Titre ou désignation", "Title or designation")),
        ("museum", "museum", w("Musée", "Museum")),
        ("links", "integer", w("Liens", "Links")),
        ("best", "score", w("Score", "Score")),
    ]
    yield asker.table(
        found,
        "to-photograph-table",
        w("À photographier en priorité", "To be photographed first"),
        columns if asker.scope.museum is None else [c for c in columns if c[0] != "museum"],
        shown=20,
    )
