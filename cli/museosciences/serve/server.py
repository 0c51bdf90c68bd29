"""The HTTP server around the application: one process, as the store is read by threads of it."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from museosciences.errors import Said, UsageError, cause_of
from museosciences.serve.app import create_app
from museosciences.workspace import Workspace

# Seconds that requests under way are given when the server is stopped.
FAREWELL = 5
# Connections at a time, some of them idle: a process may open about a thousand files.
MOST_CONNECTIONS = 500


def run(
    workspace: Workspace,
    host: str,
    port: int,
    contact: str | None,
    ready: Callable[[str], object],
) -> None:
    """Serve until interrupted. ``ready`` is told the address. Raises UsageError on a busy port."""
    config = configured(create_app(workspace, contact=contact))
    listening = _listen(host, port)
    with listening:
        found = listening.getsockname()[1]
        ready(f"http://{f'[{host}]' if ':' in host else host}:{found}/")
        uvicorn.Server(config).run(sockets=[listening])


def configured(app: FastAPI, *, log_level: str = "warning") -> uvicorn.Config:
    """How an application is served."""
    return uvicorn.Config(
        app,
        log_level=log_level,
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=FAREWELL,
    )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise UsageError(
            Said(
                f"on ne peut écouter sur {host}:{port} : {cause_of(error).fr}",
                f"{host}:{port} cannot be listened on: {cause_of(error)}",
            ),
            remedy=Said(
                "choisir un autre port avec --port, ou 0 pour n’importe quel port libre",
                "choose another port with --port, or 0 for any free one",
            ),
        ) from error
