"""Themes: axes and vitrines by declared rules, with reasons; another operation needs no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from museosciences import theme, vocabulary
from museosciences.errors import VocabularyError
from museosciences.reading import Reading
from museosciences.rule import Item, Record, Rule
from museosciences.store import EmbeddedStore, term_text

HERE = Path(__file__).parent
PREFIX = "PREFIX ms: <https://museosciences.example/ns#> "
MUSEOSCIENCES = "theme/museosciences#"


def selection(store: EmbeddedStore, record: str) -> dict[str, tuple[float, bool, str]]:
    """The axes and vitrines of a record: weight, selected, the reason in French."""
    answer = store.select(
        PREFIX
        + f"""SELECT ?for ?weight ?selected ?reason WHERE {{
        ?s ms:selects <{store.base}object/{record}> ; ms:for ?for ; ms:weight ?weight ;
          ms:selected ?selected ; ms:reason ?reason FILTER(LANG(?reason) = "fr") }}"""
    )
    found = {}
    for row in answer.rows:
        name, weight, selected, reason = map(term_text, row)
        found[name.removeprefix(store.base)] = (float(weight), selected == "true", reason)
    return found


@pytest.mark.parametrize(
    ("record", "axis", "reason"),
    [
        ("DEMO02/917.2.2", "axis-2-nature", "Nature morte"),
        ("DEMO05/D.1", "axis-2-anatomy", "Écorché"),
        ("DEMO02/2019.2.1", "axis-2-nature", "Étude de nuages"),
        ("DEMO01/M-1", "axis-1-naturalia", "Spécimen"),
        ("DEMO03/S.1", "axis-1-scientifica", "Instrument"),
        ("DEMO12/C.1", "axis-3-examination", "laboratoire"),
    ],
)
def test_a_record_is_selected_for_an_axis_with_the_reason(
    store: EmbeddedStore, record: str, axis: str, reason: str
) -> None:
    weight, selected, why = selection(store, record)[MUSEOSCIENCES + axis]
    assert selected
    assert weight >= 0.5
    assert reason in why
    above = MUSEOSCIENCES + axis[:6]
    assert selection(store, record)[above][1], "the axis above selects it too"


def test_an_incidental_detail_is_seen_and_not_selected(store: EmbeddedStore) -> None:
    """The poplars along a Sunday walk do not make the painting a study of nature."""
    weight, selected, why = selection(store, "DEMO02/921.5.1")[MUSEOSCIENCES + "axis-2-nature"]
    assert not selected
    assert weight < 0.5
    assert "peuplier" in why


def test_a_selected_record_says_so_in_one_step(store: EmbeddedStore) -> None:
    ask = PREFIX + "ASK { <object/DEMO01/M-1> ms:onAxis <theme/museosciences#axis-1> }"
    assert store.ask(ask)
    vitrine = PREFIX + "SELECT ?r WHERE { ?r ms:inVitrine <theme/museosciences#vitrine-taxidermy> }"
    assert list(store.select(vitrine).rows)


def test_every_selection_cites_words_and_gives_its_reason_twice(store: EmbeddedStore) -> None:
    answer = store.select(
        PREFIX
        + "SELECT ?s (COUNT(?r) AS ?n) WHERE { ?s a ms:Selection . ?s ms:reason ?r } GROUP BY ?s"
    )
    counts = [int(term_text(row[1])) for row in answer.rows]
    assert len(counts) > 300
    assert set(counts) == {2}
    reasons = store.select(PREFIX + "SELECT ?r WHERE { ?s a ms:Selection ; ms:reason ?r }")
    assert not [r for r in reasons.rows if "{" in term_text(r[0])]


def test_another_operation_is_another_file(tmp_path: Path, store: EmbeddedStore) -> None:
    """The trial theme is derived by the same code, beside the first."""
    words = vocabulary.load()
    paths = [HERE / "great-war.ttl"]
    other = EmbeddedStore(tmp_path / "store", base=store.base)
    other.load(theme.graphs(store.base, paths))
    other.load(theme.memberships(Reading(store), words, paths))
    tools = selection(other, "DEMO03/S.27")
    assert tools["theme/great-war#care-tools"][1]
    assert tools["theme/great-war#care"][2].startswith("Instrument du soin")
    shown = selection(other, "DEMO02/884.1.1")
    assert not shown["theme/great-war#materials"][1], "0.5 is below the threshold of this theme"
    case = selection(other, "DEMO02/884.1.2")["theme/great-war#case"]
    assert case == (0.7, True, "Titre : «\u00a0Nature morte\u00a0».")
    assert "theme/great-war#case" not in selection(other, "DEMO12/C.1"), "of another museum"
    other.close()


RECORD = Record("r", "object", begin=1600, end=1650)
RECORD.items.append(Item("subjects", "portrait", "subjects/portrait", "genre"))
RECORD.items.append(Item("subjects", "chien", "taxa/Canis_familiaris", "main", 0.9))
RECORD.texts.append(Item("titles", "L’Homme au Chien-loup"))


@pytest.mark.parametrize(
    ("conditions", "met"),
    [
        ({"kinds": {"object"}}, True),
        ({"kinds": {"specimen"}}, False),
        ({"schemes": {"taxa"}}, True),
        ({"schemes": {"taxa"}, "fields": {"titles"}}, False),
        ({"concepts": {"taxa/Mammalia"}}, True),
        ({"concepts": {"taxa/Mammalia"}, "except_concepts": {"taxa/Canis"}}, False),
        ({"concepts": {"taxa/Mammalia"}, "roles": {"attribute"}}, False),
        ({"concepts": {"taxa/Mammalia"}, "genres": {"subjects/human_figure"}}, True),
        ({"concepts": {"taxa/Mammalia"}, "except_genres": {"subjects/human_figure"}}, False),
        ({"words": ("homme au chien",)}, True),
        ({"words": ("homme au chi",)}, False),
        ({"kinds": {"object"}, "before": 1620}, True),
        ({"kinds": {"object"}, "before": 1599}, False),
        ({"kinds": {"object"}, "after": 1651}, False),
        ({"present": True, "fields": {"titles"}}, True),
        ({"present": True, "fields": {"analyses"}}, False),
    ],
)
def test_conditions_of_a_rule(conditions: dict[str, object], met: bool) -> None:
    given = {k: frozenset(v) if isinstance(v, set) else v for k, v in conditions.items()}
    rule = Rule("rule", "onAxis", ("axis",), 1.0, {"fr": "parce que"}, **given)  # type: ignore[arg-type]
    assert bool(list(rule.met(RECORD, vocabulary.load()))) == met


def test_words_are_cited_as_the_museum_wrote_them() -> None:
    rule = Rule("rule", "onAxis", ("axis",), 1.0, {"fr": ""}, words=("chien loup",))
    [(item, _)] = rule.met(RECORD, vocabulary.load())
    assert item is not None
    assert item.words == "Chien-loup"


def test_a_rule_without_weight_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(
        "PREFIX ms: <https://museosciences.example/ns#> "
        '<#r> a ms:AxisRule ; ms:axis <#a> ; ms:kind "object" ; ms:reason "x"@fr .'
    )
    with pytest.raises(VocabularyError, match="weight"):
        theme.read(path, "https://museosciences.example/")
    path.write_text("not turtle")
    with pytest.raises(VocabularyError, match=r"broken\.ttl"):
        theme.read(path, "https://museosciences.example/")
