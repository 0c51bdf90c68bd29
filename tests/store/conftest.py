"""Two real servers for the tests of remote stores, and the demonstration built on each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from museosciences import build, sources
from museosciences.store import StoreConfig
from museosciences.workspace import Workspace

from . import servers

ENGINES = {"oxigraph": servers.oxigraph, "virtuoso": servers.virtuoso}


@pytest.fixture(scope="session", params=sorted(ENGINES))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StoreConfig]:
    """A server of each engine; where it is absent its tests are skipped, with the reason."""
    patch = pytest.MonkeyPatch()
    patch.setenv(servers.PASSWORD, servers.SECRET)
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as config:
        yield config
    patch.undo()


@pytest.fixture(scope="session")
def elsewhere(
    server: StoreConfig, demonstration: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Workspace:
    """A workspace with the demonstration built on the server."""
    workspace = beside(demonstration, tmp_path_factory.mktemp("remote"))
    build.build(workspace, sources.gather([]), store=server)
    return workspace


def beside(workspace: Workspace, folder: Path) -> Workspace:
    """A workspace without a build, to which the sources of another need not be mapped again."""
    shutil.copytree(workspace.parts, folder / "parts")
    return Workspace(folder)
