"""Linked Art (linked.art, API 1.0): JSON-LD of human-made objects on CIDOC-CRM.

The profile knows objects that people made; specimens are published as Darwin Core.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from museosciences.publish import words
from museosciences.publish.notice import Event, Measure, Named, Notice, Person, Place, Time
from museosciences.publish.setting import Setting, uri

CONTEXT = "https://linked.art/ns/v1/linked-art.json"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'
AAT = "http://vocab.getty.edu/aat/"
# Classifications that Linked Art asks for, by their identifier in the AAT.
_ACCESSION, _TITLE = "300312355", "300404670"
_DESCRIPTION, _CITATION, _INSCRIPTION = "300435416", "300311705", "300435414"
_RIGHTS, _BRIEF = "300435434", "300418049"
_ARTWORK, _WEB_PAGE = "300133025", "300264578"

Json = dict[str, Any]


def publishes(kind: str) -> bool:
    """Whether records of a kind are Linked Art objects."""
    return kind != "specimen"


def document(notice: Notice, setting: Setting) -> Json:
    """One record as a Linked Art object."""
    museum, name = notice.museum
    found: Json = {
        "@context": CONTEXT,
        "id": uri(notice.iri),
        "type": "HumanMadeObject",
        "_label": notice.label,
        "identified_by": _identified(notice),
        "classified_as": _classified(notice),
        "referred_to_by": _statements(notice),
        "dimension": [_dimension(m) for m in notice.measures if m.value and m.unit in words.UNITS],
        "made_of": [_type(term, "Material") for term in notice.materials],
        "current_custodian": [{"id": uri(museum), "type": "Group", "_label": name}],
        "representation": _images(notice),
        "subject_of": [_page(notice, setting)],
        "produced_by": _production(notice),
        "encountered_by": _encounter(notice),
        "changed_ownership_through": [_acquisition(event) for event in notice.acquisitions],
    }
    return {key: value for key, value in found.items() if value}


def _aat(code: str, label: str) -> Json:
    return {"id": AAT + code, "type": "Type", "_label": label}


def _type(term: Named, kind: str = "Type") -> Json:
    """A term: the words of the museum, and the concept they were recognised as."""
    found: Json = {"id": uri(term.iri), "type": kind, "_label": term.text}
    if term.concept:
        label = next(iter((term.labels or {}).values()), term.text)
        found["equivalent"] = [{"id": uri(term.concept), "type": kind, "_label": label}]
    return found


def _identified(notice: Notice) -> list[Json]:
    titles = [
        {"type": "Name", "content": title, "classified_as": [_aat(_TITLE, "titre")]}
        for title in notice.titles or [notice.label]
    ]
    accession = {
        "type": "Identifier",
        "content": notice.entry.inventory_number,
        "classified_as": [_aat(_ACCESSION, "numéro d’inventaire")],
    }
    others = [
        {"type": "Identifier", "content": number, **({"_label": kind} if kind else {})}
        for kind, number in notice.other_numbers
        if number
    ]
    return [*titles, accession, *others]


def _classified(notice: Notice) -> list[Json]:
    types = [_type(term) for term in (*notice.names, *notice.domains)]
    return [*types, _aat(_ARTWORK, "œuvre")] if notice.kind == "object" else types


def _statements(notice: Notice) -> list[Json]:
    """Descriptions, inscriptions, subjects and citations, as statements on the object."""
    subjects = " ; ".join(term.text for term in notice.subjects)
    stated = [
        *((text, _DESCRIPTION, "description") for text in notice.descriptions),
        *((text, _INSCRIPTION, "inscription") for text in notice.inscriptions),
        *((text, _CITATION, "citation") for text in notice.bibliography),
        *((text, _RIGHTS, "droits") for text in notice.rights),
        *([(subjects, _BRIEF, "sujets représentés")] if subjects else []),
    ]
    return [
        {"type": "LinguisticObject", "content": text, "classified_as": [_aat(code, label)]}
        for text, code, label in stated
        if text
    ]


def _dimension(measure: Measure) -> Json:
    concept = words.dimension_type(measure.type)
    name = words.dimension(measure.type, "fr")
    return {
        "type": "Dimension",
        "_label": measure.text or f"{name} {measure.value} {measure.unit}",
        **({"classified_as": [{"id": concept, "type": "Type", "_label": name}]} if concept else {}),
        "value": float(measure.value),
        "unit": {
            "id": words.UNITS[measure.unit],
            "type": "MeasurementUnit",
            "_label": measure.unit,
        },
    }


def _person(person: Person) -> Json:
    kind = "Group" if person.institution else "Person"
    return {"id": uri(person.iri), "type": kind, "_label": person.caption}


def _places(places: Iterable[Place]) -> list[Json]:
    return [{"id": uri(place.iri), "type": "Place", "_label": place.name} for place in places]


def span(time: Time | None) -> Json | None:
    """A date as a TimeSpan; years outside 1–9999 have no xsd:dateTime and keep their words."""
    if time is None:
        return None
    found: Json = {"type": "TimeSpan", "_label": time.text,
                   "identified_by": [{"type": "Name", "content": time.text}]}  # fmt: skip
    begin = time.begin if time.begin is not None else time.end
    end = time.end if time.end is not None else time.begin
    if begin is not None and 1 <= begin <= 9999:
        found["begin_of_the_begin"] = f"{words.year(begin)}-01-01T00:00:00Z"
    if end is not None and 1 <= end <= 9999:
        found["end_of_the_end"] = f"{words.year(end)}-12-31T23:59:59Z"
    return found


def _event(kind: str, **members: Any) -> Json:
    return {"type": kind, **{key: value for key, value in members.items() if value}}


def _part(person: Person) -> Json:
    """The part of one maker in the production, with the museum's own words on it."""
    said = [
        {"type": "LinguisticObject", "content": text}
        for text in (person.role, person.attribution)
        if text
    ]
    maker = [_person(person)] if person.iri else []
    label = person.text or person.caption
    return _event("Production", _label=label, carried_out_by=maker, referred_to_by=said)


