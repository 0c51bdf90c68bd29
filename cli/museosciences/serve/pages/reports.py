"""The reports of the current build: the page, and the files, each made once."""

from __future__ import annotations

from importlib import import_module

from fastapi import APIRouter, HTTPException, Request, Response

from museosciences import museums as register
from museosciences import report
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current, Live
from museosciences.serve.pages.frame import language, render
from museosciences.serve.pages.graph import museums
from museosciences.serve.pages.press import Press

router = APIRouter(include_in_schema=False)
_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Seconds after which a reader whose report is being made comes back.
_AGAIN = 3
# The page of a report has its styles in it.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


@router.get("/rapport")
@router.get("/rapport.{suffix}")
def regional(request: Request, here: Here, suffix: str = "html") -> Response:
    """The regional report."""
    return _answer(request, here, None, suffix)


@router.get("/rapport/{code}")
def of_museum(request: Request, here: Here, code: str) -> Response:
    """The report of one museum: its code, with the end of a format or without."""
    stem, dot, suffix = code.rpartition(".")
    if dot and suffix in _TYPES:
        return _answer(request, here, stem, suffix)
    return _answer(request, here, code, "html")


def _waiting(request: Request, here: Current) -> Response:
    """The page that comes back by itself until the report is there."""
    response = render(request, here.base, "waiting.html", 202)
    response.headers["refresh"] = response.headers["retry-after"] = str(_AGAIN)
    response.headers["cache-control"] = "no-store"
    return response


def _answer(request: Request, here: Current, museum: str | None, suffix: str) -> Response:
    if suffix not in _TYPES:
        raise HTTPException(404, f"a report can be had as {', '.join(_TYPES)}")
    if museum is not None and museum not in museums(here) and museum not in register.register():
        raise HTTPException(404, "there is no such museum in this collection")
    lang = language(request)
    live: Live = request.app.state.live

    def compiled() -> report.Report:
        previous = live.workspace.previous()
        facts = report.Facts.of(here.account, previous.account() if previous else None)
        scope = report.Scope(here.store, here.build.register, report.Wording(lang), museum)
        return report.compile(scope, facts)

    def rendered() -> bytes:
        made = here.once(f"report-{museum}-{lang}", compiled)
        content: bytes = import_module(f"museosciences.report.{suffix}").render(made)
        return content

    press = here.once("press", lambda: Press(here, live))
    content = press.get(f"{museum}-{lang}-{suffix}", rendered)
    if content is None:
        return _waiting(request, here)
    headers = {"vary": "Cookie", "cache-control": "no-cache"}
    if suffix == "html":
        headers["content-security-policy"] = _POLICY
    else:
        name = report.name(report.Wording(lang), museum)
        headers["content-disposition"] = f'attachment; filename="{name}.{suffix}"'
    return Response(content, media_type=_TYPES[suffix], headers=headers)
