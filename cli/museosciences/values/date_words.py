"""The words of dates: what a cell is cut into before the grammar reads it.

French first, then the English, Italian, Romanian, Spanish and German forms that real
inventories hold. All words are folded: lower case, no accents.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from museosciences.values import periods, republican


class Token(NamedTuple):
    """A piece of a cell. ``value`` depends on the kind; ``start`` and ``end`` are positions."""

    kind: str
    value: Any
    start: int
    end: int


def words(listed: str) -> frozenset[str]:
    """The set of some words written with spaces between them."""
    return frozenset(listed.split())


def _table(**words: str) -> dict[str, str]:
    return {word: kind for kind, listed in words.items() for word in listed.split()}


_KINDS = _table(
    CENTURY="siecle siecles sec secol secolul secolului secolulul secole secolelor century "
    "centuries secolo secoli siglo siglos saec jahrhundert jh jhd jhs siec",
    MILLENNIUM="millenaire millenaires millennium millennia millennio mileniu mileniul",
    APPROX="vers autour alentours circa ca cca env environ approximativement aprox aproximativ "
    "approx approximately about around verso intorno cerca um",
    UNCERTAIN="probablement probable peut-etre perhaps probably possibly probabil presume "
    "presumee presumed incertain incertaine uncertain forse",
    BEFORE="avant before ante inainte jusqu jusque jusqu' until anterieur anterieure",
    AFTER="apres after dopo dupa post depuis since posterieur posterieure",
    BETWEEN="entre between tra fra intre",
    AND="et and e si y und",
    TO="a au aux to al bis till pana",
    YEAR="an annee anno anul annul year ano",
    DECADE="annees decennie decennies decade decades deceniu deceniul deceniului decenii "
    "deceniile decada decadele anii anni decennio decenio anos",
    SMALL="s c",
    LIMIT="limite tournant charniere",
)
_FILLERS = words(
    "le la les l l' de du des d d' en dans au aux cours courant durant pendant al ale ai a "
    "the in of on del dell dell' della dello dei delle nel nella nello il lo di din pe lui date "
    "datee datees datant siglo dated sous under"
)
_UNITS = {
    word: of
    for of, words in {
        2: "moitie moit half meta jumatate jumatatea jumatati mitad halfte",
        3: "tiers treime tercio drittel",
        4: "quart quarts q qu quarter quarto sfert sfertul cuarto viertel",
    }.items()
    for word in words.split()
}
_ORDINAL_WORDS = {
    word: number
    for number, words in {
        1: "premier premiere premieres premiers prima primo primul prim primele first primera",
        2: "deuxieme second seconde seconda secondo doua doilea segunda segundo",
        3: "troisieme third terzo terza treilea treia terilea tercera tercer",
        4: "quatrieme fourth quarta patrulea patra quarto cuarto",
        5: "cinquieme fifth cinci cincilea quinto",
        6: "sixieme sixth sase saselea sesto",
        7: "septieme seventh sapte saptelea settimo",
        8: "huitieme eighth opt optulea ottavo",
        9: "neuvieme ninth noua noualea nono",
        10: "dixieme tenth zecelea decimo",
        -1: "dernier derniere dernieres derniers last ultimul ultima ultimo ultimele",
    }.items()
    for word in words.split()
}
#: Spelled ordinals that only count centuries and millennia.
_SPELLED = {
    word: number
    for number, words in {
        11: "onzieme eleventh",
        12: "douzieme twelfth",
        13: "treizieme thirteenth",
        14: "quatorzieme fourteenth",
        15: "quinzieme fifteenth",
        16: "seizieme sixteenth",
        17: "dix-septieme seventeenth",
        18: "dix-huitieme eighteenth",
        19: "dix-neuvieme nineteenth",
        20: "vingtieme twentieth",
        21: "twenty-first",
    }.items()
    for word in words.split()
}
_ITALIAN_CENTURIES = {
    "duecento": 13,
    "trecento": 14,
    "quattrocento": 15,
    "cinquecento": 16,
    "seicento": 17,
    "settecento": 18,
    "ottocento": 19,
    "novecento": 20,
}
_PARTS = {
    word: part
    for part, words in {
        "start": "debut debuts deb early beginning inizio inizi inceput inceputul inceputului "
        "incepulul inc principio principios comienzos anfang",
        "mid": "milieu mil mi mid middle mijloc mijlocul mijl mediados mitte",
        "end": "fin fins late end fine sfarsit sfarsitul sfarsitului sf sfirsit sfirsitul fines "
        "finales ende",
    }.items()
    for word in words.split()
}
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "janvier janv january jan gennaio gen ianuarie ian enero ene januar",
            "fevrier fevr fev february feb febbraio februarie febrero februar",
            "mars march mar marzo martie marz",
            "avril avr april apr aprile aprilie abril abr",
            "mai may maggio mag mayo",
            "juin june jun giugno giu iunie junio juni",
            "juillet juil july jul luglio lug iulie julio juli",
            "aout august aug agosto ago",
            "septembre sept sep september settembre set septembrie septiembre",
            "octobre oct october ottobre ott octombrie octubre oktober okt",
            "novembre nov november noiembrie noviembre",
            "decembre dec december dicembre dic decembrie diciembre dezember dez",
        ),
        start=1,
    )
    for word in words.split()
}
_SEASONS = {
    word: number
    for number, words in enumerate(
        (
            "printemps spring primavera primavara fruhling",
            "ete summer estate vara verano sommer",
            "automne autumn autunno toamna otono herbst",
            "hiver winter inverno iarna invierno",
        ),
        start=21,
    )
    for word in words.split()
}

_BCE = (
    r"(?:avant|av\.?|ante)\s*(?:j\.?\s*-?\s*c(?:hr?(?:ist)?)?\b\.?|jesus[- ]christ)|"
    r"(?:avant|av\.?)\s*(?:notre|n\.?)\s*(?:ere|e\.)|b\.?\s?c\.?(?:\s?e\b\.?)?(?![a-z])|"
    r"a\.\s?c\.(?:n\.)?|avanti\s+cristo|i\.?\s?hr\b\.?|i\.\s?e\.\s?n\.?|v\.?\s?chr\b\.?|"
    r"inainte\s+de\s+hristos"
)
_CE = (
    r"(?:apres|ap\.?)\s*(?:j\.?\s*-?\s*c(?:hr?(?:ist)?)?\b\.?|jesus[- ]christ)|"
    r"de\s+(?:notre\s+ere|n\.?\s?e\.)|a\.?\s?d\.?(?![a-z])|c\.?\s?e\.?(?![a-z])|d\.\s?c\.|dopo\s+cristo|"
    r"d\.?\s?hr\b\.?|e\.\s?n\.|n\.?\s?chr\b\.?"
)
_ORDINAL_SUFFIX = (
    r"(?:\s?(?:ieme|eme|ere|er|e)|nde|de|re|nd|st|th|rd|-?\s?lea|ea|o|a|°|º)(?![a-z0-9])"
)
_SCANNER = re.compile(
    rf"""
    (?P<ISO>(?<!\d)-?\d{{4,6}}-\d\d-\d\d(?!\d)
        (?:[t\ ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:z|[+-]\d\d:?\d\d)?)?)
  | (?P<YMD>(?<!\d)\d{{4}}(?P<ysep>[/.])\d{{1,2}}(?P=ysep)\d{{1,2}}(?!\d))
  | (?P<DMY>(?<![\d/.])\d{{1,2}}\s?(?P<dsep>[/.\ -])\s?\d{{1,2}}\s?(?P=dsep)\s?\d{{4}}(?!\d))
  | (?P<DRY>(?<!\d)\d{{1,2}}[.\ /-]\s?[ivx]{{1,4}}[.\ /-]\s?\d{{4}}(?!\d))
  | (?P<YM>(?<![\d-])\d{{4}}-(?:0\d|1[0-2])(?![\d-]))
  | (?P<MY>(?<![\d/])\d{{1,2}}/\d{{4}}(?![\d/]))
  | (?P<NUMBERED>(?<![a-z])(?:n°|nos?\.?|num\.|pp?\.|inv\.?|cat\.?|fig\.|vol\.|pl\.|t\.|f°|lot|
        ref\.?|n\.)\s*\d[\w./-]*
        |(?<!\d)\d+\s?(?:francs?|frs?|f|euros?|livres|ex|exemplaires|pieces|[cmk]?m|k?g|pages)(?![\w]))
  | (?P<OLD_MONTH>(?<!\w)(?:[789x]|10)\s?bre(?![a-z]))
  | (?P<BCE>(?<![a-z])(?:{_BCE}))
  | (?P<CE>(?<![a-z])(?:{_CE}))
  | (?P<LONG>y-?\d{{5,}})
  | (?P<TENS>(?<!\d)(?:\d\d[1-9]0'?s|\d{{3}}x)(?![a-z]))
  | (?P<HUNDREDS>(?<!\d)\d\d(?:xx|\.\.(?![\d.])|--|00'?s)(?![a-z]))
  | (?P<FRACTION>(?<![\d/.,])[1-4]/[234](?![\d/]))
  | (?P<FROM>(?<![a-z])(?:a\ partir\ d[eu']|au\ plus\ tot))
  | (?P<ABOUT>\+\s?/?\s?-|±)
  | (?P<SIGLO>(?<![a-z])s\.\s?(?=[ivxl]+(?![a-z])))
  | (?P<CIRCA>(?<![a-z])[cv]\.?\s?(?=\d))
  | (?P<ORDINAL>(?<![\d.,])\d{{1,2}}{_ORDINAL_SUFFIX})
  | (?P<ROMAN>(?<![a-z'])(?:[ivxl]{{2,7}}|[ivx])(?P<suffix>{_ORDINAL_SUFFIX})?(?![a-z]))
  | (?P<NUM>\d+)
  | (?P<SPELLED>(?:dix-(?:sept|huit|neuv)ieme|twenty-first)(?![a-z]))
  | (?P<WORD>[^\W\d_]+(?:-etre)?['.]?)
  | (?P<OPEN>\.\.)
  | (?P<DASH>-+)
  | (?P<MARK>[?~%/,;&+])
    """,
    re.VERBOSE,
)
_ALIASES = {"FROM": "AFTER", "ABOUT": "APPROX", "SIGLO": "CENTURY"}
_MARKS = {
    "?": "UNCERTAIN",
    "~": "APPROX",
    "%": "BOTH",
    "/": "SLASH",
    ",": "SEP",
    ";": "SEP",
    "&": "AND",
    "+": "SEP",
}
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,4})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}


def roman(text: str) -> int | None:
    """A Roman numeral up to 39, also with four equal letters at its end (``XIIII``).

    >>> roman("xix"), roman("iv"), roman("iix")
    (19, 4, None)
    """
    if not text or _ROMAN.fullmatch(text) is None:
        return None
    total = 0
    for letter, following in zip(text, text[1:] + " ", strict=True):
        value = _ROMAN_DIGITS[letter]
        total += -value if value < _ROMAN_DIGITS.get(following, 0) else value
    return total


def tokens(folded: str) -> list[Token]:
    """Cut a folded text into tokens; characters of no use to a date are skipped."""
    found: list[Token] = []
    position = 0
    while position < len(folded):
        name = periods.longest(folded, position) if _at_word(folded, position) else None
        if name is not None:
            end = position + len(name)
            if name.endswith(" dynastie"):
                _first_of_two(found)
            found.append(Token("PERIOD", name, position, end))
            position = end
            continue
        dynasty = _DYNASTY.match(folded, position) if "dyn" in folded else None
        if dynasty is not None and _at_word(folded, position):
            _first_of_two(found)
            found.append(_dynasty(dynasty["number"], dynasty.start(), dynasty.end()))
            position = dynasty.end()
            continue
        match = _SCANNER.match(folded, position)
        if match is None:
            position += 1
            continue
        found.append(_token(match, found))
        position = match.end()
    return found


# The dynasties of Egypt, that only the scheme of periods dates: "19e dyn." is no century.
_DYNASTY = re.compile(
    rf"(?P<number>\d{{1,2}}|[ivx]+)(?:{_ORDINAL_SUFFIX})?\s*dyn(?:\.|ast(?:ies?|y|ia|ie)\b|\b)"
    # "1re dynastie de Babylone" is another.
    r"(?!\s+(?:de |d'|of )(?!l?'?egypt))"
)


def _dynasty(written: Any, start: int, end: int) -> Token:
    """The period of that number; a kind that no rule takes where the scheme has none."""
    number = (
        roman(written) if isinstance(written, str) and not written.isdecimal() else int(written)
    )
    known = periods.names()
    for suffix in ("e", "re"):
        if (name := f"{number}{suffix} dynastie") in known:
            return Token("PERIOD", name, start, end)
    return Token("DYNASTY", number, start, end)


def _first_of_two(found: list[Token]) -> None:
    """``XVIIIe-XIXe dynastie``: the number before is that of a dynasty too."""
    if len(found) > 1 and found[-1].kind in ("DASH", "AND", "TO", "SLASH"):
        first = found[-2]
        if first.kind in ("ORDINAL", "ROMAN", "ROMAN_ORDINAL", "NUM"):
            found[-2] = _dynasty(str(first.value) if first.kind == "NUM" else first.value,
                                 first.start, first.end)  # fmt: skip


def _at_word(folded: str, position: int) -> bool:
    return folded[position].isalnum() and not (position and folded[position - 1].isalnum())


def _token(match: re.Match[str], before: list[Token]) -> Token:
    kind, text, folded = str(match.lastgroup), match.group(), match.string
    value: Any = text
    if kind in ("suffix", "ysep", "dsep"):
        kind = next(k for k in ("YMD", "DMY", "ROMAN") if match[k])
    if kind == "WORD":
        kind, value = _word(text, before)
    elif kind == "MARK":
        kind = _MARKS[text]
    elif kind == "OLD_MONTH":
        # Septembre, octobre, novembre, décembre: the seventh to the tenth from March.
        number = text.removesuffix("bre").strip()
        kind, value = "MONTH", (10 if number == "x" else int(number)) + 2
    elif kind in _ALIASES:
        kind = _ALIASES[kind]
    elif kind == "ORDINAL":
        value = int(re.match(r"\d+", text)[0])  # type: ignore[index]
    elif kind == "ROMAN":
        end = match.start("suffix") if match["suffix"] else match.end()
        value = roman(folded[match.start() : end].strip())
        if value is None:
            kind, value = _word(text, before)
        elif match["suffix"]:
            kind = "ROMAN_ORDINAL"
    elif kind == "CIRCA":
        after_ordinal = bool(before) and before[-1].kind in ("ORDINAL", "ROMAN_ORDINAL")
        kind = "CENTURY" if after_ordinal else "APPROX"
    elif kind == "SPELLED":
        value = _SPELLED[text]
    return Token(kind, value, match.start(), match.end())


def _word(text: str, before: list[Token]) -> tuple[str, Any]:
    word = text.rstrip(".")
    after_ordinal = bool(before) and before[-1].kind in ("ORDINAL", "ROMAN", "ROMAN_ORDINAL")
    if word in _KINDS and not (word in ("c", "s") and not after_ordinal):
        kind = _KINDS[word]
        return ("CENTURY", word) if kind == "SMALL" else (kind, word)
    if text in ("c.", "ca.", "v."):
        return "APPROX", word
    if text in ("av.", "ap."):
        return ("BEFORE" if word == "av" else "AFTER"), word
    for table, kind in (
        (_PARTS, "PART"),
        (_MONTHS, "MONTH"),
        (_SEASONS, "SEASON"),
        (republican.MONTHS, "REPUBLICAN"),
        (_ITALIAN_CENTURIES, "ITALIAN"),
        (_SPELLED, "SPELLED"),
    ):
        if word in table:
            return kind, table[word]
    if word in _UNITS:
        return "UNIT", word
    if word in _ORDINAL_WORDS:
        return "ORDINAL_WORD", word
    return ("FILLER" if word in _FILLERS else "WORD"), word


def unit(word: str) -> int:
    """Of how many parts a fraction word is: quart -> 4."""
    return _UNITS[word]


def ordinal(word: str) -> int:
    """The number of an ordinal word; -1 is the last."""
    return _ORDINAL_WORDS[word]
