"""Real SPARQL servers for the tests: started on free ports of the loopback, stopped by their id."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from museosciences.store.config import Auth, BulkLoad, StoreConfig

PASSWORD = "MUSEO_TEST_STORE_PASSWORD"
SECRET = "pw-of-the-tests"
_PATIENCE = 60

_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}/load
CaseMode = 2
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 6
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryCostEstimationTime = 0
"""
_GRANTS = (
    f"DB.DBA.USER_CREATE('museo','{SECRET}'); grant SPARQL_UPDATE to museo;"
    "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('museo',7);"
)
_LOAD = "ld_dir('{folder}','%.nq','http://x/'); log_enable(2,1); rdf_loader_run(); checkpoint;"


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[StoreConfig]:
    """The oxigraph server of PyPI on an empty folder."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the oxigraph server (PyPI: oxigraph) is absent on this machine")
    port = free_port()
    words = [str(program), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with _running(words, f"http://127.0.0.1:{port}/"):
        url = f"http://127.0.0.1:{port}"
        yield StoreConfig(f"{url}/query", f"{url}/update", f"{url}/store", timeout=120)


@contextmanager
def virtuoso(folder: Path, *, rows: int = 10_000_000) -> Iterator[StoreConfig]:
    """A Virtuoso on an empty folder, with a user who may write; ``rows`` are its limit."""
    program, client = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or client is None:
        pytest.skip("virtuoso-t (Debian: virtuoso-opensource-7-bin) is absent on this machine")
    load = folder / "load"
    load.mkdir(parents=True)
    sql, port = free_port(), free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, sql=sql, http=port, rows=rows))
    words = [program, "+configfile", str(ini), "+foreground"]
    isql = (client, f"127.0.0.1:{sql}", "dba", "dba")
    with _running(words, f"http://127.0.0.1:{port}/sparql"):
        subprocess.run([*isql, f"exec={_GRANTS}"], check=True, capture_output=True)
        url = f"http://127.0.0.1:{port}"
        yield StoreConfig(
            f"{url}/sparql",
            f"{url}/sparql-auth",
            f"{url}/sparql-graph-crud-auth",
            auth=Auth("digest", "museo", PASSWORD),
            bulk_load=BulkLoad((*isql, f"exec={_LOAD}"), str(load)),
            timeout=120,
        )


@contextmanager
def _running(words: list[str], url: str) -> Iterator[None]:
    """Run a server until the context ends; wait until it answers."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, url)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended by itself ({process.returncode})"
        try:
            httpx.get(url, timeout=5)
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer within {_PATIENCE} s")
