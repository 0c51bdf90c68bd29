"""Ecological Metadata Language, GBIF profile 1.3: what a Darwin Core Archive is about."""

from __future__ import annotations

from lxml import etree

from museosciences import museums
from museosciences.publish import xml
from museosciences.publish.collection import Selection
from museosciences.publish.setting import CC0, PROVIDER, Setting, uri
from museosciences.publish.xml import Schema

NAMESPACE = "https://eml.ecoinformatics.org/eml-2.2.0"
EML = Schema(eml=NAMESPACE, xsi=xml.XSI)


def _package(setting: Setting, museum: str | None, date: str) -> str:
    return f"{setting.base}dwca/{museum or 'all'}/{date}"


def document(setting: Setting, wanted: Selection) -> bytes:
    """The file eml.xml of the specimens wanted, of all museums or of one."""
    collection, museum = setting.collection, wanted.museum
    count = collection.count(wanted)
    known = museums.register().get(museum or "")
    name = known.label if known else museum
    root = EML.root("eml:eml", xsi_schemaLocation=f"{NAMESPACE} {NAMESPACE}/eml.xsd",
                    system="https://museosciences.example", scope="system", xml_lang="fr",
                    packageId=_package(setting, museum, collection.date))  # fmt: skip
    dataset = EML.add(root, "dataset")
    EML.add(dataset, "alternateIdentifier", f"{setting.base}dwca/{museum or 'all'}")
    title = f"Spécimens de {name}" if name else "Spécimens des musées"
    EML.add(dataset, "title", f"{PROVIDER} : {title}", xml_lang="fr")
    english = f"Specimens of {name}" if name else "Specimens of the museums"
    EML.add(dataset, "title", f"{PROVIDER}: {english}", xml_lang="en")
    for role in ("creator", "metadataProvider"):
        _agent(dataset, role, name or PROVIDER, setting)
    EML.add(dataset, "pubDate", collection.date[:10])
    EML.add(dataset, "language", "fra")
    _paragraphs(EML.add(dataset, "abstract"), _abstract(count))
    keywords = EML.add(dataset, "keywordSet")
    EML.add(keywords, "keyword", "Occurrence")
    EML.add(keywords, "keyword", "Specimen")
    where = "http://rs.gbif.org/vocabulary/gbif/dataset_type_2015-07-10.xml"
    EML.add(keywords, "keywordThesaurus", f"GBIF Dataset Type Vocabulary: {where}")
    para = EML.add(EML.add(dataset, "intellectualRights"), "para")
    para.text = "Chaque notice dit sa licence (dcterms:license) ; le jeu et ses liens : "
    link = EML.add(para, "ulink", url=CC0)
    EML.add(link, "citetitle", "Creative Commons CC0 1.0")
    _agent(dataset, "contact", name or PROVIDER, setting)
    more = EML.add(EML.add(EML.add(root, "additionalMetadata"), "metadata"), "gbif")
    EML.add(more, "dateStamp", collection.date)
    EML.add(more, "hierarchyLevel", "dataset")
    return xml.document(root)


def _abstract(count: int | None) -> tuple[str, ...]:
    french, english = (f"{count} ", f"{count} ") if count is not None else ("", "")
    return (
        f"{french}spécimens des collections des musées, lus dans leurs inventaires et validés ; "
        "chacun porte ses liens vers les œuvres d’autres musées (resourceRelationship).",
        f"{english}specimens of museum collections, read in their inventories and validated; "
        "each carries its links to works of art of other museums (resourceRelationship).",
    )


def _agent(dataset: etree._Element, role: str, name: str, setting: Setting) -> None:
    found = EML.add(dataset, role)
    EML.add(found, "organizationName", name)
    EML.add(found, "onlineUrl", uri(setting.base))


def _paragraphs(parent: etree._Element, texts: tuple[str, ...]) -> None:
    for text in texts:
        EML.add(parent, "para", text)
