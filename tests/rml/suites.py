"""The community's conformance suites, read from their manifests, and how to compare graphs."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset
from rdflib.compare import isomorphic

TEST = "http://w3id.org/rml/test/"


@dataclass(frozen=True)
class Case:
    """One case of a suite; ``outputs`` are its expected files, the default one first."""

    name: str
    folder: Path
    mapping: str
    base: str
    error: bool  # as the manifest has it
    outputs: tuple[str, ...]  # those that exist

    @property
    def must_fail(self) -> bool:
        """No expected output lies beside the mapping.

        The manifests contradict their folders in a few cases (MANIFEST_ERRORS in
        test_conformance.py); the folder is right in all of them.
        """
        return not self.outputs


def cases(suite: Path) -> list[Case]:
    """The cases of the manifest of a suite, in name order."""
    values: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=suite / "manifest.ttl", format=ox.RdfFormat.TURTLE):
        name = quad.predicate.value.rpartition("/")[2]
        values.setdefault(quad.subject.value, {}).setdefault(name, []).append(quad.object.value)
    found = []
    for properties in values.values():
        if "mappingDocument" not in properties:
            continue
        name = properties["identifier"][0]
        outputs = [
            file
            for output in properties.get("output", [])
            for file in values.get(output, {}).get("output", [])
        ]
        existing = {*outputs, "output.nq", "default.nq"}
        found.append(
            Case(
                name,
                suite / name,
                properties["mappingDocument"][0],
                properties.get("defaultBaseIRI", ["http://example.com/"])[0],
                properties["hasError"][0] == "true",
                tuple(sorted(o for o in existing if (suite / name / o).is_file())),
            )
        )
    return sorted(found, key=lambda case: case.name)


def quads(data: bytes, format: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> set[ox.Quad]:
    """The quads of a file; lenient, as one case has a space in an IRI on purpose."""
    return set(ox.parse(data, format=format, lenient=True))


_FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".ttl": ox.RdfFormat.TURTLE,
    ".n3": ox.RdfFormat.N3,
    ".rdfxml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def read(path: Path) -> set[ox.Quad]:
    """The quads of an output file, whatever its serialisation, encoding and compression."""
    data, name = path.read_bytes(), path.name
    if ".tar" in name:
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            member = tar.extractfile(tar.getmembers()[0])
            assert member is not None
            data, name = member.read(), name.rpartition(".tar")[0]
    elif name.endswith(".gz"):
        data, name = gzip.decompress(data), name.removesuffix(".gz")
    elif name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data, name = archive.read(archive.namelist()[0]), name.removesuffix(".zip")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16").encode()
    suffix = Path(name).suffix
    if suffix == ".rdfjson":
        return _rdf_json(json.loads(data))
    return quads(data, _FORMATS[suffix])


def _rdf_json(found: dict[str, dict[str, list[dict[str, object]]]]) -> set[ox.Quad]:
    """Values as text: the suite writes a number where the note asks for a string."""
    return {
        ox.Quad(ox.NamedNode(s), ox.NamedNode(p), ox.Literal(str(value["value"])))
        for s, properties in found.items()
        for p, values in properties.items()
        for value in values
    }


def plain_integers(found: set[ox.Quad]) -> set[ox.Quad]:
    """The quads with xsd:integer literals as plain ones."""
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    return {
        ox.Quad(quad.subject, quad.predicate, ox.Literal(quad.object.value), quad.graph_name)
        if isinstance(quad.object, ox.Literal) and quad.object.datatype == integer
        else quad
        for quad in found
    }


def same(first: Iterable[ox.Quad], second: Iterable[ox.Quad]) -> bool:
    """Equal up to the names of blank nodes, graph by graph."""
    left, right = set(first), set(second)
    if left == right:
        return True
    if not any("_:" in str(quad) for quad in left | right):
        return False
    return {key: len(value) for key, value in _graphs(left).items()} == {
        key: len(value) for key, value in _graphs(right).items()
    } and all(isomorphic(_graphs(left)[key], _graphs(right)[key]) for key in _graphs(left))


def _graphs(found: set[ox.Quad]) -> dict[str, Dataset]:
    groups: dict[str, list[str]] = {}
    for quad in found:
        line = f"{quad.subject} {quad.predicate} {quad.object} ."
        groups.setdefault(str(quad.graph_name), []).append(line)
    return {
        name: Dataset().default_graph.parse(data="\n".join(lines), format="nt")
        for name, lines in groups.items()
    }
