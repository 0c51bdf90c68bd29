"""Identifiers on the web: 303 from a thing to its document, and the documents themselves.

Cool URIs for the Semantic Web (W3C, 2008), section 4.2: a thing answers 303 See Other to the
document that its client prefers; every document has an address of its own, the path of the thing
with the end of its form. The same paths answer on any host.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import RedirectResponse

from museosciences import iris
from museosciences.publish import rdf
from museosciences.publish.collection import Entry
from museosciences.publish.description import Reader
from museosciences.publish.linked_art import CONTEXT as LINKED_ART_CONTEXT
from museosciences.publish.setting import uri
from museosciences.serve.documents import Documents
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.machine.forms import (
    ALIASES,
    HTML,
    LINKED_ART,
    MANIFEST,
    OF_RECORDS,
    RDF,
    Form,
    of_kind,
    record,
)
from museosciences.serve.machine.things import described
from museosciences.serve.negotiation import preferred
from museosciences.serve.reply import reply

# The rooms of identifiers: the first part of their path under the base.
RECORDS = "object"
ROOMS = (
    RECORDS, "museum", "agent", "person", "place", "concept", "term", "link", "set", "theme",
    "selection", "exhibition", "graph", "file", "build", "software", "metric",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """What a path names: its path under the base as the graph has it, and its record if it is one.

    ``form`` is that of the document asked for, None when the thing itself was.
    """

    path: str
    entry: Entry | None
    form: Form | None


def router(documents: Documents) -> APIRouter:
    """The identifiers of all rooms; their pages are drawn by ``documents``."""
    found = APIRouter(include_in_schema=False)

    def dereference(request: Request, here: Here) -> Response:
        thing = _thing(here, _path(request))
        if thing.form is None:
            return _see_other(request, thing, documents)
        if thing.form == HTML:
            return _page(request, here, thing, documents)
        return _document(request, here, thing, thing.form)

    def manifest(request: Request, here: Here) -> Response:
        name = _path(request).removeprefix("iiif/").removesuffix("/manifest.json")
        entry = living(here.entry(_canonical(f"{RECORDS}/{name}")))
        return _document(request, here, Thing(entry.path, entry, MANIFEST), MANIFEST)

    found.add_api_route("/iiif/{museum}/{number:path}/manifest.json", manifest, methods=["GET"])
    for room in ROOMS:
        found.add_api_route(f"/{room}/{{name:path}}", dereference, methods=["GET"])
    return found


# What is asked for


def _path(request: Request) -> str:
    """The path as the client wrote it: decoded, ``%2F`` could not be told from ``/`` any more."""
    raw: bytes = request.scope.get("raw_path") or quote(request.url.path).encode()
    root = str(request.scope.get("root_path", "")).rstrip("/")
    return raw.partition(b"?")[0].decode("latin-1").removeprefix(root).lstrip("/")


def _canonical(path: str) -> str:
    """The path of an identifier as the graph has it, however its letters were percent-encoded.

    The number of a record is one part of its path; a proxy may have decoded a slash in it.

    >>> _canonical("object/M0812/M.P.1875/3"), _canonical("concept/taxa/Nautilus%20")
    ('object/M0812/M.P.1875%2F3', 'concept/taxa/Nautilus%20')
    """
    room, _, rest = path.partition("/")
    if room == RECORDS:
        museum, _, number = rest.partition("/")
        return iris.record_path(unquote(museum), unquote(number))
    return "/".join(iris.encode(unquote(part)) for part in path.split("/"))


def _thing(here: Current, path: str) -> Thing:
    """The thing or the document that a path names. Raises HTTPException 404.

    What ends like a document is one when there is a thing without that end.
    """
    room = path.partition("/")[0]
    forms = (*OF_RECORDS, HTML, *RDF) if room == RECORDS else (HTML, *RDF)
    for form in forms:
        if path.endswith(f".{form.suffix}"):
            found = _known(here, _canonical(path.removesuffix(f".{form.suffix}")), form)
            if found:
                return found
    found = _known(here, _canonical(path), None)
    if found is None:
        raise HTTPException(404, "there is nothing with this identifier in this collection")
    return found


def _known(here: Current, path: str, form: Form | None) -> Thing | None:
    room = path.partition("/")[0]
    if room == RECORDS:
        entry = here.entry(path)
        return Thing(path, entry, form) if entry else None
    return Thing(path, None, form) if _exists(here, path) else None


def _exists(here: Current, path: str) -> bool:
    thing = f"<{here.base}{path}>"
    return here.store.ask(f"ASK {{ {{ {thing} ?p ?o }} UNION {{ ?s ?q {thing} }} }}")


def living(entry: Entry | None) -> Entry:
    """The record, when it is published. Raises HTTPException 404, or 410 when it vanished."""
    if entry is None:
        raise HTTPException(404, "there is no such record in this collection")
    if entry.status == "deleted":
        raise HTTPException(410, f"this record vanished from its inventory on {entry.changed}")
    if entry.deleted:
        raise HTTPException(404, "this record is held back until its inventory is mended")
    return entry


# What is answered


def _forms(thing: Thing, documents: Documents) -> tuple[Form, ...]:
    """The forms in which a thing can be had by negotiation, the page first."""
    room = thing.path.partition("/")[0]
    pages = (HTML,) if room in documents else ()
    return (*pages, *RDF)


def _see_other(request: Request, thing: Thing, documents: Documents) -> Response:
    if thing.entry is not None:
        living(thing.entry)
    forms = _forms(thing, documents)
    form = _negotiated(request.headers.get("accept"), forms, thing)
    links = ", ".join(
        f'<{_address(request, thing, one)}>; rel="describedby"; type="{one.media_type}"'
        for one in forms
    )
    if form is None:
        offered = ", ".join(one.media_type for one in forms)
        raise HTTPException(406, f"this can be had as: {offered}", {"Link": links})
    query = f"?{request.url.query}" if request.url.query and form == HTML else ""
    response = RedirectResponse(_address(request, thing, form) + query, 303)
    response.headers["vary"] = "Accept"
    response.headers["link"] = links
    return response


def _negotiated(accept: str | None, forms: tuple[Form, ...], thing: Thing) -> Form | None:
    """The form that a client prefers. A profile names Linked Art; other profiles are no matter."""
    if thing.entry is not None and accept and LINKED_ART_CONTEXT in accept:
        return LINKED_ART
    offered = [form.media_type for form in forms]
    aliases = [alias for alias, of in ALIASES.items() if of in offered]
    kind = preferred(accept, [*offered, *aliases])
    return next((form for form in forms if form.media_type == ALIASES.get(str(kind), kind)), None)


def _address(request: Request, thing: Thing, form: Form) -> str:
    """The path of a document on this host, as a URI reference."""
    root = str(request.scope.get("root_path", "")).rstrip("/")
    return f"{root}/{uri(thing.path)}.{form.suffix}"


def _page(request: Request, here: Current, thing: Thing, documents: Documents) -> Response:
    if thing.entry is not None:
        living(thing.entry)
    draw = documents.get(thing.path.partition("/")[0])
    if draw is None:
        raise HTTPException(404, "there is no page on this, only data")
    response = draw(request, here, thing.path)
    response.headers.setdefault("link", _links(request, here, thing, HTML))
    return response


def _document(request: Request, here: Current, thing: Thing, form: Form) -> Response:
    if thing.entry is not None:
        description = Reader(here.setting.collection, size=1).one(living(thing.entry))
        content = None if description is None else record(description, here.setting, form)
        if content is None:
            raise HTTPException(404, f"this record has no document of the form {form.suffix}")
    else:
        content = rdf.serialized(described(here.store, thing.path), form.syntax)
    return reply(request, here, content, form.media_type, link=_links(request, here, thing, form))


def _links(request: Request, here: Current, thing: Thing, form: Form) -> str:
    """The thing a document is about, and its other documents (RFC 8288)."""
    about = uri(here.base + thing.path)
    others = RDF if thing.entry is None else of_kind(thing.entry.kind)
    found = [f'<{about}>; rel="describes"']
    for one in others:
        if one != form:
            found.append(
                f'<{_address(request, thing, one)}>; rel="alternate"; '
                f'type="{one.media_type.partition(";")[0]}"'
            )
    return ", ".join(found)
