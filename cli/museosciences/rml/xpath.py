"""XPath 1.0 references on one element: a fast path for the simple ones, lxml for the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

Query = Callable[[Any], Iterable[str]]

_NAME = r"(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*"
_ATTRIBUTE = re.compile(rf"(?:\./)?@({_NAME})")
_CHILD = re.compile(rf"(?:\./)?({_NAME})(/text\(\))?")


class XPathError(ValueError):
    """The text is not XPath 1.0, or uses a prefix that is not declared."""


def is_single(path: str) -> bool:
    """True when the path selects at most one value: an attribute of the element itself."""
    return _ATTRIBUTE.fullmatch(path) is not None


def query(path: str, namespaces: tuple[tuple[str, str], ...], nulls: frozenset[str]) -> Query:
    """A function from an element to the texts that the path selects, null words left out.

    The value of an element is all the text inside it (XPath 1.0, 5.2). Raises XPathError.
    """
    simple = _simple(path, dict(namespaces)) or _general(path, dict(namespaces))
    if not nulls:
        return simple
    return lambda element: [value for value in simple(element) if value not in nulls]


def expand(name: str, namespaces: dict[str, str]) -> str:
    """``ex:name`` as lxml writes it: ``{http://example.org}name``."""
    prefix, colon, local = name.partition(":")
    if not colon:
        return name
    if prefix not in namespaces:
        raise XPathError(f"the prefix {prefix!r} is not declared (rml:namespace)")
    return f"{{{namespaces[prefix]}}}{local}"


def child_tag(path: str, namespaces: tuple[tuple[str, str], ...]) -> str | None:
    """The tag, as lxml writes it, when the path is the name of a child; otherwise None."""
    match = _CHILD.fullmatch(path)
    if match is None or match[2] is not None:
        return None
    return expand(match[1], dict(namespaces))


def texts_of(wanted: set[str], nulls: frozenset[str]) -> Callable[[Any], dict[str, list[str]]]:
    """A function from an element to the texts of its wanted children, by tag, in one look."""

    def read(element: Any) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for child in element:
            tag = child.tag
            if tag in wanted:
                value = "".join(child.itertext()) if len(child) else child.text or ""
                if value in nulls:
                    continue
                if tag in found:
                    found[tag].append(value)
                else:
                    found[tag] = [value]
        return found

    return read


def _simple(path: str, namespaces: dict[str, str]) -> Query | None:
    if match := _ATTRIBUTE.fullmatch(path):
        attribute = expand(match[1], namespaces)

        def read_attribute(element: Any) -> Iterable[str]:
            value = element.get(attribute)
            return () if value is None else (value,)

        return read_attribute
    if match := _CHILD.fullmatch(path):
        tag, only_text = expand(match[1], namespaces), match[2] is not None

        def read_children(element: Any) -> Iterable[str]:
            found: list[str] = []
            for child in element.iterchildren(tag):
                if len(child):
                    texts = child.xpath("text()") if only_text else ["".join(child.itertext())]
                    found += texts
                elif child.text is not None:
                    found.append(child.text)
                elif not only_text:
                    found.append("")
            return found

        return read_children
    return None


def _general(path: str, namespaces: dict[str, str]) -> Query:
    try:
        compiled = etree.XPath(path, namespaces=namespaces, smart_strings=False)
        compiled(etree.Element("probe"))
    except (etree.XPathError, ValueError) as error:
        raise XPathError(f"{path!r} is not XPath 1.0: {error}") from error

    def run(element: Any) -> Iterable[str]:
        found = compiled(element)
        if not isinstance(found, list):
            return [_text(found)]
        return [_text(item) for item in found]

    return run


def _text(item: Any) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, float):
        return str(int(item)) if item.is_integer() else str(item)
    if isinstance(item, tuple):  # a namespace node
        return str(item[1])
    return "".join(item.itertext())
