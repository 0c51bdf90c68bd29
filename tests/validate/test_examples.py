"""Every shape has a valid and an invalid example, and every engine gives the expected findings.

``tests/shapes/valid/*.ttl`` are whole and free of findings. ``tests/shapes/invalid/SHAPE.ru``
spoils one of them by a SPARQL update; its header names the file and the findings that follow.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from museosciences import knowledge, validate
from museosciences.validate.lint import lint
from museosciences.validate.shapes import Graph, Triple, _read

EXAMPLES = Path(__file__).resolve().parent.parent / "shapes"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ru"))
NAMESPACE = "https://museosciences.example/shapes#"


@cache
def shapes() -> validate.Shapes:
    return validate.load()


@cache
def engine(name: str) -> validate.Engine:
    return validate.engine(name)


def triples() -> list[Triple]:
    return [t for file in knowledge.files("shapes", "*.ttl") for t in _read(file)]


def as_ntriples(store: ox.Store) -> bytes:
    return ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES) or b""


def loaded(file: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(file), format=ox.RdfFormat.TURTLE)
    return store


def spoilt(file: Path) -> tuple[bytes, str]:
    """The data of an invalid example, and its base IRI."""
    text = file.read_text(encoding="utf-8")
    of = re.search(r"^#\+ of: (.+)$", text, re.MULTILINE)
    base = re.search(r"^BASE <(.+)>$", text, re.MULTILINE)
    assert of, f"{file.name} does not say which valid example it spoils (#+ of:)"
    assert base, f"{file.name} has no BASE"
    store = loaded(EXAMPLES / of[1])
    store.update(text)
    return as_ntriples(store), base[1]


def told(findings: list[validate.Finding], base: str) -> list[str]:
    """Findings as the header of an example writes them."""
    return [
        f"{f.focus.removeprefix(base)} | {f.shape.removeprefix(NAMESPACE)} | {f.constraint} | "
        f"{f.severity} | {(f.value or '').replace('https://museosciences.example/', '{base}')}"
        for f in findings
    ]


@pytest.mark.parametrize("name", validate.ENGINES)
@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_a_valid_example_has_no_finding(name: str, file: Path) -> None:
    assert told(engine(name).validate(as_ntriples(loaded(file)), shapes()), "") == []


@pytest.mark.parametrize("name", validate.ENGINES)
@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_an_invalid_example_has_the_expected_findings(name: str, file: Path) -> None:
    data, base = spoilt(file)
    header = re.findall(r"^#\+ finding: (.*?) *$", file.read_text(encoding="utf-8"), re.MULTILINE)
    found = told(engine(name).validate(data, shapes()), base)
    assert [line.rstrip() for line in found] == header
    assert any(f" | {file.stem} | " in line for line in header), "the example misses its own shape"


def test_every_shape_has_an_invalid_example_and_none_is_left_over() -> None:
    """Shapes in lower case may be the source of a finding; capitals only hold others."""
    sources = {iri.removeprefix(NAMESPACE) for iri in shapes().shapes if iri.startswith(NAMESPACE)}
    assert {file.stem for file in INVALID} == {s for s in sources if s[0].islower()}


def test_every_target_is_met_by_a_valid_example() -> None:
    graphs = [Graph((t.subject, t.predicate.value, t.object) for t in loaded(f)) for f in VALID]
    types = {o.value for g in graphs for _, p, o in g.triples if p.endswith("#type")}
    properties = {p for g in graphs for _, p, _ in g.triples}
    for _, predicate, value in triples():
        if predicate.endswith("#targetClass"):
            assert value.value in types
        elif predicate.endswith(("#targetSubjectsOf", "#targetObjectsOf")):
            assert value.value in properties


def test_there_are_sixty_property_shapes_and_all_keep_to_the_profile() -> None:
    named = [s for s in shapes().shapes.values() if s.path and s.iri.startswith(NAMESPACE)]
    assert len(named) >= 60
    assert [f"{r.shape}: {r.text}" for r in lint(triples())] == []


def test_record_shapes_speak_of_terms_that_the_mappings_write() -> None:
    """A path or class that no mapping writes would be a rule that never holds."""
    written = " ".join(
        file.read_text(encoding="utf-8") for file in knowledge.files("mappings/rdf", "*.ttl")
    )
    namespaces = dict(re.findall(r"@prefix (\w+): <([^>]+)>", written))
    names = {
        space + name
        for prefix, space in namespaces.items()
        for name in re.findall(rf"\b{prefix}:([\w-]+)", written)
    }
    for file in knowledge.files("shapes", "*.ttl"):
        if file.stem in OUTSIDE_RECORDS:
            continue
        graph = Graph(_read(file))
        for _, predicate, value in graph.triples:
            local = predicate.rsplit("#", 1)[-1]
            if local in ("path", "inversePath", "targetClass", "class", "first", "rest") and (
                isinstance(value, ox.NamedNode)
                and value.value.startswith(tuple(namespaces.values()))
                and "rdf-syntax" not in value.value
            ):
                assert value.value in names, f"{file.name}: no mapping writes {value.value}"


# Shapes of what the mappings of inventories do not write.
OUTSIDE_RECORDS = {"concept-scheme", "alignment", "link", "theme", "provenance"}
