"""The OpenRefine service: its answers, and the schemas and examples of the specification."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from museosciences import vocabulary
from museosciences.errors import UsageError
from museosciences.reconcile import KINDS, service

SUITE = Path("suites") / "reconciliation"


def _check(shared: Path, schema: str, document: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    referencing = pytest.importorskip("referencing")
    folder = shared / SUITE / "schemas"
    registry = referencing.Registry()
    for path in folder.glob("*.json"):
        text = json.loads(path.read_text(encoding="utf-8"))
        resource = referencing.Resource.from_contents(
            text, default_specification=referencing.jsonschema.DRAFT7
        )
        registry = registry.with_resource(text.get("$id", path.name), resource)
        registry = registry.with_resource(path.name, resource)
    text = json.loads((folder / schema).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(text, registry=registry).validate(document)


def test_the_best_answer_comes_first_with_its_score() -> None:
    batch = {
        "q0": {"query": "perroquets", "type": "subject"},
        "q1": {"query": "ivoire", "type": "material", "limit": 1},
        "q2": {"query": "faux ivoire", "type": "material"},
    }
    found = service.answer(vocabulary.load(), batch)
    (parrot, *_) = found["q0"]["result"]
    assert (parrot["id"], parrot["match"]) == ("taxa/Psittaciformes", True)
    assert parrot["score"] > 80
    assert [candidate["id"] for candidate in found["q1"]["result"]] == ["materials/ivory"]
    assert not any(candidate["match"] for candidate in found["q2"]["result"])


def test_a_context_chooses_among_the_readings() -> None:
    query = {"query": "grue", "type": "subject"}
    bare = service.answer(vocabulary.load(), {"q": query})["q"]["result"]
    assert not any(candidate["match"] for candidate in bare)
    asked = {**query, "properties": [{"pid": "context", "v": ["oiseau", {"id": "échassier"}]}]}
    (first, *_) = service.answer(vocabulary.load(), {"q": asked})["q"]["result"]
    assert (first["id"], first["match"]) == ("taxa/Gruidae", True)


def test_what_is_no_query_is_refused() -> None:
    with pytest.raises(UsageError):
        service.answer(vocabulary.load(), {"q": "lion"})
    with pytest.raises(UsageError):
        service.answer(vocabulary.load(), {str(n): {"query": "x"} for n in range(101)})


def test_suggestions() -> None:
    entities = service.suggest_entity(vocabulary.load(), "perroqu")["result"]
    assert "taxa/Psittaciformes" in {entity["id"] for entity in entities}
    assert service.suggest_entity(vocabulary.load(), "")["result"] == []
    assert {"id": "material", "name": "Matière"} in service.suggest_type("mat")["result"]
    assert [p["id"] for p in service.suggest_property("cont", lang="en")["result"]] == ["context"]


def test_every_kind_is_a_type() -> None:
    assert [named["id"] for named in service.types()] == list(KINDS)


def test_answers_hold_to_the_schemas(shared: Path) -> None:
    known = vocabulary.load()
    _check(shared, "manifest.json", service.manifest("https://x.example/reconcile"))
    _check(shared, "suggest-entities-response.json", service.suggest_entity(known, "lion"))
    _check(shared, "suggest-types-response.json", service.suggest_type(""))
    _check(shared, "suggest-properties-response.json", service.suggest_property(""))
    batch = {"q0": {"query": "lion"}, "q1": {"query": "ivoire", "type": ["material"], "limit": 2}}
    _check(shared, "reconciliation-query-batch.json", batch)
    _check(shared, "reconciliation-result-batch.json", service.answer(known, batch))


def test_the_published_query_batches_are_answered(shared: Path) -> None:
    for path in (shared / SUITE / "examples/reconciliation-query-batch/valid").glob("*.json"):
        batch = json.loads(path.read_text(encoding="utf-8"))
        found = service.answer(vocabulary.load(), batch)
        assert set(found) == set(batch)
        _check(shared, "reconciliation-result-batch.json", found)
