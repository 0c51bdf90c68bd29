"""Logical sources and targets (rml-io): which local file, read or written how.

What needs a database, a SPARQL endpoint, a stream or the web is refused by name.
"""

from __future__ import annotations

from pathlib import PurePath

import pyoxigraph as ox

from museosciences.errors import MappingError, Place
from museosciences.rml import jsonpath
from museosciences.rml.graph import MappingGraph, Term
from museosciences.rml.model import (
    RML,
    Dialect,
    FileAccess,
    Formulation,
    LogicalSource,
    Target,
)

CSVW = "http://www.w3.org/ns/csvw#"
FORMATS = "http://www.w3.org/ns/formats/"

#: Kinds of source that this engine refuses, and how people call them.
REFUSED = {
    "http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#Database": "a relational database (D2RQ)",
    "http://www.w3.org/ns/sparql-service-description#Service": "a SPARQL service",
    "https://www.w3.org/2019/wot/td#Thing": "a Web of Things description",
    "http://www.w3.org/ns/dcat#Distribution": "a file on the web (DCAT)",
    "http://rdfs.org/ns/void#Dataset": "a VoID dataset",
    "https://w3id.org/kafka/access#Topic": "a Kafka stream",
}
_COMPRESSIONS = {"none", "gzip", "zip", "targz", "tarxz", "tar"}
_ENCODINGS = {"UTF-8": "utf-8-sig", "UTF-16": "utf-16"}
_SERIALIZATIONS = {
    "N-Quads", "N-Triples", "Turtle", "TriG", "N3", "RDF_XML", "JSON-LD", "RDF_JSON",
}  # fmt: skip


def source(graph: MappingGraph, node: Term, part: str) -> LogicalSource:
    """Read a logical source. Raises MappingError, naming what is wrong or unsupported."""
    part = f"{part}, logical source"
    access = _one(graph, node, part, "source")
    if access is None:
        raise _error(graph, part, "it has no source", "add rml:source")
    formulation, namespaces = _formulation(graph, node, access, part)
    iterator_term = _one(graph, node, part, "iterator")
    iterator = iterator_term.value if iterator_term is not None else None
    if formulation is Formulation.JSONPATH:
        iterator = iterator or "$"
        try:
            jsonpath.query(iterator)
        except jsonpath.JSONPathError as error:
            raise _error(graph, part, str(error), "correct rml:iterator") from error
    elif formulation is Formulation.XPATH and iterator is None:
        raise _error(graph, part, "an XML source needs an iterator", "add rml:iterator")
    dialect, dialect_nulls, encoding = _dialect(graph, access, part)
    nulls = {value.value for value in graph.objects(access, f"{RML}null")} | dialect_nulls
    return LogicalSource(
        _file(graph, access, part, encoding),
        formulation,
        None if formulation is Formulation.CSV else iterator,
        frozenset(nulls),
        dialect,
        namespaces,
    )


def target(graph: MappingGraph, node: Term, part: str) -> Target:
    """Read a logical target. Raises MappingError."""
    part = f"{part}, logical target"
    access = _one(graph, node, part, "target")
    if access is None:
        raise _error(graph, part, "it has no target", "add rml:target")
    serialization = _one(graph, node, part, "serialization")
    kind = "N-Quads" if serialization is None else serialization.value.rpartition("/")[2]
    if kind not in _SERIALIZATIONS:
        raise _error(graph, part, f"the serialization {kind} is not supported", "use N-Quads")
    file = _file(graph, access, part, None, _outside(graph, node, part))
    return Target(str(node), file, kind)


def _outside(graph: MappingGraph, node: Term, part: str) -> tuple[str | None, str | None]:
    """The encoding and compression of a target, which may stand on the logical target."""
    return _encoding(graph, node, part), _compression(graph, node, part)


def _error(graph: MappingGraph, part: str, cause: str, remedy: str | None = None) -> MappingError:
    return MappingError(cause, place=Place(file=graph.file, part=part), remedy=remedy)


def _one(graph: MappingGraph, node: Term, part: str, predicate: str) -> Term | None:
    found = graph.objects(node, RML + predicate)
    if len(found) > 1:
        raise _error(graph, part, f"rml:{predicate} is given {len(found)} times", "keep one")
    return found[0] if found else None


def _formulation(
    graph: MappingGraph, node: Term, access: Term, part: str
) -> tuple[Formulation, tuple[tuple[str, str], ...]]:
    found = _one(graph, node, part, "referenceFormulation")
    if found is None:
        if f"{CSVW}Table" in graph.types(access):
            return Formulation.CSV, ()
        raise _error(graph, part, "it has no reference formulation", "add rml:JSONPath, rml:CSV…")
    if f"{RML}XPathReferenceFormulation" in graph.types(found):
        return Formulation.XPATH, _namespaces(graph, found)
    for kind in Formulation:
        if found.value == RML + kind.value:
            return kind, ()
    raise _error(
        graph,
        part,
        f"the reference formulation {found.value} is not supported",
        "only local files in CSV, JSON and XML are read",
    )


