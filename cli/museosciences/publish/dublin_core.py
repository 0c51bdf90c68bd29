"""Unqualified Dublin Core as OAI-PMH wants it (``oai_dc``): fifteen elements, all repeatable."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from museosciences.publish import words, xml
from museosciences.publish.notice import Named, Notice
from museosciences.publish.setting import PROVIDER, Setting
from museosciences.publish.xml import Schema

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = Schema(oai_dc=NAMESPACE, dc="http://purl.org/dc/elements/1.1/", xsi=xml.XSI)

# DCMI Type Vocabulary.
_PHYSICAL = "PhysicalObject"


def element(notice: Notice, setting: Setting) -> etree._Element:
    """One record as ``oai_dc:dc``; each value once, the language where it is known."""
    root = DC.root("oai_dc:dc", xsi_schemaLocation=f"{NAMESPACE} {SCHEMA}")
    seen = set()
    for name, text, lang in _values(notice, setting):
        if text and (name, text) not in seen:
            seen.add((name, text))
            DC.add(root, f"dc:{name}", text, xml_lang=lang)
    return root


def _values(notice: Notice, setting: Setting) -> Iterator[tuple[str, str, str]]:
    """Elements with their text and its language."""
    lang = setting.tag(notice.entry)
    for title in notice.titles or [notice.label]:
        yield "title", title, lang
    for person in notice.makers:
        yield "creator", person.caption, ""
    for term in (*notice.subjects, *notice.vernacular):
        yield from _term("subject", term, lang)
    if notice.taxon:
        yield "subject", notice.taxon.text, "la"
    for text in (*notice.descriptions, *notice.inscriptions):
        yield "description", text, lang
    yield "publisher", notice.museum[1], "fr"
    yield "contributor", PROVIDER, ""
    if notice.gathering:
        for person in notice.gathering.persons:
            yield "contributor", person.caption, ""
    yield from _dates(notice)
    yield "type", _PHYSICAL, "en"
    yield "type", words.KINDS[notice.kind]["fr"], "fr"
    for term in (*notice.names, *notice.domains):
        yield from _term("type", term, lang)
    for term in (*notice.materials, *notice.techniques):
        yield from _term("format", term, lang)
    for measure in notice.measures:
        yield "format", measure.text, lang
    yield "identifier", notice.iri, ""
    yield "identifier", notice.entry.inventory_number, ""
    for image in notice.images:
        yield "identifier", image.url, ""
    for page in notice.web_pages:
        yield "source", page, ""
    for link in notice.links:
        yield "relation", link.other, ""
    for place in (
        *notice.production_places,
        *(notice.gathering.places if notice.gathering else ()),
    ):
        yield "coverage", place.name, ""
    for term in (*notice.periods, *notice.styles):
        yield from _term("coverage", term, lang)
    yield "rights", setting.licence(notice.entry, notice.rights) or "", ""
    for text in notice.rights:
        yield "rights", text, ""


def _term(name: str, term: Named, lang: str) -> Iterator[tuple[str, str, str]]:
    """The words of the museum, and the French label where it says it otherwise."""
    yield name, term.text, lang
    label = (term.labels or {}).get("fr", "")
    if label.casefold() != term.text.casefold():
        yield name, label, "fr"


def _dates(notice: Notice) -> Iterator[tuple[str, str, str]]:
    times = [notice.date, notice.gathering.time if notice.gathering else None]
    for time in times:
        if time is None:
            continue
        yield "date", time.text, ""
        span = dict.fromkeys(
            year for year in (words.year(time.begin), words.year(time.end)) if year
        )
        yield "date", "/".join(span), ""
