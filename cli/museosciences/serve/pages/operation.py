"""The operation that is served: its theme, axes, vitrines and programme, as the theme file says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from museosciences.serve.live import Current
from museosciences.serve.pages.graph import labels, rows


@dataclass(frozen=True, slots=True)
class Theme:
    """An operation of the network."""

    iri: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of study, or a vitrine (``number`` 0 where it has none); ``above`` is wider.

    ``path`` is the end of its IRI, by which records are sorted: ``museosciences#axis-1``.
    """

    iri: str
    number: int
    label: str
    description: str = ""
    above: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the programme. ``begin`` and ``end`` are a year, a month or a day (EDTF)."""

    iri: str
    kind: str
    label: str
    comment: str
    begin: str
    end: str
    state: str
    places: tuple[tuple[str, str], ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day, when the begin is known to the day or the month."""
        first = _day(self.begin, last=False)
        if first is None:
            return None
        return first, _day(self.end, last=True) or first


def _day(text: str, *, last: bool) -> date | None:
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if len(parts) < 2:
        return None
    if len(parts) == 3:
        return date(*parts)
    year, month = parts
    if not last:
        return date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def theme(here: Current, lang: str) -> Theme | None:
    """The operation of the collection."""

    def ask() -> Theme | None:
        query = """SELECT ?t ?label ?what (LANG(?label) AS ?in) WHERE { ?t a ms:Theme ;
            rdfs:label ?label ; dcterms:description ?what . FILTER(LANG(?label) = LANG(?what)) }"""
        found = sorted(row for row in rows(here.store, query) if row[3] == lang)
        return Theme(*found[0][:3]) if found else None

    return here.once(f"theme-{lang}", ask)


def axes(here: Current, lang: str) -> list[Axis]:
    """All axes, those of the first level in their order, then those under them."""

    def ask() -> list[Axis]:
        query = """SELECT ?axis ?number ?above WHERE { ?axis a ms:Axis
            OPTIONAL { ?axis ms:number ?number } OPTIONAL { ?axis skos:broader ?above } }"""
        found = list(rows(here.store, query))
        names = labels(here, (row[0] for row in found), lang)
        listed = [Axis(axis, int(number or 0), names.get(axis, axis), "", above,
                       axis.removeprefix(f"{here.base}theme/"))
                  for axis, number, above in found]  # fmt: skip
        return sorted(listed, key=lambda axis: (bool(axis.above), axis.number, axis.iri))

    return here.once(f"axes-{lang}", ask)


def vitrines(here: Current, lang: str) -> list[Axis]:
    """The display cases, in their order."""

    def ask() -> list[Axis]:
        query = """SELECT ?case ?number ?what (LANG(?what) AS ?in) WHERE {
            ?case a ms:Vitrine ; ms:number ?number ; dcterms:description ?what }"""
        found = [row for row in rows(here.store, query) if row[3] == lang]
        names = labels(here, (row[0] for row in found), lang)
        listed = [Axis(case, int(number), names.get(case, case), what, "",
                       case.removeprefix(f"{here.base}theme/"))
                  for case, number, what, _ in found]  # fmt: skip
        return sorted(listed, key=lambda case: case.number)

    return here.once(f"vitrines-{lang}", ask)


def events(here: Current, lang: str) -> list[Event]:
    """The programme, the dated first."""

    def ask() -> list[Event]:
        query = """SELECT ?e ?kind ?begin ?end ?state ?place WHERE {
            VALUES ?kind { ms:ProgrammeEvent ms:TravellingExhibition ms:Conference ms:Publication
              ms:Resource ms:DigitisationCampaign }
            ?e a ?kind . OPTIONAL { ?e ms:begin ?begin } OPTIONAL { ?e ms:end ?end }
            OPTIONAL { ?e ms:state ?state }
            OPTIONAL { ?e ms:museum|ms:organisation ?place } }"""
        said: dict[str, tuple[str, str, str, str, list[str]]] = {}
        for event, kind, begin, end, state, place in rows(here.store, query):
            known = said.setdefault(event, (kind.rpartition("#")[2], begin, end, state, []))
            if place and place not in known[4]:
                known[4].append(place)
        wanted = [*said, *(place for *_, places in said.values() for place in places)]
        names = labels(here, wanted, lang)
        comments = _comments(here, lang)
        listed = [
            Event(iri, kind, names.get(iri, iri), comments.get(iri, ""), begin, end, state,
                  tuple((place, names.get(place, place)) for place in places))
            for iri, (kind, begin, end, state, places) in said.items()
        ]  # fmt: skip
        return sorted(listed, key=lambda event: (not event.begin, event.begin, event.label))

    return here.once(f"events-{lang}", ask)


def _comments(here: Current, lang: str) -> dict[str, str]:
    query = """SELECT ?e ?text (LANG(?text) AS ?in) WHERE {
        ?theme a ms:Theme ; ms:event|ms:action|ms:campaign ?e . ?e rdfs:comment ?text }"""
    return {event: text for event, text, of in rows(here.store, query) if of == lang}
