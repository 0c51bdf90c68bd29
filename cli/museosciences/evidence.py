"""What the words of records say beyond their indexed terms, as evidence for links and themes.

- how prominent a subject is in a work: main motif, genre, background, attribute, or a detail of a
  work of another genre (``ms:showsMain``, ``ms:showsSetting`` …);
- sites, theories, techniques of analysis and phenomena that titles, notes and subjects name, and
  persons of the sciences that works show (``ms:names`` a mention, with the words and the field);
- which show an exhibition text speaks of (``ms:show``), so that two museums meet in it.

Every mention keeps the very words, so that it can be cited.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from museosciences import iris
from museosciences.iris import MS
from museosciences.ntriples import Graph, iri, literal
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary, fold

_PREFIXES = f"PREFIX ms: <{MS}> PREFIX crm: <{iris.CRM}> PREFIX rdfs: <{iris.RDFS}>"
_PREFIXES += f" PREFIX dwc: <{iris.DWC}> "

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
# A work indexed with more subjects than this shows none of them in particular.
FEW = 3
# A name found in a running text is a little less sure than an indexed one.
IN_TEXT = 0.85
NAMED_PERSON = 0.9
LONGEST = 8  # words of a label
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# Which schemes are sought in which fields.
_SOUGHT = {
    "sites": ("titles", "subjects", "description", "remarks", "occurrence"),
    "theories": ("titles", "subjects", "description", "remarks"),
    "techniques-of-analysis": ("description", "remarks"),
    "phenomena": ("titles", "subjects"),
}
# Phenomena that a work can show; light, colour or movement are in every picture.
_SHOWN = ("phenomena/meteorological_phenomenon", "phenomena/astronomical_phenomenon")


def evidence(store: GraphStore, vocabulary: Vocabulary) -> bytes:
    """All of it, as N-Quads of the derived graph."""
    graph = Graph(f"{store.base}graph/derived")
    shown = _prominence(graph, store, vocabulary)
    _titled(graph, store)
    _mentions(graph, store, vocabulary, shown)
    _persons(graph, store)
    _shows(graph, store)
    return graph.nquads()


def _rows(store: GraphStore, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(_PREFIXES + query).rows:
        yield tuple(map(term_text, row))


def _pairs(store: GraphStore, query: str) -> Iterator[tuple[str, str]]:
    return ((one, other) for one, other in _rows(store, query))


def _key(store: GraphStore, concept: str) -> str:
    return concept.removeprefix(f"{store.base}concept/")


# --- prominence ----------------------------------------------------------------------------------


def _prominence(
    graph: Graph, store: GraphStore, vocabulary: Vocabulary
) -> dict[tuple[str, str], str]:
    """Write how each recognised subject is shown; returns it for all subjects, by their words."""
    concepts = dict(
        _pairs(store, "SELECT ?t ?c WHERE { ?t ms:concept ?c ; ms:termKind 'subject' }")
    )
    titled: dict[str, set[str]] = defaultdict(set)
    for art, concept in _rows(
        store, "SELECT ?a ?c WHERE { ?a ms:titleNames ?t . ?t ms:concept ?c }"
    ):
        titled[art].update(vocabulary.ancestors(_key(store, concept)))
    words = dict(_pairs(store, "SELECT ?t ?l WHERE { ?t ms:termKind 'subject' ; rdfs:label ?l }"))
    found: dict[tuple[str, str], str] = {}
    for art, roles in _declared(store).items():
        genres = {_key(store, concepts.get(t, "")) for t, r in roles.items() if r == "genre"}
        about = _about(vocabulary, genres)
        few = len(roles) <= FEW
        leading = (t for t, r in roles.items() if r in ("main", "") and t in concepts)
        kept = {_key(store, concepts[term]) for term in leading}
        for term, role in roles.items():
            named = term in concepts and _key(store, concepts[term]) in titled.get(art, ())
            if role == "attribute" and term in concepts:
                # "perroquet : ara" says which parrot, it does not hang an attribute on it.
                above = vocabulary.ancestors(_key(store, concepts[term]))
                role = "main" if any(key in kept for key in above) else role
            shown = _shown(role, named, about, few)
            found[art, words.get(term, "")] = shown
            if term in concepts:
                graph.add(art, f"{MS}shows{shown.capitalize()}", iri(term))
    return found


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


def _about(vocabulary: Vocabulary, genres: set[str]) -> bool | None:
    """Is the work about things? None when the source gives no genre.

    A genre that no concept is known for ("scène") is none of things.
    """
    if not genres:
        return None
    above = {key for genre in genres for key in vocabulary.ancestors(genre)}
    return any(genre in above for genre in ABOUT_THINGS)


def _shown(role: str, named: bool, about: bool | None, few: bool) -> str:
    """How prominent a subject is. A subject that the title names is what the work is about."""
    if named:
        return "main"
    if role in ("genre", "secondary", "attribute"):
        return role
    if about is not None:
        return "main" if about else "setting"
    return "main" if few else "unstated"


# What a title names after these words stands beside the motif: a portrait with a cat.
_BESIDE = re.compile(
    r"\b(?:au|aux|à la|à l['’]|avec|et|accompagnée?s? d[eu’']?\w*|tenant|with|and|holding)\b",
    re.IGNORECASE,
)
_STILL = re.compile(r"^\W*(?:nature morte|bouquet|étude|vanité|still life|study)\b", re.IGNORECASE)


def _titled(graph: Graph, store: GraphStore) -> None:
    """Is what a title names its motif (``ms:titledFor``) or beside it (``ms:titledWith``)?"""
    query = """SELECT DISTINCT ?a ?t ?words ?title WHERE {
        ?a ms:titleNames ?t ; crm:P102_has_title ?n . ?n crm:P190_has_symbolic_content ?title .
        ?t rdfs:label ?words }"""
    for art, term, words, title in _rows(store, query):
        before, found, _ = title.partition(words)
        if found:
            beside = _BESIDE.search(before) and not _STILL.match(title)
            graph.add(art, MS + ("titledWith" if beside else "titledFor"), iri(term))


# --- names in texts ------------------------------------------------------------------------------


_TEXTS = {
    "titles": "?r crm:P102_has_title ?t . ?t crm:P190_has_symbolic_content ?text",
    "subjects": "?r crm:P62_depicts ?t . ?t rdfs:label ?text",
    "description": "?r crm:P3_has_note ?text",
    "remarks": "?r rdfs:comment ?text",
    "occurrence": "?r dwc:occurrenceRemarks ?text",
}


def texts(store: GraphStore) -> Iterator[tuple[str, str, str]]:
    """The running texts of all records: record, field of the record, text."""
    for field, pattern in _TEXTS.items():
        query = f"SELECT ?r ?text WHERE {{ {pattern} . ?r a ms:InventoryRecord }}"
        for record, text in _rows(store, query):
            yield record, field, text


class _Names:
    """The names of concepts, by their folded words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known: dict[tuple[str, ...], str] = {}
        self._first: set[str] = set()
        for key, concept in vocabulary.concepts.items():
            if concept.scheme in _SOUGHT and _is_telling(vocabulary, key):
                labels = [*concept.labels.values(), *(label for _, _, label in concept.others)]
                for label in labels:
                    self._learn(label, key)

    def _learn(self, label: str, key: str) -> None:
        words = tuple(fold(label).split())
        long_enough = len(words) > 1 or len(label) > 4
        if long_enough and len(words) <= LONGEST:
            self._known.setdefault(words, key)
            self._first.add(words[0])

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """The words of a text, verbatim, that name a concept, and the concept; longest first."""
        spans = list(_WORD.finditer(text))
        folded = [fold(span.group()) for span in spans]
        position = 0
        while position < len(spans):
            if folded[position] in self._first:
                for length in range(min(LONGEST, len(spans) - position), 0, -1):
                    key = self._known.get(tuple(folded[position : position + length]))
                    if key is not None:
                        last = spans[position + length - 1]
                        yield text[spans[position].start() : last.end()], key
                        position += length - 1
                        break
            position += 1


