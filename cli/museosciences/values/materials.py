"""Materials and techniques: one cell in most museums, told apart here by the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from museosciences.record import Term
from museosciences.values.lists import matched, split
from museosciences.values.text import fold

# Words that name a way of working. A term is a technique when its head is one of them.
_TECHNIQUES = re.compile(
    r"(?:peintures?|peint|aquarelles?|gouaches?|lavis|fusain|pastel|sanguine|dessin|encre|plume|"
    r"mine de plomb|mine|crayon|graphite|pierre noire|rehauts?|rehausse|tempera|detrempe|fresque|"
    r"gravure|grave|eau-forte|burin|pointe seche|aquatinte|lithographi\w*|xylographi\w*|"
    r"impression\w*|imprime|serigraphie|heliogravure|photographi\w*|photogravure|tirage|"
    r"daguerreotype|ferrotype|cyanotype|negatif|positif|offset|estampe|monotype|collage|"
    r"marouflage|maroufle|colle|assemblage|assemble|moul\w+|modelage|modele|tournage|tourne|"
    r"taille|taille directe|sculpt\w+|cisel\w+|fondu|fonte a|fonte au|martele|forge|forgeage|"
    r"repousse|estampage|estampe|estampille|decoupe|decoupage|coule|coulage|emaill\w+|email peint|"
    r"glacure|glace|vernisse|verni|vernissage|dore|dorure|argente|argenture|plaque|niell\w+|"
    r"damasquin\w+|incrust\w+|marqueterie|laque|patine|patinage|polychrom\w+|teint|teinture|"
    r"tiss\w+|tricot\w*|brod\w+|couture|cousu|dentelle|tapisserie|vannerie|tresse|tressage|"
    r"filigrane|grenetis|granulation|souffle|soufflage|cuisson|sigille|figures? noires?|"
    r"figures? rouges?|naturalis\w+|taxidermie|montage|empaille|polissage|poli|bouchard\w+|"
    r"painting|painted|drawing|etching|engrav\w+|lithograph|watercolou?r|oil paint|screenprint|"
    r"aquatint|mezzotint|photograph|print|carved|cast|gilt|gilded|lacquered|moulded|turned|"
    r"numerique|video|technique mixte|technique|procede)\b"
)

# What parentheses say of these is a kind of them: "bois (chêne)", "ivoire (éléphant)".
_GENERIC = re.compile(
    r"bois|ivoires?|os|cornes?|cuirs?|peaux?|fourrures?|plumes|coquilles?|coquillages?|pierres?|"
    r"roches?|mineral|metal|metaux|textiles?|tissus?|fibres? vegetales?|matieres? animales?|"
    r"matieres? vegetales?|wood|ivory|bone|horn|leather|skin|shell|stone|metal"
)
_COLOUR = re.compile(
    r"(?:blanc|noir|roug|brun|gris|vert|bleu|jaune|ros|beige|clair|fonce|sombre|dore|ocre|orange|"
    r"violet|polychrome|mat|brillant|fin|epais|dur|tendre|naturel|non identifie|indetermine)\w*"
)


@lru_cache(maxsize=1 << 15)
def _is_technique(term: str) -> bool:
    return _TECHNIQUES.match(fold(term)) is not None


@lru_cache(maxsize=1 << 15)
def _parse(
    text: str, separators: tuple[str, ...]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    materials: dict[tuple[str, str], None] = {}
    techniques: dict[tuple[str, str], None] = {}
    for item in split(text, separators):
        head, context = _detail(item)
        if not head:
            continue
        kind = techniques if _is_technique(head) else materials
        kind.setdefault((head, context))
        for detail in split(context, ",;"):
            inner, _ = _detail(detail)
            if _is_technique(inner) and kind is materials:
                techniques.setdefault((inner, head))
            elif _GENERIC.fullmatch(fold(head)) and not _COLOUR.match(fold(inner)):
                materials.setdefault((inner, head))
    return tuple(materials), tuple(techniques)


def _detail(item: str) -> tuple[str, str]:
    """A term, and what its first parentheses say of it."""
    pairs = matched(item)
    opening = min((o for o in pairs if item[o] == "("), default=None)
    if opening is None:
        return item.strip(), ""
    head, inside = item[:opening].strip(), item[opening + 1 : pairs[opening]].strip()
    return (head, inside) if head else (inside, "")


def parse(text: str, separators: str | Sequence[str] = ";,") -> tuple[list[Term], list[Term]]:
    """Materials, and techniques, of one cell, without repetitions.

    ``context`` is what parentheses say of a term, or the term in whose parentheses it stands. A
    term whose first word names a way of working is a technique; all else is a material.

    >>> parse("papier vélin, aquarelle, rehaut (gouache, blanche), carton", ",")[0]
    [{'term': 'papier vélin'}, {'term': 'carton'}]
    >>> parse("toile (peinture à l'huile)", ";")[1]
    [{'term': "peinture à l'huile", 'context': 'toile'}]
    >>> parse("bois (chêne, sculpté)", ";")[0]
    [{'term': 'bois', 'context': 'chêne, sculpté'}, {'term': 'chêne', 'context': 'bois'}]
    """
    materials, techniques = _parse(text, tuple(separators))
    return [_term(*pair) for pair in materials], [_term(*pair) for pair in techniques]


def _term(term: str, context: str) -> Term:
    return {"term": term, "context": context} if context else {"term": term}
