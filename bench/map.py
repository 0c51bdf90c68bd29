"""Mapping, side by side: ours, morph-kgc and SDM-RDFizer on one inventory. ``make bench-map``

Each engine runs in a process of its own; CPU seconds, wall and peak memory come from the
operating system. Each peer lives in an environment of its own under ``.bench-venv/``, made on
first use. Their triples are compared with ours as sets.

    python bench/map.py [--rows 20000,200000] [--peer-csv 200000] [--peer-xml 20000] [--write]
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import map_data

ROOT = Path(__file__).resolve().parent.parent
VENVS = ROOT / ".bench-venv"
PEERS = {"morph-kgc": "morph-kgc==2.10.0", "SDM-RDFizer": "rdfizer==4.7.5.15.4.1"}
#: A run that takes longer is given up and said so.
PATIENCE = 1500
#: Larger XML files tell nothing new, and take gigabytes of disk.
MAX_XML_ROWS = 200_000


@dataclass
class Run:
    """What one engine took on one file. Times in seconds, memory in MB."""

    engine: str
    file: str
    rows: int
    triples: int
    cpu: float
    wall: float
    memory: float
    same: str = ""

    @property
    def rate(self) -> float:
        """Millions of triples per CPU second."""
        return self.triples / self.cpu / 1e6


def environment(peer: str) -> Path:
    """The Python of a peer, installed on first use."""
    folder = VENVS / peer
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", PEERS[peer]], check=True)
        if peer == "SDM-RDFizer":  # it imports ODBC, whose system library is rarely there
            subprocess.run([python, "-m", "pip", "uninstall", "-qy", "pyodbc"], check=True)
            packages = next(folder.glob("lib/python*/site-packages"))
            (packages / "pyodbc.py").write_text("# No database takes part in this bench.\n")
    return python


def measure(command: list[str | Path], folder: Path) -> tuple[float, float, float]:
    """CPU and wall seconds, peak MB of a command with its children."""
    start = time.perf_counter()
    log = folder / "log.txt"
    with log.open("w") as stream:
        process = subprocess.Popen(
            list(map(str, command)), cwd=folder, stdout=stream, stderr=stream,
            env={**os.environ, "PYTHONPATH": str(ROOT / "cli")},
        )  # fmt: skip
        _, status, usage = _wait(process, start)
    if status != 0:
        raise RuntimeError(log.read_text()[-2000:])
    peak = usage.ru_maxrss / 1024
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, peak


def _wait(
    process: subprocess.Popen[bytes], start: float
) -> tuple[int, int, resource.struct_rusage]:
    while True:
        found = os.wait4(process.pid, os.WNOHANG)
        if found[0]:
            process.returncode = os.waitstatus_to_exitcode(found[1])
            return found
        if time.perf_counter() - start > PATIENCE:
            process.kill()
        time.sleep(0.05)


_OURS = (
    "from pathlib import Path; from museosciences import rml; rml.map_files(Path({!r}), Path({!r}))"
)


def run(engine: str, file: Path, rows: int) -> tuple[Run, Path]:
    """Map the file with one engine; what it took, and its output."""
    folder = file.parent
    mapping = folder / f"{file.stem}-{file.suffix[1:]}.rml.ttl"
    mapping.write_text(map_data.mapping(file), encoding="utf-8")
    out = folder / f"{engine}{file.suffix}.nt"
    out.unlink(missing_ok=True)
    if engine == "museosciences":
        command: list[str | Path] = [sys.executable, "-c", _OURS.format(str(mapping), str(out))]
    elif engine == "morph-kgc":
        config = folder / "morph.ini"
        config.write_text(
            f"[CONFIGURATION]\noutput_file={out}\noutput_format=N-TRIPLES\n"
            f"logging_level=ERROR\nnumber_of_processes=1\n[inventory]\nmappings={mapping}\n"
        )
        command = [environment(engine), "-m", "morph_kgc", config]
    else:
        config = folder / "sdm.ini"
        config.write_text(
            f"[default]\nmain_directory: {folder}\n[datasets]\nnumber_of_datasets: 1\n"
            f"output_folder: {folder}\nall_in_one_file: no\nremove_duplicate: yes\n"
            "enrichment: yes\nname: sdm\nordered: no\noutput_format: n-triples\n"
            f"[dataset1]\nname: {out.stem}\nmapping: {mapping}\n"
        )
        command = [environment(engine), "-m", "rdfizer", "-c", config]
    cpu, wall, memory = measure(command, folder)
    with out.open("rb") as stream:
        triples = sum(1 for _ in stream)
    return Run(engine, file.suffix[1:], rows, triples, cpu, wall, memory), out


_IRI = re.compile(r"<[^>]*%[^>]*>")


def triples(path: Path) -> set[str]:
    """The triples of a file, with percent-encoded letters decoded.

    RML keeps é in an IRI (iunreserved); the peers encode it. That is the one difference
    that is let pass.
    """
    found = set()
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            line = _IRI.sub(lambda match: re.sub("(?:%[89A-F][0-9A-F])+", _letters, match[0]), line)
            found.add(line.rstrip().removesuffix(".").rstrip().replace(_STRING, ""))
    return found


_STRING = "^^<http://www.w3.org/2001/XMLSchema#string>"


def _letters(match: re.Match[str]) -> str:
    return unquote(match[0])


def compare(ours: Path, theirs: Path) -> str:
    """The same set of triples, or what differs."""
    left, right = triples(ours), triples(theirs)
    if left == right:
        return "same"
    return f"{len(left - right)} missing, {len(right - left)} more"


def compare_apart(ours: Path, theirs: Path) -> str:
    """``compare`` in a process of its own: the peak memory of a child counts its parent's."""
    command = [sys.executable, __file__, "--compare", ours, theirs]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", default="20000,200000,1000000", help="sizes for our engine")
    parser.add_argument("--peer-csv", type=int, default=200000, help="CSV rows for all engines")
    parser.add_argument("--peer-xml", type=int, default=20000, help="XML rows for all engines")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/museo-bench-map"))
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--write", action="store_true", help="update docs/performance.md")
    parser.add_argument("--compare", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.compare:
        sys.stdout.write(compare(*options.compare))
        return
    sizes = [int(size) for size in options.rows.split(",")]
    found: list[Run] = []
    for rows in sorted({*sizes, options.peer_csv, options.peer_xml}):
        folder = options.folder / str(rows)
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, write in ((".csv", map_data.write_csv), (".xml", map_data.write_xml)):
            if suffix == ".xml" and rows > MAX_XML_ROWS:
                continue
            file = folder / f"inventory{suffix}"
            if not file.exists():
                write(file, rows)
            ours, ours_out = run("museosciences", file, rows)
            runs = [ours]
            together = rows == (options.peer_csv if suffix == ".csv" else options.peer_xml)
            for peer in options.peers.split(",") if together else ():
                try:
                    theirs, out = run(peer, file, rows)
                    theirs.same = compare_apart(ours_out, out)
                except RuntimeError as error:
                    theirs = Run(peer, file.suffix[1:], rows, 0, float("nan"), 0, 0)
                    theirs.same = f"fails: {str(error).strip().splitlines()[-1]}"
                runs.append(run("museosciences", file, rows)[0])  # under the load the peer had
                found.append(theirs)
                show(theirs, runs[-1])
            # A shared machine is never quiet: the middle of the runs before and after the peers.
            ours = sorted(runs, key=lambda one: one.cpu)[len(runs) // 2]
            found.append(ours)
            show(ours)
            for output in folder.glob("*.nt"):
                output.unlink()
    if options.write:
        publish(found)


def show(found: Run, ours: Run | None = None) -> None:
    ratio = "" if ours is None else f"  ours takes {found.cpu / ours.cpu:.1f}x less CPU"
    sys.stdout.write(
        f"{found.engine:14} {found.file} {found.rows:>9,} rows {found.triples:>11,} triples "
        f"{found.cpu:8.2f} CPU-s {found.wall:8.2f} s {found.memory:6.0f} MB "
        f"{found.rate:6.3f} M/CPU-s {found.same}{ratio}\n"
    )
    sys.stdout.flush()


def publish(found: list[Run]) -> None:
    """Write the table under ``## Mapping`` of docs/performance.md; other sections stay."""
    path = ROOT / "docs" / "performance.md"
    text = path.read_text(encoding="utf-8") if path.exists() else "# Performance\n"
    before, _, after = text.partition("## Mapping\n")
    following = after.partition("\n## ")
    rest = f"\n## {following[2]}" if following[2] else ""
    path.write_text(f"{before.rstrip()}\n\n## Mapping\n\n{table(found)}{rest}", encoding="utf-8")


def table(found: list[Run]) -> str:
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    processor = platform.processor() or platform.machine()
    lines = [
        f"Measured {today} on {processor}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, by `make bench-map` (bench/map.py): a generated inventory "
        "of 26 columns, 26 triples a row, output written to a file. CPU is user and system time "
        "of the process; ours is the median of runs before and after the peers. The ratio is the "
        "CPU of the engine over ours on the same file.",
        "",
        "| engine | input | rows | triples | CPU s | wall s | peak MB | M triples / CPU s "
        "| CPU ratio | triples |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    ours = {(r.file, r.rows): r for r in found if r.engine == "museosciences"}
    found = sorted(found, key=lambda r: (r.file, r.rows, r.engine != "museosciences"))
    for r in found:
        mine = ours[r.file, r.rows]
        ratio = "" if r is mine else f"{r.cpu / mine.cpu:.1f}"
        lines.append(
            f"| {r.engine} | {r.file} | {r.rows:,} | {r.triples:,} | {r.cpu:.2f} | {r.wall:.2f} "
            f"| {r.memory:.0f} | {r.rate:.3f} | {ratio} | {r.same} |"
        )
    lines += [
        "",
        "Triples are compared as sets; our count has one line for each triple as generated, so a "
        "maker named in many rows counts each time. RML keeps letters such as é in IRIs, the "
        "peers percent-encode them; the comparison decodes them.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
