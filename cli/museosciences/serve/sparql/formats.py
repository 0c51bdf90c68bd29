"""The media types of answers, and how a client names the one it wants."""

from __future__ import annotations

from collections.abc import Mapping

from museosciences.serve.negotiation import preferred

# Answers to SELECT and ASK (SPARQL 1.1 results in JSON, XML, CSV and TSV), the default first.
RESULTS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
# Answers to CONSTRUCT and DESCRIBE.
GRAPHS: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
_RESULT_ALIASES = {
    "application/json": "json", "application/xml": "xml", "text/xml": "xml", "text/plain": "tsv",
}  # fmt: skip
_GRAPH_ALIASES = {
    "application/json": "jsonld", "application/xml": "rdf", "text/xml": "rdf", "text/plain": "nt",
}  # fmt: skip


def chosen(accept: str | None, name: str | None) -> tuple[str | None, str | None]:
    """The short names of the formats for rows and for triples; None where none is wanted.

    ``name`` is a short name that a link can carry in place of the header.

    >>> chosen("text/csv, text/turtle", None), chosen(None, "xml"), chosen("image/png", None)
    (('csv', 'ttl'), ('xml', None), (None, None))
    """
    if name is not None:
        return (
            name if name in RESULTS.values() else None,
            name if name in GRAPHS.values() else None,
        )
    return _of(accept, RESULTS, _RESULT_ALIASES), _of(accept, GRAPHS, _GRAPH_ALIASES)


def _of(accept: str | None, own: Mapping[str, str], aliases: Mapping[str, str]) -> str | None:
    known = {**own, **aliases}
    found = preferred(accept, list(known))
    return None if found is None else known[found]


def media_type(name: str) -> str:
    """The media type of a short name."""
    return next(kind for kind, short in (*RESULTS.items(), *GRAPHS.items()) if short == name)
