"""What holds for every request: safe headers, errors with a cause and no stack trace."""

from __future__ import annotations

import httpx
import pytest
from fastapi.testclient import TestClient

from museosciences.serve.app import create_app
from museosciences.serve.headers import LARGEST, SAFE
from museosciences.workspace import Workspace


def test_home_over_the_wire(server: str) -> None:
    found = httpx.get(f"{server}/")
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert {name: found.headers[name] for name in SAFE} == dict(SAFE)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,*/*;q=0.1", "text/html; charset=utf-8"),
        ("application/json", "application/problem+json"),
        ("*/*", "text/plain; charset=utf-8"),
        ("image/png", "text/plain; charset=utf-8"),
        ("!!!", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_not_there(client: TestClient, accept: str, kind: str) -> None:
    found = client.get("/no/such/page", headers={"accept": accept})
    assert found.status_code == 404
    assert found.headers["content-type"] == kind
    assert found.headers["x-content-type-options"] == "nosniff"


def test_a_body_too_large_is_refused(client: TestClient) -> None:
    found = client.post("/", content=b"x" * (LARGEST + 1))
    assert found.status_code == 413


def test_a_failure_of_the_program_tells_nothing_of_it(demonstration: Workspace) -> None:
    app = create_app(demonstration)

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("secret")

    with TestClient(app, raise_server_exceptions=False) as client:
        found = client.get("/broken")
    assert found.status_code == 500
    assert "secret" not in found.text
    assert "Traceback" not in found.text
    assert found.headers["x-content-type-options"] == "nosniff"
