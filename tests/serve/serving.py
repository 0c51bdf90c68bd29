"""A server on a free port of this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import uvicorn

from museosciences.serve.app import create_app
from museosciences.serve.server import configured
from museosciences.serve.sparql.limits import Limits
from museosciences.workspace import Workspace


def serving(workspace: Workspace, limits: Limits | None = None) -> Iterator[str]:
    """Serve a workspace as long as the iterator stands: its address, without a slash at the end."""
    app = create_app(workspace, limits=limits)
    server = uvicorn.Server(configured(app, log_level="critical"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
