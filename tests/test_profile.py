"""The application profile lists every class and property that a graph uses."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from museosciences import knowledge
from museosciences.iris import RDF, RDFS, SKOS
from museosciences.store import GraphStore
from museosciences.workspace import Workspace

Profile = dict[str, dict[str, list[ox.Literal]]]


@pytest.fixture(scope="module")
def profile() -> Profile:
    """Term -> predicate -> literals."""
    found: Profile = {}
    for quad in ox.parse(path=str(knowledge.path("ontology/profile.ttl"))):
        members = found.setdefault(str(quad.subject.value), {})
        members.setdefault(quad.predicate.value, [])
        if isinstance(quad.object, ox.Literal):
            members[quad.predicate.value].append(quad.object)
    return found


def used(store: GraphStore) -> set[str]:
    classes = store.select("SELECT DISTINCT ?c WHERE { GRAPH ?g { ?s a ?c } }")
    properties = store.select("SELECT DISTINCT ?p WHERE { GRAPH ?g { ?s ?p ?o } }")
    return {str(row[0].value) for answer in (classes, properties) for row in answer.rows}


def test_every_term_in_the_graphs_is_listed(
    profile: Profile, store: GraphStore, demonstration: Workspace
) -> None:
    quarantine = demonstration.current().open_quarantine()
    missing = sorted((used(store) | used(quarantine)) - set(profile))
    assert missing == [], "list them in ontology/profile.ttl, in French and English"


def test_every_term_has_two_labels_and_an_example(profile: Profile) -> None:
    for term, members in profile.items():
        if RDF + "type" not in members or RDFS + "label" not in members:
            continue
        languages = [label.language for label in members[RDFS + "label"]]
        assert sorted(map(str, languages)) == ["en", "fr"], term
        assert members.get(SKOS + "example"), term


def test_terms_of_other_vocabularies_exist_there(profile: Profile, shared: object) -> None:
    """Names of CIDOC-CRM are those of its own file, letter for letter."""
    crm = (shared / "vocab" / "crm" / "crm.nq").read_text(encoding="utf-8")  # type: ignore[operator]
    ours = [
        t
        for t in profile
        if t.startswith("http://www.cidoc-crm.org/cidoc-crm/") and "CRMsci" not in t
    ]
    assert len(ours) > 40
    assert [term for term in ours if f"<{term}>" not in crm] == []
