"""Scientific names of specimens: where they attach, and what is done with contradictions."""

from __future__ import annotations

import pytest

from museosciences import vocabulary
from museosciences.reconcile import contradiction, match_taxon
from museosciences.vocabulary import Concept, Vocabulary

SQUAMATE = {
    "kingdom": "Animalia",
    "phylum": "Chordata",
    "class": "Osteichthyes",
    "order": "Squamata",
    "family": "Colubridae",
}


@pytest.mark.parametrize(
    ("name", "classification", "taxon", "rank", "method"),
    [
        ("Panthera leo", {}, "Panthera leo", "species", "name"),
        ("Panthera leo persica", {}, "Panthera leo", "species", "name"),
        ("Draco fimbriatus", {}, "Draco", "genus", "genus"),
        ("Liophis anomalus", SQUAMATE, "Colubridae", "family", "classification"),
        ("Peropus mutilatus", {"kingdom": "Animalia"}, "Animalia", "kingdom", "classification"),
    ],
)
def test_a_name_attaches_to_the_lowest_known_taxon(
    name: str, classification: dict[str, str], taxon: str, rank: str, method: str
) -> None:
    match = match_taxon(vocabulary.load(), name, classification)
    assert (match.taxon, match.taxon_rank, match.method) == (taxon, rank, method)
    assert match.status == "accepted"


def test_the_better_supported_branch_wins_and_says_so() -> None:
    known = vocabulary.load()
    match = match_taxon(known, "Liophis anomalus", SQUAMATE)
    assert match.reason == (
        "Osteichthyes (class) against the branch of Colubridae, which 4 names support"
    )
    assert match.confidence < match_taxon(known, "Liophis", {"family": "Colubridae"}).confidence
    found = contradiction(known, SQUAMATE)
    assert found is not None
    assert (found.names, found.ranks, found.branch) == (("Osteichthyes",), ("class",), "Colubridae")
    assert contradiction(known, {**SQUAMATE, "class": "Reptilia"}) is None


def test_a_homonym_of_another_kingdom_is_not_taken() -> None:
    animals = Concept("taxa/Animalia", scientific_name="Animalia", rank="kingdom")
    plants = Concept("taxa/Plantae", scientific_name="Plantae", rank="kingdom")
    fig = Concept("taxa/Ficus", broader=["taxa/Plantae"], scientific_name="Ficus", rank="genus")
    known = Vocabulary([animals, plants, fig], [])
    assert match_taxon(known, "Ficus carica", {"kingdom": "Plantae"}).taxon == "Ficus"
    snail = match_taxon(known, "Ficus ventricosa", {"kingdom": "Animalia"})
    assert snail.taxon == "Animalia"


def test_nothing_known_and_nothing_asked_are_different_answers() -> None:
    known = vocabulary.load()
    assert match_taxon(known, "Zzyzx nullus").method == "unmatched"
    assert match_taxon(known, "").method == "failed"
