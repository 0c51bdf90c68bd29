"""Discoveries and gatherings (Joconde field DECV): place, date, finder and kind in one cell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

from museosciences.record import Event
from museosciences.values import dates, persons, places
from museosciences.values.lists import cut, matched
from museosciences.values.text import fold

_DATE = re.compile(r"\b(?:date|annee|invention)\b")
_FINDER = re.compile(
    r"(?:decouvreurs?|inventeurs?|fouilleurs?|collecteurs?|recolteurs?|decouvreuse|collectrice)"
)
_KIND = re.compile(
    r"(?:fouilles?|sondages?|prospections?|ramassage|collecte|recolte|decouverte fortuite|"
    r"fortuite|dragage|trouvaille|mission|expedition)(?: \w+)?"
)


@lru_cache(maxsize=1 << 14)
def _pieces(text: str) -> tuple[tuple[str, str], ...]:
    """(kind, words) of each piece: date, finder, context, place or other."""
    found: list[tuple[str, str]] = []
    for begin, end in cut(text, (";",)):
        piece = text[begin:end].strip()
        pairs = matched(piece)
        outer = [(o, c) for o, c in sorted(pairs.items()) if piece[o] == "("]
        for opening, closing in outer:
            inside = piece[opening + 1 : closing].strip()
            folded = fold(inside)
            if _DATE.search(folded):
                found.append(("date", inside))
            elif _FINDER.search(folded):
                # "GAUTHIER (découvreur)" or "(GAUTHIER, découvreur)".
                alone = _FINDER.fullmatch(folded) is not None
                found.append(("finder", piece if alone else inside))
        if _KIND.fullmatch(fold(piece)):
            found.append(("context", piece))
    return tuple(found)


def parse(text: str) -> Event:
    """Place, date, persons and context of a discovery.

    >>> event = parse("France, Autun (lieu de découverte) ; fouilles ; (1977, date de découverte)")
    >>> event["places"][0]["name"], event["date"]["begin"], event["context"]
    ('Autun', '1977', 'fouilles')
    """
    event: dict[str, Any] = {"text": text}
    found = places.parse(text)
    found = [place for place in found if not _FINDER.search(fold(place["text"]))]
    if found:
        event["places"] = found
    pieces = _pieces(text)
    for words in (words for kind, words in pieces if kind == "date"):
        said = re.sub(r"[,\s]*\b(?:date|année)\b.*$", "", words).strip() or words
        date = dates.parse(said)
        if "edtf" in date:
            event["date"] = date
    finders = [p for kind, words in pieces if kind == "finder" for p in persons.parse(words)]
    if finders:
        event["persons"] = finders
    context = [words for kind, words in pieces if kind == "context"]
    if context:
        event["context"] = " ; ".join(context)
    return cast(Event, event)