def _is_telling(vocabulary: Vocabulary, key: str) -> bool:
    """Not a heading of its scheme, and, for phenomena, one that a work can show."""
    above = list(vocabulary.ancestors(key))
    if key.startswith("phenomena/"):
        return len(above) > 1 and any(top in above for top in _SHOWN)
    return not vocabulary.narrower_count(key)


def _mentions(
    graph: Graph,
    store: GraphStore,
    vocabulary: Vocabulary,
    shown: Mapping[tuple[str, str], str],
) -> None:
    names = _Names(vocabulary)
    mentions = _Mentions(graph, store.base)
    for record, field, text in texts(store):
        for words, key in names.find(text):
            if _sound(key.partition("/")[0], field, words, text):
                role = shown.get((record, text), "main") if field == "subjects" else "main"
                concept = f"{store.base}concept/{key}"
                mentions.add(record, field, words, "concept", concept, IN_TEXT, role)


def _sound(scheme: str, field: str, words: str, text: str) -> bool:
    """Is a name found in a text one of a concept of this scheme?"""
    capital = words[:1].isupper()
    if scheme == "sites":
        # In a title a town alone is too little: Catherine of Alexandria was never dug up there.
        proper = " " in words or (capital and field not in ("titles", "subjects"))
    elif scheme == "phenomena":
        # A subject is the term as a whole. In a title a capital is a name (Saint Cloud, Cloud
        # Chamber), unless the title begins with it.
        first = text.startswith(words) and not re.match(r" [A-Z]", text[len(words) :])
        proper = words == text if field == "subjects" else not capital or first
    else:
        proper = True
    return proper and field in _SOUGHT[scheme]


