"""A notice: what a record says, in the words of a museum, as every exchange format needs it.

It is read from the description of the record in the graph, never from the source row, so that
what is exchanged is what was validated. What concerns the keeping of the object (place in the
stores, price, stocktaking) is no part of a notice: it stays in the graph of the museums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from museosciences.iris import CRM, CRMSCI, DCTERMS, DWC, GEO, MS, RDF, RDFS, SCHEMA, SKOS
from museosciences.publish.description import Description, Facts, Link
from museosciences.store import term_text

_NUMBER = re.compile(r"\d+")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
PRODUCED, PART, TIME = (
    CRM + name for name in ("P108i_was_produced_by", "P9_consists_of", "P4_has_time-span")
)


@dataclass(frozen=True, slots=True)
class Named:
    """A term of the museum, with the concept it was recognised as and the labels of that."""

    iri: str
    text: str
    context: str = ""
    concept: str | None = None
    labels: Mapping[str, str] | None = None
    scientific_name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person or institution in an event. ``text`` is the words of the museum."""

    iri: str
    name: str
    text: str = ""
    role: str = ""
    attribution: str = ""
    birth: int | None = None
    death: int | None = None
    institution: bool = False

    @property
    def caption(self) -> str:
        """The name with its years, as a notice prints it: « Dupuis, Henri (1819-1889) »."""
        if self.birth is None and self.death is None:
            return self.name
        return f"{self.name} ({self.birth or '?'}-{self.death or '?'})"


