"""The register keeps every row, and knows when a record changed and when it vanished."""

from __future__ import annotations

from pathlib import Path

from museosciences.register import RecordEntry, Register, RowEntry


def entry(path: str, digest: str) -> RecordEntry:
    return RecordEntry(
        path, 1, "M1", path, "object", "Été", "loaded", "{}", digest, "", "", "papillon"
    )


def write(path: Path, records: list[RecordEntry], previous: Path | None, now: str) -> Register:
    register = Register(path, create=True)
    register.add_source(id="s", file="s.csv", read=1, loaded=1, quarantined=0, refused=0)
    register.add_rows("s", [RowEntry(1, 2, "loaded", "a", '{"Titre": "Été"}', None)])
    register.add_records("s", records, now)
    register.inherit(previous, now)
    return register


def test_dates_survive_builds_and_vanished_records_are_remembered(tmp_path: Path) -> None:
    first = tmp_path / "1.sqlite"
    write(first, [entry("a", "x"), entry("b", "x"), entry("c", "x")], None, "2026-01-01").close()
    second = tmp_path / "2.sqlite"
    write(second, [entry("a", "x"), entry("b", "y")], first, "2026-02-01").close()
    third = tmp_path / "3.sqlite"
    register = write(third, [entry("a", "x"), entry("b", "y")], second, "2026-03-01")
    facts = {p: register.record(p) for p in ("a", "b", "c")}
    assert {p: (f["status"], f["changed"]) for p, f in facts.items() if f} == {
        "a": ("loaded", "2026-01-01"),
        "b": ("loaded", "2026-02-01"),
        "c": ("deleted", "2026-02-01"),
    }
    register.close()


def test_rows_are_kept_whole_and_found_without_accents(tmp_path: Path) -> None:
    register = write(tmp_path / "r.sqlite", [entry("a", "x")], None, "2026-01-01")
    assert register.rows_of("a")[0]["cells"] == {"Titre": "Été"}
    assert [found["path"] for found in register.search("ete papil")] == ["a"]
    assert register.search('"" * ( OR') == []
    assert register.search("") == []
    register.close()
