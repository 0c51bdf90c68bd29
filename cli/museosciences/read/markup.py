"""XML in one streaming pass, safe against hostile files.

No DTD is loaded, no entity is expanded, nothing is fetched, libxml2's own limits stay on, and a
record beyond a stated size stops the reading. What came before a break is still yielded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from museosciences.errors import Said
from museosciences.read.rows import Cell, RefusedRow, SourceRow, refused

# Bytes of XML for one record. The longest real LIDO record has 90 kB.
MAX_RECORD = 32_000_000
_REMEDY = Said("exporter de nouveau le fichier", "export the file again")

# No DTD, no entity expanded, nothing fetched, libxml2's limits on.
_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False,
    "huge_tree": False, "remove_comments": True, "remove_pis": True,
}  # fmt: skip

Element = Any
Cells = Callable[[Element], dict[str, Cell]]


class TooLarge(Exception):
    """One record is larger than any museum's."""


class _Bounded:
    """A binary stream that stops when no record ended for too long."""

    def __init__(self, stream: BinaryIO, limit: int):
        self._stream = stream
        self._limit = limit
        self.since_record = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(min(size, 1 << 16) if size > 0 else 1 << 16)
        self.since_record += len(piece)
        if self.since_record > self._limit:
            raise TooLarge
        return piece


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for comments and entities."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def own_text(element: Element) -> str:
    """The text of an element, white space inside it as one space."""
    return " ".join("".join(element.itertext(with_tail=True)).split())


class Records:
    """The elements of one name in an XML file, each as one row.

    ``tag`` is a local name; None takes the children of the root that have children themselves,
    or the root when it has none such.
    """

    def __init__(self, path: Path, tag: str | None, cells: Cells, limit: int = MAX_RECORD):
        self._path = path
        self._tag = tag
        self._cells = cells
        self._limit = limit

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        number = 0
        with self._path.open("rb") as stream:
            bounded = _Bounded(stream, self._limit)
            try:
                for element in self._elements(bounded):
                    number += 1
                    bounded.since_record = 0
                    yield self._row(element, number)
            except etree.XMLSyntaxError as error:
                line = error.position[0] if error.position else None
                yield refused(
                    self._path.name, number + 1, line,
                    "XML interrompu ou mal formé",
                    f"XML cut or not well-formed ({error.msg})", remedy=_REMEDY,
                )  # fmt: skip
            except TooLarge:
                yield refused(
                    self._path.name, number + 1, None,
                    f"notice de plus de {self._limit // 1_000_000} Mo",
                    f"record of more than {self._limit // 1_000_000} MB", remedy=_REMEDY,
                )  # fmt: skip

    def _elements(self, stream: _Bounded) -> Iterator[Element]:
        """The record elements, each emptied after use so that memory stays flat."""
        if self._tag is not None:
            for _, element in etree.iterparse(
                stream, events=("end",), tag=f"{{*}}{self._tag}", **_SAFE
            ):
                yield element
                _forget(element)
            return
        depth, root, any_record = 0, None, False
        for event, element in etree.iterparse(stream, events=("start", "end"), **_SAFE):
            if event == "start":
                root = element if root is None else root
                depth += 1
                continue
            depth -= 1
            if depth == 1 and len(element):
                any_record = True
                yield element
                _forget(element)
        if root is not None and not any_record and len(root):
            yield root

    def _row(self, element: Element, number: int) -> SourceRow | RefusedRow:
        line = element.sourceline
        entity = next((e for e in element.iter() if e.tag is etree.Entity), None)
        if entity is not None:
            return refused(
                self._path.name, number, line,
                f"entité XML {entity.text} : elle n’est pas remplacée",
                f"XML entity {entity.text}: not expanded",
                remedy=Said("l’écrire en toutes lettres", "write it out"),
            )  # fmt: skip
        return SourceRow(number, line, self._cells(element))


def _forget(element: Element) -> None:
    """Free a record and all that came before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def root_name(path: Path) -> tuple[str, str]:
    """The namespace and local name of the root element; two "" when it is not XML."""
    with path.open("rb") as stream:
        try:
            for _, element in etree.iterparse(stream, events=("start",), **_SAFE):
                name = etree.QName(element)
                return (name.namespace or "", name.localname)
        except etree.XMLSyntaxError:
            pass
    return ("", "")


def generic_cells(element: Element) -> dict[str, Cell]:
    """Any XML record as columns: paths of local names joined by ".".

    An element ``FIELD NAME="Titre"`` (or ``name=``) is the column ``Titre``, as in the Aquarelle
    export of Joconde; other attributes are columns ``path@attribute``.
    """
    found: dict[str, list[str]] = {}
    for name, value in element.attrib.items():
        found.setdefault(f"@{etree.QName(name).localname}", []).append(value)
    for child in element:
        _collect(child, "", found)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _collect(element: Element, above: str, found: dict[str, list[str]]) -> None:
    name = local(element)
    attributes = {etree.QName(key).localname: text for key, text in element.attrib.items()}
    for key in ("NAME", "name"):
        if key in attributes:
            name = attributes.pop(key)
            break
    path = f"{above}.{name}" if above else name
    for key, text in attributes.items():
        found.setdefault(f"{path}@{key}", []).append(text)
    if len(element):
        for child in element:
            _collect(child, path, found)
    else:
        found.setdefault(path, []).append((element.text or "").strip())
