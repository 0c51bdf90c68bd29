"""The catalogue of what is published (DCAT-AP 3), and its statistics (VoID), as RDF triples."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from museosciences import iris, museums
from museosciences.iris import DCTERMS, RDF, XSD
from museosciences.publish.collection import Selection
from museosciences.publish.setting import CC0, OPEN_LICENCE, PROVIDER, Setting, licence, uri
from museosciences.store import term_text

DCAT = "http://www.w3.org/ns/dcat#"
FOAF = "http://xmlns.com/foaf/0.1/"
VOID = "http://rdfs.org/ns/void#"
_IANA = "http://www.iana.org/assignments/media-types/"
_FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/IRREG"
_ACCESS = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
# Data themes of the European Union, with their labels.
_THEMES = {
    "http://publications.europa.eu/resource/authority/data-theme/EDUC": (
        "Éducation, culture et sport", "Education, culture and sport"),
    "http://publications.europa.eu/resource/authority/data-theme/TECH": (
        "Science et technologie", "Science and technology"),
}  # fmt: skip
_NQUADS = ("dumps/{name}.nq.gz", "application/n-quads", "RDF_N_QUADS", "N-Quads")
_DWCA = ("dumps/{name}-dwca.zip", "application/zip", "ZIP", "Darwin Core Archive")
_LIDO = ("dumps/{name}-lido.xml.gz", "application/xml", "XML", "LIDO 1.1")
_EDM = ("dumps/{name}-edm.xml.gz", "application/rdf+xml", "RDF_XML", "EDM")

Triples = Iterator[ox.Triple]


def catalogue(setting: Setting) -> Triples:
    """The catalogue: a dataset of everything, one for each museum, and the services."""
    subject = f"{setting.base}catalogue"
    agent = f"{setting.base}publisher"
    yield from _typed(agent, FOAF + "Agent")
    yield _text(agent, FOAF + "name", PROVIDER)
    yield from _typed(subject, DCAT + "Catalog")
    yield from _named(subject, "Catalogue de MuséoSciences", "Catalogue of MuséoSciences")
    yield from _described(
        subject,
        "Inventaires de musées en un graphe de connaissances, et leurs liens entre arts et "
        "sciences.",
        "Museum inventories as one knowledge graph, and their links between arts and sciences.",
    )
    yield from _published(subject, setting)
    yield _ref(subject, DCTERMS + "license", CC0)
    yield _ref(subject, FOAF + "homepage", setting.base)
    yield from _typed(setting.base, FOAF + "Document")
    yield _ref(subject, DCAT + "dataset", f"{setting.base}dataset/all")
    yield from _whole(setting)
    for code, count in setting.collection.museums():
        if count:
            yield _ref(subject, DCAT + "dataset", _dataset(setting, code))
            yield from _of_museum(setting, code, count)
    yield from _services(setting, subject)
    yield from _types()


def _dataset(setting: Setting, code: str) -> str:
    return f"{setting.base}dataset/{iris.encode(code)}"


def _whole(setting: Setting) -> Triples:
    subject = f"{setting.base}dataset/all"
    yield from _typed(subject, DCAT + "Dataset", VOID + "Dataset")
    yield from _named(subject, "MuséoSciences : toutes les notices", "MuséoSciences: all records")
    count = setting.collection.count()
    yield from _described(
        subject,
        f"{count} notices de musées (CIDOC-CRM, Darwin Core), les vocabulaires, et les liens "
        "expliqués entre œuvres, spécimens et instruments.",
        f"{count} museum records (CIDOC-CRM, Darwin Core), the vocabularies, and the explained "
        "links between works, specimens and instruments.",
    )
    yield from _published(subject, setting)
    yield from _about(subject, setting)
    for form in (_NQUADS, _DWCA, _LIDO, _EDM):
        yield from _distribution(setting, subject, "all", "all", form, CC0)


def _of_museum(setting: Setting, code: str, count: int) -> Triples:
    subject, known = _dataset(setting, code), museums.register().get(code)
    name = known.label if known else code
    yield from _typed(subject, DCAT + "Dataset")
    yield from _named(subject, f"Notices : {name}", f"Records: {name}")
    yield from _described(
        subject,
        f"{count} notices tirées de l’inventaire : {name}.",
        f"{count} records drawn from the inventory: {name}.",
    )
    yield from _published(subject, setting)
    yield from _about(subject, setting)
    yield _text(subject, DCTERMS + "identifier", code)
    stated = _licence_of(setting, code)
    forms = [_NQUADS, _LIDO, _EDM]
    if setting.collection.count(Selection(museum=code, kind="specimen")):
        forms.insert(1, _DWCA)
    for form in forms:
        yield from _distribution(setting, subject, code, iris.encode(code), form, stated)


def _licence_of(setting: Setting, code: str) -> str | None:
    """The licence of a museum's sources, when they all state the same."""
    sources = setting.collection.sources().values()
    stated = {licence(source["licence"] or "") for source in sources if source["museum"] == code}
    return stated.pop() if len(stated) == 1 else None


