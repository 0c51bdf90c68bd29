"""Names of periods and reigns that have years: ``ontology/schemes/periods.ttl``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pyoxigraph

from museosciences import knowledge
from museosciences.iris import MS, SKOS
from museosciences.values.text import fold

_FILE = "ontology/schemes/periods.ttl"
# Words that a museum puts before the name of a period, or leaves out.
_PREFIX = re.compile(
    r"(?:epoque|periode|style|regne|culture|dynastie|ere|age|reign of|period|style of)"
    r"(?: (?:de la |de l'|du |des |de |d'))?\s*"
)


@dataclass(frozen=True, slots=True)
class Period:
    """Astronomical years, as in ISO 8601; None where the scheme leaves an end open."""

    begin: int | None
    end: int | None


@cache
def names() -> dict[str, Period]:
    """Folded names -> period. A name that two periods share means neither, and is left out."""
    source = knowledge.path(_FILE)
    if not source.is_file():
        return {}
    labels: dict[str, set[str]] = {}
    years: dict[str, dict[str, int]] = {}
    quads = pyoxigraph.parse(
        path=str(source), format=pyoxigraph.RdfFormat.TURTLE, base_iri="https://period.invalid/"
    )
    for quad in quads:
        concept, predicate, value = str(quad.subject), str(quad.predicate)[1:-1], quad.object
        if not isinstance(value, pyoxigraph.Literal):
            continue
        if predicate in (f"{SKOS}prefLabel", f"{SKOS}altLabel"):
            labels.setdefault(fold(value.value), set()).add(concept)
        elif predicate in (f"{MS}beginYear", f"{MS}endYear"):
            years.setdefault(concept, {})[predicate.removeprefix(MS)] = int(value.value)
    _shorten(labels)
    periods = {
        concept: Period(bounds.get("beginYear"), bounds.get("endYear"))
        for concept, bounds in years.items()
    }
    return {
        label: periods[next(iter(concepts))]
        for label, concepts in labels.items()
        if len(concepts) == 1 and concepts <= periods.keys()
    }


def _shorten(labels: dict[str, set[str]]) -> None:
    """Let ``époque gallo-romaine`` be named ``gallo-romaine`` too, where that is free."""
    short: dict[str, set[str]] = {}
    for label, concepts in labels.items():
        rest = _PREFIX.sub("", label, count=1) if _PREFIX.match(label) else label
        if rest != label and len(rest) > 3 and not rest.isdigit():
            short.setdefault(rest, set()).update(concepts)
    for label, concepts in short.items():
        labels.setdefault(label, set(concepts))


@cache
def by_first_word() -> dict[str, tuple[str, ...]]:
    """First word -> the names that begin with it, longest first."""
    index: dict[str, list[str]] = {}
    for name in names():
        word = re.match(r"\w+", name)
        if word:
            index.setdefault(word.group(), []).append(name)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in index.items()}


def longest(folded: str, position: int) -> str | None:
    """The longest period name that stands at a position of a folded text, or None."""
    word = re.compile(r"\w+").match(folded, position)
    if word is None:
        return None
    for name in by_first_word().get(word.group(), ()):
        end = position + len(name)
        if folded.startswith(name, position) and not folded[end : end + 1].isalnum():
            return name
    return None
