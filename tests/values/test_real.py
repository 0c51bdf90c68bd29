"""The share of real cells that is understood. It is printed, and the test fails below the target.

The targets are those of the project: dates and dimensions 97 %, REPR without residue 99 %.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from museosciences.values import coordinates, dates, dimensions, persons, subjects, taxa
from museosciences.values.edtf import valid

LIDO = "{http://www.lido-schema.org}"
DISAGREEMENTS = Path(__file__).parent / "inha_disagreements.tsv"
NULLS = {"", "Non renseigné"}

Cells = dict[str, list[str]]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def column(rows: list[dict[str, str]], name: str) -> list[str]:
    return [row[name].strip() for row in rows if row[name].strip() not in NULLS]


def occurrences(path: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        text = archive.read("occurrence.txt").decode()
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def lido(shared: Path, tag: str) -> list[str]:
    tree = etree.parse(str(shared / "data/lido/inp_histoire_des_sciences.xml"))
    texts = ((element.text or "").strip() for element in tree.iter(LIDO + tag))
    return [text for text in texts if text]


def aquarelle(shared: Path, pattern: str) -> list[str]:
    found = []
    for path in sorted((shared / "data/joconde").glob("aquarelle-*.xml")):
        for field in etree.parse(str(path)).iter("FIELD"):
            if re.match(pattern, field.get("NAME") or "") and field.text:
                found.append(field.text.strip())
    return found


def report(cells: Cells, understood: Callable[[str], bool]) -> Iterator[tuple[str, float]]:
    """Print the share of each source, and its commonest failures."""
    for source, texts in cells.items():
        failed = Counter(text for text in texts if not understood(text))
        share = 1 - failed.total() / len(texts)
        print(f"{source:45} {len(texts):6} {share:8.2%}  {failed.most_common(4)}")
        yield source, share


def has_date(cell: str) -> bool:
    # "s.d." is understood: the museum says that it knows no date.
    return "certainty" in dates.parse(cell) or dates.undated(cell)


@pytest.fixture(scope="module")
def inha(shared: Path) -> list[dict[str, str]]:
    return table(shared / "data/inha/inha_objets.csv")


@pytest.fixture(scope="module")
def joconde(shared: Path) -> list[dict[str, str]]:
    return table(shared / "data/joconde/base_joconde_extrait.csv")


def test_dates(shared: Path, inha: list[dict[str, str]], joconde: list[dict[str, str]]) -> None:
    cells: Cells = {}
    for name in ("date_creation_string", "date_decouverte_string", "conservation_date_entree"):
        cells[f"inha {name}"] = column(inha, name)
    for name in ("anneecreation", "Date_acquisition", "Entrée_base"):
        cells[f"joconde {name}"] = column(joconde, name)
    for name in ("datenaissance", "anneenaissance", "datemort", "anneemort"):
        cells[f"joconde {name}"] = column(joconde, name)
    wikidata = table(shared / "data/joconde/wikidata_joconde_extrait.csv")
    cells["joconde, wikidata datecreation"] = column(wikidata, "datecreation")
    cells["lido displayDate"] = lido(shared, "displayDate")
    cells["lido recordMetadataDate"] = lido(shared, "recordMetadataDate")
    for name in ("Millésime", "Période", "Date acquisition"):
        cells[f"aquarelle {name}"] = aquarelle(shared, name)
    tate = (shared / "data/tate/artworks_arts_sciences_subset.jsonl").read_text("utf-8")
    works = [json.loads(line) for line in tate.splitlines()]
    cells["tate dateText"] = [work["dateText"] for work in works if work["dateText"]]
    nrm = occurrences(shared / "data/dwca/nrm_herpetology.zip")
    cells |= {f"nrm {name}": column(nrm, name) for name in ("eventDate", "dateIdentified")}
    caldas = occurrences(shared / "data/dwca/caldas_mammals.zip")
    cells |= {f"caldas {name}": column(caldas, name) for name in ("eventDate", "verbatimEventDate")}
    shells = table(shared / "data/natsci/bmsm_shell_museum_workbench.csv")
    for name in ("Date Collected", "Start Date Collected", "ID Date Verbatim", "DateCataloged"):
        cells[f"shells {name}"] = column(shells, name)
    shares = dict(report(cells, has_date))
    assert {source for source, share in shares.items() if share < 0.97} == set()
    understood = [dates.parse(text) for texts in cells.values() for text in texts]
    assert all(valid(date["edtf"]) for date in understood if "edtf" in date)


def test_dimensions(
    shared: Path, inha: list[dict[str, str]], joconde: list[dict[str, str]]
) -> None:
    tate = (shared / "data/tate/artworks_arts_sciences_subset.jsonl").read_text("utf-8")
    works = [json.loads(line) for line in tate.splitlines()]
    cells = {
        "inha dim_cm": column(inha, "dim_cm"),
        "joconde hauteur, largeur": column(joconde, "hauteur") + column(joconde, "largeur"),
        "aquarelle Mesures": aquarelle(shared, "Mesures"),
        "lido displayObjectMeasurements": lido(shared, "displayObjectMeasurements"),
        "tate dimensions": [work["dimensions"] for work in works if work["dimensions"]],
    }
    shares = dict(report(cells, lambda cell: bool(dimensions.parse(cell))))
    assert {source for source, share in shares.items() if share < 0.97} == set()


def test_subjects(shared: Path, joconde: list[dict[str, str]]) -> None:
    cells = {
        "joconde Sujet_représenté": column(joconde, "Sujet_représenté"),
        "aquarelle Sujet représenté": aquarelle(shared, "Sujet représenté"),
    }
    shares = dict(
        report(cells, lambda cell: not subjects.residue(cell) and bool(subjects.parse(cell)))
    )
    assert {source for source, share in shares.items() if share < 0.99} == set()


def test_persons_taxa_and_coordinates(shared: Path, joconde: list[dict[str, str]]) -> None:
    caldas = occurrences(shared / "data/dwca/caldas_mammals.zip")
    people = {
        "joconde Auteurs": column(joconde, "Auteurs"),
        "aquarelle Auteur": aquarelle(shared, "Auteur"),
        "caldas recordedBy": column(caldas, "recordedBy"),
    }
    shares = dict(report(people, lambda cell: bool(persons.parse(cell))))
    names = {"caldas scientificName": column(caldas, "scientificName")}
    shares |= report(names, lambda cell: "canonical" in taxa.parse(cell))
    latitudes = {"caldas verbatimLatitude": column(caldas, "verbatimLatitude")}
    placed = dict(report(latitudes, lambda cell: coordinates.latitude(cell) is not None))
    assert {source for source, share in shares.items() if share < 0.99} == set()
    # The rest are typing errors such as "5 331 67N" and "05 38 73.5 N".
    assert placed["caldas verbatimLatitude"] >= 0.96


def test_authorship_is_read_as_the_museum_gives_it(shared: Path) -> None:
    caldas = occurrences(shared / "data/dwca/caldas_mammals.zip")
    pairs = {(row["scientificName"], row["scientificNameAuthorship"].strip()) for row in caldas}
    differing = [
        (name, author)
        for name, author in pairs
        if author and taxa.parse(f"{name} {author}").get("authorship") != author
    ]
    assert differing == []


def test_verbatim_dates_agree_with_the_dates_that_the_museum_interpreted(shared: Path) -> None:
    differing = []
    for row in occurrences(shared / "data/dwca/caldas_mammals.zip"):
        ours = dates.parse(row["verbatimEventDate"])
        theirs = dates.parse(row["eventDate"])
        if "begin" in ours and "begin" in theirs and not overlap(ours, theirs):
            differing.append((row["verbatimEventDate"], row["eventDate"]))
    print(Counter(differing).most_common(20))
    assert len(differing) <= 40


def overlap(one: dates.Date, other: dates.Date) -> bool:
    return (one["begin"][:10] <= other["end"] + "~") and (other["begin"][:10] <= one["end"] + "~")


def historical(year: int) -> int:
    """1 BCE is 0 in ISO 8601 and -1 in INHA's columns."""
    return year - 1 if year <= 0 else year


def disagrees(bound: str, year: int | None) -> bool:
    """INHA rounds: 500 where the last quarter of the 6th century BCE ends in 501."""
    return bound != "" and (year is None or abs(int(bound) - historical(year)) > 1)


def test_disagreements_with_the_bounds_of_inha_are_those_listed(
    inha: list[dict[str, str]],
) -> None:
    """``inha_disagreements.tsv`` says who is right and why; a new one must be judged there."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in inha:
        for name in ("date_creation", "date_decouverte"):
            text = row[f"{name}_string"].strip()
            begin, end = row[f"{name}_debut"], row[f"{name}_fin"]
            ours = dates.parse(text, "fr")
            if text and (
                disagrees(begin, ours.get("begin_year")) or disagrees(end, ours.get("end_year"))
            ):
                bounds = (ours.get("begin", ""), ours.get("end", ""))
                found[f"{name}_string", text, begin, end, *bounds] += 1
    with DISAGREEMENTS.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    keys = ("column", "text", "inha_begin", "inha_end", "begin", "end")
    assert {tuple(row[key] for key in keys): int(row["objects"]) for row in listed} == dict(found)
    assert {row["right"] for row in listed} == {"ours", "inha", "both"}
    assert all(row["why"] for row in listed)
