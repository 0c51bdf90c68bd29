"""``make bench-serve``: pages, harvesting and large answers of ``museo serve`` on the real files.

Twenty clients ask for search and record pages over loopback; one harvests; one reads an answer of
100,000 rows while the memory of the server and its workers is watched. All is bounded in count and
in time. The clients run in this process, beside the server, on the same cores.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from museosciences import build
from museosciences.examine import SourceSpec
from museosciences.workspace import Workspace

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
# The real inventories: file under ../shared/data, and museum where the rows do not say it.
SOURCES = (
    ("joconde-extrait", "joconde/base_joconde_extrait.csv", None),
    ("wikidata", "joconde/wikidata_joconde_extrait.csv", "WIKIDATA"),
    ("inha", "inha/inha_objets.csv", "INHA"),
    ("smg", "scitech/smg_objects.csv", "SMG"),
    ("bmsm", "natsci/bmsm_shell_museum_workbench.csv", "BMSM"),
    ("nrm", "dwca/nrm_herpetology.zip", "NRM"),
    ("caldas", "dwca/caldas_mammals.zip", "UCALDAS"),
    ("inp", "lido/inp_histoire_des_sciences.xml", "INP"),
    ("tate", "tate/artworks_arts_sciences_subset.jsonl", "TATE"),
)
WORDS = (
    "perroquet", "paysage", "microscope", "nature morte", "coquillage", "lion", "portrait", "vase",
    "crâne", "papillon", "sextant", "cheval", "Chevreul", "Vénus", "oiseau", "bronze", "tortue",
    "astrolabe", "ivoire", "herbier",
)  # fmt: skip
# Milliseconds of a page at the 95th percentile; records a second; milliseconds to a first byte.
PAGE, RATE, FIRST = 100, 500, 200
MOST_REQUESTS, MOST_SECONDS = 600, 30.0
HARVESTED, ROWS = 6000, 100_000


@dataclass
class Times:
    """Milliseconds of many requests, and what went wrong."""

    taken: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        ordered = sorted(self.taken)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self) -> str:
        return (
            f"{len(self.taken):5} requests  p50 {self.at(0.5):6.1f}  p95 {self.at(0.95):6.1f}  "
            f"max {self.at(1):6.1f} ms  errors {len(self.errors)}"
        )


@contextmanager
def served(workspace: Path) -> Iterator[tuple[str, int]]:
    """``museo serve`` in a process of its own: its host and port, and its process."""
    command = "from museosciences.main import run; run()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "--workspace", str(workspace), "serve", "--port", "0"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        address = process.stderr.readline().strip()
        yield urlsplit(address).netloc, process.pid
    finally:
        process.terminate()
        process.wait()


def crowd(host: str, paths: list[str], clients: int) -> Times:
    """Many clients, each asking for one page after the other over one connection."""
    times, waiting = Times(), iter(paths)
    lock, until = threading.Lock(), time.monotonic() + MOST_SECONDS

    def client() -> None:
        connection = http.client.HTTPConnection(host, timeout=30)
        while time.monotonic() < until:
            with lock:
                path = next(waiting, None)
            if path is None:
                break
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Accept": "text/html"})
            response = connection.getresponse()
            size = len(response.read())
            with lock:
                times.taken.append((time.perf_counter() - begun) * 1000)
                if response.status != 200 or not size:
                    times.errors.append(f"{response.status} {path}")
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def harvest(host: str, form: str) -> tuple[int, float]:
    """Records and seconds of a harvest of a format, or of its beginning."""
    connection = http.client.HTTPConnection(host, timeout=60)
    asked = {"verb": "ListRecords", "metadataPrefix": form}
    records, begun = 0, time.perf_counter()
    while records < HARVESTED and time.perf_counter() - begun < MOST_SECONDS:
        connection.request("GET", f"/oai?{urlencode(asked)}")
        page = connection.getresponse().read()
        records += page.count(b"<record>")
        token = re.search(rb"<resumptionToken[^>]*>([^<]+)<", page)
        if token is None:
            break
        asked = {"verb": "ListRecords", "resumptionToken": token[1].decode()}
    connection.close()
    return records, time.perf_counter() - begun


def answer(host: str, rows: int, watch: Callable[[], int]) -> tuple[float, float, int, int]:
    """A CSV of many rows: milliseconds to its first byte, seconds in all, its rows, peak memory."""
    connection = http.client.HTTPConnection(host, timeout=120)
    query = f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {rows}"
    begun = time.perf_counter()
    connection.request("GET", f"/sparql?{urlencode({'query': query})}",
                       headers={"Accept": "text/csv"})  # fmt: skip
    response = connection.getresponse()
    response.read(1)
    first = (time.perf_counter() - begun) * 1000
    lines = peak = 0
    while piece := response.read(65536):
        lines += piece.count(b"\r\n")
        peak = max(peak, watch())
    connection.close()
    return first, time.perf_counter() - begun, lines - 1, peak


def memory(pid: int) -> int:
    """Bytes that a process and its children hold (resident)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if pid in (int(folder.name), int(fields[1])):
                total += int(fields[21]) * 4096
        except (OSError, IndexError):
            continue
    return total


def real(folder: Path) -> Workspace:
    """A build of the real inventories."""
    workspace = Workspace(folder / "workspace")
    build.build(
        workspace, [SourceSpec(name, DATA / file, museum) for name, file, museum in SOURCES]
    )
    return workspace


def measure(workspace: Workspace, clients: int) -> bool:
    """Serve, ask, and print; whether every aim was reached."""
    current = workspace.current()
    with sqlite3.connect(current.register) as db:
        found = db.execute("SELECT path FROM record WHERE status = 'loaded'").fetchall()
    chosen = random.Random(1).sample(found, min(MOST_REQUESTS, len(found)))
    records = [f"/{quote(path, safe='/%')}.html" for (path,) in chosen]
    searches = [f"/recherche?{urlencode({'q': word, 'page': page})}"
                for page in range(1, 31) for word in WORDS]  # fmt: skip
    triples = current.account()["triples"]
    print(f"records {len(found):,}  triples {triples:,}  clients {clients}")
    reached = []
    with served(workspace.path) as (host, pid):
        for path in (searches[0], records[0], "/sparql?query=ASK%7B%7D"):
            crowd(host, [path], 1)
        for name, paths in (("search", searches), ("record", records)):
            times = crowd(host, paths[:MOST_REQUESTS], clients)
            print(f"{name:8}{times}", *times.errors[:3])
            reached.append(times.at(0.95) <= PAGE and not times.errors)
        for form in ("oai_dc", "lido", "edm", "cidoc"):
            count, seconds = harvest(host, form)
            print(f"oai     {form:8}{count:6} records  {seconds:6.1f} s  {count / seconds:6.0f} /s")
            reached.append(count / seconds >= RATE)
        before = memory(pid)
        for rows in (ROWS, 5 * ROWS):
            first, seconds, lines, peak = answer(host, rows, lambda: memory(pid))
            print(
                f"csv     {lines:7} rows  first byte {first:6.1f} ms  {seconds:5.1f} s  memory "
                f"{before / 2**20:.0f} → {peak / 2**20:.0f} MB"
            )
            reached.append(first <= FIRST)
    return all(reached)


def main() -> None:
    """Build the real inventories, or take a workspace, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--clients", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(given.workspace) if given.workspace else real(Path(folder))
        reached = measure(workspace, given.clients)
    sys.exit(0 if reached else 1)


if __name__ == "__main__":
    main()
