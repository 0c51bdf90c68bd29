"""Rows of RDF terms in the four formats of SPARQL 1.1 results, written row by row.

An answer that was cut short says so where the format has a place for it: in JSON the member
``cut``, in XML a comment. CSV and TSV have none.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Writer(Protocol):
    """Writes an answer: its beginning, each row, and its end.

    ``markable`` is whether the end can say that the answer was cut short.
    """

    @property
    def markable(self) -> bool: ...

    def begin(self, columns: Sequence[str]) -> str:
        """What comes before the rows."""

    def row(self, values: Sequence[Term | None]) -> str:
        """One row."""

    def end(self, cut: str, /) -> str:
        """What comes after the rows; ``cut`` is why there are no more, or empty."""


class Csv:
    """SPARQL 1.1 Query Results CSV, section 3: lexical forms, quoted as RFC 4180 does."""

    markable = False

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        self._csv = csv.writer(self._buffer, lineterminator="\r\n")

    def begin(self, columns: Sequence[str]) -> str:
        return self._written(columns)

    def row(self, values: Sequence[Term | None]) -> str:
        return self._written(["" if value is None else _bare(value) for value in values])

    def end(self, _cut: str) -> str:
        return ""

    def _written(self, cells: Sequence[str]) -> str:
        self._csv.writerow(cells)
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text


def _bare(term: Term) -> str:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return str(term)


class Tsv:
    """SPARQL 1.1 Query Results TSV, section 4: terms as in Turtle."""

    markable = False

    def begin(self, columns: Sequence[str]) -> str:
        return "\t".join(f"?{name}" for name in columns) + "\n"

    def row(self, values: Sequence[Term | None]) -> str:
        cells = ("" if value is None else str(value).replace("\t", "\\t") for value in values)
        return "\t".join(cells) + "\n"

    def end(self, _cut: str) -> str:
        return ""


class Json:
    """SPARQL 1.1 Query Results JSON Format, section 3."""

    markable = True

    def __init__(self) -> None:
        self._columns: Sequence[str] = ()
        self._between = ""

    def begin(self, columns: Sequence[str]) -> str:
        self._columns = columns
        head = json.dumps({"vars": list(columns)}, ensure_ascii=False)
        return f'{{"head": {head}, "results": {{"bindings": [\n'

    def row(self, values: Sequence[Term | None]) -> str:
        found = {n: _json(v) for n, v in zip(self._columns, values, strict=True) if v is not None}
        text = self._between + json.dumps(found, ensure_ascii=False)
        self._between = ",\n"
        return text

    def end(self, cut: str) -> str:
        mark = f', "cut": {json.dumps(cut, ensure_ascii=False)}' if cut else ""
        return f"\n]}}{mark}}}\n"


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        found["datatype"] = term.datatype.value
    return found


class Xml:
    """SPARQL Query Results XML Format (2nd edition), section 2."""

    markable = True

    def __init__(self) -> None:
        self._columns: Sequence[str] = ()

    def begin(self, columns: Sequence[str]) -> str:
        self._columns = columns
        named = "".join(f"<variable name={_quoted(name)}/>" for name in columns)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            f"<head>{named}</head><results>\n"
        )

    def row(self, values: Sequence[Term | None]) -> str:
        cells = (
            f"<binding name={_quoted(name)}>{_xml(value)}</binding>"
            for name, value in zip(self._columns, values, strict=True)
            if value is not None
        )
        return f"<result>{''.join(cells)}</result>\n"

    def end(self, cut: str) -> str:
        mark = f"<!-- {_text(cut)} -->" if cut else ""
        return f"</results>{mark}</sparql>\n"


def _text(text: str) -> str:
    """Text for XML. What escapes it is loaded when it is needed: a worker must start quickly."""
    from museosciences.publish.xml import clean

    # A reader of XML takes a bare carriage return for a line feed (XML 1.0, section 2.11).
    return escape(clean(text), quote=False).replace("\r", "&#xD;")


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'


def _xml(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{term.value}</bnode>"
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{n}>{_xml(p)}</{n}>' for n, p in parts.items())}</triple>"
    kind = ""
    if term.language:
        kind = f" xml:lang={_quoted(term.language)}"
    elif term.datatype.value != _STRING:
        kind = f" datatype={_quoted(term.datatype.value)}"
    return f"<literal{kind}>{_text(term.value)}</literal>"


def truth(found: bool, form: str) -> str:
    """The answer to an ASK in a format; CSV and TSV, which have none for it, give the bare word."""
    word = "true" if found else "false"
    if form == "json":
        return f'{{"head": {{}}, "boolean": {word}}}\n'
    if form == "xml":
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            f"<head/><boolean>{word}</boolean></sparql>\n"
        )
    return f"{word}\n"


WRITERS: dict[str, Callable[[], Writer]] = {"csv": Csv, "tsv": Tsv, "json": Json, "xml": Xml}
