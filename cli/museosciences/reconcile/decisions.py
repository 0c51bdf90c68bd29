"""Human decisions on persons: two agents are one, or are not. Kept outside the builds.

``persons.tsv`` beside the reviews has the columns one, other, decision, who, when, why; the agents
are IRIs without the base, so that they outlive a change of it. The last decision on a pair counts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal

from museosciences.errors import InputError, Place, Said
from museosciences.reconcile.persons import Pair

FILE = "persons.tsv"


@dataclass(frozen=True, slots=True)
class PersonDecision:
    """One decision on two agents: ``apart`` undoes a joining, ``same`` makes one."""

    one: str
    other: str
    decision: Literal["same", "apart"]
    who: str
    when: str
    why: str

    def pair(self, base: str) -> Pair:
        """The two agents, as IRIs under a base."""
        return frozenset((base + self.one, base + self.other))


_COLUMNS = tuple(column.name for column in fields(PersonDecision))


def read_decisions(path: Path) -> list[PersonDecision]:
    """The decisions, the last one on each pair. Raises InputError with the line at fault."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    found: dict[Pair, PersonDecision] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(_COLUMNS) or row[2] not in ("same", "apart"):
            raise InputError(
                Said(
                    "cette ligne n’est pas une décision sur deux personnes",
                    "this line is not a decision on two persons",
                ),
                place=Place(file=str(path), line=number),
                remedy=Said(
                    "colonnes : " + ", ".join(_COLUMNS) + " ; decision : same ou apart",
                    "columns: " + ", ".join(_COLUMNS) + "; decision: same or apart",
                ),
            )
        decision = PersonDecision(*row)  # type: ignore[arg-type]
        found[decision.pair("")] = decision
    return list(found.values())


def append_decisions(path: Path, decisions: Iterable[PersonDecision]) -> None:
    """Write decisions at the end of the file, each on one line."""
    new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as handle:
        if new:
            handle.write("\t".join(_COLUMNS) + "\n")
        for decision in decisions:
            handle.write("\t".join(" ".join(text.split()) for text in astuple(decision)) + "\n")
