"""Asks the build: queries of the library over the graph, and SQL over the register."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from museosciences import headed, iris, query, sparql
from museosciences.errors import Said, StoreError
from museosciences.report.model import Cell, Cited, Head, Table, Value
from museosciences.report.wording import Wording
from museosciences.store import GraphStore, term_text

_COMMENT = re.compile(r"^ *#.*\n", re.MULTILINE)
# RFC 2606: names under which nothing will ever answer.
_RESERVED = re.compile(r"https?://[^/]*\.(?:example|test|invalid)(?:[:/]|$)")
NUMERIC = frozenset({"integer", "number", "score", "share", "change"})
# The share of a table's width that a column of each type takes.
WIDTHS = {
    "integer": 0.8, "number": 0.8, "score": 0.6, "share": 0.7, "change": 0.7, "year": 1.0,
    "record": 1.0, "museum": 3.2, "text": 2.0, "century": 1.5, "yes": 1.15, "status": 0.8,
    "state": 0.9, "severity": 0.9, "fate": 0.9, "sentence": 4.4, "number_text": 1.5,
    "short": 0.7, "link_type": 1.6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one question: rows of plain values, and the query to cite."""

    columns: tuple[headed.Column, ...]
    rows: list[dict[str, Any]]
    cited: Cited

    def total(self, column: str) -> int:
        """The sum of a column of numbers."""
        return sum(int(row[column] or 0) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the report is about: a store and its register, one museum or all, a language.

    ``before`` is the register of the previous build, where there is one.
    """

    store: GraphStore
    register: Path
    wording: Wording
    museum: str | None = None
    before: Path | None = None

    @property
    def museum_iri(self) -> str | None:
        """The IRI of the museum, or None for the region."""
        return f"{self.store.base}museum/{iris.encode(self.museum)}" if self.museum else None


class Asker:
    """Asks each question once, in the scope of one report."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._answers: dict[tuple[str, tuple[tuple[str, str], ...]], Result] = {}
        self._museums: dict[str, dict[str, Any]] | None = None

    def ask(self, name: str, *, region: bool = False, **given: str) -> Result:
        """Answer a question of the library, about the museum of the report if it takes one.

        ``region`` asks about all museums, also in the report of one.
        """
        asked = query.find(name)
        takes = {parameter.name for parameter in asked.params}
        if "museum" in takes and self.scope.museum and not region:
            given["museum"] = self.scope.museum
        if "lang" in takes:
            given["lang"] = self.scope.wording.lang
        key = (name, tuple(sorted(given.items())))
        if key not in self._answers:
            self._answers[key] = self._ask(asked, given)
        return self._answers[key]

    def _ask(self, asked: headed.Query, given: Mapping[str, str]) -> Result:
        bindings = asked.bindings(given, self.scope.store.base)
        answer = self.scope.store.select(asked.text, bindings)
        rows = [dict(zip(answer.columns, map(_value, row), strict=True)) for row in answer.rows]
        lang = self.scope.wording.lang
        # The header and the comments are for the library: what is cited is what was asked.
        text = sparql.bind(_COMMENT.sub("", asked.text), bindings)
        cited = Cited(asked.name, self.scope.wording.set(asked.title(lang)), text)
        return Result(asked.columns, rows, cited)

    def register(self, name: str, title: str, sql: str, values: Sequence[Any] = ()) -> Result:
        """Ask the register in SQL. ``name`` is that under which the query is cited.

        The register of the previous build is attached as ``before``.
        """
        try:
            db = sqlite3.connect(_read_only(self.scope.register), uri=True)
            try:
                if self.scope.before is not None:
                    db.execute("ATTACH ? AS before", (_read_only(self.scope.before),))
                db.row_factory = sqlite3.Row
                rows = [dict(row) for row in db.execute(sql, tuple(values))]
            finally:
                db.close()
        except sqlite3.Error as error:
            raise StoreError(
                Said(
                    f"le registre {self.scope.register} ne peut être interrogé : {error}",
                    f"the register {self.scope.register} cannot be asked: {error}",
                ),
                remedy=Said("lancer « museo build » de nouveau", "run `museo build` again"),
            ) from error
        return Result((), rows, Cited(name, title, sql, "SQL"))

    # What is printed

    def museum(self, address: str | None) -> dict[str, Any]:
        """A museum of the map by its IRI: name, town, latitude, longitude, code."""
        if self._museums is None:
            found = self.ask("museums-on-map").rows
            self._museums = {row["museum"]: row for row in found}
        address = address or ""
        code = address.rpartition("/")[2]
        return self._museums.get(address, {"museum": address, "name": code, "town": None})

    def short(self, address: str) -> str:
        """The name of a museum for a chart: its town, with its code when the town has several."""
        museum = self.museum(address)
        assert self._museums is not None
        town, code = museum.get("town"), address.rpartition("/")[2]
        if not town:
            return str(museum["name"])[:28]
        same = [m for m in self._museums.values() if m["town"] == town and m["records"]]
        return f"{town} ({code})" if len(same) > 1 else str(town)

    def cell(self, kind: str, value: Any) -> Cell:
        """A value of a column of a type, as it is printed."""
        wording = self.scope.wording
        if value is None or value == "":
            return Cell("")
        if kind in _NUMBERS:
            return Cell(_NUMBERS[kind](wording, value), value)
        if kind in ("year", "century"):
            return Cell(getattr(wording, kind)(int(value)), int(value))
        if kind == "museum":
            return Cell(wording.set(str(self.museum(value)["name"])), None, self._link(value))
        if kind == "record":
            return Cell(_tail(value), None, self._link(value))
        if kind == "term":
            return Cell(wording.term(str(value)))
        if kind == "sentence":
            return Cell(wording.set(str(value)))
        if kind in ("text", "concept"):
            return Cell(str(value))
        return Cell(wording.word(kind, str(value)))

    def _link(self, address: str) -> str | None:
        """An address that a reader can follow: none as long as the base IRI is an example's."""
        return None if _RESERVED.match(address) else address

    def table(
        self,
        result: Result,
        id: str,
        caption: str,
        columns: Sequence[tuple[str, str, str]] | None = None,
        *,
        shown: int = 15,
        note: str = "",
    ) -> Table:
        """A table of an answer. ``columns`` are (name, type, label); None takes the header's."""
        lang = self.scope.wording.lang
        chosen = columns or [(c.name, c.type, c.label[lang]) for c in result.columns]
        head = tuple(
            Head(label, kind in NUMERIC, WIDTHS.get(kind, 2.0)) for _, kind, label in chosen
        )
        rows = tuple(
            tuple(self.cell(kind, row.get(name)) for name, kind, _ in chosen) for row in result.rows
        )
        return Table(id, caption, head, rows, result.cited, shown, note)


_NUMBERS: dict[str, Any] = {
    "integer": lambda wording, value: wording.number(int(value)),
    "number": lambda wording, value: wording.number(float(value), 2),
    "score": lambda wording, value: wording.number(float(value), 2),
    "share": lambda wording, value: wording.share(float(value)),
    "change": lambda wording, value: wording.signed(int(value)),
}


def _tail(address: str) -> str:
    """The readable end of an IRI: an inventory number, an identifier."""
    return unquote(address.rpartition("/")[2])


def _read_only(register: Path) -> str:
    return f"{register.resolve().as_uri()}?mode=ro"


def _value(term: Any) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.removeprefix(iris.XSD)
        if kind == "integer":
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
    return term_text(term)
