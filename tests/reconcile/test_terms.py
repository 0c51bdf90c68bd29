"""Terms: context, language, wording, capitals; what each rule may and may not do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museosciences import vocabulary
from museosciences.reconcile import KINDS, habits, match_list, match_term, mentions
from museosciences.reconcile.inflection import variants
from museosciences.reconcile.match import REVIEW
from museosciences.vocabulary import Alignment, Concept, Vocabulary


@pytest.fixture
def known() -> Vocabulary:
    return vocabulary.load()


def _alignment(term: str, context: str, concept: str | None, confidence: float) -> Alignment:
    return Alignment(term, context, "subject", "exactMatch", concept, confidence, "", "fr")


def test_a_context_that_is_not_met_is_not_accepted() -> None:
    crane = Concept("taxa/Gruidae", {"fr": "grues"}, scientific_name="Gruidae", rank="family")
    rows = [_alignment("grue", "oiseau|échassier", "taxa/Gruidae", 0.95)]
    known = Vocabulary([crane], rows)
    assert match_term(known, "grue", "subject", "échassiers").status == "accepted"
    alone = match_term(known, "grue", "subject")
    assert (alone.status, alone.confidence) == ("review", REVIEW)
    trap = Vocabulary([crane], [*rows, _alignment("grue", "", None, 0.9)])
    assert match_term(trap, "grue", "subject").method == "trap"
    assert match_term(trap, "grue", "subject", "oiseau aquatique").concept == "taxa/Gruidae"


@pytest.mark.parametrize(
    ("term", "kind", "method"),
    [
        ("singing", "subject", "unmatched"),
        ("bearing", "subject", "unmatched"),
        ("swallowing", "subject", "unmatched"),
        ("sans ivoire", "material", "trap"),
        ("imitation corail", "material", "trap"),
        ("façon marbre", "material", "trap"),
        ("bleu canard", "subject", "trap"),
        ("Le Dauphin", "subject", "trap"),
        ("« Le Lion »", "subject", "trap"),
        ("lion (navire)", "subject", "trap"),
        ("girafe de bois", "subject", "unmatched"),
        ("", "subject", "failed"),
        ("?", "subject", "failed"),
    ],
)
def test_words_that_mean_no_organism(known: Vocabulary, term: str, kind: str, method: str) -> None:
    match = match_term(known, term, kind, fuzzy=False)
    assert match.concept is None
    # Another reason not to accept is as good where the word itself is known as a trap.
    assert match.method in {method, "trap"} if method != "failed" else match.method == method


@pytest.mark.parametrize(
    ("term", "taxon", "rank"),
    [
        ("chat endormi", "Felis catus", "species"),
        ("lionne couchée", "Panthera leo", "species"),
        ("deux chiens", "Canis familiaris", "species"),
        ("two dogs", "Canis familiaris", "species"),
        ("dog on a lawn", "Canis familiaris", "species"),
        ("plume de paon", "Pavo", "genus"),
        ("chasse au renard", "Vulpes vulpes", "species"),
        ("vache et veau", "Bos taurus", "species"),
        ("girafe (2)", "Giraffa camelopardalis", "species"),
        ("renard vert", "Vulpes", "genus"),
    ],
)
def test_words_beside_a_name(known: Vocabulary, term: str, taxon: str, rank: str) -> None:
    match = match_term(known, term, "subject")
    assert match.status == "accepted"
    assert (match.taxon, match.taxon_rank) == (taxon, rank)


def test_unknown_words_beside_a_name_make_no_exact_species(known: Vocabulary) -> None:
    match = match_term(known, "girafe lunatique", "subject")
    assert match.status == "review"
    assert match.taxon_rank != "species"


def test_a_fuzzy_match_is_never_above_review(known: Vocabulary) -> None:
    match = match_term(known, "hipopotame", "subject")
    assert (match.taxon, match.status) == ("Hippopotamus amphibius", "review")
    assert match.confidence <= REVIEW
    assert match_term(known, "hipopotame", "subject", fuzzy=False).concept is None


def test_a_list_tells_its_language_and_what_capitals_mean(known: Vocabulary) -> None:
    english = ["horse", "dog", "swan", "eagle", "owl", "bee", "lobster", "wolf", "mouse", "cow"]
    assert habits(known, english, "subject") == ("en", True)
    french = ["cheval", "chien", "cygne", "aigle", "hibou", "abeille", "homard", "loup", "vache"]
    assert habits(known, french, "subject") == (None, True)
    assert habits(known, [term.title() for term in french], "subject") == (None, False)
    asked = [(term, "") for term in [*french, "Girafe"]]
    *_, name = match_list(known, asked, "subject")
    assert (name.status, name.method) == ("review", "alignment+capital")
    # "pin" is a tree in French alone.
    *_, pin = match_list(known, [(term, "") for term in [*english, "pin"]], "subject")
    assert pin.status != "accepted"


def test_accents_tell_words_apart() -> None:
    peach = Concept("taxa/Prunus_persica", {"fr": "pêche"}, scientific_name="Prunus persica")
    known = Vocabulary([peach], [_alignment("pêche", "", peach.key, 0.9)])
    assert match_term(known, "péché", "subject").concept is None
    assert match_term(known, "PECHE", "subject").concept == peach.key


def test_titles_are_weaker_than_subjects_and_name_no_ship(known: Vocabulary) -> None:
    (lion,) = mentions(known, "Chasse au lion")
    assert (lion.words, lion.match.taxon) == ("Chasse au lion", "Panthera leo")
    assert lion.match.confidence < match_term(known, "lion", "subject").confidence
    assert [m.words for m in mentions(known, "Le Cheval blanc")] == ["Cheval blanc"]
    assert list(mentions(known, "Le Cygne, frégate de 18 canons")) == []
    assert list(mentions(known, "Portrait de Pierre Corneille")) == []
    assert [m.match.concept for m in mentions(known, "The Camera")] == ["instruments/camera"]
    words = [m.words for m in mentions(known, "Nature morte à la perdrix morte et au lièvre")]
    assert len(words) == len(set(words)) == 2


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(text=st.text(max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_text_has_an_answer(kind: str, text: str) -> None:
    known = vocabulary.load()
    match = match_term(known, text, kind)
    assert match.term == text
    assert (match.concept is None) == (match.status == "none")
    assert 0.0 <= match.confidence <= 1.0
    if match.concept is None:
        assert match.method in ("trap", "unmatched", "failed")


@given(
    text=st.text(st.sampled_from("abcdeéilnorstux "), min_size=1, max_size=20),
    lang=st.sampled_from(("fr", "en", "ro")),
)
@settings(max_examples=200, deadline=None)
def test_no_word_is_its_own_variant(text: str, lang: str) -> None:
    found = variants(text, lang)
    assert text not in found
    assert len(found) == len(set(found))
    assert not (lang == "ro" and found)


@pytest.mark.parametrize(
    ("term", "taxon"),
    [
        ("iris (fleur)", "Iris"),
        ("souci (papillon)", "Colias croceus"),
        ("Turdus sp.", "Turdus"),
        ("ammonite (fossile)", "Ammonoidea"),
        ("serpent (instrument de musique)", None),
        ("chat (poisson)", None),
        ("Chat sp.", None),
    ],
)
def test_words_in_parentheses_and_open_names(term: str, taxon: str | None) -> None:
    found = match_term(vocabulary.load(), term, "subject")
    assert (found.taxon if found.status == "accepted" else None) == taxon
