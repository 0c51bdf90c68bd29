"""Links: two citations found word for word, different institutions, a sentence, a score."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from museosciences import build, link, sources
from museosciences.link.sentence import sentence, shortened
from museosciences.register import Register
from museosciences.store import EmbeddedStore
from museosciences.workspace import Workspace


@pytest.fixture
def rows(store: EmbeddedStore) -> list[dict[str, str]]:
    return [dict(zip(link.COLUMNS, row, strict=True)) for row in link.listing(store)]


def test_every_link_joins_different_institutions_with_both_citations(
    rows: list[dict[str, str]],
) -> None:
    assert len(rows) > 50
    assert len({row["link"] for row in rows}) == len(rows)
    for row in rows:
        assert row["art_museum"] != row["science_museum"], row
        for name in ("art_value", "science_value", "via_label", "explanation", "art_title"):
            assert row[name], (name, row)
        assert 0 < float(row["score"]) <= 1
        assert int(row["science_count"]) >= 1


def test_citations_are_found_word_for_word_in_the_source_rows(
    rows: list[dict[str, str]], demonstration: Workspace, store: EmbeddedStore
) -> None:
    register = Register(demonstration.current().register)
    for row in rows:
        for side in ("art", "science"):
            path = row[f"{side}_record"].removeprefix(store.base)
            cells = json.dumps([r["cells"] for r in register.rows_of(path)], ensure_ascii=False)
            words = json.dumps(row[f"{side}_value"], ensure_ascii=False)[1:-1]
            assert words in cells, (side, row["link"], words)
    register.close()


def test_every_rule_gives_links_on_the_demonstration(demonstration: Workspace) -> None:
    links = demonstration.current().account()["links"]
    assert {rule.name for rule in link.rules()} == set(links)
    assert [name for name, count in links.items() if count == 0] == []


def test_filters(store: EmbeddedStore, rows: list[dict[str, str]]) -> None:
    kinds = {row["type"] for row in rows}
    for kind in kinds:
        found = link.listing(store, link.Filter(type=kind))
        assert found
        assert {row[1] for row in found} == {kind}
    strong = link.listing(store, link.Filter(min_score=0.5))
    assert 0 < len(strong) < len(rows)
    assert all(float(row[2]) >= 0.5 for row in strong)
    one = link.listing(store, link.Filter(museum="DEMO02"))
    assert all("museum/DEMO02" in row[5] + row[12] for row in one)
    assert link.listing(store, link.Filter(text="xyzzy")) == []


def test_a_rejected_pair_never_returns_and_an_accepted_one_is_marked(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    build.build(workspace, sources.gather([]))

    def listing() -> dict[str, dict[str, str]]:
        current = workspace.current()
        base = current.account()["base"]
        opened = EmbeddedStore(current.store, base=base, read_only=True)
        found = [dict(zip(link.COLUMNS, row, strict=True)) for row in link.listing(opened)]
        opened.close()
        return {row["link"]: row for row in found}

    before = listing()
    good, bad = list(before.values())[:2]
    base = workspace.current().account()["base"]
    made = [
        link.Review(
            row["link"].removeprefix(base),
            decision,  # type: ignore[arg-type]
            row["art_record"].removeprefix(base),
            row["via"].removeprefix(base),
            row["science_museum"].removeprefix(base),
            "une conservatrice",
            "2026-11-23T00:00:00Z",
            "vu en réserve,\tsur deux lignes\nde texte",
        )
        for row, decision in ((good, "accept"), (bad, "reject"))
    ]
    link.append_reviews(workspace.reviews, made)
    build.build(workspace, sources.gather([]))
    after = listing()
    assert after[good["link"]]["status"] == "confirmed"
    pair = ("art_record", "via", "science_museum")
    assert not [row for row in after.values() if all(row[name] == bad[name] for name in pair)], (
        "not through any rule"
    )
    assert set(before) - set(after) <= {
        link for link, row in before.items() if all(row[name] == bad[name] for name in pair)
    }


def test_sentences_are_printed_as_french() -> None:
    facts = {"science_count": "2", "title": "L’Été"}
    text = sentence("« {title} » : {science_count_fr} ; fin !", facts, "fr")
    assert text == "«\u00a0L’Été\u00a0»\u00a0: 2 spécimens\u00a0; fin\u00a0!"
    assert sentence("{science_count_en}", {"science_count": "1"}, "en") == "1 specimen"
    assert len(shortened("mot " * 100)) <= 121
