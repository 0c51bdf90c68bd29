"""Judging a link: what is decided, of which pair, by whom and why."""

from __future__ import annotations

from datetime import UTC, datetime

from museosciences.errors import InputError, Place, Said
from museosciences.link.listing import COLUMNS, explain
from museosciences.link.review import Decision, Review
from museosciences.store import GraphStore


def known(store: GraphStore, name: str, lang: str = "fr") -> dict[str, str]:
    """A link by its IRI or the end of it, as a mapping of COLUMNS. Raises InputError."""
    row = explain(store, name, lang=lang)
    if row is None:
        raise InputError(
            Said("il n’y a pas de tel lien", "there is no such link"),
            place=Place(value=name),
            remedy=Said("« museo links » les donne", "`museo links` lists them"),
        )
    return dict(zip(COLUMNS, row, strict=True))


def judge(store: GraphStore, name: str, decision: Decision, who: str, why: str) -> Review:
    """The decision on a link of this build. Raises InputError when there is no such link."""
    row = known(store, name)
    ends = ("link", "art_record", "via", "science_museum")
    path, art, via, museum = (row[end].removeprefix(store.base) for end in ends)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Review(path, decision, art, via, museum, who, now, why, row["rule"])
