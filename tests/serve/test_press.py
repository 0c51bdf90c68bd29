"""What takes long is made beside the requests, one at a time, each once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from fastapi import HTTPException

from museosciences.serve.live import Live
from museosciences.serve.pages import press as room
from museosciences.serve.pages.press import LINE, Press
from museosciences.workspace import Workspace


def _until(press: Press, name: str) -> bytes:
    for _ in range(100):
        found = press.get(name, lambda: b"never")
        if found is not None:
            return found
    raise AssertionError("it was not made")


def _fill(press: Press, make: Callable[[], bytes]) -> None:
    for number in range(3):
        press.get(f"more {number}", make)


def test_each_is_made_once_and_readers_are_not_held(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 0.02)
    live, go, made = Live(own), threading.Event(), []

    def slow() -> bytes:
        go.wait(10)
        made.append("slow")
        return b"report"

    with live.lease() as here:
        press = Press(here, live)
        started = time.monotonic()
        assert press.get("a", slow) is None
        assert press.get("a", slow) is None
        assert time.monotonic() - started < 5
        go.set()
        assert _until(press, "a") == b"report"
        assert made == ["slow"]
    live.close()


def test_what_fails_is_told_and_tried_again(own: Workspace) -> None:
    live = Live(own)

    def broken() -> bytes:
        raise ValueError("no")

    with live.lease() as here:
        press = Press(here, live)
        with pytest.raises(ValueError, match="no"):
            press.get("a", broken)
        assert press.get("a", lambda: b"yes") == b"yes"
    live.close()


def test_a_line_has_an_end(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PATIENCE", 0.001)
    live, go = Live(own), threading.Event()
    with live.lease() as here:
        press = Press(here, live)

        def slow() -> bytes:
            go.wait(10)
            return b""

        # One may be under way already, the others wait.
        for number in range(LINE):
            assert press.get(str(number), slow) is None
        with pytest.raises(HTTPException, match="503"):
            _fill(press, slow)
        go.set()
    live.close()
