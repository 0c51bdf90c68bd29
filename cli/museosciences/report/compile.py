"""Makes the report of a build: gathers the sections from the store, the register and the "
"account."""

from __future__ import annotations

from museosciences.iris import slug
from museosciences.report.asking import Asker, Scope
from museosciences.report.facts import Facts
from museosciences.report.model import Report
from museosciences.report.sections import (
    acquisitions,
    collections,
    digitisation,
    evolution,
    heritage,
    links,
    museums,
    programme,
    quality,
    summary,
    thematic,
)
from museosciences.report.wording import Wording

# The parts in the order in which they stand; each gives its sections.
PARTS = (
    summary.sections,
    museums.sections,
    thematic.sections,
    collections.sections,
    acquisitions.sections,
    digitisation.sections,
    heritage.sections,
    quality.sections,
    links.sections,
    programme.sections,
    evolution.sections,
)


def compile(scope: Scope, facts: Facts) -> Report:
    """The report of the region, or of the museum of the scope. Raises QueryError or StoreError."""
    asker = Asker(scope)
    w = scope.wording
    theme = next(iter(asker.ask("themes").rows), {})
    operation = str(theme.get("label") or "MuséoSciences")
    if scope.museum is None:
        title = w(
            f"{operation} – rapport régional d’inventaire",
            f"{operation} – regional inventory report",
        )
        subtitle = str(theme.get("description") or "")
    else:
        title = w(
            f"{operation} – rapport d’inventaire du musée",
            f"{operation} – inventory report of the museum",
        )
        subtitle = str(asker.museum(scope.museum_iri)["name"])
    sections = tuple(section for part in PARTS for section in part(asker, facts))
    return Report(
        name=name(w, scope.museum),
        lang=w.lang,
        title=title,
        subtitle=w.set(subtitle),
        publisher=w.set(str(theme.get("organiser") or "")),
        date=facts.built,
        dateline=w(f"État au {w.day(facts.built)}", f"As of {w.day(facts.built)}"),
        sections=sections,
        words=_words(scope),
    )


def name(w: Wording, museum: str | None) -> str:
    """The stem of the files of the report of a museum, or of the region."""
    if museum is None:
        return w("rapport-regional", "regional-report")
    return f"{w('rapport', 'report')}-{slug(museum) or 'musee'}"


def _words(scope: Scope) -> dict[str, str]:
    """What the renderers say themselves."""
    w = scope.wording
    return {
        "contents": w("Sommaire", "Contents"),
        "table": w("Tableau", "Table"),
        "figure": w("Figure", "Figure"),
        "query": w("Requête", "Query"),
        "queries": w("Annexe – les requêtes", "Annex – the queries"),
        "queries_intro": w(
            "Chaque requête peut être posée de nouveau par « museo query NOM », ou reprise telle "
            "quelle ; celles du registre sont en SQL.",
            "Each query can be asked again by “museo query NAME”, or taken as it is; those of the "
            "register are in SQL.",
        ),
        "left_out": w("{n} lignes de plus dans le classeur.", "{n} more rows in the workbook."),
        "left_out_one": w("Une ligne de plus dans le classeur.", "One more row in the workbook."),
        "sheet": w("Feuille", "Sheet"),
        "rows": w("Lignes", "Rows"),
        "title": w("Titre", "Title"),
        "text": w("Texte", "Text"),
        "skip": w("Aller au contenu", "Skip to content"),
        "replaced": w(
            "Les caractères que les polices du document ne savent pas écrire sont "
            "remplacés par □ : ",
            "Characters that the fonts of the document cannot write are replaced by □: ",
        ),
    }
