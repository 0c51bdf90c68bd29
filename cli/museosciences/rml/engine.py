"""A compiled mapping: run on files, or on documents held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from museosciences.errors import MappingError, Place
from museosciences.iris import DEFAULT_BASE
from museosciences.rml import batches, octets, terms, values
from museosciences.rml import compile as compiler
from museosciences.rml.compile import Pass, Program
from museosciences.rml.expressions import HELPERS
from museosciences.rml.load import load
from museosciences.rml.model import Formulation, Mapping
from museosciences.rml.sources import Access

if TYPE_CHECKING:
    import rdflib

#: The name of the logical source that stands for inventory records held in memory.
RECORDS = "records.jsonl"
#: Problems kept with their place; the others are only counted.
MAX_PROBLEMS = 100
#: Lines gathered before they are handed to the output.
FLUSH = 2000
#: All of Python that the compiled source can name.
BUILTINS = {kind.__name__: kind for kind in (type, str, dict, list, next, iter)}
#: Why a value is refused when nothing more is known.
CANNOT = "the value cannot become this term"


class Write(Protocol):
    """Takes pieces of text that together are whole N-Quads lines, and empties the list.

    With ``octets`` the pieces hold UTF-8 octets as characters. ``lines`` is how many lines they
    are, where that is known.
    """

    def __call__(self, pieces: list[str], octets: bool, lines: int | None, /) -> object: ...


Emit = Callable[[str], object]


@dataclass(frozen=True)
class Problem:
    """A value that could not become a term, and where: nothing is dropped in silence."""

    place: Place
    cause: str

    def __str__(self) -> str:
        return f"{self.place}: {self.cause}"


@dataclass
class Problems:
    """The first problems with their place, and how many there were."""

    file: str | None = None
    count: int = 0
    first: list[Problem] = field(default_factory=list)

    def report(self, row: int, part: str, value: Any, cause: str = CANNOT, /) -> None:
        """Note one; what compiled code calls."""
        self.count += 1
        if len(self.first) < MAX_PROBLEMS:
            place = Place(file=self.file, row=row, value=str(value), part=part)
            self.first.append(Problem(place, cause))


class CompiledMapping:
    """A mapping as Python code. ``source`` is the code, readable."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.program = compiler.compile_mapping(mapping)
        self.problems = Problems()
        self.documents = 0
        self._document: Callable[..., None] | None = None
        self._for_documents: tuple[Program, Any] | None = None

    @cached_property
    def _code(self) -> Any:
        return compile_source(self.program.source)

    @cached_property
    def _plain(self) -> Any:
        return compile_source(self.program.plain_source)

    def again(self) -> CompiledMapping:
        """The same mapping, to be run on other documents: compiled already, nothing noted yet."""
        if self._for_documents is None:
            self._for_documents = self._compile_documents()
        other = copy(self)
        other.problems, other.documents, other._document = Problems(), 0, None
        return other

    @property
    def source(self) -> str:
        """The compiled Python, as ``museo map --explain`` prints it."""
        return self.program.source

    def document(self, doc: dict[str, Any], out: list[str]) -> None:
        """Append the N-Triples of one inventory record to ``out``.

        Runs the triples maps whose source is JSON named ``records.jsonl``. Each string appended
        holds one or more whole lines. What cannot become a term is noted in ``problems``, with
        the ordinal of the document as row.
        """
        run = self._document or self._prepare_document()
        self.documents += 1
        run(((self.documents, doc),), out.append)

    def _prepare_document(self) -> Callable[..., None]:
        program, code = self._for_documents or self._compile_documents()
        space = self._space(program, self.problems, frozenset(), lenient=True)
        exec(code, space)
        functions = [space[read.name] for read in program.passes]
        if len(functions) == 1:
            self._document = functions[0]
        else:

            def run(items: Iterable[Any], emit: Emit) -> None:
                for function in functions:
                    function(items, emit)

            self._document = run
        return self._document

    def _compile_documents(self) -> tuple[Program, Any]:
        """The part of the mapping that reads inventory records, and its byte code."""
        maps = compiler.require_documents(self.mapping, RECORDS)
        part = Mapping(self.mapping.file, {map_.node: map_ for map_ in maps})
        program = compiler.compile_mapping(part)
        return program, compile_source(program.source)

    def _space(
        self, program: Program, problems: Problems, nulls: frozenset[str], *, lenient: bool
    ) -> dict[str, Any]:
        """The namespace in which the compiled source runs: nothing else is reachable."""
        report = problems.report
        return {
            "__builtins__": BUILTINS,
            **HELPERS,
            "encode_iri": terms.cached(terms.encode_iri),
            "encode_uri": terms.cached(terms.encode_uri),
            **program.names.space,
            "report": report,
            "call": _caller(report),
            "fresh": (f"_:g{number}" for number in count(1)),
            "nothing": values.nothing,
            "members": values.members,
            "at": _at,
            "one": values.one_or_each if lenient else values.one,
            "scalar": values.scalar(nulls, report, lenient=lenient),
            "each": values.each(nulls, report),
        }  # fmt: skip

    def _plain_space(self, space: dict[str, Any], problems: Problems) -> dict[str, Any]:
        """The namespace of code that takes octets: what looks at characters decodes them."""
        return {
            **space,
            "encode_iri": terms.cached(octets.wrapped(terms.encode_iri)),
            "encode_uri": terms.cached(octets.wrapped(terms.encode_uri)),
            "blank_label": octets.wrapped(terms.blank_label),
            "report": octets.reporting(problems.report),
        }

    def run(
        self, access: Access, problems: Problems, outputs: list[Write]
    ) -> Iterator[tuple[Pass, int]]:
        """Run every pass; yields each pass with its number of iterations as it ends.

        ``outputs`` takes texts of whole N-Quads lines: the default output first, then one for
        each target of ``program.targets``. Raises MappingError, UnreadableFile.
        """
        for index in self.program.names.space.values():
            if type(index) is dict:
                index.clear()
        for read in self.program.passes:
            part = read.triples_maps[0].part
            path = access.resolve(read.source.file, part)
            problems.file = read.source.file.path
            space = self._space(self.program, problems, read.source.nulls, lenient=False)
            exec(self._code, space)
            plain_space = self._plain_space(space, problems) if read.octets else space
            exec(self._plain, plain_space)
            function = space[read.name]
            items = batches.batches(read, path, problems.report, part)
            if read.kind == "index":
                for batch in items:
                    function(batch.items)
                continue
            plain = plain_space.get(read.plain_name, function)
            yield read, _run_pass(read, function, plain, items, outputs[: read.outputs])


