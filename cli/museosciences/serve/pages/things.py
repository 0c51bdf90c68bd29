"""The pages of what records share: concepts, persons, places, museums, the theme."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from fastapi import HTTPException, Request, Response

from museosciences.publish.collection import values
from museosciences.report.wording import Wording
from museosciences.serve.live import Current
from museosciences.serve.pages.frame import language, render, wording
from museosciences.serve.pages.graph import (
    counts,
    finder,
    labels,
    links,
    museum_name,
    museums,
    node,
    rows,
)
from museosciences.serve.pages.judging import status_of
from museosciences.serve.pages.keeping import kept
from museosciences.serve.pages.operation import axes, events, theme, vitrines

# Records shown of each kind; the search shows the others.
SHOWN = 24
# Links told on the page of a thing.
TOLD = 12
_SCHEMES = {
    "taxa": ("Organisme", "Organism"), "materials": ("Matière", "Material"),
    "minerals": ("Minéral ou roche", "Mineral or rock"), "pigments": ("Pigment", "Pigment"),
    "instruments": ("Instrument", "Instrument"), "disciplines": ("Discipline", "Discipline"),
    "phenomena": ("Phénomène", "Phenomenon"), "periods": ("Période", "Period"),
    "geological-time": ("Âge géologique", "Geological age"),
    "techniques-of-analysis": ("Technique d’analyse", "Technique of analysis"),
    "theories": ("Théorie", "Theory"), "movements": ("Mouvement artistique", "Art movement"),
    "sites": ("Site ou expédition", "Site or expedition"), "subjects": ("Sujet", "Subject"),
    "object-kinds": ("Nature d’objet", "Kind of object"), "axes": ("Axe", "Axis"),
}  # fmt: skip
_RANKS = {
    "kingdom": ("règne", "kingdom"), "phylum": ("embranchement", "phylum"),
    "class": ("classe", "class"), "order": ("ordre", "order"), "family": ("famille", "family"),
    "genus": ("genre", "genus"), "species": ("espèce", "species"),
    "subspecies": ("sous-espèce", "subspecies"), "subfamily": ("sous-famille", "subfamily"),
    "subclass": ("sous-classe", "subclass"), "suborder": ("sous-ordre", "suborder"),
    "superfamily": ("super-famille", "superfamily"), "infraorder": ("infra-ordre", "infraorder"),
    "subphylum": ("sous-embranchement", "subphylum"), "tribe": ("tribu", "tribe"),
}  # fmt: skip
_ROLES = {
    "makers": ("Auteur ou fabricant", "Maker"), "subjects": ("Personne représentée", "Depicted"),
    "acquisition": ("Donateur, vendeur ou testateur", "Donor, seller or testator"),
    "former_owners": ("Ancien possesseur", "Former owner"),
    "occurrence": ("Récolteur", "Collector"), "taxon": ("Déterminateur", "Identified by"),
    "discovery": ("Découvreur", "Finder"), "titles": ("Nommé dans le titre", "Named in the title"),
}  # fmt: skip


Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Records under one title: those that are shown, how many there are, and what finds all."""

    title: str
    cards: list[Card]
    count: int
    query: dict[str, str]


@kept
def concept(request: Request, here: Current, path: str) -> Response:
    """A taxon, a material, an instrument …: its names, what lies above and below, its records."""
    w = wording(request)
    said = _facts(here, path)
    above, below = _above(here, path, w.lang), _below(here, path, w.lang)
    scheme = path.split("/")[1]
    iri = here.base + path
    close = [one for one in links(here, w.lang) if one["via"] == iri]
    return render(
        request,
        here.base,
        "concept.html",
        kind=w(*_SCHEMES.get(scheme, ("Concept", "Concept"))),
        name=_preferred(said, w.lang) or path,
        other_names=_others(said, w.lang),
        scientific=said.get("scientificName", [("", "")])[0][0],
        rank=w(*_RANKS[said["taxonRank"][0][0]])
        if said.get("taxonRank") and said["taxonRank"][0][0] in _RANKS
        else "",
        notes=[text for text, lang in said.get("scopeNote", []) if lang in ("", w.lang)],
        above=above,
        below=below,
        groups=_by_kind(here, w, "concept", path.removeprefix("concept/")),
        links=close[:TOLD],
        status=lambda one: status_of(request, here, one),
        museum=lambda code: museum_name(here, code),
    )


