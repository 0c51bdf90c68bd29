"""The pages for people: they come, in both languages, with what they are for, and safely."""

from __future__ import annotations

import re
from collections.abc import Iterator

import icalendar
import pytest
from fastapi.testclient import TestClient
from httpx import Response

from museosciences import link
from museosciences.serve.accounts import Accounts
from museosciences.serve.app import create_app
from museosciences.workspace import Workspace

PAGES = (
    "/", "/recherche", "/recherche?q=nautile", "/recherche?taxon=taxa/Aves&kind=object", "/liens",
    "/liens?type=made-of", "/vitrines", "/vitrines/1", "/carte", "/chronologie", "/programme",
    "/questions", "/query/objects-by-taxon", "/connexion", "/a-propos", "/donnees",
    "/accessibilite", "/sparql", "/concept/taxa/Aves.html", "/concept/materials/ivory.html",
    "/museum/DEMO02.html", "/museum/M0812.html", "/theme/museosciences.html",
    "/object/DEMO02/884.1.2.html",
)  # fmt: skip
HTML = {"accept": "text/html"}
NAME, PASSWORD = "claire", "trois mots longs"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_comes_in_its_language(client: TestClient, path: str, lang: str) -> None:
    answer = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}", headers=HTML)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{lang}">' in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|javascript:", answer.text)
    # Nothing is fetched from elsewhere but the images of the museums.
    fetched = re.findall(r'<(?:script|link rel="stylesheet"|link rel="icon")[^>]*', answer.text)
    assert fetched
    assert not any("//" in tag for tag in fetched)
    client.cookies.clear()


def test_words_find_records_with_and_without_accents(client: TestClient) -> None:
    for words in ("éléphant", "elephant", "éléph"):
        text = client.get("/recherche", params={"q": words}, headers=HTML).text
        assert "Éléphants au bain" in text
    assert "Rien ne répond" in client.get("/recherche?q=zzzzz", headers=HTML).text


@pytest.mark.parametrize("words", ['"', "*", "NEAR(", "a OR", "<script>alert(1)</script>", "\0"])
def test_strange_words_are_words(client: TestClient, words: str) -> None:
    answer = client.get("/recherche", params={"q": words}, headers=HTML)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "path", ["/vitrines/99", "/query/nope", "/rapport/NOPE", "/rapport.exe", "/link/nope.html"]
)
def test_what_is_not_there_is_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.text


def test_what_the_data_page_names_is_there(client: TestClient) -> None:
    page = client.get("/donnees", headers=HTML).text.partition("<main")[2].partition("</main>")[0]
    addresses = set(re.findall(r'href="(/[^"]+)"', page))
    assert len(addresses) >= 8
    for address in addresses:
        assert client.get(address.replace("&amp;", "&")).status_code in (200, 303), address


def test_the_programme_is_a_calendar(client: TestClient) -> None:
    answer = client.get("/programme.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert len(events) >= 10
    for event in events:
        assert event["DTEND"].dt > event["DTSTART"].dt
        assert event["SUMMARY"]


def test_a_question_is_asked_and_taken_away(client: TestClient) -> None:
    page = client.get("/query/objects-by-taxon?run=1&taxon=taxa/Aves", headers=HTML)
    assert page.status_code == 200
    table = client.get("/query/objects-by-taxon.csv?taxon=taxa/Aves")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(table.text.splitlines()) > 2
    assert client.get("/query/objects-by-taxon.json").json()
    assert client.get("/query/objects-by-taxon.xlsx").content.startswith(b"PK")


def test_a_museum_has_its_report(client: TestClient) -> None:
    answer = client.get("/rapport/DEMO02", headers=HTML)
    for _ in range(90):
        if answer.status_code != 202:
            break
        # It is made beside the requests: the reader comes back, and other pages answer meanwhile.
        assert answer.headers["refresh"]
        assert client.get("/vitrines", headers=HTML).status_code == 200
        answer = client.get("/rapport/DEMO02", headers=HTML)
    assert answer.status_code == 200
    assert "rapport d’inventaire" in answer.text


@pytest.fixture
def curator(own: Workspace) -> Iterator[TestClient]:
    """A client that is signed in to a workspace of its own."""
    Accounts(own.path).add(NAME, PASSWORD)
    with TestClient(create_app(own), follow_redirects=False) as found:
        assert _sign_in(found, PASSWORD).status_code == 303
        yield found


def _sign_in(client: TestClient, password: str) -> Response:
    page = client.get("/connexion", headers=HTML).text
    visit = re.search(r'name="visit" value="([^"]+)"', page)
    assert visit
    form = {"name": NAME, "password": password, "visit": visit[1]}
    return client.post("/connexion", data=form)


def _strongest(client: TestClient) -> str:
    found = re.search(r"/link/(\w+)\.html", client.get("/liens", headers=HTML).text)
    assert found
    return found[1]


def test_a_decision_is_written_and_shown_at_once(curator: TestClient, own: Workspace) -> None:
    name = _strongest(curator)
    page = curator.get(f"/link/{name}.html", headers=HTML).text
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token
    form = {
        "token": token[1],
        "decision": "reject",
        "why": "une copie <b>",
        "back": "/liens",
    }
    answer = curator.post(f"/liens/{name}/decision", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/liens")
    decided = next(iter(link.read_reviews(own.reviews).values()))
    assert (decided.decision, decided.who, decided.why) == ("reject", NAME, form["why"])
    page = curator.get(f"/link/{name}.html", headers=HTML).text
    assert "Lien écarté" in page
    assert "copie &lt;b&gt;" in page
    assert name not in curator.get("/liens", headers=HTML).text
    assert name in curator.get("/liens?status=rejected", headers=HTML).text
    assert "une copie" in curator.get("/compte", headers=HTML).text


def test_only_the_form_of_a_session_decides(curator: TestClient, own: Workspace) -> None:
    name = _strongest(curator)
    form = {"token": "0" * 64, "decision": "accept", "why": "oui"}
    assert curator.post(f"/liens/{name}/decision", data=form).status_code == 403
    curator.cookies.clear()
    assert curator.post(f"/liens/{name}/decision", data=form).status_code == 403
    assert not own.reviews.exists()


def test_nobody_is_sent_to_another_site(curator: TestClient) -> None:
    page = curator.get("/connexion?suite=//evil.example/", headers=HTML).text
    assert "evil.example" not in page.partition('name="back"')[2][:60]


def test_a_wrong_password_is_refused_and_guessing_slowed(own: Workspace) -> None:
    Accounts(own.path).add(NAME, PASSWORD)
    with TestClient(create_app(own), follow_redirects=False) as client:
        statuses = [_sign_in(client, "faux mot de passe").status_code for _ in range(6)]
        assert statuses == [401] * 5 + [429]
        assert _sign_in(client, PASSWORD).status_code == 429
