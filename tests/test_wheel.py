"""The wheel, installed in an empty environment outside the checkout, builds the demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from museosciences.knowledge import ROOMS


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(out),
            str(root),
        ]
    )
    return next(out.glob("*.whl"))


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "MUSEO", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=clean,
        timeout=600,
        **options,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    return done  # type: ignore[no-any-return]


def test_the_wheel_holds_the_knowledge_and_nothing_of_this_machine(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for room in ROOMS:
            inside = f"museosciences/_knowledge/{room}/"
            packed = {name.removeprefix(inside) for name in names if name.startswith(inside)}
            ours = {
                str(p.relative_to(root / room)) for p in (root / room).rglob("*") if p.is_file()
            }
            assert packed == ours
        for name in names:
            assert str(root).encode() not in archive.read(name), name
    assert not [name for name in names if "tests/" in name or name.endswith(".pyc")]


def test_the_wheel_builds_the_demonstration_in_an_empty_environment(
    wheel: Path, root: Path, tmp_path: Path
) -> None:
    run([sys.executable, "-m", "venv", str(tmp_path / "venv")])
    python = str(tmp_path / "venv" / "bin" / "python")
    constraints = str(root / "constraints.txt")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "-c", constraints, str(wheel)])
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    museo = str(tmp_path / "venv" / "bin" / "museo")
    done = run([museo, "build", "--lang", "en"], cwd=elsewhere)
    assert "Rows read = loaded + quarantined + refused" in done.stdout
    assert (elsewhere / "museo-workspace" / "CURRENT").exists()
    done = run([museo, "links", "--format", "csv", "--limit", "1"], cwd=elsewhere)
    assert len(done.stdout.splitlines()) == 2
