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
from museosciences.reading import TITLES, Reading
from museosciences.vocabulary import Vocabulary

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
# The kinds of terms that say what a work shows.
_SHOWING = frozenset({"subject", "title"})


def prominence(
    graph: Graph, reading: Reading, vocabulary: Vocabulary
) -> dict[tuple[str, str], str]:
    """Write how each recognised subject is shown; returns it for all subjects, by their words."""
    titled = _titled(graph, reading)
    terms = {name: term for name, term in reading.terms.items() if term.kind in _SHOWING}
    concepts = {name: term.concept for name, term in terms.items() if term.concept}
    words = {name: term.words[-1] for name, term in terms.items() if term.words}
    found: dict[tuple[str, str], str] = {}
    for art, roles in _declared(reading).items():
        genres = {concepts.get(term, "") for term, role in roles.items() if role == "genre"}
        about = _about(vocabulary, genres, {concepts.get(term, "") for term in roles})
        few = len(roles) <= FEW
        named = {concepts[term]: motif for term, motif in titled.get(art, ()) if term in concepts}
        kept = {concepts[t] for t, r in roles.items() if r in ("main", "") and t in concepts}
        texts = reading.of(art, TITLES)
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


def _declared(reading: Reading) -> dict[str, dict[str, str]]:
    """The role that the source gives to each subject of each work ("" when it does not say)."""
    depicted = reading.values(iris.CRM + "P62_depicts")
    roles = {art: dict.fromkeys(terms, "") for art, terms in depicted.items()}
    for role in ("main", "genre", "secondary", "attribute"):
        for art, terms in reading.values(f"{MS}subject-{role}").items():
            roles.setdefault(art, {}).update(dict.fromkeys(terms, role))
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


def _titled(graph: Graph, reading: Reading) -> dict[str, list[tuple[str, bool]]]:
    """Is what a title names its motif (``ms:titledFor``) or beside it (``ms:titledWith``)?

    Returns, for each record, the terms that its titles name and whether each is a motif.
    """
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for art, named in reading.values(MS + "titleNames").items():
        for title in reading.of(art, TITLES):
            after: int | None = None
            for start, end, term in sorted(_places(reading, title, named)):
                motif = is_motif(title, start, after)
                after = end if motif else after
                found[art].append((term, motif))
                graph.add(art, MS + ("titledFor" if motif else "titledWith"), iri(term))
    return found


def _places(reading: Reading, title: str, terms: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where the words of some terms begin and end in a title, where they stand in it."""
    for term in terms:
        for words in reading.terms[term].words:
            if (start := title.find(words)) >= 0:
                yield start, start + len(words), term
