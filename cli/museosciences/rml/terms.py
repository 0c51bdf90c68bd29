"""From values of the data to RDF terms in N-Triples form: what the compiled mapping calls.

Every function here runs once for each cell, so the fast ones are bound methods of compiled
regular expressions rather than Python functions.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import quote

from museosciences import iris

XSD = iris.XSD

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}

#: Escape a text for a literal in N-Triples (section 3, ECHAR: quote, backslash, line ends).
escape: Callable[[str], str] = partial(
    re.compile('["\\\\\n\r]').sub, lambda match: _ESCAPES[match.group()]
)


def _percent(match: re.Match[str]) -> str:
    return quote(match.group(), safe="")


#: Values kept by one cache. Cells of a museum repeat; a few thousand hold nearly all hits.
CACHED = 50_000


class Cache(dict[str, Any]):
    """A function of a text, remembered for the texts seen lately. Bounded."""

    def __init__(self, function: Callable[[str], Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: str) -> Any:
        if len(self) >= CACHED:
            self.clear()
        value = self[key] = self._function(key)
        return value


def cached(function: Callable[[str], Any]) -> Callable[[str], Any]:
    """The function with a cache in front: a hit never enters Python."""
    return Cache(function).__getitem__


#: Percent-encode what is not in iunreserved (rml-core, IRI-safe version of a string).
encode_iri: Callable[[str], str] = iris.encode
#: Percent-encode what is not in unreserved (rml:URI).
encode_uri: Callable[[str], str] = partial(re.compile(r"[^A-Za-z0-9._~-]").sub, _percent)
#: Make a text a blank node label, without two texts ever giving one label.
blank_label: Callable[[str], str] = partial(
    re.compile(r"[^A-Za-z0-9]").sub, lambda match: f"_{ord(match.group()):x}_"
)

_BREAKS_LINE = re.compile('[\x00-\x1f<>"]')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# An absolute IRI: RFC 3987 forbids these characters in one, and N-Triples cannot write them.
_GOOD_IRI = re.compile(
    r"""[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20<>"{}|^`\\%]|%[0-9A-Fa-f]{2})*"""
).fullmatch
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*|[xXiI](?:-[A-Za-z0-9]{1,8})+")


def is_absolute(text: str) -> bool:
    """True when the text begins with a scheme (RFC 3987, 2.2)."""
    return _SCHEME.match(text) is not None


def is_iri(text: str) -> bool:
    """True when the text can stand between ``<`` and ``>`` as an absolute IRI.

    >>> is_iri("http://example.com/é"), is_iri("http://example.com/a b"), is_iri("a")
    (True, False, False)
    """
    return _GOOD_IRI(text) is not None


def iri(base: str, ascii_only: bool = False) -> Callable[[Any], str | None]:
    """A function from a value to an IRI in N-Triples form, None when it cannot be one."""

    def convert(value: Any) -> str | None:
        found = text(value)
        if _SCHEME.match(found) is None:
            found = base + found
        if not is_iri(found) or (ascii_only and not found.isascii()):
            return None
        return f"<{found}>"

    return convert


def unsafe_iri(base: str) -> Callable[[Any], str | None]:
    """The same for rml:UnsafeIRI: only what would break the line is refused."""

    def convert(value: Any) -> str | None:
        found = text(value)
        if _SCHEME.match(found) is None:
            found = base + found
        return None if _BREAKS_LINE.search(found) else f"<{found}>"

    return convert


def language(value: Any) -> str | None:
    """A language tag as it is written (BCP 47, well-formed), None when it is not one.

    >>> language("fr"), language("en-GB"), language("a-english")
    ('fr', 'en-GB', None)
    """
    tag = text(value)
    return tag if _LANGUAGE.fullmatch(tag) else None


def text(value: Any) -> str:
    """The lexical form of a JSON or function value.

    >>> text("x"), text(7), text(True), text(1.5), text(1e21)
    ('x', '7', 'true', '1.5', '1e+21')
    """
    if type(value) is str:
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    return str(value)


def canonical_double(value: float) -> str:
    """The canonical form of an xsd:double (XML Schema 1.1 part 2, 3.3.5.2).

    >>> canonical_double(30.0), canonical_double(0.015), canonical_double(float("inf"))
    ('3.0E1', '1.5E-2', 'INF')
    """
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    if math.isnan(value):
        return "NaN"
    if value == 0:
        return "-0.0E0" if math.copysign(1, value) < 0 else "0.0E0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    fraction = "".join(map(str, digits[1:])) or "0"
    return f"{'-' if sign else ''}{digits[0]}.{fraction}E{len(digits) - 1 + int(exponent)}"


