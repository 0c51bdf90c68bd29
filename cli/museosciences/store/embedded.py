"""The embedded store: Oxigraph, in the folder of a build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from museosciences import sparql
from museosciences.errors import QueryError, Said, StoreError
from museosciences.store.protocol import Answer, Term

# A whole load is fastest on chunks of about a million triples (measured: smaller chunks write
# more files to merge, larger ones only take memory).
CHUNK_BYTES = 128 * 1024 * 1024


class EmbeddedStore:
    """A GraphStore on pyoxigraph. Opened read-only, it is a static snapshot."""

    def __init__(self, path: Path, *, base: str, read_only: bool = False) -> None:
        self.base = base
        self.path = path
        try:
            self._store = ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
        except OSError as error:
            raise StoreError(
                Said(
                    f"l’entrepôt {path} ne peut être ouvert : {error}",
                    f"the store at {path} cannot be opened: {error}",
                ),
                remedy=Said(
                    "lancer « museo build » de nouveau, ou choisir un autre espace de travail",
                    "run `museo build` again, or choose another workspace",
                ),
            ) from error

    def load(self, nquads: Iterable[bytes]) -> None:
        for chunk in _joined(nquads):
            try:
                self._store.bulk_load(chunk, format=ox.RdfFormat.N_QUADS)
            except (OSError, SyntaxError, ValueError) as error:
                raise StoreError(
                    Said(
                        f"l’entrepôt a refusé les données : {error}",
                        f"the store refused the data: {error}",
                    ),
                    remedy=Said(
                        "voir la place libre du disque ; la construction précédente répond "
                        "toujours",
                        "check the free space of the disk; the previous build still answers",
                    ),
                ) from error

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        found = self._query(query, bindings)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError(Said("la requête n’est pas un SELECT", "the query is not a SELECT"))
        columns = tuple(variable.value for variable in found.variables)
        return Answer(columns, (tuple(solution) for solution in found))

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        found = self._query(query, bindings)
        if not isinstance(found, ox.QueryBoolean):
            raise QueryError(Said("la requête n’est pas un ASK", "the query is not an ASK"))
        return bool(found)

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        found = self._query(query, bindings)
        if not isinstance(found, ox.QueryTriples):
            raise QueryError(
                Said(
                    "la requête n’est ni un CONSTRUCT ni un DESCRIBE",
                    "the query is not a CONSTRUCT or a DESCRIBE",
                )
            )
        return found

    def graphs(self) -> dict[str, int]:
        counted = self.select(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        )
        return {
            graph.value: int(count.value)
            for graph, count in counted.rows
            if isinstance(graph, ox.NamedNode) and isinstance(count, ox.Literal)
        }

    def publish(self) -> None:
        """Nobody asks the folder of a build but through the workspace."""

    def close(self) -> None:
        # The store has no close of its own: it is released with the last reference to it.
        del self._store

    def _query(
        self, query: str, bindings: Mapping[str, Term] | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(
                sparql.bind(query, bindings or {}),
                base_iri=self.base,
                use_default_graph_as_union=True,
            )
        except SyntaxError as error:
            raise QueryError(
                Said(
                    f"la requête n’est pas du SPARQL : {error}", f"the query is not SPARQL: {error}"
                )
            ) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(
                Said(f"la requête a échoué : {error}", f"the query failed: {error}")
            ) from error


def _joined(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Join small chunks into pieces of about CHUNK_BYTES."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= CHUNK_BYTES:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
