"""Writing a crosswalk: mistakes are named with their section, and a draft is a good start."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museosciences import crosswalk
from museosciences.crosswalk import CrosswalkError, definition
from museosciences.crosswalk.draft import guess, synonyms
from museosciences.crosswalk.targets import KIND
from museosciences.read import SourceRow

HERE = Path(__file__).resolve().parent
HEAD = '[identity]\ncolumns = ["inv"]\n'


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "essai.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def record(tmp_path: Path, text: str, cells: dict[str, str | list[str]]) -> dict[str, object]:
    made = crosswalk.load(written(tmp_path, HEAD + text)).record(
        SourceRow(1, 2, {"inv": "1", **cells}), museum="M0000", source="s"
    )
    return dict(made)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[identity", "TOML"),
        ('[fields.titles]\ncolumn = "t"\n', "identity"),
        (HEAD + "[champs]\n", "champs"),
        (HEAD + '[fields.title]\ncolumn = "t"\n', r"fields\.title\b.*titles"),
        (HEAD + '[fields.titles]\ncolumn = "t"\nparser = "x"\n', r"fields\.titles.*parser"),
        (HEAD + '[fields.titles]\ncolumn = "t"\nseparator = ","\n', "separator"),
        (HEAD + "[fields.titles]\n", "column"),
        (HEAD + '[fields.titles]\ncolumn = "t"\ntake = "last"\n', "first"),
        (HEAD + '[fields.titles]\ncolumn = "t"\nonly = "("\n', "regular expression"),
        (HEAD + '[fields.titles]\ncolumn = "t"\nfor = "painting"\n', "specimen"),
        (HEAD + '[fields.titles]\ncolumn = "t"\n[[fields.titles]]\ncolumn = "u"\n', r"\[\[fields"),
        (HEAD + '[kind]\ndefault = "painting"\n', "specimen"),
        (HEAD + '[kind]\nrules = [{ kind = "specimen" }]\n', "ill-formed"),
        (HEAD + "[fields.titles]\ncolumn = 3\n", "ill-formed"),
        (HEAD + '[fields.titles]\ncolumn = "t"\nbeside = "x"\n', "ill-formed"),
        ("identity = 3\n", "table"),
        (HEAD + '[fields.production.date]\ncolumn = "d"\nparser = "x"\n', "wikidata"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CrosswalkError, match=message) as caught:
        crosswalk.load(written(tmp_path, text))
    assert "essai.toml" in str(caught.value)


def test_unknown_crosswalk_and_absent_column(tmp_path: Path) -> None:
    with pytest.raises(CrosswalkError, match="joconde"):
        crosswalk.load("jocnde")
    path = tmp_path / "f.csv"
    path.write_text("inv;titre\n1;a\n", encoding="utf-8")
    with pytest.raises(CrosswalkError, match="REF"):
        crosswalk.open(path, crosswalk="joconde")


def test_row_without_identity_or_museum_is_refused(tmp_path: Path) -> None:
    own = crosswalk.load(written(tmp_path, HEAD))
    with pytest.raises(CrosswalkError, match="row 7") as caught:
        own.record(SourceRow(7, 9, {"inv": " "}), museum="M0000", source="s")
    assert caught.value.remedy
    with pytest.raises(CrosswalkError, match="--museum"):
        own.record(SourceRow(7, 9, {"inv": "1"}), museum=None, source="s")


def test_take_first_all_join(tmp_path: Path) -> None:
    text = """
[fields.location]
columns = ["ville", "salle"]
take = "join"
join = " ; "
[fields.condition]
columns = ["etat", "etat2"]
take = "first"
[fields.titles]
columns = ["titre", "titre2"]
"""
    made = record(tmp_path, text, {"ville": "Autun", "salle": "2", "etat": "", "etat2": "bon",
                                   "titre": "a", "titre2": "b"})  # fmt: skip
    assert made["location"] == "Autun ; 2"
    assert made["condition"] == "bon"
    assert [title["text"] for title in made["titles"]] == ["a", "b"]  # type: ignore[attr-defined]
    assert made["columns"]["location"] == ["ville", "salle"]  # type: ignore[index]


def test_columns_beside_lists_and_constants(tmp_path: Path) -> None:
    text = """
[fields.makers]
column = "noms"
parser = "name"
beside.role = "roles"
beside.birth = "vies"
beside.death = "vies"
"""
    made = record(tmp_path, text, {"noms": ["A", "", "C"], "roles": ["auteur", "x", ""],
                                   "vies": ["1800-1850", "", "né en 1900"]})  # fmt: skip
    makers = [{k: m[k] for k in m if k in ("name", "role", "birth", "death")}
              for m in made["makers"]]  # type: ignore[attr-defined]  # fmt: skip
    assert makers == [
        {"name": "A", "role": "auteur", "birth": 1800, "death": 1850},
        {"name": "C", "birth": 1900},
    ]


def test_kind_rules_and_fields_of_one_kind(tmp_path: Path) -> None:
    text = """
