"""The page of a record: a museum notice, with its links, its source row and its provenance."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from fastapi import Request, Response

from museosciences.iris import DWC, MS
from museosciences.publish.collection import Entry
from museosciences.publish.description import Reader
from museosciences.publish.notice import Event, Examination, Measure, Named, Notice, Person, Place
from museosciences.report.wording import Wording
from museosciences.serve.live import Current
from museosciences.serve.pages.frame import render, wording
from museosciences.serve.pages.graph import links_of, node, rows
from museosciences.serve.pages.judging import status_of
from museosciences.serve.pages.keeping import kept
from museosciences.serve.pages.neighbourhood import drawing
from museosciences.values.dates import shown

_readers = threading.local()
# Documents that every record has, with what they are called.
FORMS = (
    ("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"),
    ("lido.xml", "LIDO"), ("edm.rdf", "EDM"), ("dc.xml", "Dublin Core"), ("la.json", "Linked Art"),
)  # fmt: skip
_TYPES = {
    "height": ("H.", "H."), "width": ("l.", "W."), "length": ("L.", "L."), "depth": ("P.", "D."),
    "diameter": ("D.", "Diam."), "thickness": ("Ép.", "Th."), "weight": ("Poids", "Weight"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a heading: its text, the page it leads to ("" for none), and a remark."""

    text: str
    leads: str = ""
    remark: str = ""


Heading = tuple[str, list[Value]]


@kept
def record(request: Request, here: Current, path: str) -> Response:
    """The page of the record of a path that is known to live."""
    entry, notice = _read(here, path)
    w = wording(request)
    own = links_of(here, w.lang, notice.iri)
    return render(
        request,
        here.base,
        "record.html",
        notice=notice,
        headings=list(_said(headings(notice, w))),
        selections=_selections(here, path, w.lang),
        links=own[:25],
        status=lambda one: status_of(request, here, one),
        drawing=drawing(own, notice.iri, w),
        source_rows=here.register.rows_of(path),
        findings=here.register.findings_of(path),
        source=_source(here, entry.source),
        forms=FORMS,
        published=here.setting.collection.iri(entry),
        changed=entry.changed,
    )


def _read(here: Current, path: str) -> tuple[Entry, Notice]:
    """A record that is known to live, read by a reader that remembers what many records name."""
    entry = here.entry(path)
    assert entry is not None
    # A reader is for one thread and one build.
    of, reader = getattr(_readers, "own", (None, None))
    if of is not here or reader is None:
        reader = Reader(here.setting.collection, size=1)
        _readers.own = (here, reader)
    description = reader.one(entry)
    assert description is not None
    return entry, Notice(description)


def _said(found: Iterable[Heading]) -> Iterator[Heading]:
    """The headings that say something."""
    for title, values in found:
        kept = [value for value in values if value.text]
        if kept:
            yield title, kept


def _source(here: Current, name: str) -> dict[str, Any]:
    found: dict[str, Any] = here.once("sources", here.setting.collection.sources).get(name, {})
    return found


def _selections(here: Current, path: str, lang: str) -> list[tuple[str, str]]:
    """The axes and vitrines of a record: what it is called, and why it belongs there."""
    query = """SELECT ?for ?label ?why WHERE { ?s ms:selects ?r ; ms:selected true ; ms:for ?for ;
        ms:reason ?why . ?for rdfs:label ?label .
        FILTER(LANG(?why) = ?lang && LANG(?label) = ?lang) } ORDER BY ?for"""
    given: dict[str, Any] = {"r": node(here, path), "lang": ox.Literal(lang)}
    return [(label, why) for _, label, why in rows(here.store, query, given)]


# What the notice says


def headings(notice: Notice, w: Wording) -> Iterator[Heading]:
    """The headings of a notice in the order of a museum, each with its values."""
    yield w("Numéro d’inventaire", "Inventory number"), [Value(notice.entry.inventory_number)]
    yield w("Autres numéros", "Other numbers"), [Value(n, "", t) for t, n in notice.other_numbers]
    yield w("Désignation", "Object name"), _named(notice.names, w)
    if len(notice.titles) > 1 or (notice.titles and notice.titles[0] != notice.label):
        yield w("Titre", "Title"), [Value(title) for title in notice.titles]
    yield from _biology(notice, w)
    yield w("Auteur", "Maker"), _persons(notice.makers)
    yield w("Date", "Date"), [Value(shown(notice.date.text))] if notice.date else []
    yield w("Période", "Period"), _named(notice.periods, w)
    yield w("École, style", "School, style"), _named(notice.styles, w)
    yield w("Lieu de création", "Place of production"), _places(notice.production_places)
    yield w("Matières", "Materials"), _named(notice.materials, w)
    yield w("Techniques", "Techniques"), _named(notice.techniques, w)
    yield w("Mesures", "Dimensions"), [Value(_measure(one, w)) for one in notice.measures]
    yield w("Inscriptions", "Inscriptions"), [Value(text) for text in notice.inscriptions]
    yield w("Sujets représentés", "Subjects"), _named(notice.subjects, w)
    yield w("Description", "Description"), [Value(text) for text in notice.descriptions]
    yield w("Domaine", "Domain"), _named(notice.domains, w)
    yield w("Utilisation", "Use"), _named(notice.uses, w)
    yield from _life(notice, w)
    yield w("Bibliographie", "Bibliography"), [Value(text) for text in notice.bibliography]
    yield w("Droits", "Rights"), [Value(text) for text in notice.rights]
    pages = [Value(page, page) for page in notice.web_pages]
    yield w("Page du musée", "Page of the museum"), pages