Said = dict[str, list[tuple[str, str]]]


def _facts(here: Current, path: str) -> Said:
    """What the scheme says of a concept: by the last word of the property, (text, language)."""
    found: Said = defaultdict(list)
    answer = here.store.select("SELECT ?p ?o WHERE { ?c ?p ?o }", {"c": node(here, path)})
    for predicate, value in answer.rows:
        name = str(getattr(predicate, "value", "")).replace("#", "/").rpartition("/")[2]
        if isinstance(value, ox.Literal):
            found[name].append((value.value, value.language or ""))
    return found


def _preferred(said: Said, lang: str) -> str:
    known = {of: text for text, of in said.get("prefLabel", [])}
    text = known.get(lang) or next(iter(known.values()), "")
    return text[:1].upper() + text[1:]


def _others(said: Said, lang: str) -> list[str]:
    others = [t for t, of in said.get("altLabel", []) if of == lang]
    others += [t for t, of in said.get("prefLabel", []) if of not in ("", lang)]
    return list(dict.fromkeys(others))


def _above(here: Current, path: str, lang: str) -> list[tuple[str, str]]:
    """The concepts above, the widest first."""
    chain: list[str] = []
    current = here.base + path
    for _ in range(40):
        query = "SELECT ?a WHERE { ?c skos:broader ?a }"
        given = {"c": ox.NamedNode(current)}
        found = sorted(above for (above,) in rows(here.store, query, given))
        if not found or found[0] in chain:
            break
        current = found[0]
        chain.insert(0, current)
    names = labels(here, chain, lang)
    return [(iri, names.get(iri, iri)) for iri in chain]


def _below(here: Current, path: str, lang: str) -> list[tuple[str, str]]:
    found = rows(here.store, "SELECT ?b WHERE { ?b skos:broader ?c }", {"c": node(here, path)})
    names = labels(here, (below for (below,) in found), lang)
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


def _by_kind(here: Current, w: Wording, facet: str, value: str) -> list[Group]:
    """The records that have a facet value, works beside specimens and instruments."""
    found = []
    for kind in ("object", "specimen", "instrument"):
        count, cards = finder(here).some(here.register, SHOWN, (facet, value), ("kind", kind))
        if count:
            title = w.word("kind", kind)
            query = {facet: value, "kind": kind}
            found.append(Group(title[:1].upper() + title[1:], cards, count, query))
    return found


# --- persons -------------------------------------------------------------------------------------


@kept
def person(request: Request, here: Current, path: str) -> Response:
    """A person: the agents that were joined, why, and the records by what the person did."""
    w = wording(request)
    own = here.base + path
    agents = [own]
    if path.startswith("person/"):
        query = "SELECT ?a WHERE { ?a ms:person ?p }"
        agents = [agent for (agent,) in rows(here.store, query, {"p": ox.NamedNode(own)})]
    joined = list(_joined(here, agents))
    name = labels(here, [own, *agents], w.lang)
    groups = [
        Group(w(*_ROLES.get(role, (role, role))), _cards(here, paths), len(paths), {})
        for role, paths in _deeds(here, agents).items()
    ]
    persons = {row[4] for row in joined if row[4]} - {own}
    close = [one for one in links(here, w.lang) if one["via"] in {own, *persons}]
    return render(
        request,
        here.base,
        "person.html",
        name=name.get(own) or next(iter(name.values()), path),
        years=next((f"{b or '?'}–{d or '?'}" for _, b, d, *_ in joined if b or d), ""),
        joined=joined if path.startswith("person/") else [],
        whole=next(iter(persons), "") if path.startswith("agent/") else "",
        groups=groups,
        links=close[:TOLD],
        status=lambda one: status_of(request, here, one),
        museum=lambda code: museum_name(here, code),
    )


