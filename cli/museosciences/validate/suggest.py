"""Values that could stand in place of those found, where one can be computed.

A shape names its rule by ``ms:suggest``. A suggestion is only ever shown to the museum, which
decides: nothing here changes a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DOMAIN = re.compile(r"(www\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(/\S*)?")
_YEAR = re.compile(r"(?<![0-9])-?[0-9]{3,4}(?![0-9])")
_FIXED = "text:"


def trim(text: str) -> str:
    """Without spaces at the ends, on one line.

    >>> trim(" 982.12\\n.1 ")
    '982.12 .1'
    """
    return " ".join(text.split())


def web_address(text: str) -> str | None:
    """With its scheme, when what is left looks like an address.

    >>> web_address("www.musee.example/1.jpg"), web_address("sur place")
    ('https://www.musee.example/1.jpg', None)
    """
    text = text.strip()
    return f"https://{text}" if _DOMAIN.fullmatch(text) else None


def swap_years(text: str) -> str | None:
    """The two years of a text, when there are two in the wrong order, put right.

    >>> swap_years("1910-1900 ?"), swap_years("vers 1900")
    ('1900-1910 ?', None)
    """
    years = list(_YEAR.finditer(text))
    if len(years) != 2 or int(years[0].group()) <= int(years[1].group()):
        return None
    first, second = years
    between = text[first.end() : second.start()]
    return f"{text[: first.start()]}{second.group()}{between}{first.group()}{text[second.end() :]}"


def capital(text: str) -> str | None:
    """With a first letter that is a capital.

    >>> capital("vipera berus")
    'Vipera berus'
    """
    return text[:1].upper() + text[1:] if text[:1].islower() else None


def first_word(text: str) -> str | None:
    """The first of several words.

    >>> first_word("Vipera berus")
    'Vipera'
    """
    words = text.split()
    return words[0] if len(words) > 1 else None


RULES: dict[str, Callable[[str], str | None]] = {
    "trim": trim,
    "web-address": web_address,
    "swap-years": swap_years,
    "capital": capital,
    "first-word": first_word,
}


def suggestion(rule: str | None, written: str) -> str | None:
    """What a rule proposes for a cell; None when it has nothing better than what is there."""
    if rule is None:
        return None
    if rule.startswith(_FIXED):
        return rule.removeprefix(_FIXED)
    proposed = RULES[rule](written) if rule in RULES else None
    return proposed if proposed and proposed != written else None
