"""The vocabulary: SKOS schemes and SSSOM alignments as one index.

A scheme is a file ``ontology/schemes/NAME.ttl`` (or a folder of parts), parsed with the base
``{base}concept/NAME/``; an alignment is an SSSOM table in ``ontology/alignments/``. Labels are
compared by ``fold``: case, accents, ligatures, hyphens and apostrophes do not count, and where
they would tell two labels apart the closer one wins.
"""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from museosciences import authority, iris, knowledge
from museosciences.errors import Place, Said, VocabularyError
from museosciences.folding import fold as fold
from museosciences.folding import same_accents

SSSOM_COLUMNS = (
    "subject_label",
    "subject_context",
    "subject_language",
    "kind",
    "predicate_id",
    "object_id",
    "object_label",
    "confidence",
    "mapping_justification",
    "author_label",
    "comment",
)
# Folders of external authorities, separated as those of PATH.
AUTHORITIES = "MUSEO_AUTHORITIES"
# SSSOM 1.1: the subject was looked for, and there is no such concept.
NO_TERM = "sssom:NoTermFound"

_LINKS = {
    iris.SKOS + "broader": "broader",
    iris.MS + "sourceOrganism": "organisms",
    iris.MS + "sourceMineral": "minerals",
    iris.MS + "discipline": "disciplines",
    iris.MS + "phenomenon": "phenomena",
}
_RANKS_OF_MATCH = {"prefLabel": 0, "altLabel": 1, "hiddenLabel": 2, "scientificName": 0}


@dataclass(slots=True)
class Concept:
    """A SKOS concept. ``key`` is ``scheme/id``, its IRI without the base and ``concept/``."""

    key: str
    labels: dict[str, str] = field(default_factory=dict)
    others: list[tuple[str, str, str]] = field(default_factory=list)  # (kind, language, label)
    broader: list[str] = field(default_factory=list)
    organisms: list[str] = field(default_factory=list)
    minerals: list[str] = field(default_factory=list)
    disciplines: list[str] = field(default_factory=list)
    phenomena: list[str] = field(default_factory=list)
    scientific_name: str | None = None
    rank: str | None = None

    @property
    def scheme(self) -> str:
        return self.key.partition("/")[0]

    def label(self, lang: str = "fr") -> str:
        """The preferred label in a language, or in the other, or the identifier."""
        return self.labels.get(lang) or next(iter(self.labels.values()), self.key)


@dataclass(frozen=True, slots=True)
class Alignment:
    """One row of an alignment: a term of the museums, and what it means (None: nothing of ours)."""

    term: str
    context: str
    kind: str
    predicate: str
    concept: str | None
    confidence: float
    comment: str
    language: str = ""


