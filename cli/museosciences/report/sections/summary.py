"""Summary and method: the numbers that matter, where they come from, the account of the sources."""

from __future__ import annotations

from collections.abc import Iterator

from museosciences.errors import told
from museosciences.report.asking import Asker, Result
from museosciences.report.facts import Facts
from museosciences.report.model import Block, Figure, Figures, Missing, Section, Text

ACCOUNT = """SELECT source.id, source.title, source.file, source.museum, source.read, source.loaded,
  source.quarantined, source.refused, source.error
FROM source WHERE ?1 IS NULL OR source.id IN (SELECT source FROM record WHERE museum = ?1)
ORDER BY source.rowid"""
FINDINGS = """SELECT COUNT(*) AS findings, COUNT(DISTINCT finding.record) AS records
FROM finding JOIN record ON record.path = finding.record
WHERE severity = 'Warning' AND record.status = 'loaded' AND (?1 IS NULL OR record.museum = ?1)"""


def kinds(asker: Asker) -> Result:
    """Records by museum and kind, those of the museum of the report alone if there is one."""
    found = asker.ask("records-by-museum")
    if asker.scope.museum_iri is None:
        return found
    rows = [row for row in found.rows if row["museum"] == asker.scope.museum_iri]
    return Result(found.columns, rows, found.cited)


def sections(asker: Asker, facts: Facts) -> Iterator[Section]:
    """The summary, then the method with the account."""
    yield Section("summary", asker.scope.wording("Synthèse", "Summary"), (*_summary(asker, facts),))
    yield Section(
        "method",
        asker.scope.wording("Méthode et sources", "Method and sources"),
        (*_method(asker),),
    )


def _summary(asker: Asker, facts: Facts) -> Iterator[Block]:
    w = asker.scope.wording
    counted = kinds(asker)
    records = sum(counted.total(kind) for kind in ("objects", "specimens", "instruments"))
    if not records:
        yield Missing(
            w(
                "Aucune notice n’est chargée : les parties qui suivent disent ce qui manque.",
                "No record is loaded: the parts that follow say what is missing.",
            )
        )
        return
    yield Figures(tuple(_figures(asker, counted, records)))
    yield Text(_sentence(asker, counted, records))
    yield Text(
        w(
            f"Ce rapport décrit l’état de l’inventaire au {w.day(facts.built)}. Chaque tableau et "
            "chaque figure cite la requête qui l’a produit ; toutes sont données en annexe et "
            "dans le classeur, où chaque tableau est complet.",
            f"This report describes the inventory as it stood on {w.day(facts.built)}. Every table "
            "and figure cites the query that made it; all of them are given in the annex and in "
            "the workbook, where every table is whole.",
        )
    )


def _figures(asker: Asker, counted: Result, records: int) -> Iterator[Figure]:
    w = asker.scope.wording
    if asker.scope.museum is None:
        yield Figure(
            w.number(len(counted.rows)),
            w("musées et établissements", "museums and institutions"),
            counted.cited,
        )
    yield Figure(w.number(records), w("notices", "records"), counted.cited)
    labels = {
        "objects": w("œuvres et objets", "works and objects"),
        "specimens": w("spécimens", "specimens"),
        "instruments": w("instruments", "instruments"),
    }
    for kind, label in labels.items():
        yield Figure(w.number(counted.total(kind)), label, counted.cited)
    links = asker.ask("links-by-type")
    yield Figure(
        w.number(links.total("links")), w("liens arts–sciences", "arts–sciences links"), links.cited
    )
    images = asker.ask("digitisation-by-museum")
    rows = [row for row in images.rows if asker.scope.museum_iri in (None, row["museum"])]
    shown = sum(row["with_image"] for row in rows)
    yield Figure(
        w.share(shown, records),
        w("des notices illustrées", "of records with an image"),
        images.cited,
    )
    found = asker.register(
        "register-warnings",
        w("Constats à corriger", "Findings to mend"),
        FINDINGS,
        (asker.scope.museum,),
    )
    yield Figure(
        w.number(found.rows[0]["findings"]),
        w("constats à corriger", "findings to mend"),
        found.cited,
    )


