"""Requests to a remote store: how they are sent, tried again, and told when they fail.

SPARQL 1.1 Protocol goes through SPARQLWrapper, Graph Store HTTP Protocol through httpx. Every
request of this program can be sent twice without harm (a query, ground triples added to a set, a
graph dropped, a pointer set), so what may pass by itself is tried again: a connection that
breaks, an answer that ends too early, a server that says it is busy. What will not pass is told
at once, with the remedy.
"""

from __future__ import annotations

import http.client
import io
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from typing import IO, Any, TypeVar

import httpx
from SPARQLWrapper import BASIC, INSERT, POST, POSTDIRECTLY, SELECT, URLENCODED, SPARQLWrapper

from museosciences.errors import QueryError, StoreError
from museosciences.store.config import StoreConfig

JSON = "application/sparql-results+json"
NTRIPLES = "application/n-triples"
# Pauses before what failed is tried again, in seconds.
PAUSES = (0.2, 1.0, 3.0)
# HTTP 1.1: too many requests, bad gateway, unavailable, gateway timeout: they pass.
BUSY = frozenset({429, 502, 503, 504})
# The graph of a request is too large, or the disk is full (RFC 4918, 11.5).
FULL = frozenset({413, 507})
# A deadlock between transactions is said by Virtuoso with an error 500.
DEADLOCK = "deadlock"
# Virtuoso's own words for an answer that is not whole: a time limit, a limit of rows.
PARTIAL, LIMIT = "X-SQL-State", "X-SPARQL-MaxRows"
# Answers above this size wait on disk until they are known to be whole.
IN_MEMORY = 32 * 1024 * 1024
_PIECE = 1024 * 1024

Result = TypeVar("Result")


class Passing(Exception):
    """A failure that may pass by itself: ``error`` is what to say when it does not."""

    def __init__(self, error: StoreError) -> None:
        super().__init__(str(error))
        self.error = error


class Answered:
    """A whole answer: its body, to be read once, and what its headers say of limits."""

    def __init__(self, body: IO[bytes], limit: int | None) -> None:
        self.body = body
        self.limit = limit


class Transport:
    """Sends requests to the store of a configuration."""

    def __init__(self, config: StoreConfig) -> None:
        self._config = config
        self._secret = config.auth.proof()
        self._opener = _opener(config, self._secret)
        self._client: httpx.Client | None = None

    def query(
        self, text: str, accept: str, default: Iterable[str], named: Iterable[str]
    ) -> Answered:
        """Send a query over a dataset; returns the whole answer. Raises QueryError, StoreError."""
        request = self._wrapper(self._config.query, SELECT)
        for graph in default:
            request.addDefaultGraph(graph)
        for graph in named:
            request.addNamedGraph(graph)
        request.setQuery(text)
        request.addCustomHttpHeader("Accept", accept)
        return insist(lambda: self._ask(request, accept))

    def update(self, text: str) -> None:
        """Send an update that can be sent twice without harm. Raises StoreError."""
        request = self._wrapper(self._config.update, INSERT)
        request.setQuery(text)
        request.addCustomHttpHeader("Accept", "*/*")
        insist(lambda: self._ask(request, None))

    def post(self, graph: str, ntriples: bytes) -> None:
        """Add triples to a graph by the Graph Store HTTP Protocol. Raises StoreError."""
        insist(lambda: self._post(graph, ntriples))

    def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            self._client.close()

    def _wrapper(self, url: str, kind: str) -> SPARQLWrapper:
        config = self._config
        request = _Wrapper(url, kind, self._opener, config.timeout)
        request.setMethod(POST)
        request.setRequestMethod(POSTDIRECTLY if config.post == "direct" else URLENCODED)
        request.setOnlyConneg(True)
        if config.auth.kind == "basic":
            request.setHTTPAuth(BASIC)
            request.setCredentials(config.auth.user, self._secret)
        elif config.auth.kind == "bearer":
            request.addCustomHttpHeader("Authorization", f"Bearer {self._secret}")
        return request

    def _ask(self, request: SPARQLWrapper, accept: str | None) -> Answered:
        url = request.endpoint if accept else request.updateEndpoint
        try:
            response = request.query().response
            with response:
                if accept is not None:
                    self._check(response, url, accept)
                return Answered(_whole(response, url, accept), _limit(response.headers))
        except urllib.error.HTTPError as error:
            with error:
                body = error.read(4096).decode("utf-8", "replace")
            raise self._refused(error.code, body, url, error.headers.get("Location")) from error
        except TimeoutError as error:
            raise self._slow(url) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._slow(url) from error
            raise Passing(_unreached(url, error.reason)) from error
        except (http.client.HTTPException, OSError) as error:
            raise Passing(_broken(url, error)) from error

    def _check(self, response: Any, url: str, accept: str) -> None:
        """Refuse an answer of another kind, and one that says it is not whole."""
        kind = response.headers.get_content_type()
        if response.status != 200 or kind not in (accept, "text/plain", "application/json"):
            raise StoreError(
                f"{url} answered {response.status} {kind} where {accept} was asked",
                remedy="is it the URL of the SPARQL endpoint, or of a page about it?",
            )
        for name in (PARTIAL, *self._config.partial):
            if name in response.headers:
                raise StoreError(
                    f"{url} gave a part of the answer only ({name}: {response.headers[name]})",
                    remedy="raise the time limit of the server, or ask for less",
                )

    def _post(self, graph: str, ntriples: bytes) -> None:
        url = self._config.graph
        assert url is not None
        client = self._client = self._client or _client(self._config, self._secret)
        try:
            response = client.post(
                httpx.URL(url).copy_add_param("graph", graph),
                content=ntriples,
                headers={"Content-Type": NTRIPLES},
            )
        except httpx.TimeoutException as error:
            raise self._slow(url) from error
        except httpx.ConnectError as error:
            raise Passing(_unreached(url, error)) from error
        except httpx.HTTPError as error:
            raise Passing(_broken(url, error)) from error
        if response.status_code not in (200, 201, 204):
            location = response.headers.get("Location")
            raise self._refused(response.status_code, response.text, url, location)

    def _slow(self, url: str) -> StoreError:
        return StoreError(
            f"{url} did not answer within {self._config.timeout:g} s",
            remedy="raise `timeout` in the configuration of the store, or ask for less",
        )

    def _refused(self, status: int, body: str, url: str, location: str | None) -> Exception:
        """What an HTTP status means, as an error to raise."""
        said = _first_line(body)
        if status in (401, 403):
            who = self._config.auth.user or "a request without user"
            return StoreError(
                f"{url} refused {who} ({status})",
                remedy=f"check [store.auth] (kind {self._config.auth.kind!r}) and what the "
                f"variable {self._config.auth.secret or '…'} holds, and that the user may write",
            )
        if 300 <= status < 400:
            return StoreError(
                f"{url} sends on to {location}", remedy="write that URL in the configuration"
            )
        if status in (404, 405, 410):
            return StoreError(
                f"{url} answered {status}: there is no such endpoint",
                remedy="check the URL in the configuration of the store",
            )
        if status in FULL:
            return StoreError(
                f"{url} is full, or takes no request of this size ({status}) {said}",
                remedy="free its disk, or lower `batch`; the previous build still answers",
            )
        error = StoreError(
            f"{url} answered {status}: {said}",
            remedy="see the log of the server; the previous build still answers",
        )
        if status in BUSY or DEADLOCK in body.lower():
            return Passing(error)
        if status == 400 and url == self._config.query:
            return QueryError(f"the query is refused by {url}: {said}")
        return error