def _production(notice: Notice) -> Json | None:
    if notice.production is None:
        return None
    return _event(
        "Production",
        timespan=span(notice.date),
        took_place_at=_places(notice.production_places),
        technique=[_type(term) for term in notice.techniques],
        classified_as=[_type(term) for term in (*notice.periods, *notice.styles)],
        part=[_part(person) for person in notice.makers],
    )


def _encounter(notice: Notice) -> list[Json]:
    found = notice.gathering
    if found is None:
        return []
    finders = [_person(person) for person in found.persons if person.iri]
    places = _places(found.places)
    return [_event("Encounter", _label=found.text, timespan=span(found.time),
                   took_place_at=places, carried_out_by=finders)]  # fmt: skip


def _acquisition(event: Event) -> Json:
    label = event.mode or event.text
    said = [{"type": "LinguisticObject", "content": event.text}] if event.text else []
    people = [_person(person) for person in event.persons if person.iri]
    return _event("Acquisition", _label=label, timespan=span(event.time), referred_to_by=said,
                  transferred_title_from=people)  # fmt: skip


def _images(notice: Notice) -> list[Json]:
    return [
        {
            "type": "VisualItem",
            "digitally_shown_by": [
                {
                    "id": uri(image.iri),
                    "type": "DigitalObject",
                    "_label": image.text or notice.label,
                    "access_point": [{"id": uri(image.url), "type": "DigitalObject"}],
                }
            ],
        }
        for image in notice.images
    ]


def _page(notice: Notice, setting: Setting) -> Json:
    """The page that people read on the record."""
    pages = [setting.document(notice.entry, "html"), *map(uri, notice.web_pages)]
    carried = [{"id": page, "type": "DigitalObject"} for page in pages]
    shown = [
        {"type": "DigitalObject", "access_point": [page], "format": "text/html",
         "classified_as": [_aat(_WEB_PAGE, "page web")]}
        for page in carried
    ]  # fmt: skip
    return {"type": "LinguisticObject", "_label": notice.label, "digitally_carried_by": shown}
