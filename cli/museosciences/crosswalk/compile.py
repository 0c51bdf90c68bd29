"""A crosswalk and the columns of a row, compiled into closures.

Everything that can be decided from the column names is decided here, once: which columns exist,
which parser serves, in which language. What runs for each row is a list of short functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from museosciences.crosswalk import joconde, parsers
from museosciences.crosswalk.cells import Columns, Reader, language
from museosciences.crosswalk.definition import Definition, FieldSpec, wrong
from museosciences.crosswalk.fill import (
    CONVERT,
    Cells,
    Step,
    Texts,
    add_life,
    add_materials,
    at_or_only,
    first_of,
    is_date,
    members,
    note,
    part_of,
    path_of,
    plain_step,
    put_date,
    stated_bounds,
    urls_step,
)
from museosciences.crosswalk.targets import KIND, Record, add_items, add_string, holder
from museosciences.errors import CrosswalkError
from museosciences.values import countries, taxa
from museosciences.values.text import fold

_TRUE = frozenset({"oui", "yes", "true", "vrai", "1", "x", "o", "y"})
_FALSE = frozenset({"non", "no", "false", "faux", "0", "n"})


class Compiler:
    """Compiles the fields of one crosswalk for one set of columns."""

    def __init__(self, definition: Definition, columns: Columns, reader: Reader):
        self._definition = definition
        self._columns = columns
        self._reader = reader

    def steps(self, kind: str) -> list[Step]:
        """One function per field of this kind of record and column that is present."""
        found: list[Step] = []
        # What the museum says of a taxon goes before what its name tells: names come last.
        for spec in sorted(self._definition.fields, key=lambda s: KIND[s.target] == "taxon"):
            if kind not in spec.kinds:
                continue
            columns = self._columns.find_all(spec.columns)
            if columns or (is_date(spec) and self._beside(spec)):
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
        if spec.take == "join" or not columns:
            return [build(spec, columns)]
        steps = [build(spec, [column]) for column in columns]
        return [first_of(steps, path_of(spec))] if spec.take == "first" else steps

    # -- reading cells ----------------------------------------------------------------------

    def _get(self, spec: FieldSpec, columns: list[str]) -> Texts:
        """The texts of the columns, joined into one where there are several."""
        read, only, strip, mapping = self._reader.texts, spec.only, spec.strip, spec.map
        join = spec.join
        if not columns:
            return lambda _: []
        column = columns[0]
        if len(columns) == 1 and only is None and strip is None and not mapping:
            return self._plain_get(column)

        def one(cells: Cells) -> list[str]:
            texts = read(cells[column])
            if only is not None:
                texts = [text if only.search(text) else "" for text in texts]
            if strip is not None:
                texts = [strip.sub("", text).strip() for text in texts]
            if mapping:
                texts = [mapping.get(fold(text), text) for text in texts]
            return texts

        def several(cells: Cells) -> list[str]:
            parts = [text for column in columns for text in read(cells[column]) if text]
            text = join.join(parts)
            return [text] if not only or only.search(text) else []

        return one if len(columns) == 1 else several

    def _plain_get(self, column: str) -> Texts:
        """The commonest way, and the fastest: one column, nothing to choose or to cut."""
        read, clean = self._reader.texts, self._reader.text

        def get(cells: Cells) -> list[str]:
            cell = cells[column]
            if isinstance(cell, str):
                return [clean(cell)] if cell else []
            return read(cell)

        return get

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
        return [first_of(steps, path_of(spec))] if spec.take == "first" else steps

    def _items(self, spec: FieldSpec, kind: str, columns: list[str]) -> Step:
        get, filled, path = self._get(spec, columns), self._filled(columns), path_of(spec)
        lang = spec.constants.get("lang") or language(columns[0])
        if kind == "urls":
            return urls_step(get, path, columns)
        parse = self._parser(spec, kind)
        beside = self._beside(spec)
        lives = [column for name, column, _ in beside if name == "life"]
        beside = [one for one in beside if one[0] != "life"]
        constants = members(spec.constants, kind)
        if not beside and not constants and kind not in ("persons", "materials_techniques"):
            return plain_step(get, filled, path, parse, lang)

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
                    value = at_or_only(self._reader.texts(cells[column]), at)
                    if value and (understood := convert(value)) is not None:
                        used.append(column)
                        for item in items:
                            item[name] = understood
                found += items
            if len(found) == 1:
                used += [c for c in lives if add_life(found[0], self._reader.texts(cells[c])[0])]
            if not found:
                # "Anonyme" is an answer: the cell was understood, and names nobody.
                if kind == "persons" and any(get(cells)):
                    note(record, path, filled(cells))
                return
            if kind == "materials_techniques":
                add_materials(record, found, filled(cells))
            else:
                add_items(record, path, found)
                note(record, path, [*filled(cells), *used])

        return step

    def _parser(self, spec: FieldSpec, kind: str) -> parsers.Parser:
        parse = parsers.parser(
            kind, spec.parser, spec.separators or self._definition.separators, spec.constants
        )
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
            for column in self._columns.find_all(wanted)[:1]:
                found.append((name, column, CONVERT.get(name, str)))
        return found

    # -- single values ----------------------------------------------------------------------

    def _string(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, filled, path = self._get(spec, columns), self._filled(columns), path_of(spec)
        cut = part_of(spec.parser)

        def step(cells: Cells, record: Record) -> None:
            texts = [part for text in get(cells) if text and (part := cut(text))]
            for text in texts:
                add_string(record, path, text)
            if texts:
                note(record, path, filled(cells))

        return step

    def _date(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, filled, path = self._get(spec, columns), self._filled(columns), path_of(spec)
        bounds = [(name, column) for name, column, _ in self._beside(spec)]
        label = spec.constants.get("label")
        lang = spec.constants.get("lang") or (language(columns[0]) if columns else None)
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
                date.update(stated_bounds(stated))
            used = [*(filled(cells) if texts else []), *(c for _, c in bounds if cells[c])]
            put_date(record, path, date, label, production)
            note(record, path, used)

        return step

    def _place(self, spec: FieldSpec, columns: list[str]) -> Step:
        path, beside, texts = path_of(spec), self._beside(spec), self._reader.texts
        single = KIND[spec.target] == "place"
        constants = members(spec.constants, "places")

        def step(cells: Cells, record: Record) -> None:
            used = [column for column in columns if any(texts(cells[column]))]
            parts = list(dict.fromkeys(t for c in used for t in texts(cells[c]) if t))
            place: dict[str, Any] = {}
            for name, column, convert in beside:
                value = at_or_only(texts(cells[column]), 0)
                if value and (understood := convert(value)) is not None:
                    place[name] = understood
                    used.append(column)
            if parts:
                place |= {"text": ", ".join(parts), "name": parts[-1], "parts": parts}
                if "country" not in place and (code := _country(parts)):
                    place["country"] = code
            if not place:
                return
            if single:
                holder(record, path)[path[-1]] = place
            elif parts:
                add_items(record, path, [{**place, **constants}])
            note(record, path, used)

        return step

    def _integer(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, path = self._get(spec, columns), path_of(spec)

        def step(cells: Cells, record: Record) -> None:
            text = next(iter(get(cells)), "")
            if text.isdecimal():
                holder(record, path)[path[-1]] = int(text)
                note(record, path, columns)

        return step

    def _boolean(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, path = self._get(spec, columns), path_of(spec)

        def step(cells: Cells, record: Record) -> None:
            word = fold(next(iter(get(cells)), ""))
            if word in _TRUE or word in _FALSE:
                holder(record, path)[path[-1]] = word in _TRUE
                note(record, path, columns)

        return step

    def _taxon(self, spec: FieldSpec, columns: list[str]) -> Step:
        get, filled, path = self._get(spec, columns), self._filled(columns), path_of(spec)

        def step(cells: Cells, record: Record) -> None:
            text = next((text for text in get(cells) if text), "")
            if not text:
                return
            taxon = holder(record, path)
            for name, value in taxa.parse(text).items():
                taxon.setdefault(name, value)
            note(record, path, filled(cells))

        return step

    def _discovery(self, spec: FieldSpec, columns: list[str]) -> Step:
        get = self._get(spec, columns)

        def step(cells: Cells, record: Record) -> None:
            for text in get(cells):
                if text:
                    event = record.setdefault("discovery", {})
                    for name, value in joconde.discovery(text).items():
                        event.setdefault(name, value)
                    note(record, ("discovery",), columns)

        return step

    def _constant(self, spec: FieldSpec) -> Step:
        path, kind, text = path_of(spec), KIND[spec.target], str(spec.value)
        if kind == "string":
            return lambda _, record: add_string(record, path, text)
        parse = self._parser(spec, kind)
        constants = members(spec.constants, kind)
        return lambda _, record: add_items(
            record, path, [{**item, **constants} for item in parse(text, None)]
        )


def _country(parts: list[str]) -> str | None:
    """The country among the widest parts: continents and seas may come before it."""
    return next((code for part in parts[:3] if (code := countries.country_code(part))), None)
