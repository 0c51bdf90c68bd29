"""The home page: the operation, its figures, its axes, some links told."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from museosciences.serve.leasing import Here
from museosciences.serve.pages.frame import language, render
from museosciences.serve.pages.graph import counts, links, museum_name
from museosciences.serve.pages.keeping import kept
from museosciences.serve.pages.operation import axes, theme, vitrines

router = APIRouter(include_in_schema=False)
# Links told on the home page, each of another type and of another work.
TOLD = 5


@router.get("/")
@kept
def home(request: Request, here: Here) -> Response:
    """What the collection holds, and where to begin."""
    lang = language(request)
    kinds = counts(here, "kind")
    all_links = links(here, lang)
    return render(
        request,
        here.base,
        "home.html",
        theme=theme(here, lang),
        axes=[axis for axis in axes(here, lang) if not axis.above],
        counts=counts(here, "axis"),
        vitrines=vitrines(here, lang),
        kinds=kinds,
        museums=len(counts(here, "museum")),
        links=len([one for one in all_links if one["status"] != "review"]),
        told=_told(all_links),
        name=lambda code: museum_name(here, code),
    )


def _told(found: list[dict[str, str]]) -> list[dict[str, str]]:
    """The strongest sound links, of as many types and works as there are."""
    told: list[dict[str, str]] = []
    types: set[str] = set()
    works: set[str] = set()
    for one in found:
        new = one["type"] not in types and one["art_record"] not in works
        if new and one["status"] != "review":
            types.add(one["type"])
            works.add(one["art_record"])
            told.append(one)
    return told[:TOLD]
