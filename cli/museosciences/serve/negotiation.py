"""Content negotiation: the header ``Accept`` and what can be given (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(
    rf"\s*({_TOKEN})/({_TOKEN})\s*((?:;\s*{_TOKEN}\s*=\s*(?:{_TOKEN}|\"[^\"]*\")\s*)*)\s*"
)
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)", re.IGNORECASE)
# Ranges looked at in one header; a client that names more is none.
_MOST = 100


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type that a client wants most among those offered, or None when it wants none.

    Without a header, or when several are wanted alike, it is the one offered first. A range that
    is not one is passed over, and a header of nothing but such counts as none.

    >>> preferred("text/html;q=0.5, text/turtle", ("text/html", "text/turtle"))
    'text/turtle'
    >>> preferred("*/*", ("text/html",)), preferred("image/png", ("text/html",))
    ('text/html', None)
    """
    ranges = _ranges(accept or "")
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda kind: _quality(kind, ranges))
    return best if _quality(best, ranges) > 0 else None


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for part in accept.split(",")[:_MOST]:
        match = _RANGE.fullmatch(part)
        if match:
            quality = _QUALITY.search(match[3])
            found.append(
                (match[1].lower(), match[2].lower(), float(quality[1]) if quality else 1.0)
            )
    return found


def _quality(kind: str, ranges: list[tuple[str, str, float]]) -> float:
    """How much a media type is wanted: by the most precise range that holds it."""
    main, _, sub = kind.partition("/")
    for wanted in ((main, sub), (main, "*"), ("*", "*")):
        fitting = [q for one, other, q in ranges if (one, other) == wanted]
        if fitting:
            return max(fitting)
    return 0.0
