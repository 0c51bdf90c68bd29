"""Generated records of which 70 % are faulty, with the findings that follow by construction.

A record is written as the mappings write it (about 40 triples). A fault replaces some of its
statements, and says which findings that entails; nothing here asks an engine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

BASE = "https://museosciences.example/"
NS = {
    "a": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
}
CRM = "http://www.cidoc-crm.org/cidoc-crm/"
SCI = "http://www.cidoc-crm.org/cidoc-crm/CRMsci/"
DWC = "http://rs.tdwg.org/dwc/terms/"
MS = "https://museosciences.example/ns#"
DCT = "http://purl.org/dc/terms/"
SCHEMA = "http://schema.org/"
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
DECIMAL = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
FAULTY_SHARE = 0.7

# (fragment of the focus node, shape, constraint, value)
Expected = tuple[str, str, str, str]
Statements = dict[str, list[str]]


@dataclass(frozen=True)
class Generated:
    """A record: its IRI, its N-Triples, the fault if any, and what must be found."""

    iri: str
    data: bytes
    fault: str | None
    expected: list[tuple[str, str, str, str]]


@dataclass(frozen=True)
class Fault:
    """What is changed in the statements of a sound record, and the findings that follow."""

    name: str
    kind: str
    change: Callable[[Statements], None]
    expected: list[Expected]


def literal(text: str, datatype: str = "") -> str:
    """A literal in N-Triples."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"{datatype}'


def _common(number: str) -> Statements:
    acquired = "#acquisition-1"
    return {
        "types": [f"{{}} a <{MS}InventoryRecord>"],
        "label": [f"{{}} label {literal('Notice ' + number)}"],
        "number": [f"{{}} <{CRM}P48_has_preferred_identifier> #inventory-number"],
        "number-type": [f"#inventory-number a <{CRM}E42_Identifier>"],
        "number-text": [f"#inventory-number <{CRM}P190_has_symbolic_content> {literal(number)}"],
        "museum": [f"{{}} <{CRM}P50_has_current_keeper> <{BASE}museum/M0001>"],
        "name": [f"{{}} <{CRM}P2_has_type> <{BASE}term/object_name/1>"],
        "image": [
            f"{{}} <{CRM}P138i_has_representation> #image-1",
            f"#image-1 a <{CRM}E36_Visual_Item>",
        ],
        "image-url": [f"#image-1 <{SCHEMA}contentUrl> {literal('https://musee.example/1.jpg')}"],
        "image-credit": [f"#image-1 <{DCT}creator> {literal('© Musée')}"],
        "image-licence": [f"#image-1 <{DCT}license> {literal('CC0')}"],
        "acquired": [
            f"{{}} <{CRM}P24i_changed_ownership_through> {acquired}",
            f"{acquired} a <{CRM}E8_Acquisition>",
            f"{acquired} <{MS}mode> {literal('don')}",
            f"{acquired} <{CRM}P4_has_time-span> {acquired}-time",
        ],
        **_time(f"{acquired}-time", "acquired", 1950, 1950),
    }


def _time(node: str, name: str, begin: int, end: int) -> Statements:
    return {
        f"{name}-time": [
            f"{node} a <{CRM}E52_Time-Span>",
            f"{node} <{CRM}P82_at_some_time_within> {literal(str(begin))}",
        ],
        f"{name}-begin": [f"{node} <{MS}beginYear> {literal(str(begin), INTEGER)}"],
        f"{name}-end": [f"{node} <{MS}endYear> {literal(str(end), INTEGER)}"],
    }


def _object(number: str) -> Statements:
    return {
        **_common(number),
        "kind": [f"{{}} a <{CRM}E22_Human-Made_Object>", f"{{}} a <{MS}Object>"],
        "domain": [f"{{}} <{MS}domain> <{BASE}term/domain/1>"],
        "material": [f"{{}} <{CRM}P45_consists_of> <{BASE}term/material/1>"],
        "production": [
            f"{{}} <{CRM}P108i_was_produced_by> #production",
            f"#production <{CRM}P4_has_time-span> #production-time",
        ],
        "production-type": [f"#production a <{CRM}E12_Production>"],
        "maker": [
            f"#production <{CRM}P9_consists_of> #maker-1",
            f"#maker-1 a <{CRM}E7_Activity>",
            f"#maker-1 label {literal('Dupuis Henri')}",
            f"#maker-1 <{CRM}P14_carried_out_by> <{BASE}agent/s/1>",
        ],
        **_time("#production-time", "production", 1850, 1860),
        "dimension": [
            f"{{}} <{CRM}P43_has_dimension> #dimension-1",
            f"#dimension-1 a <{CRM}E54_Dimension>",
            f"#dimension-1 <{CRM}P91_has_unit> <{BASE}concept/units/cm>",
        ],
        "dimension-value": [f"#dimension-1 <{CRM}P90_has_value> {literal('12.5', DECIMAL)}"],
    }


