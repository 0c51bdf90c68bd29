"""LIDO 1.1: Lightweight Information Describing Objects, the harvesting schema of ICOM CIDOC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from museosciences.publish import words, xml
from museosciences.publish.notice import Event, Image, Named, Notice, Person, Place, Time
from museosciences.publish.setting import Setting, image_rights
from museosciences.publish.xml import Schema

NAMESPACE = "http://www.lido-schema.org"
SCHEMA = "http://www.lido-schema.org/schema/v1.1/lido-v1.1.xsd"
LIDO = Schema(lido=NAMESPACE, xsi=xml.XSI)

_TERMINOLOGY = "http://terminology.lido-schema.org/"
_URI = f"{_TERMINOLOGY}identifier_type/uri"
_LOCAL = f"{_TERMINOLOGY}identifier_type/local_identifier"
_MATERIAL, _TECHNIQUE = f"{_TERMINOLOGY}lido00132", f"{_TERMINOLOGY}lido00131"
_HUMAN_MADE = f"{_TERMINOLOGY}lido00096"
_CURRENT, _PREFERRED = f"{_TERMINOLOGY}lido00475", f"{_TERMINOLOGY}lido00169"
# Event types: LIDO terminology (where it has one), English and French words.
_EVENTS = {
    "production": ("lido00007", "Production", "production"),
    "acquisition": ("lido00001", "Acquisition", "acquisition"),
    "gathering": ("", "Collecting", "récolte"),
    "discovery": ("", "Finding", "découverte"),
    "identification": ("", "Type assignment", "détermination"),
    "exhibition": ("", "Exhibition", "exposition"),
}


class Record:
    """One LIDO record, written in the order of the schema."""

    def __init__(self, notice: Notice, setting: Setting) -> None:
        self.notice = notice
        self.setting = setting
        self.lang = setting.language(notice.entry)

    def element(self) -> etree._Element:
        """The element ``lido:lido``."""
        root = LIDO.root("lido:lido")
        LIDO.add(root, "lido:lidoRecID", self.notice.iri, lido_type=_URI)
        if self.notice.kind != "specimen":
            category = LIDO.add(root, "lido:category")
            LIDO.add(category, "lido:conceptID", _HUMAN_MADE, lido_type=_URI)
            LIDO.add(category, "lido:term", "Human-made object", xml_lang="en")
        described = LIDO.add(root, "lido:descriptiveMetadata", xml_lang=self.lang)
        self._classification(LIDO.add(described, "lido:objectClassificationWrap"))
        self._identification(LIDO.add(described, "lido:objectIdentificationWrap"))
        self._events(LIDO.add(described, "lido:eventWrap"))
        self._relations(LIDO.add(described, "lido:objectRelationWrap"))
        administered = LIDO.add(root, "lido:administrativeMetadata", xml_lang=self.lang)
        self._record(LIDO.add(administered, "lido:recordWrap"))
        self._resources(administered)
        return root

    # Pieces that come back

    def _concept(self, parent: etree._Element, name: str, term: Named, **more: str) -> None:
        """The words of the museum, and the concept they were recognised as with its labels."""
        found = LIDO.add(parent, name, **more)
        if term.concept:
            LIDO.add(found, "lido:conceptID", term.concept, lido_type=_URI)
        LIDO.add(found, "lido:term", term.text)
        for lang, label in (term.labels or {}).items():
            if label.casefold() != term.text.casefold():
                LIDO.add(found, "lido:term", label, xml_lang=lang, lido_addedSearchTerm="yes")

    def _word(self, parent: etree._Element, name: str, text: str, lang: str = "") -> None:
        LIDO.add(LIDO.add(parent, name), "lido:term", text, xml_lang=lang)

    def _body(self, parent: etree._Element) -> None:
        iri, name = self.notice.museum
        LIDO.add(parent, "lido:legalBodyID", iri, lido_type=_URI)
        named = LIDO.add(parent, "lido:legalBodyName")
        LIDO.add(named, "lido:appellationValue", name)

    def _date(self, parent: etree._Element, name: str, time: Time | None) -> None:
        if time is None:
            return
        found = LIDO.add(parent, name)
        LIDO.add(found, "lido:displayDate", time.text)
        if time.begin is not None or time.end is not None:
            span = LIDO.add(found, "lido:date")
            first = time.begin if time.begin is not None else time.end
            last = time.end if time.end is not None else time.begin
            LIDO.add(span, "lido:earliestDate", words.year(first))
            LIDO.add(span, "lido:latestDate", words.year(last))

    def _actor(self, event: etree._Element, person: Person) -> None:
        outer = LIDO.add(event, "lido:eventActor")
        LIDO.add(outer, "lido:displayActorInRole", person.text or person.caption)
        found = LIDO.add(outer, "lido:actorInRole")
        actor = LIDO.add(found, "lido:actor")
        if person.iri:
            LIDO.add(actor, "lido:actorID", person.iri, lido_type=_URI)
        named = LIDO.add(actor, "lido:nameActorSet")
        LIDO.add(named, "lido:appellationValue", person.name, lido_pref=_PREFERRED)
        if person.birth is not None or person.death is not None:
            dates = LIDO.add(actor, "lido:vitalDatesActor")
            if person.birth is not None:
                LIDO.add(dates, "lido:earliestDate", words.year(person.birth))
            if person.death is not None:
                LIDO.add(dates, "lido:latestDate", words.year(person.death))
        if person.role:
            self._word(found, "lido:roleActor", person.role)
        if person.attribution:
            LIDO.add(found, "lido:attributionQualifierActor", person.attribution)

    def _place(self, event: etree._Element, place: Place) -> None:
        outer = LIDO.add(event, "lido:eventPlace")
        found = LIDO.add(outer, "lido:place")
        LIDO.add(found, "lido:placeID", place.iri, lido_type=_URI)
        named = LIDO.add(found, "lido:namePlaceSet")
        LIDO.add(named, "lido:appellationValue", place.name)

    def _event(self, wrap: etree._Element, kind: str, iri: str) -> etree._Element:
        event = LIDO.add(LIDO.add(wrap, "lido:eventSet"), "lido:event")
        LIDO.add(event, "lido:eventID", iri, lido_type=_URI)
        found = LIDO.add(event, "lido:eventType")
        code, english, french = _EVENTS[kind]
        if code:
            LIDO.add(found, "lido:conceptID", _TERMINOLOGY + code, lido_type=_URI)
        LIDO.add(found, "lido:term", french, xml_lang="fr")
        LIDO.add(found, "lido:term", english, xml_lang="en")
        return event

    # The wraps, in the order of the schema

    def _classification(self, wrap: etree._Element) -> None:
        types = LIDO.add(wrap, "lido:objectWorkTypeWrap")
        notice = self.notice
        for term in notice.names:
            self._concept(types, "lido:objectWorkType", term)
        if not notice.names:
            kind = LIDO.add(types, "lido:objectWorkType")
            for lang in ("fr", "en"):
                LIDO.add(kind, "lido:term", words.KINDS[notice.kind][lang], xml_lang=lang)
        terms = [*([notice.taxon] if notice.taxon else []), *notice.domains]
        if terms:
            classes = LIDO.add(wrap, "lido:classificationWrap")
            for term in terms:
                kind_of = "taxon" if term is notice.taxon else "domain"
                self._concept(classes, "lido:classification", term, lido_type=kind_of)

    def _identification(self, wrap: etree._Element) -> None:
        notice = self.notice
        titles = LIDO.add(wrap, "lido:titleWrap")
        for title in notice.titles or [notice.label]:
            found = LIDO.add(titles, "lido:titleSet")
            LIDO.add(found, "lido:appellationValue", title)
        if notice.inscriptions:
            inscribed = LIDO.add(wrap, "lido:inscriptionsWrap")
            for text in notice.inscriptions:
                found = LIDO.add(inscribed, "lido:inscriptions")
                LIDO.add(found, "lido:inscriptionTranscription", text)
        keeper = LIDO.add(
            LIDO.add(wrap, "lido:repositoryWrap"), "lido:repositorySet", lido_type=_CURRENT
        )
        self._body(LIDO.add(keeper, "lido:repositoryName"))
        LIDO.add(keeper, "lido:workID", notice.entry.inventory_number, lido_type="inventory number")
        for kind, number in notice.other_numbers:
            LIDO.add(keeper, "lido:workID", number, lido_type=kind or "other number")
        if notice.descriptions:
            described = LIDO.add(wrap, "lido:objectDescriptionWrap")
            for text in notice.descriptions:
                found = LIDO.add(described, "lido:objectDescriptionSet", lido_type="description")
                LIDO.add(found, "lido:descriptiveNoteValue", text)
        if notice.measures:
            self._measures(LIDO.add(wrap, "lido:objectMeasurementsWrap"))

    def _measures(self, wrap: etree._Element) -> None:
        for measure in self.notice.measures:
            found = LIDO.add(wrap, "lido:objectMeasurementsSet")
            LIDO.add(found, "lido:displayObjectMeasurements", measure.text)
            if not (measure.value and measure.unit):
                continue
            inner = LIDO.add(found, "lido:objectMeasurements")
            one = LIDO.add(inner, "lido:measurementsSet")
            LIDO.add(
                one, "lido:measurementType", words.dimension(measure.type, "fr"), xml_lang="fr"
            )
            LIDO.add(one, "lido:measurementUnit", measure.unit)
            LIDO.add(one, "lido:measurementValue", measure.value)
            if measure.part:
                LIDO.add(inner, "lido:extentMeasurements", measure.part)

    def _events(self, wrap: etree._Element) -> None:
        notice = self.notice
        if notice.production:
            self._production(self._event(wrap, "production", notice.production))
        happened: list[tuple[str, Event]] = [("acquisition", e) for e in notice.acquisitions]
        if notice.gathering:
            kind = "gathering" if notice.kind == "specimen" else "discovery"
            happened.append((kind, notice.gathering))
        if notice.identification and (notice.identification.persons or notice.identification.time):
            happened.append(("identification", notice.identification))
        happened += [("exhibition", event) for event in notice.exhibitions]
        for kind, event in happened:
            found = self._event(wrap, kind, event.iri)
            for person in event.persons:
                self._actor(found, person)
            self._date(found, "lido:eventDate", event.time)
            for place in event.places:
                self._place(found, place)
            if event.mode:
                self._word(found, "lido:eventMethod", event.mode)
            if event.text:
                note = LIDO.add(found, "lido:eventDescriptionSet")
                LIDO.add(note, "lido:descriptiveNoteValue", event.text)

    def _production(self, event: etree._Element) -> None:
        notice = self.notice
        for person in notice.makers:
            self._actor(event, person)
        for style in notice.styles:
            self._concept(event, "lido:culture", style)
        self._date(event, "lido:eventDate", notice.date)
        for period in notice.periods:
            self._concept(event, "lido:periodName", period)
        for place in notice.production_places:
            self._place(event, place)
        terms = [(_MATERIAL, term) for term in notice.materials]
        terms += [(_TECHNIQUE, term) for term in notice.techniques]
        if terms:
            made = LIDO.add(event, "lido:eventMaterialsTech")
            LIDO.add(made, "lido:displayMaterialsTech", " ; ".join(term.text for _, term in terms))
            inner = LIDO.add(made, "lido:materialsTech")
            for kind, term in terms:
                self._concept(inner, "lido:termMaterialsTech", term, lido_type=kind)

    def _relations(self, wrap: etree._Element) -> None:
        if self.notice.subjects:
            subjects = LIDO.add(wrap, "lido:subjectWrap")
            for term in self.notice.subjects:
                subject = LIDO.add(LIDO.add(subjects, "lido:subjectSet"), "lido:subject")
                self._concept(subject, "lido:subjectConcept", term)
        if self.notice.links:
            works = LIDO.add(wrap, "lido:relatedWorksWrap")
            for link in self.notice.links:
                found = LIDO.add(works, "lido:relatedWorkSet")
                work = LIDO.add(found, "lido:relatedWork")
                LIDO.add(work, "lido:displayObject", link.explanation.get("fr", ""), xml_lang="fr")
                other = LIDO.add(work, "lido:object")
                LIDO.add(other, "lido:objectWebResource", link.other)
                LIDO.add(other, "lido:objectID", link.other, lido_type=_URI)
                LIDO.add(other, "lido:objectNote", link.other_label)
                kind = LIDO.add(found, "lido:relatedWorkRelType")
                for lang in ("fr", "en"):
                    said = words.link(link.type, lang, forward=link.forward)
                    LIDO.add(kind, "lido:term", said, xml_lang=lang)

    def _record(self, wrap: etree._Element) -> None:
        entry = self.notice.entry
        LIDO.add(wrap, "lido:recordID", entry.path, lido_type=_LOCAL)
        kind = LIDO.add(wrap, "lido:recordType")
        for lang in ("fr", "en"):
            LIDO.add(kind, "lido:term", words.KINDS[entry.kind][lang], xml_lang=lang)
        self._body(LIDO.add(wrap, "lido:recordSource"))
        stated = self.setting.licence(entry, self.notice.rights)
        if stated:
            rights = LIDO.add(LIDO.add(wrap, "lido:recordRights"), "lido:rightsType")
            LIDO.add(rights, "lido:conceptID", stated, lido_type=_URI)
            LIDO.add(rights, "lido:term", stated)
        info = LIDO.add(wrap, "lido:recordInfoSet")
        LIDO.add(info, "lido:recordInfoLink", self.notice.iri)
        for page in self.notice.web_pages:
            LIDO.add(info, "lido:recordInfoLink", page)
        LIDO.add(info, "lido:recordMetadataDate", entry.changed, lido_type="modified")

    def _resources(self, parent: etree._Element) -> None:
        if self.notice.images:
            wrap = LIDO.add(parent, "lido:resourceWrap")
            for image in self.notice.images:
                self._resource(LIDO.add(wrap, "lido:resourceSet"), image)

    def _resource(self, found: etree._Element, image: Image) -> None:
        LIDO.add(found, "lido:resourceID", image.iri, lido_type=_URI)
        LIDO.add(LIDO.add(found, "lido:resourceRepresentation"), "lido:linkResource", image.url)
        rights = LIDO.add(found, "lido:rightsResource")
        kind = LIDO.add(rights, "lido:rightsType")
        LIDO.add(kind, "lido:conceptID", image_rights(image.licence), lido_type=_URI)
        LIDO.add(kind, "lido:term", image.licence)
        if image.credit:
            LIDO.add(rights, "lido:creditLine", image.credit)


def element(notice: Notice, setting: Setting) -> etree._Element:
    """One record as ``lido:lido``."""
    return Record(notice, setting).element()


def document(notices: Iterable[Notice], setting: Setting) -> Iterator[bytes]:
    """Many records as one ``lido:lidoWrap``."""
    root = LIDO.root("lido:lidoWrap", xsi_schemaLocation=f"{NAMESPACE} {SCHEMA}")
    return xml.wrapped(root, (element(notice, setting) for notice in notices))
