"""``museo map``: a mapping and its files in, triples out, and the account of what happened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from museosciences.errors import MappingError
from museosciences.iris import DEFAULT_BASE
from museosciences.rml import octets, targets
from museosciences.rml.engine import Problem, Problems, compile_mapping
from museosciences.rml.sources import Access


@dataclass(frozen=True)
class MapReport:
    """What a run did: iterations by source, triples by output, and what was refused.

    ``triples`` counts lines as written; equal triples of different rows count each time.
    """

    rows: dict[str, int]
    triples: int
    outputs: dict[str, int] = field(default_factory=dict)
    problem_count: int = 0
    problems: tuple[Problem, ...] = ()


def map_files(
    mapping: Path,
    out: Path | None = None,
    format: str = "nquads",
    base: str = DEFAULT_BASE,
    allow: tuple[Path, ...] = (),
    *,
    strict: bool = True,
    write: Callable[[str], object] | None = None,
    working: Path | None = None,
    target_folder: Path | None = None,
) -> MapReport:
    """Run a mapping on its files.

    mapping: the Turtle file of the mapping; ``allow``: folders it may read besides its own.
    out: the file of the default output in ``format`` (nquads, ntriples, turtle); without it the
    N-Quads lines go to ``write``, as they come.
    strict: a value that cannot become its term ends the run with an error, once the whole input
    has been read, and no output is kept; otherwise it is left out and reported.
    target_folder: where logical targets are written; the folder of ``out``, else the current one.

    Raises MappingError, UnreadableFile, UsageError.
    """
    kind = targets.serialization(format)
    compiled = compile_mapping(Path(mapping), base=base)
    access = Access.of(Path(mapping).parent, tuple(allow), working)
    problems = Problems()
    folder = target_folder or (out.parent if out else Path.cwd())
    with ExitStack() as stack:
        opened: list[targets.Output] = []
        try:
            if out is not None:
                opened.append(targets.Output(out, kind))
            for target in compiled.program.targets.values():
                opened.append(targets.of_target(target, folder))
            counter = _Counter(write)
            first = opened[0].write if out is not None else counter.write
            others = opened[1:] if out is not None else opened
            rows: dict[str, int] = {}
            for read, count in compiled.run(access, problems, [first, *(o.write for o in others)]):
                key = f"{read.source.file.path} {read.source.iterator or ''}".strip()
                rows[key] = rows.get(key, 0) + count
            if strict and problems.count:
                raise _refusal(problems, str(mapping))
        except BaseException:
            for output in opened:
                output.discard()
            raise
        for output in opened:
            stack.callback(output.close)
    written = {str(output.path): output.triples for output in opened}
    triples = sum(written.values()) + counter.triples
    return MapReport(rows, triples, written, problems.count, tuple(problems.first))


class _Counter:
    """Counts the lines that go to the caller."""

    def __init__(self, write: Callable[[str], object] | None) -> None:
        self.triples = 0
        self._write = write

    def write(self, pieces: list[str], octets_: bool) -> None:
        text = "".join(pieces)
        if octets_:
            text = octets.to_text(text)
        self.triples += text.count("\n")
        if self._write is not None:
            self._write(text)


def _refusal(problems: Problems, mapping: str) -> MappingError:
    first = problems.first[0]
    others = f" (and {problems.count - 1} more)" if problems.count > 1 else ""
    return MappingError(
        f"{first.cause}{others}; mapping {mapping}",
        place=first.place,
        remedy="correct the value, or leave such values out and have them reported (--lenient)",
    )
