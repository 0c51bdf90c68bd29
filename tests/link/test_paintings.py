"""Paintings as a curator would judge them: the axes of each, and what it is linked to elsewhere.

The table is invented for this test; it holds what is easily confounded: a parrot that is the motif
and a dog that is not, Vermeer and another Vermeer, Pasteur and a pastor, the peach and the fishing.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from museosciences import build, link
from museosciences.examine import SourceSpec
from museosciences.library import Opened
from museosciences.store import term_text
from museosciences.workspace import Workspace

HERE = Path(__file__).parent / "paintings"
KEEPERS = {
    "paintings": "DEMO30",
    "specimens": "DEMO31",
    "instruments": "DEMO32",
    "minerals": "DEMO31",
}


def expected() -> list[dict[str, str]]:
    with (HERE / "expected.tsv").open(encoding="utf-8", newline="") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def museums(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    workspace = Workspace(tmp_path_factory.mktemp("paintings") / "workspace")
    specs = [SourceSpec(name, HERE / f"{name}.csv", code) for name, code in KEEPERS.items()]
    account = build.build(workspace, specs)
    assert account["total"]["read"] == account["total"]["loaded"]
    return Opened(workspace.path)


@pytest.fixture(scope="module")
def axes(museums: Opened) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = "PREFIX ms: <https://museosciences.example/ns#> SELECT ?r ?a { ?r ms:onAxis ?a }"
    for record, axis in museums.store.select(query).rows:
        name = term_text(axis).rpartition("#axis-")[2]
        if "-" in name:
            found[term_text(record).removeprefix(museums.store.base)].add(name)
    return found


@pytest.fixture(scope="module")
def links(museums: Opened) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for values in link.listing(museums.store, link.Filter(status="accepted")):
        row = dict(zip(link.COLUMNS, values, strict=True))
        record = row["art_record"].removeprefix(museums.store.base)
        found[record].add(row["via"].removeprefix(f"{museums.store.base}concept/"))
    return found


@pytest.mark.parametrize("row", expected(), ids=lambda row: f"{row['inv']} {row['title']}")
def test_a_painting_is_judged_as_a_curator_does(
    row: dict[str, str], axes: dict[str, set[str]], links: dict[str, set[str]]
) -> None:
    record = f"object/DEMO30/{row['inv']}"
    assert axes[record] == set(row["axes"].split()) - {"-"}
    assert links[record] == set(row["links"].split()) - {"-"}
