"""The query library: questions by name, and their answers as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from museosciences import iris, knowledge, sparql
from museosciences.errors import QueryError, Said
from museosciences.headed import Query, read
from museosciences.store import Answer, GraphStore, term_text

if TYPE_CHECKING:
    import pandas as pd

FOLDERS = ("explore", "report", "quality")


@cache
def library() -> Mapping[str, Query]:
    """All queries of the library, by name."""
    found: dict[str, Query] = {}
    for folder in FOLDERS:
        for path in knowledge.files(f"queries/{folder}", "*.rq"):
            found[path.stem] = read(path, folder)
    return found


def find(name: str) -> Query:
    """A query of the library by its name, or any ``.rq`` file. Raises QueryError."""
    if name.endswith(".rq") or "/" in name:
        return read(Path(name))
    try:
        return library()[name]
    except KeyError as error:
        raise QueryError(
            Said(f"aucune question ne s’appelle « {name} »", f"there is no query named {name!r}"),
            remedy=Said("« museo queries » les donne", "`museo queries` lists them"),
        ) from error


class Table:
    """The answer to a SELECT: columns, and rows of RDF terms or None."""

    def __init__(self, answer: Answer) -> None:
        self.columns = answer.columns
        self.rows = list(answer.rows)

    def texts(self) -> Iterator[tuple[str, ...]]:
        """The rows as texts: IRIs and lexical forms."""
        for row in self.rows:
            yield tuple(term_text(term) for term in row)

    def values(self) -> Iterator[tuple[Any, ...]]:
        """The rows as Python values: numbers are numbers."""
        for row in self.rows:
            yield tuple(_value(term) for term in row)

    def to_pandas(self) -> pd.DataFrame:
        """The answer as a DataFrame, one column per variable."""
        import pandas as pd

        return pd.DataFrame(list(self.values()), columns=list(self.columns))


_NUMBERS = {
    ox.NamedNode(iris.XSD + "integer"): int,
    ox.NamedNode(iris.XSD + "decimal"): float,
    ox.NamedNode(iris.XSD + "double"): float,
}


def _value(term: Any) -> Any:
    if isinstance(term, ox.Literal) and term.datatype in _NUMBERS:
        return _NUMBERS[term.datatype](term.value)
    return None if term is None else term_text(term)


def run(store: GraphStore, query: Query, given: Mapping[str, str] | None = None) -> Table:
    """Answer a query of the library or of the user. Raises QueryError or StoreError.

    An ASK answers one ``answer``, true or false; a CONSTRUCT or a DESCRIBE its triples as
    ``subject``, ``predicate``, ``object``.
    """
    bindings = query.bindings(given or {}, store.base)
    form = sparql.form(query.text)
    if form == "SELECT":
        return Table(store.select(query.text, bindings))
    if form == "ASK":
        found = ox.Literal(store.ask(query.text, bindings))
        return Table(Answer(("answer",), iter([(found,)])))
    triples = store.construct(query.text, bindings)
    rows = ((triple.subject, triple.predicate, triple.object) for triple in triples)
    return Table(Answer(("subject", "predicate", "object"), rows))
