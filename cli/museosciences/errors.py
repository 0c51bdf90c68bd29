"""The exception tree: every error says where it happened, why, and what to try next.

::

    MuseoError
    ├── UsageError          the command was misused                       exit 2
    ├── InputError          a file of a museum cannot be used             exit 3
    │   ├── UnreadableFile      missing, truncated, too large, not text
    │   ├── UnknownFormat       no reader recognises it
    │   └── CrosswalkError      a crosswalk is wrong or does not fit the file
    ├── KnowledgeError      a file of this project (or the user's own) is wrong   exit 3
    │   ├── MappingError        an RML mapping: file, triples map, term map
    │   ├── ShapesError         a SHACL shapes file
    │   ├── QueryError          a query file, its header or its parameters
    │   └── VocabularyError     a SKOS scheme, an alignment, an authority, a theme
    └── StoreError          the workspace or the graph store              exit 4
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: as much of file, row, column and value as is known.

    ``row`` counts records from 1 as the museum would number them; ``line`` is the physical
    line of the file where the record begins; ``part`` names the triples map, term map, shape
    or section of a knowledge file.
    """

    file: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None
    part: str | None = None

    def __str__(self) -> str:
        value = self.value if self.value is None or len(self.value) <= 80 else self.value[:79] + "…"
        pieces = [
            self.file,
            None if self.row is None else f"row {self.row}",
            None if self.line is None else f"line {self.line}",
            None if self.column is None else f"column {self.column!r}",
            None if value is None else f"value {value!r}",
            self.part,
        ]
        return ", ".join(piece for piece in pieces if piece)


class MuseoError(Exception):
    """Base of all errors of this package.

    ``code`` is a stable kebab-case word for machines, ``cause`` a sentence for people,
    ``remedy`` what to try next.
    """

    exit_code = 3
    code = "error"

    def __init__(
        self, cause: str, *, place: Place | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place is not None and str(self.place) else ""
        remedy = f" → {self.remedy}" if self.remedy else ""
        return f"{where}{self.cause}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.cause, self.place, self.remedy))


def _rebuild(
    kind: type[MuseoError], cause: str, place: Place | None, remedy: str | None
) -> MuseoError:
    """Unpickle an error that crossed a process boundary."""
    return kind(cause, place=place, remedy=remedy)


class UsageError(MuseoError):
    """The command was misused."""

    exit_code = 2
    code = "usage"


class InputError(MuseoError):
    """A file of a museum cannot be used."""

    code = "input"


class UnreadableFile(InputError):
    """The file is missing, truncated, too large, or not what it claims to be."""

    code = "unreadable-file"


class UnknownFormat(InputError):
    """No reader recognises the file."""

    code = "unknown-format"


class CrosswalkError(InputError):
    """A crosswalk is wrong, or does not fit the file it is used on."""

    code = "crosswalk"


class KnowledgeError(MuseoError):
    """A knowledge file (ours or the user's own) is wrong."""

    code = "knowledge"


class MappingError(KnowledgeError):
    """An RML mapping is wrong; the place names the triples map and the term map."""

    code = "mapping"


class ShapesError(KnowledgeError):
    """A SHACL shapes file is wrong."""

    code = "shapes"


class QueryError(KnowledgeError):
    """A query file, its header or the parameters given for it are wrong."""

    code = "query"


class VocabularyError(KnowledgeError):
    """A SKOS scheme, an alignment, an external authority or a theme file is wrong."""

    code = "vocabulary"


class StoreError(MuseoError):
    """The workspace or the graph store cannot do what was asked."""

    exit_code = 4
    code = "store"
