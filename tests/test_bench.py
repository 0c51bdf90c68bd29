"""The generated region: the same on every machine, and readable the whole way."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from museosciences import sources
from museosciences.examine import Examination, Judged
from museosciences.iris import DEFAULT_BASE

RECORDS = 200


@pytest.fixture(scope="module")
def inventory(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("inventory", root / "bench" / "inventory.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by its name.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, "inventory", module)
        spec.loader.exec_module(module)
    return module


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_seed_gives_the_same_region(tmp_path: Path, inventory: ModuleType) -> None:
    one = files(inventory.write(tmp_path / "one", RECORDS))
    assert files(inventory.write(tmp_path / "two", RECORDS)) == one
    assert files(inventory.write(tmp_path / "three", RECORDS, seed=2)) != one


def test_every_row_becomes_a_sound_record(tmp_path: Path, inventory: ModuleType) -> None:
    region = inventory.write(tmp_path, RECORDS)
    judged = [
        entry
        for spec in sources.gather([region])
        for entry in Examination(spec, DEFAULT_BASE, "shacl")
    ]
    assert all(isinstance(entry, Judged) and not entry.quarantined for entry in judged)
    records = [entry.record for entry in judged if isinstance(entry, Judged)]
    assert abs(len(records) - RECORDS) <= 8, "specimens are shared out among museums and rounded"
    assert len({record["id"] for record in records}) == len(records)
    kinds = Counter(record["kind"] for record in records)
    assert set(kinds) == {"object", "specimen", "instrument"}
    sizes = Counter(record["museum"] for record in records).most_common()
    assert sizes[0][1] > 4 * sizes[len(sizes) // 2][1], "few museums are large"
