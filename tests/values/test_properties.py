"""What holds for every text: no parser raises, and every answer makes sense."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from museosciences.values import (
    coordinates,
    dates,
    dimensions,
    edtf,
    lists,
    materials,
    persons,
    places,
    subjects,
    taxa,
    text,
)

# Words that parsers know, so that random cells come near to real ones.
LISTED = (
    '12"|in.|mm.|1 000|3, 2|1/4|19e dyn.|JHC-DMC|brass (copper|zinc alloy)|95,2|'
    "19e siècle|XIXe|sec. XX|av. J.-C.|ap. J.-C.|vers|avant|après|entre|et|à|-|/|;|,|?|(|)|[|]|"
    "1850|1860|12|1|an XII|an|vendémiaire|mars|été|années|deceniul|2e|moitié|quart|début|fin|"
    "milieu|1/4|3|millénaire|Second Empire|Louis XIV|s.d.|..|~|x|cm|kg|H.|L.|l.|haut.|diamètre|"
    "32,5|1 1/2|Î=|DUPUIS|Henri|(1819-1889)|atelier de|d'après|attribué à|scène|:|Apollon|lyre|"
    "Felis|silvestris|cf.|sp.|×|var.|L.|1758|France|Autun|(lieu de découverte)|46°|30'|N|O|"
    "peinture à l'huile|toile|bois|(chêne)|é|\u0301|\u00a0|Ã©|10/11/2005|2012-00-00|-500|1976–7"
)
WORDS = LISTED.split("|")
CELLS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
)
LANGUAGES = st.sampled_from([None, "fr", "en", "ro"])
MANY = settings(max_examples=400, deadline=None)


@MANY
@given(CELLS, LANGUAGES)
@example("10/11/2005", None)
@example("1860-1850", "fr")
def test_a_date_is_bounds_in_order_valid_edtf_and_a_certainty_or_nothing(
    cell: str, lang: str | None
) -> None:
    for found in [dates.parse(cell, lang), *dates.parse_all(cell, lang)]:
        assert found["text"] in cell
        if "certainty" not in found:
            assert set(found) == {"text"}
            continue
        if "edtf" in found:
            assert edtf.valid(found["edtf"])
        else:
            assert min(found.get("begin_year", 0), found.get("end_year", 0)) < -9999
        assert found["certainty"] in ("exact", "approximate", "uncertain")
        assert "begin" in found or "end" in found
        if "begin" in found and "end" in found:
            assert edtf.order(found["begin"]) <= edtf.order(found["end"])
            assert found["begin_year"] <= found["end_year"]
        assert found.get("label", "") in unicodedata.normalize("NFC", cell)


@MANY
@given(CELLS)
def test_dimensions_are_finite_in_cm_or_g_with_their_words(cell: str) -> None:
    for found in dimensions.parse(cell):
        assert found["text"] in cell
        assert math.isfinite(found["value"])
        assert found["value"] >= 0
        assert found.get("unit", "cm") in ("cm", "g")


@MANY
@given(CELLS, st.sampled_from([None, "direct"]))
def test_persons_have_a_name_and_do_not_die_before_birth(cell: str, grammar: str | None) -> None:
    for found in persons.parse(cell, grammar):
        assert found["text"] in cell
        assert found["name"].strip()
        assert found.get("birth", 0) <= found.get("death", 9999)


@MANY
@given(CELLS)
def test_subjects_are_cut_out_of_the_cell(cell: str) -> None:
    for found in subjects.parse(cell):
        assert found["term"] in cell
        assert found["role"] in ("genre", "main", "secondary", "attribute")
    assert isinstance(subjects.residue(cell), str)


@MANY
@given(CELLS)
def test_terms_and_places_are_cut_out_of_the_cell(cell: str) -> None:
    for term in [term for kind in materials.parse(cell) for term in kind]:
        assert term["term"]
        assert term["term"] in cell
    for place in places.parse(cell):
        assert place["text"] in cell
        assert place["name"] == place["parts"][-1]
        assert all(part in cell for part in place["parts"])


@MANY
@given(CELLS, st.sampled_from([";", ",", ";,", "|"]))
def test_items_of_a_list_stand_in_the_cell_in_order(cell: str, separators: str) -> None:
    position = 0
    for item in lists.split(cell, separators):
        position = cell.index(item, position) + len(item)


@MANY
@given(CELLS)
def test_names_and_coordinates_of_anything(cell: str) -> None:
    taxon = taxa.parse(cell)
    assert taxon.get("scientific_name", "") == cell.strip()
    assert ("authorship" in taxon) <= ("canonical" in taxon)
    latitude, longitude = coordinates.latitude(cell), coordinates.longitude(cell)
    assert latitude is None or abs(latitude) <= 90
    assert longitude is None or abs(longitude) <= 180
    assert coordinates.parse(cell) is None or len(cell) >= 3


@MANY
@given(CELLS)
def test_repair_is_done_once(cell: str) -> None:
    repaired, _ = text.repair(cell)
    again, notes = text.repair(repaired)
    assert again == repaired
    assert set(notes) <= {"lost-character"}


@MANY
@given(st.text(alphabet="abc éèàçœÉÀ’«»–ăâîșț", min_size=1, max_size=30))
def test_what_was_encoded_twice_comes_back(words: str) -> None:
    words = unicodedata.normalize("NFC", words)
    twice = words.encode().decode("latin-1")
    assert text.repair(twice)[0] == text.repair(words)[0]


@MANY
@given(CELLS)
def test_folding_keeps_positions(cell: str) -> None:
    assert len(text.fold(cell)) == len(cell)


@MANY
@given(
    st.integers(1, 21),
    st.sampled_from(["", "1ère moitié ", "4e quart ", "2e tiers ", "début ", "fin ", "vers "]),
    st.sampled_from(["{0}e siècle", "{0}e s.", "sec. {1}", "{1}e siècle"]),
)
def test_edtf_says_the_same_as_the_words(number: int, part: str, form: str) -> None:
    cell = part + form.format(number, roman(number))
    words = dates.parse(cell)
    again = dates.parse(words["edtf"])
    assert [again[key] for key in ("begin", "end", "edtf", "certainty")] == [  # type: ignore[literal-required]
        words[key]
        for key in ("begin", "end", "edtf", "certainty")  # type: ignore[literal-required]
    ]
    assert words["begin_year"] // 100 <= number - 1 <= words["end_year"] // 100


@MANY
@given(st.dates(max_value=dt.date(2100, 12, 31)))
def test_a_day_comes_back(day: dt.date) -> None:
    found = dates.parse(str(day))
    assert found["begin"] == found["end"] == found["edtf"] == str(day)


def roman(number: int) -> str:
    tens, units = divmod(number, 10)
    return "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][units]
