"""Materials and techniques: one cell in most museums, told apart here by the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from museosciences.record import Term
from museosciences.values.lists import matched, split
from museosciences.values.text import fold

# Words that name a way of working. A term is a technique when its head is one of them.
_TECHNIQUES = re.compile(
    r"(?:peintures?|peint|peinte|aquarelles?|gouaches?|lavis|fusain|pastel|sanguine|dessin|encres?|"
    r"plume(?! d)|mine|crayons?|graphite|pierre noire|rehauts?|tempera|detrempe|fresque|huile sur|"
    r"eau-forte|burin|pointe seche|aquatinte|impression\w*|imprim\w+|serigraphie|tirage|photo|"
    r"daguerreotype|ferrotype|cyanotype|negatif|positif|offset|estampes?|monotype|collage|"
    r"taille (?:directe|douce|en reserve)|fonte a|fonte au|fondue?|bronze a la cire|email peint|"
    r"vernie?|vernissage|glacure|incrust\w+|marqueterie|polychrom\w+|teinte|teint|tricot\w*|"
    r"couture|cousue?|dentelle|tapisserie|vannerie|filigrane|grenetis|figures? (?:noires?|rouges?)|"
    r"naturalis\w+|taxidermie|montage|technique|procede|video|numerique|sculpt(?:ure|e)s?|"
    r"painting|drawing|etching|engrav\w+|lithograph\w*|watercolou?r|oil paint|screenprint|"
    r"aquatint|mezzotint|photograph\w*|intaglio|digital|"
    r"blueprint|woodcut|linocut|dry ?point|silkscreen|"
    # Alone they say how a thing was worked; "gilt metal" and "cast iron" say what it is of.
    r"(?:carved|cast|gilt|gilded|gilding|silvered|lacquered|moulded|turned|mounted|painted)$|"
    r"(?:\d+ )?(?:[\w-]+ )*(?:prints?|engravings?|etchings?|photographs?|lithographs?)$|"
    r"(?:[\w-]+ )+paint$|"
    # An aid to drawing, though a chamber by its name.
    r"chambre (?:claire|noire|obscure)|camera (?:lucida|obscura))\b"
)

# What parentheses say of these is a kind of them: "bois (chêne)", "ivoire (éléphant)".
_GENERIC = re.compile(
    r"bois|ivoires?|os|cornes?|cuirs?|peaux?|fourrures?|plumes|coquilles?|coquillages?|pierres?|"
    r"roches?|mineral|metal|metaux|textiles?|tissus?|fibres? vegetales?|matieres? animales?|"
    r"matieres? vegetales?|wood|ivory|bone|horn|leather|skin|shell|stone|metal"
)
_COLOUR = re.compile(
    r"(?:blanc|noir|roug|brun|gris|vert|bleu|jaune|ros|beige|clair|fonce|sombre|dore|ocre|orange|"
    r"violet|polychrome|mat|brillant|fin|epais|dur|tendre|naturel|"
    r"non identifie|indetermine|unknown|unidentified|inconnu)\w*"
)


# Ways of working are named by participles (gravé, ajourée) and by these endings …
_WORKED = re.compile(
    r"[^\W\d_]{2,}(?:é|ée|és|ées)|"
    r"\w{2,}(?:isation|ification|ation|age|graphie|typie|gravure|lure|rure|nure|terie|derie|tissage)",
    re.IGNORECASE,
)
# … except in these materials.
_NOT_WORKED = re.compile(
    r"(?:coquill|aliment|feuill|plum|pel|from|alli|treill|grill|cord|herb|fourr|alcool)(?:age|ure)s?|"
    r"contreplaqué|aggloméré|lamellé|latté|okoumé|pisé|blé|thé|café|karité|dérivé|ambré|bleuté|"
    r"orangé|côté|bébé|imitation|végétation|ferrure|verroterie|doublure|carrure"
)
_APPLIED = re.compile(r"(?:huile|acrylique|oil|acrylic|ink|email|laque|lacquer)s?\b")
# "huile sur toile", "watercolour on paper"; "plume et encre", but not "noir et blanc".
_SUPPORT = re.compile(r"\s(?:sur|on)\s", re.IGNORECASE)
_ON = re.compile(r"^(?:sur|on)\s", re.IGNORECASE)
_AND = re.compile(r"\s(?:et|and)\s(?!(?:blanc|white|or\b))", re.IGNORECASE)
# "case: mahogany": the part, then what it is made of.
_PART = re.compile(r"(?P<part>[^\W\d_][\w ]*?)\s?: (?P<rest>.+)")
# Says how a photograph looks, not what it is made of.
_COLOUR_ALONE = re.compile(r"black and white|noir et blanc|(?:en )?couleurs?|colou?r")


@lru_cache(maxsize=1 << 15)
def _is_technique(term: str) -> bool:
    if _TECHNIQUES.match(fold(term)):
        return True
    first = term.split(maxsplit=1)[0]
    worked = _WORKED.fullmatch(first) is not None
    return worked and _NOT_WORKED.fullmatch(first.lower()) is None


def _split_phrase(item: str) -> Iterator[tuple[str, str, str, bool]]:
    """(term, its part, its parentheses, applied): what lies on a support is applied to it."""
    head, inside = _detail(item)
    found = _PART.fullmatch(head)
    part = ""
    if found is not None:
        head, part = found["rest"].strip(), found["part"].strip()
    applied, *supports = _SUPPORT.split(_ON.sub("", head), maxsplit=1)
    for words in (applied, *supports):
        for term in _AND.split(words):
            if term.strip():
                yield term.strip(), part, inside, bool(supports) and words is applied


@lru_cache(maxsize=1 << 15)
def _parse(
    text: str, separators: tuple[str, ...]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    materials: dict[tuple[str, str], None] = {}
    techniques: dict[tuple[str, str], None] = {}
    for item in _whole(split(text, separators)):
        for term, part, inside, applied in _split_phrase(item):
            if _COLOUR_ALONE.fullmatch(fold(term)):
                continue
            technique = _is_technique(term) or (applied and _APPLIED.match(fold(term)) is not None)
            (techniques if technique else materials).setdefault((term, part or inside))
            if not technique:
                _details(term, inside, materials, techniques)
    return tuple(materials), tuple(techniques)


def _whole(items: list[str]) -> list[str]:
    """Without the far halves of parentheses that a separator cut in two.

    "brass (copper | zinc alloy)" sorted by software is "brass (copper", …, "zinc alloy)": the
    last says what brass is, and is no material of the object.

    >>> _whole(["zinc alloy)", "glass", "brass (copper"])
    ['glass', 'brass (copper']
    """
    if not any(_is_open(item, "(", ")") for item in items):
        return items
    return [item for item in items if not _is_open(item, ")", "(")]


def _is_open(item: str, one: str, other: str) -> bool:
    return item.count(one) > item.count(other)


def _details(
    head: str,
    inside: str,
    materials: dict[tuple[str, str], None],
    techniques: dict[tuple[str, str], None],
) -> None:
    """What the parentheses of a material name: kinds of it, and ways it was worked."""
    for detail in split(inside, ",;"):
        inner, _ = _detail(detail)
        if inner and _is_technique(inner):
            techniques.setdefault((inner, head))
        elif inner and _GENERIC.fullmatch(fold(head)) and not _COLOUR.match(fold(inner)):
            materials.setdefault((inner, head))


def _detail(item: str) -> tuple[str, str]:
    """A term, and what its parentheses say of it, also when one of the two brackets is lost."""
    opening = item.find("(")
    if opening < 0:
        return item.strip(" )"), ""
    closing = matched(item).get(opening, len(item))
    head, inside = item[:opening].strip(), item[opening + 1 : closing].strip()
    return (head, inside) if head else (inside, "")


def parse(text: str, separators: str | Sequence[str] = ";,") -> tuple[list[Term], list[Term]]:
    """Materials, and techniques, of one cell, without repetitions.

    ``context`` is what parentheses say of a term, or the term in whose parentheses it stands. A
    term whose first word names a way of working is a technique; all else is a material.

    >>> parse("papier vélin, aquarelle, rehaut (gouache, blanche), carton", ",")[0]
    [{'term': 'papier vélin'}, {'term': 'carton'}]
    >>> parse("toile (peinture à l'huile)", ";")[1]
    [{'term': "peinture à l'huile", 'context': 'toile'}]
    >>> parse("huile sur toile")
    ([{'term': 'toile'}], [{'term': 'huile'}])
    >>> parse("bois (chêne, sculpté)", ";")[0]
    [{'term': 'bois', 'context': 'chêne, sculpté'}, {'term': 'chêne', 'context': 'bois'}]
    """
    materials, techniques = _parse(text, tuple(separators))
    return [_term(*pair) for pair in materials], [_term(*pair) for pair in techniques]


def _term(term: str, context: str) -> Term:
    return {"term": term, "context": context} if context else {"term": term}
