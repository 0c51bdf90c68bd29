"""A museum inventory of any size, the same on every machine, as CSV and as XML.

French text with accents, quotes, commas and lines; multi-valued cells, dates, dimensions, empty
cells. About 26 triples a row under ``MAPPING``, which morph-kgc and SDM-RDFizer accept too.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path
from xml.sax.saxutils import escape

COLUMNS = (
    "inventory", "museum", "title", "name", "domain", "maker", "birth", "death", "place",
    "period", "begin", "end", "material", "technique", "height", "width", "depth", "unit",
    "subject", "description", "inscription", "acquired", "mode", "location", "exhibition",
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
_SUBJECTS = ["portrait", "scène mythologique (Vénus, Amour)", "paysage;rivière;vache", "éléphant"]
_MODES = ["don", "achat", "legs", "dépôt de l'État", "ancien fonds"]
_WORDS = (
    "œuvre peinte sur toile représentant un paysage animé au crépuscule avec des figures "
    "près d'une rivière et un château à l'arrière-plan instrument en laiton gravé et signé"
).split()


def rows(count: int, seed: int = 1875) -> list[list[str]] | object:
    """Rows of cells, generated one by one."""
    rng = random.Random(seed)
    pick = rng.choice
    for number in range(1, count + 1):
        begin = rng.randint(1500, 1950)
        description = " ".join(rng.choices(_WORDS, k=rng.randint(6, 20))).capitalize()
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
            pick(_SUBJECTS),
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


_PREFIXES = """@prefix rml: <http://w3id.org/rml/> .
@prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
@prefix ex: <https://museum.example/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://museum.example/mapping/> .

"""

_MAPS = """<#Object> a rml:TriplesMap ; {source}
  rml:subjectMap [ rml:template "https://museum.example/object/{{museum}}/{{inventory}}" ;
    rml:class crm:E22_Human-Made_Object ] ;
{objects}.

<#Production> a rml:TriplesMap ; {source}
  rml:subjectMap [ rml:template "https://museum.example/object/{{museum}}/{{inventory}}#production" ;
    rml:class crm:E12_Production ] ;
{production}.

<#Maker> a rml:TriplesMap ; {source}
  rml:subjectMap [ rml:template "https://museum.example/agent/{{maker}}" ; rml:class crm:E39_Actor ] ;
{maker}.
"""

_TEXTS = (
    "inventory", "title", "name", "domain", "material", "technique", "subject", "description",
    "inscription", "mode", "location", "exhibition", "unit",
)  # fmt: skip


def mapping(source: str) -> str:
    """The mapping; ``source`` is ``csv`` or ``xml``."""
    file = f"inventory.{source}"
    if source == "csv":
        access = "rml:referenceFormulation rml:CSV"
    else:
        access = 'rml:referenceFormulation rml:XPath ; rml:iterator "/inventory/object"'
    logical = (
        f"\n  rml:logicalSource [ a rml:LogicalSource ; {access} ;\n"
        f"    rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ;"
        f' rml:path "{file}" ; rml:null "" ] ] ;'
    )
    objects = [
        *(_reference(f"ex:{name}", name) for name in _TEXTS),
        _reference("ex:height", "height", "xsd:decimal"),
        _reference("ex:width", "width", "xsd:decimal"),
        _reference("ex:depth", "depth", "xsd:decimal"),
        _reference("ex:acquired", "acquired", "xsd:date"),
        _reference("ex:photo", "photo", iri=True),
        _template("crm:P108i", "https://museum.example/object/{museum}/{inventory}#production"),
        _template("crm:P50", "https://museum.example/museum/{museum}"),
    ]
    production = [
        _template("crm:P14", "https://museum.example/agent/{maker}"),
        _template("crm:P7", "https://museum.example/place/{place}"),
        _reference("ex:period", "period"),
        _reference("ex:begin", "begin", "xsd:gYear"),
        _reference("ex:end", "end", "xsd:gYear"),
    ]
    maker = [
        _reference("ex:label", "maker"),
    ]
    return _PREFIXES + _MAPS.format(
        source=logical,
        objects=" ;\n".join(objects),
        production=" ;\n".join(production),
        maker=" ;\n".join(maker),
    )


def _reference(predicate: str, name: str, datatype: str = "", *, iri: bool = False) -> str:
    kind = f" ; rml:datatype {datatype}" if datatype else " ; rml:termType rml:IRI" if iri else ""
    return (
        f"  rml:predicateObjectMap [ rml:predicate {predicate} ; "
        f'rml:objectMap [ rml:reference "{name}"{kind} ] ]'
    )


def _template(predicate: str, template: str) -> str:
    return (
        f"  rml:predicateObjectMap [ rml:predicate {predicate} ; "
        f'rml:objectMap [ rml:template "{template}" ] ]'
    )
