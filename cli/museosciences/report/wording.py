"""The language of a report: its words, numbers, dates and typography."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

NBSP = "\u00a0"
# Lexique des règles typographiques en usage à l'Imprimerie nationale: a narrow no-break space
# before ; ! ?, a no-break space before : and inside guillemets.
NNBSP = "\u202f"
# XML 1.0, section 2.2: what no document may hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW = re.compile(r"[ \u00a0]+([;!?])")
_WIDE = re.compile(r"[ \u00a0]+([:»%])")
_OPENING = re.compile(r"«[ \u00a0]*")

WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "kind": {
        "object": ("objets d’art et d’histoire", "works and objects"),
        "specimen": ("spécimens", "specimens"),
        "instrument": ("instruments", "instruments"),
    },
    "link_type": {
        "depicts-taxon": ("Représente un organisme", "Depicts an organism"),
        "made-of": ("Fait d’une matière", "Made of a material"),
        "same-person": ("Même personne", "Same person"),
        "same-site": ("Même lieu, même expédition", "Same site or expedition"),
        "instrument": ("Instrument ou science", "Instrument or science"),
        "theory": ("Nourri d’une théorie", "Born of a theory"),
        "examined-by": ("Examiné par une technique", "Examined by a technique"),
        "shown-together": ("Montrés ensemble", "Shown together"),
    },
    "status": {
        "accepted": ("retenu", "accepted"),
        "review": ("à relire", "to review"),
        "confirmed": ("confirmé", "confirmed"),
    },
    "state": {
        "confirmed": ("confirmé", "confirmed"),
        "tbd": ("à préciser", "to be defined"),
        "done": ("achevé", "done"),
        "under-way": ("en cours", "under way"),
        "planned": ("prévu", "planned"),
    },
    "severity": {
        "Violation": ("Bloquant", "Blocking"),
        "Warning": ("À corriger", "To mend"),
        "Info": ("Conseil", "Advice"),
    },
    "fate": {
        "new": ("nouvelle", "new"),
        "modified": ("modifiée", "modified"),
        "held": ("mise en quarantaine", "held back"),
        "vanished": ("disparue", "vanished"),
    },
    "yes": {"true": ("oui", "yes"), "false": ("non", "no")},
    "event": {"found": ("trouvé ou récolté", "found or gathered"), "made": ("fait", "made")},
    "activity": {
        "ProgrammeEvent": ("Programme", "Programme"),
        "TravellingExhibition": ("Exposition itinérante", "Travelling exhibition"),
        "Conference": ("Colloque", "Conference"),
        "Publication": ("Publication", "Publication"),
        "Resource": ("Ressource", "Resource"),
        "DigitisationCampaign": ("Numérisation", "Digitisation"),
        "Phase": ("Phase", "Phase"),
    },
    "heading": {
        "number": ("Numéro d’inventaire", "Inventory number"),
        "mode": ("Mode d’acquisition", "Mode of acquisition"),
        "acquired": ("Date d’acquisition", "Date of acquisition"),
        "donor": ("Donateur, testateur ou vendeur", "Donor, testator or seller"),
        "price": ("Prix d’achat", "Purchase price"),
        "designation": ("Désignation", "Designation"),
        "inscriptions": ("Marques et inscriptions", "Marks and inscriptions"),
        "material": ("Matières ou techniques", "Materials or techniques"),
        "dimensions": ("Mesures", "Dimensions"),
        "condition": ("État", "Condition"),
        "maker": ("Auteur, collecteur ou fabricant", "Maker, collector or manufacturer"),
        "date": ("Époque, datation ou récolte", "Period, date or gathering"),
        "use": ("Fonction d’usage", "Use"),
        "origin": ("Provenance géographique", "Geographical origin"),
        "remarks": ("Observations", "Remarks"),
    },
}
# Words that museums write in a few set forms: shown in English in the English edition.
TERMS: Mapping[str, str] = {
    "don": "gift",
    "don manuel": "gift",
    "legs": "bequest",
    "achat": "purchase",
    "dépôt": "deposit",
    "échange": "exchange",
    "fouilles": "excavation",
    "saisie révolutionnaire": "Revolutionary seizure",
    "vu": "seen",
    "non vu": "not seen",
    "manquant": "missing",
    "conforme": "conforming",
    "non conforme": "not conforming",
    "marqué": "marked",
    "non marqué": "not marked",
}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Wording:
    """One language (``fr`` or ``en``)."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = "fr_FR" if lang == "fr" else "en_GB"

    def __call__(self, fr: str, en: str) -> str:
        """The text of this language, set as its printers set it."""
        return self.set(fr if self.lang == "fr" else en)

    def set(self, text: str) -> str:
        """A text with the spaces that French typography asks for.

        >>> Wording("fr").set("« Oui » : 12 %")
        '«\\xa0Oui\\xa0»\\xa0: 12\\xa0%'
        """
        if self.lang != "fr":
            return text
        return _spaced(text)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with its separators.

        >>> Wording("en").number(12345)
        '12,345'
        """
        return _decimal(value, decimals, self.locale)

    def signed(self, value: int) -> str:
        """A change: ``+3``, ``−2``, ``0``."""
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return sign + self.number(abs(value))

    def share(self, part: float, whole: float = 1.0) -> str:
        """A share as a percentage, or a dash when there is nothing to share."""
        return format_percent(part / whole, format="#,##0 %" if self.lang == "fr" else "#,##0%",
                              locale=self.locale).replace(" ", NBSP) if whole else "–"  # fmt: skip

    def count(self, value: int, fr: tuple[str, str], en: tuple[str, str]) -> str:
        """A number with its noun. In French, zero and one are singular.

        >>> Wording("fr").count(0, ("notice", "notices"), ("record", "records"))
        '0\\xa0notice'
        """
        plural = value > 1 if self.lang == "fr" else value != 1
        noun = (fr if self.lang == "fr" else en)[plural]
        return f"{self.number(value)}{NBSP}{noun}"

    def day(self, moment: date | datetime) -> str:
        """A date in full: ``23 novembre 2026``, ``1er mars 2020``."""
        text = format_date(moment, format="long", locale=self.locale)
        if self.lang == "fr" and moment.day == 1:
            text = re.sub(r"^1 ", "1er ", text)
        return text.replace(" ", NBSP, 1)

    def edtf(self, text: str) -> str:
        """A year, a month or a day of the calendar, as it is read."""
        parts = [int(part) for part in re.findall(r"\d+", text)]
        if not parts or len(parts) == 1:
            return text
        if len(parts) == 2:
            first = date(parts[0], parts[1], 1)
            return format_date(first, format="MMMM y", locale=self.locale)
        return self.day(date(parts[0], parts[1], parts[2]))

    def span(self, begin: str, end: str) -> str:
        """Two dates as a span, or the one that is known."""
        first, last = self.edtf(begin), self.edtf(end)
        if not last or first == last:
            known = self("à partir de ", "from ") + first if begin and not end else first
            return known if len(begin) > 4 or end else first
        return f"{first} – {last}"

    def year(self, year: int) -> str:
        """A year; before our era it says so (year 0 is 1 BCE)."""
        return str(year) if year > 0 else self(f"{1 - year} av. J.-C.", f"{1 - year} BCE")

    def century(self, number: int) -> str:
        """A century: ``XIXᵉ siècle``; 0 is the first before our era."""
        past = number <= 0
        ordinal = 1 - number if past else number
        if self.lang == "fr":
            # Beyond the centuries that history numbers, figures are read more easily.
            numeral = roman(ordinal) if ordinal < 40 else str(ordinal)
            text = f"{numeral}{'ᵉʳ' if ordinal == 1 else 'ᵉ'}{NBSP}siècle"
            return f"{text} av.{NBSP}J.-C." if past else text
        suffix = {1: "st", 2: "nd", 3: "rd"}.get(ordinal % 10 * (ordinal // 10 != 1), "th")
        return f"{ordinal}{suffix} century{' BCE' if past else ''}"

    def word(self, domain: str, code: str) -> str:
        """The word of a code; one that is not known is shown as it is."""
        known = WORDS.get(domain, {}).get(code)
        return self(*known) if known else code

    def term(self, text: str) -> str:
        """A museum's set form, translated in the English edition."""
        return text if self.lang == "fr" else TERMS.get(text, text)


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    text = _OPENING.sub(f"«{NBSP}", text)
    return _WIDE.sub(f"{NBSP}\\1", _NARROW.sub(f"{NNBSP}\\1", text))


@lru_cache(maxsize=4096)
def _decimal(value: float, decimals: int, locale: str) -> str:
    """Pages say the same numbers again and again, and Babel takes its time."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=locale)


def clean(text: str) -> str:
    """A text without the characters that XML forbids, and that no font can write.

    >>> clean("a\\x00b")
    'ab'
    """
    return _FORBIDDEN.sub("", text)


def roman(number: int) -> str:
    """Roman numerals.

    >>> roman(19), roman(4)
    ('XIX', 'IV')
    """
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text
