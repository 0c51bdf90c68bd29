"""Persons and institutions: ``DUPUIS Henri (1819-1889) (donateur)``.

The Joconde form writes the family name first, in capitals; other museums write
``Dupuis, Henri`` or ``Henri Dupuis``. The first two are understood; in the last, nothing says
which word is the family name, so the name is left as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

from museosciences.record import Person
from museosciences.values.lists import cut, matched
from museosciences.values.text import fold

_ATTRIBUTIONS = (
    r"attribue(?:e|s|es)? a|attribution a|attr\. a|d'apres|copie d'apres|copie de|"
    r"atelier d[eu']s?|ecole d[eu']s?|entourage d[eu']s?|cercle d[eu']s?|suiveurs? d[eu']s?|"
    r"eleves? d[eu']s?|maniere d[eu']s?|a la maniere d[eu']s?|genre d[eu']s?|style d[eu']s?|"
    r"imitateur d[eu']s?|inspire(?:e)? d[eu']s?|"
    r"attributed to|after|workshop of|studio of|circle of|follower of|school of|manner of"
)
_PREFIX = re.compile(rf"(?P<attribution>{_ATTRIBUTIONS})(?:\s+|(?<='))(?:l[ea]s?\s+)?(?=\S)")
_ATTRIBUTION = re.compile(
    rf"(?:{_ATTRIBUTIONS}|attribue(?:e|s)?|atelier|ecole|entourage|cercle|suiveur|maniere|copie|"
    r"attribution|imitateur|\?|douteux|incertain)\s*\??"
)
_SUFFIX = re.compile(
    r"\s(?:(?P<attribution>(?:atelier|ecole|entourage|suiveur|copie)(?: d[eu]s?)?)|dite?)$"
)
# A firm, though it bears a family name: "CREMIERE et Cie", "BREGUET & fils", "MABILLE FRERES".
_FIRM = re.compile(
    r"(?:&|\bet)\s+(?:cie|co\b|(?:ses )?(?:fils|freres?))|\b(?:cie|freres)$|\bmaison$"
)
# What goes on from a name instead of following a comma: "David le Jeune", "Andrea da Firenze".
_NUMERAL = re.compile(r"[IVX]{1,4}")
_EPITHET = re.compile(r"(?:le|la|les|l'|di|da|del|dit|un|une|milieu|fils|pere|aine|jeune)\b")
_YEARS = re.compile(
    r"(?P<fl>(?:fl\.|actif|active|en activite)\D*)?(?:vers |v\. |ca?\.? ?|apres |avant )?"
    r"(?:(?P<birth>\d{4})|(?:\?|\s|\.{2,3}))\s*(?:\?)?\s*[-–—/]\s*"
    r"(?:vers |v\. |ca?\.? |apres |avant )?(?P<death>\d{4})?\s*\??$"
)
_ALIAS = re.compile(r"(?:^|, |\s)(?:dite?|alias|surnommee?)(?:\s|$)")
_ALSO_KNOWN = re.compile(r",\s*(?:dite?|alias)\s.*$")
_TITLES = frozenset(
    {"m.", "mme", "mlle", "monsieur", "madame", "mademoiselle", "dr", "pr", "abbe", "mr", "mrs"}
)
_BORN = re.compile(r"(?:nee?(?: en| le| a)?|born(?: in)?|b\.|n\.)\s+(?:\D*\s)?(\d{4})$")
_DIED = re.compile(
    r"(?:morte?(?: en| le)?|decedee?(?: en| le)?|died(?: in)?|d\.|†)\s*(?:\D*\s)?(\d{4})$"
)
# "Gand, 1612 ; Anvers, 3 mai 1668": the place and the date of birth, then of death.
_PLACE_AND_YEAR = r"(?:[^;\d]|\b\d{1,2}(?:er)?\b)*\b(\d{4})\s*"
_PLACES_OF_LIFE = re.compile(
    rf"(?!.*\b(?:acti[fv]|fl\.)){_PLACE_AND_YEAR};{_PLACE_AND_YEAR}", re.IGNORECASE
)
_ROLES = re.compile(
    r"(?:(?:co-?)?(?:artiste|peintre|dessinateur|graveur|sculpteur|potier|ceramiste|artisan|"
    r"orfevre|photographe|architecte|imprimeur|editeur|auteur|executant|inventeur|decouvreur|"
    r"donateur|legataire|vendeur|collectionneur|collecteur|recolteur|determinateur|fouilleur|"
    r"constructeur|fabricant|horloger|opticien|mecanicien|ingenieur|fondeur|ebeniste|menuisier|"
    r"lithographe|illustrateur|modeleur|mouleur|verrier|emailleur|tisserand|tapissier|bronzier|"
    r"ciseleur|medailleur|armurier|naturaliste|preparateur|taxidermiste|commanditaire|"
    r"proprietaire|possesseur|depositaire|testateur|modele|copiste|restaurateur|"
    r"maker|painter|engraver|designer|donor|collector|photographer|publisher|sculptor|potter)"
    r"(?:e|s|es|rice|rices|euse)?|sculptrice|donatrice|dessinatrice|graveuse|auteure|autrice|"
    r"illustratrice|restauratrice|fondatrice|createur|creatrice)"
)
_INSTITUTION = re.compile(
    r"(?:^|\b)(?:societes?|musees?|museum|manufactures?|ateliers?|ecole|universites?|university|"
    r"institut\w*|maison|etablissements?|ets|compagnie|company|ministere|ville de|commune de|"
    r"etat|laboratoire|fonderie|imprimerie|verrerie|faiencerie|usines?|fabrique|association|"
    r"academie|academy|bibliotheque|galerie|gallery|fondation|conseil|departement|prefecture|"
    r"ltd|limited|co\.|& co|cie|gmbh|inc|s\.a\.|sa|cnrs|inrap|drac|cnap|fnac|observatoire|"
    r"hopital|eglise|abbaye|chapitre|service|direction|club|comite|college|lycee|"
    r"corporation|brothers|freres|sons|fils)(?:\b|$)"
)
# Letters that no one can pronounce stand for words: "JHC-DMC", "RTF".
_INITIALS = re.compile(
    r"(?<![^\W\d_])(?!ST|MC|NG|DR|MGR|VV)[BCDFGHJKLMNPQRSTVWXZ]{2,4}(?![^\W\d_])"
)
_SEPARATORS = (";", "|", "#")
_PARTICLES = frozenset(
    {"de", "du", "des", "von", "van", "der", "den", "di", "da", "del", "della", "y", "e", "et"}
    | {"zu", "la", "d'"}
)


@lru_cache(maxsize=1 << 15)
def _parse(text: str, grammar: str | None) -> tuple[dict[str, Any], ...]:
    people = []
    for begin, end in cut(text, _SEPARATORS):
        piece = text[begin:end].strip(" ,")
        for one in _pair(piece) if grammar == "direct" else [piece]:
            person = _person(one, grammar) if one else {}
            if person:
                people.append(person)
    return tuple(people)


def _pair(piece: str) -> list[str]:
    """``B. Raines and M. Taylor``, but not ``Marie et Pierre Curie``."""
    parts = [piece[b:e].strip() for b, e in cut(piece, (" and ", " & ", " et "))]
    return parts if all(len(part.split()) > 1 for part in parts) else [piece]


def _person(piece: str, grammar: str | None) -> dict[str, Any]:
    person: dict[str, Any] = {"text": piece}
    name = _ALSO_KNOWN.sub("", _take_doubt(_peel(piece, person), person))
    prefix = _PREFIX.match(fold(name))
    if prefix and not (_INSTITUTION.match(fold(name)) and not _is_joconde(name[prefix.end() :])):
        person.setdefault("attribution", name[: prefix.end("attribution")].strip())
        name = name[prefix.end() :]
    elif suffix := _SUFFIX.search(fold(name)):
        if suffix["attribution"]:
            person.setdefault("attribution", name[suffix.start() :].strip())
        name = name[: suffix.start()]
    name = _take_role(name, person)
    name = _take_collection(re.sub(r"\s+", " ", name).strip(" ,;"), person)
    if not name:
        return {}
    folded = fold(name)
    if _FIRM.search(folded) or (_INSTITUTION.search(folded) and not _is_joconde(name)):
        person["institution"] = True
        person["name"] = _firm(name)
    else:
        person["name"] = name if grammar == "direct" else _invert(name)
    return person


def _take_doubt(name: str, person: dict[str, Any]) -> str:
    """A question mark before or after the name doubts who it is."""
    bare = name.strip(" ?")
    if bare != name.strip() and bare:
        person.setdefault("attribution", "?")
        return bare
    return name


def _peel(piece: str, person: dict[str, Any]) -> str:
    """Take the parentheses off: life dates, attribution, role. What is left is the name."""
    pairs = matched(piece)
    opening = next((o for o in sorted(pairs) if piece[o] == "("), None)
    if opening is None:
        return _take_years(piece, person)
    name = piece[:opening].strip()
    if not name and pairs[opening] == len(piece) - 1:
        return _peel(piece[1:-1].strip(), person)
    rest = piece[opening:]
    roles: list[str] = []
    while rest.startswith("("):
        closing = matched(rest).get(0)
        if closing is None:
            break
        inside = rest[1:closing].strip()
        rest = rest[closing + 1 :].strip(" ,")
        name = _take_parenthesis(inside, name, roles, person)
    if roles:
        person["role"] = ", ".join(roles)
    return f"{name} {rest}".strip()


def _take_parenthesis(inside: str, name: str, roles: list[str], person: dict[str, Any]) -> str:
    """Life, attribution, role or given name; what is none of them stays in the text only."""
    birth, death = life(inside) if _PLACES_OF_LIFE.fullmatch(inside) else (None, None)
    if birth is not None and death is not None:
        person.update(birth=birth, death=death)
        return name
    if _ALIAS.search(fold(inside)):
        return name
    kept: list[str] = []
    for piece in re.split(r"\s*[,;]\s*", inside):
        if _take_life(piece, person):
            continue
        if _ATTRIBUTION.fullmatch(fold(piece)):
            person["attribution"] = piece
        elif piece:
            kept.append(piece)
    words = ", ".join(kept)
    if _is_capitals(name) and words[:1].isupper() and not _is_capitals(words):
        return f"{name} {words}"
    if words and not any(character.isdigit() for character in words):
        roles.append(words)
    return name


def _take_years(name: str, person: dict[str, Any]) -> str:
    match = re.search(r"[,\s]\s*(\d{4}\s*[-–]\s*\d{4})$", name)
    if match and _take_life(match.group(1), person):
        return name[: match.start()]
    return name


def _take_life(text: str, person: dict[str, Any]) -> bool:
    """Read years of birth and death; False when the text is about something else."""
    birth, death, understood = _life(fold(text))
    if birth is not None:
        person["birth"] = birth
    if death is not None:
        person["death"] = death
    return understood


def _life(text: str) -> tuple[int | None, int | None, bool]:
    if found := _BORN.fullmatch(text):
        return int(found[1]), None, True
    if found := _DIED.fullmatch(text):
        return None, int(found[1]), True
    match = _YEARS.fullmatch(text)
    if match is None or not (match["birth"] or match["death"]):
        return None, None, False
    if match["fl"]:
        return None, None, True
    birth = int(match["birth"]) if match["birth"] else None
    death = int(match["death"]) if match["death"] else None
    if birth is not None and death is not None and death < birth:
        return None, None, True
    return birth, death, True


def life(text: str) -> tuple[int | None, int | None]:
    """Years of birth and death, of a text that holds nothing else.

    >>> life("1819-1889"), life("né en 1840"), life("Paris, 1561 ; Paris, 1602"), life("1900")
    ((1819, 1889), (1840, None), (1561, 1602), (None, None))
    """
    places = _PLACES_OF_LIFE.fullmatch(text)
    if places:
        birth, death = int(places[1]), int(places[2])
        return (birth, death) if birth <= death else (None, None)
    return _life(fold(text.strip(" ()")))[:2]


def _take_role(name: str, person: dict[str, Any]) -> str:
    """A role after a comma, a dash or the name itself: ``Chachrylion - potier``."""
    while match := re.search(r"(?:,\s*|\s+-\s+|\s)([^\s,]+)\s*$", name):
        word = match.group(1)
        if not word[0].islower() or not _ROLES.fullmatch(fold(word)):
            break
        person.setdefault("role", word)
        name = name[: match.start()]
    return name


def _take_collection(name: str, person: dict[str, Any]) -> str:
    """``Collection de l'artiste, VUILLIER Gaston``; a title before the name is left out."""
    before, comma, after = name.partition(", ")
    if comma and _is_joconde(after) and not _is_joconde(before):
        person.setdefault("role", before)
        name = after
    first, _, rest = name.partition(" ")
    return rest if fold(first) in _TITLES and _is_joconde(rest) else name


