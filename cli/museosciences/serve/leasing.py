"""A request and the build it reads: one lease, from the first need of it to the last byte sent."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from museosciences.serve.live import Current, Live

_STACK, _CURRENT = "museosciences.leases", "museosciences.current"


class Leasing:
    """Ends the lease of a request after its response, also when it was streamed or broke off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with ExitStack() as stack:
            scope[_STACK] = stack
            await self._app(scope, receive, send)


def current(request: HTTPConnection) -> Current:
    """The build of this request: always the same one. Raises StoreError when there is none."""
    scope = request.scope
    if _CURRENT not in scope:
        live: Live = request.app.state.live
        scope[_CURRENT] = scope[_STACK].enter_context(live.lease())
    found: Current = scope[_CURRENT]
    return found


# A parameter of this type gives an endpoint the build of its request.
Here = Annotated[Current, Depends(current)]
