"""Answers that say when they changed: entity tags, dates, and 304 (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response

from museosciences.serve.live import Current


def reply(
    request: Request, current: Current, content: bytes, media_type: str, **headers: str
) -> Response:
    """The content with its entity tag and date, or 304 when the client has it already.

    ``headers`` are further headers, with ``_`` for ``-``.
    """
    tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    return tagged(request, current, tag, headers) or Response(
        content, media_type=_with_charset(media_type), headers=_headers(current, tag, headers)
    )


def tagged(
    request: Request, current: Current, tag: str, headers: dict[str, str] | None = None
) -> Response | None:
    """304 when the client has what has this entity tag, else None."""
    if not _unchanged(request, current, tag):
        return None
    return Response(status_code=304, headers=_headers(current, tag, headers or {}))


def stamped(current: Current, tag: str) -> dict[str, str]:
    """The headers by which a client can ask again."""
    return _headers(current, tag, {})


def _headers(current: Current, tag: str, further: dict[str, str]) -> dict[str, str]:
    found = {"etag": tag, "last-modified": format_datetime(built(current), usegmt=True)}
    # A cache asks each time: the next build may be there.
    found["cache-control"] = "no-cache"
    return {**found, **{name.replace("_", "-"): value for name, value in further.items()}}


def built(current: Current) -> datetime:
    """When the build was made."""
    return datetime.fromisoformat(str(current.account["date"])).astimezone(UTC)


def _unchanged(request: Request, current: Current, tag: str) -> bool:
    """The entity tag decides where the client gives one (RFC 9110, section 13.2.2)."""
    known = request.headers.get("if-none-match")
    if known is not None:
        tags = {one.strip().removeprefix("W/") for one in known.split(",")}
        return known.strip() == "*" or tag in tags
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return built(current) <= parsedate_to_datetime(since).replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return False


def _with_charset(media_type: str) -> str:
    """The charset is told where its absence could mean another (RFC 2046, section 4.1.2)."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
