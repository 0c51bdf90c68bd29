"""What a reconciliation answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from museosciences.vocabulary import Concept, Vocabulary

Status = Literal["accepted", "review", "none"]

# At or above, a match is used without a person looking at it.
ACCEPTED = 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """The concept of a term, or none, and the evidence for it.

    ``concept`` is ``scheme/id``; ``taxon`` is the taxon itself, or the source organism of a
    material, with its rank.
    """

    term: str
    kind: str
    concept: str | None = None
    label: str = ""
    taxon: str | None = None
    taxon_rank: str = ""
    confidence: float = 0.0
    method: str = "unmatched"
    status: Status = "none"


def matched(
    vocabulary: Vocabulary,
    term: str,
    kind: str,
    concept: Concept,
    confidence: float,
    method: str,
    *,
    lang: str = "fr",
) -> Match:
    """The match of a term with a concept."""
    taxon = _taxon(vocabulary, concept)
    return Match(
        term=term,
        kind=kind,
        concept=concept.key,
        label=concept.label(lang),
        taxon=taxon.scientific_name if taxon else None,
        taxon_rank=(taxon.rank or "") if taxon else "",
        confidence=round(confidence, 3),
        method=method,
        status="accepted" if confidence >= ACCEPTED else "review",
    )


def _taxon(vocabulary: Vocabulary, concept: Concept) -> Concept | None:
    if concept.scheme == "taxa":
        return concept
    for key in vocabulary.ancestors(concept.key):
        for organism in vocabulary.concepts[key].organisms:
            return vocabulary.concepts.get(organism)
    return None
