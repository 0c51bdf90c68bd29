"""What changed, for those who follow (IIIF Change Discovery 1.0), and the list of all manifests."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from museosciences.publish import activity, iiif
from museosciences.publish.collection import STRIDE, Entry, batches
from museosciences.publish.export import as_json
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.reply import reply

router = APIRouter(include_in_schema=False)


@router.get("/activity/{stream}/collection.json")
def collection(request: Request, here: Here, stream: str) -> Response:
    """The ordered collection of a stream."""
    _known(stream)
    return _reply(request, here, activity.collection(here.setting, stream))


@router.get("/activity/{stream}/page-{number}.json")
def page(request: Request, here: Here, stream: str, number: int) -> Response:
    """A page of a stream."""
    _known(stream)
    found = activity.page(here.setting, number, stream)
    if found is None:
        raise HTTPException(404, "there is no such page")
    return _reply(request, here, found)


@router.get("/iiif/collection.json")
def manifests(request: Request, here: Here) -> Response:
    """All manifests."""
    content = here.once("iiif collection", lambda: as_json(_manifests(here)))
    return reply(request, here, content, iiif.MEDIA_TYPE)


def _manifests(here: Current) -> dict[str, Any]:
    illustrated: list[Entry] = []
    for entries in batches(here.setting.collection.entries(), STRIDE):
        found = activity.illustrated(here.setting, entries)
        illustrated += [entry for entry in entries if entry.path in found]
    return iiif.collection(here.setting, illustrated)


def _known(stream: str) -> None:
    if stream not in activity.STREAMS:
        raise HTTPException(404, "the streams are: " + ", ".join(activity.STREAMS))


def _reply(request: Request, here: Current, found: dict[str, Any]) -> Response:
    return reply(request, here, as_json(found), activity.MEDIA_TYPE)
