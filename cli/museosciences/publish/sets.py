"""The sets of the OAI-PMH provider: by museum, by kind, by axis of a theme.

A setSpec may hold few characters (OAI-PMH, section 2.6); the others of a museum code or an axis
are written as ``!`` and two hexadecimal digits, as percent-encoding does with ``%``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote, unquote

from museosciences import museums
from museosciences.publish import words
from museosciences.publish.collection import KINDS, Entry, Selection
from museosciences.publish.setting import Setting

_SAFE = "-_.*'()"


def spec(group: str, name: str) -> str:
    """The setSpec of a member of a group.

    >>> spec("museum", "M0812"), spec("axis", "museosciences#axis-1")
    ('museum:M0812', 'axis:museosciences!23axis-1')
    """
    escaped = quote(name, safe=_SAFE).replace("~", "%7E").replace("%", "!")
    return f"{group}:{escaped}"


class Sets:
    """The sets of a collection."""

    def __init__(self, setting: Setting) -> None:
        self._collection = setting.collection

    def listing(self) -> Iterator[tuple[str, str]]:
        """All sets: their setSpec and their French name; groups come before their members."""
        yield "museum", "Par musée"
        known = museums.register()
        for code, _ in self._collection.museums():
            yield spec("museum", code), known[code].label if code in known else code
        yield "kind", "Par nature"
        for kind in KINDS:
            yield spec("kind", kind), words.KINDS[kind]["fr"]
        axes = self._collection.axes()
        if axes:
            yield "axis", "Par axe du thème"
        for axis, label in axes:
            yield spec("axis", axis), label

    def selection(self, name: str, wanted: Selection) -> Selection | None:
        """What a set selects, within what is wanted already; None when there is no such set."""
        group, colon, escaped = name.partition(":")
        if group not in ("museum", "kind", "axis"):
            return None
        if not colon:
            return wanted
        value = unquote(escaped.replace("%", "%25").replace("!", "%"))
        if spec(group, value) != name or not self._exists(group, value):
            return None
        if group == "museum":
            return replace(wanted, museum=value)
        return replace(wanted, kind=value) if group == "kind" else replace(wanted, axis=value)

    def _exists(self, group: str, value: str) -> bool:
        if group == "kind":
            return value in KINDS
        members = self._collection.museums() if group == "museum" else self._collection.axes()
        return value in {name for name, _ in members}

    def of(self, entry: Entry, axes: Iterable[str]) -> Iterator[str]:
        """The sets in which a record is."""
        yield spec("museum", entry.museum)
        yield spec("kind", entry.kind)
        for axis in axes:
            yield spec("axis", axis)
