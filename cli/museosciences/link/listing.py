"""The links of a store as rows, for ``museo links`` and all that shows links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from museosciences import iris
from museosciences.errors import Said, UsageError
from museosciences.iris import MS
from museosciences.store import GraphStore, Term, term_text
from museosciences.vocabulary import fold

# The contract of the command line: stable names, in this order.
COLUMNS = (
    "link", "type", "score", "status",
    "art_record", "art_museum", "art_title", "art_field", "art_value",
    "via", "via_label",
    "science_record", "science_museum", "science_title", "science_field", "science_value",
    "science_count", "explanation", "rule",
)  # fmt: skip

_QUERY = f"""
PREFIX ms: <{MS}> PREFIX crm: <{iris.CRM}> PREFIX rdfs: <{iris.RDFS}> PREFIX skos: <{iris.SKOS}>
SELECT ?link ?type ?score ?status ?art_record ?art_museum ?art_title ?art_field ?art_value
  ?via ?via_label ?science_record ?science_museum ?science_title ?science_field ?science_value
  ?science_count ?explanation ?rule WHERE {{
  {{ SELECT ?link ?art_record ?via ?science_museum ?score ?type ?rule WHERE {{
    ?link ms:linkType ?type ; crm:P140_assigned_attribute_to ?art_record ; ms:via ?via ;
      ms:scienceMuseum ?science_museum ; ms:score ?score ; ms:rule ?rule }} }}
  ?link ms:status ?status ; ms:artField ?art_field ; ms:artValue ?art_value ;
    ms:scienceRecord ?science_record ; ms:scienceField ?science_field ;
    ms:scienceValue ?science_value ; ms:scienceCount ?science_count ; ms:explanation ?explanation .
  FILTER(LANG(?explanation) = ?lang)
  ?art_record rdfs:label ?art_title ; crm:P50_has_current_keeper ?art_museum .
  ?science_record rdfs:label ?science_title .
  OPTIONAL {{ ?via rdfs:label|skos:prefLabel ?via_label
    FILTER(LANG(?via_label) = ?lang || LANG(?via_label) = "") }}
}}"""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which links are wanted; all that is given must hold.

    ``museum`` is a code on either side; ``concept`` (``taxa/Aves``) counts those narrower than it;
    ``axis`` is the end of the name of an axis or a vitrine of a theme (``axis-2``) that the work
    was selected for; ``text`` is sought in all columns.
    """

    type: str | None = None
    museum: str | None = None
    concept: str | None = None
    status: str | None = None
    min_score: float = 0.0
    text: str | None = None
    axis: str | None = None

    def accepts(self, store: GraphStore) -> Callable[[dict[str, str]], bool]:
        """Whether a row of COLUMNS is wanted, given what the store knows."""
        concepts = None if self.concept is None else _within(store, self.concept)
        works = None if self.axis is None else _selected(store, self.axis)
        museum = f"{store.base}museum/{iris.encode(self.museum or '')}"

        def wanted(row: dict[str, str]) -> bool:
            return (
                (self.type is None or row["type"] == self.type)
                and (self.status is None or row["status"] == self.status)
                and float(row["score"]) >= self.min_score
                and (self.museum is None or museum in (row["art_museum"], row["science_museum"]))
                and (concepts is None or row["via"] in concepts)
                and (works is None or row["art_record"] in works)
                and (self.text is None or fold(self.text) in fold(" ".join(row.values())))
            )

        return wanted


def _within(store: GraphStore, concept: str) -> set[str]:
    """A concept and those narrower than it. A person, a show … stands for itself."""
    path = concept.removeprefix(store.base).removeprefix("concept/").replace(":", "/", 1)
    name = f"{store.base}concept/{path}"
    try:
        node = ox.NamedNode(name)
    except ValueError as error:
        raise UsageError(
            Said(f"« {concept} » n’est pas un concept", f"{concept!r} is no concept"),
            remedy=Said("en nommer un comme taxa/Aves", "name one as in taxa/Aves"),
        ) from error
    answer = store.select(f"SELECT ?c WHERE {{ ?c <{MS}within> ?of }}", {"of": node})
    return {name, f"{store.base}{path}", *(term_text(row[0]) for row in answer.rows)}


def _selected(store: GraphStore, axis: str) -> set[str]:
    """The records selected for an axis or a vitrine, named by the end of its IRI."""
    answer = store.select(
        f"""PREFIX ms: <{MS}> SELECT DISTINCT ?record WHERE {{
        ?record ms:onAxis|ms:inVitrine ?axis . FILTER(STRENDS(STR(?axis), ?end)) }}""",
        {"end": ox.Literal("#" + axis.rpartition("#")[2])},
    )
    return {term_text(row[0]) for row in answer.rows}


def listing(
    store: GraphStore, wanted: Filter | None = None, *, lang: str = "fr"
) -> list[tuple[str, ...]]:
    """The links as rows of COLUMNS, the strongest first."""
    accepts = (wanted or Filter()).accepts(store)
    found = _rows(store, {}, lang)
    rows = [row for row in found if accepts(dict(zip(COLUMNS, row, strict=True)))]
    return sorted(rows, key=lambda row: (-float(row[2]), row[0]))


def explain(store: GraphStore, link: str, *, lang: str = "fr") -> tuple[str, ...] | None:
    """One link as a row of COLUMNS, by its IRI or the end of it, or None."""
    name = link if link.startswith(("http:", "https:")) else f"{store.base}link/{link}"
    return next(_rows(store, {"link": ox.NamedNode(name)}, lang), None)


_PARTS = {
    "art_confidence": "artConfidence",
    "science_confidence": "scienceConfidence",
    "specificity": "conceptSpecificity",
    "rule_weight": "ruleWeight",
    "role": "role",
    "role_weight": "roleWeight",
}


def parts(store: GraphStore, link: str) -> dict[str, str | list[str]]:
    """The parts of the score of a link, given by its IRI, and who represents the other side,
    the best first."""
    name = {"link": ox.NamedNode(link)}
    found: dict[str, str | list[str]] = {}
    answer = store.select("SELECT ?p ?v WHERE { ?link ?p ?v }", name)
    told = {term_text(p).removeprefix(MS): term_text(v) for p, v in answer.rows}
    for part, member in _PARTS.items():
        found[part] = told[member]
    query = f"""SELECT ?record (MAX(?standing) AS ?best) WHERE {{
        ?link <{iris.CRM}P141_assigned> ?set . ?set <{MS}representative> ?record .
        ?record <{MS}standing> ?standing }} GROUP BY ?record ORDER BY DESC(?best) ?record"""
    found["representatives"] = [term_text(row[0]) for row in store.select(query, name).rows]
    return found


def _rows(store: GraphStore, bindings: dict[str, Term], lang: str) -> Iterator[tuple[str, ...]]:
    answer = store.select(_QUERY, {**bindings, "lang": ox.Literal(lang)})
    places = [answer.columns.index(name) if name in answer.columns else None for name in COLUMNS]
    for row in answer.rows:
        yield tuple("" if place is None else term_text(row[place]) for place in places)