[kind]
rules = [{ column = "domaine", matches = "zoologie", kind = "specimen" }]
[fields.production.date]
column = "date"
for = ["object", "instrument"]
[fields.occurrence.event]
column = "date"
for = "specimen"
"""
    owl = record(tmp_path, text, {"domaine": "Zoologie", "date": "1887"})
    jug = record(tmp_path, text, {"domaine": "céramique", "date": "1887"})
    assert (owl["kind"], jug["kind"]) == ("specimen", "object")
    assert "occurrence" in owl
    assert "production" not in owl
    assert "production" in jug


def test_null_words_case_and_accents_aside(tmp_path: Path) -> None:
    made = record(tmp_path, '[values]\nnull = ["Non renseigné"]\n[fields.titles]\ncolumn = "t"\n',
                  {"t": " non RENSEIGNE "})  # fmt: skip
    assert "titles" not in made


def test_double_encoding_is_mended(tmp_path: Path) -> None:
    made = record(tmp_path, '[fields.titles]\ncolumn = "t"\n', {"t": "musÃ©e dâ€™Autun"})
    assert made["titles"][0]["text"] == "musée d’Autun"  # type: ignore[index]


def test_headers_are_compared_without_case_accents_punctuation(tmp_path: Path) -> None:
    made = record(tmp_path, '[fields.titles]\ncolumn = "Titre (usuel)"\n', {"TITRE_USUEL": "a"})
    assert made["columns"]["titles"] == ["TITRE_USUEL"]  # type: ignore[index]


def test_anonymous_makers_name_nobody(tmp_path: Path) -> None:
    made = record(tmp_path, '[fields.makers]\ncolumn = "a"\n', {"a": "anonyme"})
    assert "makers" not in made
    assert made["columns"]["makers"] == ["a"]  # type: ignore[index]


def test_a_crosswalk_crosses_processes() -> None:
    row = SourceRow(1, 1, {"REF": "1", "INV": "2", "TITR": "a"})
    joconde = crosswalk.load("joconde")
    again = pickle.loads(pickle.dumps(joconde))
    given_ = {"museum": "M0000", "source": "s"}
    assert again.record(row, **given_) == joconde.record(row, **given_)


# -- drafts -------------------------------------------------------------------------------

COLUMNS = ["N° inv.", "Désignation", "Auteurs", "Datation", "Matériaux", "Hauteur (mm)", "Sujet",
           "Zorglub"]  # fmt: skip
SAMPLES = {"Matériaux": ["bois, métal", "bois"], "Sujet": ["scène (femme)", "figure (homme)"],
           "Désignation": ['"boîte"\nà secret']}  # fmt: skip


def test_a_draft_is_a_crosswalk_that_works(tmp_path: Path) -> None:
    text = crosswalk.draft(COLUMNS, SAMPLES)
    made = crosswalk.load(written(tmp_path, text)).record(
        SourceRow(1, 2, {"N° inv.": "C.1", "Désignation": "boîte", "Auteurs": "DUPUIS Henri",
                         "Datation": "1887", "Matériaux": "bois, métal", "Hauteur (mm)": "120",
                         "Sujet": "scène (femme)", "Zorglub": "?"}),
        museum="M0000", source="s",
    )  # fmt: skip
    assert made["inventory_number"] == "C.1"
    assert [m["term"] for m in made["materials"]] == ["bois", "métal"]
    assert made["dimensions"][0]["value"] == 12.0
    assert made["makers"][0]["name"] == "Dupuis, Henri"
    assert [s["term"] for s in made["subjects"]] == ["scène", "femme"]
    assert '# column = "Zorglub"' in text


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("N° d'inventaire", "=identity"),
        ("INVENTORY NUMBER", "=identity"),
        ("Code Muséofile", "=museum"),
        ("Lieu de conservatoin", "location"),
        ("nom scientifique", "taxon.scientific_name"),
        ("Diamètre en cm", "dimensions"),
        ("Mode d'acquisition", "acquisition.mode"),
        ("date_acquisition", "acquisition.date"),
        ("Materials", "materials"),
    ],
)
def test_guesses(header: str, target: str) -> None:
    found = guess(header)
    assert found is not None
    assert found.target == target


def test_synonyms_name_fields_that_exist() -> None:
    for word, target in synonyms().items():
        assert target in KIND or target in ("=identity", "=museum"), word


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6, unique=True), st.text(max_size=20))
def test_any_headers_give_a_valid_file(columns: list[str], cell: str) -> None:
    text = crosswalk.draft(columns, {column: [cell] for column in columns})
    tomllib.loads(text)
    definition.parse(text, Path("essai.toml"))


# -- detection ----------------------------------------------------------------------------


def test_detection_says_what_was_recognised() -> None:
    found = crosswalk.detect(HERE / "register-18" / "input.csv")
    assert (found.format, found.encoding, found.delimiter) == ("csv", "utf-8-sig", ";")
    assert found.crosswalk == "register-18"
    assert found.confidence == 1.0
    assert found.unmapped == []
    assert found.sample is not None
    assert found.sample["inventory_number"] == "2005.3.1"
    assert found.candidates[0][0] == "register-18"


def test_detection_of_what_no_crosswalk_fits(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("alpha;beta;gamma\n1;2;3\n", encoding="utf-8")
    found = crosswalk.detect(path)
    assert found.crosswalk is None
    assert found.sample is None
    assert found.unmapped == ["alpha", "beta", "gamma"]
    with pytest.raises(CrosswalkError, match="museo crosswalk"):
        crosswalk.open(path)
    assert "alpha" in crosswalk.draft_file(path)