class Vocabulary:
    """All concepts and alignments, indexed by what a museum may write."""

    def __init__(
        self,
        concepts: Iterable[Concept],
        alignments: Iterable[Alignment],
        authorities: Iterable[authority.Authority] = (),
    ) -> None:
        self.concepts = {concept.key: concept for concept in concepts}
        self._above: dict[str, tuple[str, ...]] = {}
        # (rank of the kind of label, label, key of the concept, language)
        self._labels: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
        self._names: dict[str, str] = {}
        self._alignments: dict[tuple[str, str], list[Alignment]] = defaultdict(list)
        for concept in self.concepts.values():
            self._index(concept)
        self._sizes = Counter(concept.scheme for concept in self.concepts.values())
        self._below: Counter[str] = Counter()
        for key in self.concepts:
            self._below.update(above for above in self.ancestors(key) if above != key)
        self.authorities = authority.Index(authorities)
        for alignment in alignments:
            self._alignments[alignment.kind, fold(alignment.term)].append(alignment)

    def _index(self, concept: Concept) -> None:
        for language, label in concept.labels.items():
            self._labels[fold(label)].append((0, label, concept.key, language))
        for kind, language, label in concept.others:
            entry = (_RANKS_OF_MATCH[kind], label, concept.key, language)
            self._labels[fold(label)].append(entry)
            if language == "la":
                self._names.setdefault(fold(label), concept.key)
        if concept.scientific_name:
            self._names[fold(concept.scientific_name)] = concept.key

    def aligned(self, kind: str, term: str, lang: str | None = None) -> list[Alignment]:
        """The alignments of a term for a kind, in a language or in any.

        Where several terms differ only by a capital or by accents, those written as the term is;
        a term with other accents than theirs is another word ("péché" is no "pêche").
        """
        rows = self._alignments.get((kind, fold(term)))
        if not rows:
            return []
        if lang is not None:
            rows = [row for row in rows if row.language in (lang, "la", "")]
        rows = [row for row in rows if same_accents(term, row.term)]
        capital = term[:1].isupper()
        return [row for row in rows if row.term[:1].isupper() == capital] or rows

    def languages(self, term: str, kinds: Iterable[str], schemes: Iterable[str]) -> set[str]:
        """The languages in which a term is known, as an alignment or a label."""
        folded, wanted = fold(term), set(schemes)
        found = {row.language for kind in kinds for row in self._alignments.get((kind, folded), ())}
        for _rank, _label, key, language in self._labels.get(folded, ()):
            if key.partition("/")[0] in wanted:
                found.add(language)
        return found - {"la", ""}

    def aligned_terms(self, kind: str) -> Iterator[str]:
        """The folded terms that have an alignment for a kind."""
        return (term for known, term in self._alignments if known == kind)

    def labelled(self, text: str, schemes: Iterable[str], lang: str | None = None) -> list[Concept]:
        """The concepts of some schemes that bear this label, the closest first.

        Given a language, labels of that language and Latin ones alone count.
        """
        entries = self._labels.get(fold(text))
        if not entries:
            return []
        wanted = set(schemes)
        found = sorted(
            (rank + (label.casefold() != text.casefold()), key)
            for rank, label, key, language in entries
            if key.partition("/")[0] in wanted
            and (lang is None or language in (lang, "la"))
            and same_accents(text, label)
        )
        return [self.concepts[key] for key in dict.fromkeys(key for _, key in found)]

    def labels(self, schemes: Iterable[str]) -> Iterator[str]:
        """The folded labels of some schemes."""
        wanted = set(schemes)
        for label, entries in self._labels.items():
            if any(key.partition("/")[0] in wanted for _, _, key, _ in entries):
                yield label

    def taxon_named(self, name: str) -> Concept | None:
        """The taxon of a scientific name, or of a synonym of it."""
        key = self._names.get(fold(name))
        return None if key is None else self.concepts[key]

    def narrower_count(self, key: str) -> int | None:
        """How many concepts lie below one, or None when it is in no scheme."""
        return self._below[key] if key in self.concepts else None

    def scheme_size(self, key: str) -> int:
        """How many concepts the scheme of a concept has."""
        return self._sizes[key.partition("/")[0]]

    def ancestors(self, key: str) -> tuple[str, ...]:
        """The concept and all above it, nearest first, each once; nothing for an unknown key."""
        found = self._above.get(key)
        if found is None:
            found = self._above[key] = tuple(self._climb(key))
        return found

    def _climb(self, key: str) -> Iterator[str]:
        waiting = [key]
        seen: set[str] = set()
        while waiting:
            current = waiting.pop(0)
            if current in seen or current not in self.concepts:
                continue
            seen.add(current)
            yield current
            waiting.extend(self.concepts[current].broader)


def schemes() -> dict[str, list[Path]]:
    """The files of each scheme: ``NAME.ttl``, or the parts in the folder ``NAME``."""
    folder = knowledge.path("ontology/schemes")
    found: dict[str, list[Path]] = defaultdict(list)
    for path in knowledge.files("ontology/schemes", "*.ttl"):
        name = path.stem if path.parent == folder else path.parent.name
        found[name].append(path)
    return dict(found)


def read_scheme(path: Path, name: str, base: str) -> Iterator[ox.Triple]:
    """The triples of a file of a scheme. Raises VocabularyError on broken Turtle."""
    try:
        quads = ox.parse(
            path=str(path), format=ox.RdfFormat.TURTLE, base_iri=f"{base}concept/{name}/"
        )
        yield from (quad.triple for quad in quads)
    except (SyntaxError, OSError) as error:
        raise VocabularyError(
            Said(
                f"le vocabulaire ne peut être lu : {error}", f"the scheme cannot be read: {error}"
            ),
            place=Place(file=str(path)),
        ) from error


