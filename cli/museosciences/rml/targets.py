"""Where the triples go: the default output and logical targets, serialised and compressed.

Everything is written beside its place and moved there at the end, so that a failed run leaves
nothing behind and no older file is damaged.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from museosciences.errors import MappingError, Place, UsageError
from museosciences.rml.model import Target

_FORMATS = {
    "N-Quads": ox.RdfFormat.N_QUADS,
    "N-Triples": ox.RdfFormat.N_TRIPLES,
    "Turtle": ox.RdfFormat.TURTLE,
    "TriG": ox.RdfFormat.TRIG,
    "N3": ox.RdfFormat.N3,
    "RDF_XML": ox.RdfFormat.RDF_XML,
    "JSON-LD": ox.RdfFormat.JSON_LD,
}
#: Names of the command line.
NAMES = {"nquads": "N-Quads", "ntriples": "N-Triples", "turtle": "Turtle"}
#: Formats that hold triples only: the names of graphs are left out.
_TRIPLES = {"N-Triples", "Turtle", "N3", "RDF_XML", "RDF_JSON"}


def serialization(name: str) -> str:
    """The serialisation of a format name. Raises UsageError."""
    if name not in NAMES:
        raise UsageError(f"the format {name} is unknown", remedy=f"use {', '.join(NAMES)}")
    return NAMES[name]


class Output:
    """One output: N-Quads lines go in by ``write``, the file appears at ``publish``."""

    def __init__(
        self, path: Path, kind: str, *, encoding: str | None = None, compression: str | None = None
    ) -> None:
        self.path = path
        self.kind = kind
        self.encoding = None if encoding in (None, "utf-8-sig") else encoding
        self.compression = compression
        self.triples = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
        self._part = Path(name)
        self._part.chmod(0o666 & ~_umask())
        self._stream = self._part.open("wb")

    def write(self, pieces: list[str], octets: bool, lines: int | None = None) -> None:
        """Take pieces that together are whole N-Quads lines (octets: see octets.py)."""
        data = "".join(pieces).encode("latin-1" if octets else "utf-8")
        self.triples += data.count(b"\n") if lines is None else lines
        self._stream.write(data)

    def discard(self) -> None:
        """Leave nothing behind."""
        self._stream.close()
        self._part.unlink(missing_ok=True)

    def finish(self) -> None:
        """Serialise, encode, compress: all that can still fail."""
        self._stream.close()
        self._through(lambda data, to: convert(data, to, self.kind), self.kind != "N-Quads")
        encoding = self.encoding
        if encoding is not None:
            self._through(lambda data, to: _recode(data, to, encoding), True)
        self._through(self._compress, self.compression is not None)

    def publish(self) -> None:
        """Move into place."""
        self._part.replace(self.path)

    def _through(self, step: Callable[[IO[bytes], IO[bytes]], None], needed: bool) -> None:
        if not needed:
            return
        following = self._part.with_suffix(".next")
        try:
            with self._part.open("rb") as data, following.open("wb") as to:
                step(data, to)
            following.replace(self._part)
        finally:
            following.unlink(missing_ok=True)

    def _compress(self, data: IO[bytes], to: IO[bytes]) -> None:
        name = self.path.name
        for ending in (".gz", ".zip", ".tar", ".xz"):
            name = name.removesuffix(ending).removesuffix(".tar")
        if self.compression == "gzip":
            with gzip.GzipFile(filename="", fileobj=to, mode="wb", mtime=0) as packed:
                _copy(data, packed)
        elif self.compression == "zip":
            with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(self._part, name)
        else:
            mode = {"targz": "w:gz", "tarxz": "w:xz"}.get(self.compression or "", "w")
            with tarfile.open(fileobj=to, mode=mode) as archive:  # type: ignore[call-overload]
                archive.add(self._part, name)


def _umask() -> int:
    """What a new file may not allow; a temporary one is private to begin with."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def of_target(target: Target, folder: Path) -> Output:
    """The output of a logical target, below ``folder``. Raises MappingError."""
    file = target.file
    path = (folder / file.path).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise MappingError(
            f"the target {file.path} lies outside the output folder",
            place=Place(file=str(folder), part=f"target {target.node}"),
            remedy="give a path below the folder of the output",
        )
    return Output(path, target.serialization, encoding=file.encoding, compression=file.compression)


def convert(data: IO[bytes], to: IO[bytes], kind: str) -> None:
    """N-Quads to another serialisation; streaming, except for RDF/JSON."""
    quads = ox.parse(data, format=ox.RdfFormat.N_QUADS, lenient=True)
    if kind in _TRIPLES:
        triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
        if kind == "RDF_JSON":
            to.write(json.dumps(_rdf_json(list(triples)), ensure_ascii=False, indent=1).encode())
        else:
            ox.serialize(triples, to, format=_FORMATS[kind])
    else:
        ox.serialize(quads, to, format=_FORMATS[kind])


def _rdf_json(triples: list[ox.Triple]) -> dict[str, dict[str, list[dict[str, str]]]]:
    """RDF 1.1 JSON Alternate Serialization (W3C note, 2013)."""
    found: dict[str, dict[str, list[dict[str, str]]]] = {}
    for triple in triples:
        value = triple.object
        item: dict[str, str]
        if isinstance(value, ox.Literal):
            item = {"type": "literal", "value": value.value}
            if value.language:
                item["lang"] = value.language
            elif value.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
                item["datatype"] = value.datatype.value
        elif isinstance(value, ox.NamedNode):
            item = {"type": "uri", "value": value.value}
        else:
            item = {"type": "bnode", "value": str(value)}
        subject = triple.subject
        key = subject.value if isinstance(subject, ox.NamedNode) else str(subject)
        values = found.setdefault(key, {}).setdefault(triple.predicate.value, [])
        if item not in values:
            values.append(item)
    return found


def _recode(data: IO[bytes], to: IO[bytes], encoding: str) -> None:
    text = io.TextIOWrapper(data, encoding="utf-8", newline="")
    out = io.TextIOWrapper(to, encoding=encoding, newline="")
    while chunk := text.read(1 << 20):
        out.write(chunk)
    out.flush()
    out.detach()
    text.detach()


def _copy(data: IO[bytes], to: IO[bytes] | gzip.GzipFile) -> None:
    while chunk := data.read(1 << 20):
        to.write(chunk)
