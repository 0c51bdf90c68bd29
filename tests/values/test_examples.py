"""Tables of examples: one file per parser, a line is a cell and what it must give.

A museum's form that is read wrongly becomes a line here first.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

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

EXAMPLES = Path(__file__).parent / "examples"
COORDINATES = {
    "latitude": coordinates.latitude,
    "longitude": coordinates.longitude,
    "pair": coordinates.parse,
}
PARSERS: dict[str, Callable[[str, str], Any]] = {
    "coordinates": lambda cell, argument: COORDINATES[argument](cell),
    "dimensions": lambda cell, argument: dimensions.parse(cell, argument or None),
    "lists": lists.split,
    "materials": materials.parse,
    "persons": lambda cell, argument: persons.parse(cell, argument or None),
    "places": lambda cell, _: places.parse(cell),
    "subjects": lambda cell, _: subjects.parse(cell),
    "subjects_residue": lambda cell, _: subjects.residue(cell),
    "taxa": lambda cell, _: taxa.parse(cell),
    "text": lambda cell, _: text.repair(json.loads(cell)),
}


def rows(name: str) -> Iterator[dict[str, str]]:
    with (EXAMPLES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def test_every_table_of_examples_has_a_reader() -> None:
    assert {path.stem for path in EXAMPLES.iterdir()} == {*PARSERS, "dates"}


@pytest.mark.parametrize(
    ("name", "cell", "argument", "expected"),
    [
        pytest.param(
            name, row["text"], row["argument"], row["expected"], id=f"{name}: {row['text']}"
        )
        for name in PARSERS
        for row in rows(name)
    ],
)
def test_cell(name: str, cell: str, argument: str, expected: str) -> None:
    # Through JSON, because records are JSON: tuples are lists there.
    assert json.loads(json.dumps(PARSERS[name](cell, argument))) == json.loads(expected)


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['text']} {row['lang']}") for row in rows("dates")]
)
def test_date(row: dict[str, str]) -> None:
    found = dates.parse(row["text"], row["lang"] or None)
    keys = ("begin", "end", "edtf", "certainty")
    assert {key: found.get(key, "") for key in keys} == {key: row[key] for key in keys}
    assert found["text"] == row["text"]
    assert edtf.valid(found["edtf"]) if "edtf" in found else row["edtf"] == ""
