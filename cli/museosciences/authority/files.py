"""Reads the files of external authorities: tables, indented lexicons, SKOS in any RDF syntax.

A table is any CSV or TSV with a header in which an identifier, labels, a scientific name or a
parent are recognised (Opentheso exports such as PACTOLS, TAXREF, Catalogue of Life, ASFIS). A text
is a lexicon as the Joconde ones: a tab for each level, synonyms after " = ". What a file says
of itself is completed by ``authorities.toml`` in its folder::

    [joconde_lexiques]          # a sub-folder, or a file without its extension
    title = "Lexiques Joconde"
    licence = "not stated"
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from museosciences import iris
from museosciences.authority.model import LATIN, Authority, Entry
from museosciences.errors import Place, Said, VocabularyError
from museosciences.read.encoding import detect

NOTES = "authorities.toml"
UNKNOWN_LICENCE = "licence not stated"
TABLES = (".csv", ".tsv")
GRAPHS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
}
# Names of columns, folded to letters and digits.
_IRI = ("uri", "iri", "id", "taxonid", "cdnom", "cdref", "identifier", "alpha3code", "code")
_PARENT = ("skosbroader", "broader", "parentid", "cdsup", "parentnameusageid", "parent")
_SCIENTIFIC = ("scientificname", "lbnom", "nomlatin", "nomscientifique")
_FRENCH = ("nomvern", "nomfrancais", "libelle", "terme", "nom")
_ENGLISH = ("nomvernengl",)
_LABEL = re.compile(r"(?:skos:)?(pref|alt|hidden)?label(?:@(\w+))?$", re.IGNORECASE)
_NAME = re.compile(r"name_(\w\w)$", re.IGNORECASE)
_SEVERAL = re.compile(r"##|\s*\|\s*|\s*;\s*")
# BirdNET: "Abroscopus albogularis_Bouscarle à moustaches"; the file name ends in the language.
_LABELLED = re.compile(r"^([A-Z][a-z]+ [a-z-]+)_(.+)$")
_LINE = re.compile(r"^(?P<indent>[\s\u00a0]*)(?P<terms>.*)$")
# csv's own limit is below what definitions of thesauri reach.
_LARGEST_CELL = 1 << 24


def read_folder(folder: Path) -> list[Authority]:
    """The authorities of a folder: one per file, or per sub-folder. Raises VocabularyError."""
    if not folder.is_dir():
        raise VocabularyError(
            Said(
                "le dossier des référentiels n’existe pas", "the folder of authorities is missing"
            ),
            place=Place(file=str(folder)),
            remedy=Said(
                "le créer, ou retirer MUSEO_AUTHORITIES", "make it, or unset MUSEO_AUTHORITIES"
            ),
        )
    notes = _notes(folder)
    found: list[Authority] = []
    for path in sorted(folder.iterdir()):
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        readable = [file for file in files if _readable(file)]
        if not readable:
            continue
        name = path.name if path.is_dir() else path.stem
        said = notes.get(name, {})
        authority = Authority(
            iris.slug(name), said.get("title", name), said.get("licence", UNKNOWN_LICENCE)
        )
        for file in readable:
            for entry in read_file(file, authority.id):
                _add(authority, entry)
        found.append(authority)
    return found


def _readable(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in (*TABLES, *GRAPHS, ".txt")


def _notes(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / NOTES
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise VocabularyError(
            Said(f"il ne peut être lu : {error}", f"it cannot be read: {error}"),
            place=Place(file=str(path)),
        ) from error


def _add(authority: Authority, entry: Entry) -> None:
    known = authority.entries.setdefault(entry.iri, Entry(entry.iri))
    known.labels.extend(label for label in entry.labels if label not in known.labels)
    known.broader.extend(iri for iri in entry.broader if iri not in known.broader)


def read_file(path: Path, name: str) -> Iterator[Entry]:
    """The entries of one file. ``name`` is that of the authority, for identifiers of our own.

    Raises VocabularyError when the file is not what its extension says.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in GRAPHS:
            yield from _graph(path, GRAPHS[suffix])
        elif suffix in TABLES:
            yield from _table(path, name)
        else:
            yield from _lexicon(path, name)
    except (SyntaxError, OSError, UnicodeDecodeError, csv.Error) as error:
        raise VocabularyError(
            Said(
                f"le référentiel ne peut être lu : {error}",
                f"the authority cannot be read: {error}",
            ),
            place=Place(file=str(path)),
        ) from error


def own_iri(name: str, identifier: str) -> str:
    """The IRI of an entry whose authority gives it none."""
    return f"{iris.DEFAULT_BASE}concept/authority/{name}/{iris.encode(identifier)}"


# --- SKOS ----------------------------------------------------------------------------------------

_SKOS_LABELS = {
    iris.SKOS + "prefLabel": 0,
    iris.SKOS + "altLabel": 1,
    iris.SKOS + "hiddenLabel": 2,
    iris.DWC + "scientificName": 1,
}


