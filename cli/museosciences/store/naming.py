"""The names of graphs in a remote store, where several builds stand side by side.

A build writes ``{base}graph/source/x`` as ``{base}build/{name}/graph/source/x``, so that the old
build is whole until the new one is. Whoever asks never sees this: names are exchanged in data, in
queries and in answers, one for one. Beside its graphs a build has one that holds all their
triples, ``{base}build/{name}/union``: an engine that is asked over one graph is fast and counts
no triple twice, whatever it does with a list of graphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from museosciences import sparql
from museosciences.store.protocol import Term

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Naming:
    """The names of the graphs of one build of one base IRI."""

    def __init__(self, base: str, build: str) -> None:
        self.base = base
        self.root = f"{base}build/{build}/"
        self.union = f"{self.root}union"
        self._plain = f"{base}graph/"
        self._staged = f"{self.root}graph/"
        plain = re.escape(f"<{self._plain}".encode())
        # A subject, or the object of a triple: never the text of a literal.
        self._terms = re.compile(
            rb"^" + plain + rb"|(?<=> )" + plain + rb"(?=[^<>]*> \.$)", re.MULTILINE
        )
        self._mark = f"<{self._plain}".encode()
        self._written = f"<{self._staged}".encode()

    def staged(self, graph: str) -> str:
        """The name of a graph in the store."""
        return self._exchanged(graph, self._plain, self._staged)

    def plain(self, graph: str) -> str:
        """The name of a graph to who asks."""
        return self._exchanged(graph, self._staged, self._plain)

    def triples(self, ntriples: bytes) -> bytes:
        """N-Triples that speak of graphs (provenance), as they stand in the store."""
        if self._mark not in ntriples:
            return ntriples
        return self._terms.sub(self._written, ntriples)

    def query(self, text: str) -> str:
        """A query with the names of graphs as they are in the store, and its base IRI."""
        return f"BASE <{self.base}>\n" + "".join(map(self._token, sparql.tokens(text)))

    def term(self, term: Term | None) -> Term | None:
        """A term of an answer, with the name of a graph as who asks knows it."""
        if isinstance(term, ox.NamedNode) and term.value.startswith(self._staged):
            return ox.NamedNode(self.plain(term.value))
        if isinstance(term, ox.Literal) and term.value.startswith(self._staged):
            return ox.Literal(self.plain(term.value), datatype=term.datatype)
        return term

    def _token(self, token: sparql.Token) -> str:
        text = token.text
        if token.kind == "iri":
            name = text[1:-1]
            if not _SCHEME.match(name) and name.startswith("graph/"):
                name = self.base + name
            return f"<{self.staged(name)}>"
        if token.kind == "string" and text[1:].startswith(self._plain):
            return text[0] + self.staged(text[1:])
        return text

    @staticmethod
    def _exchanged(name: str, old: str, new: str) -> str:
        return new + name[len(old) :] if name.startswith(old) else name


def by_graph(nquads: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """N-Quads in chunks of whole lines -> (graph, N-Triples), in order."""
    for chunk in nquads:
        if not chunk.strip():
            continue
        end = chunk[chunk.rindex(b" <", 0, chunk.index(b"\n")) : chunk.index(b"\n") + 1]
        if chunk.count(end) == chunk.count(b"\n"):
            # One graph, as in nearly all chunks: no need to look at each line.
            yield _name(end), chunk.replace(end, b" .\n")
            continue
        lines: dict[bytes, list[bytes]] = {}
        for line in chunk.splitlines(True):
            triple, _, graph = line.rpartition(b" <")
            if graph:
                lines.setdefault(graph, []).append(triple)
        for graph, triples in lines.items():
            yield _name(graph), b" .\n".join(triples) + b" .\n"


def _name(end: bytes) -> str:
    return end.strip(b" <>.\n").decode()
