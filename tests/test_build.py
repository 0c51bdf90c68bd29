"""The whole chain on the demonstration: the account, the graphs, bad input, the switch."""

from __future__ import annotations

from pathlib import Path

import pytest

from museosciences import build, partition, sources
from museosciences.errors import InputError, StoreError, UsageError
from museosciences.register import Register
from museosciences.store import GraphStore
from museosciences.workspace import Workspace


def test_the_account_balances_and_every_row_is_in_the_register(demonstration: Workspace) -> None:
    current = demonstration.current()
    account = current.account()
    register = Register(current.register)
    for source in account["sources"]:
        assert source["error"] is None, source
        assert source["read"] == source["loaded"] + source["quarantined"] + source["refused"]
        rows = list(register.rows(source["source"]))
        assert [row["number"] for row in rows if row["cells"]] != []
        assert len(rows) == source["read"]
        by_status = {s: sum(row["status"] == s for row in rows) for s in ("loaded", "refused")}
        assert by_status == {"loaded": source["loaded"], "refused": source["refused"]}
    register.close()


def test_each_source_has_its_graph_and_quarantine_is_apart(
    demonstration: Workspace, store: GraphStore
) -> None:
    account = demonstration.current().account()
    graphs = store.graphs()
    base = account["base"]
    for source in account["sources"]:
        assert graphs[f"{base}graph/source/{source['source']}"] > 0
    assert not [name for name in graphs if "quarantine" in name]
    for name in ("reconciliation", "derived", "provenance", "vocabulary/taxa"):
        assert graphs[f"{base}graph/{name}"] > 0
    quarantine = demonstration.current().open_quarantine()
    assert quarantine.ask(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> ASK { ?f a sh:ValidationResult }"
    )
    assert all("graph/quarantine/" in name for name in quarantine.graphs())


def test_nothing_changed_nothing_is_mapped(demonstration: Workspace) -> None:
    before = demonstration.current().account()
    account = build.build(demonstration, sources.gather([]))
    assert not any(source["mapped"] for source in account["sources"])
    assert account["total"] == before["total"]
    assert account["links"] == before["links"]
    assert account["triples"] == before["triples"]


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    file = tmp_path / "inventaire.csv"
    file.write_text(
        "REF,INV,TITR,REPR,MUSEO,DOMN\n"
        "a,1.1,Nature morte,nature morte (nautile),M0001,peinture\n"
        "b,1.2,Vue,paysage,M0001,peinture\n",
        encoding="utf-8",
    )
    return file


def test_two_records_with_one_identifier_are_a_finding(tmp_path: Path, inventory: Path) -> None:
    with inventory.open("a", encoding="utf-8") as handle:
        handle.write("c,1.1,Autre,paysage,M0001,peinture\n")
    workspace = Workspace(tmp_path / "w")
    account = build.build(workspace, sources.gather([inventory], crosswalk="joconde"))
    assert account["total"] == {"read": 3, "loaded": 2, "quarantined": 1, "refused": 0}
    register = Register(workspace.current().register)
    assert any(f["record"] == "object/M0001/1.1" for f in register.findings())
    register.close()


def test_one_identifier_in_two_sources(tmp_path: Path, inventory: Path) -> None:
    twin = tmp_path / "autre.csv"
    twin.write_text(inventory.read_text(encoding="utf-8"), encoding="utf-8")
    workspace = Workspace(tmp_path / "w")
    account = build.build(workspace, sources.gather([inventory, twin], crosswalk="joconde"))
    assert account["total"] == {"read": 4, "loaded": 2, "quarantined": 2, "refused": 0}
    current = workspace.current()
    base = account["base"]
    main = current.open()
    assert main.graphs()[f"{base}graph/source/inventaire"] > 10
    assert not main.ask("ASK { GRAPH <graph/source/autre> { <object/M0001/1.1> ?p ?o } }"), (
        "the second never overwrites nor mixes with the first"
    )
    kept = current.open_quarantine()
    assert kept.ask("ASK { GRAPH <graph/quarantine/autre> { <object/M0001/1.1> ?p ?o } }")


def test_a_source_that_fails_leaves_the_others(tmp_path: Path, inventory: Path) -> None:
    absent = tmp_path / "absent.csv"
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    specs = sources.gather([inventory, absent, tmp_path / "image.png"], crosswalk="joconde")
    account = build.build(Workspace(tmp_path / "w"), specs)
    errors = {source["source"]: source["error"] for source in account["sources"]}
    assert errors["inventaire"] is None
    assert "absent.csv" in str(errors["absent"])
    assert errors["image"]
    assert account["total"]["loaded"] == 2


def test_a_failed_build_leaves_the_old_one(
    tmp_path: Path, inventory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path / "w")
    specs = sources.gather([inventory], crosswalk="joconde")
    first = build.build(workspace, specs)

    def broken(*_: object, **__: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, "reconciliation", broken)
    with pytest.raises(StoreError, match=r"No space left.*previous build still answers"):
        build.build(workspace, specs)
    assert workspace.current().account()["date"] == first["date"]
    assert len(list((workspace.path / "builds").iterdir())) == 1


def test_no_source_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="absent"):
        build.build(Workspace(tmp_path / "w"), sources.gather([tmp_path / "absent.csv"]))
    assert Workspace(tmp_path / "w").latest() is None


def test_the_number_of_museum_codes(tmp_path: Path) -> None:
    files = [tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "a.csv"]
    assert [spec.museum for spec in sources.gather(files, ["M1"])] == ["M1"] * 3
    assert [spec.id for spec in sources.gather(files)] == ["a", "b", "a-2"]
    with pytest.raises(UsageError, match="2 museum codes for 3 files"):
        sources.gather(files, ["M1", "M2"])


def test_parts_depend_on_the_choices(inventory: Path) -> None:
    spec = sources.gather([inventory])[0]
    keys = {
        partition.key(spec, "https://e/", "shacl"),
        partition.key(spec, "https://f/", "shacl"),
        partition.key(spec, "https://e/", "pyshacl"),
        partition.key(sources.gather([inventory], ["M2"])[0], "https://e/", "shacl"),
    }
    assert len(keys) == 4
