"""The sentences that explain a link: filled, counted, elided and spaced as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A title or a citation longer than this is cut at a word.
LONGEST = 120
_FRENCH_SPACES = (
    (re.compile(r" ([;:!?»])"), "\u00a0\\1"),
    (re.compile(r"« "), "«\u00a0"),
)
_NOUNS = {
    "fr": {
        "specimen": ("un spécimen", "spécimens"),
        "instrument": ("un instrument", "instruments"),
        "item": ("une pièce", "pièces"),
    },
    "en": {
        "specimen": ("one specimen", "specimens"),
        "instrument": ("one instrument", "instruments"),
        "item": ("one item", "items"),
    },
}
# "ambre (minéral)": what tells two labels apart in a scheme is not said in a sentence.
_QUALIFIER = re.compile(r" \([^()]*\)$")
_AMONG = {"fr": ", dont ", "en": ", among them "}
# French: an h that is sounded takes no elision.
_SOUNDED_H = re.compile(
    r"(?:h[âa]|h[ée]r(?:on|isson|aut)|heaume|herse|hêtre|hetre|hibou|homard|houx|houe|hu[êe]t?te|"
    r"huppe|hure|hutte|hublot|haricot|hareng|hamster|hanneton|harfang|harpe|harpie|haut|houblon|"
    r"houille|housse|hors|hyène|onz)",
    re.IGNORECASE,
)
_VOWEL = re.compile(r"[aeiouyhàâäéèêëîïôöùûüœæ]", re.IGNORECASE)
# Names of institutions that take an article in a sentence, and which.
_ARTICLES = (
    ("le ", r"mus[ée]es?|mus[ée]um|palais|centre|ch[âa]teau|cabinet|pavillon|fonds"),
    ("la ", r"maison|galerie|biblioth[èe]que|collection|fondation|villa|tour"),
    ("l’", r"h[ôo]tel|abbaye|atelier|[ée]comus[ée]e|historial|institut|universit[ée]"),
)
_NAMED = tuple((re.compile(rf"(?:{names})\b", re.I), article) for article, names in _ARTICLES)
# What a person did, when the source only says it by the field.
_ROLES = {
    "makers": ("auteur", "maker"),
    "acquisition": ("donateur ou vendeur", "donor or seller"),
    "former_owners": ("ancien propriétaire", "former owner"),
    "occurrence": ("collecteur", "collector"),
    "discovery": ("découvreur", "finder"),
    "taxon": ("déterminateur", "identifier"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence may say of a link, in one language."""

    art_title: str
    art_museum: str
    art_value: str
    art_role: str
    via: str
    science_museum: str
    science_title: str
    science_value: str
    science_role: str
    science_kind: str  # specimen | instrument | item
    science_count: int


def sentence(template: str, facts: Facts, lang: str) -> str:
    """Fill a template of a rule with facts; French gets its articles and no-break spaces.

    A template names the texts of Facts, and ``{count}`` ("12 spécimens"), ``{de_via}`` ("d’ara"),
    ``{via_label}``, ``{examples}`` (", dont …", or the one there is), ``{person}`` (the shared
    one, first name first) and ``{notices}`` ("celles de 12 spécimens").
    """
    museum = shortened(facts.science_museum)
    via = _QUALIFIER.sub("", shortened(facts.via))
    values = {
        "art_title": shortened(facts.art_title),
        "art_museum": shortened(facts.art_museum),
        "art_value": shortened(facts.art_value),
        "art_role": role(facts.art_role, lang),
        "via_label": via,
        "de_via": de(via),
        "person": first_name_first(facts.via),
        "de_person": de(first_name_first(facts.via)),
        "science_museum": with_article(museum) if lang == "fr" else museum,
        "science_value": shortened(facts.science_value),
        "science_role": role(facts.science_role, lang),
        "count": counted(facts.science_count, facts.science_kind, lang),
        "notices": _notices(facts, lang),
        "examples": _examples(facts, lang),
    }
    # A name that ends with a full stop ("Vitis vinifera L.") ends the sentence too.
    text = template.format_map(values).replace("..", ".")
    if lang == "fr":
        for pattern, replacement in _FRENCH_SPACES:
            text = pattern.sub(replacement, text)
    return text


def counted(count: int, kind: str, lang: str) -> str:
    """A count with its noun.

    >>> counted(1, "specimen", "fr"), counted(2453, "specimen", "fr"), counted(2, "item", "en")
    ('un spécimen', '2\u202f453 spécimens', '2 items')
    """
    one, many = _NOUNS[lang][kind]
    if count == 1:
        return one
    figures = f"{count:,}" if lang == "en" else f"{count:,}".replace(",", "\u202f")
    return f"{figures} {many}"


def de(name: str) -> str:
    """« de » before a name, elided before a vowel or a mute h.

    >>> de("éléphant d’Asie"), de("hareng"), de("huître"), de("lion")
    ('d’éléphant d’Asie', 'de hareng', 'd’huître', 'de lion')
    """
    if _VOWEL.match(name) and not _SOUNDED_H.match(name) and not name[:1].isdigit():
        return f"d’{name}"
    return f"de {name}"


def with_article(museum: str) -> str:
    """A museum in the middle of a French sentence.

    >>> with_article("Lille, musée d’histoire naturelle"), with_article("LAAC")
    ('le musée d’histoire naturelle (Lille)', 'LAAC')
    """
    town, comma, name = museum.partition(", ")
    if comma and any(pattern.match(name) for pattern, _ in _NAMED):
        museum = f"{name} ({town})"
    for pattern, article in _NAMED:
        if pattern.match(museum):
            return f"{article}{museum[:1].lower()}{museum[1:]}"
    return museum


def first_name_first(name: str) -> str:
    """A person as a sentence names them.

    >>> first_name_first("Quévrin, Anselme"), first_name_first("Dumeige-Lacroix")
    ('Anselme Quévrin', 'Dumeige-Lacroix')
    """
    surname, comma, first = name.partition(", ")
    return f"{first} {surname}" if comma else name


def _notices(facts: Facts, lang: str) -> str:
    count = counted(facts.science_count, facts.science_kind, lang)
    one = facts.science_count == 1
    if lang == "en":
        return f"{'that' if one else 'those'} of {count}"
    return f"{'celle' if one else 'celles'} {de(count)}"


def role(text: str, lang: str) -> str:
    """What a person did: the museum’s word, or the name of the field that cites him."""
    if text == "represented":
        return "personne représentée" if lang == "fr" else "person shown"
    names = _ROLES.get(text)
    return text if names is None else names[0 if lang == "fr" else 1]


def _examples(facts: Facts, lang: str) -> str:
    title = shortened(facts.science_title)
    if facts.science_count > 1:
        return f"{_AMONG[lang]}{_quoted(title, facts, lang)}"
    return f", {_quoted(title, facts, lang)}"


def _quoted(title: str, facts: Facts, lang: str) -> str:
    """The name of a specimen stands as it is, that of an instrument between quotation marks."""
    if facts.science_kind == "specimen":
        return title
    return f"« {title} »" if lang == "fr" else f"“{title}”"


def shortened(text: str) -> str:
    """A text on one line, cut at a word when it is too long.

    >>> shortened("La  Terre\\nest ronde")
    'La Terre est ronde'
    """
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0] + "…"
