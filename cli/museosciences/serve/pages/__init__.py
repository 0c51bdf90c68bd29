"""Pages for people.

``router`` has the pages that have an address of their own; ``DOCUMENTS`` the pages of things that
have an identifier, by the room of the identifier (``object``, ``concept`` …), served at the path
of the identifier with ``.html``. ``failure`` draws the page of an error; ``prepare`` makes
what all pages of a build ask for.
"""

from fastapi import APIRouter

from museosciences.serve.documents import Documents
from museosciences.serve.pages import (
    account,
    cases,
    home,
    judging,
    links,
    places,
    programme,
    questions,
    reports,
    search,
    texts,
    things,
)
from museosciences.serve.pages.failure import failure
from museosciences.serve.pages.graph import prepare
from museosciences.serve.pages.record import record

__all__ = ["DOCUMENTS", "failure", "prepare", "router"]

DOCUMENTS: Documents = {
    "object": record,
    "concept": things.concept,
    "person": things.person,
    "agent": things.person,
    "place": things.place,
    "museum": things.museum,
    "theme": things.operation,
    "link": links.page,
    "sparql": texts.editor,
}
router = APIRouter(include_in_schema=False)
for room in (
    home, search, links, judging, cases, places, programme, questions, reports, account, texts,
):  # fmt: skip
    router.include_router(room.router)
