"""The web on the demonstration: in process where that is enough, on a port where it is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from museosciences.serve.app import create_app
from museosciences.workspace import Workspace

from .serving import serving


@pytest.fixture(scope="module")
def client(demonstration: Workspace) -> Iterator[TestClient]:
    """A client inside the process; it follows no redirect."""
    with TestClient(create_app(demonstration), follow_redirects=False) as found:
        yield found


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
