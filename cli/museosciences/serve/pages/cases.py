"""The vitrines: virtual display cases of the operation."""

from __future__ import annotations

import pyoxigraph as ox
from fastapi import APIRouter, HTTPException, Request, Response

from museosciences.publish.collection import values
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.pages.finder import Asked
from museosciences.serve.pages.frame import Addresses, language, number_of, render
from museosciences.serve.pages.graph import counts, finder, museum_name, rows
from museosciences.serve.pages.keeping import kept
from museosciences.serve.pages.operation import Axis, vitrines
from museosciences.store import Term

router = APIRouter(include_in_schema=False)


@router.get("/vitrines")
@kept
def cases(request: Request, here: Here) -> Response:
    """All display cases, with how many records each one holds."""
    held = counts(here, "vitrine")
    found = [(case, held.get(case.path, 0)) for case in vitrines(here, language(request))]
    return render(request, here.base, "cases.html", cases=found)


@router.get("/vitrines/{number}")
@kept
def case(request: Request, here: Here, number: str) -> Response:
    """One display case: what is worth being seen first comes first."""
    lang = language(request)
    known = {str(case.number): case for case in vitrines(here, lang)}
    if number not in known:
        raise HTTPException(404, "there is no such display case")
    shown = known[number]
    asked = Asked("", (("vitrine", shown.path),), number_of(request.query_params, "page"))
    found = finder(here).find(here.register, asked, facets=False)
    url = Addresses(request, here.base)
    return render(
        request,
        here.base,
        "case.html",
        case=shown,
        shown=found.cards,
        why=_reasons(here, shown, [card["path"] for card in found.cards], lang),
        count=found.total,
        page=min(asked.page, found.pages),
        pages=found.pages,
        address=lambda page: url(f"vitrines/{number}", page=page),
        museum=lambda code: museum_name(here, code),
    )


def _reasons(here: Current, case: Axis, paths: list[str], lang: str) -> dict[str, str]:
    """Why each record is in a display case."""
    if not paths:
        return {}
    query = f"""SELECT ?r ?why WHERE {{ {values("r", (here.base + path for path in paths))}
        ?s ms:selects ?r ; ms:for ?case ; ms:reason ?why FILTER(LANG(?why) = ?lang) }}"""
    given: dict[str, Term] = {"case": ox.NamedNode(case.iri), "lang": ox.Literal(lang)}
    return {r.removeprefix(here.base): why for r, why in rows(here.store, query, given)}
