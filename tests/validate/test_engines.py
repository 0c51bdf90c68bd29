"""One answer from several engines."""

from __future__ import annotations

import pytest

from museosciences import validate
from museosciences.errors import UsageError

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://e/> .
"""
SHAPES = (
    PREFIXES
    + """
ex:S a sh:NodeShape ; sh:targetClass ex:R ; sh:property ex:S-p, ex:S-q, ex:S-r ; sh:sparql ex:S-s .
ex:S-p a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ; sh:datatype xsd:integer ;
    sh:minInclusive 0 ; sh:message "Non"@fr, "No"@en ; sh:severity sh:Warning .
ex:S-q a sh:PropertyShape ; sh:path (ex:q ex:z) ; sh:maxCount 1 .
ex:S-r a sh:PropertyShape ; sh:path ex:b ; sh:lessThanOrEquals ex:e ; sh:severity sh:Info .
ex:S-s a sh:SPARQLConstraint ; sh:message "Vu {?value}"@fr ;
    sh:select "SELECT $this ?value WHERE { $this <http://e/q> ?value }" .
"""
)
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
DATA = f"""
<http://e/a> {TYPE} <http://e/R> .
<http://e/a> <http://e/p> "\\u00E9\\"x\\n" .
<http://e/a> <http://e/p> "12x"{INTEGER} .
<http://e/a> <http://e/p> "-01"{INTEGER} .
<http://e/a> <http://e/q> <http://e/q1> .
<http://e/q1> <http://e/z> "1"@fr .
<http://e/q1> <http://e/z> "2"@fr .
<http://e/bb> <http://e/b> "3"{INTEGER} .
<http://e/bb> <http://e/e> "2"{INTEGER} .
<http://e/bb> {TYPE} <http://e/R> .
""".encode()


@pytest.mark.parametrize("name", validate.ENGINES)
def test_an_engine_gives_the_findings_in_order(name: str) -> None:
    findings = validate.engine(name).validate(DATA, validate.parse(SHAPES))
    assert [(f.focus, f.path, f.value, f.constraint, f.severity) for f in findings] == [
        ("http://e/a", None, "http://e/q1", "sparql", "Violation"),
        ("http://e/a", "(<http://e/q>/<http://e/z>)", None, "maxCount", "Violation"),
        ("http://e/a", "http://e/p", "12x", "datatype", "Warning"),
        ("http://e/a", "http://e/p", 'é"x\n', "datatype", "Warning"),
        ("http://e/a", "http://e/p", "-01", "minInclusive", "Warning"),
        ("http://e/bb", "http://e/b", "3", "lessThanOrEquals", "Info"),
        ("http://e/bb", "http://e/p", None, "minCount", "Warning"),
    ]
    assert findings[0].message == {"fr": "Vu http://e/q1"}
    assert findings[2].message == {"fr": "Non", "en": "No"}
    assert findings[5].text("fr") == "L’ordre des valeurs est inversé."


def test_an_unknown_engine_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UsageError, match="shacl, pyshifty, pyshacl"):
        validate.engine("topbraid")
