"""OAI identifiers: ``oai:`` host ``:`` path of the record, both ways.

Guidelines for the OAI identifier format 2.0. A base IRI whose host is no domain name (localhost,
an address) has no place in that format: then the identifier is the URI of the record.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from museosciences.publish.collection import Entry, canonical
from museosciences.publish.setting import Setting, uri

_DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+")
_LOCAL_SAFE = "/%-_.!~*'();:@&=+$,?"


def identifier(setting: Setting, entry: Entry) -> str:
    """The OAI identifier of a record."""
    if not _DOMAIN.fullmatch(setting.host):
        return uri(setting.collection.iri(entry))
    return f"oai:{setting.host}:{quote(entry.path, safe=_LOCAL_SAFE)}"


def path_of(setting: Setting, name: str) -> str | None:
    """The path of the record that an identifier names, or None when it is of another repository."""
    start = f"oai:{setting.host}:" if _DOMAIN.fullmatch(setting.host) else setting.base
    if not name.startswith(start):
        return None
    return canonical(name.removeprefix(start))
