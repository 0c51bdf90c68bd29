"""The DECV cell of Joconde: place, mode, date and finder of a discovery in one list.

``France, Saône-et-Loire, Autun (lieu de découverte) ; fouilles ; (1977, date de découverte) ;
(GAUTHIER, découvreur)``
"""

from __future__ import annotations

import re
from typing import Any

from museosciences.values import dates, persons, places
from museosciences.values.lists import matched, split

_ROLE_OF_PLACE = re.compile(r"\s*(?:lieu|site|pays|commune|localisation)\b", re.IGNORECASE)
_DATE = re.compile(r"\bdate\b", re.IGNORECASE)
_FINDER = re.compile(
    r"(?:d[ée]couvreur|inventeur|fouilleur|collecteur|r[ée]colteur|ramasseur)", re.IGNORECASE
)
_MODES = re.compile(
    r"(?:fouilles?|sondages?|prospections?|ramassages?|collectes?|dragages?|d[ée]couvertes?|"
    r"missions?|chasses?|p[êe]ches?|achats?|explorations?|exp[ée]ditions?|trouvailles?)\b",
    re.IGNORECASE,
)


def discovery(cell: str) -> dict[str, Any]:
    """The members of a discovery Event.

    >>> found = discovery("France, Autun (lieu de découverte) ; fouilles ; (1977, date de fouille)")
    >>> found["mode"], found["date"]["text"], found["places"][0]["name"]
    ('fouilles', '1977', 'Autun')
    """
    event: dict[str, Any] = {"text": cell}
    for piece in split(cell, ";"):
        _piece(piece, event)
    return event


def _piece(piece: str, event: dict[str, Any]) -> None:
    """One item of the list: words of a place or a mode, and what its parentheses hold."""
    bare, groups = _groups(piece)
    words = bare
    for text in groups:
        taken = _labelled(text, words, event)
        if taken is None:
            # Part of the place: "Antully (lieu de découverte)", "Autun (Saône-et-Loire)".
            bare = f"{bare} ({text})" if bare else f"({text})"
        elif taken:
            bare = bare.replace(words, "", 1)
        words = ""
    bare = bare.strip()
    role = bare[1:-1] if bare.startswith("(") else ""
    if _ROLE_OF_PLACE.match(role):
        for place in event.get("places", ())[-1:]:
            place.setdefault("role", role)
    elif _MODES.match(bare):
        event["mode"] = f"{event['mode']} ; {bare}" if "mode" in event else bare
    elif found := [dict(place) for place in places.parse(bare)]:
        for place in found:
            # What was cut out between them leaves words that the cell does not hold.
            place["text"] = str(place["text"]) if str(place["text"]) in piece else piece
        event.setdefault("places", []).extend(found)


def _groups(piece: str) -> tuple[str, list[str]]:
    """The words outside matched parentheses, and what is inside each of the outermost.

    >>> _groups("Antully (lieu de découverte) (1982, date de découverte)")
    ('Antully', ['lieu de découverte', '1982, date de découverte'])
    """
    outside, inside, end = "", [], 0
    for opening, closing in sorted(matched(piece).items()):
        if opening < end or piece[opening] != "(":
            continue
        outside += piece[end:opening]
        inside.append(piece[opening + 1 : closing].strip())
        end = closing + 1
    return " ".join((outside + piece[end:]).split()), inside


def _labelled(text: str, before: str, event: dict[str, Any]) -> bool | None:
    """Take ``1977, date de fouille`` or, of ``1977 (date de fouille)``, the words before.

    None when the parenthesis says neither when nor who; True when the words before were used.
    """
    *parts, label = (part.strip() for part in re.split("[,;]", text))
    # "lieu de découverte, 1898, date de découverte"
    words = ", ".join(part for part in parts if not _ROLE_OF_PLACE.match(part))
    used = not words
    words = words or before
    if not words:
        return None
    if _DATE.search(label):
        event["date"] = {**dates.parse(words), "label": label}
    elif _FINDER.match(label):
        found = [dict(person) for person in persons.parse(words)]
        event.setdefault("persons", []).extend({**person, "role": label} for person in found)
    else:
        return None
    return used
