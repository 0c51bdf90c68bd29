"""Linked data for machines, harvesting for aggregators."""

from __future__ import annotations

from fastapi import APIRouter

from museosciences.serve.documents import Documents
from museosciences.serve.machine import dereference


def router(documents: Documents) -> APIRouter:
    """All that machines ask; pages of things are drawn by ``documents``."""
    found = APIRouter()
    found.include_router(dereference.router(documents))
    return found
