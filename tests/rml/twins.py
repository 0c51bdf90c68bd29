"""CSV and XML twins of the JSON cases of rml-core, made when the tests run.

A twin has the same rows in another format, and the mapping with its references rewritten. CSV
and XML have no types, so JSON numbers that the mapping gives no datatype become plain literals.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox
import suites

_MEMBER = re.compile(r"\$\.(\w+)|\$\['((?:[^'\\]|\\.)*)'\]")
_ITERATOR = re.compile(r'rml:iterator "[^"]*"\s*;?')
_EXPRESSIONS = re.compile(r'(rml:(?:reference|template|child|parent) ")((?:[^"\\]|\\.)*)(")')


def rows(document: Any) -> list[dict[str, Any]]:
    """The rows of a case: its one list of objects."""
    found = next(iter(document.values())) if isinstance(document, dict) else document
    return list(found)


def is_flat(case: suites.Case) -> bool:
    """CSV has no lists."""
    return not any(
        isinstance(value, list)
        for file in case.folder.glob("*.json")
        for row in rows(json.loads(file.read_text()))
        for value in row.values()
    )


def csv(case: suites.Case, folder: Path) -> Path:
    """Write the CSV twin below ``folder``; the path of its mapping."""
    for file in case.folder.glob("*.json"):
        found = rows(json.loads(file.read_text()))
        names = list(dict.fromkeys(name for row in found for name in row)) or ["Name"]
        lines = [",".join(_cell(name) for name in names)]
        lines += [",".join(_cell(_text(row.get(name))) for name in names) for row in found]
        (folder / f"{file.stem}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = (case.folder / case.mapping).read_text(encoding="utf-8")
    text = _EXPRESSIONS.sub(lambda m: m[1] + _MEMBER.sub(_plain, m[2]) + m[3], text)
    text = _ITERATOR.sub("", text).replace("rml:JSONPath", "rml:CSV")
    text = re.sub(r'(rml:path "[^"]*)\.json"', r'rml:null ""; \1.csv"', text)
    return _mapping(folder, text)


def xml(case: suites.Case, folder: Path) -> Path:
    """Write the XML twin: members are elements, repeated for lists; odd names are attributes."""
    for file in case.folder.glob("*.json"):
        items = "".join(_element(row) for row in rows(json.loads(file.read_text())))
        text = f"<rows>{items}</rows>"
        (folder / f"{file.stem}.xml").write_text(text, encoding="utf-8")
    text = (case.folder / case.mapping).read_text(encoding="utf-8")
    text = re.sub(r"(\$\.\w+)\[\*\]", r"\1", text)
    text = _EXPRESSIONS.sub(lambda m: m[1] + _MEMBER.sub(_xpath, m[2]) + m[3], text)
    text = _ITERATOR.sub('rml:iterator "/rows/row" ;', text).replace("rml:JSONPath", "rml:XPath")
    text = re.sub(r'(rml:path "[^"]*)\.json"', r'\1.xml"', text)
    return _mapping(folder, text)


def expected(case: suites.Case) -> set[ox.Quad]:
    """The expected quads, natural numbers of JSON as plain literals."""
    found = suites.read(case.folder / case.outputs[0])
    typed = "rml:datatype" in (case.folder / case.mapping).read_text(encoding="utf-8")
    return found if typed else suites.plain_integers(found)


def _mapping(folder: Path, text: str) -> Path:
    path = folder / "mapping.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def _plain(match: re.Match[str]) -> str:
    return match[1] or match[2]


def _xpath(match: re.Match[str]) -> str:
    name = match[1] or match[2]
    return name if _is_xml_name(name) else f"@a{_hex(name)}"


def _hex(name: str) -> str:
    # The mapping escapes braces with a doubled backslash; the data do not.
    return name.replace("\\", "").encode().hex()


def _is_xml_name(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z_]\w*", name) is not None


def _element(row: dict[str, Any]) -> str:
    odd = {name: value for name, value in row.items() if not _is_xml_name(name)}
    attributes = "".join(f" a{_hex(name)}={quoteattr(_text(v))}" for name, v in odd.items())
    inside = "".join(
        f"<{name}>{escape(_text(item))}</{name}>"
        for name, value in row.items()
        if name not in odd
        for item in (value if isinstance(value, list) else [value])
        if item is not None
    )
    return f"<row{attributes}>{inside}</row>"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
