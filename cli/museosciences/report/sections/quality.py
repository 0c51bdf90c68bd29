"""How complete the records are, and what is to be mended in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from museosciences.errors import told
from museosciences.report import charts
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Chart, Missing, Section, Text
from museosciences.report.wording import WORDS

# The value that a message names, where a line of the table stands for several messages.
_VALUE = re.compile(r"(« ?|“)[^»”]*?( ?»|”)")
_NUMBER = re.compile(r"(notice n° |record no\. )\d+")
# The order of the register: order of 25 May 2004, annex.
HEADINGS = tuple(WORDS["heading"])
MUSEUMS_DRAWN = 20
FINDINGS = """SELECT severity, {message} AS message,
  COUNT(DISTINCT {column}) AS messages, COUNT(*) AS findings,
  COUNT(DISTINCT finding.record) AS records, COUNT(DISTINCT record.museum) AS museums
FROM finding JOIN record ON record.path = finding.record
WHERE severity != 'Info' AND (?1 IS NULL OR record.museum = ?1)
GROUP BY severity, CASE severity WHEN 'Violation' THEN shape ELSE {column} END
ORDER BY severity = 'Violation' DESC, findings DESC, message"""
HELD = """SELECT row.source AS source, row.status AS status, row.number AS number,
  COALESCE(record.inventory_number, '') AS inventory_number,
  COALESCE((SELECT {message} FROM finding WHERE finding.source = row.source
    AND finding.number = row.number AND severity = 'Violation'), row.reason, '') AS reason
FROM row LEFT JOIN record ON record.path = row.record
WHERE row.status != 'loaded'
  AND (?1 IS NULL OR row.source IN (SELECT source FROM record WHERE museum = ?1))
