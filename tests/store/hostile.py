"""A server that stands before a real one and does what bad servers do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx

from museosciences.store import StoreConfig

# What to do to a request, given its number (from 1) and its path: None lets it through.
Fault = Callable[[int, str], str | None]
SLOWNESS = 3.0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.counting:
            self.server.count += 1
            number = self.server.count
        fault = self.server.fault(number, self.path)
        with suppress(BrokenPipeError):
            getattr(self, f"_{fault or 'through'}")(body)

    def _through(self, body: bytes, *, cut: int = 0) -> None:
        headers = {name: self.headers[name] for name in ("Content-Type", "Accept")}
        answer = httpx.post(
            self.server.upstream + self.path, content=body, headers=headers, timeout=60
        )
        length = len(answer.content)
        self._answer(
            answer.status_code,
            answer.headers.get("Content-Type", "text/plain"),
            answer.content[: length - cut],
            length,
        )

    def _dies(self, _: bytes) -> None:
        self.close_connection = True

    def _truncates(self, body: bytes) -> None:
        self._through(body, cut=10)
        self.close_connection = True

    def _page(self, _: bytes) -> None:
        self._answer(200, "text/html", b"<html><body>Welcome to our SPARQL service</body></html>")

    def _garbles(self, _: bytes) -> None:
        self._answer(200, "application/sparql-results+json", b'{"head": {"vars": ["s"]}, "res')

    def _busy(self, _: bytes) -> None:
        self._answer(503, "text/plain", b"busy")

    def _full(self, _: bytes) -> None:
        self._answer(507, "text/plain", b"No space left on device")

    def _broken(self, _: bytes) -> None:
        self._answer(500, "text/plain", b"java.lang.NullPointerException\n\tat a.b.C")

    def _moved(self, _: bytes) -> None:
        self._answer(302, "text/plain", b"", location="https://elsewhere.example/sparql")

    def _forgets(self, _: bytes) -> None:
        """Says that it has stored what it has thrown away."""
        self._answer(204, "text/plain", b"")

    def _slow(self, body: bytes) -> None:
        time.sleep(SLOWNESS)
        self._through(body)

    def _partial(self, _: bytes) -> None:
        body = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
        self._answer(200, "application/sparql-results+json", body, state="S1TAT")

    def _answer(
        self,
        status: int,
        kind: str,
        body: bytes,
        length: int | None = None,
        *,
        location: str = "",
        state: str = "",
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (("Location", location), ("X-SQL-State", state)):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def before(config: StoreConfig, fault: Fault, *, timeout: float = 1.0) -> Iterator[StoreConfig]:
    """A server before that of a configuration, which does ``fault`` to each request."""
    parts = urlsplit(config.query)
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.upstream = f"{parts.scheme}://{parts.netloc}"
    server.fault, server.count, server.counting = fault, 0, threading.Lock()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    here = f"http://127.0.0.1:{server.server_address[1]}"
    urls = {
        name: url.replace(server.upstream, here)
        for name in ("query", "update", "graph")
        if (url := getattr(config, name))
    }
    try:
        yield replace(config, timeout=timeout, **urls)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
