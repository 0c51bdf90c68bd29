"""The functions a mapping may call (rml-fnml): GREL names, those of IDLab, and our own.

Functions are named by IRIs, so are their parameters and outputs; the registry accepts for each
parameter both its own IRI and its ``fno:predicate``, since published mappings use either.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from museosciences import iris
from museosciences.rml import terms
from museosciences.rml.model import Call
from museosciences.values import lists

GREL = "http://users.ugent.be/~bjdmeest/function/grel.ttl#"
IDLAB = "http://example.com/idlab/function/"
IDLAB_NEW = "https://w3id.org/imec/idlab/function#"
EXAMPLE = "http://example.com/functions/"


@dataclass(frozen=True)
class Function:
    """A function: ``parameters`` are sets of IRIs that name each one, in the order of ``run``.

    ``outputs`` likewise; ``run`` returns one value when there is one output, a tuple otherwise.
    ``required`` is how many of the parameters must be given. A function that is not
    ``null_aware`` is not called when an argument has no value, and gives none itself.
    """

    iri: str
    parameters: tuple[frozenset[str], ...]
    outputs: tuple[frozenset[str], ...]
    run: Callable[..., Any]
    required: int
    null_aware: bool = False


REGISTRY: dict[str, Function] = {}

_SPACES = {
    "grel": (GREL,),
    "idlab": (IDLAB, IDLAB_NEW, "https://w3id.org/imec/idlab/function/"),
    "fns": (EXAMPLE,),
    "ms": (iris.MS,),
}


def register(
    space: str,
    name: str,
    parameters: str,
    outputs: str,
    run: Callable[..., Any],
    *,
    null_aware: bool = False,
) -> None:
    """Add a function to the registry, under each IRI of its space.

    ``parameters`` and ``outputs`` are local names separated by spaces, ``a|b`` for two names of
    one, ``?a`` for one that may be left out.
    """
    given = parameters.split()
    for root in _SPACES[space]:
        REGISTRY[root + name] = Function(
            root + name,
            tuple(_iris(root, names.lstrip("?")) for names in given),
            tuple(_iris(root, names) for names in outputs.split()),
            run,
            sum(not names.startswith("?") for names in given),
            null_aware,
        )


def _iris(root: str, names: str) -> frozenset[str]:
    # Parameters of GREL are used with functions of other spaces too, and the reverse.
    spaces = {root, GREL, IDLAB, IDLAB_NEW}
    return frozenset(space + name for space in spaces for name in names.split("|"))


def problem(call: Call) -> str | None:
    """Why a call cannot be run (unknown function, parameter or output), None when it can."""
    function = REGISTRY.get(call.function)
    if function is None:
        return f"the function {call.function} is unknown"
    given = set()
    for parameter, _ in call.inputs:
        position = _position(function.parameters, parameter)
        if position is None:
            return f"the function {call.function} has no parameter {parameter}"
        if position in given:
            return f"the parameter {parameter} is given twice"
        given.add(position)
    if missing := [n for n in range(function.required) if n not in given]:
        named = min(function.parameters[missing[0]])
        return f"the function {call.function} misses its parameter {named}"
    if call.output is not None and _position(function.outputs, call.output) is None:
        return f"the function {call.function} has no output {call.output}"
    return None


def arguments(call: Call) -> list[int]:
    """For each input of the call, the position of its parameter."""
    function = REGISTRY[call.function]
    return [_position(function.parameters, parameter) or 0 for parameter, _ in call.inputs]


def runner(call: Call) -> Callable[..., Any]:
    """The Python function of a call: arguments in the order of its inputs, one output."""
    function = REGISTRY[call.function]
    order = arguments(call)
    size = len(function.parameters)
    several = len(function.outputs) > 1
    output = _position(function.outputs, call.output) if call.output else 0

    def run(*values: Any) -> Any:
        slots: list[Any] = [None] * size
        for position, value in zip(order, values, strict=True):
            slots[position] = value
        while slots and slots[-1] is None and len(slots) > function.required:
            slots.pop()
        result = function.run(*slots)
        return result[output or 0] if several and result is not None else result

    in_order = order == list(range(len(order))) and not several
    return function.run if in_order else run


def _position(places: tuple[frozenset[str], ...], iri: str) -> int | None:
    return next((n for n, names in enumerate(places) if iri in names), None)


# ---- the functions themselves -------------------------------------------------------------


def _substring(value: Any, start: Any, end: Any = None) -> str | None:
    """GREL substring; None when it starts beyond the end of the text."""
    found, first = terms.text(value), int(start)
    if first > len(found):
        return None
    return found[first : None if end is None else int(end)]


def _escape(value: Any, mode: Any) -> str:
    found, kind = terms.text(value), terms.text(mode).lower()
    if kind in ("html", "xml"):
        return html.escape(found, quote=True)
    if kind == "url":
        return quote(found, safe="")
    if kind in ("javascript", "json"):
        return json.dumps(found, ensure_ascii=False)[1:-1]
    if kind == "csv":
        return '"' + found.replace('"', '""') + '"' if set(found) & set('",\n') else found
    raise ValueError(f"the mode {kind} is unknown")


def _upper_url(value: Any) -> str:
    found = terms.text(value)
    if not found.lower().startswith(("http://", "https://")):
        found = f"http://{found}"
        return "http://" + found[7:].upper()
    return found.upper()


def _parse_url(value: Any) -> tuple[str, str, str]:
    parts = urlsplit(terms.text(value))
    return parts.scheme, parts.netloc, parts.path.lstrip("/")


def _split(value: Any, separator: Any) -> list[str]:
    return terms.text(value).split(terms.text(separator))


def _join(values: Any, separator: Any = "") -> str:
    items = values if isinstance(values, list | tuple) else [values]
    return terms.text(separator).join(map(terms.text, items))


def _concat(first: Any, second: Any, delimiter: Any = "") -> str:
    return terms.text(first) + terms.text(delimiter) + terms.text(second)


def _if(condition: Any, yes: Any, no: Any = None) -> Any:
    return yes if condition is not None and terms.truth(condition) else no


def _digest(kind: str) -> Callable[[Any], str]:
    def run(value: Any) -> str:
        data = terms.text(value).encode()
        return hashlib.new(kind, data, usedforsecurity=False).hexdigest()

    return run


def _on_text(function: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda value: function(terms.text(value))


def _on_texts(function: Callable[[str, str], Any]) -> Callable[[Any, Any], Any]:
    return lambda first, second: function(terms.text(first), terms.text(second))


def _museum_split(value: Any, separators: Any = ";") -> list[str]:
    """Split a cell of a list; separators inside parentheses do not count."""
    return lists.split(terms.text(value), terms.text(separators))


def _date(member: str) -> Callable[[Any], Any]:
    """A member of the date that a cell means (values.dates)."""

    def run(value: Any) -> Any:
        from museosciences.values import dates  # heavy, and rarely asked for

        return dict(dates.parse(terms.text(value))).get(member)

    return run


_VALUE = "valueParameter|valueParam"
_VALUE2 = "valueParameter2|valueParam2"
_STRING = "stringOut|stringOutput|output_string"
_BOOL = "output_bool|bool_out|booleanOut|_boolOut"
_NUMBER = "output_number|numberOut"
_LIST = "output_array|arrayOut"
_STR = "str|_str"
_ID_OUT = "_stringOut|stringOut"


def _register_grel() -> None:
    unary: dict[str, tuple[str, Callable[[str], Any]]] = {
        "toUpperCase": (_STRING, str.upper),
        "toLowerCase": (_STRING, str.lower),
        "toTitleCase": (_STRING, str.title),
        "string_toUppercase": (_STRING, str.upper),
        "string_toLowercase": (_STRING, str.lower),
        "string_trim": (_STRING, str.strip),
        "trim": (_STRING, str.strip),
        "string_length": (_NUMBER, len),
        "string_reverse": (_STRING, lambda text: text[::-1]),
        "string_toNumber": (_NUMBER, lambda text: float(text) if "." in text else int(text)),
    }
    for name, (output, function) in unary.items():
        register("grel", name, _VALUE, output, _on_text(function))
    for name, kind in (("string_md5", "md5"), ("string_sha1", "sha1")):
        register("grel", name, _VALUE, _STRING, _digest(kind))
    find = "p_string_find|param_find"
    replace = "p_string_replace|param_replace"
    register("grel", "string_replace", f"{_VALUE} {find} {replace}", _STRING, _replace)
    start, end = "p_int_i_from|param_int_i_from", "?p_int_i_opt_to|param_int_i_opt_to"
    register("grel", "string_substring", f"{_VALUE} {start} {end}", _STRING, _substring)
    register("grel", "escape", f"{_VALUE} modeParameter|modeParam", _STRING, _escape)
    separator = "p_string_sep|param_string_sep"
    register("grel", "string_split", f"{_VALUE} {separator}", _LIST, _split)
    register("grel", "array_join", f"p_array_a|param_a {separator}", _STRING, _join)
    sub = "p_string_sub|param_string_sub|valueParameter2|valueParam2"
    for name, test in (
        ("string_contains", lambda text, part: part in text),
        ("string_startsWith", str.startswith),
        ("string_endsWith", str.endswith),
    ):
        register("grel", name, f"{_VALUE} {sub}", _BOOL, _on_texts(test))
    condition = "bool_b|param_b"
    yes, no = "any_true|param_any_true", "?any_false|param_any_false"
    register("grel", "controls_if", f"{condition} {yes} {no}", "output_any|anyOut|" + _STRING,
             _if, null_aware=True)  # fmt: skip
    register("grel", "boolean_not", condition, _BOOL, lambda value: not terms.truth(value))


def _replace(value: Any, find: Any, replacement: Any) -> str:
    return terms.text(value).replace(terms.text(find), terms.text(replacement))


def _register_idlab() -> None:
    output = f"{_ID_OUT}|{_STRING}"
    register("idlab", "alwaysReturnsABC", "", output, lambda: "ABC")
    register("idlab", "toUpperCaseURL", _STR, output, _upper_url)
    register("idlab", "slugify", _STR, output, _on_text(iris.slug))
    register("idlab", "equal", f"{_VALUE} {_VALUE2}", _BOOL, _on_texts(str.__eq__))
    register("idlab", "notEqual", f"{_VALUE} {_VALUE2}", _BOOL, _on_texts(str.__ne__))
    register("idlab", "isNull", _STR, _BOOL, lambda value=None: value is None, null_aware=True)
    register("idlab", "isNotNull", _STR, _BOOL, lambda value=None: value is not None,
             null_aware=True)  # fmt: skip
    register("idlab", "trueCondition", f"{_STR} strBoolean|_strBoolean", output,
             lambda value, condition: value if terms.truth(condition) else None)  # fmt: skip
    register("idlab", "concat", f"{_STR} otherStr|_otherStr ?delimiter|_delimiter", output, _concat)
    register("fns", "helloworld", "", "hasStringOutput|stringOutput", lambda: "Hello World!")
    register("fns", "schema", "hasStringParameter|stringParameter", "hasStringOutput|stringOutput",
             lambda value: f"https://schema.org/{terms.text(value)}")  # fmt: skip
    register("fns", "parseURL", "hasStringParameter|stringParameter",
             "hasProtocolOutput|protocolOutput hasDomainOutput|domainOutput "
             "hasStringOutput|stringOutput", _parse_url)  # fmt: skip


def _register_own() -> None:
    unary: dict[str, Callable[[str], Any]] = {
        "slug": iris.slug,
        "lower": str.lower,
        "upper": str.upper,
        "trim": str.strip,
        "encode": iris.encode,
        "digest": iris.digest,
    }
    for name, function in unary.items():
        register("ms", name, f"value|{_VALUE}", f"result|{_STRING}", _on_text(function))
    for member in ("begin", "end", "edtf", "certainty"):
        register("ms", f"date_{member}", f"value|{_VALUE}", f"result|{_STRING}", _date(member))
    register("ms", "split", f"value|{_VALUE} ?separators|p_string_sep", f"result|{_LIST}",
             _museum_split)  # fmt: skip
    register("ms", "concat", "first second ?delimiter", f"result|{_STRING}", _concat)
    register("ms", "if", "condition then ?else", f"result|{_STRING}", _if, null_aware=True)
    register("ms", "equal", f"value|{_VALUE} other|{_VALUE2}", f"result|{_BOOL}",
             _on_texts(str.__eq__))  # fmt: skip


_register_grel()
_register_idlab()
_register_own()
