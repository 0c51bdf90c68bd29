"""The exception tree: every error says where it happened, why, and what to try next.

::

    MuseoError
    ├── UsageError          the command was misused                       exit 2
    ├── InputError          a file of a museum cannot be used             exit 3
    │   ├── UnreadableFile      missing, truncated, too large, not text
    │   ├── UnknownFormat       no reader recognises it
    │   └── CrosswalkError      a crosswalk is wrong or does not fit the file
    ├── KnowledgeError      a file of this project (or the user's own) is wrong   exit 3
    │   ├── MappingError        an RML mapping: file, triples map, term map
    │   ├── ShapesError         a SHACL shapes file
    │   ├── QueryError          a query file, its header or its parameters
    │   └── VocabularyError     a SKOS scheme, an alignment, an authority, a theme
    └── StoreError          the workspace or the graph store              exit 4
"""

from __future__ import annotations

import errno
import json
from dataclasses import dataclass


class Said(str):
    """A sentence in French and in English. Read as a plain text it is the English one.

    >>> said = Said("fichier vide", "empty file")
    >>> said, told(said, "fr"), told("plain", "fr")
    ('empty file', 'fichier vide', 'plain')
    """

    fr: str

    def __new__(cls, fr: str, en: str) -> Said:
        said = super().__new__(cls, en)
        said.fr = fr
        return said

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return self.fr, str(self)

    def stored(self) -> str:
        """Both languages as one text to keep (JSON); ``told`` reads it again."""
        return json.dumps({"fr": self.fr, "en": str(self)}, ensure_ascii=False)


def told(text: str, lang: str) -> str:
    """A text in a language (``fr`` or ``en``), whether it is said in both, kept, or plain.

    >>> told(Said("oui", "yes").stored(), "fr")
    'oui'
    """
    if isinstance(text, Said):
        return text.fr if lang == "fr" else str(text)
    if text.startswith('{"fr": '):
        return str(json.loads(text)[lang])
    return text


def cause_of(error: OSError) -> Said:
    """Why the system refused a file, in both languages."""
    en = error.strerror or str(error)
    return Said(_SYSTEM.get(error.errno or 0, en), en)


_SYSTEM = {
    errno.ENOENT: "il n’existe pas",
    errno.EACCES: "l’accès en est interdit",
    errno.EPERM: "l’accès en est interdit",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.EROFS: "le disque est en lecture seule",
    errno.EEXIST: "il existe déjà",
    errno.EADDRINUSE: "l’adresse est déjà prise",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: as much of file, row, column and value as is known.

    ``row`` counts records from 1 as the museum would number them; ``line`` is the physical
    line of the file where the record begins; ``part`` names the triples map, term map, shape
    or section of a knowledge file.
    """

    file: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None
    part: str | None = None

    def __str__(self) -> str:
        return self.told("en")

    def told(self, lang: str) -> str:
        """The place in words of a language."""
        value = self.value if self.value is None or len(self.value) <= 80 else self.value[:79] + "…"
        fr = lang == "fr"
        pieces = [
            self.file,
            None if self.row is None else f"{'notice' if fr else 'row'} {self.row}",
            None if self.line is None else f"{'ligne' if fr else 'line'} {self.line}",
            None if self.column is None else _named("colonne", "column", self.column, fr),
            None if value is None else _named("valeur", "value", value, fr),
            self.part,
        ]
        return ", ".join(piece for piece in pieces if piece)


def _named(fr: str, en: str, text: str, french: bool) -> str:
    return f"{fr} «\u00a0{text}\u00a0»" if french else f"{en} {text!r}"


class MuseoError(Exception):
    """Base of all errors of this package.

    ``code`` is a stable kebab-case word for machines, ``cause`` a sentence for people,
    ``remedy`` what to try next; both are ``Said`` in two languages, or plain English.
    """

    exit_code = 3
    code = "error"

    def __init__(
        self, cause: str, *, place: Place | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        return self.told("en")

    def told(self, lang: str) -> str:
        """Place, cause and remedy in a language."""
        where = self.place.told(lang) if self.place is not None else ""
        colon = "\u00a0: " if lang == "fr" else ": "
        return f"{where}{colon if where else ''}{self.why(lang)}"

    def why(self, lang: str) -> str:
        """Cause and remedy, without the place, in a language."""
        remedy = f" → {told(self.remedy, lang)}" if self.remedy else ""
        return f"{told(self.cause, lang)}{remedy}"

    def said(self) -> Said:
        """The whole error in both languages."""
        return Said(self.told("fr"), self.told("en"))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.cause, self.place, self.remedy))


def _rebuild(
    kind: type[MuseoError], cause: str, place: Place | None, remedy: str | None
) -> MuseoError:
    """Unpickle an error that crossed a process boundary."""
    return kind(cause, place=place, remedy=remedy)


class UsageError(MuseoError):
    """The command was misused."""

    exit_code = 2
    code = "usage"


class InputError(MuseoError):
    """A file of a museum cannot be used."""

    code = "input"


class UnreadableFile(InputError):
    """The file is missing, truncated, too large, or not what it claims to be."""

    code = "unreadable-file"


class UnknownFormat(InputError):
    """No reader recognises the file."""

    code = "unknown-format"


class CrosswalkError(InputError):
    """A crosswalk is wrong, or does not fit the file it is used on."""

    code = "crosswalk"


class KnowledgeError(MuseoError):
    """A knowledge file (ours or the user's own) is wrong."""

    code = "knowledge"


class MappingError(KnowledgeError):
    """An RML mapping is wrong; the place names the triples map and the term map."""

    code = "mapping"


class ShapesError(KnowledgeError):
    """A SHACL shapes file is wrong."""

    code = "shapes"


class QueryError(KnowledgeError):
    """A query file, its header or the parameters given for it are wrong."""

    code = "query"


class VocabularyError(KnowledgeError):
    """A SKOS scheme, an alignment, an external authority or a theme file is wrong."""

    code = "vocabulary"


class StoreError(MuseoError):
    """The workspace or the graph store cannot do what was asked."""

    exit_code = 4
    code = "store"
