"""What strangers and broken clients send: a right status, a short cause, and the server lives."""

from __future__ import annotations

import gzip
import random
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from museosciences.workspace import Workspace

from .serving import serving

HOST = b"Host: 127.0.0.1\r\n"
PATHS = (
    "/", "/recherche", "/sparql", "/oai", "/reconcile", "/api/search", "/api/links", "/sitemap.xml",
    "/object/DEMO02/978.6.4", "/concept/taxa/Aves", "/catalogue", "/dumps/all.nq.gz",
)  # fmt: skip


def raw(server: str, sent: bytes, *, patience: float = 5.0) -> bytes:
    """What a server answers to some bytes, until it closes or falls silent."""
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname, parts.port), timeout=patience) as connection:
        found = b""
        try:
            # The server may refuse what is too long before it has all of it.
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                found += piece
        except OSError:
            pass
    return found


def alive(server: str) -> bool:
    return httpx.get(f"{server}/api/queries", timeout=30).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"\r\n\r\n", b"\x00\xff\xfe garbage \r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
        b"BREW /sparql HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /\x00 HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /%00%ff%fe%80 HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /object/%C3%28/%ZZ.ttl HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /../../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /static/../app.py HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /static/%2e%2e/app.py HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /static//etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET http://127.0.0.1:1/ HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \"><script>\r\n\r\n",
        b"GET /sitemap.xml HTTP/1.1\r\nHost: <&>\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST + b"Accept: " + b"*/*," * 20_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"GET /?" + b"q=1&" * 300_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nquery=ASK",
        b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nxx\r\n",
        b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /oai HTTP/1.1\r\n" + HOST + b"Content-Type: multipart/form-data\r\n"
        b"Content-Length: 3\r\n\r\nabc",
        b"POST /reconcile HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n"
        b"Content-Type: multipart/form-data; boundary=x\r\n\r\nabc",
        b"GET /sparql HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
    ],
)  # fmt: skip
def test_broken_requests(server: str, sent: bytes) -> None:
    found = raw(server, sent)
    if found:
        status = int(found.split(b" ", 2)[1])
        assert status not in (500, 502), found[:500]
        assert b"Traceback" not in found
        assert b"root:x" not in found
        assert b"<script>" not in found.partition(b"\r\n\r\n")[2] or b"site.js" in found
    assert alive(server)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"accept": "text/html;q=99"}, {"accept": ";;;,,,"}, {"accept": "*/*;q=0"},
        {"accept-language": "\x7f\xe9" * 100}, {"accept-language": "zz-ZZ;q=x"},
        {"if-none-match": '"' * 1000}, {"if-modified-since": "Thu, 99 Foo 99999 99:99:99 GMT"},
        {"range": "bytes=-1,0-,5-1,x"}, {"cookie": "session=" + "A" * 4000},
        {"cookie": "lang=<script>; session=\"';--"}, {"authorization": "Bearer \x01\x02"},
        {"authorization": "Basic !!!!"}, {"x-forwarded-for": "'; DROP TABLE record; --"},
        {"x-http-method-override": "DELETE"}, {"origin": "null"},
        {"host": "evil.example"}, {"content-type": "application/json; charset=\xff"},
    ],
)  # fmt: skip
def test_strange_headers(client: TestClient, path: str, headers: dict[str, str]) -> None:
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    found = client.head(path, headers=encoded) if "dumps" in path else client.get(
        path, headers=encoded)  # fmt: skip
    assert found.status_code < 500, found.text[:500]
    assert "<script>" not in found.headers.get("set-cookie", "")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT"])
def test_methods_that_are_not_there(client: TestClient, path: str, method: str) -> None:
    found = client.request(method, path)
    assert found.status_code == 405
    assert "Traceback" not in found.text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(
        ["/recherche?q=", "/sparql?query=", "/oai?verb=ListRecords&resumptionToken=",
         "/api/search?q=", "/api/links?concept=", "/api/links?axis=", "/reconcile?queries=",
         "/object/DEMO02/",
         "/concept/", "/api/records/DEMO02/", "/dumps/", "/reconcile/suggest/entity?prefix=",
         "/api/queries/", "/museum/", "/link/", "/iiif/DEMO02/", "/activity/records/page-",
         "/recherche?page=", "/liens?score=", "/sitemap-"]
    ),
    text=st.text(max_size=60),
)  # fmt: skip
def test_any_text_anywhere(client: TestClient, path: str, text: str) -> None:
    """Never a failure of the program, whatever the parameter."""
    found = client.get(path + quote(text.encode("utf-8", "surrogatepass"), safe=""),
                       headers={"accept": "text/html,*/*;q=0.5"})  # fmt: skip
    assert found.status_code < 500, (path, text, found.text[:300])


def open_files() -> int:
    """How many files and connections this process has open, where the system tells."""
    folder = Path("/proc/self/fd")
    return sum(1 for _ in folder.iterdir()) if folder.exists() else 0


def test_many_broken_connections_leak_nothing(server: str) -> None:
    # A thread of the server opens the register when it first reads it; there are forty, and the
    # workers have their pipes. Every connection that leaked would come on top.
    bound = open_files() + 60
    parts = urlsplit(server)
    chance = random.Random(7)
    for number in range(150):
        with socket.create_connection((parts.hostname, parts.port), timeout=0.2) as connection:
            path = PATHS[number % len(PATHS)]
            request = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
            connection.sendall(request[: chance.randrange(len(request) + 1)])
            if number % 3 == 0:
                with suppress(TimeoutError):
                    connection.recv(10)
    assert alive(server)
    for _ in range(600):
        if open_files() <= bound:
            break
        time.sleep(0.1)
    assert open_files() <= bound


# The build replaced while answers are under way


def rebuilt(workspace: Workspace, times: int = 3) -> None:
    for _ in range(times):
        old, new = workspace.current(), workspace.begin()
        shutil.copytree(old.path, new.path, dirs_exist_ok=True)
        workspace.switch(new, old.account())


def test_a_download_is_whole_though_its_build_is_replaced(own: Workspace) -> None:
    first = own.current().name
    for server in serving(own):
        with httpx.stream("GET", f"{server}/dumps/all.nq.gz", timeout=120) as download:
            pieces = download.iter_raw()
            begun = next(pieces)
            rebuilt(own)
            assert httpx.get(f"{server}/object/DEMO02/978.6.4.ttl").status_code == 200
            assert (own.path / "builds" / first).exists()
            content = begun + b"".join(pieces)
        quads = ox.parse(gzip.decompress(content), format=ox.RdfFormat.N_QUADS)
        assert sum(1 for _ in quads) > 100_000
        rebuilt(own, 2)
        assert httpx.get(f"{server}/").status_code == 200
        rebuilt(own, 1)
        assert not (own.path / "builds" / first).exists()


def test_an_answer_is_whole_though_its_build_is_replaced(own: Workspace) -> None:
    query = {"query": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 60000"}
    for server in serving(own):
        accept = {"accept": "application/sparql-results+xml"}
        with httpx.stream(
            "GET", f"{server}/sparql", params=query, timeout=120, headers=accept
        ) as answer:
            pieces: Iterator[bytes] = answer.iter_raw()
            begun = next(pieces)
            rebuilt(own)
            assert httpx.get(f"{server}/sparql", params={"query": "ASK {}"}).status_code == 200
            content = begun + b"".join(pieces)
        assert len(etree.fromstring(content, etree.XMLParser(huge_tree=True))[1]) == 60000
