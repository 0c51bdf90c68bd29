"""JSON lines, and JSON documents that hold a list of records, read piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from museosciences.errors import Said, told
from museosciences.read.flatten import flatten
from museosciences.read.lines import lines
from museosciences.read.rows import RefusedRow, SourceRow, refused

# One record; the longest real one has 60,000 characters.
MAX_RECORD = 4_000_000
PIECE = 1 << 16
# Numbers are kept as written: 001.10 and 1e3 are the museum's words.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, strict=False)
_BLANK = " \t\r\n\ufeff"
_REMEDY = Said("vérifier le fichier à cet endroit", "check the file there")


_OTHER = Said("autre valeur", "another value")
# What the decoder says, in French.
_FRENCH = {
    "Expecting value": "une valeur est attendue",
    "Expecting ',' delimiter": "il manque une virgule",
    "Expecting ':' delimiter": "il manque un deux-points",
    "Expecting property name enclosed in double quotes": "un nom entre guillemets est attendu",
    "Extra data": "du texte suit l’objet",
    "Unterminated string starting at": "un guillemet n’est pas refermé",
}


class Broken(Exception):
    """The text stops being JSON here."""


def _trouble(error: Exception) -> Said:
    """Why a text is not JSON, in both languages."""
    if isinstance(error, json.JSONDecodeError):
        fr = _FRENCH.get(error.msg, "signe inattendu")
        return Said(f"{fr}, signe n° {error.pos + 1}", f"{error.msg}, character {error.pos + 1}")
    if isinstance(error, RecursionError):
        return Said("trop d’objets emboîtés", "objects nested too deeply")
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Said) else Said(_FRENCH.get(said, "signe inattendu"), str(said))


class JsonLines:
    """One JSON object per line."""

    def __init__(self, stream: TextIO, file: str):
        self._stream = stream
        self._file = file

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        number = 0
        for line in lines(self._stream, limit=MAX_RECORD):
            text = line.text.strip(_BLANK)
            if not text:
                continue
            number += 1
            problem = Said("ligne trop longue", "line too long") if line.too_long else None
            try:
                value = None if problem else _DECODER.decode(text)
            except (ValueError, RecursionError) as error:
                problem = _trouble(error)
            if isinstance(value, dict) and not problem:
                yield SourceRow(number, line.number, flatten(value))
                continue
            yield refused(
                self._file, number, line.number,
                f"pas un objet JSON ({told(problem or _OTHER, 'fr')})",
                f"not a JSON object ({told(problem or _OTHER, 'en')})", raw=text, remedy=_REMEDY,
            )  # fmt: skip
            value = None


class JsonDocument:
    """The objects of the first list of objects of a JSON document, whatever its size.

    The list is the document itself, or the first list of objects that is a member of it
    (``results``, ``records``, …). A document that is one record is one row.
    """

    def __init__(self, stream: TextIO, file: str):
        self._file = file
        self._text = _Scanner(stream)

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        number = 0
        try:
            for value, line in self._values():
                number += 1
                if isinstance(value, dict):
                    yield SourceRow(number, line, flatten(value))
                else:
                    yield refused(self._file, number, line, "pas un objet", "not an object",
                                  raw=str(value), remedy=_REMEDY)  # fmt: skip
        except (Broken, RecursionError) as error:
            yield refused(
                self._file, number + 1, self._text.line,
                f"JSON interrompu ou endommagé ({_trouble(error).fr})",
                f"JSON cut or damaged ({_trouble(error)})",
                raw=self._text.rest(), remedy=_REMEDY,
            )  # fmt: skip

    def _values(self) -> Iterator[tuple[Any, int]]:
        scan = self._text
        opening = scan.peek()
        if opening == "[":
            yield from self._items()
            return
        if opening != "{":
            raise Broken(f"« {opening} »")
        line = scan.line
        scan.skip(1)
        single: dict[str, Any] = {}
        while scan.peek() != "}":
            key = scan.value()
            scan.expect(":")
            listed = scan.peek() == "[" and scan.after_bracket() == "{"
            if listed and key != "children" and not _looks_like_record(single):
                yield from self._items()
                return
            single[str(key)] = scan.value()
            if scan.peek() == ",":
                scan.skip(1)
        yield single, line

    def _items(self) -> Iterator[tuple[Any, int]]:
        scan = self._text
        scan.expect("[")
        while scan.peek() != "]":
            line = scan.line
            yield scan.value(), line
            if scan.peek() == ",":
                scan.skip(1)
            elif scan.peek() != "]":
                raise Broken(f"« {scan.peek()} »")


def _looks_like_record(members: dict[str, Any]) -> bool:
    """Envelopes open with counts and links; records with many texts."""
    return len(members) > 6


class _Scanner:
    """A text read piece by piece, decoded value by value."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self._buffer = ""
        self._at = 0
        self.line = 1

    def _more(self) -> bool:
        piece = self._stream.read(PIECE)
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0
        return bool(piece)

    def peek(self) -> str:
        """The next character that is not blank. Raises Broken at the end."""
        while True:
            while self._at < len(self._buffer):
                char = self._buffer[self._at]
                if char not in _BLANK:
                    return char
                self.line += char == "\n"
                self._at += 1
            if not self._more():
                raise Broken(Said("fin du fichier", "end of file"))

    def after_bracket(self) -> str:
        """The first character inside the list that opens here."""
        offset = 1
        while True:
            rest = self._buffer[self._at + offset :].lstrip(_BLANK)
            if rest:
                return rest[0]
            if len(self._buffer) - self._at > PIECE or not self._more():
                return ""

    def skip(self, count: int) -> None:
        """Go over characters already peeked."""
        self._at += count

    def expect(self, char: str) -> None:
        """Go over one character. Raises Broken when it is another."""
        if self.peek() != char:
            raise Broken(f"« {self.peek()} » au lieu de « {char} »")
        self._at += 1

    def value(self) -> Any:
        """The value that begins here, whole. Raises Broken."""
        self.peek()
        wanted = PIECE
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                value, end, problem = None, -1, error.msg
                cut = error.msg.startswith("Unterminated") or error.pos > len(self._buffer) - 16
                if not cut:
                    raise Broken(problem) from None
            # A number at the end of the buffer may go on in the next piece.
            if end >= 0 and (end < len(self._buffer) or not self._more()):
                self.line += self._buffer.count("\n", self._at, end)
                self._at = end
                return value
            if end >= 0:
                continue
            held = len(self._buffer) - self._at
            if held > MAX_RECORD:
                raise Broken(Said("valeur trop longue", "value too long"))
            # Doubling what is held keeps the number of attempts small.
            while len(self._buffer) - self._at < wanted and self._more():
                pass
            wanted *= 2
            if len(self._buffer) - self._at == held:
                raise Broken(problem)

    def rest(self) -> str:
        """The beginning of what is left."""
        return self._buffer[self._at : self._at + 2_000]
