"""Human decisions on links: one line of text each, kept outside the builds and obeyed by them.

``reviews.tsv`` has the columns link, decision, art_record, via, science_museum, who, when, why and
rule. A decision speaks of the pair (work, shared concept, museum of the sciences), so that a
rejected pair does not return through another rule. The last decision on a pair counts.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal

from museosciences.errors import InputError, Place, Said

Decision = Literal["accept", "reject"]
Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """One decision. IRIs are kept without the base, so that they outlive a change of it."""

    link: str
    decision: Decision
    art_record: str
    via: str
    science_museum: str
    who: str
    when: str
    why: str
    rule: str = ""

    @property
    def pair(self) -> Pair:
        return self.art_record, self.via, self.science_museum


COLUMNS = tuple(field.name for field in fields(Review))


def read(path: Path) -> dict[Pair, Review]:
    """The last decision on each pair. Raises InputError with the line at fault."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    found: dict[Pair, Review] = {}
    for number, row in enumerate(rows[1:], start=2):
        place = Place(file=str(path), line=number)
        if len(row) != len(COLUMNS) or row[1] not in ("accept", "reject"):
            raise InputError(
                Said("cette ligne n’est pas une décision", "this line is not a decision"),
                place=place,
                remedy=Said(
                    "colonnes : " + ", ".join(COLUMNS) + " ; decision : accept ou reject",
                    "columns: " + ", ".join(COLUMNS) + "; decision: accept or reject",
                ),
            )
        review = Review(*row)  # type: ignore[arg-type]
        found[review.pair] = review
    return found


def precision(reviews: Iterable[Review]) -> list[tuple[str, int, int, float]]:
    """For each rule that was judged: accepted, rejected, and the share of the accepted."""
    judged = Counter((review.rule, review.decision) for review in reviews)
    found = []
    for rule in sorted({rule for rule, _ in judged}):
        yes, no = judged[rule, "accept"], judged[rule, "reject"]
        found.append((rule, yes, no, round(yes / (yes + no), 4)))
    return found


def append(path: Path, reviews: Iterable[Review]) -> None:
    """Write decisions at the end of the file, each on one line."""
    new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as handle:
        if new:
            handle.write("\t".join(COLUMNS) + "\n")
        for review in reviews:
            handle.write("\t".join(" ".join(text.split()) for text in astuple(review)) + "\n")
