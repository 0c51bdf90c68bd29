"""The same files whoever makes them: this process, others, a cluster whose worker is killed."""

from __future__ import annotations

import csv
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from museosciences import build, executor, loading, partition, sources
from museosciences.errors import StoreError, UsageError
from museosciences.executor import Asked, Executor
from museosciences.iris import DEFAULT_BASE
from museosciences.partition import ACCOUNT, Stripe, Task
from museosciences.register import Register
from museosciences.workspace import Workspace

ROWS, RECORDS = 260, 40
# Seconds after which a cluster that does nothing fails the test.
BOUND = 120.0


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    """Titles of several lines, a number that comes back in another chunk, rows that are refused."""
    file = tmp_path / "inventaire.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("REF", "INV", "TITR", "AUTR", "REPR", "MUSEO", "DOMN"))
        for row in range(1, ROWS + 1):
            number = "" if row % 97 == 0 else f"1.{7 if row == 200 else row}"
            title = f"Étude de perroquet n° {row}" + ("\navec un cadre" if row % 3 == 0 else "")
            maker = f"DUPUIS Henri (18{row % 30 + 10}-18{row % 30 + 50})"
            rows.writerow(
                (
                    f"r{row}" if number else "",
                    number,
                    title,
                    maker,
                    "perroquet",
                    "M0001",
                    "peinture",
                )
            )
    return file


def tasks(file: Path, folder: Path, number: int) -> list[Task]:
    spec = sources.gather([file], crosswalk="joconde")[0]
    known = partition.knowledge_digest()
    task = Task(spec, str(file), str(folder), DEFAULT_BASE, "shacl", known, RECORDS)
    return task.stripes(number)


def ended(asked: list[Asked], meanwhile: Callable[[], None] = lambda: None) -> list[Stripe]:
    found: dict[int, Stripe] = {}
    until = time.monotonic() + BOUND
    while len(found) < len(asked):
        assert time.monotonic() < until, "the tasks do not end"
        for position, ask in enumerate(asked):
            if position not in found and (stripe := ask()) is not None:
                found[position] = stripe
        meanwhile()
        time.sleep(0.02)
    return [found[position] for position in sorted(found)]


def made(file: Path, folder: Path, by: Executor, number: int) -> dict[str, bytes]:
    """All files of a part, by their place in it."""
    work = tasks(file, folder, number)
    with by() as pool:
        stripes = ended([pool.submit(task) for task in work])
    return contents(work[0], stripes, folder)


def contents(task: Task, stripes: list[Stripe], folder: Path) -> dict[str, bytes]:
    part = partition.gathered(task.spec, "", str(folder), stripes)
    assert part.error is None
    assert part.read == part.loaded + part.quarantined + part.refused == ROWS
    assert part.refused == ROWS // 97
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def expected(tmp_path: Path, inventory: Path) -> dict[str, bytes]:
    files = made(inventory, tmp_path / "one", executor.here, 1)
    assert f"{ROWS // RECORDS + 1:05d}/{ACCOUNT}" in files
    return files


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two workers, each a process, on the loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    run = [sys.executable, "-m"]
    host = ["--host", "127.0.0.1"]
    scheduler = [*run, "distributed.cli.dask_scheduler", *host, "--no-dashboard", "--port"]
    worker = [*run, "distributed.cli.dask_worker", address, *host, "--nthreads", "1", "--no-nanny"]
    processes = [subprocess.Popen([*scheduler, address.rpartition(":")[2]], **quiet)]  # type: ignore[call-overload]
    processes += [
        subprocess.Popen([*worker, "--no-dashboard"], **quiet)  # type: ignore[call-overload]
        for _ in range(2)
    ]
    try:
        _wait_for(address)
        yield address, processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def _wait_for(address: str) -> None:
    from distributed import Client

    with Client(address, timeout=BOUND) as client:
        client.wait_for_workers(2, timeout=BOUND)


def test_processes_make_the_same_files(
    tmp_path: Path, inventory: Path, expected: dict[str, bytes]
) -> None:
    assert made(inventory, tmp_path / "two", executor.here, 3) == expected
    assert made(inventory, tmp_path / "three", executor.processes, 2) == expected


