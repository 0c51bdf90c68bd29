"""What all formats of a collection share: languages, licences, names and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit

from museosciences import museums
from museosciences.publish.collection import Collection, Entry, Selection

# Who publishes the collection, as aggregators show it.
PROVIDER = "MuséoSciences"
# The licence under which notices are published: metadata, not images.
METADATA_LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
# "Copyright not evaluated": the honest statement on an image whose museum says nothing of it.
NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/"
# The language of the cells, for the crosswalks of one museum or of one country. Darwin Core and
# LIDO are written in every language: French for a Musée de France, else "und" (BCP 47).
_LANGUAGES = {"science-museum": "en", "tate": "en", "shell-workbench": "en"}
_LANGUAGES |= dict.fromkeys(("joconde", "joconde-extrait", "joconde-api", "aquarelle"), "fr")
_LANGUAGES |= dict.fromkeys(("inha", "register-18", "wikidata"), "fr")
UNKNOWN = "und"
# A code or an address of Creative Commons or RightsStatements.org inside a museum's words.
_CC = re.compile(r"(?i)\bcc[ -]?(0|zero|by(?:[ -](?:nc|nd|sa))*)(?:[ -](\d\.\d))?(?![\w])")
_STATEMENT = re.compile(
    r"(?i)https?://(?:www\.)?(creativecommons\.org/(?:licenses|publicdomain)/[a-z-]+/\d\.\d"
    r"|rightsstatements\.org/vocab/[A-Z-]+/\d\.\d)"
)


def licence(words: str) -> str | None:
    """The address of the licence that words name, as Europeana wants it, or None.

    >>> licence("CC BY-SA 4.0"), licence("CC0-1.0"), licence("tous droits réservés")
    ('http://creativecommons.org/licenses/by-sa/4.0/', \
'http://creativecommons.org/publicdomain/zero/1.0/', None)
    """
    found = _STATEMENT.search(words)
    if found:
        return f"http://{found[1]}/"
    found = _CC.search(words)
    if not found:
        return None
    if found[1].lower() in ("0", "zero"):
        return METADATA_LICENCE
    code = found[1].lower().replace(" ", "-")
    return f"http://creativecommons.org/licenses/{code}/{found[2] or '4.0'}/"


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
    def _languages(self) -> dict[str, str]:
        sources = self.collection.sources().items()
        return {name: _LANGUAGES.get(facts["crosswalk"] or "", UNKNOWN) for name, facts in sources}

    def language(self, entry: Entry) -> str:
        """The language of the notices of a record, BCP 47; ``und`` when it is not known."""
        found = self._languages.get(entry.source, UNKNOWN)
        return "fr" if found == UNKNOWN and entry.museum in museums.register() else found

    def tag(self, entry: Entry) -> str:
        """The same for a text of its own: "" (no tag) when it is not known."""
        return self.language(entry).replace(UNKNOWN, "")

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
