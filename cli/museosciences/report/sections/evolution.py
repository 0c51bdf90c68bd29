"""What changed since the build before: records, sources, links."""

from __future__ import annotations

from collections.abc import Iterator

from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Cited, Missing, Section, Text

CHANGES = """SELECT museum,
  SUM(status != 'deleted' AND changed = ?2) AS changed,
  SUM(status != 'deleted' AND changed < ?2) AS unchanged,
  SUM(status = 'deleted' AND changed = ?2) AS vanished
FROM record WHERE ?1 IS NULL OR museum = ?1 GROUP BY museum ORDER BY museum"""
TOTALS = (
    ("read", "lignes lues", "rows read"),
    ("loaded", "notices chargées", "records loaded"),
    ("quarantined", "notices en quarantaine", "records quarantined"),
    ("refused", "lignes refusées", "rows refused"),
)


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """One section."""
    w = asker.scope.wording
    title = w("Évolution depuis la construction précédente", "Change since the previous build")
    yield Section("evolution", title, (*_changes(asker, facts),))


def _changes(asker: Asker, facts: Facts) -> Iterator[Block]:
    w = asker.scope.wording
    if facts.previous is None:
        yield Missing(
            w(
                "C’est la première construction : il n’y a rien à quoi la comparer.",
                "This is the first build: there is nothing to compare it with.",
            )
        )
        return
    before = facts.previous
    yield Text(
        w(
            f"Comparaison avec la construction du {w.day(before.built)}.",
            f"Compared with the build of {w.day(before.built)}.",
        )
    )
    if asker.scope.museum is None:
        yield _totals(asker, facts, before)
    caption = w(
        "Notices nouvelles ou modifiées, inchangées, disparues, par musée",
        "Records new or modified, unchanged, vanished, by museum",
    )
    found = asker.register("register-changes", caption, CHANGES, (asker.scope.museum, facts.stamp))
    base = asker.scope.store.base
    rows = [{**row, "museum": f"{base}museum/{row['museum']}"} for row in found.rows]
    rows = [row for row in rows if row["changed"] or row["vanished"]]
    if not rows:
        yield Missing(w("Aucune notice n’a changé.", "No record has changed."))
        return
    columns = [
        ("museum", "museum", w("Musée", "Museum")),
        ("changed", "integer", w("Nouvelles ou modifiées", "New or modified")),
        ("unchanged", "integer", w("Inchangées", "Unchanged")),
        ("vanished", "integer", w("Disparues", "Vanished")),
    ]
    yield asker.table(Result((), rows, found.cited), "changes-table", caption, columns, shown=30)


def _totals(asker: Asker, facts: Facts, before: Facts) -> Block:
    w = asker.scope.wording
    caption = w("Totaux, et leur évolution", "Totals, and their change")
    rows = [
        {
            "what": w(fr, en),
            "now": facts.totals.get(name, 0),
            "change": facts.totals.get(name, 0) - before.totals.get(name, 0),
        }
        for name, fr, en in TOTALS
    ]
    now, past = sum(facts.links.values()), sum(before.links.values())
    rows.append(
        {"what": w("liens arts–sciences", "arts–sciences links"), "now": now, "change": now - past}
    )
    columns = [
        ("what", "text", w("Compte", "Count")),
        ("now", "integer", w("À présent", "Now")),
        ("change", "change", w("Évolution", "Change")),
    ]
    cited = Cited(
        "accounts",
        w("Comptes des deux constructions", "Accounts of the two builds"),
        "build.json",
        "SQL",
    )
    return asker.table(Result((), rows, cited), "totals-table", caption, columns)