def _namespaces(graph: MappingGraph, node: Term) -> tuple[tuple[str, str], ...]:
    found = []
    for value in graph.objects(node, f"{RML}namespace"):
        prefixes = graph.objects(value, f"{RML}namespacePrefix")
        urls = graph.objects(value, f"{RML}namespaceURL")
        if prefixes and urls:
            found.append((prefixes[0].value, urls[0].value))
    return tuple(sorted(found))


def _file(
    graph: MappingGraph,
    access: Term,
    part: str,
    encoding: str | None,
    given: tuple[str | None, str | None] = (None, None),
) -> FileAccess:
    if isinstance(access, ox.Literal):  # the older vocabulary
        return FileAccess(_local(graph, access.value, part), encoding=encoding)
    for kind in graph.types(access):
        if kind in REFUSED:
            raise _error(graph, part, f"{REFUSED[kind]} is not supported", "use a local file")
    paths = graph.objects(access, f"{RML}path", f"{CSVW}url")
    if len(paths) != 1:
        kinds = ", ".join(sorted(graph.types(access))) or "a source without rml:path"
        raise _error(graph, part, f"{kinds} is not supported", "use a local file (rml:FilePath)")
    root = _one(graph, access, part, "root")
    return FileAccess(
        _local(graph, paths[0].value, part),
        _root(root),
        encoding or _encoding(graph, access, part) or given[0],
        _compression(graph, access, part) or given[1],
    )


def _local(graph: MappingGraph, path: str, part: str) -> str:
    if path.startswith("file://"):
        path = path.removeprefix("file://")
    if "://" in path or "\x00" in path:
        raise _error(graph, part, f"{path} is on the web", "download it first: nothing is fetched")
    return path


def _root(node: Term | None) -> str:
    if node is None or node.value == f"{RML}MappingDirectory":
        return "mapping"
    if node.value == f"{RML}CurrentWorkingDirectory":
        return "working"
    return str(PurePath(node.value.removeprefix("file://")))


def _encoding(graph: MappingGraph, node: Term, part: str) -> str | None:
    found = _one(graph, node, part, "encoding")
    if found is None:
        return None
    kind = found.value.removeprefix(RML)
    if isinstance(found, ox.NamedNode) and kind not in _ENCODINGS:
        raise _error(graph, part, f"the encoding {kind} is not supported", "use rml:UTF-8")
    return _known_encoding(graph, _ENCODINGS.get(kind, kind), part)


def _known_encoding(graph: MappingGraph, label: str, part: str) -> str:
    try:
        "".encode(label)
    except LookupError as error:
        raise _error(graph, part, f"the encoding {label} is unknown", "use UTF-8") from error
    return "utf-8-sig" if label.lower().replace("_", "-") in ("utf-8", "utf8") else label


def _compression(graph: MappingGraph, node: Term, part: str) -> str | None:
    found = _one(graph, node, part, "compression")
    if found is None:
        return None
    kind = found.value.removeprefix(RML)
    if kind not in _COMPRESSIONS:
        raise _error(graph, part, f"the compression {kind} is not supported", "use rml:gzip")
    return None if kind == "none" else kind


def _dialect(graph: MappingGraph, access: Term, part: str) -> tuple[Dialect, set[str], str | None]:
    """The dialect of a csvw:Table, its null words and its encoding."""
    found = graph.objects(access, f"{CSVW}dialect")
    nulls = {value.value for value in graph.objects(access, f"{CSVW}null")}
    if not found:
        return Dialect(), nulls, None
    node = found[0]

    def text(key: str) -> str | None:
        values = graph.objects(node, CSVW + key)
        return values[0].value if values else None

    nulls |= {value.value for value in graph.objects(node, f"{CSVW}null")}
    header = text("header") != "false" and text("headerRowCount") != "0"
    dialect = Dialect(
        delimiter=text("delimiter") or ",",
        quote='"' if (quote := text("quoteChar")) is None else quote or None,
        double_quote=text("doubleQuote") != "false",
        header=header,
        skip_rows=int(text("skipRows") or 0),
        comment_prefix=text("commentPrefix") or None,
        trim=text("trim") in ("true", "1"),
    )
    if len(dialect.delimiter) != 1 or len(dialect.quote or "'") != 1:
        raise _error(graph, part, "the delimiter and the quote are one character each")
    label = text("encoding")
    return dialect, nulls, _known_encoding(graph, label, part) if label else None
