"""A museum inventory of any size, the same on every machine, as CSV and as XML.

French text with accents, quotes, commas and lines; multi-valued cells, dates, dimensions, empty
cells. About 26 triples a row under a mapping that morph-kgc and SDM-RDFizer accept too.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

COLUMNS = (
    "inventory", "museum", "title", "name", "domain", "maker", "birth", "death", "place",
    "period", "begin", "end", "material", "technique", "height", "width", "depth", "unit",
    "depicted", "description", "inscription", "acquired", "mode", "location", "exhibition",
    "photo",
)  # fmt: skip

_MUSEUMS = ["M0812", "M0410", "M0330", "M0971", "M1110", "M0246", "M0665", "M0550"]
_NAMES = ["tableau", "dessin", "microscope", "astrolabe", "squelette", "herbier", "médaille"]
_DOMAINS = ["peinture", "dessin;estampe", "sciences naturelles", "instrument scientifique;mesure"]
_MAKERS = [
    "Dupuis, Henri", "Carpeaux, Jean-Baptiste", "Nollet, Jean-Antoine (abbé)", "Lefèvre, Aimée",
    "Œuvre anonyme", 'Petit, dit "le Jeune"', "Atelier de Boulle", "Quénot & fils",
]  # fmt: skip
_PLACES = ["Lille", "Arras", "Saint-Omer", "Île-de-France", "Compiègne (Oise)", "Liège", "Besançon"]
_PERIODS = ["18e siècle", "3e quart 19e siècle", "Époque romaine", "Directoire", "Néolithique"]
_MATERIALS = ["huile", "toile;bois", "laiton;verre", "ivoire", "marbre", "papier;encre;aquarelle"]
_TECHNIQUES = ["peint", "gravé;doré", "fondu", "taxidermie", "imprimé"]
_DEPICTED = ["portrait", "scène mythologique (Vénus, Amour)", "paysage;rivière;vache", "éléphant"]
_MODES = ["don", "achat", "legs", "dépôt de l'État", "ancien fonds"]
_PROSE = (
    "œuvre peinte sur toile représentant un paysage animé au crépuscule avec des figures "
    "près d'une rivière et un château à l'arrière-plan instrument en laiton gravé et signé"
)


def rows(count: int, seed: int = 1875) -> Iterator[list[str]]:
    """Rows of cells, generated one by one."""
    rng = random.Random(seed)
    pick, words = rng.choice, _PROSE.split()
    for number in range(1, count + 1):
        begin = rng.randint(1500, 1950)
        description = " ".join(rng.choices(words, k=rng.randint(6, 20))).capitalize()
        if number % 50 == 0:
            description += ', dit "le grand"'
        yield [
            f"{1800 + number % 220}.{number % 97}.{number}",
            pick(_MUSEUMS),
            f"{pick(_NAMES).capitalize()} n° {number}",
            pick(_NAMES),
            pick(_DOMAINS),
            pick(_MAKERS),
            str(begin - 40),
            str(begin + 30) if number % 5 else "",
            pick(_PLACES),
            pick(_PERIODS),
            str(begin),
            str(begin + rng.randint(0, 20)),
            pick(_MATERIALS),
            pick(_TECHNIQUES),
            f"{rng.randint(5, 300)}.{rng.randint(0, 9)}",
            f"{rng.randint(5, 300)}.{rng.randint(0, 9)}",
            f"{rng.randint(1, 90)}.5" if number % 3 == 0 else "",
            "cm",
            pick(_DEPICTED),
            description,
            f"signé et daté en bas à droite : {begin}" if number % 4 == 0 else "",
            f"{rng.randint(1850, 2020)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            pick(_MODES),
            f"Réserve {rng.randint(1, 9)}, travée {rng.randint(1, 40)}",
            f"Exposition {rng.randint(1, 300)}" if number % 10 == 0 else "",
            f"https://images.example/{number}.jpg" if number % 2 else "",
        ]


def write_csv(path: Path, count: int) -> None:
    """The inventory as CSV, UTF-8, commas."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(count))


def write_xml(path: Path, count: int) -> None:
    """The inventory as XML, one element for each cell that is not empty."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("<inventory>\n")
        for row in rows(count):
            cells = "".join(
                f"<{name}>{escape(cell)}</{name}>"
                for name, cell in zip(COLUMNS, row, strict=True)
                if cell
            )
            stream.write(f"<object>{cells}</object>\n")
        stream.write("</inventory>\n")


_HEAD = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
@prefix ex: <https://museum.example/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://museum.example/mapping/> .
"""

_OBJECT = "https://museum.example/object/{museum}/{inventory}"
_PRODUCTION = f"{_OBJECT}#production"
_AGENT = "https://museum.example/agent/{maker}"

_TEXTS = (
    "inventory", "title", "name", "domain", "material", "technique", "depicted", "description",
    "inscription", "mode", "location", "exhibition", "unit",
)  # fmt: skip


def mapping(file: Path) -> str:
    """The mapping of an inventory in CSV or XML (by its suffix).

    In the older vocabulary, the only one that all three engines read.
    """
    access = "rml:referenceFormulation ql:CSV"
    if file.suffix == ".xml":
        access = 'rml:referenceFormulation ql:XPath ; rml:iterator "/inventory/object"'
    source = f'rml:logicalSource [ rml:source "{file}" ; {access} ]'
    objects = [
        *(_reference(f"ex:{name}", name) for name in _TEXTS),
        _reference("ex:height", "height", "rr:datatype xsd:decimal"),
        _reference("ex:width", "width", "rr:datatype xsd:decimal"),
        _reference("ex:depth", "depth", "rr:datatype xsd:decimal"),
        _reference("ex:acquired", "acquired", "rr:datatype xsd:date"),
        _reference("ex:photo", "photo", "rr:termType rr:IRI"),
        _template("crm:P108i", _PRODUCTION),
        _template("crm:P50", "https://museum.example/museum/{museum}"),
    ]
    production = [
        _template("crm:P14", _AGENT),
        _template("crm:P7", "https://museum.example/place/{place}"),
        _reference("ex:period", "period"),
        _reference("ex:begin", "begin", "rr:datatype xsd:gYear"),
        _reference("ex:end", "end", "rr:datatype xsd:gYear"),
    ]
    return _HEAD + "".join(
        _triples_map(name, source, template, class_, items)
        for name, template, class_, items in (
            ("Object", _OBJECT, "crm:E22_Human-Made_Object", objects),
            ("Production", _PRODUCTION, "crm:E12_Production", production),
            ("Maker", _AGENT, "crm:E39_Actor", [_reference("ex:label", "maker")]),
        )
    )


def _triples_map(name: str, source: str, template: str, class_: str, items: list[str]) -> str:
    return (
        f"\n<#{name}> a rr:TriplesMap ; {source} ;\n"
        f'  rr:subjectMap [ rr:template "{template}" ; rr:class {class_} ] ;\n'
        + " ;\n".join(items)
        + " .\n"
    )


def _reference(predicate: str, name: str, more: str = "") -> str:
    return _object(predicate, f'rml:reference "{name}"' + (f" ; {more}" if more else ""))


def _template(predicate: str, template: str) -> str:
    return _object(predicate, f'rr:template "{template}"')


def _object(predicate: str, body: str) -> str:
    return f"  rr:predicateObjectMap [ rr:predicate {predicate} ; rr:objectMap [ {body} ] ]"
