"""What the words of records say beyond their indexed terms, as evidence for links and themes.

- how prominent a subject is in a work, and what its title is about (see ``prominence``);
- sites, theories, techniques of analysis and phenomena that titles, notes and subjects name, and
  persons of the sciences that works show (``ms:names`` a mention, with the words and the field);
- which show an exhibition text speaks of (``ms:show``), so that two museums meet in it.

Every mention keeps the very words, so that it can be cited.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeVar

from museosciences import iris
from museosciences.iris import MS
from museosciences.motif import opens_a_clause
from museosciences.ntriples import Graph, iri, literal
from museosciences.prominence import prominence
from museosciences.reading import TITLES, Path, Reading, makers
from museosciences.store import GraphStore, term_text
from museosciences.vocabulary import Vocabulary, fold

_PREFIXES = f"PREFIX ms: <{MS}> PREFIX crm: <{iris.CRM}> PREFIX rdfs: <{iris.RDFS}>"
_PREFIXES += f" PREFIX dwc: <{iris.DWC}> "

# A name found in a running text is a little less sure than an indexed one.
IN_TEXT = 0.85
NAMED_PERSON = 0.9
LONGEST = 8  # words of a label
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_OPENING = re.compile(r"(?:^|[.;:])\s*(?:l[ea]s? |l['’]|the |an? |une? )?$", re.IGNORECASE)
_Meaning = TypeVar("_Meaning")
# Which schemes are sought in which fields.
_SOUGHT = {
    "sites": ("titles", "subjects", "description", "remarks", "occurrence"),
    "theories": ("titles", "subjects", "description", "remarks"),
    "techniques-of-analysis": ("description", "remarks"),
    "phenomena": ("titles", "subjects"),
}
# Phenomena that a work can show; light, colour or movement are in every picture.
_SHOWN = (
    "phenomena/meteorological_phenomenon",
    "phenomena/astronomical_phenomenon",
    "phenomena/volcanic_eruption",
    "phenomena/rainbow",
    "phenomena/halo",
    "phenomena/mirage",
    "phenomena/twilight",
)


def evidence(reading: Reading, vocabulary: Vocabulary) -> bytes:
    """All of it, as N-Quads of the derived graph."""
    graph = Graph(f"{reading.store.base}graph/derived")
    shown = prominence(graph, reading, vocabulary)
    _mentions(graph, reading, vocabulary, shown)
    _persons(graph, reading)
    _practitioners(graph, reading)
    _shows(graph, reading.store)
    return graph.nquads()


def _rows(store: GraphStore, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(_PREFIXES + query).rows:
        yield tuple(map(term_text, row))


# --- names in texts ------------------------------------------------------------------------------


_LABEL = iris.RDFS + "label"
_TEXTS: Mapping[str, Path] = {
    "titles": TITLES,
    "subjects": (iris.CRM + "P62_depicts", _LABEL),
    "description": (iris.CRM + "P3_has_note",),
    "remarks": (iris.RDFS + "comment",),
    "occurrence": (iris.DWC + "occurrenceRemarks",),
}


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
    reading: Reading,
    vocabulary: Vocabulary,
    shown: Mapping[tuple[str, str], str],
) -> None:
    names = _Names(vocabulary)
    base = reading.store.base
    mentions = _Mentions(graph, base)
    for field, path in _TEXTS.items():
        for record, text in reading.along(path):
            for words, key in names.find(text):
                if _sound(key.partition("/")[0], field, words, text):
                    role = _role(field, words, key, text, shown.get((record, text), "main"))
                    concept = f"{base}concept/{key}"
                    mentions.add(record, field, words, "concept", concept, IN_TEXT, role)


def _role(field: str, words: str, key: str, text: str, shown: str) -> str:
    """The role of what is named: that of the subject, or by its place in the text."""
    if field == "subjects":
        return shown
    beside = key.startswith("phenomena/") and not opens_a_clause(text, text.find(words))
    return "secondary" if beside else "main"


def _sound(scheme: str, field: str, words: str, text: str) -> bool:
    """Is a name found in a text one of a concept of this scheme?"""
    capital = words[:1].isupper()
    if scheme == "sites":
        # In a title a town alone is too little: Catherine of Alexandria was never dug up there; and
        # what is noted of a gathering may be a namesake: Thera in Kenya, Alexandria in Natal.
        alone = capital and field not in ("titles", "subjects", "occurrence")
        proper = " " in words or alone
    elif scheme == "phenomena":
        # A subject is the term as a whole. In a title a capital is a name (Saint Cloud, Cloud
        # Chamber), unless the title or a part of it begins with it.
        before, _, after = text.partition(words)
        first = _OPENING.search(before) and not re.match(r" [A-Z]", after)
        proper = words == text if field == "subjects" else not capital or bool(first)
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


def _persons(graph: Graph, reading: Reading) -> None:
    """The persons of the sciences that the subjects and titles of works name."""
    known = _scientists(reading.store)
    mentions = _Mentions(graph, reading.store.base)
    for field in ("subjects", "titles"):
        for record, text in reading.along(_TEXTS[field]):
            if reading.kinds[record] == "object":
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
    """The runs of two to four words that are a person's name."""
    return ((words, person) for words, person in _runs(text, known) if " " in words)


def _runs(text: str, known: Mapping[frozenset[str], _Meaning]) -> Iterator[tuple[str, _Meaning]]:
    """The runs of one to four words, all but particles with a capital, that are a known name."""
    spans = list(_WORD.finditer(text))
    for start, span in enumerate(spans):
        if not span.group()[:1].isupper() or not known:
            continue
        for end in range(start + 1, min(start + 4, len(spans)) + 1):
            words = frozenset(fold(" ".join(s.group() for s in spans[start:end])).split())
            if words in known:
                yield text[span.start() : spans[end - 1].end()], known[words]


def _practitioners(graph: Graph, reading: Reading) -> None:
    """The makers whose whole art rests on a theory or a technique (``ms:practitioner``)."""
    known: dict[frozenset[str], list[str]] = defaultdict(list)
    query = "SELECT ?name ?theory WHERE { ?theory ms:practitioner ?name }"
    for name, theory in _rows(reading.store, query):
        known[frozenset(fold(name).split())].append(theory)
    mentions = _Mentions(graph, reading.store.base)
    for record in reading.values(MS + "involves"):
        for text in makers(reading, record) if reading.kinds.get(record) == "object" else ():
            for words, theories in _runs(text, known):
                for theory in theories:
                    mentions.add(record, "makers", words, "concept", theory, NAMED_PERSON)


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
