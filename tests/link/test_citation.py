"""Citations: word for word, or none."""

from __future__ import annotations

from typing import Any

import pytest

from museosciences.link.citation import Citations

CELLS: dict[str, Any] = {
    "Genus": "Zafra",
    "Species": "rapanuiensis",
    "Author": "Raines, 2002",
    "Nested": [{"term": "coquille de nautile"}],
}


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("Zafra", "Zafra"),
        ("nautile", "nautile"),
        ("Zafra rapanuiensis Raines, 2002", "Zafra"),
        ("cf. rapanuiensis Raines, 2002", "rapanuiensis"),
        ("Nautile", None),
        ("x y", None),
    ],
)
def test_words_are_those_of_one_cell(words: str, cited: str | None) -> None:
    citations = Citations(lambda record: [{"cells": CELLS}] if record == "object/A/1" else [])
    assert citations.verbatim("object/A/1", words) == cited
    assert citations.verbatim("object/A/2", words) is None
