"""A source judged: the records, and the persons and places that they mention."""

from __future__ import annotations

from pathlib import Path

import pytest

from museosciences import build, examine, partition, sources
from museosciences.errors import ShapesError
from museosciences.examine import Examination, Judged
from museosciences.iris import DEFAULT_BASE
from museosciences.register import Register
from museosciences.validate import agreement
from museosciences.validate.quality import Profile
from museosciences.workspace import Workspace


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    """Two paintings by a painter who dies in the future, and a drawing by another."""
    file = tmp_path / "inventaire.csv"
    file.write_text(
        "REF,INV,TITR,REPR,MUSEO,DOMN,AUTR\n"
        "a,1.1,Nature morte,nature morte (nautile),M0001,peinture,DUPUIS Henri (1820-2190)\n"
        "b,1.2,Vue,paysage,M0001,peinture,DUPUIS Henri (1820-2190)\n"
        "c,1.3,Vue,paysage,M0002,dessin,PETIT Jeanne (1820-1890)\n",
        encoding="utf-8",
    )
    return file


def judged(file: Path) -> list[Judged]:
    spec = sources.gather([file], crosswalk="joconde")[0]
    return [e for e in Examination(spec, DEFAULT_BASE, "shacl") if isinstance(e, Judged)]


def test_a_finding_on_a_person_is_told_once_of_the_record_that_names_her(inventory: Path) -> None:
    first, second, third = judged(inventory)
    on_agents = [f for f in first.findings if "/agent/" in f.focus]
    assert [(f.shape.rpartition("#")[2], f.field, f.severity) for f in on_agents] == [
        ("agent-death", "makers", "Warning")
    ]
    assert on_agents[0].record == DEFAULT_BASE + first.record["id"]
    assert not any("/agent/" in f.focus for f in second.findings + third.findings)
    assert [len(j.described) for j in (first, second, third)] == [1, 0, 1]
    assert not any(j.quarantined for j in (first, second, third))


def test_the_museum_finds_the_person_in_its_own_column(inventory: Path) -> None:
    spec = sources.gather([inventory], crosswalk="joconde")[0]
    told, _ = examine.feedback(spec, DEFAULT_BASE, "shacl", "fr")
    lines = [line for line in told.lines if line.rule == "agent-death"]
    assert [(line.row, line.columns, line.value) for line in lines] == [
        (1, ("AUTR",), "DUPUIS Henri (1820-2190)")
    ]


def test_the_person_named_by_a_quarantined_record_is_described_all_the_same(
    tmp_path: Path, inventory: Path
) -> None:
    rows = inventory.read_text(encoding="utf-8").splitlines()
    inventory.write_text(
        "\n".join([*rows, rows[1], "d,1.1,Autre,,M0001,peinture,SEUL Aimé"]) + "\n"
    )
    workspace = Workspace(tmp_path / "w")
    account = build.build(workspace, sources.gather([inventory], crosswalk="joconde"))
    assert account["total"]["quarantined"] == 2
    register = Register(workspace.current().register)
    found = [f["shape"].rpartition("#")[2] for f in register.findings()]
    register.close()
    assert found.count("agent-death") == 1


def test_the_quality_of_each_museum_is_in_the_account(tmp_path: Path, inventory: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    account = build.build(workspace, sources.gather([inventory], crosswalk="joconde"))
    quality = account["sources"][0]["quality"]
    assert sorted(quality) == ["M0001", "M0002"]
    profile = Profile.from_dict(quality["M0001"])
    assert profile.records == 2
    assert profile.share("subject") == 1.0
    assert profile.findings["Warning", "agent-death"] == 1


def test_engines_that_disagree_fail_the_build(
    tmp_path: Path, inventory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path / "w")
    specs = sources.gather([inventory], crosswalk="joconde")
    before = build.build(workspace, specs)
    inventory.write_text(inventory.read_text(encoding="utf-8").replace("Vue", "Marine"))
    monkeypatch.setattr(agreement, "differences", lambda *_: [_difference()])
    with pytest.raises(ShapesError, match="two SHACL engines disagree on 1 of 3 sampled records"):
        build.build(workspace, specs)
    assert workspace.current().account()["date"] == before["date"]
    assert (
        not (workspace.parts / partition.key(specs[0], DEFAULT_BASE, "shacl"))
        .joinpath("part.json")
        .exists()
    )


def _difference() -> agreement.Difference:
    from museosciences.validate import duplicate

    return agreement.Difference(duplicate(f"{DEFAULT_BASE}object/M0001/1.1", "1.1"), "a", "b")
