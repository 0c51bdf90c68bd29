"""What every reader yields: a source row, or a row that could not be read, and why.

Rows read = source rows + refused rows: a row that cannot be read is an entry of the account,
never an exception that stops the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from museosciences.errors import InputError, MuseoError, Place, Said, UnreadableFile

Cell = str | list[str]

# How much of a refused row is kept for the account; the file itself keeps the rest.
RAW_KEPT = 2_000


@dataclass(slots=True)
class SourceRow:
    """One record as the museum wrote it.

    ``number`` counts the records of the file from 1; ``line`` is the physical line where the
    record begins (None where the format has no lines). ``cells`` maps each column to the text
    exactly as decoded; where the format repeats a value, to a list, and lists that belong
    together (the names and the roles of the same actors) have the same length, padded with "".
    ``notes`` says what was mended on the way ("3 empty cells added").
    """

    number: int
    line: int | None
    cells: dict[str, Cell]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class RefusedRow:
    """A row that could not be read: where, why, and the beginning of what was there.

    ``cells`` is the whole row where it was read but makes no record.
    """

    number: int
    line: int | None
    reason: MuseoError
    raw: str
    cells: dict[str, Cell] | None = None


def refused(
    file: str,
    number: int,
    line: int | None,
    fr: str,
    en: str,
    *,
    raw: str = "",
    remedy: str | None = None,
) -> RefusedRow:
    """A refused row with its place."""
    place = Place(file=file, row=number, line=line)
    reason = InputError(Said(fr, en), place=place, remedy=remedy)
    return RefusedRow(number, line, reason, raw[:RAW_KEPT])


def unreadable(file: str, fr: str, en: str, *, remedy: str | None = None) -> UnreadableFile:
    """The error of a whole file that cannot be read."""
    return UnreadableFile(Said(fr, en), place=Place(file=file), remedy=remedy)
