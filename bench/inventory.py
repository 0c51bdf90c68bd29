"""Inventories of a region of any size, the same on every machine for the same seed.

``write`` makes a folder that ``museo build`` reads: works of art and instruments in the POP columns
(each row names its museum), specimens in Darwin Core, one file for each museum of natural history.
Museums have Zipf sizes; persons, taxa, instruments, materials and sites are drawn by Zipf from our
own schemes and shared by all museums, as they are in a region: a few collectors and a few animals
are everywhere, most are rare.

    python bench/inventory.py 100000 FOLDER
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar

from museosciences import knowledge, vocabulary

T = TypeVar("T")

# How many of ten records are works and specimens; the others are instruments.
WORKS, SPECIMENS = 6, 3
# Museums of art, of instruments, and of natural history.
ART, TECHNICAL, NATURAL_HISTORY = 34, 6, 8
# How many of all namings of persons are of one whom both sides know.
ON_BOTH_SIDES = 0.05
# A person is named by so many records in the mean.
RECORDS_OF_A_PERSON = 40

POP = (
    "REF", "INV", "MUSEO", "DOMN", "DENO", "TITR", "AUTR", "PERI", "MILL", "TECH", "DIMS",
    "REPR", "STAT", "DACQ", "APTN", "LOCA", "DESC", "INSC", "EXPO", "DECV", "IMG",
)  # fmt: skip
DWC = (
    "occurrenceID", "catalogNumber", "basisOfRecord", "recordedBy", "individualCount",
    "preparations", "typeStatus", "eventDate", "country", "locality", "decimalLatitude",
    "decimalLongitude", "scientificName", "kingdom", "vernacularName", "identifiedBy",
    "dateIdentified", "associatedMedia",
)  # fmt: skip

_SURNAMES = (
    "DUPUIS", "LEFÈVRE", "PETIT", "QUÉNOT", "MARTIN", "CARPENTIER", "DELATTRE", "HENNION",
    "VASSEUR", "BRASSART", "COUSIN", "DHALLUIN", "FLAMENT", "GOSSELIN", "HERBAUT", "LECŒUR",
    "MONNIER",
    "NOËL", "PRÉVOST", "ROUSSEL", "SÉNÉCHAL", "TISON", "VERHAEGHE", "WATTEAU", "ZWERTVAEGHER",
)  # fmt: skip
_FORENAMES = (
    "Henri", "Aimée", "Jean", "Louis", "Théophile", "Gédéon", "Marie", "Édouard", "Joséphine",
    "Anselme", "Zoé", "François", "Émile", "Clémence", "Désiré", "Noémie", "Hippolyte", "Agathe",
)  # fmt: skip
_PAINTINGS = (
    ("peinture", "tableau", "peinture à l'huile ; toile"),
    ("peinture", "tableau", "peinture à l'huile ; bois"),
    ("dessin", "dessin", "crayon ; papier"),
    ("estampe", "estampe", "eau-forte ; papier"),
    ("photographie", "photographie", "papier albuminé"),
    ("sculpture", "statuette", "bronze"),
)
_TITLES: tuple[Callable[[str], str], ...] = (
    lambda thing: f"Étude : {thing}",
    lambda thing: f"Nature morte ({thing})",
    lambda thing: f"{thing.capitalize()}, étude d'après nature",
)
_SCENES = ("paysage", "portrait", "scène de genre", "vue d'intérieur", "bataille", "scène biblique")
_DETAILS = ("table", "rideau", "fleur", "arbre", "ciel", "livre", "rivière", "cheval", "chien")
_WORDS = (
    "œuvre", "au", "premier", "plan", "d'une", "table", "couverte", "d'étoffes", "près", "de", "la",
    "fenêtre", "ouverte", "à", "l'arrière-plan", "une", "rivière", "et", "un", "château", "sous",
    "un", "ciel", "d'orage",
)  # fmt: skip
_PLACES = (
    ("France", "Boulogne-sur-Mer", "50.7", "1.6"), ("Madagascar", "Nosy Be", "-13.3", "48.3"),
    ("Indonésie", "Amboine", "-3.7", "128.2"), ("Viêt Nam", "Hué", "16.5", "107.6"),
    ("Sénégal", "Saint-Louis", "16.0", "-16.5"), ("Brésil", "Belém", "-1.5", "-48.5"),
    ("Belgique", "Bruges", "51.2", "3.2"), ("Algérie", "Bône", "36.9", "7.8"),
)  # fmt: skip


class Zipf(Generic[T]):
    """Some things of which the k-th is drawn with a chance proportional to 1/k."""

    def __init__(self, things: Sequence[T]) -> None:
        self._things = things
        self._weights = list(accumulate(1 / rank for rank in range(1, len(things) + 1)))

    def draw(self, rng: random.Random) -> T:
        return rng.choices(self._things, cum_weights=self._weights)[0]


@dataclass
class Region:
    """What all museums draw from."""

    artists: Zipf[str]
    scholars: Zipf[str]
    shared: Zipf[str]
    taxa: Zipf[vocabulary.Concept]
    instruments: Zipf[str]
    materials: Zipf[str]
    sites: Zipf[str]
    art: Zipf[str]
    technical: Zipf[str]

    def person(self, own: Zipf[str], rng: random.Random) -> str:
        """A person of one side, or, seldom, of both."""
        return (self.shared if rng.random() < ON_BOTH_SIDES else own).draw(rng)


def region(records: int, museums: Sequence[str], rng: random.Random) -> Region:
    """A region for so many records. Its order of frequency is drawn too, by the seed."""
    concepts = list(vocabulary.load().concepts.values())

    def shuffled(things: list[T]) -> Zipf[T]:
        rng.shuffle(things)
        return Zipf(things)

    def labels(scheme: str) -> list[str]:
        return [concept.label() for concept in concepts if concept.scheme == scheme]

    persons = _persons(max(100, records // RECORDS_OF_A_PERSON), rng)
    both, half = len(persons) // 20, len(persons) // 2
    return Region(
        Zipf(persons[both:half]),
        Zipf(persons[half:]),
        Zipf(persons[:both]),
        shuffled([c for c in concepts if c.rank == "species" and "fr" in c.labels]),
        shuffled(labels("instruments")),
        shuffled([c.label() for c in concepts if c.scheme == "materials" and c.organisms]),
        shuffled(labels("sites")),
        Zipf(museums[:ART]),
        Zipf(museums[ART:]),
    )


def _persons(count: int, rng: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        surname = "-".join(rng.sample(_SURNAMES, rng.choice((1, 2, 2))))
        born = rng.randint(1580, 1880)
        found[f"{surname} {rng.choice(_FORENAMES)} ({born}-{born + rng.randint(30, 80)})"] = None
    return list(found)


def codes() -> list[str]:
    """The codes of the museums of the region, real ones, so that the report finds their towns."""
    with knowledge.path("data/museums.csv").open(encoding="utf-8", newline="") as stream:
        return [row["code"] for row in csv.DictReader(stream) if row["fictional"] == "false"]


def write(folder: Path, records: int, seed: int = 1889) -> Path:
    """Write the inventories of a region and their ``sources.toml``; returns the folder."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    known = codes()
    others = ART + TECHNICAL
    nature = known[others : others + NATURAL_HISTORY]
    drawn = region(records, known[:others], rng)
    works, specimens = records * WORKS // 10, records * SPECIMENS // 10
    _table(folder / "oeuvres.csv", POP, (_work(drawn, rng, n) for n in range(1, works + 1)))
    instruments = range(works + 1, records - specimens + 1)
    _table(folder / "instruments.csv", POP, (_instrument(drawn, rng, n) for n in instruments))
    sources = ["oeuvres.csv", "instruments.csv"]
    declared = [f'[[source]]\nfile = "{name}"\nmuseum = "column"\n' for name in sources]
    sizes = [1 / rank for rank in range(1, len(nature) + 1)]
    for museum, size in zip(nature, sizes, strict=True):
        own = round(specimens * size / sum(sizes))
        name = f"specimens-{museum}.csv"
        rows = (_specimen(drawn, rng, museum, n) for n in range(1, own + 1))
        _table(folder / name, DWC, rows)
        declared.append(f'[[source]]\nfile = "{name}"\nmuseum = "{museum}"\n')
    (folder / "sources.toml").write_text("\n".join(declared), encoding="utf-8")
    return folder


