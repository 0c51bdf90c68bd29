"""RDF: dumps as N-Quads, and the document of one record in any syntax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox
from lxml import etree

from museosciences import iris
from museosciences.publish import xml
from museosciences.publish.collection import Collection, Entry, batches, values
from museosciences.publish.description import DEPTH, Description
from museosciences.publish.xml import clean
from museosciences.store import Term, term_text

PREFIXES = {
    "crm": iris.CRM, "crmsci": iris.CRMSCI, "crmdig": iris.CRMDIG, "dwc": iris.DWC,
    "dcterms": iris.DCTERMS, "schema": iris.SCHEMA, "geo": iris.GEO, "rdf": iris.RDF,
    "rdfs": iris.RDFS, "skos": iris.SKOS, "prov": iris.PROV, "xsd": iris.XSD, "ms": iris.MS,
    "owl": iris.OWL,
}  # fmt: skip
SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
# Lines joined into one chunk, records of a museum asked in one go.
LINES, RECORDS = 2_000, 200


def document(description: Description, syntax: str) -> bytes:
    """The document of a record: its triples, those of what it names, and its links.

    ``syntax`` is a key of SYNTAXES. In RDF/XML, characters that XML 1.0 forbids are replaced.
    """
    return serialized(_all(description), syntax)


def serialized(triples: Iterable[ox.Triple], syntax: str) -> bytes:
    """Triples in a syntax, with the prefixes of the profile."""
    if syntax == "rdfxml":
        triples = map(_printable, triples)
    written = ox.serialize(triples, format=SYNTAXES[syntax], prefixes=PREFIXES)
    return written or b""


def _all(description: Description) -> Iterator[ox.Triple]:
    yield from description.triples()
    record = ox.NamedNode(description.iri)
    for link in description.links:
        node = ox.NamedNode(link.iri)
        art, science = record, ox.NamedNode(link.other)
        if not link.forward:
            art, science = science, art
        for predicate, value in (
            (iris.RDF + "type", ox.NamedNode(iris.MS + "Link")),
            (iris.CRM + "P140_assigned_attribute_to", art),
            (iris.MS + "scienceRecord", science),
            (iris.MS + "via", ox.NamedNode(link.via)),
        ):
            yield ox.Triple(node, ox.NamedNode(predicate), value)
        for lang, text in link.explanation.items():
            sentence = ox.Literal(text, language=lang)
            yield ox.Triple(node, ox.NamedNode(iris.MS + "explanation"), sentence)


def _printable(triple: ox.Triple) -> ox.Triple:
    """The triple, its literal without the characters that XML forbids."""
    value = triple.object
    if not isinstance(value, ox.Literal) or clean(value.value) == value.value:
        return triple
    text = clean(value.value)
    if value.language:
        return ox.Triple(
            triple.subject, triple.predicate, ox.Literal(text, language=value.language)
        )
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(text, datatype=value.datatype))


def element(description: Description) -> etree._Element:
    """The document of a record as an ``rdf:RDF`` element, to be carried inside another format."""
    return etree.fromstring(serialized(_all(description), "rdfxml"))


def cidoc(descriptions: Iterable[Description]) -> Iterator[bytes]:
    """Many records as one RDF/XML document, each record whole."""
    namespaces = {**PREFIXES}
    start, end = xml.ends(etree.Element(f"{{{iris.RDF}}}RDF", nsmap=namespaces))
    yield start
    for description in descriptions:
        for child in element(description):
            yield xml.written(child) + b"\n"
    yield end


def turtle(descriptions: Iterable[Description]) -> Iterator[bytes]:
    """Many records as one Turtle document: the documents one after the other."""
    for description in descriptions:
        yield document(description, "turtle")


def jsonld(descriptions: Iterable[Description]) -> Iterator[bytes]:
    """Many records as one JSON-LD document (expanded form: a list of node objects)."""
    yield b"["
    between = b"\n"
    for description in descriptions:
        expanded = ox.serialize(_all(description), format=ox.RdfFormat.JSON_LD) or b"[]"
        inner = expanded.strip()[1:-1].strip()
        if inner:
            yield between + inner
            between = b",\n"
    yield b"\n]\n"


def whole(collection: Collection) -> Iterator[bytes]:
    """All graphs of the collection as N-Quads, in chunks of whole lines."""
    answer = collection.store.select("SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    return _lines(answer.rows)


def of_records(collection: Collection, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Some records as N-Quads: their triples in the graphs where they stand."""
    for some in batches(entries, RECORDS):
        yield from _lines(_quads(collection, some))


def _quads(collection: Collection, entries: list[Entry]) -> Iterator[tuple[Term | None, ...]]:
    """The quads of some records and their hash IRIs, without those the build derived."""
    derived = f"{collection.base}graph/derived"
    known = {collection.iri(entry) for entry in entries}
    wanted, seen = list(known), set(known)
    for _ in range(DEPTH + 1):
        if not wanted:
            return
        query = f"SELECT ?s ?p ?o ?g WHERE {{ {values('s', wanted)} GRAPH ?g {{ ?s ?p ?o }} }}"
        wanted = []
        for row in collection.store.select(query).rows:
            if term_text(row[3]) == derived:
                continue
            yield row
            if isinstance(row[2], ox.NamedNode) and row[2].value not in seen:
                seen.add(row[2].value)
                if row[2].value.partition("#")[0] in known:
                    wanted.append(row[2].value)


def _lines(rows: Iterable[tuple[Term | None, ...]]) -> Iterator[bytes]:
    """N-Quads lines (RDF 1.1 N-Quads, section 2), many to a chunk."""
    lines = (f"{s} {p} {o} {g} .\n" for s, p, o, g in rows)
    while chunk := list(islice(lines, LINES)):
        yield "".join(chunk).encode()
