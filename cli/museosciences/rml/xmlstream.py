"""The elements of an XML file that an iterator selects, streamed when its path is simple.

Entities are not expanded, nothing is loaded from a DTD or the network, and the limits of
libxml2 on depth and size of a text stay on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from lxml import etree

from museosciences.errors import MappingError, Place, UnreadableFile
from museosciences.rml import sources, xpath
from museosciences.rml.model import LogicalSource

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}
_SIMPLE = re.compile(r"(//|/)?((?:[\w.-]+:)?[\w.-]+(?:/(?:[\w.-]+:)?[\w.-]+)*)")


def elements(
    source: LogicalSource, path: Path, part: str, size: int
) -> Iterator[Iterable[tuple[int, Any]]]:
    """Batches of numbered elements.

    Raises UnreadableFile for broken XML, MappingError for a wrong iterator.

    In a stream an element is emptied once it has been mapped, and with it what stands before;
    its ancestors keep their attributes, so that ``../@id`` works.
    """
    iterator = source.iterator or "/*"
    names = dict(source.namespaces)
    with sources.open_bytes(path, source.file.compression) as stream:
        try:
            match = _SIMPLE.fullmatch(iterator)
            if match is not None and match[1] is not None:
                tags = [xpath.expand(name, names) for name in match[2].split("/")]
                found = _stream(stream, tags, anywhere=match[1] == "//")
            else:
                found = _whole(stream, iterator, names)
            numbered = enumerate(found, start=1)
            # Items are taken one by one: an element of a stream is emptied before the next.
            for first in numbered:
                yield chain((first,), islice(numbered, size - 1))
        except etree.XMLSyntaxError as error:
            raise UnreadableFile(
                f"the XML is broken: {error.msg}", place=Place(file=str(path), line=error.lineno)
            ) from error
        except (etree.XPathError, xpath.XPathError) as error:
            raise MappingError(
                f"the iterator {iterator!r} is wrong: {error}", place=Place(part=part)
            ) from error


def _stream(stream: IO[bytes], tags: list[str], *, anywhere: bool) -> Iterator[Any]:
    above = list(reversed(tags[:-1]))
    for _, element in etree.iterparse(stream, events=("end",), tag=tags[-1], **_SAFE):
        parent = element.getparent()
        ancestor = parent
        for tag in above:
            if ancestor is None or ancestor.tag != tag:
                break
            ancestor = ancestor.getparent()
        else:
            if ancestor is not None and not anywhere:
                continue
            yield element
            if parent is not None:
                # What an iteration can still ask for is above it, not before it.
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del parent[0]


def _whole(stream: IO[bytes], iterator: str, names: dict[str, str]) -> Iterator[Any]:
    tree = etree.parse(stream, etree.XMLParser(**_SAFE))
    found = tree.xpath(iterator, namespaces=names)
    return iter(found if isinstance(found, list) else [])