def literal(value: Any) -> str:
    """The natural RDF literal of a JSON or function value (rml-core, natural mapping).

    >>> literal("é"), literal(7)
    ('"é"', '"7"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    if type(value) is str:
        return f'"{escape(value)}"'
    if value is True or value is False:
        return f'"{text(value)}"^^<{XSD}boolean>'
    if type(value) is int:
        return f'"{value}"^^<{XSD}integer>'
    if type(value) is float:
        return f'"{canonical_double(value)}"^^<{XSD}double>'
    return f'"{escape(str(value))}"'


def decimal_text(value: Any) -> str:
    """The lexical form for xsd:decimal: never an exponent.

    >>> decimal_text(1e-7), decimal_text(12.0), decimal_text("1.50")
    ('0.0000001', '12.0', '1.50')
    """
    if type(value) is float and math.isfinite(value):
        return format(Decimal(repr(value)), "f")
    return text(value)


def double_text(value: Any) -> str:
    """The lexical form for xsd:double and xsd:float: canonical for numbers."""
    if type(value) is float or type(value) is int:
        return canonical_double(float(value))
    return text(value)


def integer_text(value: Any) -> str:
    """The lexical form for xsd:integer and its kin: 3.0 is 3, 3.5 stays and is refused."""
    if type(value) is float and value.is_integer():
        return str(int(value))
    return text(value)


_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_DATE = re.compile(rf"({_YEAR})-(\d\d)-(\d\d)(?:T{_TIME})?{_ZONE}", re.ASCII)
_INTEGER = re.compile(r"[+-]?[0-9]+").fullmatch


def _is_day(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    # The Gregorian calendar repeats every 400 years; monthrange knows the years 1 to 9999.
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000 + year % 400, month)[1]


#: The days that every month has, of the years that museums write.
_PLAIN_DAY = re.compile(r"(?:1\d|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])", re.ASCII)


def _date(value: str) -> bool:
    if _PLAIN_DAY.fullmatch(value):
        return True
    return "T" not in value and _is_day(value)


def _date_time(value: str) -> bool:
    return "T" in value and _is_day(value)


def _within(low: int | None, high: int | None) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        if _INTEGER(value) is None or len(value) > 4000:
            return False
        number = int(value)
        return (low is None or number >= low) and (high is None or number <= high)

    return check


Check = Callable[[str], Any]

_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")

#: Lexical checks of the XML Schema datatypes (XML Schema 1.1 part 2). No checked form holds a
#: character that N-Triples would escape.
_BY_NAME: dict[str, Check] = {
    "integer": _INTEGER,
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch,
    "double": _FLOAT.fullmatch,
    "float": _FLOAT.fullmatch,
    "boolean": re.compile("true|false|1|0").fullmatch,
    "date": _date,
    "dateTime": _date_time,
    "time": re.compile(_TIME + _ZONE, re.ASCII).fullmatch,
    "gYear": re.compile(_YEAR + _ZONE, re.ASCII).fullmatch,
    "gYearMonth": re.compile(rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}", re.ASCII).fullmatch,
    "long": _within(-(2**63), 2**63 - 1),
    "int": _within(-(2**31), 2**31 - 1),
    "short": _within(-(2**15), 2**15 - 1),
    "byte": _within(-128, 127),
    "nonNegativeInteger": _within(0, None),
    "positiveInteger": _within(1, None),
    "nonPositiveInteger": _within(None, 0),
    "negativeInteger": _within(None, -1),
    "unsignedLong": _within(0, 2**64 - 1),
    "unsignedInt": _within(0, 2**32 - 1),
    "unsignedShort": _within(0, 2**16 - 1),
    "unsignedByte": _within(0, 255),
}
CHECKS = {f"{XSD}{name}": check for name, check in _BY_NAME.items()}

_INTEGERS = {"integer", "long", "int", "short", "byte"}


def lexical(datatype: str) -> Callable[[Any], str]:
    """How numbers of JSON are written for a datatype."""
    name = datatype.removeprefix(XSD)
    if name == "decimal":
        return decimal_text
    if name in ("double", "float"):
        return double_text
    if name in _INTEGERS or name.endswith("Integer") or name.startswith("unsigned"):
        return integer_text
    return text


def truth(value: Any) -> bool:
    """Whether a condition holds: a boolean, or its usual words."""
    return text(value).strip().lower() in ("true", "1")
