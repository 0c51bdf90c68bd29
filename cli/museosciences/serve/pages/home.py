"""The home page."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from museosciences.serve.leasing import Here

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def home(here: Here) -> str:
    """What the collection holds."""
    total = here.account["total"]
    return (
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>MuséoSciences</title>'
        f"<h1>MuséoSciences</h1><p>{total['loaded']} notices, "
        f"{escape(str(here.account['triples']))} faits.</p></html>"
    )
