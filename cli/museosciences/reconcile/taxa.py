"""Scientific names of specimens -> taxa of the scheme.

A name that is not in the scheme attaches to its genus, or through its own classification columns
to the lowest known ancestor. Where the columns contradict each other (*Osteichthyes* with
*Squamata*) the branch that more of them support wins, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from museosciences.reconcile.match import Match, matched
from museosciences.vocabulary import Concept, Vocabulary

RANKS = ("genus", "family", "order", "class", "phylum", "kingdom")
EXACT = 1.0
# The species is not known, its genus, or a taxon above it, is.
BINOMIAL = 0.98
CLASSIFIED = 0.95
# The columns disagree: the better supported branch is taken, less surely.
CONTRADICTED = 0.9


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Names of a classification that do not lie on the branch that the others support."""

    names: tuple[str, ...]
    ranks: tuple[str, ...]
    branch: str  # the scientific name of the lowest taxon of the branch that wins
    support: int  # how many names lie on that branch

    def __str__(self) -> str:
        wrong = ", ".join(
            f"{name} ({rank})" for name, rank in zip(self.names, self.ranks, strict=True)
        )
        return f"{wrong} against the branch of {self.branch}, which {self.support} names support"


def match_taxon(
    vocabulary: Vocabulary, name: str, classification: Mapping[str, str] | None = None
) -> Match:
    """The taxon of a canonical scientific name, given the classification of the row.

    ``classification`` maps ranks (kingdom … genus) to names. ``reason`` of the answer says which
    names were left out because they contradict the branch taken.
    """
    ranks = classification or {}
    if not any(letter.isalpha() for letter in name) and not ranks:
        return Match(name, "taxon", method="failed")
    found = contradiction(vocabulary, ranks)
    own = _own(vocabulary, name, ranks)
    if own is not None:
        match = matched(vocabulary, name, "taxon", own, EXACT, "name")
    else:
        match = _classified(vocabulary, name, ranks)
    if found is None or match.concept is None:
        return match
    sure = match.confidence if match.method != "classification" else CONTRADICTED
    return replace(match, confidence=sure, reason=str(found))


def _own(vocabulary: Vocabulary, name: str, ranks: Mapping[str, str]) -> Concept | None:
    """The taxon of the name itself, or of its species; a homonym of another kingdom is not it."""
    words = name.split()
    for size in dict.fromkeys((len(words), 2)):
        own = vocabulary.taxon_named(" ".join(words[:size])) if len(words) >= size else None
        if own is not None and not _foreign(vocabulary, own, ranks):
            return own
    return None


def _foreign(vocabulary: Vocabulary, own: Concept, ranks: Mapping[str, str]) -> bool:
    """Whether a taxon lies in another kingdom than the row says: *Ficus* is a fig and a snail."""
    kingdom = vocabulary.taxon_named(ranks.get("kingdom", ""))
    branch = set(vocabulary.ancestors(own.key))
    return kingdom is not None and kingdom.key not in branch


def _classified(vocabulary: Vocabulary, name: str, ranks: Mapping[str, str]) -> Match:
    genus = {"genus": name.split(" ")[0]} if " " in name and not ranks.get("genus") else {}
    known = [
        (rank, concept)
        for rank, concept in _known(vocabulary, {**ranks, **genus})
        if not _foreign(vocabulary, concept, ranks)
    ]
    if not known:
        return Match(name, "taxon")
    concepts = [concept for _rank, concept in known]
    rank, best = max(known, key=lambda pair: _support(vocabulary, pair[1], concepts))
    confidence, method = (BINOMIAL, "genus") if rank == "genus" else (CLASSIFIED, "classification")
    return matched(vocabulary, name, "taxon", best, confidence, method)


def _known(vocabulary: Vocabulary, ranks: Mapping[str, str]) -> list[tuple[str, Concept]]:
    """The names of a classification that are known, the lowest first."""
    found = [(rank, vocabulary.taxon_named(ranks.get(rank, ""))) for rank in RANKS]
    return [(rank, concept) for rank, concept in found if concept is not None]


def _support(
    vocabulary: Vocabulary, concept: Concept, candidates: list[Concept]
) -> tuple[int, int]:
    """How many of the row's names lie on the branch of a concept; the lowest wins a tie."""
    branch = set(vocabulary.ancestors(concept.key))
    return sum(other.key in branch for other in candidates), len(branch)


def contradiction(
    vocabulary: Vocabulary, classification: Mapping[str, str]
) -> Contradiction | None:
    """What in a classification contradicts the branch that most of its names support.

    A name above or below the others at another place of one branch is no contradiction. None when
    there is none. This is what the feedback to the museum reports.
    """
    known = _known(vocabulary, classification)
    if len(known) < 2:
        return None
    concepts = [concept for _rank, concept in known]
    best = max(concepts, key=lambda concept: _support(vocabulary, concept, concepts))
    branch = set(vocabulary.ancestors(best.key))
    wrong = [(rank, concept) for rank, concept in known if concept.key not in branch]
    if not wrong:
        return None
    return Contradiction(
        names=tuple(classification[rank] for rank, _ in wrong),
        ranks=tuple(rank for rank, _ in wrong),
        branch=best.scientific_name or best.key,
        support=len(known) - len(wrong),
    )
