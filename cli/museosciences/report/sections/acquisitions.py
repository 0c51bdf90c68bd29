"""How the collections came to the museums: decades, modes, donors and sellers."""

from __future__ import annotations

from collections.abc import Iterator

from museosciences.report import charts
from museosciences.report.asking import Asker
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Chart, Missing, Section
from museosciences.report.sections.collections import ranked


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """One section."""
    del facts
    w = asker.scope.wording
    blocks = (
        *_decades(asker),
        *ranked(
            asker,
            "acquisitions-by-mode",
            "modes",
            w("Modes d’acquisition", "Modes of acquisition"),
            label="mode",
        ),
        *_donors(asker),
    )
    yield Section(
        "acquisitions", w("Histoire des acquisitions", "History of the acquisitions"), blocks
    )


def _decades(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    caption = w("Entrées dans les collections, par décennie", "Acquisitions by decade")
    found = asker.ask("acquisitions-by-decade")
    if not found.rows:
        yield Missing(
            w(
                "Aucune date d’acquisition n’a été comprise.",
                "No date of acquisition was understood.",
            )
        )
        return
    known = {int(row["decade"]): float(row["records"]) for row in found.rows}
    decades = range(min(known), max(known) + 10, 10)
    # Two centuries of decades can be read; with more, only those that have records are drawn.
    drawn = [
        (str(decade), known.get(decade, 0.0))
        for decade in (decades if len(decades) <= 26 else sorted(known))
    ]
    best = max(known, key=lambda decade: known[decade])
    alt = w(
        f"Histogramme des décennies d’entrée, de {min(known)} à {max(known)}. La plus riche : "
        f"{best}, {w.count(int(known[best]), ('notice', 'notices'), ('', ''))}.",
        f"Histogram of the decades of acquisition, from {min(known)} to {max(known)}. The richest: "
        f"{best}, {w.count(int(known[best]), ('', ''), ('record', 'records'))}.",
    )
    svg = charts.columns(drawn[-40:], w, w("Notices", "Records"), w("Décennie", "Decade"))
    yield Chart(
        "decades", caption, alt, svg, asker.table(found, "decades-table", caption, shown=30)
    )


def _donors(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    caption = w("Donateurs, vendeurs et anciens propriétaires", "Donors, sellers and former owners")
    found = asker.ask("donors")
    if not found.rows:
        yield Missing(w("Aucun donateur ni vendeur n’est nommé.", "No donor or seller is named."))
        return
    columns = [
        ("name", "text", w("Nom", "Name")),
        ("records", "integer", w("Notices", "Records")),
        ("museums", "integer", w("Musées", "Museums")),
    ]
    yield asker.table(found, "donors-table", caption, columns)
