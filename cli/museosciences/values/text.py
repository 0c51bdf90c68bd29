"""Repair of what software did to a text on its way: encodings, spaces, control characters.

Nothing that a person wrote is changed: spelling, punctuation and case stay.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: What each note means, for the reports.
NOTES: dict[str, dict[str, str]] = {
    "double-encoding": {
        "fr": "UTF-8 encodé deux fois, rétabli",
        "en": "UTF-8 encoded twice, restored",
    },
    "c1-control": {
        "fr": "caractères Windows-1252 lus comme caractères de commande, rétablis",
        "en": "Windows-1252 characters read as controls, restored",
    },
    "control-character": {
        "fr": "caractères de commande retirés",
        "en": "control characters removed",
    },
    "invisible-character": {
        "fr": "caractères invisibles retirés",
        "en": "invisible characters removed",
    },
    "no-break-space": {
        "fr": "espaces insécables remplacées par des espaces",
        "en": "no-break spaces replaced with spaces",
    },
    "normal-form": {
        "fr": "accents séparés de leurs lettres, réunis (Unicode NFC)",
        "en": "accents detached from their letters, composed (Unicode NFC)",
    },
    "lost-character": {
        "fr": "caractères perdus avant l'export (�), à ressaisir",
        "en": "characters lost before the export (�), to be typed again",
    },
}

# Characters that a continuation byte 80–BF shows as, in Latin-1 and in Windows-1252.
_CP1252_HIGH = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_CONTINUATION = f"[\u0080-\u00bf{_CP1252_HIGH}]"
# Only the lead bytes of Latin letters (C2–C5, C8), of combining accents (CC) and of general
# punctuation and signs (E2): a wider net would catch « É» » in honest capitals.
_TWICE = re.compile(f"[ÂÃÄÅÈÌ]{_CONTINUATION}|â{_CONTINUATION}{_CONTINUATION}")
_C1 = re.compile("[\u0080-\u009f]")
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u2007\u202f]")
_MAX_PASSES = 5


def _to_byte(character: str) -> int:
    if ord(character) <= 0xFF:
        return ord(character)
    return character.encode("cp1252")[0]


def _decode(match: re.Match[str]) -> str:
    try:
        return bytes(_to_byte(character) for character in match.group()).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return match.group()


def _restore_c1(match: re.Match[str]) -> str:
    # The five codes that Windows-1252 leaves empty are dropped.
    return match.group().encode("latin-1").decode("cp1252", errors="ignore")


@lru_cache(maxsize=1 << 16)
def _repair(text: str) -> tuple[str, tuple[str, ...]]:
    notes: list[str] = []

    def step(note: str, repaired: str, before: str) -> str:
        if repaired != before and note not in notes:
            notes.append(note)
        return repaired

    # What one mending uncovers, the next pass mends: UTF-8 is found encoded three times over.
    for _ in range(_MAX_PASSES):
        before = text
        text = step("double-encoding", _TWICE.sub(_decode, text), text)
        text = step("c1-control", _C1.sub(_restore_c1, text), text)
        text = step("control-character", _CONTROL.sub("", text), text)
        text = step("invisible-character", _INVISIBLE.sub("", text), text)
        text = step("no-break-space", _SPACES.sub(" ", text), text)
        text = step("normal-form", unicodedata.normalize("NFC", text), text)
        if text == before:
            break
    if "\ufffd" in text:
        notes.append("lost-character")
    return text, tuple(notes)


def repair(text: str) -> tuple[str, list[str]]:
    """The mended text, and what was mended, as keys of ``NOTES`` in the order done.

    >>> repair("musÃ©e dâ€™Autun")
    ('musée d’Autun', ['double-encoding'])
    >>> repair("32\\u00a0cm")
    ('32 cm', ['no-break-space'])
    >>> repair("Musée Rolin")
    ('Musée Rolin', [])
    """
    if text.isascii() and text.isprintable():
        return text, []
    repaired, notes = _repair(text)
    return repaired, list(notes)


def fold(text: str) -> str:
    """Lower case without accents, of exactly the same length, so that positions agree.

    >>> fold("Époque Gallo-Romaine — XIXᵉ")
    'epoque gallo-romaine - xixe'
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "‐‑‒–—−―":
        return "-"
    if character in "’‘ʼ´`′":
        return "'"
    if character.isspace():
        return " "
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character
