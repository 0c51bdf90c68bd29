"""The guide names every crosswalk, every field and every key that there is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from museosciences import crosswalk
from museosciences.crosswalk import definition, parsers
from museosciences.crosswalk.targets import KIND

GUIDE = "docs/crosswalks.md"
NAMES = {
    "texts": "textes", "terms": "termes", "persons": "personnes", "places": "lieux",
    "dimensions": "mesures", "subjects": "sujets", "images": "images", "urls": "adresses",
    "date": "date", "production_date": "date", "place": "lieu", "string": "texte unique",
    "materials_techniques": "matériaux et techniques", "discovery": "cellule DECV de Joconde",
    "integer": "nombre", "boolean": "oui ou non", "taxon": "nom scientifique",
}  # fmt: skip


def table() -> str:
    """The fields, by what they hold."""
    kinds: dict[str, list[str]] = {}
    for field, kind in KIND.items():
        kinds.setdefault(NAMES[kind], []).append(f"`{field}`")
    lines = [f"| {kind} | {' '.join(fields)} |" for kind, fields in kinds.items()]
    return "\n".join(["| contenu | champs |", "|---|---|", *lines])


def test_the_table_of_fields_is_that_of_the_code(root: Path) -> None:
    path = root / GUIDE
    text = path.read_text(encoding="utf-8")
    if os.environ.get("MUSEO_GOLDEN") == "write":
        before, rest = text.split("### Les champs\n", 1)
        after = rest[rest.index("\n## ") :]
        path.write_text(f"{before}### Les champs\n\n{table()}\n{after}", encoding="utf-8")
        text = path.read_text(encoding="utf-8")
    assert table() in text, "MUSEO_GOLDEN=write pytest tests/crosswalks/test_docs.py writes it"


@pytest.mark.parametrize("name", crosswalk.names())
def test_every_crosswalk_is_in_the_guide(root: Path, name: str) -> None:
    assert f"| `{name}` |" in (root / GUIDE).read_text(encoding="utf-8")


def test_every_key_and_parser_is_in_the_guide(root: Path) -> None:
    text = (root / GUIDE).read_text(encoding="utf-8")
    for key in definition.SPEC_KEYS:
        assert f"`{key}`" in text, key
    for factories in parsers.PARSERS.values():
        for name in factories:
            assert f"`{name}`" in text or f"`{name}:" in text or name in ("", "dimensions"), name