def _specimen(number: str) -> Statements:
    return {
        **_common(number),
        "kind": [f"{{}} a <{CRM}E20_Biological_Object>", f"{{}} a <{MS}Specimen>"],
        "taxon": [f"{{}} <{DWC}scientificName> {literal('Vipera berus')}"],
        "rank": [f"{{}} <{DWC}taxonRank> {literal('species')}"],
        "class": [f"{{}} <{DWC}class> {literal('Reptilia')}"],
        "order": [f"{{}} <{DWC}order> {literal('Squamata')}"],
        "family": [f"{{}} <{DWC}family> {literal('Viperidae')}"],
        "genus": [f"{{}} <{DWC}genus> {literal('Vipera')}"],
        "latitude": [f"{{}} <{DWC}decimalLatitude> {literal('50.1', DECIMAL)}"],
        "longitude": [f"{{}} <{DWC}decimalLongitude> {literal('2.5', DECIMAL)}"],
        "country": [f"{{}} <{DWC}countryCode> {literal('FR')}"],
        "locality": [f"{{}} <{DWC}verbatimLocality> {literal('Arras')}"],
        "date": [f"{{}} <{DWC}eventDate> {literal('1875')}"],
        "collector": [f"{{}} <{DWC}recordedBy> {literal('Dupuis')}"],
        "count": [f"{{}} <{DWC}individualCount> {literal('1', INTEGER)}"],
        "gathering": [
            f"{{}} <{SCI}O19i_was_object_encountered_by> #gathering",
            f"#gathering a <{SCI}S19_Encounter_Event>",
            f"#gathering <{CRM}P7_took_place_at> <{BASE}place/s/1>",
            f"#gathering <{CRM}P4_has_time-span> #gathering-time",
        ],
        **_time("#gathering-time", "gathering", 1875, 1875),
    }


def _drop(*names: str) -> Callable[[Statements], None]:
    def change(statements: Statements) -> None:
        for name in names:
            del statements[name]

    return change


def _set(name: str, *lines: str) -> Callable[[Statements], None]:
    def change(statements: Statements) -> None:
        statements[name] = list(lines)

    return change


def _year(node: str, member: str, text: str) -> str:
    return f"{node} <{MS}{member}> {literal(text, INTEGER)}"


def _dwc(term: str, text: str, datatype: str = "") -> str:
    return f"{{}} <{DWC}{term}> {literal(text, datatype)}"


