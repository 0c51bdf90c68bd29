"""``museo detect``, ``check`` and ``parse`` as a documentalist types them, on wrong files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from museosciences.errors import MuseoError
from museosciences.main import app

HEADER = "Numéro d'inventaire;Mode d'acquisition;Désignation;Matières;Mesures\n"


def museo(*arguments: str) -> str:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False).stdout


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "registre.csv"
    path.write_text(
        HEADER + "1900.1;don;vase;bronze;H. 1\n1900.2;don\n1900.3;don;pot;grès;H. 3\n",
        encoding="utf-8",
    )
    return path


def test_the_language_of_a_date_is_obeyed() -> None:
    day = json.loads(museo("parse", "date", "10/11/2005", "--lang", "fr"))
    both = json.loads(museo("parse", "date", "10/11/2005"))
    assert day["begin"] == day["end"] == "2005-11-10"
    assert (both["begin"], both["end"], both["certainty"]) == (
        "2005-10-11", "2005-11-10", "uncertain",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["date", "dimensions", "person", "taxon", "subjects"])
def test_each_text_gives_one_line_of_json(kind: str) -> None:
    lines = museo("parse", kind, "H. 32", "à revoir").splitlines()
    assert len([json.loads(line) for line in lines]) == 2


def test_a_row_with_cells_missing_is_read_and_named(register: Path) -> None:
    told = museo("check", str(register), "--museum", "M0001", "-o", "retour.csv")
    assert "notice 2, ligne 3 : 3 cellule(s) manquante(s)" in told
    assert "3 lignes lues = 3 à charger" in told


def test_detect_speaks_both_languages_and_tries_a_crosswalk(register: Path) -> None:
    french = museo("detect", str(register))
    assert "concordance : register-18" in french
    assert "colonnes sans champ : –" in french
    assert "crosswalk : register-18" in museo("detect", str(register), "--lang", "en")
    draft = register.with_name("mienne.toml")
    draft.write_text(museo("crosswalk", str(register)), encoding="utf-8")
    tried = museo("detect", str(register), "--crosswalk", str(draft), "--format", "json")
    assert json.loads(tried)["sample"]["inventory_number"] == "1900.1"


def test_entities_that_would_fill_the_memory_are_the_cause_that_is_told(tmp_path: Path) -> None:
    bomb = tmp_path / "bombe.xml"
    entities = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    bomb.write_text(
        f'<!DOCTYPE l [<!ENTITY a0 "aaaaaaaaaa">{entities}]>'
        '<lido:lidoWrap xmlns:lido="http://www.lido-schema.org"><lido:lido>'
        "<lido:lidoRecID>&a9;</lido:lidoRecID></lido:lido></lido:lidoWrap>",
        encoding="utf-8",
    )
    with pytest.raises(MuseoError) as caught:
        museo("check", str(bomb), "--museum", "M0001")
    assert caught.value.exit_code == 3
    assert caught.value.place is not None
    assert caught.value.place.file == "bombe.xml"
    assert "XML" in caught.value.cause