def _distribution(
    setting: Setting,
    dataset: str,
    code: str,
    name: str,
    form: tuple[str, str, str, str],
    stated: str | None,
) -> Triples:
    path, media, file_type, label = form
    address = uri(setting.base + path.format(name=name))
    subject = f"{dataset}#{iris.slug(label)}"
    yield _ref(dataset, DCAT + "distribution", subject)
    yield from _typed(subject, DCAT + "Distribution")
    scope = "" if code == "all" else f" ({code})"
    yield from _named(subject, f"{label}{scope}", f"{label}{scope}")
    yield _ref(subject, DCAT + "accessURL", address)
    yield _ref(subject, DCAT + "downloadURL", address)
    yield from _typed(address, iris.RDFS + "Resource")
    yield _ref(subject, DCAT + "mediaType", _IANA + media)
    yield _ref(subject, DCTERMS + "format", _FILE_TYPE + file_type)
    yield from _typed(_IANA + media, DCTERMS + "MediaType")
    yield from _typed(_FILE_TYPE + file_type, DCTERMS + "MediaTypeOrExtent")
    yield _dated(subject, DCTERMS + "modified", setting)
    if stated:
        yield _ref(subject, DCTERMS + "license", stated)


def _services(setting: Setting, catalogue: str) -> Triples:
    """The SPARQL endpoint and the OAI-PMH provider."""
    for path, french, english, standard in (
        ("sparql", "Point d’accès SPARQL", "SPARQL endpoint",
         "https://www.w3.org/TR/sparql11-protocol/"),
        ("oai", "Moissonnage OAI-PMH", "OAI-PMH harvesting",
         "https://www.openarchives.org/OAI/openarchivesprotocol.html"),
    ):  # fmt: skip
        address = setting.base + path
        subject = f"{setting.base}service/{path}"
        yield _ref(catalogue, DCAT + "service", subject)
        yield from _typed(subject, DCAT + "DataService")
        yield from _named(subject, french, english)
        yield _ref(subject, DCAT + "endpointURL", address)
        yield from _typed(address, iris.RDFS + "Resource")
        yield _ref(subject, DCAT + "servesDataset", f"{setting.base}dataset/all")
        yield _ref(subject, DCTERMS + "conformsTo", standard)
        yield from _typed(standard, DCTERMS + "Standard")
        yield _ref(subject, DCTERMS + "publisher", f"{setting.base}publisher")


def _types() -> Triples:
    """The classes of the controlled terms in use, as the shapes of DCAT-AP want them stated."""
    for code in ("FRA", "ENG"):
        yield from _typed(_LANGUAGE + code, DCTERMS + "LinguisticSystem")
    yield from _typed(_FREQUENCY, DCTERMS + "Frequency")
    yield from _typed(_ACCESS, DCTERMS + "RightsStatement")
    for address in (CC0, OPEN_LICENCE):
        yield from _typed(address, DCTERMS + "LicenseDocument")
    for theme, (french, english) in _THEMES.items():
        yield from _typed(theme, iris.SKOS + "Concept")
        yield _text(theme, iris.SKOS + "prefLabel", french, "fr")
        yield _text(theme, iris.SKOS + "prefLabel", english, "en")


