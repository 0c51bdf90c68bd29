"""Mapping -> Python source: one function for each pass over a source, readable when printed.

A pass reads one file once and serves all triples maps with the same logical source; the
iterators of one JSON file are nested loops of one pass. Joins are hash indexes: the pass over
the parent fills them before the pass over the child asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from museosciences.errors import MappingError, Place
from museosciences.rml import jsonpath
from museosciences.rml.code import (
    INDENT,
    Block,
    Printer,
    Source,
    Statement,
)
from museosciences.rml.expressions import Names, Reader, Terms
from museosciences.rml.model import (
    Call,
    Formulation,
    LogicalSource,
    Mapping,
    ReferencingObjectMap,
    Target,
    TermMap,
    TriplesMap,
)
from museosciences.rml.readers import CsvReader, JsonReader, XmlReader
from museosciences.rml.statements import DEFAULT_OUTPUT, Statements, join_key
from museosciences.rml.xpath import texts_of

#: The index that a pass fills: its name, and the parent sides of the join.
Index = tuple[str, tuple[TermMap, ...]]


@dataclass
class Pass:
    """One reading of one logical source, by one compiled function."""

    name: str
    source: LogicalSource
    kind: Literal["index", "write"]
    triples_maps: list[TriplesMap]
    columns: list[str] = field(default_factory=list)  # CSV: those the code uses
    wanted: set[str] = field(default_factory=set)  # XML: the tags of children it uses
    outputs: int = 0  # how many outputs the function takes
    code: str = ""
    plain_code: str = ""  # the same for rows in which nothing needs escaping (CSV)
    octets: bool = False  # plain_code takes UTF-8 octets as characters

    @property
    def plain_name(self) -> str:
        """The name of the function of ``plain_code``."""
        return f"{self.name}_plain"


@dataclass
class Program:
    """The compiled mapping: its passes in order, their source and its namespace."""

    passes: list[Pass]
    names: Names
    targets: dict[str, Target]  # name of the output -> target
    source: str = ""
    plain_source: str = ""


def compile_mapping(mapping: Mapping) -> Program:
    """Compile all triples maps. Raises MappingError."""
    return _Compiler(mapping).program()


class _Compiler:
    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.names = Names()
        self.targets: dict[str, Target] = {}
        self.indexes: dict[tuple[str, tuple[TermMap, ...]], str] = {}

    def program(self) -> Program:
        writing = self._passes()
        for read in writing:
            read.code = self._function(read)
            if read.source.formulation is Formulation.CSV:
                read.octets = _takes_octets(read)
                read.plain_code = self._function(read, plain=True)
        # The indexes are known once the children are compiled; they are filled first.
        indexing = [self._index_pass(key, name) for key, name in self.indexes.items()]
        passes = [*indexing, *writing]
        source = "\n\n".join(read.code for read in passes)
        plain = "\n\n".join(read.plain_code for read in passes)
        return Program(passes, self.names, self.targets, source, plain)

    def _passes(self) -> list[Pass]:
        groups: dict[LogicalSource, list[TriplesMap]] = {}
        for triples_map in self.mapping.triples_maps.values():
            groups.setdefault(triples_map.source.pass_key, []).append(triples_map)
        return [
            Pass(f"source_{number}", source, "write", maps)
            for number, (source, maps) in enumerate(groups.items(), start=1)
        ]

    def _index_pass(self, key: tuple[str, tuple[TermMap, ...]], name: str) -> Pass:
        parent = self.mapping.triples_maps[key[0]]
        read = Pass(f"fill_{name}", parent.source.pass_key, "index", [parent])
        read.code = self._function(read, (name, key[1]))
        return read

    # ---- functions ----------------------------------------------------------------------

    def _function(self, read: Pass, index: Index | None = None, *, plain: bool = False) -> str:
        file = read.source.file.path
        body: list[str]
        if read.source.formulation is Formulation.JSONPATH:
            header, body = self._json_body(read, index)
        else:
            blocks = [
                self._lines(read, map_, "item", 2, index, plain=plain) for map_ in read.triples_maps
            ]
            body = [line for block in blocks for line in block]
            header = "for n, item in items:"
            if read.source.formulation is Formulation.CSV:
                header = self._csv_header(read)
            elif read.wanted:
                body.insert(0, f"{INDENT * 2}item_get = {self._texts(read)}(item).get")
        if all(line.lstrip().startswith("#") for line in body):
            body.append(f"{INDENT * 2}pass")  # triples maps that say nothing
        outputs = [] if index is not None else [DEFAULT_OUTPUT, *self.targets]
        read.outputs = len(outputs)
        parameters = ", ".join(["items", *outputs])
        name = read.plain_name if plain else read.name
        return "\n".join(
            [
                f"def {name}({parameters}):",
                f"{INDENT}# {file!a}",
                f"{INDENT}extra = 0",
                f"{INDENT}{header}",
                *body,
                f"{INDENT}return extra",
                "",
            ]
        )

    def _texts(self, read: Pass) -> str:
        key = (read.name, read.source.nulls)
        return self.names.add("texts", key, lambda: texts_of(read.wanted, read.source.nulls))

    def _csv_header(self, read: Pass) -> str:
        names = [f"c{number}" for number in range(len(read.columns))]
        tuple_ = f"({', '.join(names)}{',' if len(names) == 1 else ''})" if names else "_"
        return f"for n, {tuple_} in items:"

    def _json_body(self, read: Pass, index: Index | None) -> tuple[str, list[str]]:
        groups: dict[str, list[TriplesMap]] = {}
        for triples_map in read.triples_maps:
            groups.setdefault(triples_map.source.iterator or "$", []).append(triples_map)
        body: list[str] = []
        for number, (iterator, maps) in enumerate(groups.items(), start=1):
            depth, item, opening = self._loops(iterator, number)
            body += [f"{INDENT * 2}# {iterator!a}", *opening]
            body.append(
                f"{INDENT * depth}{item}_get = {item}.get if type({item}) is dict else nothing"
            )
            for map_ in maps:
                body += self._lines(read, map_, item, depth, index)
        return "for n, document in items:", body

    def _loops(self, iterator: str, number: int) -> tuple[int, str, list[str]]:
        """Nested loops for an iterator: their depth, the variable inside, the lines."""
        steps = jsonpath.steps(iterator)
        item, depth, lines = "document", 2, []
        if steps is None:
            select = self.names.add("select", iterator, lambda: jsonpath.query(iterator))
            return 3, f"d{number}", [f"{INDENT * 2}for d{number} in {select}(document):"]
        waiting: list[str] = []
        for place, step in enumerate(steps, start=1):
            name = f"d{number}_{place}"
            last = place == len(steps)
            if isinstance(step, jsonpath.Wildcard):
                lines.append(f"{INDENT * depth}for {name} in members({item}):")
                depth += 1
            else:
                kind = "dict" if isinstance(step, str) else "list"
                get = f"{item}.get({step!r})" if kind == "dict" else f"at({item}, {step})"
                lines.append(f"{INDENT * depth}{name} = {get} if type({item}) is {kind} else None")
                if last:
                    lines.append(f"{INDENT * depth}for {name} in one({name}):")
                    depth += 1
            item = name
        return depth, item, waiting + lines

    # ---- triples maps -------------------------------------------------------------------

    def _lines(
        self,
        read: Pass,
        triples_map: TriplesMap,
        item: str,
        depth: int,
        index: Index | None,
        *,
        plain: bool = False,
    ) -> list[str]:
        terms = Terms(self._reader(read, item), self.names, self.mapping.file)
        root = Block()
        if index is None:
            statements = Statements(self, terms, triples_map).all()
        else:
            statements = [self._filling(terms, triples_map, *index)]
        for statement in statements:
            root.add(statement)
        return [
            f"{INDENT * depth}# {triples_map.part!a}",
            *Printer(root, plain=plain, octets=plain and read.octets).lines(depth),
        ]

    def _reader(self, read: Pass, item: str) -> Reader:
        if read.source.formulation is Formulation.CSV:
            return CsvReader(read.source, read.columns, self.names)
        if read.source.formulation is Formulation.JSONPATH:
            return JsonReader(item, read.source.nulls, self.names)
        return XmlReader(item, read.source, self.names, read.wanted)

    def _filling(
        self, terms: Terms, parent: TriplesMap, name: str, sides: tuple[TermMap, ...]
    ) -> Statement:
        """Put the subject of the parent into the index, under the joined values."""
        guards = terms.conditions(parent.subject.conditions)
        subject = terms.var("subject", "s", "plain", Source(terms.term(parent.subject), True))
        key = join_key(terms, sides)
        code = (f"{name}.setdefault(", *key, ", {})[", subject, "] = None")
        return Statement("", (), guards, code)

    def index(self, parent: str, sides: tuple[TermMap, ...]) -> str:
        """The name of the index of a parent under these sides of the join."""
        key = (parent, sides)
        if key not in self.indexes:
            name = self.names.add("index", key, dict)
            self.indexes[key] = name
        return self.indexes[key]

    def output(self, target: Target) -> str:
        """The name of the function that writes to a target."""
        for name, known in self.targets.items():
            if known == target:
                return name
        name = f"emit_{len(self.targets) + 1}"
        self.targets[name] = target
        return name


def _takes_octets(read: Pass) -> bool:
    """Whether a CSV pass may carry UTF-8 octets: no character of a cell matters to it."""
    source, dialect = read.source, read.source.dialect
    marks = [dialect.delimiter, dialect.quote or "", dialect.comment_prefix or "", *source.nulls]
    return (
        source.file.encoding in (None, "utf-8-sig")
        and not dialect.trim
        and all(mark.isascii() for mark in marks)
        and not any(_calls(value) for map_ in read.triples_maps for value in _expressions(map_))
    )


def _expressions(triples_map: TriplesMap) -> Iterator[TermMap | ReferencingObjectMap]:
    yield triples_map.subject
    yield from triples_map.graphs
    for pom in triples_map.predicate_objects:
        yield from (*pom.predicates, *pom.objects, *pom.graphs, *pom.conditions)


def _calls(value: TermMap | ReferencingObjectMap | None) -> bool:
    """True for functions and joins, which compare or change characters."""
    if value is None:
        return False
    if isinstance(value, ReferencingObjectMap) or value.conditions:
        return True
    inner = _calls(value.language) or _calls(value.datatype)
    return inner or isinstance(value.expression, Call)


def require_documents(mapping: Mapping, name: str) -> list[TriplesMap]:
    """The triples maps that read JSON documents called ``name``.

    Raises MappingError when there is none, or when one of them joins another iteration.
    """
    maps = [
        triples_map
        for triples_map in mapping.triples_maps.values()
        if triples_map.source.formulation is Formulation.JSONPATH
        and triples_map.source.file.path.rpartition("/")[2] == name
    ]
    if not maps:
        raise MappingError(f"no triples map reads {name}", place=Place(file=mapping.file))
    for triples_map in maps:
        for pom in triples_map.predicate_objects:
            for value in pom.objects:
                if isinstance(value, ReferencingObjectMap) and value.joins:
                    raise MappingError(
                        "a join is not possible on single documents",
                        place=Place(file=mapping.file, part=value.part),
                        remedy="write the object as a template",
                    )
    return maps
