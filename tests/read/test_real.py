"""The real exports: every row accounted for, every archive answered, cells taken by a field."""

from __future__ import annotations

import csv
import statistics
from pathlib import Path

import pytest

from museosciences import crosswalk
from museosciences.read import RefusedRow

# file, rows, crosswalk
EXPECTED = [
    ("joconde/base_joconde_extrait.csv", 337, "joconde-extrait"),
    ("joconde/wikidata_joconde_extrait.csv", 11_005, "wikidata"),
    ("joconde/joconde-valid-UTF-8.txt", 3, "joconde"),
    ("joconde/joconde-valid-ISO-8859-1.txt", 3, "joconde"),
    ("joconde/joconde_ods_api_v2.1_sample.json", 1, "joconde-api"),
    *((f"joconde/aquarelle-{n}.xml", 1, "aquarelle") for n in range(1, 12)),
    ("inha/inha_objets.csv", 1_674, "inha"),
    ("scitech/smg_objects.csv", 1_000, "science-museum"),
    ("natsci/bmsm_shell_museum_workbench.csv", 25, "shell-workbench"),
    ("dwca/nrm_herpetology.zip", 4_956, "darwin-core"),
    ("dwca/caldas_mammals.zip", 3_828, "darwin-core"),
    ("dwca/gbif-results.zip", 158, "darwin-core"),
    ("dwca/simple-csv-eml.zip", 3, "darwin-core"),
    ("dwca/archive-occ_nested_obsolete.zip", 1_534, "darwin-core"),
    ("dwca/null_core_id.zip", 3_248, "darwin-core"),
    ("lido/inp_histoire_des_sciences.xml", 486, "lido"),
    ("tate/artworks_arts_sciences_subset.jsonl", 768, "tate"),
]
LEAST_COVERAGE = 0.95
_COVERAGE: dict[str, float] = {}


@pytest.mark.parametrize(("file", "count", "name"), EXPECTED)
def test_every_row_is_accounted_for(shared: Path, file: str, count: int, name: str) -> None:
    source = crosswalk.open(shared / "data" / file)
    assert source.crosswalk.name == name
    rows = refused = 0
    for made in source.records(museum="TEST", source="real"):
        if isinstance(made, RefusedRow):
            refused += 1
        else:
            rows += len(made[1])
    assert (rows, refused) == (count, 0)
    _COVERAGE[file] = source.coverage


def test_cells_taken_by_a_field(shared: Path) -> None:
    assert shared.is_dir()
    if len(_COVERAGE) < len(EXPECTED):
        pytest.skip("measured by test_every_row_is_accounted_for, which did not run whole")
    for file, share in _COVERAGE.items():
        print(f"{share:6.1%}  {file}")
    # The eleven Aquarelle notices are one export.
    notices = [share for file, share in _COVERAGE.items() if "aquarelle" in file]
    others = [share for file, share in _COVERAGE.items() if "aquarelle" not in file]
    mean = statistics.mean([*others, statistics.mean(notices)])
    print(f"{mean:6.1%}  mean")
    assert mean >= LEAST_COVERAGE


def test_what_is_no_inventory_is_not_guessed(shared: Path) -> None:
    """A table of artists and a mapping table are refused, not turned into objects."""
    for file in ("tate/artist_data.csv", "joconde/20180315_musee_export_joconde_exemple.xlsx"):
        with pytest.raises(crosswalk.CrosswalkError, match="museo crosswalk"):
            crosswalk.open(shared / "data" / file)


def test_every_field_of_the_pop_dictionary(shared: Path) -> None:
    """Each field of POP is mapped, or is left out on purpose."""
    path = shared / "data" / "joconde" / "pop_dictionnaire_joconde.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        fields = [row["path"] for row in csv.DictReader(stream)]
    joconde = crosswalk.load("joconde")
    assert set(joconde.unmapped(fields)) <= set(joconde.definition.ignored)
    assert len(fields) - len(joconde.unmapped(fields)) >= 80