class _Mentions:
    """Mentions, each described once: words, field, what they mean and how sure."""

    def __init__(self, graph: Graph, base: str) -> None:
        self._graph = graph
        self._base = base
        self._described: set[str] = set()

    def add(
        self,
        record: str,
        field: str,
        words: str,
        meaning: str,
        of: str,
        confidence: float,
        role: str = "main",
    ) -> None:
        name = f"{self._base}term/mention/{iris.digest(field, words, of, role)}"
        self._graph.add(record, MS + "names", iri(name))
        if name not in self._described:
            self._described.add(name)
            self._graph.add(name, iris.RDF + "type", iri(MS + "Term"))
            self._graph.add(name, iris.RDFS + "label", literal(words))
            self._graph.add(name, MS + "termKind", literal("mention"))
            self._graph.add(name, MS + "field", literal(field))
            self._graph.add(name, MS + "prominence", literal(role))
            self._graph.add(name, MS + meaning, iri(of))
            self._graph.add(name, MS + "confidence", literal(confidence))


# --- persons shown -------------------------------------------------------------------------------


def _persons(graph: Graph, store: GraphStore) -> None:
    """The persons of the sciences that the subjects and titles of works name."""
    known = _scientists(store)
    mentions = _Mentions(graph, store.base)
    for field in ("subjects", "titles"):
        query = f"SELECT ?r ?text WHERE {{ {_TEXTS[field]} . ?r a ms:Object }}"
        for record, text in _rows(store, query):
            for words, person in _named(text, known):
                mentions.add(record, field, words, "person", person, NAMED_PERSON)


def _scientists(store: GraphStore) -> Mapping[frozenset[str], str]:
    """The persons of the sciences by the words of their name, where only one bears it."""
    bearers: dict[frozenset[str], set[str]] = defaultdict(set)
    query = """SELECT DISTINCT ?name ?person WHERE {
        { ?record a ms:Naturalia } UNION { ?record a ms:Scientifica }
        ?record ms:involves ?activity . ?activity ms:agent ?agent .
        ?agent ms:person ?person ; rdfs:label ?name }"""
    for name, person in _rows(store, query):
        words = frozenset(fold(name).split())
        if len(words) > 1:
            bearers[words].add(person)
    return {words: found.pop() for words, found in bearers.items() if len(found) == 1}


def _named(text: str, known: Mapping[frozenset[str], str]) -> Iterator[tuple[str, str]]:
    """The runs of two to four words, all but particles with a capital, that are a person's name."""
    spans = list(_WORD.finditer(text))
    for start, span in enumerate(spans):
        if not span.group()[:1].isupper():
            continue
        for end in range(start + 2, min(start + 4, len(spans)) + 1):
            words = frozenset(fold(" ".join(s.group() for s in spans[start:end])).split())
            if words in known:
                yield text[span.start() : spans[end - 1].end()], known[words]


# --- exhibitions ---------------------------------------------------------------------------------

_AFTER_TITLE = re.compile(r"\s*(?:\(|,\s*(?:exposition|exhibition)\b|,?\s*\d{4}).*$", re.DOTALL)


def _shows(graph: Graph, store: GraphStore) -> None:
    """The show of each exhibition text: that of the theme's programme, or the title itself."""
    programme = {
        fold(label): event
        for event, label in _rows(
            store,
            """SELECT ?event ?label WHERE { ?event rdfs:label ?label .
            { ?event a ms:ProgrammeEvent } UNION { ?event a ms:TravellingExhibition } }""",
        )
    }
    labelled: Counter[str] = Counter()
    for exhibition, text in _rows(
        store, "SELECT ?e ?text WHERE { ?e a ms:Exhibition ; rdfs:label ?text }"
    ):
        title = _AFTER_TITLE.sub("", text).strip()
        name = fold(title)
        if len(name.split()) < 2:
            continue
        show = programme.get(name) or f"{store.base}exhibition/{iris.slug(title)}"
        graph.add(exhibition, MS + "show", iri(show))
        labelled[show] += 1
        if labelled[show] == 1 and name not in programme:
            graph.add(show, iris.RDFS + "label", literal(title))