def _biology(notice: Notice, w: Wording) -> Iterator[Heading]:
    """What is said of a specimen."""
    taxon = notice.taxon
    if taxon is not None:
        yield w("Nom scientifique", "Scientific name"), _named([taxon], w)
    yield w("Nom commun", "Common name"), _named(notice.vernacular, w)
    ranks = ("kingdom", "phylum", "class", "order", "family")
    above = [text for text in (notice.dwc(rank) for rank in ranks) if text]
    yield w("Classification", "Classification"), [Value(" › ".join(above))] if above else []
    yield w("Type nomenclatural", "Type status"), _texts(notice, "typeStatus")
    if notice.identification is not None:
        yield w("Détermination", "Identification"), [_event(notice.identification, w)]
    if notice.gathering is not None:
        title = w("Récolte", "Gathering") if notice.kind == "specimen" else w(
            "Découverte", "Discovery")  # fmt: skip
        yield title, [_event(notice.gathering, w)]
    yield w("Sexe", "Sex"), _texts(notice, "sex")
    yield w("Stade", "Life stage"), _texts(notice, "lifeStage")
    yield w("Nombre d’individus", "Individual count"), _texts(notice, "individualCount")
    yield w("Préparation", "Preparation"), _named(notice.terms(MS + "preparation"), w)
    yield w("Âge géologique", "Geological age"), _named(notice.terms(MS + "stratum"), w)


def _life(notice: Notice, w: Wording) -> Iterator[Heading]:
    """What happened to it in the museum."""
    yield w("Acquisition", "Acquisition"), [_event(one, w) for one in notice.acquisitions]
    examined = [value for one in notice.examinations for value in _examination(one, w)]
    yield w("Examens et analyses", "Examinations and analyses"), examined
    yield w("Expositions", "Exhibitions"), [_event(one, w) for one in notice.exhibitions]


def _texts(notice: Notice, term: str) -> list[Value]:
    return [Value(text) for text in notice.texts(DWC + term) if text]


def _named(terms: list[Named], w: Wording) -> list[Value]:
    """Terms of the museum; what one was recognised as is said where it is another word."""
    found = []
    for term in terms:
        label = (term.labels or {}).get(w.lang, "")
        other = label if label and label.casefold() != term.text.casefold() else ""
        found.append(Value(term.text, term.concept or "", w.set(other)))
    return found


def _persons(persons: list[Person]) -> list[Value]:
    return [
        Value(one.caption, one.iri, ", ".join(filter(None, (one.attribution, one.role))))
        for one in persons
    ]


def _places(places: list[Place]) -> list[Value]:
    return [Value(place.name, place.iri) for place in places]


def _measure(one: Measure, w: Wording) -> str:
    if not one.value or one.type not in _TYPES:
        return one.text
    number = w.number(float(one.value), 1).removesuffix(",0").removesuffix(".0")
    part = f" ({one.part})" if one.part else ""
    return f"{w(*_TYPES[one.type])} {number} {one.unit}{part}"


def _examination(one: Examination, w: Wording) -> Iterator[Value]:
    """The techniques with the laboratory and the date, then what was asked and found."""
    where = ", ".join(filter(None, (one.laboratory, shown(one.time.text) if one.time else "")))
    techniques = _named(list(one.techniques), w)
    yield from (Value(value.text, value.leads, where) for value in techniques[:1])
    yield from techniques[1:]
    if not techniques and where:
        yield Value(where)
    told = " – ".join(filter(None, (one.question, one.result)))
    if told:
        yield Value(told)


def _event(event: Event, w: Wording) -> Value:
    """An event in one line: what, who, where, when."""
    who = ", ".join(dict.fromkeys(person.caption for person in event.persons))
    where = ", ".join(place.name for place in event.places)
    when = shown(event.time.text) if event.time else ""
    parts = list(dict.fromkeys(filter(None, (event.mode, who, where, when))))
    if not parts:
        return Value(event.text)
    leads = event.persons[0].iri if len(event.persons) == 1 else ""
    return Value(w(" ; ", "; ").join(parts), leads)
