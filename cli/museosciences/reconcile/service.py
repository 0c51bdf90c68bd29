"""An OpenRefine reconciliation service over the vocabulary, as pure functions.

Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group): service manifest (§ 3),
reconciliation queries (§ 4), suggest services (§ 6). The types are the kinds of terms; the property
``context`` gives a query the broader term or the genre that tells its meaning, ``lang`` its
language. Whoever serves it puts these behind HTTP.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import isfinite
from typing import Any

from museosciences import iris
from museosciences.errors import UsageError
from museosciences.reconcile.lookup import KINDS
from museosciences.reconcile.match import REVIEW
from museosciences.reconcile.terms import match_term
from museosciences.vocabulary import Concept, Vocabulary, fold

VERSION = "0.2"
DEFAULT_TYPE = "subject"
DEFAULT_LIMIT = 5
LARGEST_LIMIT = 1000
LARGEST_BATCH = 100
# Scores are out of 100; another reading of the words, that no rule chose, is below any review.
_FULL = 100.0
_OTHER_READING = 0.8 * REVIEW

_TYPES = {
    "subject": ("Sujet représenté", "Subject shown"),
    "material": ("Matière", "Material"),
    "technique": ("Technique", "Technique"),
    "instrument": ("Instrument ou discipline", "Instrument or discipline"),
    "object_name": ("Dénomination", "Object name"),
    "domain": ("Domaine", "Domain"),
    "use": ("Utilisation", "Use"),
    "style": ("Style, école, mouvement", "Style, school, movement"),
    "period": ("Époque", "Period"),
    "stratum": ("Âge géologique", "Geological age"),
    "analysis": ("Technique d'analyse", "Technique of analysis"),
    "vernacular": ("Nom vernaculaire", "Vernacular name"),
    "preparation": ("Préparation", "Preparation"),
    "title": ("Titre", "Title"),
    "place": ("Lieu", "Place"),
    "person": ("Personne", "Person"),
    "taxon": ("Nom scientifique", "Scientific name"),
}
_PROPERTIES = {
    "context": ("Contexte (terme générique, genre)", "Context (broader term, genre)"),
    "lang": ("Langue du terme", "Language of the term"),
}


def manifest(address: str, *, base: str = iris.DEFAULT_BASE, lang: str = "fr") -> dict[str, Any]:
    """The service manifest, for a service at an address."""
    name = "MuséoSciences : vocabulaires" if lang == "fr" else "MuséoSciences: vocabularies"
    return {
        "versions": [VERSION],
        "name": name,
        "identifierSpace": f"{base}concept/",
        "schemaSpace": f"{base}kind/",
        "defaultTypes": types(lang),
        "view": {"url": f"{base}concept/{{{{id}}}}"},
        "batchSize": LARGEST_BATCH,
        "suggest": {
            name: {"service_url": address, "service_path": f"/suggest/{name}"}
            for name in ("entity", "type", "property")
        },
    }


def types(lang: str = "fr") -> list[dict[str, str]]:
    """The types: the kinds of terms, with their names."""
    return [{"id": kind, "name": _said(_TYPES[kind], lang)} for kind in KINDS]


def _said(names: tuple[str, str], lang: str) -> str:
    return names[0] if lang == "fr" else names[1]


def answer(vocabulary: Vocabulary, batch: Mapping[str, Any], lang: str = "fr") -> dict[str, Any]:
    """The result batch of a query batch. Raises UsageError when it is not one."""
    if not isinstance(batch, Mapping) or len(batch) > LARGEST_BATCH:
        raise UsageError(
            "this is not a batch of reconciliation queries",
            remedy=f"send an object of at most {LARGEST_BATCH} queries",
        )
    return {name: {"result": _query(vocabulary, query, lang)} for name, query in batch.items()}


def _query(vocabulary: Vocabulary, query: Any, lang: str) -> list[dict[str, Any]]:
    if not isinstance(query, Mapping) or not isinstance(query.get("query", ""), str):
        raise UsageError("a reconciliation query is an object with the text in `query`")
    kind = _kind(query.get("type", DEFAULT_TYPE))
    properties = query.get("properties", ())
    given = {
        str(found.get("pid")): _text(found.get("v"))
        for found in (properties if isinstance(properties, list) else ())
        if isinstance(found, Mapping)
    }
    found = _candidates(
        vocabulary,
        query.get("query", ""),
        kind,
        given.get("context", ""),
        given.get("lang") or None,
        lang,
    )
    return list(found)[: _limit(query.get("limit"))]


def _limit(asked: Any) -> int:
    """How many candidates are wanted; what is no such number is the default."""
    if isinstance(asked, int | float) and isfinite(asked) and asked > 0:
        return min(int(asked), LARGEST_LIMIT)
    return DEFAULT_LIMIT


def _kind(asked: Any) -> str:
    """The first kind among the types asked for, or the default."""
    named = asked if isinstance(asked, list) else [asked]
    return next((kind for kind in named if isinstance(kind, str) and kind in KINDS), DEFAULT_TYPE)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " > ".join(map(_text, value))
    if isinstance(value, Mapping):
        return str(value.get("name", value.get("id", "")))
    return "" if value is None else str(value)


def _candidates(
    vocabulary: Vocabulary, term: str, kind: str, context: str, spoken: str | None, lang: str
) -> Iterator[dict[str, Any]]:
    """The answer of the rules, then the other readings that the words have."""
    best = match_term(vocabulary, term, kind, context, lang=spoken)
    if best.concept is not None:
        concept = vocabulary.concepts[best.concept]
        certain = best.status == "accepted"
        yield _candidate(concept, kind, best.confidence, certain, best.method, lang)
    kinds, schemes = KINDS[kind]
    others = [row.concept for of in kinds for row in vocabulary.aligned(of, term, spoken)]
    others += [concept.key for concept in vocabulary.labelled(term, schemes, spoken)]
    for key in dict.fromkeys(others):
        if key is not None and key != best.concept and key in vocabulary.concepts:
            concept = vocabulary.concepts[key]
            yield _candidate(concept, kind, _OTHER_READING, False, "other-reading", lang)


def _candidate(
    concept: Concept, kind: str, confidence: float, certain: bool, method: str, lang: str
) -> dict[str, Any]:
    return {
        "id": concept.key,
        "name": concept.label(lang),
        "description": _description(concept, method),
        "score": round(confidence * _FULL, 1),
        "match": certain,
        "type": [{"id": kind, "name": _said(_TYPES[kind], lang)}],
        "features": [{"id": "confidence", "value": confidence}],
    }


def _description(concept: Concept, method: str = "") -> str:
    taxon = f"{concept.scientific_name} ({concept.rank})" if concept.scientific_name else ""
    return " · ".join(part for part in (taxon, concept.scheme, method) if part)


def suggest_entity(
    vocabulary: Vocabulary, prefix: str, *, limit: int = 10, lang: str = "fr"
) -> dict[str, Any]:
    """The concepts of which a label begins with some letters."""
    labels = _sorted_labels(vocabulary)
    start = fold(prefix)
    found: dict[str, None] = {}
    position = bisect_left(labels, (start, ""))
    while start and position < len(labels) and labels[position][0].startswith(start):
        found.setdefault(labels[position][1])
        position += 1
        if len(found) == limit:
            break
    concepts = [vocabulary.concepts[key] for key in found]
    return {
        "result": [
            {"id": c.key, "name": c.label(lang), "description": _description(c)} for c in concepts
        ]
    }


@lru_cache(maxsize=4)
def _sorted_labels(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    return sorted(
        (fold(label), concept.key)
        for concept in vocabulary.concepts.values()
        for label in (*concept.labels.values(), *(label for _, _, label in concept.others))
    )


def suggest_type(prefix: str, *, lang: str = "fr") -> dict[str, Any]:
    """The types of which the identifier or a name begins with some letters."""
    return {"result": [named for named in types(lang) if _begins(named, _TYPES, prefix)]}


def suggest_property(prefix: str, *, lang: str = "fr") -> dict[str, Any]:
    """The properties of which the identifier or a name begins with some letters."""
    known = [{"id": name, "name": _said(said, lang)} for name, said in _PROPERTIES.items()]
    return {"result": [named for named in known if _begins(named, _PROPERTIES, prefix)]}


def _begins(named: dict[str, str], names: dict[str, tuple[str, str]], prefix: str) -> bool:
    said = (named["id"], *names[named["id"]])
    return any(fold(text).startswith(fold(prefix)) for text in said)