def _run_pass(
    read: Pass,
    function: Callable[..., int],
    plain: Callable[..., int],
    batches_: Iterator[batches.Batch],
    outputs: list[Write],
) -> int:
    """Map all batches; the number of iterations."""
    total = 0
    buffers: list[list[str]] = [[] for _ in outputs]
    # One JSON document may be a whole file: its lines are handed over as they come.
    flushing = read.source.formulation is Formulation.JSONPATH
    emits = [
        _flushing(buffer, write) if flushing and place == 0 else buffer.append
        for place, (buffer, write) in enumerate(zip(buffers, outputs, strict=True))
    ]
    for batch in batches_:
        items = batch.items
        if isinstance(items, list | tuple):
            total += len(items)
        else:
            items = counted = _Counted(items)
        extra = (plain if batch.plain else function)(items, *emits)
        if not isinstance(batch.items, list | tuple):
            total += counted.count
        for place, (buffer, write) in enumerate(zip(buffers, outputs, strict=True)):
            lines = len(buffer) + extra if place == 0 else None
            write(buffer, batch.plain and read.octets, lines)
            buffer.clear()
    return total


class _Counted:
    """Counts the items of a batch as they are taken."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = items
        self.count = 0

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self.count += 1
            yield item


def _flushing(buffer: list[str], write: Write) -> Emit:
    """Append to the buffer; hand it over when it is long."""
    append, clear = buffer.append, buffer.clear

    def emit(text: str) -> None:
        append(text)
        if len(buffer) >= FLUSH:
            write(buffer, False, len(buffer))
            clear()

    return emit


def _at(value: list[Any], index: int) -> Any:
    return value[index] if -len(value) <= index < len(value) else None


def _caller(report: values.Report) -> Callable[..., Iterable[Any]]:
    def call(function: Callable[..., Any], row: int, part: str, *arguments: Any) -> Iterable[Any]:
        try:
            return values.outputs(function(*arguments))
        except (ValueError, TypeError, ArithmeticError, LookupError) as error:
            value = arguments[0] if arguments else ""
            report(row, part, value, f"the function fails: {error}")
            return ()

    return call


def compile_source(source: str) -> Any:
    """Byte code of a compiled mapping."""
    return compile_python(source, "<rml mapping>", "exec")


compile_python = compile


def compile_mapping(
    source: Path | str | rdflib.Graph | bytes, *, base: str = DEFAULT_BASE
) -> CompiledMapping:
    """Compile a mapping: a Turtle file, Turtle as bytes, or an rdflib graph.

    ``base`` resolves relative IRIs of the data, where the mapping gives no rml:baseIRI.
    Raises MappingError with file, triples map, term map and cause.
    """
    mapping = load(source, base=base)
    if not mapping.triples_maps:
        raise MappingError("the mapping holds no triples map", place=Place(file=mapping.file))
    return CompiledMapping(mapping)
