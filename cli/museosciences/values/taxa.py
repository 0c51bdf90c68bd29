"""Scientific names: zoological (ICZN) and botanical (ICN) forms, and open nomenclature.

``Felis cf. silvestris Schreber, 1777`` -> canonical name, authorship, rank, qualifier.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast

from museosciences.record import Taxon

_LOWER = "a-zà-öø-ÿœæ"
_UPPER = "A-ZÀ-ÖØ-ÞŒÆ"
_GENUS = rf"[×✕x]?\s?[{_UPPER}][{_LOWER}]+(?:-[{_UPPER}{_LOWER}][{_LOWER}]+)?"
_EPITHET = rf"[{_LOWER}][{_LOWER}]+(?:-[{_LOWER}]+)*"
# Open nomenclature (Bengtson 1988; Sigovini et al. 2016).
_QUALIFIER = re.compile(
    r"(?:cf|aff|nr|near|prox|gr|ex gr|agg|s\.?l|s\.?s|s\.?str)\.?$", re.IGNORECASE
)
_INDETERMINATE = re.compile(r"(?:spp?|ssp|subsp|indet|gen|fam|ord|nov|ined)\.?$", re.IGNORECASE)
# Rank markers of ICN art. 24 and 26.
_RANKS = {
    "subsp": "subspecies",
    "ssp": "subspecies",
    "var": "variety",
    "f": "form",
    "forma": "form",
    "fo": "form",
    "subvar": "subvariety",
    "cv": "cultivar",
    "ab": "form",
    "morph": "form",
    "race": "form",
    "subf": "subform",
}
_HYBRID = frozenset({"×", "x", "X", "✕"})
# Endings that only one rank has (ICZN art. 29.2, ICN art. 16–19). -optera and -ales are not
# among them: Balaenoptera is a genus.
_FAMILY_ENDINGS = (
    ("idae", "family"),
    ("aceae", "family"),
    ("inae", "subfamily"),
    ("oideae", "subfamily"),
    ("iformes", "order"),
)
_YEAR = re.compile(r"[\[(]?\d{4}[a-z]?[\])]?")
_NO_NAME = re.compile(
    r"(?:indet\w*|unknown|unidentified|inconnue?|non determinee?|undetermined|incertae sedis)\.?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 16)
def _parse(text: str) -> tuple[tuple[str, str], ...]:
    name = " ".join(text.replace("_", " ").split())
    taxon: dict[str, str] = {"scientific_name": text.strip()}
    if not name or _NO_NAME.match(name):
        return tuple(taxon.items()) if text.strip() else ()
    words = name.split(" ")
    qualifiers: list[str] = []
    words = _take_uncertainty(words, qualifiers)
    if not words or not re.fullmatch(_GENUS, words[0]):
        return tuple(taxon.items())
    canonical, rank, rest = _names(words, qualifiers)
    canonical, rank, rest = _finish(canonical, rank, rest, qualifiers)
    taxon["canonical"] = " ".join(canonical)
    if rank:
        taxon["rank"] = rank
    authorship = " ".join(rest).strip(" ,")
    if authorship:
        taxon["authorship"] = authorship
    if qualifiers:
        taxon["qualifier"] = " ".join(dict.fromkeys(qualifiers))
    return tuple(taxon.items())


def _finish(
    canonical: list[str], rank: str, rest: list[str], qualifiers: list[str]
) -> tuple[list[str], str, list[str]]:
    """What follows the names: a cultivar, a second candidate, a late qualifier, an authorship."""
    if not rank and {"sp.", "sp", "spp.", "spp"} & set(qualifiers):
        rank = "genus"
    if any(word in ("/", "+", "ou", "or") for word in rest):
        # "Rana milli / nutti": one of two species, hence only the genus is sure.
        qualifiers.append("/")
        return canonical[:1], "genus", []
    cultivar = re.fullmatch(r"['‘’\"“](.+)['’\"”]", " ".join(rest))
    if cultivar and len(canonical) > 1:
        return [*canonical, f"'{cultivar[1]}'"], "cultivar", []
    while rest and _QUALIFIER.fullmatch(rest[-1]) and rest[-1].endswith("."):
        qualifiers.append(rest.pop())
    first = rest[0] if rest else ""
    if not (
        first[:1].isupper()
        or first[:1] == "("
        or first.rstrip(".") in _AUTHOR_WORDS
        or first.startswith(("d'", "d’"))
    ):
        rest = []
    return canonical, rank, rest


def _take_uncertainty(words: list[str], qualifiers: list[str]) -> list[str]:
    """Question marks, alone or on a word, and brackets around the whole name."""
    kept = []
    for word in words:
        bare = word.replace("?", "")
        if bare != word:
            qualifiers.append("?")
        if bare and bare != "()":
            kept.append(bare)
    if kept and _QUALIFIER.fullmatch(kept[0]):
        qualifiers.insert(0, kept[0])
        del kept[0]
    if len(kept) > 1 and kept[0] in _HYBRID:
        kept[:2] = [f"×{kept[1]}"]
    if len(kept) > 1 and kept[0].isupper() and kept[1].islower():
        # Labels: "TARAXACUM retortum".
        kept[0] = kept[0].capitalize()
    return kept


def _names(words: list[str], qualifiers: list[str]) -> tuple[list[str], str, list[str]]:
    """Canonical words, rank, and what is left: the authorship."""
    genus = words[0].replace("✕", "×").replace("× ", "×")
    canonical = [genus]
    rank = next((r for ending, r in _FAMILY_ENDINGS if genus.endswith(ending)), "")
    position, hybrid, open_ = 1, False, False
    while position < len(words):
        word = words[position]
        bare = word.rstrip(".")
        if _QUALIFIER.fullmatch(word) and (word.endswith(".") or bare in ("cf", "aff")):
            qualifiers.append(word)
        elif (
            bare.lower() in _RANKS
            and len(canonical) > 1
            and position + 1 < len(words)
            and re.fullmatch(_EPITHET, words[position + 1])
        ):
            canonical += [f"{bare}.", words[position + 1]]
            rank = _RANKS[bare.lower()]
            position += 1
        elif _INDETERMINATE.fullmatch(word) and (word.endswith(".") or bare in ("sp", "spp")):
            qualifiers.append(word)
            open_ = True
        elif word in _HYBRID:
            hybrid = True
        elif word[0] in _HYBRID - {"x", "X"} and re.fullmatch(_EPITHET, word[1:]):
            canonical.append(f"×{word[1:]}")
            rank = "species"
        elif (
            re.fullmatch(_EPITHET, word)
            and not open_
            and len(canonical) < 3
            and word not in _AUTHOR_WORDS
        ):
            if hybrid and len(canonical) == 2:
                # "Quercus robur × petraea" is a formula of two parents, not a name.
                canonical += ["×", word]
                rank = "hybrid"
            else:
                canonical.append(f"×{word}" if hybrid else word)
                rank = "species" if len(canonical) == 2 else "subspecies"
            hybrid = False
        elif len(canonical) == 1 and position == 1 and _subgenus(word, words):
            pass
        else:
            break
        position += 1
    rest = words[position:]
    return _infraspecific(canonical, rank, rest)


_AUTHOR_WORDS = frozenset(
    {"de", "von", "van", "du", "des", "et", "ex", "in", "auct", "d", "da", "and"}
)


def _subgenus(word: str, words: list[str]) -> bool:
    """``Diodora (Fissurella) sp.``: a capital word in parentheses with an epithet after it."""
    return bool(
        re.fullmatch(rf"\([{_UPPER}][{_LOWER}]+\)", word)
        and len(words) > 2
        and words[2][:1].islower()
    )


def _infraspecific(
    canonical: list[str], rank: str, rest: list[str]
) -> tuple[list[str], str, list[str]]:
    """``Rosa canina L. var. dumalis Baker``: a rank marker after a first authorship."""
    for position, word in enumerate(rest[:-1]):
        bare = word.rstrip(".").lower()
        marks = bare in _RANKS and word.endswith(".") and position and len(canonical) > 1
        if marks and re.fullmatch(_EPITHET, rest[position + 1]):
            names = [*canonical, f"{bare}.", rest[position + 1]]
            return names, _RANKS[bare], rest[position + 2 :]
    return canonical, rank, rest


def parse(text: str) -> Taxon:
    """What a scientific name says; ``scientific_name`` alone when it is none.

    ``rank`` is absent for a single word that may be a genus or something above it.

    >>> parse("Felis cf. silvestris Schreber, 1777")["canonical"]
    'Felis silvestris'
    >>> parse("Felis cf. silvestris Schreber, 1777")["qualifier"]
    'cf.'
    >>> parse("Rosa canina L. var. dumalis Baker")["rank"]
    'variety'
    >>> parse("Tadpole indet.")
    {'scientific_name': 'Tadpole indet.', 'canonical': 'Tadpole', 'qualifier': 'indet.'}
    """
    return cast(Taxon, cast(dict[str, Any], dict(_parse(text))))