def _graph(path: Path, form: ox.RdfFormat) -> Iterator[Entry]:
    labels: dict[str, list[tuple[int, str, str]]] = {}
    broader: dict[str, list[str]] = {}
    for quad in ox.parse(path=str(path), format=form, base_iri=iris.DEFAULT_BASE):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if predicate in _SKOS_LABELS and isinstance(value, ox.Literal):
            latin = predicate == iris.DWC + "scientificName"
            lang = LATIN if latin else (value.language or "").partition("-")[0]
            labels.setdefault(subject, []).append((_SKOS_LABELS[predicate], lang, value.value))
        elif predicate == iris.SKOS + "broader" and isinstance(value, ox.NamedNode):
            broader.setdefault(subject, []).append(value.value)
    for subject, found in labels.items():
        ordered = [(lang, label) for _rank, lang, label in sorted(found)]
        yield Entry(subject, ordered, broader.get(subject, []))


# --- tables --------------------------------------------------------------------------------------


def _table(path: Path, name: str) -> Iterator[Entry]:
    csv.field_size_limit(_LARGEST_CELL)
    encoding = detect(path).name
    with path.open(encoding=encoding, newline="") as handle:
        first = handle.readline()
        handle.seek(0)
        delimiter = max("\t;,", key=first.count)
        table = csv.DictReader(handle, delimiter=delimiter)
        columns = _columns(table.fieldnames or ())
        if not columns.labels:
            raise VocabularyError(
                Said(
                    "aucune colonne de libellés n’est reconnue", "no column of labels is recognised"
                ),
                place=Place(file=str(path)),
                remedy=Said(
                    "nommer les colonnes uri, prefLabel@fr, altLabel@fr, scientificName, parentID",
                    "name the columns uri, prefLabel@fr, altLabel@fr, scientificName, parentID",
                ),
            )
        for number, row in enumerate(table, start=1):
            entry = columns.entry(row, name, number)
            if entry.labels:
                yield entry


class _Columns:
    """Which columns of a table say what."""

    def __init__(self, iri: str | None, parent: str | None, labels: list[tuple[str, str]]) -> None:
        self.iri = iri
        self.parent = parent
        self.labels = labels  # (column, language), the preferred ones first
        self.language: str | None = None  # the column that says the language of each row

    def entry(self, row: dict[str, str], name: str, number: int) -> Entry:
        """The entry of a row."""
        labels = [
            (_two_letters(row[self.language]) if self.language else language, label)
            for column, language in self.labels
            for label in _SEVERAL.split((row.get(column) or "").strip())
            if label
        ]
        identifier = (row.get(self.iri) or "").strip() if self.iri else ""
        parents = _SEVERAL.split((row.get(self.parent) or "").strip()) if self.parent else []
        return Entry(
            _iri(name, identifier or f"row-{number}"),
            labels,
            [_iri(name, parent) for parent in parents if parent],
        )


def _two_letters(code: str | None) -> str:
    """ISO 639-2 -> 639-1 for the languages that we match in; any other code as it is."""
    return {"fre": "fr", "fra": "fr", "eng": "en"}.get(code or "", code or "")


def _iri(name: str, identifier: str) -> str:
    return identifier if re.match(r"[a-z]+://", identifier) else own_iri(name, identifier)


def _columns(names: Iterable[str]) -> _Columns:
    labels: list[tuple[int, str, str]] = []
    by_name = {re.sub(r"[^a-z0-9]", "", column.lower()): column for column in names}
    for plain, column in by_name.items():
        label, translated = _LABEL.match(column.strip()), _NAME.match(column.strip())
        if label:
            labels.append((label[1] not in (None, "pref"), column, label[2] or ""))
        elif translated:
            labels.append((0, column, translated[1].lower()))
        elif plain in _SCIENTIFIC:
            labels.append((0, column, LATIN))
        elif plain in _FRENCH:
            labels.append((0, column, "fr"))
        elif plain in _ENGLISH:
            labels.append((0, column, "en"))
    if not labels and "name" in by_name and "language" in by_name:
        labels.append((0, by_name["name"], ""))
    ordered = [(column, language) for _rank, column, language in sorted(labels)]
    columns = _Columns(_first(_IRI, by_name), _first(_PARENT, by_name), ordered)
    columns.language = by_name.get("language")
    return columns


def _first(wanted: tuple[str, ...], by_name: dict[str, str]) -> str | None:
    return next((by_name[name] for name in wanted if name in by_name), None)


# --- indented lexicons ---------------------------------------------------------------------------


def _suffix(path: Path) -> str:
    return path.stem.rpartition("_")[2] if "_" in path.stem else ""


def _lexicon(path: Path, name: str) -> Iterator[Entry]:
    """A lexicon of the Joconde kind: one term a line, tabs for levels, synonyms after " = "."""
    encoding = detect(path).name
    above: list[str] = []
    with path.open(encoding=encoding) as handle:
        for line in handle:
            found = _LINE.match(line.rstrip("\n"))
            if found is None or not found["terms"].strip():
                continue
            depth = found["indent"].count("\t")
            if bird := _LABELLED.match(line.strip()):
                iri = own_iri(name, bird[1])
                yield Entry(iri, [(LATIN, bird[1]), (_suffix(path), bird[2])])
                continue
            terms = [term.strip() for term in found["terms"].split(" =") if term.strip("= \t")]
            above = above[:depth]
            iri = own_iri(name, f"{path.stem}/{iris.slug(terms[0])}")
            yield Entry(iri, [("fr", term.lstrip("= ")) for term in terms], above[-1:])
            above += [iri] * (depth + 1 - len(above))
