"""The index of schemes and alignments: loading, folding, languages, errors with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from museosciences import vocabulary
from museosciences.errors import VocabularyError
from museosciences.vocabulary import Alignment, Concept, Vocabulary

HEADER = "\t".join(vocabulary.SSSOM_COLUMNS)


def test_the_vocabulary_of_the_project_loads_whole() -> None:
    known = vocabulary.load()
    assert len(known.concepts) > 5000
    kinds = {"subject", "material", "instrument", "object_name", "domain", "title"}
    assert all(any(known.aligned_terms(kind)) for kind in kinds)
    assert vocabulary.load() is known


def test_a_row_that_is_wrong_says_which(tmp_path: Path) -> None:
    path = tmp_path / "a.sssom.tsv"
    row = ["lion", "", "fr", "subject", "skos:exactMatch", "taxa:Panthera_leo", "lion", "sure",
           "semapv:ManualMappingCuration", "x", ""]  # fmt: skip
    path.write_text(f"# c\n{HEADER}\n" + "\t".join(row) + "\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="row 1"):
        list(vocabulary.read_alignment(path))
    path.write_text(f"{HEADER}\nlion\t\tfr\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="columns missing"):
        list(vocabulary.read_alignment(path))


def test_broken_turtle_says_which_file(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("<a> <b", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"bad\.ttl"):
        list(vocabulary.read_scheme(path, "bad", "https://x.example/"))


def _row(term: str, lang: str, concept: str | None) -> Alignment:
    return Alignment(term, "", "subject", "exactMatch", concept, 0.9, "", lang)


def test_alignments_by_language_accents_and_capital() -> None:
    known = Vocabulary(
        [Concept("taxa/Pinus", {"fr": "pin"}), Concept("taxa/Prunus_persica")],
        [
            _row("pin", "fr", "taxa/Pinus"),
            _row("pêche", "fr", "taxa/Prunus_persica"),
            _row("Rose", "fr", None),
            _row("rose", "fr", "taxa/Rosa"),
        ],
    )
    assert known.aligned("subject", "pin", "en") == []
    assert [row.concept for row in known.aligned("subject", "PIN")] == ["taxa/Pinus"]
    assert known.aligned("subject", "péché") == []
    assert [row.concept for row in known.aligned("subject", "Rose")] == [None]
    assert [row.concept for row in known.aligned("subject", "rose")] == ["taxa/Rosa"]
    assert known.languages("pin", ("subject",), ("taxa",)) == {"fr"}


def test_ancestors_come_once_even_in_a_cycle() -> None:
    known = Vocabulary(
        [Concept("taxa/a", broader=["taxa/b"]), Concept("taxa/b", broader=["taxa/a"])], []
    )
    assert list(known.ancestors("taxa/a")) == ["taxa/a", "taxa/b"]
