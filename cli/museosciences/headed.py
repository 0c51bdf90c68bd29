"""A headed SPARQL file: its text, what its header says, and its typed parameters.

A query file opens with ``#+`` lines of YAML (after grlc)::

    #+ title: Spécimens sans date de récolte
    #+ title@en: Specimens without a collecting date
    #+ question: CQ-014
    #+ params: {museum: {type: museum, label: "Musée", label@en: "Museum", default: M0812}}

    #+ columns:
    #+   record: {label: Notice, label@en: Record, type: record}

Parameters are bound as RDF terms to the variables of their names, never pasted into the text.
A parameter without value and without default leaves its variable free: the query then
answers for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from museosciences import iris
from museosciences.errors import Place, QueryError, Said, cause_of

# The loader written in C reads all headers in 40 ms, the other in 400.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADER = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed parameter: iri, museum (a code), concept (``taxa/Aves``), string, integer."""

    name: str
    type: str
    default: str | None = None
    label: Mapping[str, str] = field(default_factory=dict)

    def term(self, value: str, base: str) -> ox.NamedNode | ox.Literal:
        """The RDF term of a value given as text. Raises QueryError when it is not of the type."""
        try:
            return _TERMS[self.type](value, base)
        except ValueError as error:
            raise QueryError(
                Said(
                    f"le paramètre {self.name} attend une valeur de type {self.type}",
                    f"the parameter {self.name} takes a value of type {self.type}: {error}",
                ),
                place=Place(column=self.name, value=value),
            ) from error


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: its variable, what to head it with, and how to read its values.

    Types: text, integer, number, score (0 to 1), year, century, yes (true or false); record,
    museum and concept are IRIs; others name a list of words of the program (kind, status…).
    """

    name: str
    type: str
    label: Mapping[str, str]


def _iri(value: str, base: str) -> ox.NamedNode:
    return ox.NamedNode(value if re.match(r"[a-z][a-z0-9+.-]*:", value) else base + value)


def _museum(value: str, base: str) -> ox.NamedNode:
    if value.startswith(("http:", "https:")):
        return ox.NamedNode(value)
    return ox.NamedNode(f"{base}museum/{iris.encode(value)}")


def _concept(value: str, base: str) -> ox.NamedNode:
    if value.startswith(("http:", "https:")):
        return ox.NamedNode(value)
    if "/" not in value and ":" not in value:
        raise ValueError("name the scheme too, as in taxa/Aves")
    scheme, _, name = value.replace(":", "/", 1).partition("/")
    return ox.NamedNode(f"{base}concept/{scheme}/{iris.encode(name)}")


def _integer(value: str, _base: str) -> ox.Literal:
    return ox.Literal(int(value))


def _string(value: str, _base: str) -> ox.Literal:
    return ox.Literal(value)


_TERMS: dict[str, Callable[[str, str], ox.NamedNode | ox.Literal]] = {
    "iri": _iri,
    "museum": _museum,
    "concept": _concept,
    "integer": _integer,
    "string": _string,
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its header. ``name`` is the name of its file."""

    name: str
    folder: str
    text: str
    header: Mapping[str, Any]
    params: tuple[Parameter, ...]

    def title(self, lang: str = "fr") -> str:
        """The title in a language, or the French one, or the name."""
        key = "title" if lang == "fr" else f"title@{lang}"
        return str(self.header.get(key) or self.header.get("title") or self.name)

    @property
    def columns(self) -> tuple[Column, ...]:
        """What the header says of the columns of the answer."""
        described = self.header.get("columns") or {}
        return tuple(
            Column(name, str(facts.get("type", "text")), _labels(name, facts))
            for name, facts in described.items()
        )

    def bindings(self, given: Mapping[str, str], base: str) -> dict[str, ox.NamedNode | ox.Literal]:
        """The terms of the parameters. Raises QueryError on an unknown name or a bad value."""
        known = {parameter.name: parameter for parameter in self.params}
        for name in given:
            if name not in known:
                raise QueryError(
                    Said(
                        f"la question {self.name} n’a pas de paramètre « {name} »",
                        f"the query {self.name} has no parameter {name!r}",
                    ),
                    remedy=Said(
                        "ses paramètres : " + (", ".join(known) or "aucun"),
                        "its parameters: " + (", ".join(known) or "none"),
                    ),
                )
        values = {p.name: given.get(p.name, p.default) for p in self.params}
        return {n: known[n].term(v, base) for n, v in values.items() if v is not None}


def parse(text: str, *, name: str, folder: str = "") -> Query:
    """Read a query and its header. Raises QueryError when the header is not YAML."""
    place = Place(file=f"{name}.rq")
    try:
        header = yaml.load("\n".join(_HEADER.findall(text)), Loader=_LOADER) or {}
    except yaml.YAMLError as error:
        raise QueryError(
            Said(f"l’en-tête n’est pas du YAML : {error}", f"the header is not YAML: {error}"),
            place=place,
        ) from error
    if not isinstance(header, dict):
        raise QueryError(
            Said("l’en-tête n’est pas une table de clés", "the header is not a mapping"),
            place=place,
        )
    return Query(name, folder, text, header, tuple(_parameters(header, place)))


def _parameters(header: Mapping[str, Any], place: Place) -> Iterator[Parameter]:
    for name, facts in (header.get("params") or {}).items():
        facts = {"type": facts} if isinstance(facts, str) else facts
        kind = str(facts.get("type", "string"))
        if kind not in _TERMS:
            raise QueryError(
                Said(
                    f"le paramètre {name} est d’un type inconnu, « {kind} »",
                    f"the parameter {name} has an unknown type {kind!r}",
                ),
                place=place,
                remedy=Said("types : " + ", ".join(_TERMS), "types: " + ", ".join(_TERMS)),
            )
        default = facts.get("default")
        yield Parameter(name, kind, None if default is None else str(default), _labels(name, facts))


def _labels(name: str, facts: Mapping[str, Any]) -> dict[str, str]:
    return {"fr": str(facts.get("label", name)), "en": str(facts.get("label@en", name))}


def read(path: Path, folder: str = "") -> Query:
    """Read a query file. Raises QueryError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = (
            cause_of(error)
            if isinstance(error, OSError)
            else Said("il n’est pas en UTF-8", "not UTF-8")
        )
        raise QueryError(
            Said(f"ce fichier ne peut être lu : {cause.fr}", f"this file cannot be read: {cause}"),
            place=Place(file=str(path)),
            remedy=Said(
                "donner le chemin d’un fichier .rq, ou le nom d’une question (« museo queries »)",
                "give the path of a .rq file, or the name of a query (`museo queries`)",
            ),
        ) from error
    return parse(text, name=path.stem, folder=folder)
