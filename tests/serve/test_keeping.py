"""Pages are kept for the next reader, and drawn anew when what they say has changed."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from museosciences import link
from museosciences.serve.app import create_app
from museosciences.workspace import Workspace

HTML = {"accept": "text/html"}


def _strongest(text: str) -> str:
    found = re.search(r"/link/(\w+)\.html", text)
    assert found
    return found[1]


def test_a_decision_is_seen_by_the_next_reader(own: Workspace) -> None:
    with TestClient(create_app(own)) as reader:
        before = reader.get("/liens", headers=HTML)
        name = _strongest(before.text)
        again = reader.get("/liens", headers=HTML)
        assert again.text == before.text
        assert again.headers["content-security-policy"] == before.headers["content-security-policy"]
        store = own.current().open()
        link.append_reviews(own.reviews, [link.judge(store, name, "reject", "claire", "non")])
        store.close()
        assert _strongest(reader.get("/liens", headers=HTML).text) != name


def test_each_language_and_each_question_has_its_own_page(own: Workspace) -> None:
    with TestClient(create_app(own)) as reader:
        assert '<html lang="fr">' in reader.get("/recherche?q=nautile", headers=HTML).text
        assert '<html lang="en">' in reader.get("/recherche?q=nautile&lang=en", headers=HTML).text
        # The choice is remembered by a cookie.
        assert '<html lang="en">' in reader.get("/recherche?q=nautile", headers=HTML).text
        reader.cookies.clear()
        assert '<html lang="fr">' in reader.get("/recherche?q=nautile", headers=HTML).text
        other = reader.get("/recherche?q=microscope", headers=HTML).text
        assert 'value="microscope"' in other
