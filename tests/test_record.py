"""The record: identifiers, labels and what RML templates need in nested items."""

from __future__ import annotations

import json

from museosciences import record
from museosciences.record import InventoryRecord


def sample() -> InventoryRecord:
    return {
        "museum": "M0812",
        "inventory_number": "M.P.1875/3",
        "kind": "object",
        "source": {"id": "picardie", "file": "a.csv", "row": 1},
        "titles": [{"text": "Le Nautile"}],
        "subjects": [{"term": "nautile", "context": "nature morte"}, {"term": "nautile"}],
        "makers": [{"text": "DUPUIS Henri", "name": "Dupuis, Henri", "birth": 1819}],
        "acquisition": [
            {"text": "don", "persons": [{"text": "Dupuis", "name": "Dupuis, Henri"}, {"text": "?"}]}
        ],
        "production": {"date_text": "1860", "begin_year": 1860, "end_year": 1860},
    }


def test_identify_gives_identifier_label_and_ordinals() -> None:
    found = record.identify(sample())
    assert found["id"] == "object/M0812/M.P.1875%2F3"
    assert found["label"] == "Le Nautile"
    second = found["acquisition"][0]["persons"][1]
    assert (second["n"], second["up"]) == ("1-2", "1")  # type: ignore[typeddict-item]
    assert second["museum"] == "M0812"  # type: ignore[typeddict-item]
    assert "key" not in second
    assert found["production"]["time"]["text"] == "1860"


def test_keys_tell_contexts_and_dates_apart() -> None:
    found = record.identify(sample())
    still_life, bare = (subject["key"] for subject in found["subjects"])  # type: ignore[typeddict-item]
    assert still_life != bare
    maker = found["makers"][0]["key"]  # type: ignore[typeddict-item]
    donor = found["acquisition"][0]["persons"][0]["key"]  # type: ignore[typeddict-item]
    assert maker != donor, "the same name with and without a birth year is not yet one person"


def test_label_falls_back_on_taxon_name_and_number() -> None:
    bare: InventoryRecord = {"museum": "M1", "inventory_number": "7"}
    assert record.label(bare) == "7"
    assert record.label({**bare, "object_names": [{"term": "herbier"}]}) == "herbier"
    assert record.label({**bare, "taxon": {"scientific_name": "Ara macao"}}) == "Ara macao"


def test_json_lines_are_one_record_a_line() -> None:
    lines = list(record.as_json_lines(iter([record.identify(sample())])))
    assert len(lines) == 1
    assert json.loads(lines[0])["titles"][0]["text"] == "Le Nautile"
