"""The build that answers: leases, the change to a new build, and builds that cannot be opened."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from museosciences.errors import StoreError
from museosciences.serve.app import create_app
from museosciences.serve.live import Live
from museosciences.workspace import Workspace


def rebuilt(workspace: Workspace) -> str:
    """Make a copy of the current build the new current one, as a build would."""
    old, new = workspace.current(), workspace.begin()
    shutil.copytree(old.path, new.path, dirs_exist_ok=True)
    workspace.switch(new, {**old.account(), "date": "2030-01-01T00:00:00Z"})
    return new.name


@pytest.fixture
def live(own: Workspace) -> Iterator[Live]:
    opened = Live(own)
    yield opened
    opened.close()


def test_leases_share_a_build(live: Live) -> None:
    with live.lease() as one, live.lease() as other:
        assert one is other
        assert one.store.ask("ASK { ?s ?p ?o }")


def test_a_new_build_is_taken_up_and_the_old_one_serves_who_holds_it(
    live: Live, own: Workspace
) -> None:
    with live.lease() as old:
        closed: list[str] = []
        old.at_end(lambda: closed.append(old.build.name))
        for _ in range(3):
            name = rebuilt(own)
        with live.lease() as new:
            assert new.build.name == name
            assert new is not old
        assert old.store.ask("ASK { ?s ?p ?o }")
        # A thread that had no connection yet opens one: the files are still there.
        counted: list[int] = []
        reader = threading.Thread(target=lambda: counted.append(len(old.register.sources())))
        reader.start()
        reader.join()
        assert counted[0] > 0
        assert not closed
    assert closed == [old.build.name]


def test_what_is_made_once_is_made_anew_for_a_new_build(live: Live, own: Workspace) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    with live.lease() as current:
        assert current.once("x", make) == current.once("x", make) == 1
    rebuilt(own)
    with live.lease() as current:
        assert current.once("x", make) == 2


def test_a_new_build_is_prepared_before_it_answers(own: Workspace) -> None:
    prepared: list[str] = []
    live = Live(own, lambda current: prepared.append(current.build.name))
    with live.lease():
        assert not prepared
    name = rebuilt(own)
    with live.lease() as new:
        assert prepared == [name]
        assert new.build.name == name
    live.close()


def test_a_build_that_cannot_be_opened_leaves_the_old_one(live: Live, own: Workspace) -> None:
    with live.lease() as current:
        first = current.build.name
    broken = own.begin()
    own.switch(broken, {"base": "https://e/"})
    with live.lease() as current:
        assert current.build.name == first
    name = rebuilt_from(own, first)
    with live.lease() as current:
        assert current.build.name == name


def rebuilt_from(workspace: Workspace, name: str) -> str:
    old, new = workspace.path / "builds" / name, workspace.begin()
    shutil.copytree(old, new.path, dirs_exist_ok=True)
    workspace.switch(new, {**new.account()})
    return new.name


def test_no_build_is_an_error_until_there_is_one(tmp_path: Path) -> None:
    live = Live(Workspace(tmp_path))
    with pytest.raises(StoreError, match="museo build"), live.lease():
        pass


def test_requests_go_on_while_builds_change(own: Workspace) -> None:
    statuses: set[int] = set()
    over = threading.Event()

    def ask(client: TestClient) -> None:
        while not over.is_set():
            statuses.add(client.get("/").status_code)

    with TestClient(create_app(own)) as client:
        readers = [threading.Thread(target=ask, args=(client,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        for _ in range(5):
            rebuilt(own)
        over.set()
        for reader in readers:
            reader.join()
        # Those that were still held when they were due go with the next.
        rebuilt(own)
    assert statuses == {200}
    names = {path.name for path in (own.path / "builds").iterdir()}
    assert len(names) <= 3, "the two that are kept, and the one that is open"


def test_a_server_without_a_build_says_so(tmp_path: Path) -> None:
    with TestClient(create_app(Workspace(tmp_path))) as client:
        found = client.get("/", headers={"accept": "application/json"})
    assert found.status_code == 503
    assert "museo build" in found.json()["remedy"]
