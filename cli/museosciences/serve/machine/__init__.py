"""Linked data for machines, harvesting for aggregators."""

from __future__ import annotations

from fastapi import APIRouter

from museosciences.serve.documents import Documents


def router(_documents: Documents) -> APIRouter:
    """All that machines ask; pages of things are drawn by ``documents``."""
    return APIRouter()
