"""How the compiled mapping takes values out of JSON: scalars, lists, members.

Two readings exist. The strict one follows the standard: a reference that selects a list or an
object is a data error (rml-core; ``$.list[*]`` is how to reach the items). The lenient one, for
inventory records held in memory, gives one term for each item of a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol


class Report(Protocol):
    """Takes note of a value that cannot become a term: row, part of the mapping, value, why."""

    def __call__(self, row: int, part: str, value: Any, cause: str = ..., /) -> None: ...


#: Why a list or an object is refused.
SINGLE = "a single value is expected here (the items of a list are reached by [*])"

Scalars = Callable[[Any, int, str], Iterable[Any]]


def nothing(_key: str) -> None:
    """What a value that is no object has under any key."""
    return


def scalar(nulls: frozenset[str], report: Report, *, lenient: bool) -> Scalars:
    """A function from one selected value to the scalars it stands for (none, one or more)."""
    each_item = each(nulls, report)

    def take(value: Any, row: int, part: str) -> Iterable[Any]:
        if value is None:
            return ()
        kind = type(value)
        if kind is str:
            return () if value in nulls else (value,)
        if kind is list and lenient:
            return each_item(value, row, part)
        if kind is list or kind is dict:
            report(row, part, value, SINGLE)
            return ()
        return (value,)

    return take


def each(nulls: frozenset[str], report: Report) -> Scalars:
    """A function from a list of selected values to the scalars among them."""

    def take(values: Any, row: int, part: str) -> Iterable[Any]:
        found = []
        for value in values:
            if type(value) is list or type(value) is dict:
                report(row, part, value, SINGLE)
            elif value is not None and value not in nulls:
                found.append(value)
        return found

    return take


def one(value: Any) -> Iterable[Any]:
    """An iterator path without wildcard: the value itself, if there is one."""
    return () if value is None else (value,)


def one_or_each(value: Any) -> Iterable[Any]:
    """The lenient form of ``one``: the items, when the value is a list."""
    if type(value) is list:
        return value
    return () if value is None else (value,)


def members(value: Any) -> Iterable[Any]:
    """``[*]``: the items of a list, the values of an object."""
    if type(value) is list:
        return value
    if type(value) is dict:
        return value.values()
    return ()


def getter(path: tuple[str | int, ...]) -> Callable[[Any], Any]:
    """A function that follows names and indexes, to the value or None."""

    def get(value: Any) -> Any:
        for step in path:
            if isinstance(step, str):
                if type(value) is not dict:
                    return None
                value = value.get(step)
            elif type(value) is not list or not -len(value) <= step < len(value):
                return None
            else:
                value = value[step]
        return value

    return get


def outputs(value: Any) -> Iterable[Any]:
    """What a function returned, as the values that become terms: none, one or more."""
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return [item for item in value if item is not None]
    return (value,)
