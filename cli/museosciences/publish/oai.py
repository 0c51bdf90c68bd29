"""An OAI-PMH 2.0 data provider as one function: the arguments of a request to a response.

The protocol is that of https://www.openarchives.org/OAI/openarchivesprotocol.html; the sections
are cited below. No state is kept between requests, and nothing is known of HTTP.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from lxml import etree

from museosciences.publish import dublin_core, edm, lido, rdf, sets, tokens, xml
from museosciences.publish.collection import Entry, Selection
from museosciences.publish.description import Description, Reader
from museosciences.publish.identifiers import identifier, path_of
from museosciences.publish.notice import Notice
from museosciences.publish.setting import PROVIDER, Setting
from museosciences.publish.xml import Schema

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
MEDIA_TYPE = "text/xml; charset=utf-8"
OAI = Schema(**{"": NAMESPACE, "xsi": xml.XSI})
_OAI_IDENTIFIER = Schema(**{"": f"{NAMESPACE}oai-identifier", "xsi": xml.XSI})
# Records in an incomplete list (section 3.5): a page of LIDO is about a megabyte.
PAGE = 100

Make = Callable[[Description, Setting], etree._Element]


@dataclass(frozen=True, slots=True)
class Format:
    """A metadata format (section 3.4): its schema, its namespace, and what makes it."""

    schema: str
    namespace: str
    make: Make


def _of_notice(make: Callable[[Notice, Setting], etree._Element]) -> Make:
    return lambda description, setting: make(Notice(description), setting)


FORMATS: Mapping[str, Format] = {
    "oai_dc": Format(dublin_core.SCHEMA, dublin_core.NAMESPACE, _of_notice(dublin_core.element)),
    "lido": Format(lido.SCHEMA, lido.NAMESPACE, _of_notice(lido.element)),
    "edm": Format(edm.SCHEMA, edm.NAMESPACE, _of_notice(edm.element)),
    "cidoc": Format(
        "https://www.w3.org/2000/07/rdf.xsd", "http://www.cidoc-crm.org/cidoc-crm/",
        lambda description, _: rdf.element(description),
    ),
}  # fmt: skip

# Verbs (section 4): arguments that are required, and those that may be there.
_VERBS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


class _Refused(Exception):
    """An error condition of the protocol (section 3.6)."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


