"""The links of a store as rows, for ``museo links`` and all that shows links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from museosciences import iris
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
    """Which links are wanted. ``museum`` is a code on either side; ``text`` is sought in all."""

    type: str | None = None
    museum: str | None = None
    concept: str | None = None
    status: str | None = None
    min_score: float = 0.0
    text: str | None = None

    def accepts(self, row: tuple[str, ...], base: str) -> bool:
        """Whether a row of COLUMNS is wanted."""
        values = dict(zip(COLUMNS, row, strict=True))
        if self.museum is not None:
            museum = f"{base}museum/{iris.encode(self.museum)}"
            if museum not in (values["art_museum"], values["science_museum"]):
                return False
        if self.text is not None and fold(self.text) not in fold(" ".join(row)):
            return False
        return float(values["score"]) >= self.min_score and self._matches(values, base)

    def _matches(self, values: dict[str, str], base: str) -> bool:
        wanted = {"type": self.type, "status": self.status}
        if any(value is not None and values[name] != value for name, value in wanted.items()):
            return False
        concept = (self.concept or "").removeprefix(base).removeprefix("concept/")
        return not concept or values["via"] == f"{base}concept/{concept.replace(':', '/', 1)}"


def listing(
    store: GraphStore, wanted: Filter | None = None, *, lang: str = "fr"
) -> list[tuple[str, ...]]:
    """The links as rows of COLUMNS, the strongest first."""
    wanted = wanted or Filter()
    rows = [row for row in _rows(store, {}, lang) if wanted.accepts(row, store.base)]
    return sorted(rows, key=lambda row: (-float(row[2]), row[0]))


def explain(store: GraphStore, link: str, *, lang: str = "fr") -> tuple[str, ...] | None:
    """One link as a row of COLUMNS, by its IRI or the end of it, or None."""
    name = link if link.startswith(("http:", "https:")) else f"{store.base}link/{link}"
    return next(_rows(store, {"link": ox.NamedNode(name)}, lang), None)


def _rows(store: GraphStore, bindings: dict[str, Term], lang: str) -> Iterator[tuple[str, ...]]:
    answer = store.select(_QUERY, {**bindings, "lang": ox.Literal(lang)})
    places = [answer.columns.index(name) if name in answer.columns else None for name in COLUMNS]
    for row in answer.rows:
        yield tuple("" if place is None else term_text(row[place]) for place in places)
