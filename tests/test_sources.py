"""The sources of a build: what may be declared, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from museosciences import sources
from museosciences.errors import InputError


def test_the_demonstration_is_what_is_read_without_arguments() -> None:
    specs = sources.gather([])
    assert len(specs) >= 8
    assert all(spec.file.exists() for spec in specs)
    assert len({spec.file.suffix for spec in specs}) >= 6


def test_a_declaration_a_folder_and_files_together(tmp_path: Path) -> None:
    declaration = tmp_path / "sources.toml"
    declaration.write_text(
        '[[source]]\nid = "a"\nfile = "a.csv"\nmuseum = "column"\n'
        '[[source]]\nfile = "b.csv"\nmuseum = "M2"\n',
        encoding="utf-8",
    )
    found = sources.gather([declaration, tmp_path, Path("c.csv")], ["M3"])
    assert [(spec.id, spec.museum) for spec in found] == [
        ("a", None),
        ("b", "M2"),
        ("a-2", None),
        ("b-2", "M2"),
        ("c", "M3"),
    ]
    assert found[0].file == tmp_path / "a.csv"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[source]]\nid = 'a'", "no file is named"),
        ("[[source]]\nfile = 'a'\ncolour = 'red'", "unknown keys: colour"),
        ("source = [", "not TOML"),
    ],
)
def test_a_wrong_declaration(tmp_path: Path, text: str, words: str) -> None:
    declaration = tmp_path / "sources.toml"
    declaration.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words) as caught:
        sources.gather([declaration])
    assert str(declaration) in str(caught.value)


def test_a_folder_without_a_declaration(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        sources.gather([tmp_path])
