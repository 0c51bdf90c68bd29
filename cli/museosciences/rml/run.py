"""``museo map``: a mapping and its files in, triples out, and the account of what happened."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from museosciences.errors import MappingError
from museosciences.iris import DEFAULT_BASE
from museosciences.rml import targets
from museosciences.rml.engine import CompiledMapping, Problem, Problems, compile_mapping
from museosciences.rml.sources import Access

#: Characters handed to ``write`` at once.
CHUNK = 1 << 20


@dataclass(frozen=True)
class MapReport:
    """What a run did: iterations by source, triples by output, and what was refused.

    ``triples`` counts lines as written; equal triples of different rows count each time.
    ``outputs`` names the files, with their triples.
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
    text goes to ``write``, once the run has succeeded.
    strict: a value that cannot become its term ends the run with an error, once the whole input
    has been read, and no output is kept; otherwise it is left out and reported.
    target_folder: where logical targets are written; the folder of ``out``, else the current one.

    Raises MappingError, UnreadableFile, UsageError.
    """
    kind = targets.serialization(format)
    compiled = compile_mapping(Path(mapping), base=base)
    access = Access.of(Path(mapping).parent, tuple(allow), working)
    if out is not None:
        return _run(compiled, access, out, kind, strict, target_folder or out.parent)
    with tempfile.TemporaryDirectory(prefix="museo-map-") as folder:
        spool = Path(folder) / "out"
        report = _run(compiled, access, spool, kind, strict, target_folder or Path.cwd())
        report.outputs.pop(str(spool))
        if write is not None:
            with spool.open(encoding="utf-8", newline="") as stream:
                while chunk := stream.read(CHUNK):
                    write(chunk)
    return report


def _run(
    compiled: CompiledMapping,
    access: Access,
    out: Path,
    kind: str,
    strict: bool,
    folder: Path,
) -> MapReport:
    """Map into files that appear together at the end, or not at all."""
    problems = Problems()
    opened: list[targets.Output] = []
    rows: dict[str, int] = {}
    try:
        opened.append(targets.Output(out, kind))
        for target in compiled.program.targets.values():
            opened.append(targets.of_target(target, folder))
        for read, count in compiled.run(access, problems, [output.write for output in opened]):
            key = f"{read.source.file.path} {read.source.iterator or ''}".strip()
            rows[key] = rows.get(key, 0) + count
        if strict and problems.count:
            raise _refusal(problems, compiled.mapping.file)
        for output in opened:
            output.finish()
    except BaseException:
        for output in opened:
            output.discard()
        raise
    for output in opened:
        output.publish()
    written = {str(output.path): output.triples for output in opened}
    return MapReport(rows, sum(written.values()), written, problems.count, tuple(problems.first))


def _refusal(problems: Problems, mapping: str | None) -> MappingError:
    first = problems.first[0]
    others = f" (and {problems.count - 1} more)" if problems.count > 1 else ""
    return MappingError(
        f"{first.cause}{others}; mapping {mapping}",
        place=first.place,
        remedy="correct the value, or leave such values out and have them reported (--lenient)",
    )