class Provider:
    """Answers the requests of harvesters on one build, one at a time; ``url`` is its base URL.

    A ``reader`` that has answered before remembers what many records name.
    """

    def __init__(
        self,
        setting: Setting,
        url: str,
        *,
        admin: str,
        page: int = PAGE,
        reader: Reader | None = None,
    ) -> None:
        self._setting = setting
        self._collection = setting.collection
        self._url = url
        self._admin = admin
        self._page = page
        self._sets = sets.Sets(setting)
        self._reader = reader or Reader(setting.collection, size=page)
        self._verbs: Mapping[str, Callable[[Mapping[str, str]], etree._Element]] = {
            "Identify": self._identify,
            "ListMetadataFormats": self._list_formats,
            "ListSets": self._list_sets,
            "GetRecord": self._get_record,
            "ListIdentifiers": self._list_identifiers,
            "ListRecords": self._list_records,
        }

    def respond(self, arguments: Sequence[tuple[str, str]], now: datetime | None = None) -> bytes:
        """The response to a request, an error of the protocol included: always a document.

        ``arguments`` are the decoded pairs of the query or the form, repeated ones included.
        """
        root = OAI.root("OAI-PMH", xsi_schemaLocation=f"{NAMESPACE} {SCHEMA}")
        moment = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
        OAI.add(root, "responseDate", moment)
        request = OAI.add(root, "request", self._url)
        try:
            given = _checked(arguments)
            body = self._verbs[given["verb"]](given)
        except _Refused as error:
            if error.code not in ("badVerb", "badArgument"):
                _echo(request, dict(arguments))
            OAI.add(root, "error", str(error), code=error.code)
        else:
            _echo(request, given)
            root.append(body)
        return xml.document(root)

    # Verbs (section 4)

    def _identify(self, _given: Mapping[str, str]) -> etree._Element:
        body = OAI.root("Identify")
        OAI.add(body, "repositoryName", PROVIDER)
        OAI.add(body, "baseURL", self._url)
        OAI.add(body, "protocolVersion", "2.0")
        OAI.add(body, "adminEmail", self._admin)
        OAI.add(body, "earliestDatestamp", self._collection.earliest())
        OAI.add(body, "deletedRecord", "persistent")
        OAI.add(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")
        sample = next(self._collection.entries(), None)
        if sample and identifier(self._setting, sample).startswith("oai:"):
            outer = OAI.add(body, "description")
            where = f"{NAMESPACE}oai-identifier"
            scheme = _OAI_IDENTIFIER.root(
                "oai-identifier", xsi_schemaLocation=f"{where} {where}.xsd"
            )
            outer.append(scheme)
            _OAI_IDENTIFIER.add(scheme, "scheme", "oai")
            _OAI_IDENTIFIER.add(scheme, "repositoryIdentifier", self._setting.host)
            _OAI_IDENTIFIER.add(scheme, "delimiter", ":")
            _OAI_IDENTIFIER.add(scheme, "sampleIdentifier", identifier(self._setting, sample))
        return body

    def _list_formats(self, given: Mapping[str, str]) -> etree._Element:
        if "identifier" in given:
            self._entry(given["identifier"])
        body = OAI.root("ListMetadataFormats")
        for prefix, form in FORMATS.items():
            found = OAI.add(body, "metadataFormat")
            OAI.add(found, "metadataPrefix", prefix)
            OAI.add(found, "schema", form.schema)
            OAI.add(found, "metadataNamespace", form.namespace)
        return body

    def _list_sets(self, given: Mapping[str, str]) -> etree._Element:
        if "resumptionToken" in given:
            raise _Refused("badResumptionToken", "the sets are listed whole, without a token")
        body = OAI.root("ListSets")
        for spec, name in self._sets.listing():
            found = OAI.add(body, "set")
            OAI.add(found, "setSpec", spec)
            OAI.add(found, "setName", name)
        return body

    def _get_record(self, given: Mapping[str, str]) -> etree._Element:
        form = _form(given["metadataPrefix"])
        entry = self._entry(given["identifier"])
        body = OAI.root("GetRecord")
        self._records(body, [entry], form)
        return body

    def _list_identifiers(self, given: Mapping[str, str]) -> etree._Element:
        body = OAI.root("ListIdentifiers")
        entries, resumption = self._list(given)
        axes = self._collection.axes_of(entry for entry in entries if not entry.deleted)
        for entry in entries:
            self._header(body, entry, axes.get(self._collection.iri(entry), []))
        _append(body, resumption)
        return body

    def _list_records(self, given: Mapping[str, str]) -> etree._Element:
        body = OAI.root("ListRecords")
        entries, resumption = self._list(given)
        token = tokens.parse(given.get("resumptionToken", ""))
        self._records(body, entries, _form(token.prefix if token else given["metadataPrefix"]))
        _append(body, resumption)
        return body

    # What the verbs share

    def _entry(self, name: str) -> Entry:
        path = path_of(self._setting, name)
        found = self._collection.entry(path) if path else None
        if found is None:
            raise _Refused("idDoesNotExist", "there is no record with this identifier")
        return found

    def _list(self, given: Mapping[str, str]) -> tuple[list[Entry], etree._Element | None]:
        """The records of a page, and the element that says how to go on (section 3.5)."""
        begun = "resumptionToken" not in given
        token = self._first(given) if begun else self._resumed(given["resumptionToken"])
        wanted = self._wanted(token)
        after = (token.changed, token.path) if token.path else None
        found = list(islice(self._collection.entries(wanted, after), self._page + 1))
        page, more = found[: self._page], len(found) > self._page
        if not page:
            if begun:
                raise _Refused("noRecordsMatch", "no record matches these arguments")
            raise _Refused("badResumptionToken", "nothing comes after this token any more")
        if begun and not more:
            return page, None
        if begun:
            token = replace(token, total=self._collection.count(wanted))
        resumption = OAI.root("resumptionToken")
        if more:
            changed, path = page[-1].mark
            end = replace(token, changed=changed, path=path, cursor=token.cursor + len(page))
            resumption.text = end.text()
        resumption.set("cursor", str(token.cursor))
        if token.total is not None:
            resumption.set("completeListSize", str(max(token.total, token.cursor + len(page))))
        return page, resumption

    def _first(self, given: Mapping[str, str]) -> tokens.Token:
        _form(given["metadataPrefix"])
        since, until = _dates(given)
        return tokens.Token(
            given["metadataPrefix"], given.get("set"), since, until, "", "", 0, None
        )

    def _resumed(self, text: str) -> tokens.Token:
        token = tokens.parse(text)
        if token is None or token.prefix not in FORMATS:
            raise _Refused("badResumptionToken", "this is not a token of this repository")
        return token

    def _wanted(self, token: tokens.Token) -> Selection:
        wanted = Selection(since=token.since, until=token.until, deleted=True)
        if token.set is None:
            return wanted
        found = self._sets.selection(token.set, wanted)
        if found is None:
            raise _Refused("noRecordsMatch", "there is no set with this name")
        return found

    def _header(self, parent: etree._Element, entry: Entry, axes: Iterable[str]) -> None:
        header = OAI.add(parent, "header", status="deleted" if entry.deleted else "")
        OAI.add(header, "identifier", identifier(self._setting, entry))
        OAI.add(header, "datestamp", entry.changed)
        for spec in self._sets.of(entry, axes):
            OAI.add(header, "setSpec", spec)

    def _records(self, body: etree._Element, entries: list[Entry], form: Format) -> None:
        living = [entry for entry in entries if not entry.deleted]
        described = {d.entry.path: d for d in self._reader.read(living)}
        for entry in entries:
            record = OAI.add(body, "record")
            description = described.get(entry.path)
            self._header(record, entry, description.axes if description else ())
            if description:
                OAI.add(record, "metadata").append(form.make(description, self._setting))


def _append(body: etree._Element, resumption: etree._Element | None) -> None:
    if resumption is not None:
        body.append(resumption)


def _form(prefix: str) -> Format:
    try:
        return FORMATS[prefix]
    except KeyError:
        raise _Refused("cannotDisseminateFormat", "this format is not supported") from None


def _echo(request: etree._Element, given: Mapping[str, str]) -> None:
    """The arguments on the element ``request`` (section 3.2): those the protocol knows."""
    for name, value in given.items():
        if name in ("verb", "identifier", "metadataPrefix", "from", "until", "set",
                    "resumptionToken"):  # fmt: skip
            request.set(name, xml.clean(value))


def _checked(arguments: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The arguments, when the verb allows them (section 3.6: badVerb, badArgument)."""
    counted = Counter(name for name, _ in arguments)
    given = dict(arguments)
    if counted["verb"] != 1 or given["verb"] not in _VERBS:
        raise _Refused("badVerb", "one verb is expected: " + ", ".join(_VERBS))
    if any(count > 1 for count in counted.values()):
        raise _Refused("badArgument", "an argument is repeated")
    required, optional = _VERBS[given["verb"]]
    names = set(given) - {"verb"}
    if "from" in optional and "resumptionToken" in names:
        if names != {"resumptionToken"}:
            raise _Refused("badArgument", "resumptionToken is an exclusive argument")
        return given
    if missing := required - names:
        raise _Refused("badArgument", "missing: " + ", ".join(sorted(missing)))
    if names - required - optional:
        raise _Refused("badArgument", "an argument is not allowed with this verb")
    return given


def _dates(given: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The bounds of a selective harvest as datestamps to the second (section 2.7.1)."""
    since, until = given.get("from"), given.get("until")
    for value in (since, until):
        if value is not None and not _valid(value):
            raise _Refused("badArgument", "a date is not YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")
    if since and until and len(since) != len(until):
        raise _Refused("badArgument", "from and until have different granularities")
    if since and until and since > until:
        raise _Refused("badArgument", "from is later than until")
    if since and len(since) == len("YYYY-MM-DD"):
        since += "T00:00:00Z"
    if until and len(until) == len("YYYY-MM-DD"):
        until += "T23:59:59Z"
    return since, until


def _valid(value: str) -> bool:
    if not value.isascii() or not (_DAY.fullmatch(value) or _SECOND.fullmatch(value)):
        return False
    try:
        datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return False
    return True
