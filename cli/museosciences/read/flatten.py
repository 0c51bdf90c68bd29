"""Nested values to columns: paths joined by ".", lists kept side by side."""

from __future__ import annotations

from typing import Any

from museosciences.read.rows import Cell

# Joins a term to those it is nested in; readers of the column split on it.
NESTED = " > "


def scalar(value: Any) -> str:
    """A JSON scalar as text, numbers as they were written.

    >>> scalar(None), scalar(True), scalar("001.1")
    ('', 'true', '001.1')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def flatten(value: dict[str, Any]) -> dict[str, Cell]:
    """One document as columns.

    The objects of a list give one list per member, all of the same length; a tree of
    ``{"name", "children"}`` gives its leaves with the names above them.

    >>> flatten({"titre": "Vénus", "a": [{"n": 1, "d": 2}, {"n": 3}], "p": {"q": 4}})
    {'titre': 'Vénus', 'a.n': ['1', '3'], 'a.d': ['2', ''], 'p.q': '4'}
    >>> flatten({"s": {"children": [{"name": "objects", "children": [{"name": "clock"}]}]}})
    {'s': ['objects > clock']}
    """
    cells: dict[str, Cell] = {}
    for key, inner in value.items():
        _into(cells, key, inner)
    return cells


def _into(cells: dict[str, Cell], path: str, value: Any) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("children"), list):
            cells[path] = _leaves(value, ())
            return
        for key, inner in value.items():
            _into(cells, f"{path}.{key}", inner)
    elif isinstance(value, list):
        _list_into(cells, path, value)
    else:
        cells[path] = scalar(value)


def _list_into(cells: dict[str, Cell], path: str, values: list[Any]) -> None:
    if not any(isinstance(item, dict | list) for item in values):
        cells[path] = [scalar(item) for item in values]
        return
    columns: dict[str, list[str]] = {}
    for at, item in enumerate(values):
        inner = flatten(item) if isinstance(item, dict) else {"": _joined(item)}
        for key, cell in inner.items():
            name = f"{path}.{key}" if key else path
            column = columns.setdefault(name, [""] * len(values))
            column[at] = "; ".join(filter(None, cell)) if isinstance(cell, list) else cell
    cells.update(columns)


def _joined(item: Any) -> str:
    if isinstance(item, list):
        return "; ".join(_joined(inner) for inner in item)
    return scalar(item)


def _leaves(node: dict[str, Any], above: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for child in node["children"]:
        if not isinstance(child, dict):
            continue
        names = (*above, scalar(child.get("name")))
        if isinstance(child.get("children"), list):
            found += _leaves(child, names)
        else:
            found.append(NESTED.join(names))
    return found