def _about(subject: str, setting: Setting) -> Triples:
    for theme in _THEMES:
        yield _ref(subject, DCAT + "theme", theme)
    yield _ref(subject, DCTERMS + "accessRights", _ACCESS)
    yield _ref(subject, DCTERMS + "accrualPeriodicity", _FREQUENCY)
    yield _ref(subject, DCAT + "landingPage", setting.base)


def _published(subject: str, setting: Setting) -> Triples:
    yield _ref(subject, DCTERMS + "publisher", f"{setting.base}publisher")
    yield _dated(subject, DCTERMS + "modified", setting)
    for code in ("FRA", "ENG"):
        yield _ref(subject, DCTERMS + "language", _LANGUAGE + code)


def _named(subject: str, french: str, english: str) -> Triples:
    yield _text(subject, DCTERMS + "title", french, "fr")
    yield _text(subject, DCTERMS + "title", english, "en")


def _described(subject: str, french: str, english: str) -> Triples:
    yield _text(subject, DCTERMS + "description", french, "fr")
    yield _text(subject, DCTERMS + "description", english, "en")


def _typed(subject: str, *classes: str) -> Triples:
    for name in classes:
        yield _ref(subject, RDF + "type", name)


def _ref(subject: str, predicate: str, target: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(target))


def _text(subject: str, predicate: str, text: str, lang: str | None = None) -> ox.Triple:
    value = ox.Literal(text, language=lang) if lang else ox.Literal(text)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def _dated(subject: str, predicate: str, setting: Setting) -> ox.Triple:
    value = ox.Literal(setting.collection.date, datatype=ox.NamedNode(XSD + "dateTime"))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def _counted(subject: str, predicate: str, number: int) -> ox.Triple:
    value = ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def void(setting: Setting) -> Triples:
    """The description of the graph: its size, its classes, properties and vocabularies."""
    subject = f"{setting.base}dataset/all"
    yield from _typed(subject, VOID + "Dataset")
    yield from _named(subject, "MuséoSciences : toutes les notices", "MuséoSciences: all records")
    yield _ref(subject, DCTERMS + "license", CC0)
    yield _dated(subject, DCTERMS + "modified", setting)
    yield _ref(subject, VOID + "sparqlEndpoint", f"{setting.base}sparql")
    yield _ref(subject, VOID + "dataDump", f"{setting.base}dumps/all.nq.gz")
    yield _text(subject, VOID + "uriSpace", setting.base)
    for record in _examples(setting):
        yield _ref(subject, VOID + "exampleResource", record)
    for vocabulary in (iris.CRM, iris.CRMSCI, iris.DWC, iris.SKOS, iris.PROV, iris.MS):
        yield _ref(subject, VOID + "vocabulary", vocabulary)
    yield from _partitions(setting, subject)


def _examples(setting: Setting) -> list[str]:
    entries = setting.collection.entries()
    return [setting.collection.iri(entry) for entry, _ in zip(entries, range(3), strict=False)]


def _partitions(setting: Setting, subject: str) -> Triples:
    """How many triples each property has, and how many things each class; and the totals."""
    counts = {
        "property": "SELECT ?x (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?x ?o } } GROUP BY ?x",
        "class": f"SELECT ?x (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s <{RDF}type> ?x }} GROUP BY ?x",
    }
    measures = {"property": "triples", "class": "entities"}
    for kind, query in counts.items():
        rows = [
            (term_text(x), int(term_text(n)))
            for x, n in setting.collection.store.select(query).rows
        ]
        if kind == "property":
            yield _counted(subject, VOID + "triples", sum(number for _, number in rows))
            yield _counted(subject, VOID + "properties", len(rows))
        else:
            yield _counted(subject, VOID + "classes", len(rows))
        for name, number in sorted(rows):
            part = f"{setting.base}dataset/all#{kind}-{iris.digest(name)}"
            yield _ref(subject, f"{VOID}{kind}Partition", part)
            yield from _typed(part, VOID + "Dataset")
            yield _ref(part, VOID + kind, name)
            yield _counted(part, VOID + measures[kind], number)
