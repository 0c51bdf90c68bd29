"""The subject grammar of Joconde (field REPR).

A notice is one or more groups separated by ``;``. A group is an iconographic genre followed by
terms in parentheses: ``scène mythologique (Apollon : trône, lyre ; les Muses)``. Inside, ``,``
separates terms, ``:`` introduces what a term has or does, parentheses detail a term, and ``;``
separates sub-groups. Garnier, *Thesaurus iconographique* (1984), and the POP dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from museosciences.record import Subject
from museosciences.values.lists import cut, matched
from museosciences.values.text import fold

# First words of a genre; what opens a group and is not here is a subject in its own right.
_GENRE = re.compile(
    r"(?:suite de |serie de )?(?:"
    r"scenes?|portraits?|autoportraits?|paysages?|natures? mortes?|figures?|vues?|"
    r"representations?|ornementations?|ornements?|fonds? (?:de|d')|allegories?|"
    r"groupes? de figures|sujets?|interieurs?|scene de genre|caricatures?|marines?|"
    r"composition|decors?|episodes?|trompe-l'œil|vanites?|plans?|cartes?|etudes?|"
    r"academies?|bustes?|tetes?|compositions?|elevations?|coupes?|symboles?|"
    r"emblemes?|inscriptions?|textes?|planches?|hors sujet"
    r")\b"
)
_SECONDARY = re.compile(r"(?:fonds?|arriere-plan|encadrement|bordures?|cadre|revers|verso)\b")
# Connectives link two subjects, and are none themselves.
_CONNECTIVES = frozenset({"represente en", "represente dans", "?", "a l'arriere-plan"})
_SEMICOLON, _COMMA, _COLON = (";",), (",",), (":",)


@lru_cache(maxsize=1 << 15)
def _parse(text: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    found: dict[tuple[tuple[str, str], ...], None] = {}
    for begin, end in cut(text, _SEMICOLON):
        for subject in _group(text[begin:end]):
            found.setdefault(tuple(sorted(subject.items())))
    return tuple(found)


def parse(text: str) -> list[Subject]:
    """The subjects of one cell, in reading order, without repetitions.

    ``term`` is cut out of the cell; ``genre`` opens its group; ``context`` are the terms that it
    is nested in, outermost first; ``role`` is ``genre``, ``main``, ``secondary`` (backgrounds,
    frames) or ``attribute`` (after a colon, or in the parentheses of another term).

    >>> [s["term"] for s in parse("scène mythologique (Apollon : trône, lyre ; les Muses)")]
    ['scène mythologique', 'Apollon', 'trône', 'lyre', 'les Muses']
    >>> parse("paysage (cours d'eau, pont : pierre)")[3]["context"]
    'pont'
    """
    return [cast(Subject, dict(items)) for items in _parse(text)]


def _group(text: str) -> Iterator[dict[str, str]]:
    head, inner, _ = _head(text)
    if not head:
        if inner:
            yield from _terms(inner, "", "main", ())
        return
    if _GENRE.match(fold(head)) and ":" not in head:
        secondary = _SECONDARY.match(fold(head)) is not None
        yield {"term": head, "role": "secondary" if secondary else "genre", "genre": head}
        yield from _terms(inner, head, "secondary" if secondary else "main", ())
    else:
        yield from _chain(text, "", "main", ())


def _head(text: str) -> tuple[str, str, str]:
    """What stands before the first matched parenthesis, what is in it, what follows it."""
    pairs = matched(text)
    opening = min((position for position in pairs if text[position] == "("), default=None)
    if opening is None:
        return text.strip(), "", ""
    closing = pairs[opening]
    return text[:opening].strip(), text[opening + 1 : closing], text[closing + 1 :].strip()


def _terms(text: str, genre: str, role: str, context: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The terms of one level: sub-groups by ``;``, terms by ``,``."""
    groups = [text[b:e] for b, e in cut(text, _SEMICOLON)]
    for group in groups:
        items = [group[b:e] for b, e in cut(group, _COMMA)]
        owner = _owner(items) if len(groups) > 1 else None
        yield from _chain(items[0], genre, role, context)
        for item in items[1:]:
            if owner is None:
                yield from _chain(item, genre, role, context)
            else:
                yield from _chain(item, genre, "attribute", (*context, owner))


def _owner(items: list[str]) -> str | None:
    """The first term of a sub-group, when a colon makes what follows its attributes.

    Only where ``;`` separates sub-groups: elsewhere nothing says where attributes end.
    """
    pieces = [items[0][b:e] for b, e in cut(items[0], _COLON)]
    return _head(pieces[0])[0] if len(pieces) > 1 and len(items) > 1 else None


def _chain(text: str, genre: str, role: str, context: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """One term with what its colons and parentheses say of it."""
    for begin, end in cut(text, _COLON):
        head, inner, rest = _head(text[begin:end])
        if head:
            if fold(head) not in _CONNECTIVES:
                yield _subject(head, genre, role, context)
            if head != "?":
                context = (*context, head)
            role = "attribute"
        if inner:
            yield from _terms(inner, genre, role, context)
        if rest:
            yield from _terms(rest, genre, role, context)


def _subject(term: str, genre: str, role: str, context: tuple[str, ...]) -> dict[str, str]:
    subject = {"term": term, "role": role}
    if context:
        subject["context"] = " > ".join(context)
    if genre:
        subject["genre"] = genre
    return subject


def residue(text: str) -> str:
    """What of the cell breaks the grammar: brackets without partner, words after a parenthesis.

    Empty when all was understood.

    >>> residue("paysage (Paris, Seine)"), residue("paysage (Paris, Seine"), residue("a (b) c")
    ('', '(', 'c')
    """
    pairs = matched(text)
    known = set(pairs) | set(pairs.values())
    stray = [c for p, c in enumerate(text) if c in "()[]" and p not in known]
    for closing in pairs.values():
        if text[closing] == ")":
            after = re.match(r"[^;,:()\[\]]*", text[closing + 1 :])
            if after and after.group().strip():
                stray.append(after.group().strip())
    return " ".join(stray)
