"""Harvesting over HTTP: ``/oai``, by GET and by POST (OAI-PMH 2.0, section 3.1.1)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from museosciences.publish.description import Reader
from museosciences.publish.oai import MEDIA_TYPE, PAGE, Provider
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current

FORM = "application/x-www-form-urlencoded"
# A request of the protocol has at most seven arguments.
_MOST_ARGUMENTS = 50
router = APIRouter(include_in_schema=False)


@router.get("/oai")
@router.post("/oai")
async def oai(request: Request, here: Here) -> Response:
    """One request of a harvester."""
    encoded = request.url.query.encode()
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        encoded = await request.body() if kind == FORM else b""
    return await run_in_threadpool(_answer, request, here, _arguments(encoded))


def _arguments(encoded: bytes) -> list[tuple[str, str]]:
    """The arguments; what is no form has none, and the protocol says what is missing."""
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_ARGUMENTS
        )
    except (UnicodeDecodeError, ValueError):
        return []


def _answer(request: Request, here: Current, arguments: Sequence[tuple[str, str]]) -> Response:
    contact = request.app.state.contact or f"contact@{here.setting.host}"
    address = str(request.url.replace(query="", fragment=""))
    provider = Provider(here.setting, address, admin=contact, reader=_reader(here))
    return Response(provider.respond(arguments), media_type=MEDIA_TYPE)


def _reader(here: Current) -> Reader:
    """The reader of this thread: it remembers what many records name."""
    own = here.once("oai readers", threading.local)
    found: Reader | None = getattr(own, "reader", None)
    if found is None:
        found = own.reader = Reader(here.setting.collection, size=PAGE)
    return found
