"""Terms of subjects, materials, instruments, techniques … -> concepts.

In this order, and the first that answers wins: the alignments (hand-made, with their context) and
the labels of the schemes, the same after inflection; then what the wording says: words in
parentheses, negations and imitations, the organism behind a part ("coquille de nautile"), two
things joined, a name that other words qualify; and last a guarded fuzzy match that a person must
confirm. Where the words beside a known name may make another species of it, the answer is the
taxon above, or a person's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from museosciences.reconcile import wording
from museosciences.reconcile.fuzzy import closest
from museosciences.reconcile.groups import by_group
from museosciences.reconcile.lookup import (
    DEPICTING,
    KINDS,
    LANGUAGES,
    MATERIAL,
    Asked,
    by,
    exact,
    is_name,
    known,
    meets,
)
from museosciences.reconcile.match import REVIEW, Match, matched
from museosciences.reconcile.names import nobody
from museosciences.reconcile.taxa import match_taxon
from museosciences.reconcile.widened import by_authority
from museosciences.vocabulary import Concept, Vocabulary

# Confidence of what is found by way of the wording, never above these.
BY_PART = 0.8
BY_WORDING = 0.75
_LOWEST_RANKS = ("species", "subspecies", "variety", "form")
_OPEN_NAME = re.compile(r"^(?P<genus>[A-Z][a-z]+) (?:sp|spp|cf|aff)\.?(?: |$)")
# Kept by people for so long that a coat of another colour makes no other species.
_DOMESTIC = frozenset(
    f"taxa/{name}"
    for name in (
        "Canis_familiaris", "Felis_catus", "Equus_caballus", "Equus_asinus", "Bos_taurus",
        "Capra_hircus", "Ovis_aries", "Sus_domesticus", "Gallus_gallus", "Oryctolagus_cuniculus",
    )
)  # fmt: skip


# What is concluded from a part of the words: an authority that knows them all is heard first.
_GUESSED = ("head-noun+unknown", "vernacular-group")


def match_term(
    vocabulary: Vocabulary,
    term: str,
    kind: str,
    context: str = "",
    *,
    lang: str | None = None,
    names: bool = False,
    fuzzy: bool = True,
) -> Match:
    """The concept of a term of a kind (see KINDS), in its context.

    ``lang`` is the language of the term (None: French, else English); ``names`` says that in the
    list it comes from a capital marks a proper name (see ``habits``). Raises KeyError on a kind
    that is not in KINDS.
    """
    if kind == "taxon":
        return match_taxon(vocabulary, term)
    asked = Asked(" ".join(term.split()), kind, context, lang, names)
    if not any(letter.isalnum() for letter in term):
        return Match(term, kind, method="failed")
    if kind == "person" and nobody(term):
        return Match(term, kind, method="trap", reason="an unnamed person")
    found = _find(vocabulary, asked)
    if vocabulary.authorities and (found is None or found.method in _GUESSED):
        found = by_authority(vocabulary, asked) or found
    if found is None and fuzzy:
        found = _fuzzy(vocabulary, asked)
    if found is None:
        return Match(term, kind)
    return found if found.term == term else replace(found, term=term)


def _find(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    for attempt in _ATTEMPTS:
        found = attempt(vocabulary, asked)
        if found is not None:
            return found
    return None


def _name_or_denied(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """Words between quotation marks, an article before a capital, negations and imitations."""
    rest = wording.without_article(asked.term)
    name = asked.kind in DEPICTING and rest is not None and is_name(rest)
    if wording.quoted(asked.term) or name:
        return Match(asked.term, asked.kind, method="trap", reason="a proper name")
    if wording.denies(asked.term, asked.kind):
        reason = "absent, imitated, or only a colour or a manner"
        return Match(asked.term, asked.kind, method="trap", reason=reason)
    if rest is not None:
        return _find(vocabulary, replace(asked, term=rest))
    return None


def _in_parentheses(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    found = wording.parenthesis(asked.term)
    if found is None:
        return None
    name, qualifier = found
    told = _told_by_group(vocabulary, replace(asked, term=name), qualifier)
    if told is not None:
        return replace(told, term=asked.term)
    inner = replace(asked, term=name, context=f"{asked.context} > {qualifier}")
    match = _find(vocabulary, inner)
    effect = wording.qualifies(qualifier)
    if match is None or match.concept is None:
        return match and replace(match, term=asked.term)
    if _is_context(vocabulary, inner, qualifier, match.concept):
        return by(vocabulary, asked, match, 1.0, match.method)
    if effect == "else":
        return Match(asked.term, asked.kind, method="trap", reason=f"named as: {qualifier}")
    most = BY_WORDING if effect == "neutral" else REVIEW
    return by(vocabulary, asked, match, most, match.method + "+parenthesis")


def _told_by_group(vocabulary: Vocabulary, asked: Asked, qualifier: str) -> Match | None:
    """Of the organisms that bear a name, the one in the group in parentheses: "iris (fleur)"."""
    if asked.kind not in DEPICTING:
        return None
    group = exact(vocabulary, replace(asked, term=qualifier, kind="subject"), asked.lang)
    if group is None or group.concept is None or not group.concept.startswith("taxa/"):
        return None
    kinds, schemes = KINDS["subject"]
    rows = [row.concept for kind in kinds for row in vocabulary.aligned(kind, asked.term)]
    named = [concept.key for concept in vocabulary.labelled(asked.term, schemes)]
    for key in (*rows, *named):
        if key is not None and key != group.concept and group.concept in vocabulary.ancestors(key):
            concept = vocabulary.concepts[key]
            return matched(
                vocabulary, asked.term, asked.kind, concept, BY_PART, "label+parenthesis"
            )
    return None


def _is_context(vocabulary: Vocabulary, asked: Asked, qualifier: str, concept: str) -> bool:
    """Whether the words in parentheses are the context that the alignment to a concept asks for."""
    return any(
        row.concept == concept and row.context and meets(qualifier, row.context)
        for kind in KINDS[asked.kind][0]
        for row in vocabulary.aligned(kind, asked.term, asked.lang)
    )


def _written_as_names(term: str) -> bool:
    return any(is_name(word) for word in re.split(r"[ '’]", term))


def _part(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """The organism of a part, the source of a worked piece, what is shown."""
    if asked.kind in DEPICTING:
        for whole, method in (
            (wording.part_of(asked.term), "part-of-organism"),
            (wording.depicted(asked.term), "depiction"),
        ):
            found = _organism(vocabulary, asked, whole, asked.kind)
            if found is not None:
                return by(vocabulary, asked, found, BY_PART, method)
    if asked.kind in ("instrument", "object_name"):
        whole = wording.copied(asked.term)
        found = _within(vocabulary, asked, whole, asked.kind) if whole else None
        if found is not None and found.status == "accepted":
            return by(vocabulary, asked, found, BY_PART, "depiction")
    if asked.kind in MATERIAL:
        found = _organism(vocabulary, asked, wording.part_of(asked.term), "subject")
        if found is not None:
            return by(vocabulary, asked, found, BY_PART, "part-of-organism")
        whole = wording.wrought(asked.term)
        found = _within(vocabulary, asked, whole, asked.kind) if whole else None
        if found is not None and found.status == "accepted":
            return by(vocabulary, asked, found, BY_PART, "worked-material")
    return None


def _organism(vocabulary: Vocabulary, asked: Asked, whole: str | None, kind: str) -> Match | None:
    """The taxon of some words of a term, when it is sure."""
    found = _within(vocabulary, asked, whole, kind) if whole else None
    if found is None or found.status != "accepted" or found.concept is None:
        return None
    return found if found.concept.startswith("taxa/") else None


def _made(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """A thing made of a known material; a material that comes from a known organism."""
    if asked.kind in ("instrument", "object_name"):
        parts = wording.made_of(asked.term)
        if parts is None:
            parts = _brass_thing(asked)
    else:
        parts = wording.from_organism(asked.term) if asked.kind in MATERIAL else None
    if parts is None or _written_as_names(asked.term):
        return None
    name, of = parts
    other = "subject" if asked.kind in MATERIAL else "material"
    found = known(vocabulary, replace(asked, term=name))
    source = known(vocabulary, replace(asked, term=of, kind=other))
    if found is None or source is None or found.concept is None or source.concept is None:
        return None
    if other == "subject" and not source.concept.startswith("taxa/"):
        return None
    return by(vocabulary, asked, found, BY_WORDING, "made-of")


def _brass_thing(asked: Asked) -> tuple[str, str] | None:
    """The thing and the material of an English "brass microscope"."""
    material, space, name = asked.term.partition(" ")
    return (name, material) if space and "en" in asked.langs else None


def _within(vocabulary: Vocabulary, asked: Asked, whole: str, kind: str) -> Match | None:
    if _written_as_names(whole):
        # Inside a term a capital is that of a name: a person, a place.
        return known(vocabulary, replace(asked, term=whole, kind=kind, names=True))
    return _find(vocabulary, replace(asked, term=whole, kind=kind))


def _joined(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """Two things joined: the first that is known, since both are there."""
    parts = wording.two(asked.term)
    if parts is None or asked.kind == "instrument" or _written_as_names(asked.term):
        return None
    if asked.kind in DEPICTING and not wording.both(asked.term):
        return None
    lang = LANGUAGES[0] if " et " in asked.term else asked.lang
    for part in parts:
        found = _find(vocabulary, replace(asked, term=part.strip(), lang=lang))
        if found is not None and found.status == "accepted":
            return by(vocabulary, asked, found, BY_WORDING, "joined")
    return None


def _qualified(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """A name that other words qualify: surely known, or of a known group, or for a person."""
    head = _head(vocabulary, asked)
    if head is not None and head.status == "accepted":
        return head
    return by_group(vocabulary, asked) or head


def _head(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """A known name that the other words of the term qualify."""
    if " " not in asked.term or (_written_as_names(asked.term) and not _of_inventor(asked)):
        return None
    for head in wording.heads(asked.term, asked.kind, asked.langs):
        name = replace(asked, term=head.name, lang=head.lang)
        found = known(vocabulary, name)
        if found is None:
            continue
        if found.concept is None:
            return None
        concept, sure = _honest(vocabulary, vocabulary.concepts[found.concept], head.rest)
        if head.rest == "unknown" and not wording.qualifiable(asked.term, head):
            return None
        confidence = min(found.confidence, BY_WORDING if sure else REVIEW)
        return matched(
            vocabulary, asked.term, asked.kind, concept, confidence, f"head-noun+{head.rest}"
        )
    return None


def _of_inventor(asked: Asked) -> bool:
    """Whether the only name in a term is that of whoever made or thought of the instrument."""
    return asked.kind in ("instrument", "object_name") and wording.by_inventor(asked.term)


def _honest(vocabulary: Vocabulary, concept: Concept, rest: str) -> tuple[Concept, bool]:
    """The concept that a qualified name supports, and whether it may be used unseen.

    A state leaves the species what it is. A colour or an unknown word may make another species of
    a wild one: then the taxon above it is meant.
    """
    if rest == "state":
        return concept, True
    wild = (concept.rank or "").lower() in _LOWEST_RANKS and concept.key not in _DOMESTIC
    if wild and concept.broader:
        concept = vocabulary.concepts.get(concept.broader[0], concept)
    return concept, rest == "colour"


def _open_name(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    """A genus whose species is left open: "Turdus sp.", "Conus cf. textile"."""
    found = _OPEN_NAME.match(asked.term) if asked.kind in DEPICTING else None
    genus = vocabulary.taxon_named(found["genus"]) if found else None
    if genus is None:
        return None
    return matched(vocabulary, asked.term, asked.kind, genus, BY_PART, "genus")


def _fuzzy(vocabulary: Vocabulary, asked: Asked) -> Match | None:
    if asked.names and is_name(asked.term):
        return None
    close = closest(vocabulary, asked.term, *KINDS[asked.kind])
    found = exact(vocabulary, replace(asked, term=close), None) if close else None
    if found is None or found.concept is None:
        return None
    return by(vocabulary, asked, found, REVIEW, "fuzzy")


_ATTEMPTS: tuple[Callable[[Vocabulary, Asked], Match | None], ...] = (
    known,
    _in_parentheses,
    _name_or_denied,
    _part,
    _made,
    _joined,
    _open_name,
    _qualified,
)
