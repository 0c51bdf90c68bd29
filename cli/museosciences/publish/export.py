"""All formats by name: the same functions for files and for a server."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from museosciences.errors import InputError, Place, Said
from museosciences.publish import (
    activity,
    dcat,
    dublin_core,
    dwca,
    edm,
    iiif,
    lido,
    linked_art,
    rdf,
    xml,
    zipped,
)
from museosciences.publish.collection import Entry, Selection
from museosciences.publish.description import Description, Reader
from museosciences.publish.notice import Notice
from museosciences.publish.setting import Setting


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported: everything, what a selection selects, or one record."""

    selection: Selection = field(default_factory=Selection)
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its usual file extension, its media type, what it is, and what makes it.

    ``selective`` is whether it can be made of one museum, one kind or one axis; ``single``
    whether it can be made of one record, and is then a plain document where it is else a ZIP.
    """

    extension: str
    media_type: str
    title: tuple[str, str]
    make: Callable[[Setting, Wanted], Iterator[bytes]]
    selective: bool = True
    single: bool = True


def export(setting: Setting, name: str, wanted: Wanted | None = None) -> Iterator[bytes]:
    """A format by its name, as bytes, chunk by chunk.

    Raises InputError when there is no such record, or when the record has no such form.
    """
    return FORMATS[name].make(setting, wanted or Wanted())


def compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks as a gzip stream; the same bytes give the same stream."""
    buffer = BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as packed:
        for chunk in chunks:
            packed.write(chunk)
            if buffer.tell():
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
    yield buffer.getvalue()


# What is exported


def _entries(setting: Setting, wanted: Wanted) -> Iterator[Entry]:
    if wanted.record is None:
        return setting.collection.entries(wanted.selection)
    return iter([_entry(setting, wanted.record)])


def _entry(setting: Setting, name: str) -> Entry:
    path = name.removeprefix(setting.base)
    found = setting.collection.entry(path)
    if found is None or found.deleted:
        raise InputError(
            Said("il n’y a pas de telle notice", "there is no such record"),
            place=Place(value=name),
            remedy=Said(
                "donner son adresse, ou son chemin : object/MUSÉE/NUMÉRO D’INVENTAIRE",
                "give its IRI, or its path: object/MUSEUM/INVENTORY NUMBER",
            ),
        )
    return found


def _descriptions(setting: Setting, wanted: Wanted) -> Iterator[Description]:
    return Reader(setting.collection).read(_entries(setting, wanted))


def _notices(setting: Setting, wanted: Wanted) -> Iterator[Notice]:
    return map(Notice, _descriptions(setting, wanted))


# RDF


