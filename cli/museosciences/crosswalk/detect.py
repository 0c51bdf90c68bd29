"""What a file is, before it is built: ``museo detect`` and ``museo crosswalk``."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from museosciences import read
from museosciences.crosswalk.draft import draft
from museosciences.crosswalk.model import Crosswalk, load
from museosciences.crosswalk.source import SAMPLED, choose, ranking, samples
from museosciences.errors import MuseoError
from museosciences.read import SourceRow
from museosciences.record import InventoryRecord

# Stands for the museum in the sample record when no code is given.
NO_MUSEUM = "M0000"


@dataclass(frozen=True, slots=True)
class Detection:
    """What ``detect`` found.

    ``confidence`` is from 0 to 1; ``crosswalk`` is None when none fits; ``candidates`` are the
    crosswalks that fit somewhat, best first; ``sample`` the first record that could be made, and
    ``problem`` why none could.
    """

    path: Path
    format: str
    encoding: str | None
    delimiter: str | None
    crosswalk: str | None
    confidence: float
    columns: list[str]
    unmapped: list[str]
    candidates: list[tuple[str, float]]
    sample: InventoryRecord | None
    problem: MuseoError | None
    notes: list[str] = field(default_factory=list)


def detect(
    path: str | Path,
    *,
    crosswalk: str | None = None,
    encoding: str | None = None,
    museum: str | None = None,
) -> Detection:
    """Look at a file: format, encoding, columns, crosswalk, and the first record it gives.

    Raises UnreadableFile or UnknownFormat when no row can be read.
    """
    named = load(crosswalk) if crosswalk is not None else None
    opened = read.open(path, encoding=encoding)
    chosen, confidence = (named, 1.0) if named else choose(opened)
    sample, problem = _sample(opened, chosen, museum or NO_MUSEUM)
    return Detection(
        path=opened.path, format=opened.format, encoding=opened.encoding,
        delimiter=opened.delimiter, crosswalk=chosen.name if chosen else None,
        confidence=confidence, columns=opened.columns,
        unmapped=chosen.unmapped(opened.columns) if chosen else list(opened.columns),
        candidates=ranking(opened.format, opened.columns)[:5],
        sample=sample, problem=problem, notes=list(opened.notes),
    )  # fmt: skip


def _sample(
    opened: read.Source, chosen: Crosswalk | None, museum: str
) -> tuple[InventoryRecord | None, MuseoError | None]:
    problem: MuseoError | None = None
    for row in islice(opened, SAMPLED):
        if not isinstance(row, SourceRow):
            problem = problem or row.reason
        elif chosen is not None:
            try:
                return chosen.record(
                    row, museum=museum, source="detect", file=opened.path.name
                ), None
            except MuseoError as error:
                problem = problem or error
    return None, problem


def draft_file(path: str | Path, *, encoding: str | None = None, name: str | None = None) -> str:
    """A crosswalk drafted from the headers and the first rows of a file, as TOML text."""
    opened = read.open(path, encoding=encoding)
    return draft(
        opened.columns, samples(opened), name=name or opened.path.stem.lower(), format=opened.format
    )
