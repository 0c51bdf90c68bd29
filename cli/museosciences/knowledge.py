"""Finds and reads the knowledge: ontology/, shapes/, mappings/, queries/, data/.

In a checkout these folders lie at its top; in an installed wheel, beside the package, under
``_knowledge``. No other module looks for them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from museosciences.errors import KnowledgeError, Place, Said, cause_of

ROOMS = ("ontology", "shapes", "mappings", "queries", "data")


@cache
def root() -> Path:
    """The folder that holds the knowledge folders.

    Raises KnowledgeError when neither the wheel nor a checkout holds them.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_knowledge", package.parent.parent):
        if all((candidate / room).is_dir() for room in ROOMS):
            return candidate
    raise KnowledgeError(
        Said(
            "les dossiers de connaissances (ontology, shapes, mappings, queries, data) manquent",
            "the knowledge folders (ontology, shapes, mappings, queries, data) are missing",
        ),
        place=Place(file=str(package)),
        remedy=Said(
            "réinstaller le paquet, ou travailler dans une copie complète du dépôt",
            "install the wheel again, or run from a complete checkout",
        ),
    )


def path(name: str) -> Path:
    """The path of a knowledge file or folder, e.g. ``path("shapes/object.ttl")``."""
    return root() / name


def read_text(name: str) -> str:
    """The text of a knowledge file (UTF-8). Raises KnowledgeError when it is missing."""
    try:
        return path(name).read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(
            Said(
                f"ce fichier de connaissances ne peut être lu : {cause_of(error).fr}",
                f"the knowledge file cannot be read: {cause_of(error)}",
            ),
            place=Place(file=name),
        ) from error


def files(folder: str, pattern: str = "*") -> list[Path]:
    """The files of a knowledge folder that match, in name order, its sub-folders included."""
    return sorted(found for found in path(folder).rglob(pattern) if found.is_file())
