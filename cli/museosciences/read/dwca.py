"""Darwin Core Archives (TDWG Darwin Core Text Guide, 2021): core, extensions, defaults.

One row per core record, its columns named after the terms (``catalogNumber``); the rows of an
extension become lists, side by side, in columns ``identification.dateIdentified``. An archive
whose files lie in a folder, that carries system files, or has no ``meta.xml`` is read too.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from lxml import etree

from museosciences.errors import Said
from museosciences.read.archive import check_archive
from museosciences.read.encoding import detect_stream
from museosciences.read.joined import Joined
from museosciences.read.lines import text_stream
from museosciences.read.rows import Cell, RefusedRow, SourceRow, refused, unreadable
from museosciences.read.table import SAMPLE_LINES, Dialect, Layout, Table, sniff

_NS = "{http://rs.tdwg.org/dwc/text/}"
_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
CORE_ID = "id"
# What reading a damaged member raises.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError)
# Descriptor files are a few kB.
MAX_DESCRIPTOR = 4_000_000


@dataclass(slots=True)
class DataFile:
    """One data file of the archive, as ``meta.xml`` describes it (Text Guide, section 2)."""

    members: list[str]
    row_type: str
    encoding: str
    dialect: Dialect
    skip: int
    id_index: int | None
    indexes: dict[str, int]
    defaults: dict[str, str]
    separators: dict[str, str]
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The row type without its namespace, in lower camel case: ``multimedia``."""
        return local_term(self.row_type)

    def columns(self) -> list[str]:
        """Every term, those that only have a default value included."""
        return list(dict.fromkeys([*self.indexes, *self.defaults]))


def local_term(iri: str) -> str:
    """The local name of a term, first letter in lower case.

    >>> local_term("http://rs.tdwg.org/dwc/terms/CatalogNumber"), local_term("dcterms:license")
    ('catalogNumber', 'license')
    """
    name = iri.rstrip("/#").replace("#", "/").replace(":", "/").rsplit("/", 1)[-1]
    return name[:1].lower() + name[1:]


def _unescape(text: str | None, default: str) -> str:
    return default if text is None else _ESCAPES.get(text, text)