ORDER BY row.source, row.number LIMIT 500"""


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """One section: completeness, findings, what was held back."""
    del facts
    w = asker.scope.wording
    blocks = (*_completeness(asker), *_findings(asker), *_held(asker))
    yield Section("quality", w("Qualité des notices", "Quality of the records"), blocks)


def _completeness(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    counted = asker.ask("digitisation-by-museum")
    here = asker.scope.museum_iri
    totals = {r["museum"]: int(r["records"]) for r in counted.rows if here in (None, r["museum"])}
    found = asker.ask("completeness")
    told = {
        (r["heading"], r["museum"]): int(r["records"]) for r in found.rows if r["museum"] in totals
    }
    if not totals:
        yield Missing(
            w(
                "Aucune notice : la complétude ne peut être mesurée.",
                "No record: completeness cannot be measured.",
            )
        )
        return
    records = sum(totals.values())
    caption = w("Rubriques réglementaires renseignées", "Regulatory headings filled in")
    rows: list[dict[str, Any]] = [
        {"heading": heading, "records": n, "share": n / records}
        for heading in HEADINGS
        for n in [sum(told.get((heading, museum), 0) for museum in totals)]
    ]
    mean = sum(row["share"] for row in rows) / len(rows)
    columns = [
        ("heading", "heading", w("Rubrique", "Heading")),
        ("records", "integer", w("Notices", "Records")),
        ("share", "share", w("Part", "Share")),
    ]
    yield Text(
        w(
            f"Les rubriques sont celles de l’inventaire réglementaire (arrêté du 25 mai 2004, "
            f"annexe). En moyenne, {w.share(mean)} d’entre elles sont renseignées.",
            "The headings are those of the regulatory inventory (order of 25 May 2004, annex). On "
            f"average, {w.share(mean)} of them are filled in.",
        )
    )
    table = asker.table(Result((), rows, found.cited), "completeness-table", caption, columns)
    drawn = [(w.word("heading", str(r["heading"])), float(r["share"])) for r in rows]
    low = min(drawn, key=lambda row: row[1])
    alt = w(
        f"Barres : part des notices qui renseignent chaque rubrique. La moins remplie : "
        f"{low[0]} ({w.share(low[1])}).",
        f"Bars: share of records that fill in each heading. The least filled: {low[0]} "
        f"({w.share(low[1])}).",
    )
    svg = charts.bars(drawn, w, w("Part des notices", "Share of records"), share=True)
    yield Chart("completeness", caption, alt, svg, table)
    if here is None and len(totals) > 1:
        yield _matrix(asker, totals, told, found)


def _matrix(
    asker: Asker, totals: dict[str, int], told: dict[tuple[str, str], int], found: Result
) -> Chart:
    w = asker.scope.wording
    museums = sorted(totals, key=lambda museum: (-totals[museum], museum))
    caption = w(
        "Complétude par musée et par rubrique (en %)", "Completeness by museum and heading (in %)"
    )
    drawn = [
        (
            asker.short(museum),
            w.word("heading", heading),
            told.get((heading, museum), 0) / totals[museum],
        )
        for museum in museums[:MUSEUMS_DRAWN]
        for heading in HEADINGS
    ]
    rows: list[dict[str, Any]] = []
    for museum in museums:
        shares = {h: told.get((h, museum), 0) / totals[museum] for h in HEADINGS}
        weakest = sorted(HEADINGS, key=lambda h: shares[h])[:3]
        rows.append(
            {
                "museum": museum,
                "records": totals[museum],
                "mean": sum(shares.values()) / len(shares),
                "weakest": ", ".join(w.word("heading", h).lower() for h in weakest),
            }
        )
    columns = [
        ("museum", "museum", w("Musée", "Museum")),
        ("records", "integer", w("Notices", "Records")),
        ("mean", "share", w("Complétude", "Completeness")),
        ("weakest", "text", w("Rubriques à compléter d’abord", "Headings to fill in first")),
    ]
    table = asker.table(
        Result((), rows, found.cited),
        "completeness-museums-table",
        w("Complétude par musée", "Completeness by museum"),
        columns,
        shown=30,
    )
    best = max(rows, key=lambda row: row["mean"])
    alt = w(
        f"Matrice : part des notices renseignées, par musée et par rubrique. Le plus complet : "
        f"{asker.short(best['museum'])} ({w.share(best['mean'])}).",
        f"Matrix: share of records filled in, by museum and heading. The most complete: "
        f"{asker.short(best['museum'])} ({w.share(best['mean'])}).",
    )
    headings = [w.word("heading", heading) for heading in HEADINGS]
    down = [asker.short(museum) for museum in museums[:MUSEUMS_DRAWN]]
    svg = charts.heat(drawn, w, down, headings, share=True)
    return Chart("completeness-museums", caption, alt, svg, table)


def _findings(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    caption = w(
        "Constats à corriger, les plus fréquents d’abord", "Findings to mend, most frequent first"
    )
    column = f"message_{w.lang}"
    sql = FINDINGS.format(column=column, message=f"MIN({column})")
    found = asker.register("register-findings", caption, sql, (asker.scope.museum,))
    if not found.rows:
        yield Missing(w("Aucun constat à corriger.", "No finding to mend."))
        return
    for row in found.rows:
        if row["messages"] > 1:
            row["message"] = _VALUE.sub("\\g<1>…\\g<2>", row["message"])
            row["message"] = _NUMBER.sub("\\g<1>…", row["message"])
    columns = [
        ("severity", "severity", w("Gravité", "Severity")),
        ("message", "sentence", w("Constat", "Finding")),
        ("findings", "integer", w("Constats", "Findings")),
        ("records", "integer", w("Notices", "Records")),
        ("museums", "integer", w("Musées", "Museums")),
    ]
    yield asker.table(found, "findings-table", caption, columns, shown=25)


def _held(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    caption = w("Lignes refusées et notices en quarantaine", "Rows refused and records quarantined")
    sql = HELD.format(message=f"MIN(message_{w.lang})")
    found = asker.register("register-held-back", caption, sql, (asker.scope.museum,))
    if not found.rows:
        yield Missing(
            w(
                "Aucune ligne refusée, aucune notice en quarantaine.",
                "No row refused, no record quarantined.",
            )
        )
        return
    for row in found.rows:
        row["reason"] = told(str(row["reason"]), w.lang)
    names = {"refused": w("refusée", "refused"), "quarantined": w("quarantaine", "quarantined")}
    rows = [{**row, "status": names.get(row["status"], row["status"])} for row in found.rows]
    columns = [
        ("source", "number_text", w("Source", "Source")),
        ("number", "integer", w("Ligne", "Row")),
        ("inventory_number", "number_text", w("N° d’inventaire", "Inventory no.")),
        ("status", "number_text", w("Sort", "Outcome")),
        ("reason", "sentence", w("Motif", "Reason")),
    ]
    yield asker.table(Result((), rows, found.cited), "held-table", caption, columns, shown=20)
