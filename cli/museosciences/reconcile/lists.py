"""Lists of terms, which tell their own habits: a language, and what a capital means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from museosciences.reconcile.lookup import KINDS, LANGUAGES, is_name
from museosciences.reconcile.match import Match
from museosciences.reconcile.terms import match_term
from museosciences.vocabulary import Vocabulary

# Fewer known words than this tell nothing of a list.
_FEWEST_VOTES = 8
_SURE_SHARE = 0.9
_CAPITAL_SHARE = 0.3


def habits(vocabulary: Vocabulary, terms: list[str], kind: str) -> tuple[str | None, bool]:
    """The language of a list of terms, and whether a capital marks a name in it.

    The language is the one in which nearly all terms that are known in one language alone are
    known (None: several, or too few to say). A capital marks a name where the words that are known
    are seldom written with one.
    """
    votes: dict[str, int] = {}
    known = capitals = 0
    for term in terms:
        spoken = vocabulary.languages(term, *KINDS[kind])
        known += bool(spoken)
        capitals += bool(spoken) and is_name(term)
        if len(spoken) == 1:
            (lang,) = spoken
            votes[lang] = votes.get(lang, 0) + 1
    best = max(votes, key=lambda lang: votes[lang], default=None)
    heard = sum(votes.values())
    sure = best is not None and heard >= _FEWEST_VOTES and votes[best] >= _SURE_SHARE * heard
    names = known >= _FEWEST_VOTES and capitals < known * _CAPITAL_SHARE
    # French is tried first anyway, and a French list may borrow: it excludes no other language.
    return (best if sure and best != LANGUAGES[0] else None), names


def match_list(
    vocabulary: Vocabulary,
    asked: Iterable[tuple[str, str]],
    kind: str,
    *,
    lang: str | None = None,
    fuzzy: bool = True,
) -> Iterator[Match]:
    """The concepts of a list of (term, context) of one kind, which tells its own habits.

    The language of the list (unless given) and whether a capital marks a name in it are read off
    the whole of it.
    """
    pairs = list(asked)
    spoken, names = habits(vocabulary, [term for term, _ in pairs], kind)
    for term, context in pairs:
        yield match_term(
            vocabulary, term, kind, context, lang=lang or spoken, names=names, fuzzy=fuzzy
        )
