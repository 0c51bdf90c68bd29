"""Vernacular names that no list has: the group that their first word names.

Every *fauvette* is a passerine and every *érable* an Acer, whatever the words after: where the
first word of a French name (the last of an English one) is of those that zoologists and botanists
alone give, ``ontology/alignments/vernacular-groups.sssom.tsv`` names the taxon that holds all that
is so called. That taxon, and never a species, is the answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from museosciences.reconcile import wording
from museosciences.reconcile.lookup import Asked, exact, is_name
from museosciences.reconcile.match import Match, matched
from museosciences.vocabulary import Concept, Vocabulary

KIND = "vernacular_group"
_MOST_WORDS = 6
# What may follow the group in French: adjectives, "à tête noire", "des roseaux", "de Rüppell".
_FRENCH_REST = re.compile(r"^(?:[^\W\d_]+(?:['’-][^\W\d_]+)*(?: |$|(?<=['’])))+$")
_OF = re.compile(r"^(?:de la |de l['’]|des |du |de |d['’]|à |au |aux |en )(?P<whole>.+)$")


def by_group(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """The taxon of the group that a vernacular name begins (English: ends) with."""
    words = asked.term.split(" ")
    if asked.kind not in ("subject", "vernacular") or not 1 < len(words) <= _MOST_WORDS:
        return None
    for lang in asked.langs:
        for size in range(len(words) - 1, 0, -1):
            group = words[:size] if lang == "fr" else words[-size:]
            rest = words[size:] if lang == "fr" else words[:-size]
            concept, confidence = _group(vocabulary, " ".join(group), lang)
            if concept is not None and _tells_a_kind(vocabulary, asked, " ".join(rest), lang):
                return matched(
                    vocabulary, asked.term, asked.kind, concept, confidence, "vernacular-group"
                )
    return None


def _group(vocabulary: Vocabulary, name: str, lang: str) -> tuple[Concept | None, float]:
    singular = name.removesuffix("s").removesuffix("x") if len(name.split()) == 1 else name
    for row in (*vocabulary.aligned(KIND, name, lang), *vocabulary.aligned(KIND, singular, lang)):
        if row.concept is not None:
            return vocabulary.concepts.get(row.concept), row.confidence
    return None, 0.0


def _tells_a_kind(vocabulary: Vocabulary, asked: Asked, rest: str, lang: str) -> bool:
    """Whether the words beside a group say of which kind it is, and not what it is made of."""
    if not _FRENCH_REST.match(rest) or wording.no_kind(rest, lang):
        return False
    if asked.kind == "subject" and is_name(asked.term) and (asked.names or is_name(rest)):
        return False  # a person, a ship, a house: "Pinson Charlot"
    linked = _OF.match(rest) if lang == "fr" else None
    stuff = replace(asked, term=linked["whole"] if linked else rest, kind="material")
    return exact(vocabulary, stuff, lang) is None
