"""External authorities: read from a folder of the user, kept apart, widening the matching."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from museosciences import authority, vocabulary
from museosciences.errors import VocabularyError
from museosciences.reconcile import match_term

PACTOLS = (
    "URI;rdf:type;skos:prefLabel@fr;skos:prefLabel@en;skos:altLabel@fr;skos:broader\n"
    "https://ark.example/1;skos:Concept;malacofaune;mollusc remains;mollusques;https://ark.example/2\n"
    "https://ark.example/2;skos:Concept;archéofaune;;faune archéologique##restes fauniques;\n"
)
TAXREF = (
    "CD_NOM\tCD_SUP\tRANG\tLB_NOM\tNOM_VERN\n"
    "1\t\tFM\tPantheridae\t\n"
    "7\t8\tES\tLophophanes fictus\tMésange imaginaire\n"
    "8\t9\tGN\tLophophanes\t\n"
    "9\t\tOR\tPasseriformes\tPassereaux\n"
)
LEXICON = "Sujets\n\tanimal fantastique\n\t\tbasilic = basilic cornu\n"
SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://vocab.example/aat/1> a skos:Concept ; skos:prefLabel "ivoire animal"@fr ;
  skos:altLabel "ivoire"@fr , "ivory"@en-US ; skos:broader <https://vocab.example/aat/0> .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pactols").mkdir()
    (tmp_path / "pactols" / "sujets.csv").write_text(PACTOLS, encoding="utf-8")
    (tmp_path / "taxref.tsv").write_text(TAXREF, encoding="utf-8")
    (tmp_path / "lexique.txt").write_text(LEXICON, encoding="cp1252")
    (tmp_path / "aat.ttl").write_text(SKOS, encoding="utf-8")
    (tmp_path / "authorities.toml").write_text(
        '[pactols]\ntitle = "PACTOLS"\nlicence = "ODbL 1.0"\n', encoding="utf-8"
    )
    return tmp_path


def test_each_file_or_folder_is_an_authority_with_its_licence(folder: Path) -> None:
    found = {a.id: a for a in authority.read_folder(folder)}
    assert sorted(found) == ["aat", "lexique", "pactols", "taxref"]
    assert (found["pactols"].title, found["pactols"].licence) == ("PACTOLS", "ODbL 1.0")
    assert found["aat"].licence == "licence not stated"
    fauna = found["pactols"].entries["https://ark.example/2"]
    assert ("fr", "restes fauniques") in fauna.labels
    remains = found["pactols"].entries["https://ark.example/1"]
    assert remains.broader == ["https://ark.example/2"]
    assert remains.labels[0] == ("en", "mollusc remains") or remains.labels[0][0] == "fr"
    (ivory,) = found["aat"].entries.values()
    assert ivory.labels == [("fr", "ivoire animal"), ("en", "ivory"), ("fr", "ivoire")]
    basilisk = next(e for e in found["lexique"].entries.values() if ("fr", "basilic") in e.labels)
    assert ("fr", "basilic cornu") in basilisk.labels
    assert basilisk.broader[0].endswith("animal-fantastique")


def test_an_authority_widens_the_matching_towards_our_concepts(folder: Path) -> None:
    known = vocabulary.load(folder)
    bird = match_term(known, "mésange imaginaire", "subject")
    assert (bird.taxon, bird.method, bird.status) == (
        "Passeriformes",
        "authority:taxref",
        "accepted",
    )
    assert bird.authority.endswith("concept/authority/taxref/7")
    molluscs = match_term(known, "malacofaune", "subject")
    assert (molluscs.taxon, molluscs.authority) == ("Mollusca", "https://ark.example/1")
    alone = match_term(known, "faune archéologique", "subject")
    assert (alone.concept, alone.status) == (None, "review")
    assert alone.authority == "https://ark.example/2"


def test_our_own_answer_comes_first_and_traps_stay_traps(folder: Path) -> None:
    known, bare = vocabulary.load(folder), vocabulary.load()
    for term, kind in (("ivoire", "material"), ("faux ivoire", "material"), ("lion", "subject")):
        assert match_term(known, term, kind) == match_term(bare, term, kind)
    assert match_term(bare, "mésange imaginaire", "subject").status != "accepted"


def test_it_has_a_graph_of_its_own(folder: Path) -> None:
    pactols = next(a for a in authority.read_folder(folder) if a.id == "pactols")
    quads = list(ox.parse(authority.graph(pactols, "https://x.example/"), ox.RdfFormat.N_QUADS))
    assert {str(quad.graph_name) for quad in quads} == {
        "<https://x.example/graph/vocabulary/authority/pactols>"
    }
    assert any(quad.object == ox.Literal("ODbL 1.0") for quad in quads)
    assert any(quad.object == ox.Literal("mollusques", language="fr") for quad in quads)


def test_what_cannot_be_read_says_where(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="missing"):
        authority.read_folder(tmp_path / "nowhere")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"x\.csv"):
        authority.read_folder(tmp_path)
    (tmp_path / "x.csv").unlink()
    (tmp_path / "y.ttl").write_text("<a> <b", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"y\.ttl"):
        authority.read_folder(tmp_path)


def test_the_real_vocabularies_are_read(shared: Path) -> None:
    vocab = shared / "vocab"
    pactols = vocab / "pactols" / "2025_07_16__pactols_sujets_materiaux.csv"
    entries = list(authority.read_file(pactols, "pactols"))
    assert len(entries) > 400
    assert sum(entry.iri.startswith("https://ark.frantiq.fr/") for entry in entries) > 400
    lexicon = list(authority.read_file(vocab / "joconde_lexiques" / "lexdomn.txt", "joconde"))
    assert any(label == "archéologie" for entry in lexicon for _, label in entry.labels)
    species = list(authority.read_file(vocab / "taxa" / "CL_FI_SPECIES_ITEM.csv", "asfis"))
    assert any({("la", "Lampetra fluviatilis"), ("fr", "Lamproie de rivière")} <= {*e.labels}
               for e in species)  # fmt: skip
