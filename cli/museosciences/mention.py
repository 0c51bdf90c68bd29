"""What records mention and share: terms, agents and places, each a small document of its own.

A record only names them (by ``key``); the mappings ``term``, ``agent`` and ``place`` describe each
of them once per source, however many records mention it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from museosciences.record import PERSON_PATHS, TERM_KINDS, InventoryRecord, term_context

MentionType = Literal["term", "agent", "place"]
Document = dict[str, Any]

# CIDOC-CRM classes of terms; any other kind is a plain E55 Type.
_CLASSES = {"material": "E57_Material", "period": "E4_Period"}
_PLACES = ("production.places", "discovery.places", "occurrence.place")


def mentioned(record: InventoryRecord) -> Iterator[tuple[MentionType, str, Document]]:
    """The terms, agents and places of a record: type, identifier within the type, document."""
    for path, kind in TERM_KINDS.items():
        for item in _items(record, path):
            yield "term", f"{kind}/{item['key']}", _term(kind, item)
    taxon = record.get("taxon")
    if taxon and taxon.get("scientific_name"):
        yield "term", f"taxon/{taxon['key']}", _taxon(dict(taxon))  # type: ignore[typeddict-item]
    for analysis in _items(record, "analyses"):
        yield from _analysis(analysis)
    for path in PERSON_PATHS:
        for person in _items(record, path):
            if "key" in person:
                yield "agent", person["key"], _agent(person)
    for path in _PLACES:
        for place in _items(record, path):
            if "key" in place:
                yield "place", place["key"], _kept(place, _PLACE_MEMBERS)


def field_of(record: InventoryRecord, key: str) -> str | None:
    """The field of a record that names the person or place with this key, where there is one.

    >>> field_of({"acquisition": [{"persons": [{"key": "a1"}]}]}, "a1")
    'acquisition'
    """
    for path in (*sorted(PERSON_PATHS), *_PLACES):
        if any(item.get("key") == key for item in _items(record, path)):
            return path.partition(".")[0]
    return None


def _items(record: InventoryRecord, path: str) -> list[dict[str, Any]]:
    """The items of a list (or the one item) at a path such as ``acquisition.persons``."""
    if path.partition(".")[0] not in record:
        return []
    found: list[Any] = [record]
    for name in path.split("."):
        found = [item[name] for item in found if name in item]
        found = [inner for item in found for inner in (item if isinstance(item, list) else [item])]
    return found


def _term(kind: str, item: dict[str, Any]) -> Document:
    document = {"kind": kind, "key": item["key"], "term": item["term"]}
    document["class"] = _CLASSES.get(kind, "E55_Type")
    context = term_context(item)
    if context:
        document["context"] = context
    return document


def _taxon(taxon: dict[str, Any]) -> Document:
    document = _term("taxon", {"key": taxon["key"], "term": taxon["scientific_name"]})
    document["canonical"] = taxon.get("canonical")
    document["classification"] = taxon.get("classification", {})
    return document


def _analysis(analysis: dict[str, Any]) -> Iterator[tuple[MentionType, str, Document]]:
    if "technique_key" in analysis:
        key = analysis["technique_key"]
        term = _term("analysis", {"key": key, "term": analysis["technique"]})
        yield "term", f"analysis/{key}", term
    if "laboratory_key" in analysis:
        agent = {"key": analysis["laboratory_key"], "source": analysis["source"]}
        yield "agent", agent["key"], {**agent, "name": analysis["laboratory"], "institution": True}


_AGENT_MEMBERS = ("key", "source", "name", "birth", "death", "nationality", "institution", "id")
_PLACE_MEMBERS = ("key", "source", "name", "parts", "country", "lat", "long")


def _agent(person: dict[str, Any]) -> Document:
    return _kept(person, _AGENT_MEMBERS)


def _kept(item: dict[str, Any], members: tuple[str, ...]) -> Document:
    return {name: item[name] for name in members if name in item}
