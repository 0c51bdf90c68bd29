"""What a title is about, and what it only names beside: a portrait with a cat is no study of cats.

A thing is the motif of a title when nothing stands before it, in its clause, but articles, numbers,
what is done with models ("étude de", "tête de") and the adjectives that go before a noun. Whatever
else leads (a person, a place, a vessel, an action of people) is the motif, and the thing is beside.
"""

from __future__ import annotations

import re

# Clauses: what follows a full stop, a colon or a dash begins anew.
_CLAUSE = re.compile(r"[.;:()\[\]«»“”\"]|\s[-–—/]\s")
# In a work of these kinds all that the title names is its motif.
_GATHERED = re.compile(
    r"\W*(?:(?:petite|grande|une|deux|les?|la|the|a)\s+)*"
    r"(?:(?:natures?[ -]mortes?|bouquets?|vanit[ée]s?|vanitas|gibiers?|troph[ée]es? de chasse"
    r"|fleurs|fruits|l[ée]gumes|oiseaux|poissons|insectes|papillons|coquill(?:es|ages)|animaux"
    r"|still[ -]li(?:fe|ves)|flowers|fruit|birds|fish|shells|insects|butterflies|animals)\b"
    r"|(?:vases?|corbeilles?|paniers?|coupes?|assiettes?|plats?|compotiers?|guirlandes?|couronnes?"
    r"|baskets?|bowls?|bunch(?:es)?)(?: \w+)? (?:de|d['’]|des|aux?|avec(?: d[eu]s?)?|of|with)\b)",
    re.IGNORECASE,
)
# Words that may stand before a motif: articles and numbers; adjectives that go before a noun; what
# artists make of models; parts and gatherings of animals; what these do; pieces of plants; English.
_LEADING = r"""
le les la l['’] un une des? du d['’] et ou deux trois quatre cinq six sept huit neuf dix douze
plusieurs quelques divers(?:es)? diff[ée]rente?s
petite?s? grande?s? gros(?:se)?s? jeunes? vieux vieille beaux? belles? autres? premiers? blancs?
blanches? noire?s? rouges? bleue?s? jaunes?
[ée]tudes? esquisses? croquis [ée]bauche dessins? figures? planches? albums? recueils? suites?
projet d[ée]tails? portraits?
t[êe]tes? mufle profil yeux [œo]e?il pattes? ailes? cr[âa]nes? squelettes? peaux? plumes? nids?
groupes? troupeaux? familles? couples? paires? bandes? meutes? vols? attelages? relais
combats? luttes? courses? hallali mort repos provende remise p[âa]turage retour sommeil toilette
branches? rameaux? gerbes? bottes? massifs? carr[ée]s? touffes? feuill(?:es|age)s? fleurs? fruits?
graines? jets? tiges? brins? pots? vases? bouquets?
the an? two three four five several some studies study sketch(?:es)? drawings? heads? skulls?
skeletons? groups? herds? flocks? packs? pairs? branch(?:es)? bunch sprigs? young old dead wild
white black red little great of from and or
"""
# … and, before what is to be seen of the sky, the place: "paysage au soleil couchant".
_SKY = """
effets? impression compositions? vue paysages? marines? sites? au aux [àa] avec par temps effect
landscape with
"""


def _lead(words: str) -> re.Pattern[str]:
    any_of = "|".join(words.split())
    return re.compile(rf"(?:[\s,]|\d+|(?:{any_of})(?![^\W_])|[ld]['’])*", re.IGNORECASE)


_LEAD, _LEAD_OF_SKY = _lead(_LEADING), _lead(_LEADING + _SKY)
# After these words comes what stands beside the motif.
_BESIDE = re.compile(
    r"\b(?:au|aux|à la|à l['’]|avec|sur|sous|dans|devant|contre|près|auprès|entre|parmi|chez"
    r"|accompagnée?s? d[eu’']?\w*|tenant|portant|with|holding|on|in|under|near|before|among)\b",
    re.IGNORECASE,
)
# An animal that is only ridden or driven: "cavalier à cheval", "à dos d’âne", "on horseback".
_RIDDEN = re.compile(r"\b(?:à|à dos d[e’']|en|monté sur|on)\s*$", re.IGNORECASE)


def is_motif(title: str, start: int, after: int | None = None) -> bool:
    """Whether what a title names at ``start`` is what the work is about.

    ``after`` is where the motif found before it in the title ends, if there is one: what is joined
    to a motif is one too, what stands with, on or under it is not.

    >>> is_motif("Étude de lion couché", 9), is_motif("La Gardeuse de dindons", 15)
    (True, False)
    >>> is_motif("Femme au chat", 9), is_motif("Nature morte au lièvre", 16)
    (False, True)
    >>> is_motif("Lion dévorant un lapin", 17, 4), is_motif("Cheval sous un chêne", 15, 6)
    (True, False)
    """
    before = title[:start]
    if _RIDDEN.search(before):
        return False
    if _GATHERED.match(title):
        return True
    if after is not None:
        return not _BESIDE.search(title, after, start)
    return _LEAD.fullmatch(_CLAUSE.split(before)[-1]) is not None


def opens_a_clause(title: str, start: int) -> bool:
    """Whether a phenomenon is what a title, or a part of it, is about.

    A comma parts clauses here: after a place comes what is to be seen of its sky.

    >>> title = "Les bords de l'Oise, soleil couchant"
    >>> opens_a_clause(title, 21), opens_a_clause("Vachère au soleil couchant", 11)
    (True, False)
    """
    clause = _CLAUSE.split(title[:start])[-1].rpartition(",")[2]
    return _LEAD_OF_SKY.fullmatch(clause) is not None
