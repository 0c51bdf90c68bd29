"""What changed since the build before: records, sources, links."""

from __future__ import annotations

from collections.abc import Iterator

from museosciences import iris
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Cited, Missing, Section, Text

# ``before`` is the register of the previous build, attached to that of this one.
CHANGED = """SELECT now.museum AS museum, now.inventory_number AS number, now.label AS label,
  CASE WHEN now.status = 'deleted' THEN 'vanished' WHEN now.status = 'quarantined' THEN 'held'
    WHEN past.path IS NULL THEN 'new' ELSE 'modified' END AS state
FROM record AS now
  LEFT JOIN before.record AS past ON past.path = now.path AND past.status = 'loaded'
WHERE now.changed = ?2 AND (?1 IS NULL OR now.museum = ?1)
  AND (now.status = 'loaded' OR past.path IS NOT NULL)"""
CHANGES = f"""SELECT museum, SUM(state = 'new') AS new, SUM(state = 'modified') AS modified,
  SUM(state = 'held') AS held, SUM(state = 'vanished') AS vanished
FROM ({CHANGED}) GROUP BY museum ORDER BY COUNT(*) DESC, museum"""
RECORDS = f"""SELECT museum, number, label, state FROM ({CHANGED})
ORDER BY state = 'new', state = 'modified', state, museum, number LIMIT 2000"""
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
    if facts.previous is None or asker.scope.before is None:
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
    yield from _records(asker, facts)


def _records(asker: Asker, facts: Facts) -> Iterator[Block]:
    """How many records changed in each museum, and which."""
    w = asker.scope.wording
    caption = w("Ce qui a changé, par musée", "What changed, by museum")
    values = (asker.scope.museum, facts.stamp)
    found = asker.register("register-changes", caption, CHANGES, values)
    if not found.rows:
        yield Missing(w("Aucune notice n’a changé.", "No record has changed."))
        return
    columns = [
        ("museum", "museum", w("Musée", "Museum")),
        ("new", "integer", w("Nouvelles", "New")),
        ("modified", "integer", w("Modifiées", "Modified")),
        ("held", "integer", w("Retenues", "Held back")),
        ("vanished", "integer", w("Disparues", "Vanished")),
    ]
    yield asker.table(_addressed(asker, found), "changes-table", caption, columns, shown=30)
    caption = w("Notices qui ont changé", "Records that changed")
    found = asker.register("register-changed-records", caption, RECORDS, values)
    columns = [
        ("number", "number_text", w("N° d’inventaire", "Inventory no.")),
        ("label", "text", w("Titre ou désignation", "Title or designation")),
        ("museum", "museum", w("Musée", "Museum")),
        ("state", "fate", w("Changement", "Change")),
    ]
    yield asker.table(_addressed(asker, found), "changed-table", caption, columns, shown=20)


def _addressed(asker: Asker, found: Result) -> Result:
    """The answer of the register with its museums named by their IRI."""
    base = asker.scope.store.base
    rows = [{**row, "museum": f"{base}museum/{iris.encode(row['museum'])}"} for row in found.rows]
    return Result(found.columns, rows, found.cited)


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