@dataclass(frozen=True, slots=True)
class Place:
    """A place. Coordinates are degrees, WGS 84."""

    iri: str
    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A date: the words, and the years of its bounds (negative before our era)."""

    text: str
    begin: int | None = None
    end: int | None = None
    edtf: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A dimension: ``value`` in ``unit`` (cm, g), of a type (height, width …)."""

    text: str
    type: str
    value: str
    unit: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """An image: a web address, and who is to be credited."""

    iri: str
    url: str
    text: str = ""
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An acquisition, a gathering, a discovery, an analysis, an exhibition."""

    iri: str
    text: str = ""
    mode: str = ""
    time: Time | None = None
    places: tuple[Place, ...] = ()
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """An examination or analysis: by which techniques, where, when, why, and what it showed."""

    techniques: tuple[Named, ...]
    laboratory: str
    time: Time | None
    question: str
    result: str


class Notice:
    """A record as exchange formats need it. Every member is read when it is asked."""

    def __init__(self, description: Description) -> None:
        self.description = description
        self.entry = description.entry
        self.iri = description.iri
        self.links: Sequence[Link] = description.links
        self._own = description.facts.get(description.iri, {})

    # What it is

    @property
    def label(self) -> str:
        return self._text(self._own, RDFS + "label") or self.entry.inventory_number

    @property
    def kind(self) -> str:
        return self.entry.kind

    @cached_property
    def titles(self) -> list[str]:
        return [self._text(said, CRM + "P190_has_symbolic_content")
                for _, said in self._parts(self._own, CRM + "P102_has_title")]  # fmt: skip

    @cached_property
    def other_numbers(self) -> list[tuple[str, str]]:
        """Other numbers: (type or "", number)."""
        found = self._parts(self._own, CRM + "P1_is_identified_by")
        symbols = CRM + "P190_has_symbolic_content"
        return [
            (self._text(said, MS + "numberType"), self._text(said, symbols)) for _, said in found
        ]

    @cached_property
    def names(self) -> list[Named]:
        """What the museum calls it: terms of the kind object_name."""
        return [
            term
            for term in self._terms(self._own, CRM + "P2_has_type")
            if "/taxon/" not in term.iri
        ]

    @cached_property
    def taxon(self) -> Named | None:
        """The scientific name as a term."""
        terms = self._terms(self._own, CRM + "P2_has_type")
        return next((term for term in terms if "/term/taxon/" in term.iri), None)

    def terms(self, predicate: str) -> list[Named]:
        """The terms of a property of the record, in alphabetical order."""
        return self._terms(self._own, predicate)

    @property
    def domains(self) -> list[Named]:
        return self.terms(MS + "domain")

    @property
    def subjects(self) -> list[Named]:
        return self.terms(CRM + "P62_depicts")

    @property
    def materials(self) -> list[Named]:
        return self.terms(CRM + "P45_consists_of")

    @property
    def uses(self) -> list[Named]:
        return self.terms(CRM + "P101_had_as_general_use")

    @property
    def vernacular(self) -> list[Named]:
        return self.terms(MS + "vernacular")

    @cached_property
    def museum(self) -> tuple[str, str]:
        """The IRI and the name of the museum that keeps it."""
        iri = self._text(self._own, CRM + "P50_has_current_keeper")
        return iri, self._label(iri) or self.entry.museum

    # Its production

    @cached_property
    def _production(self) -> tuple[str, Facts]:
        return next(self._parts(self._own, PRODUCED), ("", {}))

    @property
    def production(self) -> str | None:
        """The IRI of the production, or None when nothing is known of it."""
        return self._production[0] or None

    @cached_property
    def makers(self) -> list[Person]:
        return list(self._persons(self._production[1]))

    @cached_property
    def date(self) -> Time | None:
        return self._time(self._production[1])

    @cached_property
    def production_places(self) -> list[Place]:
        return list(self._places(self._production[1]))

    @property
    def techniques(self) -> list[Named]:
        return self._terms(self._production[1], CRM + "P32_used_general_technique")

    @property
    def periods(self) -> list[Named]:
        return self._terms(self._production[1], CRM + "P10_falls_within")

    @property
    def styles(self) -> list[Named]:
        return self._terms(self._production[1], MS + "style")

    # What it looks like

    @cached_property
    def measures(self) -> list[Measure]:
        found = []
        for _, said in self._parts(self._own, CRM + "P43_has_dimension"):
            ends = (self._text(said, CRM + name) for name in ("P2_has_type", "P91_has_unit"))
            kind, unit = (end.rsplit("/", 1)[-1] for end in ends)
            value = self._text(said, CRM + "P90_has_value")
            text = self._text(said, RDFS + "label")
            found.append(Measure(text, kind, value, unit, self._text(said, MS + "part")))
        return found

    @cached_property
    def inscriptions(self) -> list[str]:
        return [self._text(said, CRM + "P190_has_symbolic_content")
                for _, said in self._parts(self._own, CRM + "P128_carries")]  # fmt: skip

    @property
    def descriptions(self) -> list[str]:
        return self.texts(CRM + "P3_has_note")

    @cached_property
    def images(self) -> list[Image]:
        """The images that have a web address."""
        found = []
        for iri, said in self._parts(self._own, CRM + "P138i_has_representation"):
            url = self._text(said, SCHEMA + "contentUrl").strip()
            if _WEB.fullmatch(url):
                names = RDFS + "label", DCTERMS + "creator", DCTERMS + "license"
                found.append(Image(iri, url, *(self._text(said, name) for name in names)))
        return found

    # What happened to it

    @cached_property
    def acquisitions(self) -> list[Event]:
        found = self._events(CRM + "P24i_changed_ownership_through")
        return [event for event in found if "#acquisition-" in event.iri]

    @cached_property
    def gathering(self) -> Event | None:
        """The gathering of a specimen, or the discovery of an object."""
        return next(iter(self._events(CRMSCI + "O19i_was_object_encountered_by")), None)

    @cached_property
    def identification(self) -> Event | None:
        return next(iter(self._events(CRM + "P41i_was_classified_by")), None)

    @cached_property
    def exhibitions(self) -> list[Event]:
        return self._events(CRM + "P12i_was_present_at")

    @cached_property
    def examinations(self) -> list[Examination]:
        """The examinations and analyses by laboratories."""
        return [
            Examination(
                tuple(self._terms(said, CRM + "P32_used_general_technique")),
                self._text(said, MS + "laboratory"),
                self._time(said),
                self._text(said, MS + "question"),
                self._text(said, MS + "result"),
            )
            for iri, said in self._parts(self._own, CRMSCI + "O8i_was_observed_by")
            if "#analysis" in iri
        ]

    @property
    def bibliography(self) -> list[str]:
        return self.texts(DCTERMS + "bibliographicCitation")

    @property
    def rights(self) -> list[str]:
        return self.texts(DCTERMS + "rights")

    @property
    def web_pages(self) -> list[str]:
        """The pages of the museum itself on this record."""
        return [url for url in self.texts(RDFS + "seeAlso") if _WEB.fullmatch(url)]

    def texts(self, predicate: str) -> list[str]:
        """The texts of a property of the record."""
        return [term_text(value) for value in sorted(self._own.get(predicate, ()), key=term_text)]

    def dwc(self, term: str) -> str:
        """A Darwin Core term of the record, its values joined as Darwin Core does."""
        return " | ".join(self.texts(DWC + term))

    # How it is read

    def _text(self, said: Facts, predicate: str) -> str:
        return next((term_text(value) for value in said.get(predicate, ())), "")

    def _parts(self, said: Facts, predicate: str) -> Iterator[tuple[str, Facts]]:
        """The hash IRIs that a property points to, with their facts, in the museum's order."""
        found = (term_text(value) for value in said.get(predicate, ()))
        for iri in sorted(found, key=_natural):
            if iri in self.description.facts:
                yield iri, self.description.facts[iri]

    def _terms(self, said: Facts, predicate: str) -> list[Named]:
        found = (term_text(value) for value in said.get(predicate, ()))
        terms = (self._named(iri) for iri in found if iri in self.description.named)
        return sorted(terms, key=lambda term: (term.text.casefold(), term.iri))

    def _named(self, iri: str) -> Named:
        said = self.description.named[iri]
        concept = self._text(said, MS + "concept") or None
        labels = _labels(self.description.named.get(concept or "", {}))
        name = self._text(self.description.named.get(concept or "", {}), DWC + "scientificName")
        text = self._text(said, RDFS + "label")
        return Named(iri, text, self._text(said, MS + "context"), concept, labels, name)

    def _label(self, iri: str) -> str:
        return self._text(self.description.named.get(iri, {}), RDFS + "label")

    def _time(self, said: Facts) -> Time | None:
        for _, time in self._parts(said, TIME):
            years = (self._text(time, MS + name) for name in ("beginYear", "endYear"))
            begin, end = (int(year) if year else None for year in years)
            text = self._text(time, CRM + "P82_at_some_time_within")
            return Time(text, begin, end, self._text(time, MS + "edtf"))
        return None

    def _places(self, said: Facts) -> Iterator[Place]:
        for iri in sorted(term_text(value) for value in said.get(CRM + "P7_took_place_at", ())):
            known = self.description.named.get(iri, {})
            where = (self._text(known, GEO + name) for name in ("lat", "long"))
            latitude, longitude = (float(degrees) if degrees else None for degrees in where)
            country = self._text(known, MS + "countryCode")
            if self._label(iri):
                yield Place(iri, self._label(iri), country, latitude, longitude)

    def _persons(self, said: Facts) -> Iterator[Person]:
        for _, part in self._parts(said, PART):
            iri = self._text(part, CRM + "P14_carried_out_by")
            known = self.description.named.get(iri, {})
            text = self._text(part, RDFS + "label")
            years = (self._text(known, MS + name) for name in ("birthYear", "deathYear"))
            birth, death = (int(year) if year else None for year in years)
            institution = self._text(known, MS + "institution") == "true"
            role, attribution = (self._text(part, MS + n) for n in ("role", "attribution"))
            name = self._label(iri) or text
            if name:
                yield Person(iri, name, text, role, attribution, birth, death, institution)

    def _events(self, predicate: str) -> list[Event]:
        return [
            Event(
                iri,
                self._text(said, CRM + "P3_has_note") or self._text(said, RDFS + "label"),
                self._text(said, MS + "mode"),
                self._time(said),
                tuple(self._places(said)),
                tuple(self._persons(said)),
            )
            for iri, said in self._parts(self._own, predicate)
        ]


def _labels(said: Facts) -> dict[str, str]:
    """The preferred labels of a concept, French first."""
    found = {}
    for value in said.get(SKOS + "prefLabel", ()):
        if isinstance(value, ox.Literal) and value.language in ("fr", "en"):
            found[value.language] = value.value
    return dict(sorted(found.items(), reverse=True))


def _natural(iri: str) -> list[tuple[int, str]]:
    """Sorts ``#title-2`` before ``#title-10``."""
    fragment = iri.partition("#")[2]
    numbers = [(int(digits), "") for digits in _NUMBER.findall(fragment)]
    return [*numbers, (0, fragment)]


def types(said: Facts) -> set[str]:
    """The classes of a thing."""
    return {term_text(value) for value in said.get(RDF + "type", ())}
