"""The inventory record, and where each of its values was read.

A record is JSON: English snake_case, lists where museums repeat. It covers the 18 headings of
the French regulatory inventory register, the Joconde fields and the Darwin Core terms that a
collection holds. ``text`` is always what the museum wrote, character for character; the other
members of a value are what was understood of it, and are absent when nothing was.

``columns`` says, for each top-level field present, in which columns of the source it was read,
so that a finding or a citation can go back to the cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, TypedDict

from museosciences.iris import record_path

Kind = Literal["object", "specimen", "instrument"]


class Source(TypedDict, total=False):
    id: str  # of the source, as in sources.toml
    file: str  # base name of the file
    row: int  # ordinal of the record in the file, from 1
    line: int  # physical line where it begins, where the format has lines


class Text(TypedDict, total=False):
    text: str
    lang: str  # BCP 47, where stated
    type: str


class Term(TypedDict, total=False):
    term: str  # the words, cut out of `text` verbatim
    context: str  # words that qualify it: parent terms, the object it belongs to, the part
    lang: str


class Person(TypedDict, total=False):
    text: str
    name: str  # "Dupuis, Henri" or the institution's name
    role: str
    birth: int  # year
    death: int
    attribution: str  # "attribué à", "d'après", "atelier de", …
    nationality: str
    institution: bool
    id: str  # an IRI given by the source


class Date(TypedDict, total=False):
    text: str
    begin: str  # ISO 8601 year or date, negative years for BCE
    end: str
    begin_year: int
    end_year: int
    edtf: str
    certainty: str  # exact | approximate | uncertain
    label: str  # what the date is of: "date de dépôt", …


class PlaceName(TypedDict, total=False):
    text: str
    name: str  # the most precise part
    parts: list[str]  # from the widest to the most precise
    country: str  # ISO 3166-1 alpha-2 where known
    role: str  # "lieu de découverte", …
    lat: float
    long: float


class Production(TypedDict, total=False):
    date_text: str
    begin: str
    end: str
    begin_year: int
    end_year: int
    edtf: str
    certainty: str
    periods: list[Term]
    places: list[PlaceName]
    schools: list[Term]  # schools, movements, cultures


class Dimension(TypedDict, total=False):
    text: str
    type: str  # height | width | depth | diameter | length | thickness | weight | …
    value: float  # in `unit`
    unit: str  # cm, g
    part: str


class Subject(TypedDict, total=False):
    term: str
    context: str  # the terms it is nested in, outermost first, joined by " > "
    role: str  # genre | main | secondary | attribute
    genre: str  # the iconographic genre that opens the notice: "scène mythologique"
    lang: str


class Event(TypedDict, total=False):
    """An acquisition, a discovery, an exhibition, an analysis, a digitisation."""

    text: str
    mode: str
    date: Date
    persons: list[Person]
    places: list[PlaceName]
    context: str
    price: str


class Image(TypedDict, total=False):
    url: str
    credit: str
    licence: str
    text: str


class Taxon(TypedDict, total=False):
    scientific_name: str  # as written
    canonical: str  # "Coluber filiformis": parsed, no authorship, no qualifier
    authorship: str
    rank: str
    classification: dict[str, str]  # kingdom, phylum, class, order, family, genus -> name
    vernacular: list[Term]
    identified_by: list[Person]
    date_identified: Date
    type_status: str
    qualifier: str  # cf., aff., sp., ?


class Occurrence(TypedDict, total=False):
    basis_of_record: str
    recorded_by: list[Person]
    event: Date
    place: PlaceName
    habitat: str
    count: int
    sex: str
    life_stage: str
    preparations: list[Term]
    elevation: str
    depth: str
    remarks: str


class Analysis(TypedDict, total=False):
    text: str
    technique: str
    laboratory: str
    date: Date
    question: str
    result: str
    reference: str


class Digitisation(TypedDict, total=False):
    text: str
    date: Date
    campaign: str
    operator: str
    done: bool


class Stocktaking(TypedDict, total=False):
    """Récolement décennal (arrêté du 25 mai 2004)."""

    presence: str
    location: str
    condition: str
    marking: str
    conformity: str
    date: Date


class InventoryRecord(TypedDict, total=False):
    museum: str  # Muséofile code, or the code declared for a museum outside it
    inventory_number: str
    id: str  # path of the IRI under the base: object/{museum}/{inventory number}
    kind: Kind
    source: Source
    columns: dict[str, list[str]]
    other_numbers: list[Text]
    titles: list[Text]
    object_names: list[Term]
    domains: list[Term]
    makers: list[Person]
    production: Production
    techniques: list[Term]
    materials: list[Term]
    dimensions: list[Dimension]
    inscriptions: list[Text]
    subjects: list[Subject]
    description: list[Text]
    acquisition: list[Event]
    former_owners: list[Person]
    ownership: str
    deposit: Event
    location: str
    discovery: Event
    use: list[Term]
    bibliography: list[Text]
    exhibitions: list[Text]
    images: list[Image]
    taxon: Taxon
    occurrence: Occurrence
    analyses: list[Analysis]
    digitisation: Digitisation
    condition: str
    stocktaking: Stocktaking
    rights: list[Text]
    remarks: list[Text]
    urls: list[str]
    provenance_note: str  # "Record invented for the demonstration", "Fact: …"


FIELDS: tuple[str, ...] = tuple(InventoryRecord.__annotations__)


def identify(record: InventoryRecord) -> InventoryRecord:
    """Give the record its ``id``, and every nested item what an RML template needs.

    RML has no way to look from an iteration of ``$.makers[*]`` up to its record, so each item of
    a list repeats ``museum``, ``inventory_number`` and its ordinal ``n`` (from 1), and those of
    nested lists the ordinal of their parents too (``n`` is then ``"1-2"``).
    """
    record["id"] = record_path(record["museum"], record["inventory_number"])
    for value in record.values():
        _number(value, record["museum"], record["inventory_number"], "")
    return record


def _number(value: Any, museum: str, inventory_number: str, above: str) -> None:
    if isinstance(value, dict):
        for inner in value.values():
            if isinstance(inner, list | dict):
                _number(inner, museum, inventory_number, above)
    elif isinstance(value, list):
        for ordinal, item in enumerate(value, start=1):
            if isinstance(item, dict):
                item["museum"] = museum
                item["inventory_number"] = inventory_number
                item["n"] = n = f"{above}{ordinal}"
                _number(item, museum, inventory_number, f"{n}-")


def as_json_lines(records: Iterator[InventoryRecord]) -> Iterator[str]:
    """The records as JSON lines, as the RML mappings read them."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False, separators=(",", ":"))
