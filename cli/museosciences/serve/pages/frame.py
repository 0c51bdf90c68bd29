"""The frame of every page: language, navigation, who is signed in, and what templates can use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from museosciences.publish.setting import uri
from museosciences.report.wording import Wording, clean
from museosciences.serve.accounts import COOKIE, Accounts
from museosciences.serve.live import Live

LANGUAGES = ("fr", "en")
LANGUAGE_COOKIE = "museo-lang"
# What the cookie of the language outlives: a year, in seconds.
_YEAR = 365 * 24 * 3600
# The pages of the navigation: address, French, English.
NAVIGATION = (
    ("recherche", "Collections", "Collections"),
    ("liens", "Liens arts et sciences", "Arts–sciences links"),
    ("vitrines", "Vitrines", "Display cases"),
    ("carte", "Musées", "Museums"),
    ("chronologie", "Chronologie", "Timeline"),
    ("programme", "Programme", "Programme"),
    ("questions", "Questions", "Questions"),
)
VENDOR = Path(__file__).parent.parent / "static" / "vendor"
_SPACES = re.compile(r"\s+")


def language(request: Request) -> str:
    """The language asked for by ``?lang=``, else by the cookie, else French."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return asked if asked in LANGUAGES else LANGUAGES[0]


def wording(request: Request) -> Wording:
    """The words of the language of a request."""
    return Wording(language(request))


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, and the token that the forms of this session carry."""

    name: str
    token: str


def accounts(request: Request) -> Accounts:
    """The accounts of the workspace that is served."""
    state = request.app.state
    if not hasattr(state, "accounts"):
        live: Live = state.live
        state.accounts = Accounts(live.workspace.path)
    found: Accounts = state.accounts
    return found


def session(request: Request) -> Session | None:
    """The session of whoever asks, or None."""
    cookie = request.cookies.get(COOKIE)
    known = accounts(request)
    name = known.reader(cookie)
    return Session(name, known.token(cookie)) if name else None


class Addresses:
    """Addresses of pages on this host, whatever the base IRI of the collection is."""

    def __init__(self, request: Request, base: str) -> None:
        self._root = str(request.scope.get("root_path", "")).rstrip("/")
        self._base = base

    def __call__(self, path: str, **query: object) -> str:
        """The address of a page, with a query of what is not empty."""
        given = {name: str(value) for name, value in query.items() if value not in (None, "")}
        return f"{self._root}/{path}" + (f"?{urlencode(given)}" if given else "")

    def of(self, iri: str) -> str:
        """The page of a thing, by its IRI or its path under the base."""
        path, mark, fragment = iri.removeprefix(self._base).partition("#")
        if path.startswith(("http:", "https:")):
            return iri
        return f"{self._root}/{uri(path)}.html{mark}{uri(fragment)}"

    def document(self, path: str, suffix: str) -> str:
        """Another document of a thing."""
        return f"{self._root}/{uri(path)}.{suffix}"


@cache
def vendored(name: str) -> bool:
    """Whether a file that others wrote for browsers was fetched (``make assets``)."""
    return (VENDOR / name).is_file()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("museosciences.serve"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["short"] = shortened
    environment.filters["paragraphs"] = paragraphs
    return environment


def render(
    request: Request, base: str, template: str, http_status: int = 200, **context: Any
) -> Response:
    """A page of a template. ``w`` are its words, ``url`` its addresses."""
    w = wording(request)
    address = Addresses(request, base)
    content = (
        _environment()
        .get_template(template)
        .render(
            w=w,
            lang=w.lang,
            url=address,
            navigation=NAVIGATION,
            here=request.url.path,
            signed=session(request),
            switch=_switch(request, w.lang),
            **context,
        )
    )
    headers = {"cache-control": "no-cache", "vary": "Accept, Cookie", "content-language": w.lang}
    response = HTMLResponse(clean(content), http_status, headers)
    asked = request.query_params.get("lang")
    if asked in LANGUAGES and asked != request.cookies.get(LANGUAGE_COOKIE):
        response.set_cookie(
            LANGUAGE_COOKIE, str(asked), max_age=_YEAR, samesite="lax", httponly=True
        )
    return response


def _switch(request: Request, lang: str) -> str:
    """The address of the same page in the other language."""
    other = LANGUAGES[1] if lang == LANGUAGES[0] else LANGUAGES[0]
    kept = [(n, v) for n, v in request.query_params.multi_items() if n != "lang"]
    raw: bytes = request.scope.get("raw_path") or quote(request.url.path).encode()
    path = raw.partition(b"?")[0].decode("latin-1")
    return f"{path}?{urlencode([*kept, ('lang', other)])}"


def shortened(text: str, most: int = 120) -> str:
    """A text cut at a word, with an ellipsis when something was left out.

    >>> shortened("Nature morte aux coquillages", 15)
    'Nature morte…'
    """
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= most:
        return text
    cut = text[:most].rpartition(" ")[0] or text[:most]
    return cut.rstrip(" ,;:.") + "…"


def paragraphs(text: str) -> Markup:
    """A text of several lines as paragraphs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(escape(line)) for line in lines)


def number_of(params: Mapping[str, str], name: str, default: int = 1) -> int:
    """A whole number of the query of an address, or the default."""
    text = params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
