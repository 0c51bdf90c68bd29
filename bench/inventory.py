"""A generated inventory in the Joconde/POP columns: works of art of several museums."""

from __future__ import annotations

import csv
import random
from pathlib import Path

COLUMNS = (
    "REF", "INV", "MUSEO", "DOMN", "DENO", "TITR", "AUTR", "PERI", "MILL", "TECH", "DIMS",
    "REPR", "STAT", "DACQ", "LOCA", "DESC", "INSC",
)  # fmt: skip

_DOMAINS = ("peinture", "dessin", "sculpture ; ivoire", "estampe", "photographie")
_NAMES = ("tableau", "dessin", "statuette", "estampe", "épreuve")
_MAKERS = ("DUPUIS Henri", "LEFÈVRE Aimée", "PETIT Jean", "anonyme", "QUÉNOT Louis", "MARTIN Œ.")
_PERIODS = ("3e quart 19e siècle", "1ère moitié 18e siècle", "17e siècle", "4e quart 19e siècle")
_TECHNIQUES = (
    "peinture à l'huile ; toile",
    "ivoire ; sculpté",
    "crayon ; papier",
    "écaille, nacre",
)
_ANIMALS = ("perroquet", "nautile", "lion", "cheval", "papillon", "tortue", "serpent", "singe")
_PLANTS = ("rose", "tulipe", "chêne", "vigne", "lys")
_WORDS = [
    "œuvre",
    "au",
    "premier",
    "plan",
    "d'une",
    "table",
    "couverte",
    "d'étoffes",
    "près",
    "de",
    "la",
    "fenêtre",
    "ouverte",
]


def write(path: Path, count: int, seed: int = 1889) -> None:
    """Write ``count`` rows as CSV in UTF-8."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(1, count + 1):
            writer.writerow(_row(rng, number))


def _row(rng: random.Random, number: int) -> list[str]:
    year = rng.randint(1600, 1900)
    animal, plant = rng.choice(_ANIMALS), rng.choice(_PLANTS)
    return [
        f"{number:011d}",
        f"{1800 + number % 220}.{number % 97}.{number}",
        f"M{number % 40 + 600:04d}",
        rng.choice(_DOMAINS),
        rng.choice(_NAMES),
        f"Étude de {animal} n° {number}",
        f"{rng.choice(_MAKERS)} ({year - 40}-{year + 30})",
        rng.choice(_PERIODS),
        str(year),
        rng.choice(_TECHNIQUES),
        f"H. {rng.randint(5, 300)}.{rng.randint(0, 9)} ; L. {rng.randint(5, 300)}",
        f"nature morte ({animal}, {plant} : table)",
        "propriété de la commune ; don ; Musée",
        f"{rng.randint(1850, 2020)} acquis",
        "Musée ; réserve",
        " ".join(rng.choices(_WORDS, k=rng.randint(6, 20))),
        "signé ; daté" if number % 4 == 0 else "",
    ]
