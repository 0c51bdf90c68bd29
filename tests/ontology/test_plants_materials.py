"""The plants, materials, minerals and pigments, and what the museums' terms say of them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import Literal

from museosciences import vocabulary
from museosciences.reconcile import match_term
from museosciences.vocabulary import NO_TERM, Alignment, Concept, Vocabulary

SCHEMES = ("taxa", "materials", "minerals", "pigments")
OURS = (
    "lexrepr-plants",
    "plants-other",
    "lextech-materials",
    "materials-other",
)
# Branches of the technique lexicon that name materials, and of the iconographic one, plants.
MATERIAL_BRANCH = "matériau d'origine"
PLANT_BRANCHES = ("élément végétal", "espèce végétale")
# Terms that name a thing, a colour or an imitation, never an organism.
TRAPS = {
    "material": (
        "imitation ivoire",
        "faux marbre",
        "ivoirine",
        "simili cuir",
        "fausse écaille",
        "bleu outremer",
        "fleur de lys",
        "corne d'abondance",
        "sans bois",
        "rose",
        "imitation ivory",
        "faux marble",
    ),
    "subject": (
        "fleur de lys",
        "feuille d'acanthe",
        "rose orn",
        "corne d'abondance",
        "couronne de laurier",
        "gland orn",
        "palmette",
        "silène",
    ),
}
# What a curator writes -> the concept and its source, at the rank that the words support.
MATERIALS = {
    "ivoire": ("materials/ivory", "Elephantidae", "family"),
    "défense de narval": ("materials/narwhal-ivory", "Monodon monoceros", "species"),
    "fanons de baleine": ("materials/baleen", "Mysticeti", "suborder"),
    "os de baleine": ("materials/whalebone-bone", "Cetacea", "order"),
    "écaille de tortue": ("materials/tortoiseshell", "Cheloniidae", "family"),
    "bois de cerf": ("materials/red-deer-antler", "Cervus elaphus", "species"),
    "plumes d'autruche": ("materials/ostrich-feather", "Struthio camelus", "species"),
    "crin de cheval": ("materials/horsehair", "Equus caballus", "species"),
    "coquille de nautile": ("materials/nautilus-shell", "Nautilus pompilius", "species"),
    "œuf d'autruche": ("materials/ostrich-egg", "Struthio camelus", "species"),
    "galuchat": ("materials/shagreen", "Elasmobranchii", "subclass"),
    "parchemin": ("materials/parchment", "Bovidae", "family"),
    "ambre gris": ("materials/ambergris", "Physeter macrocephalus", "species"),
    "noix de coco": ("materials/coconut-shell", "Cocos nucifera", "species"),
    "noix de corozo": ("materials/vegetable-ivory", "Phytelephas", "genus"),
    "acajou": ("materials/mahogany", "Swietenia", "genus"),
    "bois de rose": ("materials/tulipwood-rosewood", "Dalbergia", "genus"),
    "buis": ("materials/boxwood", "Buxus sempervirens", "species"),
    "liège": ("materials/cork", "Quercus suber", "species"),
    "osier": ("materials/wicker", "Salix", "genus"),
    "rotin": ("materials/rattan", "Calamus", "genus"),
    "cochenille": ("pigments/cochineal", "Dactylopius coccus", "species"),
    "garance": ("pigments/madder", "Rubia tinctorum", "species"),
    "porcelaine": ("materials/porcelain", None, ""),
    "lapis-lazuli": ("materials/lapis-lazuli", None, ""),
    "mother-of-pearl": ("materials/mother-of-pearl", "Mollusca", "phylum"),
    "brass (copper": ("materials/brass", None, ""),
    "fildeș": ("materials/ivory", "Elephantidae", "family"),
}
PLANTS = {
    "rose": ("Rosa", "genus"),
    "chêne": ("Quercus", "genus"),
    "blé": ("Triticum", "genus"),
    "tournesols": ("Helianthus annuus", "species"),
    "palmier": ("Arecaceae", "family"),
    "nénuphar": ("Nymphaeaceae", "family"),
    "coquelicots": ("Papaver rhoeas", "species"),
    "coulemelle": ("Macrolepiota procera", "species"),
    "géranium": ("Geraniaceae", "family"),
    "champignon": ("Fungi", "kingdom"),
    "silène fleur": ("Silene", "genus"),
}


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return vocabulary.load()


@pytest.fixture(scope="module")
def rows(root: Path) -> list[Alignment]:
    folder = root / "ontology" / "alignments"
    return [row for name in OURS for row in vocabulary.read_alignment(folder / f"{name}.sssom.tsv")]


def _of(known: Vocabulary, scheme: str) -> list[Concept]:
    return [concept for concept in known.concepts.values() if concept.scheme == scheme]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_concept_has_one_french_and_one_english_name(scheme: str) -> None:
    names: dict[tuple[str, str], int] = defaultdict(int)
    concepts: set[str] = set()
    for path in vocabulary.schemes()[scheme]:
        for triple in vocabulary.read_scheme(path, scheme, "https://example.org/"):
            subject = str(triple.subject)
            if str(triple.predicate).endswith("#broader>"):
                concepts.add(subject)
            if str(triple.predicate).endswith("#prefLabel>"):
                assert isinstance(triple.object, Literal)
                names[subject, triple.object.language or ""] += 1
    assert {key: n for key, n in names.items() if n != 1} == {}
    assert [c for c in concepts if (c, "fr") not in names or (c, "en") not in names] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_label_belongs_to_two_concepts_of_a_scheme(known: Vocabulary, scheme: str) -> None:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in _of(known, scheme):
        for language, label in concept.labels.items():
            bearers[language, label.casefold()].add(concept.key)
        for kind, language, label in concept.others:
            if kind == "altLabel":
                bearers[language, label.casefold()].add(concept.key)
    assert {label: keys for label, keys in bearers.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_broader_concepts_exist_and_never_come_back(known: Vocabulary, scheme: str) -> None:
    for concept in _of(known, scheme):
        for parent in concept.broader:
            assert parent in known.concepts, (concept.key, parent)
            assert concept.key not in known.ancestors(parent), f"cycle at {concept.key}"


def test_sources_of_materials_are_known_taxa_and_minerals(known: Vocabulary) -> None:
    sources = [
        (concept.key, source)
        for scheme in ("materials", "pigments")
        for concept in _of(known, scheme)
        for source in (*concept.organisms, *concept.minerals)
    ]
    assert len(sources) > 700
    assert [pair for pair in sources if pair[1] not in known.concepts] == []
    assert {source.partition("/")[0] for _, source in sources} == {"taxa", "minerals"}


def test_every_plant_fungus_and_alga_reaches_its_kingdom(root: Path, known: Vocabulary) -> None:
    path = root / "ontology" / "schemes" / "taxa" / "plantae.ttl"
    prefix = "https://example.org/concept/"
    keys = {
        triple.subject.value.removeprefix(prefix)  # type: ignore[union-attr]
        for triple in vocabulary.read_scheme(path, "taxa", "https://example.org/")
    }
    assert len(keys) > 1000
    kingdoms = {"taxa/Plantae", "taxa/Fungi", "taxa/Chromista"}
    assert [key for key in keys if not kingdoms & set(known.ancestors(key))] == []
    unranked = [key for key in keys if not known.concepts[key].rank]
    assert unranked == []


def test_alignments_point_to_concepts_and_traps_say_why(
    known: Vocabulary, rows: list[Alignment]
) -> None:
    assert len(rows) > 2000
    lost = [row for row in rows if row.concept is not None and row.concept not in known.concepts]
    assert lost == []
    assert [row.term for row in rows if row.concept is None and not row.comment] == []
    assert all(0 < row.confidence <= 1 for row in rows), NO_TERM


def test_no_term_means_two_things_in_the_same_context(rows: list[Alignment]) -> None:
    meanings: dict[tuple[str, str, str], set[str | None]] = defaultdict(set)
    for row in rows:
        meanings[row.kind, vocabulary.fold(row.term), row.context].add(row.concept)
    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


def _branch(path: Path, wanted: tuple[str, ...]) -> set[str]:
    """The terms, synonyms included, below the headings that begin with one of the words."""
    found: set[str] = set()
    inside: int | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        term = line.replace(" \t", "\t").lstrip("\t").strip()
        depth = len(line.replace(" \t", "\t")) - len(line.replace(" \t", "\t").lstrip("\t"))
        if not term:
            continue
        if inside is not None and depth <= inside:
            inside = None
        if inside is None and term.startswith(wanted):
            inside = depth
        if inside is not None:
            found.update(part.strip() for part in term.split(" = "))
    return found


def test_every_plant_term_of_the_lexicon_is_aligned(shared: Path, rows: list[Alignment]) -> None:
    terms = _branch(shared / "vocab/joconde_lexiques/lexrepr.txt", PLANT_BRANCHES)
    aligned = {vocabulary.fold(row.term) for row in rows if row.kind == "subject"}
    assert len(terms) > 350
    assert sorted(term for term in terms if vocabulary.fold(term) not in aligned) == []


def test_every_material_and_dye_of_the_lexicon_is_aligned(
    shared: Path, rows: list[Alignment]
) -> None:
    path = shared / "vocab/joconde_lexiques/lextech.txt"
    terms = _branch(path, (MATERIAL_BRANCH, "colorants"))
    aligned = {vocabulary.fold(row.term) for row in rows if row.kind == "material"}
    assert len(terms) > 900
    assert sorted(term for term in terms if vocabulary.fold(term) not in aligned) == []


@pytest.mark.parametrize("term", MATERIALS)
def test_a_material_has_the_source_that_its_words_support(known: Vocabulary, term: str) -> None:
    found = match_term(known, term, "material")
    assert (found.concept, found.taxon, found.taxon_rank) == MATERIALS[term]
    assert found.status == "accepted"


@pytest.mark.parametrize("term", PLANTS)
def test_a_plant_is_named_at_the_rank_its_words_support(known: Vocabulary, term: str) -> None:
    found = match_term(known, term, "subject")
    assert (found.taxon, found.taxon_rank) == PLANTS[term]


@pytest.mark.parametrize(("kind", "term"), [(k, t) for k, terms in TRAPS.items() for t in terms])
def test_a_trap_yields_nothing(known: Vocabulary, kind: str, term: str) -> None:
    found = match_term(known, term, kind)
    assert (found.concept, found.method) == (None, "trap")


def test_context_tells_a_plant_from_its_namesake(known: Vocabulary) -> None:
    assert match_term(known, "anémone", "subject", "fleur").taxon == "Anemone"
    assert match_term(known, "anémone", "subject", "mer").concept is None
    assert match_term(known, "lotus", "subject", "Egypte").taxon == "Nymphaea"
    assert match_term(known, "narcisse", "subject", "mythologie").concept is None
    assert match_term(known, "fusain", "material", "bois").taxon == "Euonymus"
    assert match_term(known, "fusain", "material", "dessin").concept == "materials/charcoal"
