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
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Literal, TypedDict

from museosciences.iris import digest, record_path

Kind = Literal["object", "specimen", "instrument"]


class Source(TypedDict, total=False):
    id: str  # of the source, as in sources.toml
    file: str  # base name of the file
    row: int  # ordinal of the record in the file, from 1
    line: int  # physical line where it begins, where the format has lines
    rows: list[int]  # all rows, where several rows of the source make one record


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
    certainty: str  # in the words of the source: certain, incertain, probable


class Production(TypedDict, total=False):
    date_text: str
    begin: str
    end: str
    begin_year: int
    end_year: int
    edtf: str
    certainty: str
    time: Date  # the date again, as an item of its own
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
    strata: list[Term]  # geological ages: "Lutétien", "Crétacé supérieur"
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
    label: str  # what to call it
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

# Lists of terms: their path in the record -> the kind of term, which decides how it is reconciled.
TERM_KINDS: dict[str, str] = {
    "subjects": "subject",
    "materials": "material",
    "techniques": "technique",
    "object_names": "object_name",
    "domains": "domain",
    "use": "use",
    "production.periods": "period",
    "production.schools": "style",
    "taxon.vernacular": "vernacular",
    "occurrence.preparations": "preparation",
    "occurrence.strata": "stratum",
}


def label(record: InventoryRecord) -> str:
    """What to call the record: its title, or its name, or its taxon, or its number."""
    for title in record.get("titles", ()):
        if title.get("text"):
            return title["text"]
    taxon = record.get("taxon", {})
    if taxon.get("scientific_name"):
        return taxon["scientific_name"]
    for name in record.get("object_names", ()):
        if name.get("term"):
            return name["term"]
    return record["inventory_number"]


def identify(record: InventoryRecord) -> InventoryRecord:
    """Give the record its ``id`` and ``label``, and every nested item what an RML template needs.

    RML cannot look from an iteration of ``$.makers[*]`` up to its record, so each nested item
    repeats ``museum``, ``inventory_number`` and ``source`` (the id), and each item of a list its
    ordinal ``n`` from 1. Below an item of a list ``up`` is the ordinal of that item, and ``n``
    begins with it (``"1-2"``). Terms, persons and places also get a ``key``: the identifier of the
    term (kind, words and context), the agent (source, name and dates) or the place (source and
    names) they mention. A production with a date gets its ``time``, so that RML can iterate on it;
    a record with makers or techniques has a production.
    """
    record["id"] = record_path(record["museum"], record["inventory_number"])
    record["label"] = label(record)
    repeated = {
        "museum": record["museum"],
        "inventory_number": record["inventory_number"],
        "source": record["source"]["id"],
    }
    if record.get("makers") or record.get("techniques"):
        # Whoever made it, and how, is said of its production, though nothing else is known of it.
        record.setdefault("production", {})
    production = record.get("production")
    if production is not None and production.get("date_text"):
        production["time"] = _time(production)
    for field, value in record.items():
        if isinstance(value, list):
            if field not in _PLAIN_LISTS:
                _complete_list(value, field, repeated, "")
        elif isinstance(value, dict) and field not in ("source", "columns"):
            _complete(value, field, repeated, "")
    return record


def _time(production: Production) -> Date:
    time: Date = {"text": production["date_text"]}
    for member in ("begin_year", "end_year", "edtf"):
        if production.get(member) is not None:
            time[member] = production[member]
    return time


def _complete(value: dict[str, Any], path: str, repeated: dict[str, str], above: str) -> None:
    value.update(repeated)
    if above:
        value["up"] = above[:-1]
    key = _key_of(path)
    if key is not None:
        key(value)
    _complete_members(value, path, repeated, above)


def _complete_members(
    value: dict[str, Any], path: str, repeated: dict[str, str], above: str
) -> None:
    for name, inner in value.items():
        if isinstance(inner, dict):
            _complete(inner, f"{path}.{name}", repeated, above)
        elif isinstance(inner, list) and name != "parts":
            _complete_list(inner, f"{path}.{name}", repeated, above)


def _complete_list(items: list[Any], path: str, repeated: dict[str, str], above: str) -> None:
    key = _key_of(path)
    nested = path in _NESTED
    for ordinal, item in enumerate(items, start=1):
        item["n"] = n = f"{above}{ordinal}"
        if above:
            item["up"] = above[:-1]
        item.update(repeated)
        if key is not None:
            key(item)
        if nested:
            _complete_members(item, path, repeated, f"{n}-")


# Lists of texts, not of items; and lists whose items hold items.
_PLAIN_LISTS = frozenset({"urls"})
_NESTED = frozenset({"acquisition", "analyses"})
# Terms repeat from record to record, and so do their keys.
_term_digest = lru_cache(maxsize=1 << 16)(digest)
_Key = Callable[[dict[str, Any]], None]


@cache
def _key_of(path: str) -> _Key | None:
    """What gives the items of a path their ``key``; None where they have none."""
    kind = TERM_KINDS.get(path)
    if kind is not None:
        return _term_key(kind)
    if path in PERSON_PATHS:
        return _person_key
    if path.endswith((".places", "occurrence.place")):
        return _place_key
    return {"taxon": _taxon_key, "analyses": _analysis_keys}.get(path)


def _term_key(kind: str) -> _Key:
    def key(item: dict[str, Any]) -> None:
        item["key"] = _term_digest(kind, item["term"], term_context(item))

    return key


def term_context(item: Mapping[str, Any]) -> str:
    """What tells the meaning of a term: the genre that opens its notice, the terms it is nested in.

    >>> term_context({"term": "pêche", "genre": "nature morte"})
    'nature morte'
    >>> term_context({"term": "ara", "genre": "portrait", "context": "perroquet"})
    'portrait > perroquet'
    """
    genre = item.get("genre", "")
    return " > ".join(
        part for part in (genre, item.get("context", "")) if part and genre != item["term"]
    )


def _person_key(item: dict[str, Any]) -> None:
    if item.get("name"):
        dates = str(item.get("birth", "")), str(item.get("death", ""))
        item["key"] = _term_digest("agent", item["source"], item["name"], *dates)


def _place_key(item: dict[str, Any]) -> None:
    if item.get("name"):
        parts = item.get("parts", (item["name"],))
        item["key"] = _term_digest("place", item["source"], *parts)


def _taxon_key(item: dict[str, Any]) -> None:
    ranks = item.get("classification", {})
    # What a first call has repeated in the classification is no rank.
    names = "|".join(f"{rank}={ranks[rank]}" for rank in sorted(ranks) if rank not in item)
    item["key"] = _term_digest("taxon", item.get("scientific_name", ""), names)


def _analysis_keys(item: dict[str, Any]) -> None:
    for member, kind in (("technique", "analysis"), ("laboratory", "laboratory")):
        if item.get(member):
            item[f"{member}_key"] = _term_digest(kind, item[member], "")


# Lists of persons, by path.
PERSON_PATHS = frozenset(
    {
        "makers",
        "former_owners",
        "acquisition.persons",
        "deposit.persons",
        "discovery.persons",
        "occurrence.recorded_by",
        "taxon.identified_by",
    }
)


def as_json_lines(records: Iterator[InventoryRecord]) -> Iterator[str]:
    """The records as JSON lines, as the RML mappings read them."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False, separators=(",", ":"))
