"""What an RML mapping says: triples maps, term maps, logical sources and targets.

The names are those of the specifications: rml-core (triples map, subject map, predicate-object
map, term map, referencing object map, join condition), rml-io (logical source, logical target)
and rml-fnml (function execution). Everything is immutable and free of any RDF library; RDF terms
are held in their N-Triples form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

RML = "http://w3id.org/rml/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


class TermType(Enum):
    """rml:termType (rml-core, Term types)."""

    IRI = "IRI"  # characters outside iunreserved are percent-encoded, é is kept
    URI = "URI"  # all characters outside unreserved are percent-encoded
    UNSAFE_IRI = "UnsafeIRI"  # as in the data
    UNSAFE_URI = "UnsafeURI"
    BLANK_NODE = "BlankNode"
    LITERAL = "Literal"


IRI_TYPES = frozenset({TermType.IRI, TermType.URI, TermType.UNSAFE_IRI, TermType.UNSAFE_URI})


class Formulation(Enum):
    """rml:referenceFormulation: how references and iterators are to be read."""

    CSV = "CSV"
    JSONPATH = "JSONPath"
    XPATH = "XPath"


@dataclass(frozen=True)
class Constant:
    """A fixed RDF term: ``term`` in N-Triples form, ``text`` its lexical form or IRI."""

    term: str
    text: str


@dataclass(frozen=True)
class Reference:
    """A column name, a JSONPath or an XPath, evaluated on each iteration."""

    text: str


@dataclass(frozen=True)
class Template:
    """Fixed texts and references, in order (rml-core, Template expressions)."""

    parts: tuple[str | Reference, ...]


@dataclass(frozen=True)
class Call:
    """A function execution (rml-fnml) and the output that is taken from it."""

    function: str
    inputs: tuple[tuple[str, TermMap], ...]
    output: str | None


@dataclass(frozen=True)
class Fresh:
    """No expression: a new blank node for each iteration."""


Expression = Constant | Reference | Template | Call | Fresh


@dataclass(frozen=True)
class FileAccess:
    """A local file of a source or a target (rml-io, FilePath).

    ``root`` is ``mapping``, ``working`` or an absolute folder given in the mapping.
    """

    path: str
    root: str = "mapping"
    encoding: str | None = None
    compression: str | None = None


@dataclass(frozen=True)
class Target:
    """rml:LogicalTarget: a local file beside the default output."""

    node: str
    file: FileAccess
    serialization: str = "N-Quads"


@dataclass(frozen=True)
class TermMap:
    """One term map. ``part`` names it in errors; ``base`` resolves relative IRIs."""

    part: str
    expression: Expression
    term_type: TermType
    base: str
    language: TermMap | None = None
    datatype: TermMap | None = None
    conditions: tuple[TermMap, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Join:
    """rml:joinCondition: the two term maps whose values must be equal."""

    child: TermMap
    parent: TermMap


@dataclass(frozen=True)
class ReferencingObjectMap:
    """rml:RefObjectMap: the subjects of another triples map, joined or of the same iteration."""

    part: str
    parent: str
    joins: tuple[Join, ...]
    targets: tuple[Target, ...] = ()
    conditions: tuple[TermMap, ...] = ()


@dataclass(frozen=True)
class PredicateObjectMap:
    predicates: tuple[TermMap, ...]
    objects: tuple[TermMap | ReferencingObjectMap, ...]
    graphs: tuple[TermMap, ...] = ()
    conditions: tuple[TermMap, ...] = ()


@dataclass(frozen=True)
class Dialect:
    """The dialect of a CSV file (CSVW, csvw:Dialect)."""

    delimiter: str = ","
    quote: str | None = '"'
    double_quote: bool = True
    header: bool = True
    skip_rows: int = 0
    comment_prefix: str | None = None
    trim: bool = False
    columns: tuple[str, ...] = ()  # names given by the mapping, when the file has no header


@dataclass(frozen=True)
class LogicalSource:
    """rml:LogicalSource. Two triples maps with equal logical sources share one pass."""

    file: FileAccess
    formulation: Formulation
    iterator: str | None
    nulls: frozenset[str] = frozenset()
    dialect: Dialect = Dialect()
    namespaces: tuple[tuple[str, str], ...] = ()

    @property
    def pass_key(self) -> LogicalSource:
        """What is read in one pass: JSON iterators are nested loops over one document."""
        if self.formulation is Formulation.JSONPATH:
            return LogicalSource(self.file, self.formulation, None, self.nulls)
        return self


@dataclass(frozen=True)
class TriplesMap:
    node: str
    part: str
    source: LogicalSource
    subject: TermMap
    classes: tuple[str, ...] = ()  # IRIs in N-Triples form
    graphs: tuple[TermMap, ...] = ()
    predicate_objects: tuple[PredicateObjectMap, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A mapping document: its triples maps in document order, by node."""

    file: str | None
    triples_maps: dict[str, TriplesMap] = field(default_factory=dict)