class Archive:
    """A Darwin Core Archive opened for one pass over its core."""

    def __init__(self, path: Path):
        check_archive(path)
        self._path = path
        self._zip = zipfile.ZipFile(path)
        self._names = [
            name for name in self._zip.namelist()
            if not name.endswith("/") and "__MACOSX" not in name
            and not name.rsplit("/", 1)[-1].startswith(".")
        ]  # fmt: skip
        self.notes: list[str] = []
        meta = next((n for n in self._names if n.rsplit("/", 1)[-1].lower() == "meta.xml"), None)
        try:
            if meta is None:
                described: tuple[DataFile, list[DataFile]] = (self._without_descriptor(), [])
            else:
                described = self._described(meta)
        except _DAMAGED as error:
            raise unreadable(path.name, f"archive endommagée ({error})",
                             f"damaged archive ({error})") from error  # fmt: skip
        self.core, self.extensions = described
        self.encoding = self.core.encoding
        self.delimiter = self.core.dialect.delimiter
        self.columns = [CORE_ID] if self.core.id_index is not None else []
        self.columns += [c for c in self.core.columns() if c != CORE_ID]
        self.columns += [f"{e.name}.{column}" for e in self.extensions for column in e.columns()]

    # -- the descriptor ---------------------------------------------------------------------

    def _described(self, meta: str) -> tuple[DataFile, list[DataFile]]:
        folder = meta[: -len("meta.xml")]
        try:
            root = etree.fromstring(
                self._zip.read(meta)[:MAX_DESCRIPTOR],
                etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False),
            )
        except etree.XMLSyntaxError as error:
            raise unreadable(self._path.name, f"meta.xml mal formé ({error.msg})",
                             f"meta.xml is not well-formed ({error.msg})") from error  # fmt: skip
        core = root.find(f"{_NS}core")
        if core is None:
            core = root.find("core")
        if core is None:
            raise unreadable(self._path.name, "meta.xml ne déclare pas de noyau",
                             "meta.xml declares no core")  # fmt: skip
        main = self._data_file(core, folder, "id")
        extensions = [
            self._data_file(element, folder, "coreid")
            for element in root
            if isinstance(element.tag, str) and etree.QName(element).localname == "extension"
        ]
        return main, [self._joinable(extension, main) for extension in extensions]

    def _data_file(self, element: etree._Element, folder: str, id_name: str) -> DataFile:
        def children(name: str) -> list[etree._Element]:
            return [c for c in element.iter() if isinstance(c.tag, str)
                    and etree.QName(c).localname == name]  # fmt: skip

        indexes: dict[str, int] = {}
        defaults: dict[str, str] = {}
        separators: dict[str, str] = {}
        for one in children("field"):
            term = local_term(one.get("term") or "?")
            if (index := one.get("index")) is not None and index.strip().isdigit():
                indexes[term] = int(index)
            if (default := one.get("default")) is not None:
                defaults[term] = default
            if delimiter := one.get("delimitedBy"):
                separators[term] = delimiter
        ids = children(id_name)
        index = ids[0].get("index") if ids else None
        return DataFile(
            members=[self._member(folder, (c.text or "").strip()) for c in children("location")],
            row_type=element.get("rowType") or "",
            encoding=element.get("encoding") or "utf-8",
            dialect=Dialect(
                _unescape(element.get("fieldsTerminatedBy"), ","),
                _unescape(element.get("fieldsEnclosedBy"), '"'),
            ),
            skip=int(element.get("ignoreHeaderLines") or 0),
            id_index=int(index) if index and index.strip().isdigit() else None,
            indexes=indexes, defaults=defaults, separators=separators,
        )  # fmt: skip

    def _member(self, folder: str, location: str) -> str:
        for name in (folder + location, location):
            if name in self._names:
                return name
        wanted = location.rsplit("/", 1)[-1].lower()
        for name in self._names:
            if name.rsplit("/", 1)[-1].lower() == wanted:
                return name
        raise unreadable(self._path.name, f"le fichier « {location} » manque dans l’archive",
                         f"the file {location!r} is missing from the archive")  # fmt: skip

    def _joinable(self, extension: DataFile, core: DataFile) -> DataFile:
        """An extension whose ``coreid`` has no index is joined by the core's own identifier."""
        if extension.id_index is not None:
            return extension
        own = next((term for term, at in core.indexes.items() if at == core.id_index), None)
        if own in extension.indexes:
            extension.id_index = extension.indexes[own]
            self.notes.append(
                Said(
                    f"extension {extension.name} : « coreid » sans index, jointe par {own}",
                    f"extension {extension.name}: coreid without index, joined by {own}",
                )
            )
        else:
            self.notes.append(
                Said(
                    f"extension {extension.name} : « coreid » sans index, non rattachée",
                    f"extension {extension.name}: coreid without index, not joined",
                )
            )
        return extension

    def _without_descriptor(self) -> DataFile:
        """The only (or largest) text file of the archive, its header read as Darwin Core terms."""
        texts = [n for n in self._names if n.lower().endswith((".csv", ".txt", ".tsv"))]
        if not texts:
            raise unreadable(
                self._path.name, "archive sans meta.xml ni fichier de données",
                "archive without meta.xml or data file",
                remedy=Said("vérifier que c’est une archive Darwin Core",
                            "is it a Darwin Core Archive?"),
            )  # fmt: skip
        member = max(texts, key=lambda name: self._zip.getinfo(name).file_size)
        with self._zip.open(member) as stream:
            encoding = detect_stream(stream)  # type: ignore[arg-type]
        with self._zip.open(member) as stream, text_stream(stream, encoding) as text:  # type: ignore[arg-type]
            layout = sniff([line for _, line in zip(range(SAMPLE_LINES), text, strict=False)])
        self.notes.append(
            Said(
                f"sans meta.xml : {member} lu par son en-tête",
                f"without meta.xml: {member} read by its header",
            )
        )
        indexes = {local_term(name): at for at, name in enumerate(layout.columns)}
        return DataFile([member], "Occurrence", encoding.name, layout.dialect, layout.skip,
                        None, indexes, {}, {})  # fmt: skip

    # -- the rows ---------------------------------------------------------------------------

    @contextmanager
    def _text(self, data: DataFile, member: str) -> Iterator[TextIO]:
        with self._zip.open(member) as stream:
            try:
                yield text_stream(io.BufferedReader(stream), data.encoding)  # type: ignore[type-var]
            except LookupError as error:
                raise unreadable(self._path.name, f"encodage inconnu « {data.encoding} »",
                                 f"unknown encoding {data.encoding!r}") from error  # fmt: skip

    def _rows(self, data: DataFile) -> Iterator[SourceRow | RefusedRow]:
        """The rows of a data file, cells named by position."""
        number = 0
        width = max([*data.indexes.values(), data.id_index or 0], default=0) + 1
        columns = [str(at) for at in range(width)]
        for member in data.members:
            try:
                with self._text(data, member) as text:
                    layout = Layout(data.dialect, columns, data.skip)
                    for row in Table(text, layout, self._path.name, more=True):
                        number += 1
                        row.number = number
                        yield row
            except _DAMAGED as error:
                yield refused(
                    self._path.name, number + 1, None,
                    f"« {member} » est endommagé dans l’archive",
                    f"{member!r} is damaged in the archive ({error})",
                    remedy=Said("exporter de nouveau l’archive", "export the archive again"),
                )  # fmt: skip

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        core = self.core
        joined = {
            extension.name: Joined(extension, self._rows(extension))
            for extension in self.extensions
            if extension.id_index is not None
        }
        for row in self._rows(core):
            if isinstance(row, RefusedRow):
                yield row
                continue
            cells = named(core, row)
            if core.id_index is not None:
                key = str(row.cells.get(str(core.id_index), ""))
                cells = {CORE_ID: key, **cells}
                for name, extension in joined.items():
                    cells.update({f"{name}.{c}": v for c, v in extension.of(key).items()})
            yield SourceRow(row.number, row.line, cells, row.notes)
        for name, extension in joined.items():
            self.notes += extension.left_over(name)
            extension.close()


def named(data: DataFile, row: SourceRow) -> dict[str, Cell]:
    """Cells by term, default values filled in, declared lists split."""
    cells: dict[str, Cell] = {}
    for term in data.columns():
        at = data.indexes.get(term)
        text = str(row.cells.get(str(at), "")) if at is not None else ""
        value = text or data.defaults.get(term, "")
        separator = data.separators.get(term)
        cells[term] = value.split(separator) if separator and separator in value else value
    return cells
