"""What the collections hold: periods, materials, techniques, groups of organisms, disciplines."""

from __future__ import annotations

from collections.abc import Iterator

from museosciences.report import charts
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Chart, Missing, Section

# Bars that a chart can hold and still be read.
TOP = 12
# Centuries before this one are told together.
FIRST_CENTURY = -4


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """One section, a chart and its table for each way of looking."""
    del facts
    w = asker.scope.wording
    blocks = (
        *_centuries(asker),
        *ranked(
            asker,
            "records-by-material",
            "materials",
            w("Matières les plus fréquentes", "Most frequent materials"),
        ),
        *ranked(
            asker,
            "records-by-technique",
            "techniques",
            w("Techniques les plus fréquentes", "Most frequent techniques"),
        ),
        *ranked(
            asker,
            "specimens-by-group",
            "groups",
            w("Spécimens par groupe du vivant", "Specimens by group of organisms"),
            value="specimens",
        ),
        *ranked(
            asker,
            "records-by-discipline",
            "disciplines",
            w("Disciplines scientifiques", "Scientific disciplines"),
        ),
        *_domains(asker),
    )
    yield Section("collections", w("Les collections", "The collections"), blocks)


def ranked(
    asker: Asker, name: str, id: str, caption: str, *, label: str = "label", value: str = "records"
) -> Iterator[Block]:
    """Bars of the first rows of an answer, and its table; or what is missing."""
    w = asker.scope.wording
    found = asker.ask(name)
    if not found.rows:
        yield Missing(
            w(f"{caption} : aucune notice ne permet de le dire.", f"{caption}: no record tells.")
        )
        return
    columns = [
        (c.name, "text" if c.name == label and c.type == "text" else c.type, c.label[w.lang])
        for c in found.columns
        if c.type != "concept" and not (asker.scope.museum and c.name == "museums")
    ]
    table = asker.table(found, f"{id}-table", caption, columns, shown=TOP)
    top = [(asker.cell(_type(columns, label), r[label]).text, r[value]) for r in found.rows[:TOP]]
    heading = next(c.label[w.lang] for c in found.columns if c.name == value)
    alt = w(
        f"Barres, {caption[:1].lower()}{caption[1:]} : {top[0][0]} ({w.number(top[0][1])}) en "
        "tête, "
        f"sur {w.count(len(found.rows), ('valeur', 'valeurs'), ('', ''))}.",
        f"Bars, {caption[:1].lower()}{caption[1:]}: {top[0][0]} ({w.number(top[0][1])}) first, of "
        f"{w.count(len(found.rows), ('', ''), ('value', 'values'))}.",
    )
    yield Chart(id, caption, alt, charts.bars(top, w, heading), table)


def _type(columns: list[tuple[str, str, str]], name: str) -> str:
    return next(kind for column, kind, _ in columns if column == name)


def _centuries(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    caption = w("Œuvres et objets par siècle de création", "Works and objects by century of making")
    found = asker.ask("records-by-century")
    if not found.rows:
        yield Missing(
            w(f"{caption} : aucune date n’a été comprise.", f"{caption}: no date was understood.")
        )
        return
    rows = [(int(r["century"]), int(r["records"])) for r in found.rows]
    early = sum(n for century, n in rows if century < FIRST_CENTURY)
    drawn = [(_short(asker, c), float(n)) for c, n in _whole(rows)]
    if early:
        drawn.insert(0, (w("avant", "earlier"), float(early)))
    best = max(rows, key=lambda row: row[1])
    alt = w(
        f"Histogramme des siècles de création. Le plus représenté : {w.century(best[0])}, "
        f"{w.count(best[1], ('notice', 'notices'), ('', ''))}.",
        f"Histogram of the centuries of making. The most frequent: {w.century(best[0])}, "
        f"{w.count(best[1], ('', ''), ('record', 'records'))}.",
    )
    svg = charts.columns(drawn, w, w("Notices", "Records"), w("Siècle", "Century"))
    yield Chart(
        "centuries", caption, alt, svg, asker.table(found, "centuries-table", caption, shown=30)
    )


def _whole(rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """All centuries from the first to the last, those without a record too."""
    known = {century: n for century, n in rows if century >= FIRST_CENTURY}
    if not known:
        return []
    return [(century, known.get(century, 0)) for century in range(min(known), max(known) + 1)]


def _short(asker: Asker, century: int) -> str:
    w = asker.scope.wording
    past = w(" av. J.-C.", " BCE") if century <= 0 else ""
    text = w.century(century if century > 0 else 1 - century)
    return text.replace("\u00a0siècle", "").replace(" century", "") + past


def _domains(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    caption = w(
        "Domaines donnés par les musées, par nature", "Domains as the museums give them, by kind"
    )
    found = asker.ask("records-by-domain")
    # A single letter is a code of the collection system, not a domain that a reader knows.
    rows = [r for r in found.rows if len(str(r["domain"])) > 1]
    if not rows:
        yield Missing(w("Aucun domaine n’est indiqué.", "No domain is given."))
        return
    series = [w.word("kind", kind) for kind in ("object", "specimen", "instrument")]
    keys = ("objects", "specimens", "instruments")
    drawn = [
        (str(row["domain"]), name, row[key])
        for row in rows[:TOP]
        for key, name in zip(keys, series, strict=True)
    ]
    alt = w(
        f"Barres : notices des {min(TOP, len(rows))} domaines les plus fournis, par nature. "
        f"En tête : {rows[0]['domain']}.",
        f"Bars: records of the {min(TOP, len(rows))} largest domains, by kind. "
        f"First: {rows[0]['domain']}.",
    )
    table = asker.table(Result(found.columns, rows, found.cited), "domains-table", caption)
    yield Chart(
        "domains", caption, alt, charts.stacked(drawn, w, w("Notices", "Records"), series), table
    )
