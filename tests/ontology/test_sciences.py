"""The schemes of sciences, arts and history, and what the museums' terms say of them."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, BNode, Graph, Literal, Namespace, URIRef

from museosciences import vocabulary
from museosciences.iris import DEFAULT_BASE
from museosciences.reconcile import match_term
from museosciences.vocabulary import NO_TERM, SSSOM_COLUMNS

MS = Namespace(DEFAULT_BASE + "ns#")
CONCEPT = DEFAULT_BASE + "concept/"
ROOT = Path(__file__).resolve().parents[2]
SCHEMES = (
    "axes",
    "disciplines",
    "geological-time",
    "instruments",
    "movements",
    "object-kinds",
    "periods",
    "phenomena",
    "sites",
    "subjects",
    "techniques-of-analysis",
    "theories",
)
ALIGNMENTS = (
    "instruments-other",
    "lexdeno-instruments",
    "lexdomn-disciplines",
    "lexrepr-genres",
    "lexrepr-sciences",
    "lextech-techniques",
)
LEAST = {
    "geological-time": 100,
    "instruments": 300,
    "disciplines": 100,
    "phenomena": 100,
    "periods": 250,
}
LINKS = (
    MS.discipline,
    MS.phenomenon,
    MS.usesInstrument,
    MS.movement,
    SKOS.broader,
)
PREDICATES = {"exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"}
KINDS = {
    "subject",
    "material",
    "instrument",
    "person",
    "place",
    "object_name",
    "domain",
    "title",
    "technique",
}
LABELLED = Path(__file__).with_name("labelled_sciences.tsv")
# Terms that the vocabulary need not know are missed; a term accepted wrongly is worse.
RECALL, PRECISION = 0.95, 0.99
# Branches of the Joconde lexicons of which every term must be answered, if only by "nothing".
ANSWERED_BRANCHES = {
    "lexrepr.txt": (
        "instrument scientifique",
        "figuration scientifique",
        "les sciences",
        "homme de sciences",
        "phénomène astronomique",
        "phénomène géologique",
        "phénomène météorologique",
    ),
    "lexdomn.txt": ("IV domaine disciplinaire",),
}
# Object names of Joconde that are instruments: branches, and words that a curator would not miss.
OBJECT_NAMES = (
    "alambic",
    "anneau astronomique",
    "appareil de projection",
    "armille",
    "astrolabe",
    "balance",
    "baromètre",
    "boulier",
    "boussole",
    "cadran solaire",
    "calculateur",
    "chronomètre",
    "colorimètre",
    "compas",
    "daguerréotype",
    "densimètre",
    "diapason",
    "dynamomètre",
    "ébulliomètre",
    "éprouvette",
    "équerre",
    "globe céleste",
    "globe terrestre",
    "graphomètre",
    "herbier",
    "horloge",
    "instrument de chirurgien",
    "instrument de dentiste",
    "instrument de mesure du temps",
    "jumelle",
    "lanterne magique",
    "laryngoscope",
    "loch",
    "longue-vue",
    "loupe",
    "machine à vapeur",
    "mètre",
    "métronome",
    "microscope",
    "modèle d'anatomie",
    "momie",
    "montre",
    "niveau",
    "nocturlabe",
    "octant",
    "pendule",
    "périscope",
    "phénakistiscope",
    "phonographe",
    "planétaire",
    "planisphère",
    "poids",
    "quartier de davis",
    "sablier",
    "scalpel",
    "seringue",
    "sextant",
    "sphère astronomique",
    "stéréoscope",
    "stéthoscope",
    "télégraphe",
    "téléphone",
    "thermomètre",
    "trocart",
)


@cache
def _scheme(name: str) -> Graph:
    graph = Graph()
    graph.parse(
        ROOT / "ontology/schemes" / f"{name}.ttl", format="turtle", publicID=f"{CONCEPT}{name}/"
    )
    return graph


@cache
def _known(scheme: str) -> frozenset[str]:
    return frozenset(key for key in vocabulary.load().concepts if key.startswith(f"{scheme}/"))


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    path = ROOT / "ontology/alignments" / f"{name}.sssom.tsv"
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith("#")
    ]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _concepts(graph: Graph) -> list[URIRef]:
    return [node for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)]


@pytest.mark.parametrize("name", SCHEMES)
def test_scheme_says_what_it_is(name: str) -> None:
    graph = _scheme(name)
    scheme = URIRef(f"{CONCEPT}{name}/")
    titles = {
        label.language
        for label in graph.objects(scheme, URIRef("http://purl.org/dc/terms/title"))
        if isinstance(label, Literal)
    }
    assert titles == {"fr", "en"}
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    assert (scheme, URIRef("http://purl.org/dc/terms/license"), None) in graph
    assert not any(isinstance(node, BNode) for node in graph.all_nodes())
    assert len(_concepts(graph)) >= LEAST.get(name, 15)


@pytest.mark.parametrize("name", SCHEMES)
def test_each_concept_has_one_label_in_each_language(name: str) -> None:
    graph = _scheme(name)
    wrong = [
        node
        for node in _concepts(graph)
        if sorted(str(label.language) for label in graph.objects(node, SKOS.prefLabel))  # type: ignore[attr-defined]
        != ["en", "fr"]
    ]
    assert wrong == []


@pytest.mark.parametrize("name", SCHEMES)
def test_no_label_belongs_to_two_concepts(name: str) -> None:
    owners: dict[tuple[str | None, str], set[URIRef]] = defaultdict(set)
    graph = _scheme(name)
    for node in _concepts(graph):
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for label in graph.objects(node, predicate):
                assert isinstance(label, Literal)
                assert str(label) == " ".join(str(label).split())
                owners[label.language, str(label).casefold()].add(node)
    assert {label: nodes for label, nodes in owners.items() if len(nodes) > 1} == {}


@pytest.mark.parametrize("name", SCHEMES)
def test_hierarchy_is_whole_and_has_no_cycle(name: str) -> None:
    graph = _scheme(name)
    scheme = URIRef(f"{CONCEPT}{name}/")
    for node in _concepts(graph):
        parents = list(graph.objects(node, SKOS.broader))
        assert (node, SKOS.inScheme, scheme) in graph
        assert parents or (node, SKOS.topConceptOf, scheme) in graph, node
        above = set(graph.transitive_objects(node, SKOS.broader)) - {node}
        assert all((parent, RDF.type, SKOS.Concept) in graph for parent in above), node
        assert not any(node in set(graph.objects(other, SKOS.broader)) for other in above), node


@pytest.mark.parametrize("name", SCHEMES)
def test_references_to_other_schemes_exist(name: str) -> None:
    missing = []
    for predicate in LINKS:
        for target in _scheme(name).objects(None, predicate):
            key = str(target).removeprefix(CONCEPT)
            if key not in _known(key.partition("/")[0]):
                missing.append(key)
    assert missing == []


def test_geological_ages_lie_within_the_age_above() -> None:
    graph = _scheme("geological-time")
    for node in graph.subjects(SKOS.inScheme, None):
        begin, end = (float(str(graph.value(node, p))) for p in (MS.beginMa, MS.endMa))
        assert begin > end >= 0, node
        above = graph.value(node, SKOS.broader)
        if above is not None and str(graph.value(node, MS.geologicalRank)) != "regional stage":
            assert float(str(graph.value(above, MS.beginMa))) >= begin, node
            assert float(str(graph.value(above, MS.endMa))) <= end, node


@pytest.mark.parametrize(
    ("term", "concept"),
    [
        ("Crétacé", "Cretaceous"), ("crétacé supérieur", "Late_Cretaceous"),
        ("Lutétien", "Lutetian"), ("lutetien", "Lutetian"), ("LUTÉTIEN", "Lutetian"),
        ("Houiller", "Carboniferous"), ("Westphalien B", "Westphalian"),
        ("Sénonien", "Senonian"), ("campanien", "Campanian"), ("Lias", "Early_Jurassic"),
        ("ère tertiaire", "Tertiary"), ("Lower Jurassic", "Early_Jurassic"),
        ("Calcaire carbonifère", "Mississippian"), ("Riss", "Saalian"),
    ],
)  # fmt: skip
def test_the_age_of_a_specimen_is_known(term: str, concept: str) -> None:
    found = match_term(vocabulary.load(), term, "stratum")
    assert (found.concept, found.status) == (f"geological-time/{concept}", "accepted")


@pytest.mark.parametrize("name", ["periods", "movements", "sites", "theories"])
def test_years_are_in_order(name: str) -> None:
    graph = _scheme(name)
    for node, begin in graph.subject_objects(MS.beginYear):
        end = graph.value(node, MS.endYear)
        assert end is None or int(str(begin)) <= int(str(end)), node


@pytest.mark.parametrize(
    ("label", "begin", "end"),
    [
        ("gallo-romain", -51, 476),
        ("époque Louis XV", 1715, 1774),
        ("Second Empire", 1852, 1870),
        ("style Empire", 1804, 1815),
        ("époque Restauration", 1814, 1830),
        ("époque médiévale", 476, 1492),
        ("Tène finale", -149, -29),
        ("époque ptolémaïque", -331, -29),
        ("Kangxi", 1662, 1722),
    ],
)
def test_periods_have_the_years_of_the_handbooks(label: str, begin: int, end: int) -> None:
    graph = _scheme("periods")
    found = {
        node
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for node in graph.subjects(predicate, Literal(label, lang="fr"))
    }
    assert len(found) == 1
    node = found.pop()
    assert (int(str(graph.value(node, MS.beginYear))), int(str(graph.value(node, MS.endYear)))) == (
        begin,
        end,
    )


@pytest.mark.parametrize("name", ALIGNMENTS)
def test_alignment_rows_are_well_formed(name: str) -> None:
    seen: set[tuple[str, str, str]] = set()
    for row in _rows(name):
        key = (row["kind"], row["subject_label"].casefold(), row["subject_context"])
        assert tuple(row) == SSSOM_COLUMNS
        assert key not in seen, key
        seen.add(key)
        assert row["kind"] in KINDS
        assert row["predicate_id"].removeprefix("skos:") in PREDICATES
        assert 0 < float(row["confidence"]) <= 1
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        if row["object_id"] == NO_TERM:
            assert row["object_label"] == ""
            continue
        concept = vocabulary.load().concepts.get(row["object_id"].replace(":", "/", 1))
        assert concept is not None, row
        assert concept.label("fr") == row["object_label"]


def test_a_context_is_never_the_only_reading_of_a_term() -> None:
    """The matcher takes the only row that there is, so a term with contexts needs one without."""
    rows = [row for name in ALIGNMENTS for row in _rows(name)]
    known = vocabulary.load()
    alone = [
        (row["kind"], row["subject_label"])
        for row in rows
        if row["subject_context"]
        and all(other.context for other in known.aligned(row["kind"], row["subject_label"]))
    ]
    assert alone == [], "give each a row without context: a doubtful concept, or none"


@pytest.mark.parametrize("name", ALIGNMENTS)
def test_traps_say_why(name: str) -> None:
    traps = [row for row in _rows(name) if row["object_id"] == NO_TERM]
    assert traps == [] or sum(bool(row["comment"]) for row in traps) > len(traps) * 0.8


def test_doubtful_words_are_never_accepted_alone() -> None:
    for kind in ("instrument", "object_name"):
        for term in ("compas", "lunette", "globe", "règle", "niveau", "carte", "machine"):
            found = match_term(vocabulary.load(), term, kind)
            assert found.status != "accepted", (kind, term, found)


def _labelled() -> list[tuple[str, str, str, set[str]]]:
    rows = []
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, context, term, expected = line.split("\t")
            right = {part.strip() for part in expected.split("|")} - {"-"}
            rows.append((kind, context, term, right))
    return rows


def test_labelled_terms_keep_their_recall_and_precision(
    record_property: Callable[[str, object], None],
) -> None:
    known = vocabulary.load()
    right, wrong, missed = 0, [], []
    for kind, context, term, expected in _labelled():
        match = match_term(known, term, kind, context)
        if match.status != "accepted":
            missed += [term] if expected else []
        elif match.concept in expected:
            right += 1
        else:
            wrong.append((kind, context, term, match.concept))
    recall = right / (right + len(missed))
    precision = right / (right + len(wrong))
    record_property("recall", recall)
    record_property("precision", precision)
    assert precision >= PRECISION, f"precision {precision:.3f}: {wrong}"
    assert recall >= RECALL, f"recall {recall:.3f}: {missed}"


def _lexicon(path: Path) -> list[tuple[int, list[str]]]:
    """The lines of a lexicon: depth, and the term with its synonyms."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.strip(" \t-")
        if words:
            depth = line[: len(line) - len(line.lstrip())].count("\t")
            lines.append((depth, [word.strip() for word in words.split(" = ")]))
    return lines


