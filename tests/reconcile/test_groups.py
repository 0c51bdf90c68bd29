"""Vernacular names that no list has: the group of their first word, and never a species."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from museosciences import vocabulary
from museosciences.reconcile import match_taxon, match_term

VERTEBRATES = "BirdNET_GLOBAL_6K_V2.4_Labels_fr.txt"


@pytest.mark.parametrize(
    ("term", "taxon"),
    [
        ("fauvette à lunettes", "Passeriformes"),
        ("Fauvette de Rüppell", "Passeriformes"),
        ("chênes de Hongrie", "Quercus"),
        ("reed bunting of a kind", None),
        ("pigeon d'argile", None),
        ("tortue de bronze", None),
        ("papillon de papier", None),
        ("toy spider", None),
        ("Pinson Charlot", None),
    ],
)
def test_the_group_and_not_what_is_made_of_it(term: str, taxon: str | None) -> None:
    found = match_term(vocabulary.load(), term, "subject")
    assert (found.taxon if found.status == "accepted" else None) == taxon


def _named(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / VERTEBRATES).read_text(encoding="utf-8").splitlines():
        name, _, vernacular = line.partition("_")
        yield vernacular, name
    with (folder / "NameUsage.tsv").open(encoding="utf-8") as handle:
        names = {row["ID"]: row["scientificName"] for row in csv.DictReader(handle, delimiter="\t")}
    with (folder / "vernacular-name.tsv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            if row["language"] == "fra" and row["taxonID"] in names:
                yield row["name"], names[row["taxonID"]]


def test_published_vernacular_names_lie_in_their_group(shared: Path) -> None:
    known = vocabulary.load()
    checked, wrong = 0, []
    for vernacular, name in _named(shared / "vocab" / "taxa"):
        found = match_term(known, vernacular, "vernacular", lang="fr", fuzzy=False)
        taxon = match_taxon(known, name)
        if found.method != "vernacular-group" or found.concept is None or taxon.concept is None:
            continue
        checked += 1
        if found.concept not in known.ancestors(taxon.concept):
            wrong.append((vernacular, name, found.taxon))
    # Linaria is a genus of finches and one of plants.
    assert [case for case in wrong if not case[1].startswith("Linaria ")] == []
    assert checked > 200
