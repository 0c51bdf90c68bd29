"""The RML mappings of the house: identifiers, no blank nodes, nothing that does not belong."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museosciences import iris, mention, record
from museosciences.examine import Mappings
from museosciences.record import InventoryRecord

BASE = "https://museosciences.example/"
MAPPINGS = Mappings(BASE)
ROOMS = ("object", "term", "agent", "place")


def whole() -> InventoryRecord:
    """A record with something in every field."""
    person = {"text": "DUPUIS Henri", "name": "Dupuis, Henri", "birth": 1819, "death": 1889}
    place = {"text": "Bavay", "name": "Bavay", "parts": ["France", "Bavay"], "country": "FR"}
    date = {"text": "1860", "begin_year": 1860, "end_year": 1860, "edtf": "1860"}
    found = {
        "museum": "M0812",
        "inventory_number": "982/12 é",
        "kind": "specimen",
        "source": {"id": "picardie", "file": "a.csv", "row": 1},
        "columns": {},
        "other_numbers": [{"text": "7", "type": "ancien"}],
        "titles": [{"text": 'Le "Nautile"\n'}],
        "object_names": [{"term": "coquille"}],
        "domains": [{"term": "naturalia"}],
        "makers": [{**person, "role": "peintre", "attribution": "attribué à"}],
        "production": {
            "date_text": "vers 1860", "begin_year": 1855, "end_year": 1865, "edtf": "1860~",
            "periods": [{"term": "Second Empire"}], "places": [place],
            "schools": [{"term": "France"}],
        },
        "techniques": [{"term": "gravé"}],
        "materials": [{"term": "nacre"}],
        "dimensions": [{"text": "H. 3", "type": "height", "value": 3.25, "unit": "cm"}],
        "inscriptions": [{"text": "signé"}],
        "subjects": [{"term": "nautile", "context": "nature morte", "role": "main"}],
        "description": [{"text": "…"}],
        "acquisition": [{"text": "don 1889", "mode": "don", "date": date, "persons": [person]}],
        "former_owners": [person],
        "ownership": "commune",
        "deposit": {"text": "dépôt"},
        "location": "réserve",
        "discovery": {"text": "Bavay", "date": date, "places": [place], "persons": [person]},
        "use": [{"term": "étude"}],
        "bibliography": [{"text": "cat."}],
        "exhibitions": [{"text": "Lille"}],
        "images": [{"url": "https://e/1.jpg", "credit": "c", "licence": "CC0"}],
        "taxon": {
            "scientific_name": "Nautilus pompilius", "canonical": "Nautilus pompilius",
            "classification": {"family": "Nautilidae"}, "vernacular": [{"term": "nautile"}],
            "identified_by": [person], "date_identified": date, "type_status": "holotype",
        },
        "occurrence": {
            "basis_of_record": "PreservedSpecimen", "recorded_by": [person], "event": date,
            "place": {**place, "lat": 50.3, "long": 3.79}, "count": 2,
            "preparations": [{"term": "sec"}], "strata": [{"term": "Lutétien"}],
        },
        "analyses": [{"text": "rx", "technique": "radiographie", "laboratory": "L", "date": date}],
        "digitisation": {"text": "faite", "done": True, "date": date},
        "condition": "bon",
        "stocktaking": {"presence": "vu", "date": date},
        "rights": [{"text": "©"}],
        "remarks": [{"text": "r"}],
        "urls": ["https://e/"],
        "provenance_note": "Notice inventée",
    }  # fmt: skip
    return record.identify(found)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def triples() -> list[ox.Triple]:
    found = whole()
    data = MAPPINGS.record(found)
    for kind, _, document in mention.mentioned(found):
        data += MAPPINGS.mentioned(kind, document)
    return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]


def test_the_record_has_the_identifier_that_iris_mints(triples: list[ox.Triple]) -> None:
    own = {str(t.subject.value).partition("#")[0] for t in triples}  # type: ignore[union-attr]
    minted = BASE + iris.record_path("M0812", "982/12 é")
    assert minted in own
    others = {name.removeprefix(BASE).partition("/")[0] for name in own if name != minted}
    assert others == {"term", "agent", "place"}


def test_no_blank_nodes_and_nothing_dangles(triples: list[ox.Triple]) -> None:
    assert not [t for t in triples if isinstance(t.subject, ox.BlankNode)]
    subjects = {t.subject.value for t in triples}  # type: ignore[union-attr]
    parts = {
        t.object.value
        for t in triples
        if isinstance(t.object, ox.NamedNode)
        and t.object.value.startswith(
            (BASE + "object", BASE + "term", BASE + "agent", BASE + "place")
        )
    }
    assert parts - subjects == set()


def test_numbers_are_typed_and_words_are_plain(triples: list[ox.Triple]) -> None:
    found = {
        (t.predicate.value.rpartition("/")[2].rpartition("#")[2], str(t.object))
        for t in triples
        if isinstance(t.object, ox.Literal)
    }
    assert ("P90_has_value", f'"3.25"^^<{iris.XSD}decimal>') in found
    assert ("beginYear", f'"1855"^^<{iris.XSD}integer>') in found
    assert ("decimalLatitude", f'"50.3"^^<{iris.XSD}decimal>') in found
    assert ("P190_has_symbolic_content", '"Le \\"Nautile\\"\\n"') in found


def test_every_mapping_of_the_house_is_used(root: Path) -> None:
    names = {path.name.removesuffix(".rml.ttl") for path in (root / "mappings/rdf").glob("*.ttl")}
    assert names == {"record", "object", "specimen", "instrument", "term", "agent", "place"}


@settings(max_examples=50, deadline=None)
@given(
    st.text(min_size=1, max_size=40).filter(str.strip),
    st.text(min_size=1, max_size=40).filter(str.strip),
)
def test_any_text_gives_valid_triples(number: str, title: str) -> None:
    found: InventoryRecord = {
        "museum": "M1",
        "inventory_number": number,
        "kind": "object",
        "source": {"id": "s", "file": "f", "row": 1},
        "columns": {},
        "titles": [{"text": title}],
    }
    data = MAPPINGS.record(record.identify(found))
    parsed = list(ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    kept = title.encode(errors="replace").decode()
    assert any(isinstance(q.object, ox.Literal) and q.object.value == kept for q in parsed)
