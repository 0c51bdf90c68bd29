"""Whatever the cells hold, the output is valid and says the same (Hypothesis)."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from museosciences import iris, rml
from museosciences.rml import jsonpath, template, terms
from museosciences.rml.model import Reference

# Surrogates are no characters, NUL ends a line of the csv module.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
BOUNDED = settings(max_examples=60, deadline=None)

MAPPING = """@prefix rml: <http://w3id.org/rml/> . @prefix ex: <http://ex.org/> .
<#m> a rml:TriplesMap ; rml:logicalSource [ SOURCE ] ;
  rml:subjectMap [ rml:template "http://s/{id}" ] ;
  rml:predicateObjectMap [ rml:predicate ex:cell ; rml:objectMap [ rml:reference "cell" ] ],
    [ rml:predicate ex:iri ; rml:objectMap [ rml:template "http://o/{cell}" ] ],
    [ rml:predicate ex:text ; rml:objectMap [ rml:template "{id}={cell}" ;
        rml:termType rml:Literal ] ] ,
    [ rml:predicate ex:blank ; rml:objectMap [ rml:template "{cell}" ;
        rml:termType rml:BlankNode ] ] ."""


def expected(rows: list[tuple[str, str]]) -> set[tuple[str, str, str]]:
    """What the mapping says, written a second time in the plainest way."""
    found = set()
    for key, cell in rows:
        subject = f"http://s/{iris.encode(key)}"
        found |= {
            (subject, "cell", cell),
            (subject, "iri", f"http://o/{iris.encode(cell)}"),
            (subject, "text", f"{key}={cell}"),
        }
    return found


def said(data: bytes) -> set[tuple[str, str, str]]:
    return {
        (quad.subject.value, quad.predicate.value.rpartition("/")[2], quad.object.value)
        for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)
        if not isinstance(quad.object, ox.BlankNode)
    }


@BOUNDED
@given(st.lists(st.tuples(TEXT, TEXT), max_size=8), st.sampled_from([None, "utf-16"]))
def test_csv_says_what_the_cells_say(rows: list[tuple[str, str]], encoding: str | None) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("id", "cell"), *rows])
    source = 'rml:source [ rml:path "d.csv" MORE ] ; rml:referenceFormulation rml:CSV'
    source = source.replace("MORE", f'; rml:encoding "{encoding}"' if encoding else "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "m.ttl").write_text(MAPPING.replace("SOURCE", source), encoding="utf-8")
        (folder / "d.csv").write_bytes(stream.getvalue().encode(encoding or "utf-8"))
        report = rml.map_files(folder / "m.ttl", folder / "out.nq")
        data = (folder / "out.nq").read_bytes()
        assert said(data) == expected(rows)
        assert report.triples == data.count(b"\n")
    assert report.rows == {"d.csv": len(rows)}


@BOUNDED
@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
def test_json_lines_say_what_the_values_say(rows: list[tuple[str, str]]) -> None:
    source = 'rml:source [ rml:path "records.jsonl" ] ; rml:referenceFormulation rml:JSONPath'
    compiled = rml.compile(MAPPING.replace("SOURCE", source).encode())
    out: list[str] = []
    for key, cell in rows:
        compiled.document({"id": key, "cell": cell}, out)
    assert said("".join(out).encode()) == expected(rows)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@BOUNDED
@given(JSON, JSON)
def test_any_document_gives_valid_triples_or_a_report(key: Any, cell: Any) -> None:
    source = 'rml:source [ rml:path "records.jsonl" ] ; rml:referenceFormulation rml:JSONPath'
    compiled = rml.compile(MAPPING.replace("SOURCE", source).encode())
    out: list[str] = []
    compiled.document({"id": key, "cell": cell}, out)
    list(ox.parse("".join(out).encode(), format=ox.RdfFormat.N_TRIPLES))


@BOUNDED
@given(st.lists(TEXT.filter(bool), max_size=5))
def test_escaped_templates_are_read_back(names: list[str]) -> None:
    def escaped(text: str) -> str:
        return "".join(f"\\{char}" if char in "\\{}" else char for char in text)

    text = "".join("{" + escaped(name) + "}" for name in names)
    assert template.parse(text).parts == tuple(Reference(name) for name in names)


@BOUNDED
@given(TEXT)
def test_a_template_is_read_or_refused(text: str) -> None:
    try:
        parts = template.parse(text).parts
    except template.TemplateSyntaxError:
        return
    assert all(part if isinstance(part, str) else part.text for part in parts)


@BOUNDED
@given(TEXT, JSON)
def test_a_path_is_read_or_refused(path: str, value: Any) -> None:
    try:
        found = jsonpath.query(path)(value)
    except jsonpath.JSONPathError:
        return
    assert isinstance(found, list)


@BOUNDED
@given(TEXT.filter(bool), JSON)
def test_a_quoted_name_reaches_its_member(name: str, value: Any) -> None:
    path = "$[" + json.dumps(name) + "]"
    assert jsonpath.query(path)({name: value}) == [value]


@BOUNDED
@given(TEXT, TEXT)
def test_blank_labels_are_never_confused(first: str, second: str) -> None:
    assert (terms.blank_label(first) == terms.blank_label(second)) is (first == second)


@BOUNDED
@given(st.floats(allow_nan=False))
def test_canonical_doubles_keep_their_value(value: float) -> None:
    assert float(terms.canonical_double(value).replace("INF", "inf")) == value
