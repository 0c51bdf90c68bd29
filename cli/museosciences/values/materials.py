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
        opening = next(iter(sorted(matched(item))), None)
        head = item if opening is None else item[:opening].strip()
        context = "" if opening is None else item[opening + 1 : matched(item)[opening]].strip()
        if not head:
            head, context = context, ""
        if head:
            kind = techniques if _is_technique(head) else materials
            kind.setdefault((head, context))
    return tuple(materials), tuple(techniques)


def parse(text: str, separators: str | Sequence[str] = ";,") -> tuple[list[Term], list[Term]]:
    """Materials, and techniques, of one cell, without repetitions.

    ``context`` is what parentheses say of a term. A term whose head word names a way of working
    is a technique; all else is a material.

    >>> parse("papier vélin, aquarelle, rehaut (gouache, blanche), carton", ",")[0]
    [{'term': 'papier vélin'}, {'term': 'carton'}]
    >>> parse("toile ; peinture à l'huile", ";")[1]
    [{'term': "peinture à l'huile"}]
    """
    materials, techniques = _parse(text, tuple(separators))
    return [_term(*pair) for pair in materials], [_term(*pair) for pair in techniques]


def _term(term: str, context: str) -> Term:
    return {"term": term, "context": context} if context else {"term": term}
