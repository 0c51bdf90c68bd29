"""Linked data for machines, harvesting for aggregators."""

from __future__ import annotations

from fastapi import APIRouter

from museosciences.serve.documents import Documents
from museosciences.serve.machine import (
    activity,
    api,
    catalogue,
    dereference,
    dumps,
    oai,
    reconciliation,
)


def router(documents: Documents) -> APIRouter:
    """All that machines ask; pages of things are drawn by ``documents``."""
    found = APIRouter()
    for room in (oai, reconciliation, api, dumps, catalogue, activity):
        found.include_router(room.router)
    found.include_router(dereference.router(documents))
    return found
