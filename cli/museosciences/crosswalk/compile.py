"""A crosswalk and the columns of a row, compiled into closures.

Everything that can be decided from the column names is decided here, once: which columns exist,
which parser serves, in which language. What runs for each row is a list of short functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from museosciences.crosswalk import joconde, parsers
from museosciences.crosswalk.definition import Definition, FieldSpec, fold_column, wrong
from museosciences.crosswalk.targets import KIND, Path, Record, add_items, add_string, holder
from museosciences.errors import CrosswalkError
from museosciences.read import Cell
from museosciences.values import coordinates, countries, dates, taxa
from museosciences.values.text import fold, repair

Cells = dict[str, Cell]
Step = Callable[[Cells, Record], None]
Texts = Callable[[Cells], list[str]]

_LANGUAGE = re.compile(r"@([a-z]{2,3}(?:-[A-Za-z0-9]+)*)$")
_YEAR = re.compile(r"-?\d{3,4}")
# Traces of UTF-8 read as cp1252 ("Ã©", "â€™"); the parsers cope with all else.
_DOUBLE_ENCODED = re.compile(r"[ÃÂ][\u0080-\u00bfŒœŠšŽžŸƒˆ˜–—‘-‚“-„†-•…‰‹›€™]|â€")
_TRUE = frozenset({"oui", "yes", "true", "vrai", "1", "x", "o", "y"})
_FALSE = frozenset({"non", "no", "false", "faux", "0", "n"})


class Columns:
    """The columns of a row, found again by the names that a crosswalk gives them."""

    def __init__(self, names: Iterable[str]):
        self.names = list(names)
        self._folded: dict[str, list[str]] = {}
        for name in self.names:
            bare = _LANGUAGE.sub("", name)
            for key in dict.fromkeys((fold_column(name), fold_column(bare))):
                self._folded.setdefault(key, []).append(name)

    def find(self, wanted: str) -> list[str]:
        """The columns of that name, in any language; ``*`` stands for anything.

        >>> Columns(["Titre", "title@fr", "title@en"]).find("title")
        ['title@fr', 'title@en']
        """
        if "*" not in wanted:
            return self._folded.get(fold_column(wanted), [])
        pattern = re.compile(".*".join(re.escape(fold_column(p)) for p in wanted.split("*")))
        found = [name for key, group in self._folded.items() if pattern.fullmatch(key)
                 for name in group]  # fmt: skip
        return list(dict.fromkeys(found))

    def find_all(self, wanted: Sequence[str]) -> list[str]:
        """The columns of several names, in the order of the names."""
        return list(dict.fromkeys(name for one in wanted for name in self.find(one)))


def language(column: str) -> str | None:
    """The language in which a column is declared to be: ``title@fr``."""
    found = _LANGUAGE.search(column)
    return found[1] if found else None


class Reader:
    """How the cells of a source are cleaned before they are parsed."""

    def __init__(self, nulls: frozenset[str]):
        self._nulls = nulls
        self._longest = max(map(len, nulls), default=0)

    def text(self, cell: str) -> str:
        """The cell without outer white space; "" for the words that mean nothing was said."""
        text = cell.strip()
        if not text or (len(text) <= self._longest and fold(text) in self._nulls):
            return ""
        if not text.isascii() and _DOUBLE_ENCODED.search(text):
            return repair(text)[0]
        return text

    def says(self, cell: Cell) -> bool:
        """Whether there is anything in the cell."""
        if isinstance(cell, str):
            return bool(self.text(cell))
        return any(self.text(item) for item in cell)

    def texts(self, cell: Cell) -> list[str]:
        """Every value of a cell, "" where there is none, so that lists stay side by side."""
        if isinstance(cell, str):
            return [self.text(cell)]
        return [self.text(item) for item in cell]


class Compiler:
    """Compiles the fields of one crosswalk for one set of columns."""

    def __init__(self, definition: Definition, names: Iterable[str]):
        self._definition = definition
        self._columns = Columns(names)
        self._reader = Reader(definition.nulls)

    def steps(self) -> list[Step]:
        """One function per field and column that is present."""
        found: list[Step] = []
        for spec in self._definition.fields:
            columns = self._columns.find_all(spec.columns)
            if columns:
                found += self._compile(spec, columns)
            elif spec.value is not None:
                found.append(self._constant(spec))
        return found

    def _compile(self, spec: FieldSpec, columns: list[str]) -> list[Step]:
        kind = KIND[spec.target]
        if kind in parsers.PARSERS or kind == "urls":
            return self._list(spec, kind, columns)
        if kind == "place":
            return [self._place(spec, columns)]
        build = {
            "date": self._date, "production_date": self._date, "string": self._string,
            "integer": self._integer, "boolean": self._boolean, "taxon": self._taxon,
            "discovery": self._discovery,
        }[kind]  # fmt: skip
        if spec.take == "join":
            return [build(spec, columns)]
        steps = [build(spec, [column]) for column in columns]
        return [_first(steps, _path(spec))] if spec.take == "first" else steps

    # -- reading cells ----------------------------------------------------------------------

    def _get(self, spec: FieldSpec, columns: list[str]) -> Texts:
        """The texts of the columns, joined into one where there are several."""
        read, only, mapping = self._reader.texts, spec.only, spec.map
        join = spec.join

        def one(cells: Cells) -> list[str]:
            texts = read(cells[columns[0]])
            if only is not None:
                texts = [text if only.search(text) else "" for text in texts]
            if mapping:
                texts = [mapping.get(fold(text), text) for text in texts]
            return texts

        def several(cells: Cells) -> list[str]:
            parts = [text for column in columns for text in read(cells[column]) if text]
            text = join.join(parts)
            return [text] if not only or only.search(text) else []

        return one if len(columns) == 1 else several

    def _filled(self, columns: list[str]) -> Callable[[Cells], list[str]]:
        """Which of the columns say something in this row."""
        if len(columns) == 1:
            return lambda _: columns
        texts = self._reader.texts
        return lambda cells: [column for column in columns if any(texts(cells[column]))]

    # -- lists ------------------------------------------------------------------------------

    def _list(self, spec: FieldSpec, kind: str, columns: list[str]) -> list[Step]:
        if spec.take == "join":
            if kind == "places":
                return [self._place(spec, columns)]
            return [self._items(spec, kind, columns)]
        steps = [self._items(spec, kind, [column]) for column in columns]
        return [_first(steps, _path(spec))] if spec.take == "first" else steps

    def _items(self, spec: FieldSpec, kind: str, columns: list[str]) -> Step:
        get, filled, path = self._get(spec, columns), self._filled(columns), _path(spec)
        lang = spec.constants.get("lang") or language(columns[0])
        if kind == "urls":
            return _urls(get, path, columns)
        parse = self._parser(spec, kind)
        beside = self._beside(spec)
        constants = _members(spec.constants, kind)
        split_materials = kind == "materials_techniques"

        def step(cells: Cells, record: Record) -> None:
            found: list[dict[str, Any]] = []
            used: list[str] = []
            for at, text in enumerate(get(cells)):
                if not text:
                    continue
                items = parse(text, lang)
                for item in items:
                    for name, value in constants.items():
                        item.setdefault(name, value)
                for name, column, convert in beside:
                    value = _at(self._reader.texts(cells[column]), at)
                    if value and (understood := convert(value)) is not None:
                        used.append(column)
                        for item in items:
                            item[name] = understood
                found += items
            if not found:
                return
            if split_materials:
                _add_materials(record, found, filled(cells))
            else:
                add_items(record, path, found)
                _note(record, path, [*filled(cells), *used])

        return step

    def _parser(self, spec: FieldSpec, kind: str) -> parsers.Parser:
        parse = parsers.parser(kind, spec.parser, self._definition.separators, spec.constants)
        if parse is None:
            raise self._no_parser(spec, parsers.PARSERS[kind])
        return parse

    def _no_parser(self, spec: FieldSpec, known: Iterable[str]) -> CrosswalkError:
        return wrong(
            self._definition.path,
            spec.section,
            f"analyseur inconnu pour ce champ : « {spec.parser} »",
            f"unknown parser for this field: {spec.parser!r}",
            ", ".join(name for name in known if name),
        )

    def _beside(self, spec: FieldSpec) -> list[tuple[str, str, Callable[[str], Any]]]:
        found = []
        for name, wanted in spec.beside.items():
            for column in self._columns.find(wanted)[:1]:
                found.append((name, column, _CONVERT.get(name, str)))
        return found

    # -- single values ----------------------------------------------------------------------

    def _string(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, filled, path = self._get(spec, columns), self._filled(columns), _path(spec)
        cut = _part(spec.parser)

        def step(cells: Cells, record: Record) -> None:
            texts = [part for text in get(cells) if text and (part := cut(text))]
            for text in texts:
                add_string(record, path, text)
            if texts:
                _note(record, path, filled(cells))

        return step

    def _date(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, filled, path = self._get(spec, columns), self._filled(columns), _path(spec)
        bounds = [(name, column) for name, column, _ in self._beside(spec)]
        label = spec.constants.get("label")
        lang = spec.constants.get("lang") or language(columns[0])
        production = KIND[spec.target] == "production_date"
        parse = parsers.date(spec.parser)
        if parse is None:
            raise self._no_parser(spec, ("date", "wikidata"))

        def step(cells: Cells, record: Record) -> None:
            texts = [text for text in get(cells) if text]
            stated = [(n, text) for n, c in bounds if (text := self._reader.texts(cells[c])[0])]
            if not texts and not stated:
                return
            date: dict[str, Any] = parse(" ; ".join(texts), lang) if texts else {}
            if "begin_year" not in date and "end_year" not in date and stated:
                date.update(_stated(stated))
            used = [*(filled(cells) if texts else []), *(c for _, c in bounds if cells[c])]
            _put_date(record, path, date, label, production)
            _note(record, path, used)

        return step

    def _place(self, spec: FieldSpec, columns: list[str]) -> Step:
        path, beside, texts = _path(spec), self._beside(spec), self._reader.texts
        single = KIND[spec.target] == "place"
        constants = _members(spec.constants, "places")

        def step(cells: Cells, record: Record) -> None:
            used = [column for column in columns if any(texts(cells[column]))]
            parts = list(dict.fromkeys(t for c in used for t in texts(cells[c]) if t))
            place: dict[str, Any] = {}
            for name, column, convert in beside:
                value = _at(texts(cells[column]), 0)
                if value and (understood := convert(value)) is not None:
                    place[name] = understood
                    used.append(column)
            if parts:
                place |= {"text": ", ".join(parts), "name": parts[-1], "parts": parts}
                if "country" not in place and (code := countries.country_code(parts[0])):
                    place["country"] = code
            if not place:
                return
            if single:
                holder(record, path)[path[-1]] = place
            elif parts:
                add_items(record, path, [{**place, **constants}])
            _note(record, path, used)

        return step

    def _integer(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, path = self._get(spec, columns), _path(spec)

        def step(cells: Cells, record: Record) -> None:
            text = next(iter(get(cells)), "")
            if text.isdecimal():
                holder(record, path)[path[-1]] = int(text)
                _note(record, path, columns)

        return step

    def _boolean(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, path = self._get(spec, columns), _path(spec)

        def step(cells: Cells, record: Record) -> None:
            word = fold(next(iter(get(cells)), ""))
            if word in _TRUE or word in _FALSE:
                holder(record, path)[path[-1]] = word in _TRUE
                _note(record, path, columns)

        return step

    def _taxon(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, filled, path = self._get(spec, columns), self._filled(columns), _path(spec)

        def step(cells: Cells, record: Record) -> None:
            text = next((text for text in get(cells) if text), "")
            if not text:
                return
            taxon = holder(record, path)
            for name, value in taxa.parse(text).items():
                taxon.setdefault(name, value)
            _note(record, path, filled(cells))

        return step

    def _discovery(self, spec: FieldSpec, columns: list[str]) -> Step:
        get = self._get(spec, columns)

        def step(cells: Cells, record: Record) -> None:
            for text in get(cells):
                if text:
                    event = record.setdefault("discovery", {})
                    for name, value in joconde.discovery(text).items():
                        event.setdefault(name, value)
                    _note(record, ("discovery",), columns)

        return step

    def _constant(self, spec: FieldSpec) -> Step:
        path, kind, text = _path(spec), KIND[spec.target], str(spec.value)
        if kind == "string":
            return lambda _, record: add_string(record, path, text)
        parse = self._parser(spec, kind)
        constants = _members(spec.constants, kind)
        return lambda _, record: add_items(
            record, path, [{**item, **constants} for item in parse(text, None)]
        )


# -- helpers --------------------------------------------------------------------------------


def _path(spec: FieldSpec) -> Path:
    return tuple(spec.target.split("."))


def _members(constants: dict[str, Any], kind: str) -> dict[str, Any]:
    """The constants that are members of the items; those of dimensions went to the parser."""
    return (
        {}
        if kind == "dimensions" and not constants.get("part")
        else {k: v for k, v in constants.items() if not (kind == "dimensions" and k != "part")}
    )


def _first(steps: list[Step], path: Path) -> Step:
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
    return not (isinstance(at, dict) and "text" in at and "edtf" not in at and "name" not in at)


def _note(record: Record, path: Path, columns: Iterable[str]) -> None:
    """Say in which columns a top-level field was read."""
    noted = record["columns"].setdefault(path[0], [])
    for column in columns:
        if column not in noted:
            noted.append(column)


def _at(texts: list[str], position: int) -> str:
    if len(texts) == 1:
        return texts[0]
    return texts[position] if position < len(texts) else ""


def _urls(get: Texts, path: Path, columns: list[str]) -> Step:
    def step(cells: Cells, record: Record) -> None:
        found = [text for text in get(cells) if text]
        addresses = [url for text in found for url in text.split() if parsers.is_url(url)]
        if addresses:
            add_items(record, path, addresses)
            _note(record, path, columns)

    return step


def _add_materials(record: Record, items: list[dict[str, Any]], columns: list[str]) -> None:
    for field, wanted in (("materials", False), ("techniques", True)):
        chosen = [i for i in items if bool(i.get("_technique")) is wanted]
        for item in chosen:
            item.pop("_technique", None)
        if chosen:
            add_items(record, (field,), chosen)
            _note(record, (field,), columns)


def _put_date(
    record: Record, path: Path, date: dict[str, Any], label: str | None, production: bool
) -> None:
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
    if "edtf" not in inside.get(path[-1], {}):
        inside[path[-1]] = {name: value for name, value in date.items() if value is not None}


def _stated(bounds: list[tuple[str, str]]) -> dict[str, Any]:
    """The bounds that the museum gives in columns of their own."""
    date: dict[str, Any] = {}
    for name, text in bounds:
        read = dates.parse(text)
        if (value := read.get(name)) is not None:
            date[name] = value
            date[f"{name}_year"] = read.get(f"{name}_year")
    if date.get("begin_year", 0) <= date.get("end_year", 9999):
        return date
    return {}


def _part(parser: str) -> Callable[[str], str]:
    """``part:0`` takes one piece of a list between ``;``; nothing takes the whole cell."""
    word, _, argument = parser.partition(":")
    if word != "part":
        return lambda text: text
    at = int(argument or 0)

    def cut(text: str) -> str:
        pieces = [piece.strip() for piece in text.split(";")]
        return pieces[at] if at < len(pieces) else ""

    return cut


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[0]) if found else None


_CONVERT: dict[str, Callable[[str], Any]] = {
    "birth": _year,
    "death": _year,
    "lat": coordinates.latitude,
    "long": coordinates.longitude,
}
