"""The search page: words, facets, results."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from museosciences.report.wording import Wording
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.pages.finder import FACETS, PAGE, Asked, Value
from museosciences.serve.pages.frame import Addresses, render, wording
from museosciences.serve.pages.graph import finder, museum_name
from museosciences.serve.pages.keeping import kept

router = APIRouter(include_in_schema=False)
# Values of a facet that are offered.
OFFERED = 12
_TITLES = {
    "kind": ("Nature", "Kind"),
    "museum": ("Musée", "Museum"),
    "axis": ("Axe de l’opération", "Axis of the operation"),
    "vitrine": ("Vitrine", "Display case"),
    "century": ("Siècle de création", "Century of production"),
    "taxon": ("Animal, plante, organisme", "Animal, plant, organism"),
    "material": ("Matière", "Material"),
    "concept": ("Concept", "Concept"),
    "depicts": ("Représente", "Depicts"),
    "made": ("Fait de", "Made of"),
    "is": ("Est", "Is"),
    "from": ("Provenance", "Origin"),
    "speaks": ("Évoque", "Speaks of"),
    "person": ("Personne", "Person"),
    "place": ("Lieu", "Place"),
    "image": ("Image", "Image"),
    "linked": ("Lien", "Link"),
}


@router.get("/recherche")
@kept
def search(request: Request, here: Here) -> Response:
    """The records that hold the words and have the values chosen."""
    asked = Asked.of(request.query_params)
    w = wording(request)
    found = finder(here).find(here.register, asked)
    chosen = dict(asked.chosen)
    url = Addresses(request, here.base)

    def address(page: int = 1, without: str = "", **more: str) -> str:
        kept = {name: value for name, value in chosen.items() if name != without}
        number = "" if page == 1 else str(page)
        return url("recherche", q=asked.q, **{**kept, **more}, page=number)

    return render(
        request,
        here.base,
        "search.html",
        asked=asked,
        chosen={name: _chosen(here, w, name, value) for name, value in chosen.items()},
        values=chosen,
        found=found,
        page=min(asked.page, found.pages),
        first=(min(asked.page, found.pages) - 1) * PAGE + 1,
        titles={name: w(*_TITLES[name]) for name in FACETS},
        facets={name: options[:OFFERED] for name, options in found.facets.items()},
        address=address,
        label=lambda name, value: value_label(w, name, value),
        museum=lambda code: museum_name(here, code),
    )


def _chosen(here: Current, w: Wording, name: str, value: str) -> str:
    facet = finder(here).facet(FACETS[name], value)
    labels = facet or {"fr": value, "en": value}
    return value_label(w, name, Value(value, labels["fr"], labels["en"], 0))


def value_label(w: Wording, name: str, value: Value) -> str:
    """What a value of a facet is called on a page."""
    text = value.fr if w.lang == "fr" else value.en
    if name == "kind":
        text = w.word("kind", value.value)
    elif name == "century" and value.value.removeprefix("-").isdecimal():
        return w.century(int(value.value))
    elif name == "image":
        text = w("avec image", "with an image")
    elif name == "linked":
        text = w("lié aux arts ou aux sciences", "linked to arts or sciences")
    return w.set(text[:1].upper() + text[1:])
