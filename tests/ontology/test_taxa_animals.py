"""The animal part of the taxa scheme and its alignments: well formed, whole, and honest.

What is checked over all files of ``ontology/schemes/taxa`` holds for plants and fungi too, since
they are parts of the one scheme.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

BASE = "https://museosciences.example/concept/taxa/"
DWC = "http://rs.tdwg.org/dwc/terms/"
NAME, RANK = URIRef(DWC + "scientificName"), URIRef(DWC + "taxonRank")
KINGDOMS = {"Animalia", "Plantae", "Fungi", "Chromista"}
ANIMAL_FILES = (
    "arthropods.ttl",
    "backbone.ttl",
    "birds.ttl",
    "mammals.ttl",
    "molluscs-others.ttl",
    "reptiles-amphibians-fishes.ttl",
)
RANKS = (
    "kingdom",
    "phylum",
    "subphylum",
    "superclass",
    "class",
    "subclass",
    "infraclass",
    "superorder",
    "order",
    "suborder",
    "infraorder",
    "superfamily",
    "family",
    "subfamily",
    "tribe",
    "genus",
    "species",
    "subspecies",
)
ALIGNMENTS = ("lexrepr-animals.sssom.tsv", "animals-other.sssom.tsv")
PREDICATES = {"exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"}
TRAP = "sssom:NoTermFound"
# The organisms that yield materials: the materials scheme refers to them by these identifiers.
SOURCES_OF_MATERIALS = """
    Elephantidae Loxodonta_africana Elephas_maximus Hippopotamus_amphibius Odobenus_rosmarus
    Monodon_monoceros Physeter_macrocephalus Mysticeti Eretmochelys_imbricata Pinctada
    Pinctada_margaritifera Haliotidae Dactylopius_coccus Kermes_vermilio Bolinus_brandaris
    Bombyx_mori Apis_mellifera Ovis_aries Capra_hircus Camelidae Equus_caballus Bos_taurus
    Cervidae Oryctolagus_cuniculus Mustela_erminea Martes_zibellina Castor Castor_fiber
    Porifera Corallium_rubrum Sepia_officinalis Selachii Batoidea Struthio_camelus
    Somateria_mollissima Egretta Pavo Nautilidae Kerria_lacca Margaritifera_margaritifera
"""
WELL_KNOWN_SHELLS = """
    Nautilidae Cypraeidae Conidae Muricidae Haliotidae Pteriidae Pectinidae Cardiidae Ostreidae
    Margaritiferidae Unionidae Strombidae Trochidae Turbinidae Tridacninae
"""

Row = dict[str, str]


def fold(text: str) -> str:
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("’", "'")
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


def identifier(node: object) -> str:
    return str(node).removeprefix(BASE)


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "ontology" / "schemes" / "taxa"


@pytest.fixture(scope="module")
def scheme(folder: Path) -> Graph:
    """All parts of the taxa scheme as one graph."""
    graph = Graph()
    for path in sorted(folder.glob("*.ttl")):
        graph.parse(path, format="turtle", publicID=BASE)
    return graph


@pytest.fixture(scope="module")
def animals(folder: Path) -> Graph:
    """The parts that this test answers for."""
    graph = Graph()
    for name in ANIMAL_FILES:
        graph.parse(folder / name, format="turtle", publicID=BASE)
    return graph


@pytest.fixture(scope="module")
def alignments(root: Path) -> list[Row]:
    return [row for name in ALIGNMENTS for row in read(root / "ontology" / "alignments" / name)]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def concepts(graph: Graph) -> set[URIRef]:
    return {node for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}


def parent(graph: Graph, node: URIRef) -> URIRef | None:
    found = list(graph.objects(node, SKOS.broader))
    assert len(found) <= 1, f"{identifier(node)} has several parents"
    return found[0] if found and isinstance(found[0], URIRef) else None


def ancestors(graph: Graph, node: URIRef) -> list[URIRef]:
    line = [node]
    while (above := parent(graph, line[-1])) is not None:
        assert above not in line, f"cycle at {identifier(above)}"
        line.append(above)
    return line[1:]


def test_the_scheme_has_a_header_and_enough_animals(scheme: Graph, animals: Graph) -> None:
    header = URIRef(BASE)
    assert {t.language for t in scheme.objects(header, DCTERMS.title)} == {"fr", "en"}  # type: ignore[attr-defined]
    assert any("publicdomain/zero" in str(x) for x in scheme.objects(header, DCTERMS.license))
    assert {identifier(x) for x in scheme.objects(header, SKOS.hasTopConcept)} >= KINGDOMS
    assert len(concepts(animals)) >= 1_500


def test_one_preferred_label_per_language(animals: Graph) -> None:
    for node in concepts(animals):
        languages = [x.language for x in animals.objects(node, SKOS.prefLabel)]  # type: ignore[attr-defined]
        assert sorted(languages) == ["en", "fr"], identifier(node)


def test_every_concept_has_a_name_and_a_rank(animals: Graph) -> None:
    for node in concepts(animals):
        name = str(animals.value(node, NAME))
        assert name.replace(" ", "_") == identifier(node)
        rank = str(animals.value(node, RANK))
        assert rank in RANKS, f"{name}: {rank}"
        words = 2 if rank == "species" else 1
        assert len(name.split()) == words, f"{name} is not the name of a {rank}"
        assert URIRef(BASE) in animals.objects(node, SKOS.inScheme), name


def test_no_label_belongs_to_two_taxa(scheme: Graph) -> None:
    """Case, accents and ligatures do not tell two labels apart: an index folds them."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for node, label in scheme.subject_objects(predicate):
            assert isinstance(label, Literal)
            owners[(label.language or "", str(label).casefold())].add(identifier(node))
    collisions = {label: names for label, names in owners.items() if len(names) > 1}
    assert not collisions


