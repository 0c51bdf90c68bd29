"""The account of a source: what was read of it, and what became of every row.

Each chunk of a source has its own, written with it; that of the whole source, its *part*, is
their sum, whoever made the chunks and in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from museosciences.crosswalk import ROWS_NOTED
from museosciences.validate.quality import Profile

COUNTS = ("read", "loaded", "quarantined", "refused")


@dataclass(slots=True)
class Chunk:
    """The account of some rows of a source. ``cells`` had something to say, fields ``took`` some.

    ``left`` counts by column the cells that no field took, ``mended`` names rows that were mended,
    ``problems`` values that could not become RDF terms. ``quality`` is a profile by museum.
    """

    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    refused: int = 0
    records: int = 0
    triples: int = 0
    cells: int = 0
    took: int = 0
    left: dict[str, int] = field(default_factory=dict)
    mended: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    quality: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Part:
    """The account of a part. ``read`` = ``loaded`` + ``quarantined`` + ``refused``, in rows.

    ``chunks`` says of how many it consists. ``quality`` is the quality profile of its records by
    museum, as ``Profile.as_dict`` gives it.
    """

    source: str
    file: str
    sha256: str
    chunks: int = 0
    format: str = ""
    encoding: str | None = None
    crosswalk: str = ""
    museum: str | None = None
    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    refused: int = 0
    records: int = 0
    triples: int = 0
    coverage: float = 0.0
    unmapped: list[str] | None = None
    notes: list[str] | None = None
    quality: dict[str, dict[str, Any]] | None = None
    error: str | None = None

    def add(self, chunks: Iterable[Chunk]) -> None:
        """Add the accounts of all chunks, in their order, to what is known of the file itself."""
        cells = took = 0
        left: set[str] = set()
        mended: list[str] = []
        problems: list[str] = []
        profiles: dict[str, Profile] = {}
        for chunk in chunks:
            for name in (*COUNTS, "records", "triples"):
                setattr(self, name, getattr(self, name) + getattr(chunk, name))
            cells, took = cells + chunk.cells, took + chunk.took
            left.update(chunk.left)
            mended += chunk.mended
            problems += chunk.problems
            for museum, data in chunk.quality.items():
                own = Profile.from_dict(data)
                profiles[museum] = profiles.get(museum, Profile()).merge(own)
        self.coverage = took / cells if cells else 1.0
        self.unmapped = sorted(left)
        self.notes = [*(self.notes or ()), *_first(mended), *_first(problems)]
        self.quality = {museum: found.as_dict() for museum, found in profiles.items()}


def _first(notes: list[str]) -> list[str]:
    """Of many notes the first, and that there are more."""
    if len(notes) <= ROWS_NOTED:
        return notes
    return [*notes[:ROWS_NOTED], "et d'autres lignes / and more rows"]
