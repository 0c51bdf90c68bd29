"""IIIF Change Discovery 1.0: what changed, as an Activity Streams ordered collection.

Pages follow the register, oldest change first; each record stands once, at its last change, so a
reader who goes backwards from the last page stops at the first date it knows. What vanished, or
was withdrawn, is a Delete that stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from museosciences import iris
from museosciences.publish.collection import Entry, Selection, values
from museosciences.publish.setting import Setting, uri
from museosciences.store import term_text

CONTEXT = "http://iiif.io/api/discovery/1/context.json"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'
PAGE = 500
# What the stream is about: the records themselves, or the IIIF manifests of those with images.
STREAMS = ("records", "manifests")

Json = dict[str, Any]
_ALL = Selection(deleted=True)


def pages(setting: Setting) -> int:
    """How many pages a stream has, at least one."""
    total = setting.collection.count(_ALL) or 0
    return max(1, -(-total // PAGE))


def collection(setting: Setting, stream: str = "records") -> Json:
    """The ordered collection: its first and last page, and how many changes it has."""
    address = _address(setting, stream)
    found: Json = {
        "@context": CONTEXT,
        "id": f"{address}collection.json",
        "type": "OrderedCollection",
        "first": {"id": f"{address}page-1.json", "type": "OrderedCollectionPage"},
        "last": {"id": f"{address}page-{pages(setting)}.json", "type": "OrderedCollectionPage"},
    }
    if stream == "records":
        found["totalItems"] = setting.collection.count(_ALL)
    return found


def page(setting: Setting, number: int, stream: str = "records") -> Json | None:
    """A page, from 1, or None when there is none of this number."""
    last = pages(setting)
    if not 1 <= number <= last:
        return None
    address = _address(setting, stream)
    entries = setting.collection.page(number, PAGE, _ALL)
    shown = illustrated(setting, entries)
    found: Json = {
        "@context": CONTEXT,
        "id": f"{address}page-{number}.json",
        "type": "OrderedCollectionPage",
        "partOf": {"id": f"{address}collection.json", "type": "OrderedCollection"},
        "startIndex": (number - 1) * PAGE,
        "orderedItems": [
            _activity(setting, entry, stream, entry.path in shown)
            for entry in entries
            if stream == "records" or entry.deleted or entry.path in shown
        ],
    }
    if stream == "manifests":
        del found["startIndex"]
    for name, neighbour in (("prev", number - 1), ("next", number + 1)):
        if 1 <= neighbour <= last:
            where = f"{address}page-{neighbour}.json"
            found[name] = {"id": where, "type": "OrderedCollectionPage"}
    return found


def documents(setting: Setting, stream: str = "records") -> Iterator[tuple[str, Json]]:
    """All files of a stream by name."""
    yield "collection.json", collection(setting, stream)
    for number in range(1, pages(setting) + 1):
        found = page(setting, number, stream)
        if found is not None:
            yield f"page-{number}.json", found


def _address(setting: Setting, stream: str) -> str:
    return f"{setting.base}activity/{stream}/"


def _activity(setting: Setting, entry: Entry, stream: str, illustrated: bool) -> Json:
    record = uri(setting.collection.iri(entry))
    if stream == "manifests":
        about: Json = {"id": setting.manifest(entry), "type": "Manifest"}
    else:
        kind = "BiologicalObject" if entry.kind == "specimen" else "HumanMadeObject"
        about = {"id": record, "type": kind}
    if not entry.deleted:
        document = setting.document(entry, "jsonld")
        about["seeAlso"] = [{"id": document, "type": "Dataset", "format": "application/ld+json"}]
        if illustrated and stream == "records":
            manifest = {"id": setting.manifest(entry), "type": "Manifest",
                        "format": "application/ld+json"}  # fmt: skip
            about["seeAlso"].append(manifest)
    return {
        "id": f"{record}#change-{entry.changed}",
        "type": "Delete" if entry.deleted else "Update",
        "object": about,
        "endTime": entry.changed,
    }


def illustrated(setting: Setting, entries: list[Entry]) -> set[str]:
    """The paths of the records that have an image with an address."""
    living = [setting.collection.iri(entry) for entry in entries if not entry.deleted]
    query = (
        f"SELECT DISTINCT ?r WHERE {{ {values('r', living)} "
        f"?r <{iris.CRM}P138i_has_representation> ?i . ?i <{iris.SCHEMA}contentUrl> ?url "
        'FILTER(STRSTARTS(?url, "http")) }'
    )
    base = setting.base
    return {
        term_text(row[0]).removeprefix(base) for row in setting.collection.store.select(query).rows
    }
