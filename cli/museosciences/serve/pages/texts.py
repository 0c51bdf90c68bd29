"""The pages that are texts: about, data, accessibility; and the SPARQL editor."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.pages.frame import render, vendored

router = APIRouter(include_in_schema=False)
# Yasgui styles what it draws by itself.
_EDITOR_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
_EXAMPLE = """PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?musee (COUNT(DISTINCT ?notice) AS ?notices) WHERE {
  ?notice crm:P50_has_current_keeper ?m .
  ?m rdfs:label ?musee .
} GROUP BY ?musee ORDER BY DESC(?notices)
"""


@router.get("/a-propos")
def about(request: Request, here: Here) -> Response:
    """What this is, by whom, and how far it can be trusted."""
    return render(request, here.base, "about.html", account=here.account)


@router.get("/donnees")
def data(request: Request, here: Here) -> Response:
    """How to take the data."""
    return render(request, here.base, "data.html")


@router.get("/accessibilite")
def accessibility(request: Request, here: Here) -> Response:
    """How accessible the site is."""
    return render(request, here.base, "accessibility.html")


def editor(request: Request, here: Current, _path: str) -> Response:
    """The SPARQL editor: Yasgui where it was put in place, else a plain form."""
    ready = vendored("yasgui.min.js")
    response = render(request, here.base, "editor.html", vendored=ready, example=_EXAMPLE)
    if ready:
        response.headers["content-security-policy"] = _EDITOR_POLICY
    return response