def _is_joconde(name: str) -> bool:
    """Begins with a word in capitals and goes on with one that is not."""
    words = name.split()
    return len(words) > 1 and _is_capitals(words[0]) and any(not _is_capitals(w) for w in words)


def _is_capitals(word: str) -> bool:
    # "DAVID d'ANGERS"
    letters = [c for c in re.sub(r"^[dl]['’](?=[^\W\d_]{2})", "", word) if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)


def _invert(name: str) -> str:
    """``DUPUIS Henri`` and ``Henri DUPUIS`` -> ``Dupuis, Henri``; others as they are."""
    words = name.split(" ")
    family = [
        i
        for i, word in enumerate(words)
        if word in ("Y", "&") or (_is_capitals(word) and not (i and _NUMERAL.fullmatch(word)))
    ]
    if not family or "," in name:
        return name
    first, last = family[0], family[-1]
    if family != list(range(first, last + 1)) or (first > 0 and last < len(words) - 1):
        return name
    surname = " ".join(_title(word, n) for n, word in enumerate(words[first : last + 1]))
    given = " ".join(words[:first] + words[last + 1 :])
    if not given:
        return surname
    return f"{surname} {given}" if _EPITHET.match(fold(given)) else f"{surname}, {given}"


def _firm(name: str) -> str:
    """Words in capitals as words, unless the name is one word: that may be an acronym."""
    words = name.split()
    if len(words) < 2:
        return name
    return " ".join(
        _title(word, position) if _is_capitals(word) else word
        for position, word in enumerate(words)
    )


def _title(word: str, position: int) -> str:
    if position and word.lower() in _PARTICLES:
        return word.lower()
    elided = re.match(r"[dl]['’]", word)
    start = elided.end() if elided else 0
    if _INITIALS.search(word):
        return word
    return word[:start] + re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word[start:])


def parse(text: str, grammar: str | None = None) -> list[Person]:
    """The persons and institutions of one cell, separated by ``;``, ``|`` or ``#``.

    ``grammar="direct"`` is for columns that write ``Henri Dupuis and M. Taylor``: names are left
    in their order, and ``and``, ``et``, ``&`` separate.

    >>> parse("DUPUIS Henri (1819-1889) (donateur)")[0]["name"]
    'Dupuis, Henri'
    >>> parse("VOUET Simon atelier")[0]["attribution"]
    'atelier'
    >>> [p["name"] for p in parse("B. Raines and M. Taylor", "direct")]
    ['B. Raines', 'M. Taylor']
    """
    return [cast(Person, dict(person)) for person in _parse(text, grammar)]
