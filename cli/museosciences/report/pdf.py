"""The report as PDF/UA-1, typeset by Typst, which refuses what the standard refuses.

The template reads the report as JSON, so that no text of a museum is ever read as markup.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

from museosciences.errors import KnowledgeError, Place
from museosciences.report.charts import width_of
from museosciences.report.html import left_out
from museosciences.report.model import Block, Chart, Figures, Missing, Report, Table, Text
from museosciences.report.wording import clean

TEMPLATE = "report.typ"
STANDARD: Literal["ua-1"] = "ua-1"
# The sign for what the fonts cannot write.
UNKNOWN = "□"
# The compiler names one missing character at a time.
MOST_UNKNOWN = 200
_UNWRITABLE = re.compile(r'text `?"((?:[^"\\]|\\.)*)"`? could not be displayed')
# Sequences without a space, longer than this, may be broken after a sign.
_LONG = re.compile(r"\S{18,}")
_BREAKS = re.compile(r"([_/.\-–])(?=\w)")


def render(report: Report) -> bytes:
    """The document. Raises KnowledgeError when the compiler refuses it."""
    data = json.dumps(_report(report), ensure_ascii=False)
    unknown: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="museo-report-") as folder:
        root = Path(folder)
        _write(root, report)
        while True:
            text = _without(data, unknown, report)
            (root / "report.json").write_text(text, encoding="utf-8")
            try:
                return bytes(
                    typst.compile(
                        str(root / TEMPLATE), root=str(root), pdf_standards=STANDARD,
                        ignore_system_fonts=True, timestamp=int(report.date.timestamp()),
                    )
                )  # fmt: skip
            except typst.TypstError as error:
                found = _unwritable(str(error)) - unknown
                if not found or len(unknown) > MOST_UNKNOWN:
                    raise KnowledgeError(
                        f"the template refused the report: {error}", place=Place(file=TEMPLATE)
                    ) from error
                unknown |= _kindred(found, data)


def _write(root: Path, report: Report) -> None:
    template = files("museosciences.report").joinpath("templates", TEMPLATE)
    (root / TEMPLATE).write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Chart):
                # The text of the drawings is set in the font of the page.
                svg = re.sub(r'font-family="[^"]*"', 'font-family="Libertinus Serif"', block.svg)
                (root / f"{block.id}.svg").write_text(svg, encoding="utf-8")


def _unwritable(message: str) -> set[str]:
    """The characters that the compiler says no font can write."""
    found = _UNWRITABLE.search(message)
    if found is None:
        return set()
    text = re.sub(
        r"\\u\{([0-9a-fA-F]+)\}", lambda match: chr(int(match.group(1), 16)), found.group(1)
    )
    return {sign for sign in text if ord(sign) > 0x7E}


def _kindred(signs: set[str], data: str) -> set[str]:
    """The signs, and those of their script: what writes no alif writes no ba."""
    scripts = {_script(sign) for sign in signs}
    return signs | {sign for sign in set(data) if ord(sign) > 0x7E and _script(sign) in scripts}


def _script(sign: str) -> str:
    return unicodedata.name(sign, sign).partition(" ")[0]


def _without(data: str, unknown: set[str], report: Report) -> str:
    """The report with the unknown characters replaced, and a note that names them."""
    if not unknown:
        return data
    kept = "".join(UNKNOWN if sign in unknown else sign for sign in data)
    parsed = json.loads(kept)
    names = ", ".join(sorted(f"U+{ord(sign):04X}" for sign in unknown))
    parsed["replaced"] = report.words["replaced"] + names
    return json.dumps(parsed, ensure_ascii=False)


def _report(report: Report) -> dict[str, Any]:
    numbers = report.numbers()
    return {
        "lang": report.lang,
        "title": report.title,
        "subtitle": report.subtitle,
        "publisher": report.publisher,
        "dateline": report.dateline,
        "year": report.date.year,
        "words": report.words,
        "replaced": "",
        "sections": [
            {
                "title": section.title,
                "blocks": [
                    part for block in section.blocks for part in _blocks(block, report, numbers)
                ],
            }
            for section in report.sections
        ],
        "queries": [
            {"name": cited.name, "title": cited.title, "text": cited.text} for cited in report.cited
        ],
    }


def _blocks(block: Block, report: Report, numbers: dict[str, int]) -> list[dict[str, Any]]:
    if isinstance(block, Text | Missing):
        return [{"kind": "text" if isinstance(block, Text) else "missing", "text": block.text}]
    if isinstance(block, Figures):
        figures = [
            {"text": f.text, "label": f.label, "query": f.cited.name} for f in block.figures
        ]  # fmt: skip
        return [{"kind": "figures", "figures": figures}]
    if isinstance(block, Chart):
        chart = {
            "kind": "chart",
            "file": f"{block.id}.svg",
            "width": width_of(block.svg),
            "alt": block.alt,
            "caption": block.caption,
            "number": numbers[block.id],
            "query": block.table.cited.name,
        }
        return [chart, _table(block.table, report, numbers)]
    return [_table(block, report, numbers)]


def _table(table: Table, report: Report, numbers: dict[str, int]) -> dict[str, Any]:
    notes = [table.note] if table.note else []
    if table.left_out:
        notes.append(left_out(report, table.left_out))
    return {
        "kind": "table",
        "caption": table.caption,
        "number": numbers[table.id],
        "query": table.cited.name,
        "brief": table.brief,
        "head": [
            {"label": head.label, "numeric": head.numeric, "width": head.width}
            for head in table.head
        ],
        "rows": [[_breakable(cell.brief) for cell in row] for row in table.page_rows],
        "note": " ".join(notes),
    }


def _breakable(text: str) -> str:
    """A text in which file names and identifiers may be broken after their signs."""
    return _LONG.sub(lambda match: _BREAKS.sub("\\1\u200b", match.group()), clean(text))
