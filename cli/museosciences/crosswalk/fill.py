"""Filling records: the small steps that the compiled closures are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from museosciences.crosswalk import parsers
from museosciences.crosswalk.definition import FieldSpec
from museosciences.crosswalk.targets import KIND, Path, Record, add_items, holder
from museosciences.read import Cell
from museosciences.values import coordinates, countries, dates, persons

Cells = dict[str, Cell]
Step = Callable[[Cells, Record], None]
Texts = Callable[[Cells], list[str]]

_YEAR = re.compile(r"-?\d{3,4}")


def is_date(spec: FieldSpec) -> bool:
    """Dates may be given by bounds alone."""
    return KIND[spec.target] in ("date", "production_date")


def path_of(spec: FieldSpec) -> Path:
    """The steps of the field's path."""
    return tuple(spec.target.split("."))


def members(constants: dict[str, Any], kind: str) -> dict[str, Any]:
    """The constants that are members of the items; those of dimensions went to the parser."""
    return (
        {}
        if kind == "dimensions" and not constants.get("part")
        else {k: v for k, v in constants.items() if not (kind == "dimensions" and k != "part")}
    )


def first_of(steps: list[Step], path: Path) -> Step:
    """The first step that fills the field; for dates, that understands one."""

    def step(cells: Cells, record: Record) -> None:
        for one in steps:
            one(cells, record)
            if _present(record, path):
                return

    return step if len(steps) > 1 else steps[0]


def _present(record: Record, path: Path) -> bool:
    if path == ("production", "date"):
        production = record.get("production", {})
        return "begin_year" in production or "end_year" in production
    at: Any = record
    for name in path:
        at = at[0] if isinstance(at, list) else at
        at = at.get(name)
        if at is None:
            return False
    return not (
        isinstance(at, dict) and "text" in at and "certainty" not in at and "name" not in at
    )


def note(record: Record, path: Path, columns: Iterable[str]) -> None:
    """Say in which columns a top-level field was read."""
    noted = record["columns"].setdefault(path[0], [])
    for column in columns:
        if column not in noted:
            noted.append(column)


def at_or_only(texts: list[str], position: int) -> str:
    """The text that stands beside a position; a single one stands beside all."""
    if len(texts) == 1:
        return texts[0]
    return texts[position] if position < len(texts) else ""


def urls_step(get: Texts, path: Path, columns: list[str]) -> Step:
    """Web addresses; texts that are none are left to the register."""

    def step(cells: Cells, record: Record) -> None:
        found = [text for text in get(cells) if text]
        addresses = [url for text in found for url in text.split() if parsers.is_url(url)]
        if addresses:
            add_items(record, path, addresses)
            note(record, path, columns)

    return step


def plain_step(
    get: Texts,
    filled: Callable[[Cells], list[str]],
    path: Path,
    parse: parsers.Parser,
    lang: str | None,
) -> Step:
    """The commonest case, and the fastest: items that nothing completes."""

    def step(cells: Cells, record: Record) -> None:
        done = False
        for text in get(cells):
            if text and (items := parse(text, lang)):
                add_items(record, path, items)
                done = True
        if done:
            note(record, path, filled(cells))

    return step


def add_materials(record: Record, items: list[dict[str, Any]], columns: list[str]) -> None:
    """Put materials and techniques where each belongs."""
    for field, wanted in (("materials", False), ("techniques", True)):
        chosen = [i for i in items if bool(i.get("_technique")) is wanted]
        for item in chosen:
            item.pop("_technique", None)
        if chosen:
            add_items(record, (field,), chosen)
            note(record, (field,), columns)


def add_life(person: dict[str, Any], text: str) -> bool:
    """Give the years of a cell such as ``Gand, 1612 ; Anvers, 1668`` to the one it speaks of."""
    birth, death = persons.life(text)
    for member, year in (("birth", birth), ("death", death)):
        if year is not None:
            person.setdefault(member, year)
    return birth is not None or death is not None


def put_date(
    record: Record, path: Path, date: dict[str, Any], label: str | None, production: bool
) -> None:
    """Put a date where it belongs: a production holds its members itself."""
    if production:
        text = date.pop("text", None)
        inside = record.setdefault("production", {})
        if "begin_year" in inside or "end_year" in inside:
            return
        if text is not None:
            inside["date_text"] = text
        inside.update({name: value for name, value in date.items() if value is not None})
        return
    if label:
        date["label"] = label
    inside = holder(record, path)
    if "certainty" not in inside.get(path[-1], {}):
        inside[path[-1]] = {name: value for name, value in date.items() if value is not None}


def stated_bounds(bounds: list[tuple[str, str]]) -> dict[str, Any]:
    """The bounds that the museum gives in columns of their own, also when they are inverted.

    Nothing else says what is meant: the shapes say that it cannot be.
    """
    date: dict[str, Any] = {}
    for name, text in bounds:
        read = dates.parse(text)
        if (value := read.get(name)) is not None:
            date[name] = value
            date[f"{name}_year"] = read.get(f"{name}_year")
    return date


def part_of(parser: str) -> Callable[[str], str]:
    """``part:0`` takes one piece of a list between ``;``; nothing takes the whole cell."""
    word, _, argument = parser.partition(":")
    if word != "part":
        return lambda text: text
    at = int(argument or 0)

    def cut(text: str) -> str:
        pieces = [piece.strip() for piece in text.split(";")]
        return pieces[at] if at < len(pieces) else ""

    return cut


def _country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2, given as such or by the name of the country."""
    if len(text) == 2 and text.isalpha():
        return text.upper()
    return countries.country_code(text)


def _death(text: str) -> int | None:
    """A year alone, or the second of a life: ``1819–1889``; not that of ``born 1930``."""
    if _YEAR.fullmatch(text):
        return int(text)
    return persons.life(text)[1]


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[0]) if found else None


CONVERT: dict[str, Callable[[str], Any]] = {
    "birth": _year,
    "death": _death,
    "country": _country_code,
    "lat": coordinates.stated_latitude,
    "long": coordinates.stated_longitude,
}
