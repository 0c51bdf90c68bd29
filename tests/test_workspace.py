"""Builds stand side by side; the switch is one step; a failed build leaves the old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from museosciences.errors import StoreError
from museosciences.workspace import BUILDS_KEPT, Workspace


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="museo build"):
        Workspace(tmp_path / "none").current()


def test_switch_and_keep_two(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    names = []
    for number in range(4):
        build = workspace.begin()
        workspace.switch(build, {"number": number})
        names.append(build.name)
        assert workspace.current().account() == {"number": number}
    kept = sorted(path.name for path in (tmp_path / "builds").iterdir())
    assert kept == names[-BUILDS_KEPT:]


def test_a_build_that_was_killed_is_swept_and_never_answers(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    first = workspace.begin()
    workspace.switch(first, {})
    killed = workspace.begin()
    assert workspace.current().name == first.name
    workspace.switch(workspace.begin(), {})
    assert not killed.path.exists()
    assert first.path.exists(), "the build before the current one is kept"


def test_only_one_build_at_a_time(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with workspace.lock(), pytest.raises(StoreError, match="another build"), workspace.lock():
        pass


def test_a_workspace_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StoreError, match="cannot be written"),
        Workspace(tmp_path / "file" / "w").lock(),
    ):
        pass


def test_a_build_that_is_held_stays_until_it_is_let_go(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.switch(workspace.begin(), {"number": 0})
    with workspace.held() as held:
        for _ in range(3):
            workspace.switch(workspace.begin(), {})
        assert held.account() == {"number": 0}
        assert workspace.current().name != held.name
    workspace.switch(workspace.begin(), {})
    assert not held.path.exists()


def test_nothing_is_held_where_there_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="museo build"), Workspace(tmp_path).held():
        pass
