"""What there is to be had: the catalogue (DCAT-AP), the statistics (VoID), sitemap and robots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

import pyoxigraph as ox
from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import PlainTextResponse, RedirectResponse

from museosciences.publish import dcat, rdf
from museosciences.publish.collection import Selection
from museosciences.publish.setting import Setting, uri
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.machine.forms import ALIASES, RDF, Form
from museosciences.serve.negotiation import preferred
from museosciences.serve.reply import reply

# Addresses in one sitemap; the protocol allows 50,000 (sitemaps.org).
PAGE = 10_000
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
router = APIRouter(include_in_schema=False)


def negotiated(request: Request) -> Form:
    """The syntax of RDF that a client prefers. Raises HTTPException 406."""
    offered = [form.media_type for form in RDF]
    kind = preferred(request.headers.get("accept"), [*offered, *ALIASES])
    form = next((one for one in RDF if one.media_type == ALIASES.get(str(kind), kind)), None)
    if form is None and kind == "text/html":
        form = RDF[0]
    if form is None:
        raise HTTPException(406, "this can be had as: " + ", ".join(offered))
    return form


def _written(
    here: Current, name: str, form: Form, make: Callable[[Setting], Iterable[ox.Triple]]
) -> bytes:
    return here.once(
        f"{name}.{form.suffix}", lambda: rdf.serialized(make(here.setting), form.syntax)
    )


@router.get("/catalogue")
def catalogue(request: Request) -> Response:
    """The catalogue leads to one of its documents."""
    found = RedirectResponse(f"/catalogue.{negotiated(request).suffix}", 303)
    found.headers["vary"] = "Accept"
    return found


@router.get("/catalogue.{suffix}")
def catalogue_document(request: Request, here: Here, suffix: str) -> Response:
    """The catalogue in a syntax."""
    form = next((form for form in RDF if form.suffix == suffix), None)
    if form is None:
        raise HTTPException(404, "the catalogue is written as: " + ", ".join(f.suffix for f in RDF))
    return reply(request, here, _written(here, "dcat", form, dcat.catalogue), form.media_type)


@router.get("/dataset/{name}")
@router.get("/service/{name}")
@router.get("/publisher")
def described_in_catalogue(request: Request) -> Response:
    """What the catalogue describes leads to the catalogue."""
    return catalogue(request)


@router.get("/.well-known/void")
@router.get("/void")
def void(request: Request, here: Here) -> Response:
    """The description of the graph (VoID, section 7.2)."""
    form = negotiated(request)
    content = _written(here, "void", form, dcat.void)
    return reply(request, here, content, form.media_type, vary="Accept")


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Robots may read everything but the answers to questions."""
    return PlainTextResponse(
        "User-agent: *\nDisallow: /sparql\nDisallow: /api/\nDisallow: /reconcile\n"
        f"Sitemap: {_host(request)}sitemap.xml\n"
    )


@router.get("/sitemap.xml")
def sitemap_index(request: Request, here: Here) -> Response:
    """The index of the sitemaps: as many as the records need."""
    count = here.setting.collection.count() or 0
    pages = max(1, -(-count // PAGE))
    host, day = _host(request), here.setting.collection.date
    found = (
        f"<sitemap><loc>{host}sitemap-{number}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for number in range(1, pages + 1)
    )
    return _xml(request, here, "sitemapindex", found)


@router.get("/sitemap-{number}.xml")
def sitemap(request: Request, here: Here, number: int) -> Response:
    """One sitemap: pages of records, with the date on which each last changed."""
    if not 1 <= number <= 1_000_000:
        raise HTTPException(404, "there is no such sitemap")
    entries = here.setting.collection.page(number, PAGE, Selection())
    if not entries and number > 1:
        raise HTTPException(404, "there is no such sitemap")
    host = _host(request)

    def found() -> Iterator[str]:
        if number == 1:
            yield f"<url><loc>{host}</loc></url>"
        for entry in entries:
            address = escape(f"{host}{uri(entry.path)}.html")
            yield f"<url><loc>{address}</loc><lastmod>{entry.changed}</lastmod></url>"

    return _xml(request, here, "urlset", found())


def _host(request: Request) -> str:
    """The address of this host: a sitemap speaks of the host it is found on."""
    return escape(str(request.base_url))


def _xml(request: Request, here: Current, root: str, members: Iterable[str]) -> Response:
    content = "\n".join(
        ('<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_SITEMAPS}">', *members,
         f"</{root}>\n")
    )  # fmt: skip
    return reply(request, here, content.encode(), "application/xml")