def _table(path: Path, columns: Sequence[str], rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _prose(rng: random.Random) -> str:
    return " ".join(rng.choices(_WORDS, k=rng.randint(6, 20))).capitalize()


def _work(region: Region, rng: random.Random, number: int) -> list[str]:
    """A work of art: one in three shows an organism, one in thirty an instrument."""
    domain, name, technique = rng.choice(_PAINTINGS)
    year = rng.randint(1600, 1900)
    scene, details = rng.choice(_SCENES), rng.sample(_DETAILS, 2)
    title = f"{scene.capitalize()} n° {number}"
    if number % 3 == 0:
        thing = region.taxa.draw(rng).label()
        title, scene = rng.choice(_TITLES)(thing), "nature morte"
        details.insert(0, thing)
    elif number % 30 == 1:
        details.insert(0, region.instruments.draw(rng))
    if number % 25 == 0:
        name, technique = "objet d'art", region.materials.draw(rng)
    what = (domain, name, title, technique)
    own = region.art, region.artists
    return _pop(region, rng, number, year, what, f"{scene} ({', '.join(details)})", own)


def _instrument(region: Region, rng: random.Random, number: int) -> list[str]:
    name = region.instruments.draw(rng)
    year = rng.randint(1700, 1950)
    what = ("sciences - techniques", name, f"{name.capitalize()} n° {number}", "laiton ; verre")
    own = region.technical, region.scholars
    return _pop(region, rng, number, year, what, "", own)


def _pop(
    region: Region,
    rng: random.Random,
    number: int,
    year: int,
    what: tuple[str, str, str, str],
    shows: str,
    own: tuple[Zipf[str], Zipf[str]],
) -> list[str]:
    domain, name, title, technique = what
    museums, persons = own
    return [
        f"{number:011d}",
        f"{1800 + number % 220}.{number % 97}.{number}",
        museums.draw(rng),
        domain,
        name,
        title,
        region.person(persons, rng) if number % 4 else "anonyme",
        f"{rng.choice(('1er', '2e', '3e', '4e'))} quart {year // 100 + 1}e siècle",
        str(year) if number % 2 else "",
        technique,
        f"H. {rng.randint(5, 300)}.{rng.randint(0, 9)} ; L. {rng.randint(5, 300)}",
        shows,
        "propriété de la commune ; don ; Musée",
        f"{rng.randint(1850, 2020)} acquis",
        f"{region.person(persons, rng)} (donateur)" if number % 3 == 1 else "",
        "Musée ; réserve",
        _prose(rng) if number % 2 else "",
        "signé ; daté" if number % 4 == 0 else "",
        "",
        region.sites.draw(rng) if number % 50 == 0 else "",
        f"https://images.example/{number}.jpg" if number % 3 else "",
    ]


def _specimen(region: Region, rng: random.Random, museum: str, number: int) -> list[str]:
    taxon = region.taxa.draw(rng)
    country, locality, latitude, longitude = rng.choice(_PLACES)
    return [
        f"urn:catalog:{museum}:{number}",
        f"HN.{number}",
        "PreservedSpecimen",
        region.person(region.scholars, rng) if number % 5 else "",
        "1",
        rng.choice(("naturalisé", "coquille sèche", "en alcool", "planche d'herbier", "épinglé")),
        "holotype" if number % 500 == 0 else "",
        f"{rng.randint(1800, 1990)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        country,
        locality,
        latitude,
        longitude,
        taxon.scientific_name or "",
        "",
        taxon.label(),
        region.person(region.scholars, rng) if number % 4 == 0 else "",
        str(rng.randint(1900, 2020)) if number % 4 == 0 else "",
        f"https://images.example/{museum}/{number}.jpg" if number % 2 else "",
    ]


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
