"""The documents that can be had of a thing: by the end of their address, or by negotiation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from museosciences.publish import dublin_core, edm, iiif, lido, linked_art, rdf, xml
from museosciences.publish.description import Description
from museosciences.publish.export import as_json
from museosciences.publish.notice import Notice
from museosciences.publish.setting import Setting

# Makes the document of a record, or nothing when the record has none of this form.
Make = Callable[[Description, Setting], bytes | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the end of its address, its media type, and the syntax of RDF that it is (if so)."""

    suffix: str
    media_type: str
    syntax: str = ""


@dataclass(frozen=True, slots=True)
class RecordForm(Form):
    """A form that only records have, and what makes it."""

    make: Make = lambda _description, _setting: None


HTML = Form("html", "text/html")
# In the order of preference, when a client wants several alike.
RDF = (
    Form("ttl", "text/turtle", "turtle"),
    Form("jsonld", "application/ld+json", "jsonld"),
    Form("nt", "application/n-triples", "ntriples"),
    Form("rdf", "application/rdf+xml", "rdfxml"),
)
# Media types that mean one of these forms as well.
ALIASES: Mapping[str, str] = {
    "application/xhtml+xml": "text/html",
    "application/json": "application/ld+json",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
}


def _linked_art(description: Description, setting: Setting) -> bytes | None:
    notice = Notice(description)
    if not linked_art.publishes(notice.kind):
        return None
    return as_json(linked_art.document(notice, setting))


def _manifest(description: Description, setting: Setting) -> bytes | None:
    found = iiif.manifest(Notice(description), setting)
    return None if found is None else as_json(found)


LINKED_ART = RecordForm("la.json", linked_art.MEDIA_TYPE, make=_linked_art)
MANIFEST = RecordForm("manifest.json", iiif.MEDIA_TYPE, make=_manifest)
# Exchange formats of one record.
OF_RECORDS = (
    LINKED_ART,
    RecordForm("lido.xml", "application/xml", make=lambda d, s: b"".join(
        lido.document([Notice(d)], s))),
    RecordForm("edm.rdf", "application/rdf+xml", make=lambda d, s: b"".join(
        edm.document([Notice(d)], s))),
    RecordForm("dc.xml", "application/xml", make=lambda d, s: xml.document(
        dublin_core.element(Notice(d), s))),
)  # fmt: skip


def of_kind(kind: str) -> tuple[Form, ...]:
    """The forms in which records of a kind can be had as data."""
    return tuple(
        form for form in (*RDF, *OF_RECORDS) if form != LINKED_ART or linked_art.publishes(kind)
    )


def record(description: Description, setting: Setting, form: Form) -> bytes | None:
    """The document of a record in a form, or None when it has none."""
    if isinstance(form, RecordForm):
        return form.make(description, setting)
    return rdf.document(description, form.syntax)
