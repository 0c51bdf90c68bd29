"""What a reconciliation answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from museosciences.vocabulary import Concept, Vocabulary

Status = Literal["accepted", "review", "none"]

# At or above, a match is used without a person looking at it.
ACCEPTED = 0.7
# A match that a person must confirm is never above.
REVIEW = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """The concept of a term, or none, and the evidence for it.

    ``concept`` is ``scheme/id``; ``taxon`` is the taxon itself, or the source organism of a
    material, with its rank; ``authority`` is the entry of an external authority that bears the term
    (without ``concept``, the authority alone knows it); ``reason`` says what had to be decided.

    Without concept the ``method`` tells three answers apart: ``trap`` (known, and none of ours),
    ``unmatched`` (unknown), ``failed`` (nothing could be looked for: an empty term).
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
    reason: str = ""
    authority: str = ""  # the IRI of the entry of an external authority that led there


def matched(
    vocabulary: Vocabulary,
    term: str,
    kind: str,
    concept: Concept,
    confidence: float,
    method: str,
    *,
    lang: str = "fr",
    reason: str = "",
) -> Match:
    """The match of a term with a concept."""
    taxon = _taxon(vocabulary, concept)
    return Match(
        term=term,
        kind=kind,
        concept=concept.key,
        label=concept.label(lang),
        taxon=taxon.scientific_name if taxon else None,
        taxon_rank=(taxon.rank or "").lower() if taxon else "",
        confidence=round(confidence, 3),
        method=method,
        status="accepted" if confidence >= ACCEPTED else "review",
        reason=reason,
    )


def _taxon(vocabulary: Vocabulary, concept: Concept) -> Concept | None:
    if concept.scheme == "taxa":
        return concept
    for key in vocabulary.ancestors(concept.key):
        if organisms := vocabulary.concepts[key].organisms:
            return vocabulary.concepts.get(_common(vocabulary, organisms))
    return None


def _common(vocabulary: Vocabulary, taxa: list[str]) -> str:
    """The taxon itself, or the closest one above all: any shell may give mother-of-pearl."""
    others = [set(vocabulary.ancestors(other)) for other in taxa[1:]]
    above = vocabulary.ancestors(taxa[0])
    return next((key for key in above if all(key in other for other in others)), taxa[0])
