"""How prominent what a work shows is in it, and what its title is about.

Each recognised subject gets one of six roles (``ms:showsMain``, ``ms:showsGenre``,
``ms:showsSecondary``, ``ms:showsAttribute``, ``ms:showsSetting``, ``ms:showsUnstated``): what the
source states, corrected by the title, by the genre of the work and by how much else is indexed.
What a title names is its motif (``ms:titledFor``) or beside it (``ms:titledWith``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from museosciences import iris
from museosciences.iris import MS
from museosciences.motif import is_motif
from museosciences.ntriples import Graph, iri
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary

_PREFIXES = f"PREFIX ms: <{MS}> PREFIX crm: <{iris.CRM}> PREFIX rdfs: <{iris.RDFS}> "

# Genres in which what is shown is what the work is about; in any other genre (a portrait, a
# battle, a landscape) an animal or a plant belongs to the setting.
ABOUT_THINGS = (
    "subjects/still_life",
    "subjects/animal_representation",
    "subjects/plant_representation",
    "subjects/scientific_representation",
    "subjects/science_subject",
    "subjects/ornament",
)
# Subjects whatever the genre: what is gathered in them is what they are about.
GATHERINGS = (
    "subjects/cabinet_of_curiosities",
    "subjects/natural_history_gallery",
    "subjects/laboratory_scene",
    "subjects/instruments_piece",
    "subjects/noahs_ark",
    "subjects/creation_of_animals",
    "subjects/orpheus_animals",
)
# A work indexed with more subjects than this shows none of them in particular.
FEW = 3
SHORTEST = 3  # letters of a word that is sought in a title
_TITLES = """SELECT ?r ?title WHERE {
    ?r crm:P102_has_title ?t . ?t crm:P190_has_symbolic_content ?title }"""


def _rows(store: GraphStore, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(_PREFIXES + query).rows:
        yield tuple(map(term_text, row))


def _pairs(store: GraphStore, query: str) -> Iterator[tuple[str, str]]:
    return ((one, other) for one, other in _rows(store, query))


def _key(store: GraphStore, concept: str) -> str:
    return concept.removeprefix(f"{store.base}concept/")


def prominence(
    graph: Graph, store: GraphStore, vocabulary: Vocabulary
) -> dict[tuple[str, str], str]:
    """Write how each recognised subject is shown; returns it for all subjects, by their words."""
    titled = _titled(graph, store)
    query = "SELECT ?t ?c WHERE { ?t ms:concept ?c ; ms:termKind ?k . FILTER(?k IN (%s)) }"
    concepts = {
        term: _key(store, concept) for term, concept in _pairs(store, query % "'subject', 'title'")
    }
    words = dict(_pairs(store, "SELECT ?t ?l WHERE { ?t ms:termKind 'subject' ; rdfs:label ?l }"))
    titles: dict[str, list[str]] = defaultdict(list)
    for art, title in _rows(store, _TITLES):
        titles[art].append(title)
    found: dict[tuple[str, str], str] = {}
    for art, roles in _declared(store).items():
        genres = {concepts.get(term, "") for term, role in roles.items() if role == "genre"}
        about = _about(vocabulary, genres, {concepts.get(term, "") for term in roles})
        few = len(roles) <= FEW
        named = {concepts[term]: motif for term, motif in titled.get(art, ()) if term in concepts}
        kept = {concepts[t] for t, r in roles.items() if r in ("main", "") and t in concepts}
        texts = titles.get(art, ())
        for term, role in roles.items():
            key = concepts.get(term)
            if role == "attribute" and key is not None:
                # "perroquet : ara" says which parrot, it does not hang an attribute on it.
                role = "main" if any(up in kept for up in vocabulary.ancestors(key)) else role
            place = _place_in_title(vocabulary, key, named)
            if place is None and key is not None:
                place = _place_by_words(words.get(term, ""), texts)
            shown = _shown(role, place, about, few)
            found[art, words.get(term, "")] = shown
            if key is not None:
                graph.add(art, f"{MS}shows{shown.capitalize()}", iri(term))
    return found


def _place_in_title(
    vocabulary: Vocabulary, key: str | None, named: Mapping[str, bool]
) -> str | None:
    """How a title names a concept, by one above or below it: as its motif, beside it, or not."""
    if key is None or not named:
        return None
    above = set(vocabulary.ancestors(key))
    places = [
        motif
        for other, motif in named.items()
        if other in above or key in vocabulary.ancestors(other)
    ]
    return None if not places else "motif" if any(places) else "beside"


def _place_by_words(words: str, titles: Iterable[str]) -> str | None:
    """The same for the words of the index themselves, in one or many: "barometer", "Barometers".

    An index files them so: "fruit, apple", "dog - non-specific".
    """
    names = [re.escape(name) for name in words.partition(" - ")[0].split(", ")]
    long_enough = [name for name in names if len(name) >= SHORTEST]
    if not long_enough:
        return None
    sought = re.compile(rf"\b(?:{'|'.join(long_enough)})(?:s|es|x)?\b", re.IGNORECASE)
    for title in titles:
        if met := sought.search(title):
            return "motif" if is_motif(title, met.start()) else "beside"
    return None


def _declared(store: GraphStore) -> dict[str, dict[str, str]]:
    """The role that the source gives to each subject of each work ("" when it does not say)."""
    roles: dict[str, dict[str, str]] = defaultdict(dict)
    for art, term in _rows(store, "SELECT ?a ?t WHERE { ?a crm:P62_depicts ?t }"):
        roles[art][term] = ""
    for role in ("main", "genre", "secondary", "attribute"):
        query = f"SELECT ?a ?t WHERE {{ ?a ms:subject-{role} ?t }}"
        for art, term in _rows(store, query):
            roles[art][term] = role
    return roles


def _about(vocabulary: Vocabulary, genres: set[str], subjects: set[str]) -> bool | None:
    """Is the work about things? None when the source gives no genre.

    A genre that no concept is known for ("scène") is none of things.
    """
    if any(kind in vocabulary.ancestors(key) for key in subjects for kind in GATHERINGS):
        return True
    if not genres:
        return None
    above = {key for genre in genres for key in vocabulary.ancestors(genre)}
    return any(genre in above for genre in ABOUT_THINGS)


def _shown(role: str, titled: str | None, about: bool | None, few: bool) -> str:
    """How prominent a subject is. What a title is about, the work is about."""
    if role == "genre":
        return role
    if titled == "motif":
        return "main"
    if role == "secondary":
        return role
    if titled == "beside" and about is not True:
        return "secondary"
    if role == "attribute" and about is not True:
        return role
    if about is not None:
        return "main" if about else "setting"
    return "main" if few else "unstated"


def _titled(graph: Graph, store: GraphStore) -> dict[str, list[tuple[str, bool]]]:
    """Is what a title names its motif (``ms:titledFor``) or beside it (``ms:titledWith``)?

    Returns, for each record, the terms that its titles name and whether each is a motif.
    """
    query = """SELECT DISTINCT ?a ?title ?t ?words WHERE {
        ?a ms:titleNames ?t ; crm:P102_has_title ?n . ?n crm:P190_has_symbolic_content ?title .
        ?t rdfs:label ?words }"""
    named: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    for art, title, term, words in _rows(store, query):
        start = title.find(words)
        if start >= 0:
            named[art, title].append((start, start + len(words), term))
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for (art, title), terms in named.items():
        after: int | None = None
        for start, end, term in sorted(terms):
            motif = is_motif(title, start, after)
            after = end if motif else after
            found[art].append((term, motif))
            graph.add(art, MS + ("titledFor" if motif else "titledWith"), iri(term))
    return found
