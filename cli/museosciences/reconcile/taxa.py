"""Scientific names of specimens -> taxa of the scheme.

A name that is not in the scheme attaches to its genus, or through its own classification columns
to the lowest known ancestor.
"""

from __future__ import annotations

from collections.abc import Mapping

from museosciences.reconcile.match import Match, matched
from museosciences.vocabulary import Concept, Vocabulary

RANKS = ("genus", "family", "order", "class", "phylum", "kingdom")
EXACT = 1.0
CLASSIFIED = 0.95


def match_taxon(
    vocabulary: Vocabulary, name: str, classification: Mapping[str, str] | None = None
) -> Match:
    """The taxon of a canonical scientific name, given the classification of the row.

    ``classification`` maps ranks (kingdom … genus) to names. When its names contradict each other
    the branch that more of them support wins.
    """
    ranks = classification or {}
    own = vocabulary.taxon_named(name) if name else None
    if own is None and " " in name:
        own = vocabulary.taxon_named(" ".join(name.split()[:2]))
    if own is not None:
        return matched(vocabulary, name, "taxon", own, EXACT, "name")
    candidates = [
        concept for rank in RANKS if (concept := _named(vocabulary, name, ranks, rank)) is not None
    ]
    if not candidates:
        return Match(name, "taxon")
    best = max(candidates, key=lambda concept: _support(vocabulary, concept, candidates))
    return matched(vocabulary, name, "taxon", best, CLASSIFIED, "classification")


def _named(
    vocabulary: Vocabulary, name: str, ranks: Mapping[str, str], rank: str
) -> Concept | None:
    written = ranks.get(rank) or (name.split(" ")[0] if rank == "genus" and name else "")
    return vocabulary.taxon_named(written) if written else None


def _support(
    vocabulary: Vocabulary, concept: Concept, candidates: list[Concept]
) -> tuple[int, int]:
    """How many of the row's names lie on the branch of a concept; the lowest wins a tie."""
    branch = set(vocabulary.ancestors(concept.key))
    return sum(other.key in branch for other in candidates), len(branch)


def contradictions(vocabulary: Vocabulary, classification: Mapping[str, str]) -> list[str]:
    """The names of a classification that do not lie on the branch that the others support."""
    known = [
        concept
        for rank in RANKS
        if (concept := vocabulary.taxon_named(classification.get(rank, ""))) is not None
    ]
    if len(known) < 2:
        return []
    best = max(known, key=lambda concept: _support(vocabulary, concept, known))
    branch = set(vocabulary.ancestors(best.key))
    return [
        concept.scientific_name or concept.key for concept in known if concept.key not in branch
    ]
