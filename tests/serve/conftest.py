"""The web on the demonstration: in process where that is enough, on a port where it is not."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from museosciences.serve import create_app
from museosciences.workspace import Workspace


@pytest.fixture(scope="module")
def client(demonstration: Workspace) -> Iterator[TestClient]:
    """A client inside the process; it follows no redirect."""
    with TestClient(create_app(demonstration), follow_redirects=False) as found:
        yield found


def serving(workspace: Workspace) -> Iterator[str]:
    """A server on a free port of this machine: its address, without a slash at the end."""
    config = uvicorn.Config(create_app(workspace), log_level="error", access_log=False)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def server(demonstration: Workspace) -> Iterator[str]:
    """A server on the demonstration."""
    yield from serving(demonstration)


@pytest.fixture
def own(demonstration: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of a test's own, with the demonstration in it."""
    copied = Workspace(tmp_path / "workspace")
    build = copied.begin()
    shutil.copytree(demonstration.current().path, build.path, dirs_exist_ok=True)
    copied.switch(build, demonstration.current().account())
    return copied
