"""Terms that only an external authority knows, brought to our concepts by its labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from museosciences.authority import Entry
from museosciences.authority.model import LATIN
from museosciences.reconcile.inflection import variants
from museosciences.reconcile.lookup import KINDS, LANGUAGES, Asked, by, exact, is_name
from museosciences.reconcile.match import Match, matched
from museosciences.reconcile.taxa import match_taxon
from museosciences.vocabulary import Vocabulary

# An entry that is our concept by its name; one that only lies below it.
BY_NAME = 0.8
BY_LINEAGE = 0.75


def by_authority(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """Our concept of an entry of an external authority that bears the term, or the entry alone.

    An organism that is not ours attaches to the lowest taxon above it, in its authority, that is.
    """
    first: str | None = None
    if asked.names and is_name(asked.term):
        return None
    for lang in asked.langs:
        for form in (asked.term, *variants(asked.term, lang)):
            for authority, entry in vocabulary.authorities.labelled(form, (lang,)):
                first = first or entry.iri
                method = f"authority:{authority.id}"
                lineage = vocabulary.authorities.lineage(authority, entry)
                for found in _of_lineage(vocabulary, asked, lineage):
                    return replace(found, method=method, authority=entry.iri)
    if first is None:
        return None
    return Match(asked.term, asked.kind, method="authority", status="review", authority=first)


def _of_lineage(vocabulary: Vocabulary, asked: Asked, lineage: Iterator[Entry]) -> Iterator[Match]:
    for step, entry in enumerate(lineage):
        for lang, label in entry.labels:
            if lang == LATIN and "taxa" in KINDS[asked.kind][1]:
                taxon = match_taxon(vocabulary, label)
                if taxon.concept is not None:
                    concept = vocabulary.concepts[taxon.concept]
                    most = BY_NAME if step == 0 else BY_LINEAGE
                    yield matched(vocabulary, asked.term, asked.kind, concept, most, "authority")
            elif step == 0 and lang in LANGUAGES and label != asked.term:
                found = exact(vocabulary, replace(asked, term=label), lang)
                if found is not None and found.status == "accepted":
                    answer = by(vocabulary, asked, found, BY_LINEAGE, "authority")
                    if answer is not None:
                        yield answer
