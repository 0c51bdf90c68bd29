"""What every graph store can do, whatever engine stands behind it.

RDF terms are those of pyoxigraph in all stores: immutable, hashable, and comparable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Answer:
    """The solutions of a SELECT: ``columns`` in the order asked, ``rows`` of terms or None."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Term | None, ...]]


class GraphStore(Protocol):
    """A set of named graphs that can be loaded and asked.

    Queries see the union of all named graphs. Relative IRIs in a query are resolved against the
    base IRI of the store. ``bindings`` are RDF terms for variables, never text.
    """

    base: str

    def load(self, nquads: Iterable[bytes]) -> None:
        """Add N-Quads, given in chunks that end at a line end. Raises StoreError."""

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """Answer a SELECT. Raises QueryError when it is not one, StoreError when it fails."""

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Answer an ASK."""

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE; those of one blank node come together."""

    def graphs(self) -> dict[str, int]:
        """The named graphs and how many triples each holds."""

    def publish(self) -> None:
        """Tell whoever asks the engine itself that this build is now the current one."""

    def close(self) -> None:
        """Release the store."""


def term_text(term: Term | None) -> str:
    """The text of a term for people and tables: the IRI or the lexical form.

    >>> term_text(ox.Literal("nautile")), term_text(ox.NamedNode("https://e/a")), term_text(None)
    ('nautile', 'https://e/a', '')
    """
    if term is None:
        return ""
    if isinstance(term, ox.Triple):
        return str(term)
    return term.value
