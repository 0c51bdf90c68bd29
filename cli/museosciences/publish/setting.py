"""What all formats of a collection share: languages, licences, names and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

from museosciences import museums
from museosciences.publish.collection import Collection, Entry, Selection

# Who publishes the collection, as aggregators show it.
PROVIDER = "MuséoSciences"
# The licence of what the project itself says: catalogues, vocabularies, links.
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
# "Copyright not evaluated": the honest statement on an image whose museum says nothing of it.
NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/"
# The language of the cells, for the crosswalks of one museum or of one country. Darwin Core and
# LIDO are written in every language: French for a Musée de France, else "und" (BCP 47).
_LANGUAGES = {"science-museum": "en", "tate": "en", "shell-workbench": "en"}
_LANGUAGES |= dict.fromkeys(("joconde", "joconde-extrait", "joconde-api", "aquarelle"), "fr")
_LANGUAGES |= dict.fromkeys(("inha", "register-18", "wikidata"), "fr")
UNKNOWN = "und"
OPEN_LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
# Licences and statements that Europeana takes for images.
EUROPEANA = ("http://creativecommons.org/", "http://rightsstatements.org/")
_OPEN_LICENCE = re.compile(r"(?i)licence[ -]ouverte|open licence|etalab")
# A code or an address of Creative Commons or RightsStatements.org inside a museum's words.
_CC = re.compile(r"(?i)\bcc[ -]?(0|zero|by(?:[ -](?:nc|nd|sa))*)(?:[ -](\d\.\d))?(?![\w])")
_STATEMENT = re.compile(
    r"(?i)https?://(?:www\.)?(creativecommons\.org/(?:licenses|publicdomain)/[a-z-]+/\d\.\d"
    r"|rightsstatements\.org/vocab/[A-Z-]+/\d\.\d)"
)


def licence(words: str) -> str | None:
    """The address of the licence that words name, or None.

    >>> licence("CC BY-SA 4.0"), licence("CC0-1.0"), licence("tous droits réservés")
    ('http://creativecommons.org/licenses/by-sa/4.0/', \
'http://creativecommons.org/publicdomain/zero/1.0/', None)
    """
    found = _STATEMENT.search(words)
    if found:
        return f"http://{found[1]}/"
    found = _CC.search(words)
    if not found:
        return OPEN_LICENCE if _OPEN_LICENCE.search(words) else None
    if found[1].lower() in ("0", "zero"):
        return CC0
    code = found[1].lower().replace(" ", "-")
    return f"http://creativecommons.org/licenses/{code}/{found[2] or '4.0'}/"


def image_rights(words: str) -> str:
    """What is stated on an image whose museum uses these words, as Europeana wants it.

    >>> image_rights("CC BY 4.0"), image_rights("© Musée")
    ('http://creativecommons.org/licenses/by/4.0/', 'http://rightsstatements.org/vocab/CNE/1.0/')
    """
    found = licence(words)
    return found if found and found.startswith(EUROPEANA) else NOT_EVALUATED


def uri(iri: str) -> str:
    """An IRI as a URI (RFC 3987, section 3.1), for formats that only know those.

    >>> uri("https://e/object/M1/1%20à")
    'https://e/object/M1/1%20%C3%A0'
    """
    return quote(iri, safe="%/:=&?~#+!$,;'@()*[]-._")


@dataclass(frozen=True)
class Setting:
    """What is known of a collection as a whole, asked once."""

    collection: Collection

    @property
    def base(self) -> str:
        return self.collection.base

    @cached_property
    def host(self) -> str:
        """The host of the base IRI: the namespace of the OAI identifiers."""
        return urlsplit(self.base).hostname or "localhost"

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        return self.collection.sources()

    def language(self, entry: Entry) -> str:
        """The language of the notices of a record, BCP 47; ``und`` when it is not known."""
        crosswalk = self._sources.get(entry.source, {}).get("crosswalk") or ""
        found = _LANGUAGES.get(crosswalk, UNKNOWN)
        return "fr" if found == UNKNOWN and entry.museum in museums.register() else found

    def tag(self, entry: Entry) -> str:
        """The same for a text of its own: "" (no tag) when it is not known."""
        return self.language(entry).replace(UNKNOWN, "")

    def licence(self, entry: Entry, rights: Iterable[str]) -> str | None:
        """The licence of a notice: what its rights say, else its source; None when none does."""
        stated = self._sources.get(entry.source, {}).get("licence") or ""
        return next(filter(None, map(licence, (*rights, stated))), None)

    # Where the other forms of a record are served

    def document(self, entry: Entry, suffix: str) -> str:
        """The address of a document on a record: ``…/982.12.1.ttl``."""
        return f"{uri(self.collection.iri(entry))}.{suffix}"

    def manifest(self, entry: Entry) -> str:
        """The address of the IIIF manifest of a record."""
        return uri(f"{self.base}iiif/{entry.path.removeprefix('object/')}/manifest.json")

    def everything(self) -> Selection:
        """All records, the deleted included."""
        return Selection(deleted=True)
