"""The link explorer, and the page of one link."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request, Response

from museosciences import link
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.pages.frame import Addresses, language, number_of, render
from museosciences.serve.pages.graph import labels, links, museum_name
from museosciences.serve.pages.judging import review_of, status_of
from museosciences.serve.pages.keeping import kept
from museosciences.serve.pages.operation import axes, vitrines

router = APIRouter(include_in_schema=False)
PAGE = 20
# Museums of each side in the matrix.
SIDE = 12
LONGEST = 200
_FIELDS = {
    "subjects": ("sujets représentés", "subjects"), "titles": ("titre", "title"),
    "materials": ("matières", "materials"), "taxon": ("nom scientifique", "scientific name"),
    "makers": ("auteurs", "makers"), "object_names": ("désignation", "object name"),
    "techniques": ("techniques", "techniques"), "description": ("description", "description"),
    "acquisition": ("acquisition", "acquisition"), "occurrence": ("récolte", "gathering"),
    "discovery": ("découverte", "discovery"), "exhibitions": ("expositions", "exhibitions"),
    "analyses": ("analyses", "analyses"), "former_owners": ("anciens possesseurs", "former owners"),
    "periods": ("périodes", "periods"), "schools": ("écoles", "schools"),
    "domains": ("domaines", "domains"), "use": ("utilisation", "use"),
    "remarks": ("observations", "remarks"), "bibliography": ("bibliographie", "bibliography"),
}  # fmt: skip
_ROLES = {
    "main": ("motif principal", "main motif"), "genre": ("genre de l’œuvre", "genre of the work"),
    "unstated": ("place non précisée", "role not stated"),
    "secondary": ("motif secondaire", "secondary motif"),
    "attribute": ("attribut d’un personnage", "attribute of a figure"),
    "setting": ("élément du décor", "part of the setting"),
}  # fmt: skip


@router.get("/liens")
@kept
def explorer(request: Request, here: Here) -> Response:
    """The links that answer the filters, and between which museums they run."""
    lang = language(request)
    given = {n: v[:LONGEST] for n, v in request.query_params.items() if v}
    found = _wanted(request, here, lang, given)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, number_of(given, "page")), pages)
    url = Addresses(request, here.base)
    kept = {name: given.get(name, "") for name in _FILTERS}
    everything = links(here, lang)
    return render(
        request,
        here.base,
        "links.html",
        found=found[(page - 1) * PAGE : page * PAGE],
        count=len(found),
        page=page,
        pages=pages,
        given=kept,
        address=lambda number: url("liens", **kept, page="" if number == 1 else number),
        types=sorted({one["type"] for one in everything}),
        museums=_museums(here, everything),
        axes=[*(axis for axis in axes(here, lang) if not axis.above), *vitrines(here, lang)],
        matrix=_matrix(here, found),
        status=lambda one: status_of(request, here, one),
    )


_FILTERS = ("type", "museum", "art", "science", "status", "min_score", "axis", "concept", "text")


def _wanted(
    request: Request, here: Current, lang: str, given: dict[str, str]
) -> list[dict[str, str]]:
    """The links that answer the filters; what was rejected is shown when it is asked for."""
    try:
        least = float(given.get("min_score", "0").replace(",", "."))
    except ValueError:
        least = 0.0
    names = ("type", "museum", "concept", "text", "axis")
    chosen = {name: given.get(name) for name in names}
    accepts = link.Filter(min_score=least, **chosen).accepts(here.store)
    status = given.get("status")
    found = []
    for one in links(here, lang):
        now = status_of(request, here, one)
        between = all(
            given.get(side, "") in ("", one[f"{side}_museum"].rpartition("/")[2])
            for side in ("art", "science")
        )
        if (now == status if status else now != "rejected") and between and accepts(one):
            found.append(one)
    return found


def _museums(here: Current, found: list[dict[str, str]]) -> list[tuple[str, str]]:
    """The museums that have links: code and name."""
    sides = {one[side] for one in found for side in ("art_museum", "science_museum")}
    codes = {iri.rpartition("/")[2] for iri in sides}
    return sorted(((code, museum_name(here, code)) for code in codes), key=lambda pair: pair[1])


def _matrix(here: Current, found: list[dict[str, str]]) -> dict[str, Any]:
    """How many links run from each museum of the arts to each museum of the sciences."""
    pairs = Counter((one["art_museum"], one["science_museum"]) for one in found)
    arts: Counter[str] = Counter()
    sciences: Counter[str] = Counter()
    for (art, science), count in pairs.items():
        arts[art] += count
        sciences[science] += count
    return {
        "arts": [iri for iri, _ in arts.most_common(SIDE)],
        "sciences": [iri for iri, _ in sciences.most_common(SIDE)],
        "pairs": pairs,
        "most": max(pairs.values(), default=1),
        "name": lambda iri: museum_name(here, iri.rpartition("/")[2]),
        "code": lambda iri: iri.rpartition("/")[2],
        "of": lambda code: museum_name(here, code) if code else "…",
    }


@kept
def page(request: Request, here: Current, path: str) -> Response:
    """The page of one link: both sides with their words, the parts of the score, the decision."""
    lang = language(request)
    one = link.known(here.store, here.base + path, lang)
    parts = link.parts(here.store, one["link"])
    others = [iri for iri in parts["representatives"] if iri != one["science_record"]]
    return render(
        request,
        here.base,
        "link.html",
        link=one,
        parts=parts,
        others=labels(here, others, lang),
        status=status_of(request, here, one),
        review=review_of(request, here, one),
        rows={
            side: here.register.rows_of(one[f"{side}_record"].removeprefix(here.base))
            for side in ("art", "science")
        },
        museum=lambda iri: museum_name(here, iri.rpartition("/")[2]),
        fields=_FIELDS,
        roles=_ROLES,
    )
