"""The pages in a real browser: the main paths, what is fetched, and what axe finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from museosciences import link
from museosciences.serve.accounts import Accounts
from museosciences.serve.pages.frame import vendored
from museosciences.workspace import Workspace

from .serving import serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
NAME, PASSWORD = "claire", "trois mots longs"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGES = (
    "/", "/recherche?q=a", "/recherche?taxon=taxa/Aves", "/object/DEMO02/930.7.1.html",
    "/object/DEMO07/H.25.html", "/liens", "/concept/taxa/Aves.html",
    "/concept/materials/animal-material.html", "/museum/DEMO01.html", "/carte", "/chronologie",
    "/vitrines", "/vitrines/1", "/programme", "/questions", "/query/objects-by-taxon?run=1",
    "/theme/museosciences.html", "/a-propos", "/donnees", "/accessibilite", "/connexion", "/perdu",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[playwright.Browser]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed on this machine")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield found
        found.close()


class Visit:
    """A page of a browser, and what it fetched, and what went wrong in it."""

    def __init__(self, page: playwright.Page, server: str) -> None:
        self.page, self.server = page, server
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)

    def _note(self, request: playwright.Request) -> None:
        if not request.url.startswith((self.server + "/", "data:", "blob:")):
            self.elsewhere.append(request.url)

    def _hear(self, message: playwright.ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            self.errors.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.server + path, wait_until="load")

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        found: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return found


@pytest.fixture
def visit(browser: playwright.Browser, server: str) -> Iterator[Visit]:
    """A visit of the demonstration that must fetch nothing from elsewhere, and raise no error."""
    context = browser.new_context(viewport=DESKTOP)
    found = Visit(context.new_page(), server)
    yield found
    context.close()
    assert not found.elsewhere
    assert not found.errors


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_page_has_a_serious_barrier(visit: Visit, lang: str) -> None:
    barriers = []
    for path in PAGES:
        visit.go(path + ("&" if "?" in path else "?") + f"lang={lang}")
        for found in axe.Axe().run(visit.page).response["violations"]:
            if found["impact"] in ("serious", "critical"):
                barriers.append((path, found["id"], found["nodes"][0]["html"][:120]))
    assert not barriers


def test_no_page_is_wider_than_a_phone(visit: Visit) -> None:
    visit.page.set_viewport_size(PHONE)
    wide = []
    for path in PAGES:
        visit.go(path)
        if visit.overflow() > 0:
            wide.append((path, visit.overflow()))
    assert not wide


def test_a_search_leads_to_a_record_and_its_links(visit: Visit) -> None:
    page = visit.page
    visit.go("/")
    page.get_by_role("searchbox").first.fill("elephant")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="Éléphants au bain").click()
    assert page.locator("h1").inner_text() == "Éléphants au bain"
    page.get_by_role("link", name="comprendre et juger ce lien").first.click()
    assert "Elephas maximus" in page.locator("h1").inner_text()
    page.get_by_text("La fiche telle que le musée l’a écrite").first.click()
    assert page.locator("table.cells").first.is_visible()


def test_a_facet_narrows_the_search_and_can_be_taken_away(visit: Visit) -> None:
    page = visit.page
    visit.go("/recherche")
    before = page.locator("#count").inner_text()
    page.get_by_role("link", name="Spécimens").click()
    assert page.locator("#count").inner_text() != before
    assert page.locator(".card:not(.specimen)").count() == 0
    page.get_by_role("link", name="retirer").click()
    assert page.locator("#count").inner_text() == before


def test_a_curator_signs_in_and_confirms_a_link(
    browser: playwright.Browser, own: Workspace
) -> None:
    Accounts(own.path).add(NAME, PASSWORD)
    for server in serving(own):
        context = browser.new_context(viewport=PHONE)
        visit = Visit(context.new_page(), server)
        page = visit.page
        visit.go("/liens")
        page.get_by_role("link", name="comprendre et juger ce lien").first.click()
        page.locator("#judge").locator("..").get_by_role("link", name="Connectez-vous").click()
        page.locator("input[name=name]").fill(NAME)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button").click()
        page.locator("input[name=why]").fill("vu en salle")
        page.get_by_role("button", name="Confirmer le lien").click()
        assert "Lien confirmé" in page.get_by_role("status").inner_text()
        assert not visit.elsewhere
        context.close()
    decided = next(iter(link.read_reviews(own.reviews).values()))
    assert (decided.decision, decided.who, decided.why) == ("accept", NAME, "vu en salle")


def test_a_question_is_taken_away_as_a_table(visit: Visit) -> None:
    page = visit.page
    visit.go("/questions")
    page.locator("main a[href*='objects-by-taxon']").first.click()
    page.get_by_role("button", name="Poser la question").click()
    rows = page.locator("table.answer tbody tr").count()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert rows
    assert len(lines) > rows


def test_the_language_is_changed_and_remembered(visit: Visit) -> None:
    page = visit.page
    visit.go("/vitrines")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Display cases"
    visit.go("/carte")
    assert page.locator("h1").inner_text() == "The museums"


def test_images_are_asked_for_when_they_are_wanted(visit: Visit) -> None:
    page = visit.page
    visit.go("/vitrines/1")
    page.get_by_role("button", name="Afficher les images").click()
    page.get_by_role("button", name="Masquer les images").wait_for()
    page.wait_for_timeout(200)
    assert visit.elsewhere
    assert all("museosciences.example/media/" in address for address in visit.elsewhere)
    # The images of the demonstration lead nowhere: their frames stay.
    visit.elsewhere.clear()
    visit.errors.clear()


def test_everything_is_read_without_scripts(browser: playwright.Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESKTOP)
    visit = Visit(context.new_page(), server)
    visit.go("/recherche?q=nautile")
    visit.page.locator(".card a").first.click()
    assert visit.page.locator("dl.headings dt").count() > 3
    visit.go("/liens?type=made-of")
    assert visit.page.locator("li.link").count()
    visit.go("/carte")
    assert visit.page.locator("main table tbody tr").count() > 10
    assert not visit.elsewhere
    context.close()


def test_a_matrix_cell_leads_to_its_links(visit: Visit) -> None:
    page = visit.page
    visit.go("/liens")
    page.get_by_text("Entre quels musées").click()
    cell = page.locator("td.heat a").first
    number = cell.inner_text().split()[0]
    cell.click()
    assert page.locator("h2.count").inner_text().split()[0] == number


def test_the_neighbourhood_of_a_record_can_be_walked(visit: Visit) -> None:
    page = visit.page
    visit.go("/object/DEMO02/930.7.1.html")
    page.locator("svg.neighbourhood a").first.click()
    assert "/object/" in page.url
    assert page.locator("h1").inner_text() != "Portrait du physicien Célestin Obertoux"
    assert urlopen(page.url).status == 200


@pytest.mark.skipif(not vendored("leaflet.js"), reason="`make assets` was not run")
def test_a_museum_of_the_map_leads_to_its_page(visit: Visit) -> None:
    page = visit.page
    visit.go("/carte")
    page.locator(".live path.full").first.wait_for()
    page.locator(".live path.full").last.dispatch_event("click")
    page.locator(".leaflet-popup-content a").click()
    assert "/museum/" in page.url
    assert page.locator("h1").is_visible()


@pytest.mark.skipif(not vendored("yasgui.min.js"), reason="`make assets` was not run")
def test_the_editor_asks_the_endpoint_of_this_site(visit: Visit) -> None:
    page = visit.page
    visit.go("/sparql")
    page.locator(".yasqe_queryButton").click()
    page.locator(".yasr table.dataTable tbody tr, .yasr .tableEmpty").first.wait_for()
    assert page.locator(".yasr table.dataTable tbody tr").count() > 5
    page.locator(".CodeMirror").first.click()
    page.keyboard.type("PREFIX foaf: ")
    page.wait_for_timeout(500)
