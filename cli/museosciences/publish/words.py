"""The words that formats want spelt out, in French and in English."""

from __future__ import annotations

KINDS = {
    "object": {"fr": "objet", "en": "object"},
    "specimen": {"fr": "spécimen", "en": "specimen"},
    "instrument": {"fr": "instrument ou objet technique", "en": "instrument or technical object"},
}
_DIMENSIONS = {
    "height": ("hauteur", "http://vocab.getty.edu/aat/300055644"),
    "width": ("largeur", "http://vocab.getty.edu/aat/300055647"),
    "length": ("longueur", "http://vocab.getty.edu/aat/300055645"),
    "depth": ("profondeur", "http://vocab.getty.edu/aat/300072633"),
    "diameter": ("diamètre", "http://vocab.getty.edu/aat/300055624"),
    "thickness": ("épaisseur", "http://vocab.getty.edu/aat/300055646"),
    "weight": ("poids", "http://vocab.getty.edu/aat/300056240"),
    "circumference": ("circonférence", "http://vocab.getty.edu/aat/300055623"),
    "wingspan": ("envergure", None),
    "calibre": ("calibre", None),
}
# Art & Architecture Thesaurus, Getty.
UNITS = {
    "cm": "http://vocab.getty.edu/aat/300379098",
    "g": "http://vocab.getty.edu/aat/300379225",
}
# Kinds of links: seen from the record of the arts, and from that of the sciences.
_LINKS = {
    "depicts-taxon": ("représente cet organisme", "depicts this organism",
                      "organisme représenté par", "organism depicted by"),
    "made-of": ("contient une matière de cette origine", "contains a material of this origin",
                "origine d’une matière de", "origin of a material of"),
    "same-person": ("concerne la même personne que", "concerns the same person as"),
    "same-site": ("vient du même site que", "comes from the same site as"),
    "instrument": ("représente cet instrument ou sa science",
                   "depicts this instrument or its science",
                   "instrument ou science représentés par", "instrument or science depicted by"),
    "theory": ("met en œuvre la même théorie que", "puts to use the same theory as"),
    "examined-by": ("a été examiné par la technique de", "was examined by the technique of",
                    "technique qui a servi à examiner", "technique that served to examine"),
    "shown-together": ("a été montré avec", "was shown together with"),
}  # fmt: skip


def dimension(kind: str, lang: str) -> str:
    """The name of a dimension. Unknown ones are given as they are.

    >>> dimension("height", "fr"), dimension("height", "en"), dimension("", "fr")
    ('hauteur', 'height', 'dimension')
    """
    if lang == "fr" and kind in _DIMENSIONS:
        return _DIMENSIONS[kind][0]
    return kind or "dimension"


def dimension_type(kind: str) -> str | None:
    """The concept of a dimension in the Art & Architecture Thesaurus, or None."""
    return _DIMENSIONS.get(kind, ("", None))[1]


def link(kind: str, lang: str, *, forward: bool = True) -> str:
    """What a kind of link says, from the record of the arts (``forward``) or from the other.

    >>> link("depicts-taxon", "fr"), link("depicts-taxon", "fr", forward=False)
    ('représente cet organisme', 'organisme représenté par')
    """
    said = _LINKS.get(kind, (kind, kind))
    return said[(0 if forward else -2) + (lang != "fr")]


def year(value: int | None) -> str:
    """A year as ISO 8601 writes it, on four digits; years before our era are negative.

    >>> year(1863), year(79), year(-49)
    ('1863', '0079', '-0049')
    """
    if value is None:
        return ""
    return f"-{-value:04d}" if value < 0 else f"{value:04d}"
