"""What goes wrong, told to whoever asked: the right status, a short cause, never a stack trace.

Pages get a page (which ``pages`` draws), scripts ``application/problem+json`` (RFC 9457), all
others a line of text.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse

from museosciences.errors import InputError, MuseoError, QueryError, StoreError, UsageError
from museosciences.serve.headers import SAFE
from museosciences.serve.negotiation import preferred

PROBLEM = "application/problem+json"
# Draws the page of a failure: status, cause, and what to try next (or None).
Page = Callable[[Request, int, str, str | None], Response]

# The first that fits: the more precise errors come before those they belong to.
_STATUSES: tuple[tuple[type[MuseoError], int], ...] = (
    (StoreError, 503),
    (QueryError, 400),
    (UsageError, 400),
    (InputError, 404),
)
_log = logging.getLogger(__name__)


def install(app: FastAPI, page: Page) -> None:
    """Give an application its answers to errors."""

    def told(request: Request, status: int, cause: str, remedy: str | None = None) -> Response:
        return _response(request, page, status, cause, remedy)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        response = told(request, error.status_code, error.detail)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if isinstance(part, str | int))
        return told(request, 400, f"{where}: {first['msg']}")

    @app.exception_handler(MuseoError)
    def known(request: Request, error: MuseoError) -> Response:
        status = next((code for kind, code in _STATUSES if isinstance(error, kind)), 500)
        if status >= 500:
            _log.warning("%s %s: %s", request.method, request.url.path, error)
        return told(request, status, error.cause, error.remedy)

    @app.exception_handler(Exception)
    def unknown(request: Request, _error: Exception) -> Response:
        # The server logs the stack trace (starlette raises the error again): it tells nobody else.
        # This answer is given outside of what adds the headers.
        response = told(request, 500, "something went wrong on this server")
        response.headers.update(SAFE)
        return response


def _response(
    request: Request, page: Page, status: int, cause: str, remedy: str | None
) -> Response:
    kinds = ("text/plain", "text/html", PROBLEM, "application/json")
    kind = preferred(request.headers.get("accept"), kinds) or "text/plain"
    if kind == "text/html":
        response = page(request, status, cause, remedy)
    elif kind == "text/plain":
        text = f"{cause}\n" if remedy is None else f"{cause}\n→ {remedy}\n"
        response = PlainTextResponse(text, status)
    else:
        content = {"title": HTTPStatus(status).phrase, "status": status, "detail": cause}
        if remedy is not None:
            content["remedy"] = remedy
        response = JSONResponse(content, status, media_type=PROBLEM)
    response.headers.setdefault("vary", "Accept")
    response.headers.setdefault("cache-control", "no-store")
    return response
