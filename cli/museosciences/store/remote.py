"""A build in a remote store: any server of SPARQL 1.1 Query, Update and Graph Store Protocol.

The build is written beside what the server holds, checked, and then named the current one; see
docs/decisions for what readers are promised. Its queries ask the graphs of this build and no
others: the dataset of every request is named (SPARQL 1.1 Protocol, section 2.1.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from museosciences import sparql
from museosciences.errors import QueryError, StoreError
from museosciences.iris import MS
from museosciences.store.bulk import load_files
from museosciences.store.config import StoreConfig
from museosciences.store.naming import Naming, by_graph
from museosciences.store.protocol import Answer, Term, term_text
from museosciences.store.transport import JSON, NTRIPLES, Answered, Transport

# What a Virtuoso calls the only column of an ASK that it answers as a SELECT.
ASKED = "__ASK_RETVAL"
# A sample of what was sent is looked for before the build is shown: the first and the last triple
# of every request, so many in one question.
SAMPLED = 200


class RemoteStore:
    """A GraphStore over HTTP, for one build. Blank nodes of an answer belong to that answer.

    ``graphs`` are the names of the graphs that the finished build has; a build that is being
    made learns them as it loads.
    """

    def __init__(
        self, config: StoreConfig, *, base: str, build: str, graphs: Iterable[str] = ()
    ) -> None:
        self.base = base
        self.config = config
        self.names = Naming(base, build)
        self._graphs = set(graphs)
        self._transport = Transport(config)
        self._sample: list[tuple[str, bytes]] = []

    # --- asking -----------------------------------------------------------------------------

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        answered = self._query(query, bindings, JSON)
        solutions = _parsed(answered, self.config.query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("the query is not a SELECT")
        columns = tuple(variable.value for variable in solutions.variables)
        return Answer(columns, self._rows(solutions, answered))

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        answered = self._query(query, bindings, JSON)
        found = _parsed(answered, self.config.query)
        if isinstance(found, ox.QueryBoolean):
            answered.body.close()
            return bool(found)
        if [variable.value for variable in found.variables] != [ASKED]:
            raise QueryError("the query is not an ASK")
        told = [term_text(row[0]) for row in found]
        answered.body.close()
        return told == ["1"]

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        answered = self._query(query, bindings, NTRIPLES)
        triples = answered.body.read()
        answered.body.close()
        if triples.startswith(b"_:") or b"\n_:" in triples:
            # Engines give triples in any order; those of one blank node must come together.
            triples = b"".join(sorted(triples.splitlines(True)))
        try:
            for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
                found = [self.names.term(term) for term in quad.triple]
                yield ox.Triple(*found)  # type: ignore[arg-type]
        except SyntaxError as error:
            raise _unreadable(self.config.query, error) from error

    def graphs(self) -> dict[str, int]:
        if not self._graphs:
            return {}
        counted = self.select(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        )
        return {
            graph.value: int(count.value)
            for graph, count in counted.rows
            if isinstance(graph, ox.NamedNode) and isinstance(count, ox.Literal)
        }

    def _query(self, query: str, bindings: Mapping[str, Term] | None, accept: str) -> Answered:
        words = sparql.keywords(query)
        if "FROM" in words:
            raise QueryError(
                "a query of a remote store has no FROM: its graphs are those of the build",
                remedy="name a graph by GRAPH <graph/…>",
            )
        if sparql.form(query) not in (_SELECTS if accept == JSON else _DESCRIBES):
            raise QueryError(f"the query is not of the form {' or '.join(_SELECTS)}")
        text = self.names.query(sparql.bind(query, bindings or {}))
        named = [self.names.staged(graph) for graph in sorted(self._graphs)]
        default = [self.names.union] if self.config.union == "copy" else named
        return self._transport.query(text, accept, default, named if "GRAPH" in words else ())

    def _rows(
        self, solutions: ox.QuerySolutions, answered: Answered
    ) -> Iterator[tuple[Term | None, ...]]:
        count = 0
        try:
            for solution in solutions:
                count += 1
                yield tuple(map(self.names.term, solution))
        except SyntaxError as error:
            raise _unreadable(self.config.query, error) from error
        finally:
            answered.body.close()
        if answered.limit is not None and count >= answered.limit:
            raise StoreError(
                f"{self.config.query} gives {answered.limit} rows at most, and gave so many",
                remedy="raise its limit of rows (ResultSetMaxRows), or ask for less",
            )

    def _all(self, answered: Answered) -> list[ox.QuerySolution]:
        """All solutions of a SELECT over graphs that are named in it."""
        found = _parsed(answered, self.config.query)
        rows = list(found) if isinstance(found, ox.QuerySolutions) else []
        answered.body.close()
        return rows

    # --- writing ----------------------------------------------------------------------------

    def probe(self) -> None:
        """See that the server can be written and read, before an hour is spent on mapping."""
        graph = f"{self.names.root}probe"
        triple = f"<{graph}> <{MS}graph> <{graph}> .\n"
        self._send(graph, triple.encode())
        found = self._transport.query("SELECT ?g WHERE { ?g ?p ?o }", JSON, [graph], ())
        if len(self._all(found)) != 1:
            raise self._lost("the triple")
        self._transport.update(f"DROP SILENT GRAPH <{graph}>")

    def load(self, nquads: Iterable[bytes]) -> None:
        batches = self._batches(nquads)
        if self.config.bulk_load is not None:
            batches = load_files(self.config.bulk_load, self.names, batches, self._union)
        for graph, ntriples in batches:
            for name in (self.names.staged(graph), *self._union):
                self._send(name, ntriples)

    @property
    def _union(self) -> tuple[str, ...]:
        return (self.names.union,) if self.config.union == "copy" else ()

    def _batches(self, nquads: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
        """The triples of each request, and the graph they are for."""
        waiting: dict[str, list[bytes]] = {}
        counts: dict[str, int] = {}
        for graph, triples in by_graph(nquads):
            self._graphs.add(graph)
            for piece in _pieces(self.names.triples(triples), self.config.batch):
                waiting.setdefault(graph, []).append(piece)
                counts[graph] = counts.get(graph, 0) + piece.count(b"\n")
                if counts[graph] >= self.config.batch:
                    counts[graph] = 0
                    yield self._noted(graph, waiting.pop(graph))
        for graph, pieces in waiting.items():
            yield self._noted(graph, pieces)

    def _noted(self, graph: str, pieces: list[bytes]) -> tuple[str, bytes]:
        ntriples = b"".join(pieces)
        lines = ntriples.splitlines()
        for line in (lines[0], lines[-1]):
            if line.endswith(b"> .") and not line.startswith(b"_:") and b'"' not in line:
                self._sample.append((graph, line))
        return graph, ntriples

    def _send(self, name: str, ntriples: bytes) -> None:
        if self.config.graph is not None:
            self._transport.post(name, ntriples)
            return
        for piece in _pieces(ntriples, self.config.batch):
            text = piece.decode()
            self._transport.update(f"INSERT DATA {{ GRAPH <{name}> {{\n{text}}} }}")

    # --- finishing --------------------------------------------------------------------------

    def verify(self) -> None:
        """See that the server has what was sent to it. Raises StoreError."""
        counts = self.graphs()
        missing = sorted(self._graphs - counts.keys())
        if missing:
            raise self._lost(f"the graph {missing[0]}")
        for start in range(0, len(self._sample), SAMPLED):
            asked = self._sample[start : start + SAMPLED]
            values = "".join(
                f"(<{graph}> {line[:-2].decode()})\n" for graph, line in dict.fromkeys(asked)
            )
            for where in ("GRAPH ?g { ?s ?p ?o }", "?s ?p ?o")[: 1 + len(self._union)]:
                found = self.select(
                    f"SELECT ?g ?s ?p ?o WHERE {{ VALUES (?g ?s ?p ?o) {{ {values} }} {where} }}"
                )
                if len(set(found.rows)) < len(set(asked)):
                    raise self._lost("some of the triples")

    def _lost(self, what: str) -> StoreError:
        return StoreError(
            f"{self.config.query} does not hold {what} that it was sent",
            remedy="see the log of the server, and whether its disk is full; "
            "the previous build still answers",
        )

    def publish(self) -> None:
        """Name this build the current one to whoever asks the server directly: one update."""
        pointer = f"{self.base}build/current"
        self._transport.update(
            f"DELETE WHERE {{ GRAPH <{pointer}> {{ <{pointer}> ?p ?o }} }} ;\n"
            f"INSERT DATA {{ GRAPH <{pointer}> {{\n"
            f"<{pointer}> <{MS}union> <{self.names.union}> .\n"
            + "".join(
                f"<{pointer}> <{MS}graph> <{self.names.staged(graph)}> .\n"
                for graph in sorted(self._graphs)
            )
            + "} }"
        )

    def drop(self) -> None:
        """Remove the graphs of this build, also those of a build that did not end."""
        found = self._transport.query(
            f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} "
            f'FILTER(STRSTARTS(STR(?g), "{self.names.root}")) }}',
            JSON, (), (),
        )  # fmt: skip
        for (graph,) in self._all(found):
            self._transport.update(f"DROP SILENT GRAPH {graph}")

    def facts(self) -> dict[str, Any]:
        """What must be remembered to open this build again."""
        return {"server": self.config.as_dict(), "graphs": sorted(self._graphs)}

    def close(self) -> None:
        self._transport.close()


_SELECTS = ("SELECT", "ASK")
_DESCRIBES = ("CONSTRUCT", "DESCRIBE")


def _parsed(answered: Answered, url: str) -> ox.QuerySolutions | ox.QueryBoolean:
    try:
        return ox.parse_query_results(answered.body, ox.QueryResultsFormat.JSON)
    except SyntaxError as error:
        raise _unreadable(url, error) from error


def _unreadable(url: str, error: SyntaxError) -> StoreError:
    return StoreError(
        f"the answer of {url} is broken: {error}",
        remedy="see the log of the server; is it the URL of the SPARQL endpoint?",
    )


def _pieces(triples: bytes, size: int) -> Iterator[bytes]:
    """N-Triples in pieces of at most so many lines."""
    if triples.count(b"\n") <= size:
        yield triples
        return
    lines = triples.splitlines(True)
    for start in range(0, len(lines), size):
        yield b"".join(lines[start : start + size])
