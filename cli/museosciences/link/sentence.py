"""The sentences that explain a link: filled, counted and spaced as they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping

# A title or a citation longer than this is cut at a word.
LONGEST = 120
_FRENCH_SPACES = (
    (re.compile(r" ([;:!?»])"), "\u00a0\\1"),
    (re.compile(r"« "), "«\u00a0"),
)
_NOUNS = {"fr": ("spécimen", "spécimens"), "en": ("specimen", "specimens")}


def sentence(template: str, facts: Mapping[str, str], lang: str) -> str:
    """Fill a template with facts; French gets its no-break spaces.

    ``{science_count_fr}`` and ``{science_count_en}`` say the count with its noun.
    """
    values = {name: shortened(value) for name, value in facts.items()}
    count = int(facts["science_count"])
    for language, (one, many) in _NOUNS.items():
        values[f"science_count_{language}"] = f"{count} {one if count == 1 else many}"
    text = template.format_map(values)
    if lang == "fr":
        for pattern, replacement in _FRENCH_SPACES:
            text = pattern.sub(replacement, text)
    return text


def shortened(text: str) -> str:
    """A text on one line, cut at a word when it is too long.

    >>> shortened("La  Terre\\nest ronde")
    'La Terre est ronde'
    """
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0] + "…"
