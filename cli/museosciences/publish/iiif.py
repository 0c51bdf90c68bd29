"""IIIF Presentation 3.0 manifests of the records that have images.

The sizes of images on the sites of the museums are not known. A canvas has the proportions of the
object where its height and width were measured, and is square otherwise; viewers fit the image.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from museosciences.publish.collection import Entry
from museosciences.publish.notice import Image, Notice
from museosciences.publish.setting import PROVIDER, Setting, image_rights, uri

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'
# The longer side of a canvas, in its own units.
SIDE = 1000

Json = dict[str, Any]
# Media types by the end of the address (RFC 4288 names); the others are taken for JPEG.
_TYPES = {
    ".png": "image/png", ".gif": "image/gif", ".tif": "image/tiff", ".tiff": "image/tiff",
    ".webp": "image/webp", ".svg": "image/svg+xml",
}  # fmt: skip
_LABELS = {
    "museum": ("Musée", "Museum"),
    "number": ("Numéro d’inventaire", "Inventory number"),
    "name": ("Désignation", "Object name"),
    "maker": ("Auteur", "Maker"),
    "date": ("Date", "Date"),
    "materials": ("Matières et techniques", "Materials and techniques"),
    "dimensions": ("Dimensions", "Dimensions"),
    "taxon": ("Nom scientifique", "Scientific name"),
    "gathering": ("Lieu de récolte ou de découverte", "Place of gathering or discovery"),
    "credit": ("Crédit", "Credit"),
}


def manifest(notice: Notice, setting: Setting) -> Json | None:
    """The manifest of a record, or None when it has no image."""
    if not notice.images:
        return None
    lang = setting.tag(notice.entry) or "none"
    address = setting.manifest(notice.entry)
    canvases = [
        _canvas(
            notice, image, f"{address.removesuffix('manifest.json')}canvas/{number}", number, lang
        )
        for number, image in enumerate(notice.images, start=1)
    ]
    found: Json = {
        "@context": CONTEXT,
        "id": address,
        "type": "Manifest",
        "label": {lang: notice.titles or [notice.label]},
        "summary": _summary(notice),
        "metadata": _metadata(notice, lang),
        "rights": image_rights(notice.images[0].licence),
        "requiredStatement": _credit(notice),
        "provider": [_provider(notice)],
        "homepage": [{"id": uri(notice.iri), "type": "Text", "format": "text/html",
                      "label": {"fr": ["Notice"], "en": ["Record"]}}],
        "seeAlso": [
            {"id": setting.document(notice.entry, suffix), "type": "Dataset", "format": media}
            for suffix, media in (("jsonld", "application/ld+json"), ("ttl", "text/turtle"))
        ],
        "items": canvases,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _summary(notice: Notice) -> dict[str, list[str]]:
    """The sentences of the links, in both languages."""
    sentences = {
        lang: [link.explanation[lang] for link in notice.links if lang in link.explanation]
        for lang in ("fr", "en")
    }
    return {lang: [escaped(text) for text in texts] for lang, texts in sentences.items() if texts}


def _metadata(notice: Notice, lang: str) -> list[Json]:
    gathering = notice.gathering
    said = {
        "museum": [notice.museum[1]],
        "number": [notice.entry.inventory_number],
        "name": [term.text for term in notice.names],
        "maker": [person.caption for person in notice.makers],
        "date": [notice.date.text] if notice.date else [],
        "materials": [term.text for term in (*notice.materials, *notice.techniques)],
        "dimensions": [measure.text for measure in notice.measures],
        "taxon": [notice.taxon.text] if notice.taxon else [],
        "gathering": [place.name for place in gathering.places] if gathering else [],
    }
    return [_pair(name, [escaped(t) for t in texts], lang) for name, texts in said.items() if texts]


def _pair(name: str, texts: list[str], lang: str) -> Json:
    french, english = _LABELS[name]
    return {"label": {"fr": [french], "en": [english]}, "value": {lang: texts}}


def escaped(text: str) -> str:
    """Text for a place where IIIF allows HTML (a value that begins with "<" and ends with ">").

    >>> escaped("<b>Nautile</b>"), escaped("Nautile <vers 1860>")
    ('&lt;b&gt;Nautile&lt;/b&gt;', 'Nautile <vers 1860>')
    """
    if text.lstrip().startswith("<") and text.rstrip().endswith(">"):
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _credit(notice: Notice) -> Json:
    credits = [image.credit or image.text for image in notice.images]
    texts = dict.fromkeys(escaped(text) for text in credits if text)
    return _pair("credit", list(texts) or [notice.museum[1]], "none")


def _provider(notice: Notice) -> Json:
    iri, name = notice.museum
    return {"id": uri(iri), "type": "Agent", "label": {"fr": [f"{name} ({PROVIDER})"]}}


def _canvas(notice: Notice, image: Image, address: str, number: int, lang: str) -> Json:
    width, height = _size(notice)
    address = uri(address)
    body: Json = {"id": uri(image.url), "type": "Image", "format": media_type(image.url)}
    return {
        "id": address,
        "type": "Canvas",
        "label": {lang: [image.text]} if image.text else {"none": [str(number)]},
        "width": width,
        "height": height,
        "items": [
            {
                "id": f"{address}/page",
                "type": "AnnotationPage",
                "items": [
                    {
                        "id": f"{address}/annotation",
                        "type": "Annotation",
                        "motivation": "painting",
                        "body": body,
                        "target": address,
                    }
                ],
            }
        ],
    }


def media_type(url: str) -> str:
    """The media type that the address of an image lets expect.

    >>> media_type("https://e/a.PNG"), media_type("https://e/image?id=3")
    ('image/png', 'image/jpeg')
    """
    end = "." + url.rsplit(".", 1)[-1].lower()
    return _TYPES.get(end, "image/jpeg")


def _size(notice: Notice) -> tuple[int, int]:
    """Width and height of a canvas, in the proportions of the object."""
    found = {
        m.type: float(m.value) for m in reversed(notice.measures) if m.value and m.unit == "cm"
    }
    width, height = found.get("width") or found.get("length"), found.get("height")
    if not width or not height or not 0.1 < width / height < 10:
        return SIDE, SIDE
    scale = SIDE / max(width, height)
    return round(width * scale), round(height * scale)


def collection(setting: Setting, entries: Iterable[Entry]) -> Json:
    """The IIIF collection of the manifests of some records, given as references."""
    return {
        "@context": CONTEXT,
        "id": f"{setting.base}iiif/collection.json",
        "type": "Collection",
        "label": {
            "fr": ["MuséoSciences : notices illustrées"],
            "en": ["MuséoSciences: records with images"],
        },
        "items": [
            {
                "id": setting.manifest(entry),
                "type": "Manifest",
                "label": {setting.tag(entry) or "none": [entry.label]},
            }
            for entry in entries
        ],
    }
