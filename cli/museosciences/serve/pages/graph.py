"""What several pages ask of the graph: labels, museums, records in short, links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from museosciences import iris, link
from museosciences.publish.collection import values
from museosciences.serve.live import Current
from museosciences.serve.pages.finder import Finder
from museosciences.store import GraphStore, Term, term_text

PREFIXES = (
    f"PREFIX ms: <{iris.MS}> PREFIX crm: <{iris.CRM}> PREFIX rdfs: <{iris.RDFS}> "
    f"PREFIX skos: <{iris.SKOS}> PREFIX dwc: <{iris.DWC}> PREFIX geo: <{iris.GEO}> "
    f"PREFIX dcterms: <{iris.DCTERMS}> "
)


def rows(
    store: GraphStore, query: str, given: Mapping[str, Term] | None = None
) -> Iterator[tuple[str, ...]]:
    """The rows of a SELECT as texts, in the order of its columns as written."""
    answer = store.select(PREFIXES + query, given or {})
    for row in answer.rows:
        yield tuple(map(term_text, row))


def node(here: Current, path: str) -> ox.NamedNode:
    """The IRI of a path under the base."""
    return ox.NamedNode(here.base + path)


def labels(here: Current, things: Iterable[str], lang: str) -> dict[str, str]:
    """The names of some things in a language, by IRI."""
    wanted = sorted(set(things))
    if not wanted:
        return {}
    found: dict[str, dict[str, str]] = {}
    query = (
        f"SELECT ?x ?label (LANG(?label) AS ?in) WHERE {{ {values('x', wanted)} "
        "?x rdfs:label|skos:prefLabel ?label }"
    )
    for thing, label, of in rows(here.store, query):
        found.setdefault(thing, {})[of] = label
    return {
        thing: known.get(lang) or known.get("") or next(iter(known.values()))
        for thing, known in found.items()
    }


@dataclass(frozen=True, slots=True)
class Museum:
    """A museum of the collection. Coordinates are degrees, WGS 84."""

    code: str
    name: str
    town: str
    latitude: float | None
    longitude: float | None

    @property
    def path(self) -> str:
        return f"museum/{iris.encode(self.code)}"


def museums(here: Current) -> Mapping[str, Museum]:
    """All museums by code, asked once for a build."""

    def ask() -> dict[str, Museum]:
        query = """SELECT ?code ?name ?town ?lat ?long WHERE { ?m a ms:Museum ; ms:code ?code ;
            rdfs:label ?name . OPTIONAL { ?m ms:town ?town }
            OPTIONAL { ?m geo:lat ?lat ; geo:long ?long } }"""
        return {
            code: Museum(code, name, town, *(float(x) if x else None for x in where))
            for code, name, town, *where in rows(here.store, query)
        }

    return here.once("museums", ask)


def museum_name(here: Current, code: str) -> str:
    """The name of a museum, or its code."""
    known = museums(here).get(code)
    return known.name if known else code


def finder(here: Current) -> Finder:
    """What finds the records of a build, made once."""
    return here.once("finder", lambda: Finder(here.register))


def counts(here: Current, name: str, *chosen: tuple[str, str]) -> dict[str, int]:
    """How many records have each value of a facet, among those that have the chosen values."""

    def ask() -> dict[str, int]:
        found = finder(here)
        return {
            value: found.count(here.register, (name, value), *chosen)
            for value in found.values_of(name)
        }

    return here.once(f"counts-{name}-{chosen}", ask)


def prepare(here: Current) -> None:
    """Make what all pages ask for, so that the first reader of a build does not wait for it."""
    finder(here)
    museums(here)
    for name in ("kind", "museum", "axis", "vitrine"):
        counts(here, name)
    for lang in ("fr", "en"):
        links_of(here, lang, "")


Links = list[dict[str, str]]


def links(here: Current, lang: str) -> Links:
    """All links of a build, the strongest first, as mappings of ``link.COLUMNS``."""

    def ask() -> Links:
        listed = link.listing(here.store, lang=lang)
        return [dict(zip(link.COLUMNS, row, strict=True)) for row in listed]

    return here.once(f"links-{lang}", ask)


def links_of(here: Current, lang: str, record: str) -> Links:
    """The links of a record, of which it is an end, or one of those who represent a set of them."""

    def ask() -> Mapping[str, Links]:
        query = "SELECT ?link ?r WHERE { ?link crm:P141_assigned ?s . ?s ms:representative ?r }"
        also: dict[str, list[str]] = {}
        for name, other in rows(here.store, query):
            also.setdefault(name, []).append(other)
        found: dict[str, Links] = {}
        for one in links(here, lang):
            ends = (one["art_record"], one["science_record"], *also.get(one["link"], ()))
            for end in dict.fromkeys(ends):
                found.setdefault(end, []).append(one)
        return found

    return here.once(f"links-of-{lang}", ask).get(record, [])
