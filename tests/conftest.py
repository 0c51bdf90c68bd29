"""What all tests share: where the real files are, when they are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from museosciences import build, sources
from museosciences.store import GraphStore
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
def store(demonstration: Workspace) -> Iterator[GraphStore]:
    """The store of the demonstration, for reading."""
    current = demonstration.current()
    opened = current.open()
    yield opened
    opened.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --write-expected`` writes the expected results again, to be read and committed."""
    parser.addoption("--write-expected", action="store_true", default=False)


@pytest.fixture
def expected(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds what is expected."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--write-expected"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path.name} is not there: pytest --write-expected writes it"
        remedy = "if the change is meant: pytest --write-expected, and read the difference"
        assert text == path.read_text(encoding="utf-8"), remedy

    return compare