def _branch(lines: list[tuple[int, list[str]]], top: str) -> list[str]:
    start = next(number for number, (_, words) in enumerate(lines) if top in words)
    found = [lines[start][1][0]]
    for depth, words in lines[start + 1 :]:
        if depth <= lines[start][0]:
            break
        found.append(words[0])
    return found


@pytest.mark.parametrize(
    ("lexicon", "branch"),
    [(name, branch) for name, branches in ANSWERED_BRANCHES.items() for branch in branches],
)
def test_every_term_of_a_branch_is_answered(shared: Path, lexicon: str, branch: str) -> None:
    kind = "domain" if lexicon == "lexdomn.txt" else "subject"
    terms = _branch(_lexicon(shared / "vocab/joconde_lexiques" / lexicon), branch)
    known = vocabulary.load()
    containers = {
        "IV domaine disciplinaire",
        "plans",
        "plan",
        "élévation",
        "profil",
        "coupe-dessin",
    }
    unanswered = [
        term
        for term in terms
        if term not in containers
        and not known.aligned(kind, term)
        and match_term(known, term, kind, fuzzy=False).concept is None
    ]
    assert unanswered == []


def test_every_instrument_among_the_object_names_is_aligned(shared: Path) -> None:
    lexicon = _lexicon(shared / "vocab/joconde_lexiques/lexdeno.txt")
    names = {word.casefold() for _, words in lexicon for word in words}
    assert {name for name in OBJECT_NAMES if name not in names} == set()
    known = vocabulary.load()
    instruments = {
        word
        for _, words in lexicon
        for word in words
        if known.labelled(word, ("instruments",)) or word.casefold() in OBJECT_NAMES
    }
    unaligned = sorted(word for word in instruments if not known.aligned("object_name", word))
    assert unaligned == []


def test_register_of_museums_has_one_line_for_each_code() -> None:
    path = ROOT / "data/museums.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    declared = json.loads((ROOT / "data/museums.csv-metadata.json").read_text(encoding="utf-8"))
    assert [column["name"] for column in declared["tableSchema"]["columns"]] == list(rows[0])
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    assert {row["fictional"] for row in rows} <= {"true", "false"}
    real = [row for row in rows if row["fictional"] == "false" and row["code"].startswith("M")]
    assert len(real) >= 83
    for row in real:
        assert 48.8 < float(row["latitude"]) < 51.2
        assert 1.3 < float(row["longitude"]) < 4.4


def test_register_of_museums_agrees_with_the_ministry(shared: Path) -> None:
    source = next((shared / "data/museofile").glob("*.csv"))
    with source.open(encoding="utf-8-sig", newline="") as handle:
        official = {
            row["identifiant_museofile"]
            for row in csv.DictReader(handle, delimiter=";")
            if row["region_administrative"] == "Hauts-de-France"
        }
    with (ROOT / "data/museums.csv").open(encoding="utf-8", newline="") as handle:
        ours = {row["code"] for row in csv.DictReader(handle) if row["fictional"] == "false"}
    assert official <= ours