def test_no_animal_label_differs_from_another_by_accents_alone(animals: Graph) -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for node, label in animals.subject_objects(predicate):
            assert isinstance(label, Literal)
            owners[(label.language or "", fold(label))].add(identifier(node))
    assert not {label: names for label, names in owners.items() if len(names) > 1}


def test_every_animal_reaches_its_kingdom_by_decreasing_ranks(animals: Graph) -> None:
    for node in concepts(animals):
        line = [node, *ancestors(animals, node)]
        assert identifier(line[-1]) in KINGDOMS, identifier(node)
        ranks = [RANKS.index(str(animals.value(x, RANK))) for x in line]
        assert ranks == sorted(ranks, reverse=True), [identifier(x) for x in line]
        assert len(set(ranks)) == len(ranks), [identifier(x) for x in line]


def test_a_species_stands_in_its_genus(animals: Graph) -> None:
    for node in concepts(animals):
        above = parent(animals, node)
        if above is not None and str(animals.value(above, RANK)) == "genus":
            assert identifier(node).split("_")[0] == identifier(above)


def test_former_names_are_hidden_latin_labels(animals: Graph) -> None:
    names = {str(name) for name in animals.objects(None, NAME)}
    for node, label in animals.subject_objects(SKOS.hiddenLabel):
        assert isinstance(label, Literal)
        assert label.language == "la"
        current = str(animals.value(node, NAME))
        assert str(label) not in names - {current}, f"{label} is the current name of another taxon"


def test_materials_find_their_organisms(scheme: Graph) -> None:
    known = {identifier(node) for node in concepts(scheme)}
    assert set(SOURCES_OF_MATERIALS.split()) <= known
    assert set(WELL_KNOWN_SHELLS.split()) <= known


def test_reptiles_and_birds_are_classes_of_their_own(animals: Graph) -> None:
    for order in ("Squamata", "Testudines", "Crocodylia"):
        assert identifier(parent(animals, URIRef(BASE + order))) == "Reptilia"
    assert str(animals.value(URIRef(BASE + "Aves"), RANK)) == "class"


def test_alignments_point_at_what_exists(scheme: Graph, alignments: list[Row]) -> None:
    known = {identifier(node) for node in concepts(scheme)}
    labels = {str(x) for x in scheme.objects(None, SKOS.prefLabel)}
    for row in alignments:
        place = row["subject_label"]
        assert row["subject_language"] in ("fr", "en"), place
        assert row["predicate_id"].removeprefix("skos:") in PREDICATES, place
        assert 0 < float(row["confidence"]) <= 1, place
        assert row["mapping_justification"] == "semapv:ManualMappingCuration", place
        if row["object_id"] == TRAP:
            assert row["comment"], f"the trap {place} does not say why"
        elif row["object_id"].startswith("taxa:"):
            assert row["object_id"].removeprefix("taxa:") in known, place
            assert row["object_label"] in labels, place


def test_no_term_is_aligned_twice_in_one_context(alignments: list[Row]) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in alignments:
        key = (fold(row["subject_label"]), fold(row["subject_context"]), row["kind"])
        known = seen.setdefault(key, row["object_id"])
        assert known == row["object_id"], f"{row['subject_label']}: {known}, {row['object_id']}"


