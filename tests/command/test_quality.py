"""``museo status --quality`` on the demonstration and on a source that got better."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from museosciences import build, sources
from museosciences.command.quality import COLUMNS
from museosciences.errors import UsageError
from museosciences.main import app
from museosciences.workspace import Workspace


def told(workspace: Workspace, *arguments: str) -> str:
    result = CliRunner().invoke(
        app, ["status", "--workspace", str(workspace.path), "--quality", *arguments]
    )
    if result.exception is not None:
        raise result.exception
    return result.stdout


@pytest.fixture(scope="module")
def bettered(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A source of one museum, built, mended, and built again."""
    folder: Path = tmp_path_factory.mktemp("quality")
    file = folder / "inventaire.csv"
    workspace = Workspace(folder / "w")
    for titles in (("", ""), ("Marine", "")):
        lines = [f"{n},1.{n},{t},M0001,peinture,bateau\n" for n, t in enumerate(titles)]
        file.write_text("REF,INV,TITR,MUSEO,DOMN,REPR\n" + "".join(lines), encoding="utf-8")
        build.build(workspace, sources.gather([file], crosswalk="joconde"))
    return workspace


def test_all_sources_museums_headings_and_rules_are_told(demonstration: Workspace) -> None:
    text = told(demonstration)
    account = demonstration.current().account()
    for source in account["sources"]:
        assert source["source"] in text
        assert all(museum in text for museum in source["quality"])
    for words in ("complétude", "lieu", "Matières ou techniques", "record-image-present"):
        assert words in text


def test_one_measurement_a_line_for_programs(demonstration: Workspace) -> None:
    rows = json.loads(told(demonstration, "--format", "json", "--lang", "en"))
    assert set(rows[0]) == set(COLUMNS)
    image = [row for row in rows if row["scope"] == "museum" and row["id"] == "image"]
    assert all(0 <= row["share"] <= 1 for row in image)
    assert {row["label"] for row in image} == {"Image"}
    everything = [row for row in rows if row["scope"] == "all" and row["id"] == "number"]
    assert everything[0]["count"] == everything[0]["records"] == sum(r["records"] for r in image)


def test_the_trend_against_the_build_before(bettered: Workspace) -> None:
    rows = json.loads(told(bettered, "--museum", "M0001", "--format", "json"))
    trend = {row["id"]: row["trend"] for row in rows}
    assert trend["designation"] == 0.5
    assert trend["subject"] == 0
    assert "+50.0" in told(bettered, "--source", "inventaire")


def test_the_trend_is_in_the_graph(bettered: Workspace) -> None:

    current = bettered.current()
    store = current.open()
    assert store.ask(
        "PREFIX dqv: <http://www.w3.org/ns/dqv#> PREFIX ms: <https://museosciences.example/ns#> "
        "ASK { GRAPH <graph/provenance> { <museum/M0001#quality-designation> "
        "dqv:computedOn <museum/M0001> ; dqv:value 0.5 ; ms:change 0.5 } }"
    )
    store.close()


def test_a_museum_that_is_not_there(demonstration: Workspace) -> None:
    with pytest.raises(UsageError, match="M9999"):
        told(demonstration, "--museum", "M9999")
