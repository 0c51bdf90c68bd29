"""The museums: the register of the region's Musées de France, and any other that a source names."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from museosciences import iris, knowledge
from museosciences.iris import CRM, GEO, MS, RDF, RDFS
from museosciences.ntriples import Graph, iri, literal


@dataclass(frozen=True, slots=True)
class Museum:
    """A museum: its Muséofile code, name, town and coordinates (degrees, WGS 84)."""

    code: str
    name: str
    town: str = ""
    department: str = ""
    latitude: float | None = None
    longitude: float | None = None
    fictional: bool = False

    @property
    def label(self) -> str:
        """The name with its town, as a caption gives it."""
        if not self.town or self.town.casefold() in self.name.casefold():
            return self.name
        return f"{self.town}, {self.name[:1].lower()}{self.name[1:]}"


@cache
def register() -> dict[str, Museum]:
    """The museums of ``data/museums.csv`` by code."""
    text = knowledge.read_text("data/museums.csv")
    return {row["code"]: _museum(row) for row in csv.DictReader(text.splitlines())}


def _museum(row: dict[str, str]) -> Museum:
    return Museum(
        code=row["code"],
        name=row["name"],
        town=row["town"],
        department=row["department"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        fictional=row["fictional"] == "true",
    )


def graph(base: str, codes: Iterable[str]) -> bytes:
    """The N-Quads that describe the museums of the register, and those of the codes given."""
    found = Graph(f"{base}graph/vocabulary/museums")
    known = register()
    for code in sorted({*known, *codes}):
        museum = known.get(code, Museum(code, code))
        subject = f"{base}museum/{iris.encode(code)}"
        found.add(subject, RDF + "type", iri(CRM + "E74_Group"))
        found.add(subject, RDF + "type", iri(MS + "Museum"))
        found.add(subject, RDFS + "label", literal(museum.label))
        found.add(subject, MS + "code", literal(code))
        if museum.town:
            found.add(subject, MS + "town", literal(museum.town))
            found.add(subject, MS + "department", literal(museum.department))
        if museum.latitude is not None and museum.longitude is not None:
            found.add(subject, GEO + "lat", literal(museum.latitude))
            found.add(subject, GEO + "long", literal(museum.longitude))
    return found.nquads()