class _Wrapper(SPARQLWrapper):
    """A SPARQLWrapper that is told whether it sends a query or an update, and by which opener.

    By itself it guesses from words in the text ("movement" has a MOVE), and installs an opener
    for the whole process.
    """

    def __init__(self, url: str, kind: str, opener: Any, timeout: float) -> None:
        self._kind = kind
        self._own = opener
        self._patience = timeout
        super().__init__(url, updateEndpoint=url)

    def _parseQueryType(self, query: str) -> str:  # noqa: ARG002
        return self._kind

    def _query(self) -> tuple[Any, str]:
        return self._own.open(self._createRequest(), timeout=self._patience), self.returnFormat


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirection is an error: it would turn a POST into a GET, and carry secrets away."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _opener(config: StoreConfig, secret: str) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if config.auth.kind == "digest":
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        for url in (config.query, config.update):
            known.add_password(None, url, config.auth.user, secret)
        handlers.append(urllib.request.HTTPDigestAuthHandler(known))
    return urllib.request.build_opener(*handlers)


def _client(config: StoreConfig, secret: str) -> httpx.Client:
    auth: httpx.Auth | None = None
    headers = {}
    if config.auth.kind == "basic":
        auth = httpx.BasicAuth(config.auth.user, secret)
    elif config.auth.kind == "digest":
        auth = httpx.DigestAuth(config.auth.user, secret)
    elif config.auth.kind == "bearer":
        headers["Authorization"] = f"Bearer {secret}"
    return httpx.Client(auth=auth, headers=headers, timeout=config.timeout)


def insist(call: Callable[[], Result]) -> Result:
    """Call, and call again after a pause while the failure may pass. Raises what it raises."""
    for pause in (*PAUSES, None):
        try:
            return call()
        except Passing as failed:
            if pause is None:
                raise failed.error from failed
            time.sleep(pause)
    raise AssertionError("the last pause is None")


def _whole(response: Any, url: str, accept: str | None) -> IO[bytes]:
    """The body of a response, once it is known to be whole."""
    told = response.length is not None or response.chunked
    body: IO[bytes] = io.BytesIO()
    while piece := response.read(_PIECE):
        body.write(piece)
        if isinstance(body, io.BytesIO) and body.tell() > IN_MEMORY:
            kept, body = body, tempfile.TemporaryFile()  # noqa: SIM115
            body.write(kept.getbuffer())
    if response.length:
        # read(n) does not say so itself when the connection ends before Content-Length.
        raise http.client.IncompleteRead(b"", response.length)
    if accept == NTRIPLES and not told:
        raise StoreError(
            f"{url} does not say where its answer ends: a part of it would look whole",
            remedy="let the server (or the proxy before it) send Content-Length or chunks",
        )
    body.seek(0)
    return body


def _limit(headers: Any) -> int | None:
    """How many rows the server would give at most, when it says so."""
    text = str(headers.get(LIMIT, ""))
    return int(text) if text.isdigit() else None


def _unreached(url: str, reason: object) -> StoreError:
    return StoreError(
        f"{url} cannot be reached: {reason}",
        remedy="check the URL in the configuration of the store, and that the server runs",
    )


def _broken(url: str, reason: BaseException) -> StoreError:
    told = str(reason) or type(reason).__name__
    return StoreError(
        f"{url} broke off: {told}",
        remedy="see whether the server still runs; the previous build still answers",
    )


def _first_line(body: str) -> str:
    return next((line.strip() for line in body.splitlines() if line.strip()), "")[:300]
