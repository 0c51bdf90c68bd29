"""The parsers that a crosswalk may name: cell text -> items of a field.

``parser = "name:argument"``. What ``values`` understands is called from here; ``text`` and
``term`` stay the museum's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from museosciences.read.flatten import NESTED
from museosciences.values import (
    countries,
    dates,
    dimensions,
    lists,
    materials,
    persons,
    places,
    subjects,
)
from museosciences.values.lists import matched
from museosciences.values.text import fold

Items = list[dict[str, Any]]
# cell text, language of its column -> items
Parser = Callable[[str, str | None], Items]
# Separators are single characters in one text, or a tuple of longer ones.
Separators = str | tuple[str, ...]
Factory = Callable[[Any, dict[str, Any]], Parser]

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def _language(item: dict[str, Any], lang: str | None) -> dict[str, Any]:
    if lang:
        item["lang"] = lang
    return item


def text(argument: str, constants: dict[str, Any]) -> Parser:
    """The whole cell."""
    del argument, constants
    return lambda cell, lang: [_language({"text": cell}, lang)]


def text_list(separators: Separators, constants: dict[str, Any]) -> Parser:
    """The pieces between separators."""
    del constants
    return lambda cell, lang: [
        _language({"text": piece}, lang) for piece in lists.split(cell, separators)
    ]


def text_rest(separators: Separators, constants: dict[str, Any]) -> Parser:
    """The pieces after the first, which is the inventory number."""
    del constants
    return lambda cell, lang: [
        _language({"text": piece}, lang) for piece in lists.split(cell, separators)[1:]
    ]


def one_term(argument: str, constants: dict[str, Any]) -> Parser:
    """The whole cell as one term."""
    del argument, constants
    return lambda cell, lang: [_language({"term": cell}, lang)]


def terms(separators: Separators, constants: dict[str, Any]) -> Parser:
    """Terms between separators; a parenthesis at the end of one is its context."""
    del constants

    def parse(cell: str, lang: str | None) -> Items:
        return [_language(with_context(piece), lang) for piece in lists.split(cell, separators)]

    return parse


def with_context(piece: str) -> dict[str, Any]:
    """A term and what the parenthesis at its end says of it.

    >>> with_context("figurine (fragment)")
    {'term': 'figurine', 'context': 'fragment'}
    """
    if piece.endswith(")"):
        opening = next((o for o, c in matched(piece).items() if c == len(piece) - 1), 0)
        if opening > 0 and piece[:opening].strip():
            return {"term": piece[:opening].strip(), "context": piece[opening + 1 : -1].strip()}
    return {"term": piece}


# Words that stand where a name would, and name nobody.
_NOBODY_WORDS = (
    "anonyme anonymes anonymous anonim anonyme(s) inconnu inconnue unknown necunoscut"
    " auteur_inconnu artiste_inconnu artist_unknown unknown_artist unknown_maker"
    " non_identifie desconocido"
)
_NOBODY = frozenset(_NOBODY_WORDS.split())


def person_list(grammar: str, constants: dict[str, Any]) -> Parser:
    """Persons and institutions, in the grammar named (``joconde``, ``direct``)."""
    del constants
    return lambda cell, _: [
        cast(dict[str, Any], item)
        for item in persons.parse(cell, grammar or None)
        if not is_nobody(item.get("name", ""))
    ]


def is_nobody(name: str) -> bool:
    """Whether a name says that the person is not known.

    >>> is_nobody("Anonyme"), is_nobody("Maître anonyme de Lyon")
    (True, False)
    """
    return fold(name.strip()).replace(" ", "_") in _NOBODY


def one_name(argument: str, constants: dict[str, Any]) -> Parser:
    """The whole cell is one name."""
    del argument, constants
    return lambda cell, _: [] if is_nobody(cell) else [{"text": cell, "name": cell}]


def place_list(argument: str, constants: dict[str, Any]) -> Parser:
    """Places, each from the widest part to the most precise."""
    del argument, constants
    return lambda cell, _: cast(Items, places.parse(cell))


def place_path(separator: str, constants: dict[str, Any]) -> Parser:
    """One place as a path, ``Roumanie > Bucarest``, or one name."""
    del constants

    def parse(cell: str, _: str | None) -> Items:
        parts = [part.strip() for part in cell.split(separator or NESTED) if part.strip()]
        if not parts:
            return []
        place: dict[str, Any] = {"text": cell, "name": parts[-1], "parts": parts}
        if code := countries.country_code(parts[0]):
            place["country"] = code
        return [place]

    return parse


def dimension_list(unit: str, constants: dict[str, Any]) -> Parser:
    """Dimensions; with ``type`` and ``unit`` given, the cell is one number."""
    kind, stated = constants.get("type"), constants.get("unit", unit) or None

    def parse(cell: str, _: str | None) -> Items:
        if kind and _NUMBER.fullmatch(cell):
            return number(cell)
        return cast(Items, dimensions.parse(cell, stated))

    def number(cell: str) -> Items:
        found: Items = [dict(item) for item in dimensions.parse(f"{cell} {stated or 'cm'}")]
        value = {key: found[0][key] for key in (found[0] if found else ()) if key != "type"}
        return [{**value, "text": cell, "type": kind}]

    return parse


def subject_list(argument: str, constants: dict[str, Any]) -> Parser:
    """The REPR grammar of Joconde."""
    del argument, constants
    return lambda cell, _: cast(Items, subjects.parse(cell))


def keywords(separators: Separators, constants: dict[str, Any]) -> Parser:
    """Subjects as plain keywords."""
    del constants

    def parse(cell: str, lang: str | None) -> Items:
        found: Items = []
        for piece in lists.split(cell, separators):
            item = with_context(piece)
            found.append(_language({**item, "role": "main"}, lang))
        return found

    return parse


def one_subject(argument: str, constants: dict[str, Any]) -> Parser:
    """The whole cell is one subject."""
    del argument, constants
    return lambda cell, lang: [_language({"term": cell, "role": "main"}, lang)]


def nested(separator: str, constants: dict[str, Any]) -> Parser:
    """A path: the last part is the subject, those above it its context."""
    del constants

    def parse(cell: str, lang: str | None) -> Items:
        *above, term = cell.split(separator or NESTED)
        item: dict[str, Any] = {"term": term, "role": "main"}
        if above:
            item["context"] = NESTED.join(above)
        return [_language(item, lang)]

    return parse


def image_list(separators: Separators, constants: dict[str, Any]) -> Parser:
    """Images: addresses where they are, else the reference as written."""
    del constants

    def parse(cell: str, _: str | None) -> Items:
        pieces = lists.split(cell, separators) if separators else [cell]
        return [{"url" if is_url(piece) else "text": piece} for piece in pieces]

    return parse


def is_url(text: str) -> bool:
    """Whether a text is a web address without spaces."""
    return text.startswith(("http://", "https://")) and not any(c in text for c in ' <>"{}|\\^`')


def material_list(separators: Separators, constants: dict[str, Any]) -> Parser:
    """Materials and techniques told apart; techniques carry ``technique: True`` on the way."""
    del constants

    def parse(cell: str, lang: str | None) -> Items:
        made_of, made_by = materials.parse(cell, separators)
        return [_language(dict(item), lang) for item in made_of] + [
            _language({**item, "_technique": True}, lang) for item in made_by
        ]

    return parse


# By kind of field: the default parser, and those that may be named instead.
PARSERS: dict[str, dict[str, Factory]] = {
    "texts": {"": text, "text": text, "list": text_list, "rest": text_rest},
    "terms": {"": terms, "list": terms, "term": one_term},
    "persons": {"": person_list, "persons": person_list, "name": one_name},
    "places": {"": place_list, "places": place_list, "path": place_path},
    "dimensions": {"": dimension_list, "dimensions": dimension_list},
    "subjects": {"": keywords, "joconde_subjects": subject_list, "list": keywords,
                 "nested": nested, "term": one_subject},
    "images": {"": image_list, "images": image_list, "list": image_list},
    "materials_techniques": {"": material_list, "materials": material_list},
}  # fmt: skip
# Parsers whose argument is a set of separators.
_SEPARATED = (terms, text_list, text_rest, keywords, material_list)


def parser(
    kind: str, name: str, separators: str | tuple[str, ...], constants: dict[str, Any]
) -> Parser | None:
    """The parser ``name:argument`` of a kind of field; None when there is no such parser."""
    word, _, argument = name.partition(":")
    factory = PARSERS.get(kind, {}).get(word)
    if factory is None:
        return None
    if not argument and factory in _SEPARATED:
        return factory(separators, constants)
    return factory(argument.replace("\\n", "\n"), constants)


def date(name: str) -> Callable[[str, str | None], dict[str, Any]] | None:
    """The date parser of that name; None when there is none."""
    return {"": _date, "date": _date, "wikidata": _wikidata_date}.get(name)


def _date(cell: str, lang: str | None) -> dict[str, Any]:
    return cast(dict[str, Any], dates.parse(cell, lang))


def _wikidata_date(cell: str, lang: str | None) -> dict[str, Any]:
    """A time of Wikidata, where the first of January stands for the year; no person typed it."""
    del lang
    return _date(cell, None)
