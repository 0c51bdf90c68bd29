"""The function registry: what mappings may call, by the names they use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from museosciences import rml
from museosciences.errors import MappingError
from museosciences.rml import functions

PREFIXES = """@prefix rml: <http://w3id.org/rml/> .
@prefix grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#> .
@prefix idlab: <https://w3id.org/imec/idlab/function#> .
@prefix fns: <http://example.com/functions/> .
@prefix ms: <https://museosciences.example/ns#> .
@prefix ex: <http://ex.org/> .
"""


def call(function: str, inputs: str, output: str = "") -> str:
    return f"rml:functionExecution [ rml:function {function} ; {inputs} ] {output}"


def given(parameter: str, value: str) -> str:
    """An input: a reference in braces, or a constant."""
    if value.startswith("{"):
        body = f'rml:inputValueMap [ rml:reference "{value[1:-1]}" ]'
    else:
        body = f'rml:inputValue "{value}"'
    return f"rml:input [ rml:parameter {parameter} ; {body} ]"


def run(body: str, record: dict[str, Any]) -> tuple[list[str], rml.CompiledMapping]:
    mapping = (
        f"{PREFIXES}<#m> rml:logicalSource [ rml:source [ rml:path 'records.jsonl' ] ; "
        "rml:referenceFormulation rml:JSONPath ] ; rml:subject ex:s ; "
        f"rml:predicateObjectMap [ rml:predicate ex:p ; rml:objectMap [ {body} ] ] ."
    )
    compiled = rml.compile(mapping.encode())
    out: list[str] = []
    compiled.document(record, out)
    lines = "".join(out).splitlines()
    return [line.split(" ", 2)[2].removesuffix(" .") for line in lines], compiled


@pytest.mark.parametrize(
    ("function", "inputs", "expected"),
    [
        ("grel:toUpperCase", [("grel:valueParameter", "{x}")], ['"ÉTÉ 1875"']),
        ("grel:toLowerCase", [("grel:valueParam", "{x}")], ['"été 1875"']),
        ("grel:string_length", [("grel:valueParam", "{x}")], ["8"]),
        (
            "grel:string_split",
            [("grel:valueParam", "{list}"), ("grel:p_string_sep", ";")],
            ['"a"', '" b (c"', '" d)"'],
        ),
        ("ms:split", [("ms:value", "{list}")], ['"a"', '"b (c; d)"']),
        ("ms:slug", [("ms:value", "{x}")], ['"ete-1875"']),
        ("ms:date_begin", [("ms:value", "{century}")], ['"1851"']),
        ("ms:date_edtf", [("ms:value", "{nothing}")], []),
        ("ms:concat", [("ms:second", "{x}"), ("ms:first", "en ")], ['"en Été 1875"']),
        (
            "grel:string_contains",
            [("grel:valueParam", "{x}"), ("grel:string_sub", "18")],
            None,
        ),
        (
            "grel:controls_if",
            [("grel:bool_b", "{absent}"), ("grel:any_true", "a"), ("grel:any_false", "b")],
            ['"b"'],
        ),
        ("idlab:isNull", [("idlab:str", "{absent}")], ["true"]),
        ("idlab:slugify", [("idlab:str", "{x}")], ['"ete-1875"']),
        ("grel:toUpperCase", [("grel:valueParam", "{absent}")], []),
        ("grel:toUpperCase", [("grel:valueParam", "{many}")], ['"A"', '"B"']),
        ("grel:string_md5", [("grel:valueParam", "abc")], ['"900150983cd24fb0d6963f7d28e17f72"']),
        ("fns:helloworld", [], ['"Hello World!"']),
    ],
)
def test_functions(
    function: str, inputs: list[tuple[str, str]], expected: list[str] | None
) -> None:
    record = {
        "x": "Été 1875",
        "list": "a; b (c; d)",
        "century": "2e moitié 19e siècle",
        "nothing": "sans date",
        "many": ["a", "b"],
    }
    body = call(function, " ; ".join(given(*pair) for pair in inputs) or "a rml:FunctionExecution")
    if expected is None:  # a name that is none of the function's
        with pytest.raises(MappingError, match="has no parameter"):
            run(body, record)
        return
    found, compiled = run(body, record)
    assert [value.split("^^")[0].strip('"') for value in found] == [v.strip('"') for v in expected]
    assert compiled.problems.count == 0


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("fns:hasProtocolOutput", '"https"'),
        ("fns:domainOutput", '"a.example"'),
        ("fns:stringOutput", '"b/c"'),
    ],
)
def test_one_of_several_outputs(output: str, expected: str) -> None:
    body = call("fns:parseURL", given("fns:stringParameter", "{u}"), f"; rml:return {output}")
    assert run(body, {"u": "https://a.example/b/c"})[0] == [expected]


def test_a_function_that_fails_is_reported() -> None:
    inputs = f"{given('grel:valueParam', '{x}')} ; {given('grel:modeParam', 'morse')}"
    found, compiled = run(call("grel:escape", inputs), {"x": "a"})
    assert found == []
    assert compiled.problems.first[0].cause == "the function fails: the mode morse is unknown"


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (call("ms:nope", "a ex:x"), "is unknown"),
        (call("ms:slug", "a ex:x"), "misses its parameter"),
        (call("ms:slug", f"{given('ms:value', 'a')}, [ rml:parameter ms:value ; rml:inputValue "
              "'b' ]"), "given twice"),
        (call("ms:slug", given("ms:value", "a"), "; rml:return ms:nope"), "has no output"),
    ],
)  # fmt: skip
def test_wrong_calls_are_named(body: str, cause: str) -> None:
    with pytest.raises(MappingError, match=cause):
        run(body, {})


def test_every_function_is_sound() -> None:
    for function in functions.REGISTRY.values():
        assert function.outputs
        assert function.required <= len(function.parameters)
        for names in function.parameters:
            assert all(":" in name for name in names)


def test_the_guide_lists_every_function(root: Path) -> None:
    guide = (root / "docs" / "rml.md").read_text(encoding="utf-8")
    for iri in functions.REGISTRY:
        name = iri.rpartition("#")[2].rpartition("/")[2]
        assert f"`{name}`" in guide
