"""Resumption tokens of OAI-PMH that hold all they need: no state is kept between two requests.

A token is the request it goes on from and the mark of the last record given. As the mark is a
place in the order of the register, not a count, it is good in the next build too. A digest tells
a token that was cut or changed from one of ours; it is no secret, for a token opens nothing.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import astuple, dataclass

from museosciences import iris


@dataclass(frozen=True, slots=True)
class Token:
    """Where a list stopped: the request, the last record (changed, path), and the counts."""

    prefix: str
    set: str | None
    since: str | None
    until: str | None
    changed: str
    path: str
    cursor: int
    total: int | None

    def text(self) -> str:
        """The token as it goes over the wire: letters that need no escaping."""
        content = json.dumps(astuple(self), ensure_ascii=False, separators=(",", ":"))
        packed = base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")
        return f"{packed}.{iris.digest('token', packed)}"


def parse(text: str) -> Token | None:
    """The token that a text is, or None when it is none of ours.

    >>> parse("x.y") is None, parse("") is None
    (True, True)
    """
    packed, _, digest = text.partition(".")
    if digest != iris.digest("token", packed):
        return None
    try:
        content = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        values = json.loads(content)
        return Token(*values) if _sound(values) else None
    except (binascii.Error, ValueError, RecursionError):
        return None


def _sound(values: object) -> bool:
    """Whether values have the types of the members of a token."""
    if not isinstance(values, list) or len(values) != 8:
        return False
    texts, optional, (cursor, total) = [values[0], *values[4:6]], values[1:4], values[6:]
    return (
        all(isinstance(value, str) for value in texts)
        and all(value is None or isinstance(value, str) for value in optional)
        and type(cursor) is int
        and cursor >= 0
        and (total is None or type(total) is int)
    )
