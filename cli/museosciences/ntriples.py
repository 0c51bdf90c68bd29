"""N-Triples and N-Quads lines for the graphs that are not mapped by RML.

RDF 1.1 N-Quads, section 2. Texts are escaped, IRIs are trusted: they come from ``iris``.
"""

from __future__ import annotations

from collections.abc import Iterable

from museosciences.iris import XSD

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def iri(value: str) -> str:
    """An IRI between its brackets."""
    return f"<{value}>"


def literal(value: str | float | int | bool, lang: str | None = None) -> str:
    """A literal: numbers get their XSD datatype (a float becomes a decimal of 4 digits).

    >>> literal("l’œuf\\n"), literal(3), literal(0.5), literal("egg", "en")
    ('"l’œuf\\\\n"', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>', \
'"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"egg"@en')
    """
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{XSD}integer>'
    if isinstance(value, float):
        return f'"{round(value, 4)!r}"^^<{XSD}decimal>'
    text = f'"{value.translate(_ESCAPES)}"'
    return f"{text}@{lang}" if lang else text


class Graph:
    """Collects the N-Quads of one named graph."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lines: list[str] = []

    def add(self, subject: str, predicate: str, value: str) -> None:
        """One triple; ``subject`` and ``predicate`` are IRIs, ``value`` is N-Triples text."""
        self._lines.append(f"<{subject}> <{predicate}> {value} <{self.name}> .\n")

    def extend(self, lines: Iterable[str]) -> None:
        """Triples already written as ``subject predicate object``, without the final dot."""
        self._lines.extend(f"{line} <{self.name}> .\n" for line in lines)

    def __len__(self) -> int:
        return len(self._lines)

    def nquads(self) -> bytes:
        """All of it, as N-Quads."""
        return "".join(self._lines).encode()