def test_a_cluster_makes_the_same_files_and_survives_a_killed_worker(
    tmp_path: Path, inventory: Path, expected: dict[str, bytes]
) -> None:
    folder = tmp_path / "cluster"
    work = tasks(inventory, folder, 2)
    with cluster(tmp_path) as (address, workers):

        def kill() -> None:
            if workers[0].poll() is None and (folder / "00001" / ACCOUNT).exists():
                os.kill(workers[0].pid, signal.SIGKILL)
                workers[0].wait()

        with executor.choose("dask", address)() as pool:
            assert pool.workers == 2
            stripes = ended([pool.submit(task) for task in work], kill)
        assert workers[0].returncode == -signal.SIGKILL
    assert contents(work[0], stripes, folder) == expected


def test_a_local_process_that_is_killed_is_replaced(
    tmp_path: Path, inventory: Path, expected: dict[str, bytes]
) -> None:
    folder = tmp_path / "killed"
    work = tasks(inventory, folder, 1)
    with executor.processes() as pool:
        asked = [pool.submit(task) for task in work]
        victims = list(pool._pool._processes.values())  # type: ignore[attr-defined]

        def kill() -> None:
            if (folder / "00001" / ACCOUNT).exists():
                while victims:
                    victims.pop().kill()

        stripes = ended(asked, kill)
    assert not victims
    assert contents(work[0], stripes, folder) == expected


@pytest.mark.parametrize("storage", [None, "file", "memory"])
def test_a_build_by_storage(
    tmp_path: Path, inventory: Path, monkeypatch: pytest.MonkeyPatch, storage: str | None
) -> None:
    """Whole builds: small chunks, so that a number comes back in a later one of the same file."""
    monkeypatch.setattr(loading, "Task", _small)
    url = {None: None, "file": f"file://{tmp_path}/shared", "memory": f"memory://{tmp_path.name}"}
    workspace = Workspace(tmp_path / "w")
    specs = sources.gather([inventory], crosswalk="joconde")
    account = build.build(workspace, specs, executor=executor.here, storage=url[storage])
    assert account["total"] == {"read": ROWS, "loaded": 257, "quarantined": 1, "refused": 2}
    assert workspace.parts.is_dir()
    assert bool(list(workspace.parts.iterdir())) == (storage is None)
    register = Register(workspace.current().register)
    twice = [f for f in register.findings() if f["record"] == "object/M0001/1.7"]
    rows = register.rows_of("object/M0001/1.7")
    register.close()
    assert [f["number"] for f in twice if "n° 7 de ce fichier" in f["message_fr"]] == [200]
    assert [(row["number"], row["status"]) for row in rows] == [(7, "loaded"), (200, "quarantined")]
    assert rows[1]["line"] == 200 + 1 + 199 // 3, "the line counts those within quotes"
    again = build.build(workspace, specs, executor=executor.here, storage=url[storage])
    assert not again["sources"][0]["mapped"]
    assert again["total"] == account["total"]


def _small(*values: object) -> Task:
    return replace(Task(*values), records=RECORDS)  # type: ignore[arg-type]


def test_a_worker_that_knows_other_things_does_nothing(tmp_path: Path, inventory: Path) -> None:
    task = replace(tasks(inventory, tmp_path / "part", 1)[0], knowledge="another")
    with pytest.raises(StoreError, match=r"another version.*install the same"):
        partition.process(task)
    assert not (tmp_path / "part").exists()


def test_a_file_that_the_worker_cannot_see(tmp_path: Path, inventory: Path) -> None:
    task = replace(tasks(inventory, tmp_path / "part", 1)[0], file=str(tmp_path / "absent.csv"))
    assert "--storage" in (partition.process(task).error or "")


def test_how_an_executor_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"no executor spark.*process or dask"):
        executor.choose("spark")
    with pytest.raises(UsageError, match="--executor dask"):
        executor.choose("process", "tcp://127.0.0.1:8786")
    monkeypatch.setattr(executor, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"not installed.*museosciences\[dask\]"):
        executor.choose("dask")


def test_a_scheduler_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "CONNECTION", 0.5)
    with (
        pytest.raises(StoreError, match=r"does not answer.*dask scheduler"),
        executor.choose("dask", "tcp://127.0.0.1:9")(),
    ):
        pass
