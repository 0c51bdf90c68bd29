"""Museum inventories into one knowledge graph, and the arts–sciences links in it, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from museosciences.library import Opened, open, queries

__version__ = "0.1.0"
__all__ = ["Opened", "__version__", "open", "queries"]


def __getattr__(name: str) -> object:
    """Import the library only when it is asked for: commands that need none of it start fast."""
    if name in ("Opened", "open", "queries"):
        from museosciences import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
