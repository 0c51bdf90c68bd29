"""XML documents written element by element, whatever the museums wrote in their cells.

Markup is escaped by lxml; the characters that XML 1.0 forbids even as references (section 2.2:
control characters, surrogates, U+FFFE and U+FFFF) become U+FFFD, the replacement character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the characters that XML 1.0 forbids.

    >>> clean("<Nautile>\\x0b & \\x00co")
    '<Nautile>� & �co'
    """
    return _FORBIDDEN.sub("\ufffd", text)


class Schema:
    """The namespaces of a format, by which elements are made from prefixed names."""

    def __init__(self, **namespaces: str) -> None:
        self.namespaces: Mapping[str, str] = namespaces

    def name(self, prefixed: str) -> str:
        """``dc:title`` as lxml writes it: ``{http://purl.org/dc/elements/1.1/}title``."""
        prefix, _, local = prefixed.rpartition(":")
        if prefix == "xml":
            return f"{{{XML}}}{local}"
        if prefix in self.namespaces:
            return f"{{{self.namespaces[prefix]}}}{local}"
        return local

    def _attribute(self, key: str) -> str:
        """An attribute without prefix is in no namespace (Namespaces in XML, section 6.2)."""
        return self.name(key.replace("_", ":", 1)) if "_" in key else key

    def root(self, name: str, **attributes: str) -> etree._Element:
        """An element that declares the namespaces."""
        declared: Any = {k or None: v for k, v in self.namespaces.items()}
        found = etree.Element(self.name(name), nsmap=declared)
        return self._filled(found, "", attributes)

    def add(
        self, parent: etree._Element, name: str, text: str = "", **attributes: str
    ) -> etree._Element:
        """A new last child; ``xml_lang="fr"`` is the attribute ``xml:lang``. Empty ones fall."""
        return self._filled(etree.SubElement(parent, self.name(name)), text, attributes)

    def _filled(
        self, found: etree._Element, text: str, attributes: Mapping[str, str]
    ) -> etree._Element:
        if text:
            found.text = clean(text)
        for key, value in attributes.items():
            if value:
                found.set(self._attribute(key), clean(value))
        return found


def written(element: etree._Element) -> bytes:
    """An element as UTF-8, without a declaration."""
    return etree.tostring(element, encoding="utf-8")


def document(element: etree._Element) -> bytes:
    """An element as a document of its own."""
    return DECLARATION + written(element) + b"\n"


def ends(root: etree._Element) -> tuple[bytes, bytes]:
    """The beginning and the end of a document whose members are written one by one."""
    root.text = "\n"
    start, _, end = written(root).rpartition(b"\n")
    return DECLARATION + start + b"\n", end + b"\n"


def wrapped(root: etree._Element, members: Iterable[etree._Element]) -> Iterator[bytes]:
    """A document of many members, each written as soon as it comes: memory is flat."""
    start, end = ends(root)
    yield start
    for member in members:
        yield written(member) + b"\n"
    yield end
