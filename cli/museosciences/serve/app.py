"""The application: the build, its routers, and what holds for every request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

from museosciences import __version__
from museosciences.serve import failures, machine, pages, stream
from museosciences.serve.headers import Bounded, SafeHeaders
from museosciences.serve.heads import Heads
from museosciences.serve.leasing import Leasing
from museosciences.serve.live import Live
from museosciences.serve.sparql import endpoint
from museosciences.serve.sparql.limits import Limits
from museosciences.serve.sparql.pool import Pool
from museosciences.workspace import Workspace


def create_app(
    workspace: Workspace, *, contact: str | None = None, limits: Limits | None = None
) -> FastAPI:
    """The web application on the current build of a workspace; a new build is taken up alone.

    ``contact`` is the address of who answers for it, which harvesters are told; ``limits`` are
    those of the SPARQL endpoint.
    """
    live = Live(workspace, pages.prepare)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        pool = app.state.pool = Pool(limits or Limits())
        app.state.streams = CapacityLimiter(stream.MOST)
        yield
        await pool.close()
        live.close()

    app = FastAPI(
        title="MuséoSciences",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        # The pages of FastAPI for its interface fetch their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    app.state.live = live
    app.state.contact = contact
    failures.install(app, pages.failure)
    for middleware in (Leasing, Bounded, SafeHeaders, Heads):
        app.add_middleware(middleware)
    # Reading is open to the scripts of any site; they are given no cookie.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["*"],
        expose_headers=["*"],
    )
    app.mount("/static", StaticFiles(packages=[("museosciences.serve", "static")]))
    # The pages come first: what they do not answer is looked up as an identifier.
    app.include_router(pages.router)
    app.include_router(endpoint.router(pages.DOCUMENTS))
    app.include_router(machine.router(pages.DOCUMENTS))
    return app
