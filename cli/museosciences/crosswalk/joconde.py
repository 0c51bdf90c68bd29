"""The DECV cell of Joconde: place, mode, date and finder of a discovery in one list.

``France, Saône-et-Loire, Autun (lieu de découverte) ; fouilles ; (1977, date de découverte) ;
(GAUTHIER, découvreur)``
"""

from __future__ import annotations

import re
from typing import Any

from museosciences.values import dates, persons, places
from museosciences.values.lists import split

_LABELLED = re.compile(r"^\(?(?P<text>.*?)[,(]\s*(?P<label>[^,()]*)\)?\s*\)?$", re.DOTALL)
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
    labelled = _LABELLED.match(piece)
    label = labelled["label"].strip() if labelled and piece.endswith(")") else ""
    words = labelled["text"].strip(" (") if labelled else piece
    if label and _DATE.search(label) and words:
        event["date"] = {**dates.parse(words), "label": label}
    elif label and _FINDER.match(label) and words:
        found = [dict(person) for person in persons.parse(words)]
        event.setdefault("persons", []).extend({**person, "role": label} for person in found)
    elif _MODES.match(piece):
        event["mode"] = f"{event['mode']} ; {piece}" if "mode" in event else piece
    else:
        event.setdefault("places", []).extend(dict(place) for place in places.parse(piece))
