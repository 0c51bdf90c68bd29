"""The page of an error."""

from __future__ import annotations

from html import escape
from http import HTTPStatus

from fastapi import Request, Response
from fastapi.responses import HTMLResponse


def failure(_request: Request, status: int, cause: str, remedy: str | None) -> Response:
    """The page that says what went wrong, and what to try next."""
    title = f"{status} {HTTPStatus(status).phrase}"
    advice = "" if remedy is None else f"<p>{escape(remedy)}</p>"
    return HTMLResponse(
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{escape(cause)}</p>{advice}</html>",
        status,
    )
