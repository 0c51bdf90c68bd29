"""What the pages and the linked data agree on: who draws the page of a thing with an identifier."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import Request, Response

from museosciences.serve.live import Current

# Draws the page of a thing: the request, the build, and the path of its identifier under the base.
Document = Callable[[Request, Current, str], Response]
# By the room of the identifier, the first part of its path.
Documents = Mapping[str, Document]
