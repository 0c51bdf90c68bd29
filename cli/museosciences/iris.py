"""Namespaces, and all minting of identifiers.

A record is ``{base}object/{museum}/{inventory number}``; everything that belongs to it is a hash
IRI on it. The same IRIs are minted by the RML mappings from templates; a test holds the two
together. Percent-encoding follows RML: the characters of ``iunreserved`` (RFC 3987) stay as
they are, so ``é`` is kept, and all others are encoded as UTF-8.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

DEFAULT_BASE = "https://museosciences.example/"

# Terms of our own. Constant whatever the base, so that a query can name them.
MS = "https://museosciences.example/ns#"
CRM = "http://www.cidoc-crm.org/cidoc-crm/"
CRMSCI = "http://www.cidoc-crm.org/cidoc-crm/CRMsci/"
CRMDIG = "http://www.ics.forth.gr/isl/CRMdig/"
DWC = "http://rs.tdwg.org/dwc/terms/"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SCHEMA = "http://schema.org/"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
SH = "http://www.w3.org/ns/shacl#"

# RFC 3987 iunreserved beyond ASCII: ucschar, Basic Multilingual Plane and the astral ranges.
_UCSCHAR = (
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd\U00040000-\U0004fffd"
    "\U00050000-\U0005fffd\U00060000-\U0006fffd\U00070000-\U0007fffd\U00080000-\U0008fffd"
    "\U00090000-\U0009fffd\U000a0000-\U000afffd\U000b0000-\U000bfffd\U000c0000-\U000cfffd"
    "\U000d0000-\U000dfffd\U000e1000-\U000efffd"
)
_TO_ENCODE = re.compile(f"[^A-Za-z0-9._~{_UCSCHAR}-]")


def encode(text: str) -> str:
    """Make a text safe inside one IRI segment, as RML templates do (rml-core, IRI-safe).

    >>> encode("982.12.1"), encode("FNAC 07-267 (1 à 7)"), encode("a/b")
    ('982.12.1', 'FNAC%2007-267%20%281%20à%207%29', 'a%2Fb')
    """
    return _TO_ENCODE.sub(lambda match: quote(match.group(), safe="", errors="replace"), text)


def record_path(museum: str, inventory_number: str) -> str:
    """The path of a record's IRI under the base.

    >>> record_path("M0812", "M.P.1875/3")
    'object/M0812/M.P.1875%2F3'
    """
    return f"object/{encode(museum)}/{encode(inventory_number)}"


def slug(text: str) -> str:
    """A readable ASCII identifier: folded, lower case, hyphens.

    >>> slug("École de Barbizon (19e s.)")
    'ecole-de-barbizon-19e-s'
    """
    text = text.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def digest(*parts: str) -> str:
    """A stable 16-digit hexadecimal identifier of some texts (BLAKE2b, 64 bits)."""
    return hashlib.blake2b("\x1f".join(parts).encode(errors="replace"), digest_size=8).hexdigest()