def test_a_term_with_a_context_says_what_it_is_without(root: Path, alignments: list[Row]) -> None:
    """Else the only row there is would be taken whatever the context."""
    rows = [r for p in (root / "ontology" / "alignments").glob("*.sssom.tsv") for r in read(p)]
    free = {(fold(r["subject_label"]), r["kind"]) for r in rows if not r["subject_context"]}
    for row in alignments:
        assert (fold(row["subject_label"]), row["kind"]) in free, row["subject_label"]


@pytest.mark.parametrize(
    ("term", "context", "taxon"),
    [
        ("perroquet", "", "Psittaciformes"),
        ("lion", "", "Panthera_leo"),
        ("veau", "", "Bos_taurus"),
        ("coquille de nautile", "", "Nautilidae"),
        ("cigale", "", "Cicadidae"),
        ("cigale de mer", "", "Scyllaridae"),
        ("mante religieuse", "", "Mantis_religiosa"),
        ("grue", "oiseau", "Gruidae"),
        ("grue", "", None),
        ("porcelaine", "coquillage", "Cypraeidae"),
        ("porcelaine", "", None),
        ("dauphin orn", "", None),
        ("coquille orn", "", None),
        ("licorne", "", None),
        ("griffon", "", None),
        ("Le Dauphin", "", None),
        ("Chat botté", "", None),
        ("lionne", "", "Panthera_leo"),
        ("haridelle", "", "Equus_caballus"),
        ("perdrix", "", "Phasianidae"),
        ("hibou", "", "Strigiformes"),
        ("ours noir", "", "Ursus_americanus"),
        ("crane", "", None),
        ("bird - non-specific", "", "Aves"),
        ("imitation ivoire", "", None),
        ("sans animal", "", None),
    ],
)
def test_a_term_means_the_taxon_it_honestly_names(
    alignments: list[Row], term: str, context: str, taxon: str | None
) -> None:
    rows = [
        row
        for row in alignments
        if row["subject_label"].casefold() == term.casefold() and row["kind"] == "subject"
    ]
    met = [r for r in rows if context and context in r["subject_context"].split("|")]
    chosen = met or [r for r in rows if not r["subject_context"]]
    assert {r["object_id"] for r in chosen} == {f"taxa:{taxon}" if taxon else TRAP}


def terms_under(lexicon: Path, branch: str) -> list[str]:
    """Terms and synonyms of a branch of a Joconde lexicon (one blank or tab pair per level)."""
    found: list[str] = []
    depth: int | None = None
    for line in lexicon.read_text(encoding="utf-8").splitlines():
        level = len(line) - len(line.lstrip(" \t"))
        if depth is not None and level <= depth:
            break
        if depth is not None or line.strip() == branch:
            depth = level if depth is None else depth
            found += [term.strip() for term in line.split(" = ") if term.strip()]
    return found


def test_every_animal_term_of_the_lexicon_is_aligned(shared: Path, alignments: list[Row]) -> None:
    lexicon = shared / "vocab" / "joconde_lexiques" / "lexrepr.txt"
    aligned = {row["subject_label"].casefold() for row in alignments}
    for branch, least in (
        ("espèce animale", 600),
        ("partie d'animal", 20),
        ("animal fabuleux", 10),
        ("animal imaginaire", 30),
    ):
        terms = terms_under(lexicon, branch)
        assert len(terms) >= least
        assert not [term for term in terms if term.casefold() not in aligned], branch


def test_every_family_of_the_archives_finds_a_taxon(shared: Path, animals: Graph) -> None:
    names = {str(x) for x in animals.objects(None, NAME)}
    names |= {str(x) for x in animals.objects(None, SKOS.hiddenLabel)}
    missing = {family for family in families(shared) if family not in names}
    assert not missing


def families(shared: Path) -> set[str]:
    found: set[str] = set()
    for name in ("nrm_herpetology.zip", "caldas_mammals.zip"):
        with zipfile.ZipFile(shared / "data" / "dwca" / name) as archive:
            text = io.TextIOWrapper(archive.open("occurrence.txt"), encoding="utf-8")
            for row in csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE):
                found.add(row["family"])
    workbench = shared / "data" / "natsci" / "bmsm_shell_museum_workbench.csv"
    with workbench.open(encoding="utf-8-sig", newline="") as handle:
        found |= {row["Family"] for row in csv.DictReader(handle)}
    return {family for family in found if re.fullmatch(r"[A-Z][a-z]+", family)}
