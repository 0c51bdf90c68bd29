"""The Europeana Data Model (EDM, external profile), as RDF/XML in the order its schema wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from museosciences.publish import words, xml
from museosciences.publish.notice import Named, Notice, Person, Place, Time
from museosciences.publish.setting import PROVIDER, Setting, image_rights
from museosciences.publish.xml import Schema

NAMESPACE = "http://www.europeana.eu/schemas/edm/"
SCHEMA = "http://www.europeana.eu/schemas/edm/EDM.xsd"
EDM = Schema(
    rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    edm=NAMESPACE,
    ore="http://www.openarchives.org/ore/terms/",
    dc="http://purl.org/dc/elements/1.1/",
    dcterms="http://purl.org/dc/terms/",
    skos="http://www.w3.org/2004/02/skos/core#",
    rdaGr2="http://rdvocab.info/ElementsGr2/",
    wgs84_pos="http://www.w3.org/2003/01/geo/wgs84_pos#",
    xsi=xml.XSI,
)


class Record:
    """One record: the object, its web resources, what it names, and the aggregation."""

    def __init__(self, notice: Notice, setting: Setting, root: etree._Element) -> None:
        self.notice = notice
        self.root = root
        self.lang = setting.tag(notice.entry)
        # What the object names, described once after it, by IRI.
        self._agents: dict[str, Person] = {}
        self._places: dict[str, Place] = {}
        self._times: dict[str, Time] = {}
        self._concepts: dict[str, Named] = {}

    def fill(self) -> None:
        """Write the resources of the record into the root, in the order of the schema."""
        self._object()
        for image in self.notice.images:
            found = EDM.add(self.root, "edm:WebResource", rdf_about=image.url)
            EDM.add(found, "dc:creator", image.credit)
            EDM.add(found, "dc:description", image.text)
            self._resource(found, "edm:rights", image_rights(image.licence))
        for iri, person in self._agents.items():
            self._agent(iri, person)
        for iri, place in self._places.items():
            self._place(iri, place)
        for iri, time in self._times.items():
            self._time(iri, time)
        for iri, term in self._concepts.items():
            self._concept(iri, term)
        self._aggregation()

    def _literal(self, parent: etree._Element, name: str, text: str, lang: str = "") -> None:
        if text.strip():
            EDM.add(parent, name, text, xml_lang=lang)

    def _resource(self, parent: etree._Element, name: str, iri: str) -> None:
        EDM.add(parent, name, rdf_resource=iri)

    def _terms(self, parent: etree._Element, name: str, terms: Iterable[Named]) -> None:
        """The words of the museum, and the concept they were recognised as."""
        seen: set[str] = set()
        for term in terms:
            self._literal(parent, name, term.text, self.lang)
            if term.concept and term.labels and term.concept not in seen:
                seen.add(term.concept)
                self._concepts[term.concept] = term
                self._resource(parent, name, term.concept)

    def _persons(self, parent: etree._Element, name: str, persons: Iterable[Person]) -> None:
        for person in persons:
            if person.iri:
                self._agents[person.iri] = person
                self._resource(parent, name, person.iri)
            else:
                self._literal(parent, name, person.text)

    def _object(self) -> None:
        notice, lang = self.notice, self.lang
        found = EDM.add(self.root, "edm:ProvidedCHO", rdf_about=notice.iri)
        gathering = notice.gathering
        if gathering:
            self._persons(found, "dc:contributor", gathering.persons)
        self._persons(found, "dc:creator", notice.makers)
        if gathering and gathering.time:
            self._literal(found, "dc:date", gathering.time.text)
        for text in (*notice.descriptions, *notice.inscriptions):
            self._literal(found, "dc:description", text, lang)
        self._terms(found, "dc:format", notice.techniques)
        self._literal(found, "dc:identifier", notice.entry.inventory_number)
        for _, number in notice.other_numbers:
            self._literal(found, "dc:identifier", number)
        for text in notice.rights:
            self._literal(found, "dc:rights", text)
        taxon = [notice.taxon] if notice.taxon else []
        self._terms(found, "dc:subject", (*notice.subjects, *notice.vernacular, *taxon))
        for title in notice.titles or [notice.label]:
            self._literal(found, "dc:title", title, lang)
        kind = words.KINDS[notice.kind]
        for code in ("fr", "en"):
            self._literal(found, "dc:type", kind[code], code)
        self._terms(found, "dc:type", (*notice.names, *notice.domains))
        self._made(found)
        for link in notice.links:
            self._resource(found, "edm:isRelatedTo", link.other)
        self._literal(found, "edm:type", "IMAGE")

    def _made(self, found: etree._Element) -> None:
        """The terms of DCMI: creation, materials, size, provenance, place and time."""
        notice = self.notice
        if notice.date:
            self._literal(found, "dcterms:created", notice.date.text)
        for measure in notice.measures:
            self._literal(found, "dcterms:extent", measure.text, self.lang)
        for text in notice.bibliography:
            self._literal(found, "dcterms:isReferencedBy", text)
        self._terms(found, "dcterms:medium", notice.materials)
        for event in notice.acquisitions:
            self._literal(found, "dcterms:provenance", event.text, self.lang)
        places = (*notice.production_places, *(notice.gathering.places if notice.gathering else ()))
        for place in dict.fromkeys(places):
            self._places[place.iri] = place
            self._resource(found, "dcterms:spatial", place.iri)
        self._terms(found, "dcterms:temporal", (*notice.periods, *notice.styles))
        if notice.date and notice.date.begin is not None:
            span = f"{notice.iri}#production-time"
            self._times[span] = notice.date
            self._resource(found, "dcterms:temporal", span)

    # What the object names

    def _agent(self, iri: str, person: Person) -> None:
        found = EDM.add(self.root, "edm:Agent", rdf_about=iri)
        self._literal(found, "skos:prefLabel", person.name)
        if person.birth is not None:
            self._literal(found, "rdaGr2:dateOfBirth", words.year(person.birth))
        if person.death is not None:
            self._literal(found, "rdaGr2:dateOfDeath", words.year(person.death))

    def _place(self, iri: str, place: Place) -> None:
        found = EDM.add(self.root, "edm:Place", rdf_about=iri)
        if place.latitude is not None and place.longitude is not None:
            self._literal(found, "wgs84_pos:lat", f"{place.latitude:.6f}")
            self._literal(found, "wgs84_pos:long", f"{place.longitude:.6f}")
        self._literal(found, "skos:prefLabel", place.name)

    def _time(self, iri: str, time: Time) -> None:
        found = EDM.add(self.root, "edm:TimeSpan", rdf_about=iri)
        self._literal(found, "skos:prefLabel", time.text)
        self._literal(found, "edm:begin", words.year(time.begin))
        self._literal(
            found, "edm:end", words.year(time.end if time.end is not None else time.begin)
        )

    def _concept(self, iri: str, term: Named) -> None:
        found = EDM.add(self.root, "skos:Concept", rdf_about=iri)
        for lang, label in (term.labels or {}).items():
            self._literal(found, "skos:prefLabel", label, lang)

    def _aggregation(self) -> None:
        notice = self.notice
        found = EDM.add(self.root, "ore:Aggregation", rdf_about=f"{notice.iri}#aggregation")
        self._resource(found, "edm:aggregatedCHO", notice.iri)
        self._literal(found, "edm:dataProvider", notice.museum[1])
        for image in notice.images[1:]:
            self._resource(found, "edm:hasView", image.url)
        self._resource(found, "edm:isShownAt", (notice.web_pages or [notice.iri])[0])
        if notice.images:
            self._resource(found, "edm:isShownBy", notice.images[0].url)
            self._resource(found, "edm:object", notice.images[0].url)
        self._literal(found, "edm:provider", PROVIDER)
        words_of_museum = notice.images[0].licence if notice.images else ""
        self._resource(found, "edm:rights", image_rights(words_of_museum))


def element(notice: Notice, setting: Setting) -> etree._Element:
    """One record as ``rdf:RDF``."""
    root = EDM.root("rdf:RDF")
    Record(notice, setting, root).fill()
    return root


def document(notices: Iterable[Notice], setting: Setting) -> Iterator[bytes]:
    """Many records as one ``rdf:RDF``, each with the concepts, agents and places it names."""
    start, end = xml.ends(EDM.root("rdf:RDF"))
    yield start
    for notice in notices:
        for child in element(notice, setting):
            yield xml.written(child) + b"\n"
    yield end