def _joined(here: Current, agents: list[str]) -> list[tuple[str, ...]]:
    """Each agent: name, birth, death, reason of the joining, person."""
    if not agents:
        return []
    query = f"""SELECT ?label ?birth ?death ?why ?person WHERE {{ {values("a", agents)}
        ?a rdfs:label ?label OPTIONAL {{ ?a ms:birthYear ?birth }}
        OPTIONAL {{ ?a ms:deathYear ?death }} OPTIONAL {{ ?a ms:reason ?why }}
        OPTIONAL {{ ?a ms:person ?person }} }}"""
    return sorted(set(rows(here.store, query)))


def _deeds(here: Current, agents: list[str]) -> dict[str, list[str]]:
    if not agents:
        return {}
    query = f"""SELECT DISTINCT ?field ?r WHERE {{ {values("a", agents)}
        ?i ms:agent ?a ; ms:field ?field . ?r ms:involves ?i }} LIMIT 3000"""
    found: dict[str, set[str]] = defaultdict(set)
    for role, record in rows(here.store, query):
        found[role].add(record.removeprefix(here.base))
    return {role: sorted(paths) for role, paths in sorted(found.items())}


def _cards(here: Current, paths: list[str]) -> list[Card]:
    """The first records of some paths, those that are published."""
    known = (here.register.record(path) for path in paths[:SHOWN])
    return [card for card in known if card is not None and card["status"] == "loaded"]


# --- places, museums, themes ---------------------------------------------------------------------


@kept
def place(request: Request, here: Current, path: str) -> Response:
    """A place: where it is, and what was made, gathered or found there."""
    w = wording(request)
    said = _facts(here, path)
    where = [said.get(name, [("", "")])[0][0] for name in ("lat", "long")]
    return render(
        request,
        here.base,
        "place.html",
        name=said.get("label", [(path, "")])[0][0],
        coordinates=", ".join(w.number(float(x), 3) for x in where) if all(where) else "",
        groups=_by_kind(here, w, "place", path.removeprefix("place/")),
        museum=lambda code: museum_name(here, code),
    )


@kept
def museum(request: Request, here: Current, path: str) -> Response:
    """A museum: what it holds, its axes, its links."""
    w = wording(request)
    code = next((c for c, m in museums(here).items() if m.path == path), None)
    if code is None:
        raise HTTPException(404, "there is no such museum in this collection")
    iri = here.base + path
    sides = ("art_museum", "science_museum")
    close = [one for one in links(here, w.lang) if iri in (one[side] for side in sides)]
    _, shown = finder(here).some(here.register, 12, ("museum", code))
    held = counts(here, "axis", ("museum", code))
    return render(
        request,
        here.base,
        "museum.html",
        museum=museums(here)[code],
        kinds=counts(here, "kind", ("museum", code)),
        axes=[(axis, held.get(axis.path, 0)) for axis in axes(here, w.lang) if not axis.above],
        shown=shown,
        links=close[:TOLD],
        count=len(close),
        events=[e for e in events(here, w.lang) if iri in (place for place, _ in e.places)],
        status=lambda one: status_of(request, here, one),
    )


@kept
def operation(request: Request, here: Current, path: str) -> Response:
    """The theme: its axes with what each holds, and its vitrines."""
    lang = language(request)
    found = theme(here, lang)
    if found is None or found.iri != here.base + path:
        raise HTTPException(404, "there is no page on this, only data")
    return render(
        request,
        here.base,
        "theme.html",
        theme=found,
        axes=axes(here, lang),
        counts=counts(here, "axis"),
        vitrines=vitrines(here, lang),
    )