def _sentence(asker: Asker, counted: Result, records: int) -> str:
    w = asker.scope.wording
    record = w.count(records, ("notice", "notices"), ("record", "records"))
    links = asker.ask("links-by-type")
    kept = sum(r["links"] for r in links.rows if r["status"] in ("accepted", "confirmed"))
    waiting = sum(r["links"] for r in links.rows if r["status"] == "review")
    total = w.count(kept + waiting, ("lien", "liens"), ("link", "links"))
    link = w(
        f"{total} entre arts et sciences, dont {w.number(kept)} retenus et "
        f"{w.number(waiting)} à relire",
        f"{total} between arts and sciences, of which {w.number(kept)} are accepted and "
        f"{w.number(waiting)} are to be reviewed",
    )
    if asker.scope.museum is not None:
        name = asker.museum(asker.scope.museum_iri)["name"]
        return w(
            f"L’inventaire thématique compte, pour « {name} », {record} et {link}.",
            f"The thematic inventory holds, for “{name}”, {record} and {link}.",
        )
    where = w.count(
        len(counted.rows), ("établissement", "établissements"), ("institution", "institutions")
    )
    largest = max(counted.rows, key=lambda r: r["objects"] + r["specimens"] + r["instruments"])
    return w(
        f"L’inventaire thématique réunit {record} de {where}. Il porte {link}. Le fonds le plus "
        f"nombreux est celui de « {largest['name']} ».",
        f"The thematic inventory brings together {record} of {where}. It bears {link}. The largest "
        f"holding is that of “{largest['name']}”.",
    )


def _method(asker: Asker) -> Iterator[Block]:
    w = asker.scope.wording
    yield Text(
        w(
            "Chaque musée remet l’export de son logiciel d’inventaire, tel quel. Chaque ligne est "
            "lue, mise en correspondance avec les rubriques communes, contrôlée, puis chargée, "
            "mise en quarantaine avec ses motifs, ou refusée ; rien ne se perd. Le nombre de "
            "lignes lues égale celui des notices chargées, en quarantaine et refusées.",
            "Each museum hands in the export of its collection system as it is. Each row is read, "
            "mapped to the common headings, checked, and then loaded, quarantined with its "
            "reasons, "
            "or refused; nothing is lost. The rows read equal the records loaded, quarantined and "
            "refused.",
        )
    )
    yield Text(
        w(
            "Les termes des notices sont rapprochés de vocabulaires (taxons, matières, "
            "instruments, "
            "disciplines…) ; les liens entre arts et sciences réunissent deux établissements "
            "par un "
            "concept partagé, citent les mots des deux notices et portent un score de 0 à 1. Un "
            "lien "
            "« à relire » attend la décision d’un conservateur.",
            "The terms of the records are reconciled with vocabularies (taxa, materials, "
            "instruments, disciplines…); links between arts and sciences join two institutions "
            "through a shared concept, cite the words of both records and carry a score from 0 to "
            "1. A link “to review” awaits the decision of a curator.",
        )
    )
    found = asker.register(
        "register-account",
        w("Compte des sources", "Account of the sources"),
        ACCOUNT,
        (asker.scope.museum,),
    )
    if not found.rows:
        yield Missing(w("Aucune source n’a été lue.", "No source was read."))
        return
    columns = [
        ("id", "text", w("Source", "Source")),
        ("file", "text", w("Fichier", "File")),
        ("read", "integer", w("Lues", "Read")),
        ("loaded", "integer", w("Chargées", "Loaded")),
        ("quarantined", "integer", w("Quarantaine", "Quarantined")),
        ("refused", "integer", w("Refusées", "Refused")),
    ]
    read, rest = found.total("read"), [found.total(n) for n in ("loaded", "quarantined", "refused")]
    note = f"{w.number(read)} = " + " + ".join(map(w.number, rest))
    total = w(f"Total : {note}.", f"Total: {note}.")
    records = sum(kinds(asker).total(kind) for kind in ("objects", "specimens", "instruments"))
    if records and records != rest[0] and asker.scope.museum is None:
        total += w(
            f" Plusieurs lignes peuvent décrire un même objet : {w.number(rest[0])} lignes "
            f"chargées font {w.number(records)} notices.",
            f" Several rows may describe one object: {w.number(rest[0])} rows loaded make "
            f"{w.number(records)} records.",
        )
    yield asker.table(
        found,
        "account",
        w("Compte des sources lues", "Account of the sources read"),
        columns,
        shown=40,
        note=total,
    )
    for row in found.rows:
        if row["error"]:
            yield Missing(
                w(
                    f"La source « {row['id']} » n’a pu être lue : {told(row['error'], 'fr')}.",
                    f"The source “{row['id']}” could not be read: {told(row['error'], 'en')}.",
                )
            )
