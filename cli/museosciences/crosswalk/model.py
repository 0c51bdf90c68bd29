"""The crosswalk: source row -> inventory record."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, cast

from museosciences.crosswalk.cells import Columns, Reader
from museosciences.crosswalk.compile import Compiler
from museosciences.crosswalk.definition import KINDS, Definition, find
from museosciences.crosswalk.definition import load as load_definition
from museosciences.crosswalk.fill import Step
from museosciences.errors import CrosswalkError, Place, Said
from museosciences.read import SourceRow
from museosciences.record import InventoryRecord, identify
from museosciences.values.lists import split
from museosciences.values.text import fold

# Formats without a header have a set of columns per row; real LIDO files have some hundreds.
MAX_PLANS = 4096


class Plan:
    """What a crosswalk does with rows that have exactly these columns."""

    __slots__ = ("_compiler", "_for_all", "_steps", "identity", "kinds", "museum", "repeats")

    def __init__(self, definition: Definition, names: Iterable[str], reader: Reader):
        columns = Columns(names)
        self._compiler = Compiler(definition, columns, reader)
        # The same list serves all kinds where no field is for one kind only.
        self._for_all = all(spec.kinds == KINDS for spec in definition.fields)
        self._steps: dict[str, list[Step]] = {}
        self.identity = columns.find_all(definition.identity)
        self.museum = columns.find_all(definition.museum_columns)
        # Column that holds the same -> the columns that repeat it.
        self.repeats: dict[str, list[str]] = {}
        for repeated, wanted in definition.repeats:
            for twin in columns.find(wanted):
                self.repeats.setdefault(twin, []).extend(columns.find(repeated))
        self.kinds = [
            (c, rule) for rule in definition.kind_rules for c in columns.find(rule.column)
        ]

    def steps(self, kind: str) -> list[Step]:
        """What to do with a row of this kind, compiled when the first such row comes."""
        key = KINDS[0] if self._for_all else kind
        found = self._steps.get(key)
        if found is None:
            found = self._steps[key] = self._compiler.steps(key)
        return found


class Crosswalk:
    """A crosswalk ready to be applied. Picklable: a worker compiles its own."""

    def __init__(self, definition: Definition):
        self.definition = definition
        self.name = definition.name
        self.path = definition.path
        self.title = definition.title
        self.reader = Reader(definition.nulls)
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._kinds: dict[tuple[str, str], str | None] = {}
        # Compiling once without columns finds the mistakes that do not depend on them.
        plan = Plan(definition, definition.named_columns(), self.reader)
        for kind in KINDS:
            plan.steps(kind)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Crosswalk, (self.definition,))

    @property
    def merges(self) -> bool:
        """Whether rows with the same identity are one record (``rows_of_one_record``)."""
        return self.definition.merge_by is not None

    def record(
        self, row: SourceRow, *, museum: str | None, source: str, file: str | None = None
    ) -> InventoryRecord:
        """The inventory record of a row, complete with ``id``, ``columns`` and ordinals.

        ``museum`` is the code declared for the source; a code in the row itself goes before it.
        Raises CrosswalkError, with the place, for a row without identity or museum.
        """
        plan = self._plan(row)
        columns: dict[str, list[str]] = {}
        record: dict[str, Any] = {
            "museum": self._museum(row, plan, museum, columns),
            "inventory_number": self._identity(row, plan, columns),
            "kind": (kind := self._kind(row, plan, columns)),
            "source": {"id": source, "row": row.number},
            "columns": columns,
        }
        if file is not None:
            record["source"]["file"] = file
        if row.line is not None:
            record["source"]["line"] = row.line
        cells = row.cells
        for step in plan.steps(kind):
            step(cells, record)
        if plan.repeats:
            _note_repeats(plan.repeats, columns)
        return identify(cast(InventoryRecord, record))

    def unmapped(self, columns: Iterable[str]) -> list[str]:
        """The columns that no line of the crosswalk takes, in their order."""
        present = Columns(columns)
        taken = {
            name for wanted in self.definition.named_columns() for name in present.find(wanted)
        }
        taken -= {n for wanted in self.definition.ignored for n in present.find(wanted)}
        return [name for name in present.names if name not in taken]

    def missing(self, columns: Iterable[str]) -> list[str]:
        """The required columns that are absent."""
        present = Columns(columns)
        return [name for name in self.definition.required if not present.find(name)]

    def _plan(self, row: SourceRow) -> Plan:
        key = tuple(row.cells)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= MAX_PLANS:
                self._plans.clear()
            plan = self._plans[key] = Plan(self.definition, key, self.reader)
        return plan

    def identity(self, row: SourceRow) -> str:
        """The inventory number of a row, or "" when it has none."""
        return self._first_identity(row, self._plan(row))[0]

    def _first_identity(self, row: SourceRow, plan: Plan) -> tuple[str, str]:
        for column in plan.identity:
            text = next((t for t in self.reader.texts(row.cells[column]) if t), "")
            part = self.definition.identity_part
            if text and any(mark in text for mark in part):
                text = next(iter(split(text, part)), "")
            if text:
                return text, column
        return "", ""

    def _identity(self, row: SourceRow, plan: Plan, columns: dict[str, list[str]]) -> str:
        text, column = self._first_identity(row, plan)
        if text:
            columns["inventory_number"] = [column]
            return text
        wanted = ", ".join(self.definition.identity)
        raise CrosswalkError(
            Said("notice sans numéro d’inventaire", "record without an inventory number"),
            place=Place(row=row.number, line=row.line, column=plan.identity[0] if plan.identity
                        else self.definition.identity[0]),
            remedy=Said(f"renseigner l’une des colonnes {wanted}",
                        f"fill one of the columns {wanted}"),
        )  # fmt: skip

    def _museum(
        self, row: SourceRow, plan: Plan, given: str | None, columns: dict[str, list[str]]
    ) -> str:
        definition = self.definition
        for column in plan.museum:
            text = next((t for t in self.reader.texts(row.cells[column]) if t), "")
            text = definition.museum_map.get(text, text)
            if text and (text == given
                         or definition.museum_pattern is None
                         or definition.museum_pattern.fullmatch(text)):  # fmt: skip
                columns["museum"] = [column]
                return definition.museum_prefix + text
        if code := given or definition.museum_code:
            return code
        raise CrosswalkError(
            Said("code du musée inconnu", "no museum code"),
            place=Place(row=row.number, line=row.line),
            remedy=Said(
                "donner le code Muséofile de la source (--museum)",
                "give the Muséofile code of the source (--museum)",
            ),
        )

    def _kind(self, row: SourceRow, plan: Plan, columns: dict[str, list[str]]) -> str:
        consulted: list[str] = []
        for column, rule in plan.kinds:
            for text in self.reader.texts(row.cells[column]):
                if not text:
                    continue
                if column not in consulted:
                    consulted.append(column)
                    columns["kind"] = consulted
                key = (rule.pattern.pattern, text)
                kind = self._kinds.get(key, "")
                if kind == "":
                    kind = rule.kind if rule.pattern.search(fold(text)) else None
                    if len(self._kinds) < 100_000:
                        self._kinds[key] = kind
                if kind:
                    return kind
        return self.definition.kind_default


def _note_repeats(repeats: dict[str, list[str]], columns: dict[str, list[str]]) -> None:
    """A field was read in a column, so also in those that say the same again."""
    for twin, repeating in repeats.items():
        for used in columns.values():
            if twin in used:
                used += [repeated for repeated in repeating if repeated not in used]


@cache
def _loaded(path: Path, _mtime: float) -> Crosswalk:
    return Crosswalk(load_definition(path))


def load(name: str) -> Crosswalk:
    """A crosswalk of ours by its name, or one's own by its path (ending in ``.toml``).

    Raises CrosswalkError when it is unknown or wrong, naming the section.
    """
    path = find(name)
    return _loaded(path, path.stat().st_mtime if path.is_file() else 0.0)


def merge(first: InventoryRecord, other: InventoryRecord) -> InventoryRecord:
    """The first record with what the other adds: values of lists, and fields it lacked.

    ``source.rows`` keeps the row numbers of both. A single value that differs is kept from the
    first record.
    """
    into = cast(dict[str, Any], first)
    source = into["source"]
    source["rows"] = [*source.get("rows", [source["row"]]), other["source"]["row"]]
    for name, value in cast(dict[str, Any], other).items():
        if name not in ("source", "id", "museum", "inventory_number"):
            into[name] = _merged(into.get(name), value)
    return identify(first)


# What ``record.identify`` adds to nested items, and adds anew after a merge.
_ADDED = frozenset({"museum", "inventory_number", "n", "up", "source", "key"})


def _merged(present: Any, value: Any) -> Any:
    if present is None:
        return value
    if isinstance(present, list) and isinstance(value, list):
        known = [_bare(item) for item in present]
        return present + [item for item in value if _bare(item) not in known]
    if isinstance(present, dict) and isinstance(value, dict):
        return {k: _merged(present.get(k), value.get(k, present.get(k)))
                for k in (*present, *(k for k in value if k not in present))}  # fmt: skip
    return present


def _bare(item: Any) -> Any:
    if isinstance(item, dict):
        return {key: value for key, value in item.items() if key not in _ADDED}
    return item
