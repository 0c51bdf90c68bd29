"""The main job on real inventories: counts, balance, citations word for word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from museosciences.examine import Examination, SourceSpec
from museosciences.library import Opened
from museosciences.read import RefusedRow

from .conftest import EXPECTED


def test_every_row_is_accounted_for(real: Opened) -> None:
    found = {source["source"]: source for source in real.account["sources"]}
    assert {name: source["error"] for name, source in found.items() if source["error"]} == {}
    assert {name: source["read"] for name, source in found.items()} == {
        name: rows for name, (_, _, rows) in EXPECTED.items()
    }
    for source in found.values():
        assert source["read"] == source["loaded"] + source["quarantined"] + source["refused"]


def test_few_records_are_kept_out_and_each_for_a_reason(real: Opened) -> None:
    # The ISO-8859-1 notices are the same three objects as the UTF-8 ones: duplicates, on purpose.
    kept_out = {
        source["source"]: source["quarantined"] + source["refused"]
        for source in real.account["sources"]
        if source["source"] != "joconde-latin1"
    }
    assert sum(kept_out.values()) < 0.01 * real.account["total"]["read"]
    violations = [f for f in real.register.findings() if f["severity"] == "Violation"]
    assert len(violations) >= sum(source["quarantined"] for source in real.account["sources"])
    assert all(finding["message_fr"] and finding["message_en"] for finding in violations)


def test_rows_of_one_wikidata_item_are_one_record(real: Opened) -> None:
    rows = list(real.register.rows("wikidata"))
    records = {row["record"] for row in rows}
    assert len(rows) == 11_005
    assert len(records) < len(rows)
    merged = next(r for r in records if sum(row["record"] == r for row in rows[:2000]) > 1)
    assert len(real.register.rows_of(merged)) > 1


def test_links_cite_words_that_stand_in_the_files(real: Opened) -> None:
    links = real.links()
    kinds = {link["type"] for link in links}
    # No maker, donor or collector of these eleven collections stands on both sides (their names
    # were compared by all words, and by surname and initial); the demonstration has such persons.
    assert {"depicts-taxon", "made-of", "instrument", "theory"} <= kinds
    assert len(links) > 100
    for link in links:
        assert link["art_museum"] != link["science_museum"]
        for side in ("art", "science"):
            rows = real.register.rows_of(link[f"{side}_record"].removeprefix(real.store.base))
            cells = json.dumps([row["cells"] for row in rows], ensure_ascii=False)
            words = json.dumps(link[f"{side}_value"], ensure_ascii=False)[1:-1]
            assert words in cells, (link["link"], side, words)


@pytest.mark.parametrize(
    ("name", "rows"),
    [("dwca/archive-occ_nested_obsolete.zip", 1_534), ("dwca/null_core_id.zip", 3_248)],
)
def test_bad_archives_lose_nothing(shared: Path, name: str, rows: int) -> None:
    spec = SourceSpec("bad", shared / "data" / name, "X")
    found = list(Examination(spec, "https://e/", "shacl"))
    read = sum(1 if isinstance(entry, RefusedRow) else len(entry.rows) for entry in found)
    assert read == rows