def graphs(base: str) -> Iterator[bytes]:
    """The schemes as N-Quads, each in its graph ``{base}graph/vocabulary/{scheme}``."""
    for name, paths in schemes().items():
        graph = ox.NamedNode(f"{base}graph/vocabulary/{name}")
        for path in paths:
            quads = (
                ox.Quad(triple.subject, triple.predicate, triple.object, graph)
                for triple in read_scheme(path, name, base)
            )
            yield ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _concepts(name: str, paths: list[Path]) -> dict[str, Concept]:
    prefix = f"{iris.DEFAULT_BASE}concept/"
    found: dict[str, Concept] = {}
    for path in paths:
        for triple in read_scheme(path, name, iris.DEFAULT_BASE):
            key = str(triple.subject.value).removeprefix(prefix)  # type: ignore[union-attr]
            if key.endswith("/") or not key.startswith(f"{name}/"):
                continue
            concept = found.setdefault(key, Concept(key))
            _take(concept, triple.predicate.value, triple.object, prefix)
    return found


def _take(concept: Concept, predicate: str, value: object, prefix: str) -> None:
    if isinstance(value, ox.Literal):
        kind = predicate.rpartition("#")[2]
        if kind == "prefLabel":
            concept.labels[value.language or ""] = value.value
        elif kind in ("altLabel", "hiddenLabel"):
            concept.others.append((kind, value.language or "", value.value))
        elif predicate == iris.DWC + "scientificName":
            concept.scientific_name = value.value
            concept.others.append(("scientificName", "la", value.value))
        elif predicate == iris.DWC + "taxonRank":
            concept.rank = value.value
    elif isinstance(value, ox.NamedNode) and predicate in _LINKS:
        getattr(concept, _LINKS[predicate]).append(value.value.removeprefix(prefix))


def read_alignment(path: Path) -> Iterator[Alignment]:
    """The rows of an SSSOM table. Raises VocabularyError with the row at fault."""
    with path.open(encoding="utf-8", newline="") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(table, start=1):
            place = Place(file=path.name, row=number, value=row.get("subject_label"))
            missing = [c for c in SSSOM_COLUMNS if row.get(c) is None]
            if missing:
                raise VocabularyError(
                    Said(
                        "colonnes absentes : " + ", ".join(missing),
                        "columns missing: " + ", ".join(missing),
                    ),
                    place=place,
                )
            try:
                confidence = float(row["confidence"])
            except ValueError as error:
                raise VocabularyError(
                    Said("la confiance n’est pas un nombre", "confidence is not a number"),
                    place=place,
                ) from error
            target = row["object_id"]
            yield Alignment(
                term=row["subject_label"],
                context=row["subject_context"],
                kind=row["kind"],
                predicate=row["predicate_id"].partition(":")[2],
                concept=None if target == NO_TERM else target.replace(":", "/", 1),
                confidence=confidence,
                comment=row["comment"],
                language=row["subject_language"],
            )


def load(*folders: Path) -> Vocabulary:
    """The vocabulary of this project, widened by the external authorities of some folders.

    Those that the environment variable MUSEO_AUTHORITIES names (as PATH names folders) are read
    too. Raises VocabularyError when a file of any of them is wrong.
    """
    named = os.environ.get(AUTHORITIES, "").split(os.pathsep)
    return _load((*folders, *(Path(name) for name in named if name)))


@cache
def _load(folders: tuple[Path, ...]) -> Vocabulary:
    concepts: dict[str, Concept] = {}
    for name, paths in schemes().items():
        concepts.update(_concepts(name, paths))
    alignments = [
        alignment
        for path in knowledge.files("ontology/alignments", "*.sssom.tsv")
        for alignment in read_alignment(path)
    ]
    authorities = [found for folder in folders for found in authority.read_folder(folder)]
    return Vocabulary(concepts.values(), alignments, authorities)
