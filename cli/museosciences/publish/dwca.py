"""Darwin Core Archive of the specimens: occurrences, their images, their links to works of art.

Text guide of TDWG (https://dwc.tdwg.org/text/): a star of files, described by meta.xml. Cells are
separated by tabs and never quoted: line ends and tabs inside a cell become spaces, so that every
reader finds one record on one line.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import IO

from museosciences import iris
from museosciences.publish import eml, words, xml
from museosciences.publish.collection import Selection
from museosciences.publish.description import Reader
from museosciences.publish.iiif import media_type
from museosciences.publish.notice import Notice, Time
from museosciences.publish.setting import PROVIDER, Setting, licence
from museosciences.publish.xml import Schema
from museosciences.publish.zipped import Sink

MEDIA_TYPE = "application/zip"
TEXT = "http://rs.tdwg.org/dwc/text/"
ARCHIVE = Schema(**{"": TEXT})
_DWC, _DCTERMS = iris.DWC, iris.DCTERMS
# Extension rows that wait in memory before they go to a temporary file, in bytes.
SPOOLED = 4 * 1024 * 1024

# What eventDate may hold (ISO 8601-1): dates and intervals of them, on three precisions.
_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_ISO = re.compile(rf"{_DATE}(?:/{_DATE})?")
_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")

# Terms taken as they stand in the graph.
_PLAIN = (
    "recordedBy", "individualCount", "sex", "lifeStage", "occurrenceRemarks", "verbatimEventDate",
    "habitat", "countryCode", "verbatimLocality", "decimalLatitude", "decimalLongitude",
    "verbatimElevation", "verbatimDepth", "identifiedBy", "typeStatus", "identificationQualifier",
    "scientificName", "scientificNameAuthorship", "taxonRank", "kingdom", "phylum", "class",
    "order", "family", "genus", "preparations", "vernacularName",
)  # fmt: skip
_MADE = (
    "occurrenceID", "institutionID", "institutionCode", "catalogNumber", "otherCatalogNumbers",
    "basisOfRecord", "eventDate", "locality", "geodeticDatum", "dateIdentified",
)  # fmt: skip
_RECORD = ("modified", "language", "license", "rightsHolder", "references")
OCCURRENCE = (
    *(_DWC + name for name in (*_MADE, *_PLAIN)),
    *(_DCTERMS + name for name in _RECORD),
)
MULTIMEDIA = tuple(
    _DCTERMS + name
    for name in (
        "type", "format", "identifier", "references", "title", "creator", "license", "publisher"
    )
)  # fmt: skip
RELATIONSHIP = tuple(
    _DWC + name
    for name in (
        "resourceRelationshipID", "resourceID", "relatedResourceID", "relationshipOfResource",
        "relationshipAccordingTo", "relationshipEstablishedDate", "relationshipRemarks",
    )
)  # fmt: skip
# File names, their row type and their terms; the first is the core.
FILES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "occurrence.txt": (_DWC + "Occurrence", OCCURRENCE),
    "multimedia.txt": ("http://rs.gbif.org/terms/1.0/Multimedia", MULTIMEDIA),
    "resourcerelationship.txt": (_DWC + "ResourceRelationship", RELATIONSHIP),
}


def archive(setting: Setting, wanted: Selection | None = None) -> Iterator[bytes]:
    """The archive of the specimens wanted, or of all, as the bytes of a ZIP file."""
    wanted = replace(wanted or Selection(), kind="specimen", deleted=False)
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made, ExitStack() as stack:
        extensions = {
            name: stack.enter_context(tempfile.SpooledTemporaryFile(SPOOLED))
            for name in list(FILES)[1:]
        }
        made.writestr("meta.xml", meta())
        made.writestr("eml.xml", eml.document(setting, wanted))
        yield sink.taken()
        with made.open("occurrence.txt", "w") as core:
            core.write(_header("occurrence.txt"))
            for notice in _specimens(setting, wanted):
                core.write(_line(occurrence(notice, setting)))
                _extend(extensions, notice, setting)
                yield sink.taken()
        for name, spooled in extensions.items():
            with made.open(name, "w") as member:
                member.write(_header(name))
                spooled.seek(0)
                for chunk in iter(lambda file=spooled: file.read(65536), b""):  # type: ignore[misc]
                    member.write(chunk)
                    yield sink.taken()
    yield sink.taken()


def _specimens(setting: Setting, wanted: Selection) -> Iterator[Notice]:
    entries = setting.collection.entries(wanted)
    return (Notice(found) for found in Reader(setting.collection).read(entries))


def _extend(files: Mapping[str, IO[bytes]], notice: Notice, setting: Setting) -> None:
    for row in multimedia(notice):
        files["multimedia.txt"].write(_line((notice.iri, *row)))
    for row in relationships(notice, setting):
        files["resourcerelationship.txt"].write(_line((notice.iri, *row)))


def meta() -> bytes:
    """The file meta.xml: what stands in which column of which file."""
    root = ARCHIVE.root("archive", metadata="eml.xml")
    for name, (row_type, terms) in FILES.items():
        core = name == "occurrence.txt"
        found = ARCHIVE.add(root, "core" if core else "extension", rowType=row_type,
                            encoding="UTF-8", fieldsTerminatedBy="\\t", linesTerminatedBy="\\n",
                            ignoreHeaderLines="1")  # fmt: skip
        found.set("fieldsEnclosedBy", "")
        ARCHIVE.add(ARCHIVE.add(found, "files"), "location", name)
        ARCHIVE.add(found, "id" if core else "coreid", index="0")
        for index, term in enumerate(terms, start=0 if core else 1):
            ARCHIVE.add(found, "field", index=str(index), term=term)
    return xml.document(root)


def occurrence(notice: Notice, setting: Setting) -> tuple[str, ...]:
    """One specimen: the values of OCCURRENCE."""
    gathering, identification = notice.gathering, notice.identification
    made = {
        "occurrenceID": notice.iri,
        "institutionID": notice.museum[0],
        "institutionCode": notice.entry.museum,
        "catalogNumber": notice.entry.inventory_number,
        "otherCatalogNumbers": " | ".join(number for _, number in notice.other_numbers),
        "basisOfRecord": notice.dwc("basisOfRecord") or _basis(notice),
        "eventDate": event_date(notice.dwc("eventDate"), gathering.time if gathering else None),
        "locality": " | ".join(place.name for place in gathering.places) if gathering else "",
        "geodeticDatum": "unknown" if notice.dwc("decimalLatitude") else "",
        "dateIdentified": event_date("", identification.time if identification else None),
    }
    record = {
        "modified": notice.entry.changed,
        "language": setting.tag(notice.entry),
        "license": setting.licence(notice.entry, notice.rights) or "",
        "rightsHolder": notice.museum[1],
        "references": notice.iri,
    }
    plain = (notice.dwc(name) for name in _PLAIN)
    return (*(made[name] for name in _MADE), *plain, *(record[name] for name in _RECORD))


def _basis(notice: Notice) -> str:
    """A specimen with a scientific name was alive; what has none is a thing of nature."""
    return "PreservedSpecimen" if notice.taxon else "MaterialEntity"


def event_date(edtf: str, time: Time | None) -> str:
    """A date as Darwin Core wants it (ISO 8601-1), from an EDTF or from the years of its bounds.

    >>> event_date("1863-07", None), event_date("186X~", Time("v. 1860", 1860, 1869))
    ('1863-07', '1860/1869')
    """
    if _ISO.fullmatch(edtf):
        return edtf
    if time is None:
        return ""
    years = dict.fromkeys(year for year in (time.begin, time.end) if year is not None)
    if any(not 1 <= year <= 9999 for year in years):
        return ""
    return "/".join(words.year(year) for year in years)


def multimedia(notice: Notice) -> Iterator[tuple[str, ...]]:
    """The images of a specimen: the values of MULTIMEDIA."""
    for image in notice.images:
        yield (
            "StillImage",
            media_type(image.url),
            image.url,
            notice.iri,
            image.text or notice.label,
            image.credit,
            licence(image.licence) or image.licence,
            notice.museum[1],
        )


def relationships(notice: Notice, setting: Setting) -> Iterator[tuple[str, ...]]:
    """The links of a specimen to works of art: the values of RELATIONSHIP."""
    for link in notice.links:
        yield (
            link.iri,
            notice.iri,
            link.other,
            words.link(link.type, "fr", forward=link.forward),
            PROVIDER,
            setting.collection.date,
            link.explanation.get("fr", ""),
        )


def _header(name: str) -> bytes:
    terms = FILES[name][1]
    names = [term.rpartition("/")[2] for term in terms]
    return _line(names if name == "occurrence.txt" else ["coreid", *names])


def _line(cells: Iterable[str]) -> bytes:
    r"""A line of cells, without the characters that would end a cell or a line.

    >>> _line(["a\tb", "c\r\nd", '"'])
    b'a b\tc d\t"\n'
    """
    return ("\t".join(_BLANKS.sub(" ", cell).strip() for cell in cells) + "\n").encode()
