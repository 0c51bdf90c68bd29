"""JSONPath, the simple and frequent part of it: names, indexes and wildcards (RFC 9535).

Simple paths become plain Python in the compiled mapping. Everything else (filters, slices,
descendants) is evaluated by the python-jsonpath package, when it is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class JSONPathError(ValueError):
    """The path is not JSONPath."""


@dataclass(frozen=True)
class Wildcard:
    """``[*]`` or ``.*``"""


Step = str | int | Wildcard

_TOKEN = re.compile(
    r"""\.(?P<name>[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff-]*)
      | (?P<star>\.\*|\[\s*\*\s*\])
      | \[\s*(?P<index>-?\d+)\s*\]
      | \[\s*'(?P<single>(?:[^'\\]|\\.)*)'\s*\]
      | \[\s*"(?P<double>(?:[^"\\]|\\.)*)"\s*\]""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_NAME_FIRST = re.compile(r"[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff-]*(?=[.\[]|\Z)")


def steps(path: str) -> tuple[Step, ...] | None:
    """The steps of a simple path; None when the path needs a JSONPath engine.

    A path without ``$`` is relative to the iteration, and a text that is no path at all
    is the name of a member, as in the older vocabulary.

    >>> steps("$.makers[*].name"), steps("name"), steps("Country Code"), steps("$..x")
    (('makers', Wildcard(), 'name'), ('name',), ('Country Code',), None)
    """
    text = path.strip()
    if text[:1] in ("$", "@"):
        rest = text[1:]
    elif text.startswith("["):
        rest = text
    elif _NAME_FIRST.match(text):
        rest = f".{text}"
    elif text and not re.search(r"[*?@\[\]$]|\.\.", text):
        return (text,)
    else:
        return None
    found: list[Step] = []
    position = 0
    while position < len(rest):
        token = _TOKEN.match(rest, position)
        if token is None:
            plain = text[:1] not in ("$", "@", "[") and not re.search(r"[*?@\[\]$]", text)
            return (text,) if plain else None
        found.append(_step(token))
        position = token.end()
    return tuple(found)


def _step(token: re.Match[str]) -> Step:
    if token["star"] is not None:
        return Wildcard()
    if token["index"] is not None:
        return int(token["index"])
    if token["name"] is not None:
        return token["name"]
    quoted = token["single"] if token["single"] is not None else token["double"]
    # A character beyond the first plane is escaped as two surrogates (RFC 9535, 2.3.1.1).
    text = _ESCAPE.sub(_unescape, quoted)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) == 5 else _ESCAPES.get(code, code)


def is_single(path: tuple[Step, ...]) -> bool:
    """True when the path selects at most one value (RFC 9535, singular query)."""
    return not any(isinstance(step, Wildcard) for step in path)


def query(path: str) -> Callable[[Any], list[Any]]:
    """A function from a JSON value to the list of values the path selects.

    Raises JSONPathError when the path is wrong, or needs an engine that is not installed.
    """
    simple = steps(path)
    if simple is not None:
        return lambda value: select(value, simple)
    try:
        import jsonpath
    except ImportError as error:
        raise JSONPathError(f"the JSONPath {path!r} needs the package python-jsonpath") from error
    text = path.strip()
    try:
        compiled = jsonpath.compile(text if text[:1] == "$" else f"$.{text}")
    except (jsonpath.JSONPathError, ValueError) as error:
        raise JSONPathError(f"{path!r} is not JSONPath: {error}") from error

    def run(value: Any) -> list[Any]:
        return list(compiled.findall(value)) if isinstance(value, dict | list) else []

    return run


def select(value: Any, path: tuple[Step, ...]) -> list[Any]:
    """The values that a simple path selects.

    >>> select({"a": [{"b": 1}, {"b": 2}]}, steps("$.a[*].b"))
    [1, 2]
    """
    values = [value]
    for step in path:
        if isinstance(step, str):
            values = [v[step] for v in values if isinstance(v, dict) and step in v]
        elif isinstance(step, int):
            values = [v[step] for v in values if isinstance(v, list) and -len(v) <= step < len(v)]
        else:
            values = [
                item
                for v in values
                for item in (
                    v if isinstance(v, list) else v.values() if isinstance(v, dict) else ()
                )
            ]
    return values