def _nquads(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    if wanted == Wanted():
        return rdf.whole(setting.collection)
    return rdf.of_records(setting.collection, _entries(setting, wanted))


def _turtle(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    return rdf.turtle(_descriptions(setting, wanted))


def _rdfxml(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    return rdf.cidoc(_descriptions(setting, wanted))


def _jsonld(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    if wanted.record is not None:
        return (rdf.document(d, "jsonld") for d in _descriptions(setting, wanted))
    return rdf.jsonld(_descriptions(setting, wanted))


# Documents of records


def _lido(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    return lido.document(_notices(setting, wanted), setting)


def _edm(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    return edm.document(_notices(setting, wanted), setting)


def _dublin_core(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    made = (
        (f"{notice.entry.path}.xml", xml.document(dublin_core.element(notice, setting)))
        for notice in _notices(setting, wanted)
    )
    return _documents(made, wanted)


def _linked_art(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    made = (
        (f"{notice.entry.path}.json", as_json(linked_art.document(notice, setting)))
        for notice in _notices(setting, wanted)
        if linked_art.publishes(notice.kind)
    )
    return _documents(made, wanted)


def _iiif(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    def manifests() -> Iterator[tuple[str, bytes]]:
        for notice in _notices(setting, wanted):
            found = iiif.manifest(notice, setting)
            if found is not None:
                path = found["id"].removeprefix(setting.base)
                yield path, as_json(found)

    return _documents(manifests(), wanted)


def _documents(made: Iterator[tuple[str, bytes]], wanted: Wanted) -> Iterator[bytes]:
    """One document alone, or all of them in a ZIP."""
    if wanted.record is None:
        return zipped.archive(made)
    found = next(made, None)
    if found is None:
        raise InputError(
            Said("cette notice n’a pas cette forme", "this record has no such form"),
            place=Place(value=wanted.record),
            remedy=Said(
                "un spécimen n’a pas de Linked Art ; une notice sans image, pas de manifeste",
                "specimens have no Linked Art; records without an image have no manifest",
            ),
        )
    return iter([found[1]])


# Of the whole collection


def _dwca(setting: Setting, wanted: Wanted) -> Iterator[bytes]:
    return dwca.archive(setting, wanted.selection)


def _activity(setting: Setting, _wanted: Wanted) -> Iterator[bytes]:
    return zipped.archive(
        (f"activity/{stream}/{name}", as_json(found))
        for stream in activity.STREAMS
        for name, found in activity.documents(setting, stream)
    )


def _dcat(setting: Setting, _wanted: Wanted) -> Iterator[bytes]:
    return iter([rdf.serialized(dcat.catalogue(setting), "turtle")])


def _void(setting: Setting, _wanted: Wanted) -> Iterator[bytes]:
    return iter([rdf.serialized(dcat.void(setting), "turtle")])


def as_json(content: Any) -> bytes:
    """JSON as UTF-8, for people too."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


FORMATS: Mapping[str, Format] = {
    "nquads": Format("nq", "application/n-quads", (
        "le graphe (N-Quads)", "the graph (N-Quads)"), _nquads),
    "turtle": Format("ttl", "text/turtle", (
        "les notices en RDF (Turtle)", "the records in RDF (Turtle)"), _turtle),
    "jsonld": Format("jsonld", "application/ld+json", (
        "les notices en RDF (JSON-LD)", "the records in RDF (JSON-LD)"), _jsonld),
    "rdfxml": Format("rdf", "application/rdf+xml", (
        "les notices en RDF (RDF/XML)", "the records in RDF (RDF/XML)"), _rdfxml),
    "cidoc": Format("rdf", "application/rdf+xml", (
        "CIDOC-CRM (RDF/XML), comme au moissonnage", "CIDOC-CRM (RDF/XML), as harvested"), _rdfxml),
    "dwca": Format("zip", dwca.MEDIA_TYPE, (
        "les spécimens (Darwin Core Archive)", "the specimens (Darwin Core Archive)"),
        _dwca, single=False),
    "lido": Format("xml", "application/xml", ("LIDO 1.1", "LIDO 1.1"), _lido),
    "edm": Format("rdf", "application/rdf+xml", (
        "Europeana Data Model", "Europeana Data Model"), _edm),
    "oai_dc": Format("zip", "application/zip", (
        "Dublin Core (un fichier par notice)", "Dublin Core (one file a record)"), _dublin_core),
    "linked-art": Format("zip", "application/zip", (
        "Linked Art (un fichier par objet)", "Linked Art (one file an object)"), _linked_art),
    "iiif": Format("zip", "application/zip", (
        "manifestes IIIF des notices illustrées", "IIIF manifests of records with images"), _iiif),
    "activity-streams": Format("zip", "application/zip", (
        "les changements (IIIF Change Discovery)", "the changes (IIIF Change Discovery)"),
        _activity, selective=False, single=False),
    "dcat": Format("ttl", "text/turtle", (
        "le catalogue (DCAT-AP)", "the catalogue (DCAT-AP)"),
        _dcat, selective=False, single=False),
    "void": Format("ttl", "text/turtle", (
        "la description du graphe (VoID)", "the description of the graph (VoID)"),
        _void, selective=False, single=False),
}  # fmt: skip