_VALUE = f"#dimension-1 <{CRM}P90_has_value> "
_NUMBER = f"#inventory-number <{CRM}P190_has_symbolic_content> "
FAULTS = [
    Fault("no number", "object", _drop("number"), [("", "record-number", "minCount", "")]),
    Fault("no museum", "object", _drop("museum"), [("", "record-museum", "minCount", "")]),
    Fault(
        "a number that is not described",
        "specimen",
        _drop("number-type"),
        [("", "record-number", "class", "{}#inventory-number")],
    ),
    Fault(
        "a space after the number",
        "object",
        _set("number-text", _NUMBER + literal("12 ")),
        [("#inventory-number", "number-form", "pattern", "12 ")],
    ),
    Fault(
        "a production that is not described",
        "object",
        _drop("production-type"),
        [("", "record-production", "class", "{}#production")],
    ),
    Fault(
        "bounds inverted",
        "object",
        _set("production-begin", _year("#production-time", "beginYear", "1861")),
        [("#production-time", "time-begin", "lessThanOrEquals", "1861")],
    ),
    Fault(
        "bounds inverted before our era",
        "object",
        lambda s: s.update(
            {
                "production-begin": [_year("#production-time", "beginYear", "-27")],
                "production-end": [_year("#production-time", "endYear", "-43")],
            }
        ),
        [("#production-time", "time-begin", "lessThanOrEquals", "-27")],
    ),
    Fault(
        "a year that is none",
        "object",
        _set("production-end", _year("#production-time", "endYear", "18..")),
        [("#production-time", "time-end", "pattern", "18..")],
    ),
    Fault(
        "acquired before it was made",
        "object",
        lambda s: s.update(
            {
                "acquired-begin": [_year("#acquisition-1-time", "beginYear", "1820")],
                "acquired-end": [_year("#acquisition-1-time", "endYear", "1820")],
            }
        ),
        [("#acquisition-1-time", "time-acquired-after-made", "lessThanOrEquals", "1850")],
    ),
    Fault(
        "a date to come",
        "specimen",
        _set("acquired-end", _year("#acquisition-1-time", "endYear", "2975")),
        [("#acquisition-1-time", "time-future", "maxInclusive", "2975")],
    ),
    Fault(
        "a negative dimension",
        "object",
        _set("dimension-value", _VALUE + literal("-3.0", DECIMAL)),
        [("#dimension-1", "dimension-positive", "minExclusive", "-3.0")],
    ),
    Fault(
        "a dimension in words",
        "object",
        _set("dimension-value", _VALUE + literal("12 cm", DECIMAL)),
        [("#dimension-1", "dimension-value", "pattern", "12 cm")],
    ),
    Fault(
        "a very large dimension",
        "object",
        _set("dimension-value", _VALUE + literal("13000", DECIMAL)),
        [("#dimension-1", "dimension-length-outlier", "or", "{}#dimension-1")],
    ),
    Fault("no maker", "object", _drop("maker"), [("", "object-maker", "minCount", "")]),
    Fault(
        "no date",
        "object",
        _drop("production"),
        [("", "object-date", "minCount", ""), ("", "object-maker", "minCount", "")],
    ),
    Fault(
        "an image without its scheme",
        "specimen",
        _set("image-url", f"#image-1 <{SCHEMA}contentUrl> " + literal("musee.example/1.jpg")),
        [("#image-1", "image-address", "pattern", "musee.example/1.jpg")],
    ),
    Fault(
        "an image without a licence",
        "object",
        _drop("image-licence"),
        [("#image-1", "image-licence", "minCount", "")],
    ),
    Fault(
        "a fish that is a snake",
        "specimen",
        _set("class", _dwc("class", "Osteichthyes")),
        [("", "taxon-orders-of-reptiles", "or", "{}")],
    ),
    Fault(
        "a species of one word",
        "specimen",
        _set("taxon", _dwc("scientificName", "Vipera")),
        [("", "taxon-species-has-epithet", "or", "{}")],
    ),
    Fault(
        "latitude and longitude exchanged",
        "specimen",
        lambda s: s.update(
            {
                "latitude": [_dwc("decimalLatitude", "2.5", DECIMAL)],
                "longitude": [_dwc("decimalLongitude", "50.1", DECIMAL)],
            }
        ),
        [("", "specimen-inside-country", "or", "{}")],
    ),
    Fault(
        "a latitude beyond the pole",
        "specimen",
        _set("latitude", _dwc("decimalLatitude", "501.0", DECIMAL)),
        [
            ("", "specimen-inside-country", "or", "{}"),
            ("", "specimen-latitude", "maxInclusive", "501.0"),
        ],
    ),
    Fault(
        "a country in words",
        "specimen",
        _set("country", _dwc("countryCode", "France")),
        [("", "specimen-country", "pattern", "France")],
    ),
    Fault(
        "no collector", "specimen", _drop("collector"), [("", "specimen-collector", "minCount", "")]
    ),
    Fault(
        "no individual",
        "specimen",
        _set("count", _dwc("individualCount", "0", INTEGER)),
        [("", "specimen-count", "minInclusive", "0")],
    ),
]


def records(count: int, seed: int = 20261123) -> Iterator[Generated]:
    """Records, of which FAULTY_SHARE have one fault, in an order that the seed decides."""
    chance = random.Random(seed)
    for n in range(count):
        number = f"G.{n}"
        iri = f"{BASE}object/M0001/{number}"
        fault = chance.choice(FAULTS) if chance.random() < FAULTY_SHARE else None
        kind = fault.kind if fault else chance.choice(("object", "specimen"))
        statements = (_object if kind == "object" else _specimen)(number)
        if fault:
            fault.change(statements)
        lines = [line for group in statements.values() for line in group]
        expected = [
            (iri + part, shape, constraint, value.replace("{}", iri))
            for part, shape, constraint, value in (fault.expected if fault else ())
        ]
        yield Generated(iri, ntriples(iri, lines), fault.name if fault else None, expected)


def ntriples(iri: str, lines: list[str]) -> bytes:
    """Statements with ``{}`` for the record and ``#part`` for its parts, as N-Triples."""
    return "".join(_statement(iri, line) for line in lines).encode()


def _statement(iri: str, line: str) -> str:
    subject, predicate, value = line.split(" ", 2)
    return f"{_node(iri, subject)} {_predicate(predicate)} {_node(iri, value)} .\n"


def _predicate(text: str) -> str:
    return f"<{NS[text]}>" if text in NS else text


def _node(iri: str, text: str) -> str:
    if text == "{}":
        return f"<{iri}>"
    return f"<{iri}{text}>" if text.startswith("#") else text
