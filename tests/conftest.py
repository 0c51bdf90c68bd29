"""What all tests share: where the real files are, when they are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from museosciences import build, sources
from museosciences.store import EmbeddedStore
from museosciences.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inventories, vocabularies and conformance suites, beside the checkout."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the real inventories (../shared) are absent on this machine")
    return folder


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the demonstration built in it, once for all tests."""
    workspace = Workspace(tmp_path_factory.mktemp("demonstration") / "workspace")
    build.build(workspace, sources.gather([]))
    return workspace


@pytest.fixture
def store(demonstration: Workspace) -> Iterator[EmbeddedStore]:
    """The store of the demonstration, for reading."""
    current = demonstration.current()
    opened = EmbeddedStore(current.store, base=current.account()["base"], read_only=True)
    yield opened
    opened.close()
