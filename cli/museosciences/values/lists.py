"""Lists in one cell: separators differ by museum, and nest in parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_BRACKETS = re.compile(r"[()\[\]]")
_CLOSER = {"(": ")", "[": "]"}


def matched(text: str) -> dict[int, int]:
    """The positions of matched opening brackets, each with that of its closing one.

    A bracket without partner is an ordinary character: one slip must not swallow a cell.

    >>> matched("a (b) c (d")
    {2: 4}
    """
    pairs: dict[int, int] = {}
    if "(" not in text and "[" not in text:
        return pairs
    open_: list[tuple[int, str]] = []
    for bracket in _BRACKETS.finditer(text):
        position, character = bracket.start(), bracket.group()
        if character in _CLOSER:
            open_.append((position, _CLOSER[character]))
        else:
            for depth in range(len(open_) - 1, -1, -1):
                if open_[depth][1] == character:
                    pairs[open_[depth][0]] = position
                    del open_[depth:]
                    break
    return pairs


def cut(text: str, separators: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each piece between separators that stand outside matched brackets.

    Software that sorted a ``|`` list cut "brass (copper, zinc alloy)" in two and put other items
    between: brackets that hold more than one ``|`` were not opened by the one who closed them.
    """
    if not any(separator in text for separator in separators):
        yield 0, len(text)
        return
    pairs = matched(text)
    if "|" in separators:
        pairs = {o: c for o, c in pairs.items() if text.count("|", o, c) <= 1}
    firsts = {separator[0] for separator in separators}
    begin = position = 0
    while position < len(text):
        if position in pairs:
            position = pairs[position] + 1
            continue
        if text[position] in firsts:
            found = next((s for s in separators if text.startswith(s, position)), None)
            if found is not None:
                yield begin, position
                begin = position = position + len(found)
                continue
        position += 1
    yield begin, len(text)


def split(text: str, separators: str | Sequence[str] = ";") -> list[str]:
    """The items of a list, verbatim, trimmed; empty ones are left out.

    ``separators`` is a string of one-character separators (spaces around them are trimmed
    anyway), or a sequence of longer ones, tried in order. Those inside ( ) or [ ] do not split.

    >>> split("papier vélin, rehaut (gouache, blanche), carton", ",")
    ['papier vélin', 'rehaut (gouache, blanche)', 'carton']
    >>> split("brass | brass (copper | zinc alloy)", "|")
    ['brass', 'brass (copper | zinc alloy)']
    >>> split("brass (copper | ivory | zinc alloy)", "|")
    ['brass (copper', 'ivory', 'zinc alloy)']
    >>> split("a et b", [" et "])
    ['a', 'b']
    """
    return list(_split(text, separators if isinstance(separators, str) else tuple(separators)))


@lru_cache(maxsize=256)
def _wanted(separators: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(separators, str):
        wanted = tuple(dict.fromkeys(c for c in separators if not c.isspace()))
        return wanted or tuple(dict.fromkeys(separators))
    return tuple(s for s in separators if s)


@lru_cache(maxsize=1 << 16)
def _split(text: str, separators: str | tuple[str, ...]) -> tuple[str, ...]:
    separators = _wanted(separators)
    if not separators:
        return (text.strip(),) if text.strip() else ()
    pieces = (text[begin:end].strip() for begin, end in cut(text, separators))
    return tuple(piece for piece in pieces if piece)
