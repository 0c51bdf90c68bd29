"""The published list of shapes is what the shapes say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from museosciences import knowledge, validate


def listing() -> str:
    """All rules by file: name, severity, field, message in French and in English."""
    lines = [
        "<!-- Written by pytest tests/validate/test_docs.py --write-expected: do not edit. -->",
        "",
        "# Les règles de contrôle",
        "",
        "Ce que veulent dire les gravités : [validation.md](validation.md).",
    ]
    for file in knowledge.files("shapes", "*.ttl"):
        shapes = [s for s in validate.load([file]).shapes.values() if s.message]
        lines += ["", f"## {file.stem}", "", "| règle | gravité | rubrique | message |"]
        lines.append("|---|---|---|---|")
        lines += [
            f"| `{s.iri.rpartition('#')[2]}` | {s.severity} | {', '.join(s.fields)} |"
            f" {s.message['fr']}<br>*{s.message['en']}* |"
            for s in shapes
        ]
    return "\n".join(lines) + "\n"


def test_the_list_of_shapes_is_up_to_date(
    root: Path, expected: Callable[[Path, str], None]
) -> None:
    expected(root / "docs/shapes.md", listing())


def test_the_guide_names_all_engines_and_severities(root: Path) -> None:
    guide = (root / "docs/validation.md").read_text(encoding="utf-8")
    for word in (*validate.ENGINES, *validate.SEVERITIES):
        assert word in guide
