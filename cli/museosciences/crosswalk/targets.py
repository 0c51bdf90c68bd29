"""The fields that a crosswalk may fill, and what each of them holds.

The paths are those of ``record.InventoryRecord``. Two are not fields of their own:
``production.date`` fills the date members of the production, ``materials_techniques`` is told
apart into ``materials`` and ``techniques``, ``discovery.joconde`` is the DECV cell of Joconde.
"""

from __future__ import annotations

from typing import Any, Final

Path = tuple[str, ...]

_KINDS: Final[dict[str, str]] = {
    "texts": "other_numbers titles inscriptions description bibliography exhibitions rights"
    " remarks",
    "terms": "object_names domains techniques materials use production.periods"
    " production.schools taxon.vernacular occurrence.preparations"
    " occurrence.strata",
    "persons": "makers former_owners acquisition.persons discovery.persons deposit.persons"
    " occurrence.recorded_by taxon.identified_by",
    "places": "production.places discovery.places acquisition.places deposit.places",
    "dimensions": "dimensions",
    "subjects": "subjects",
    "images": "images",
    "urls": "urls",
    "date": "acquisition.date discovery.date deposit.date occurrence.event"
    " taxon.date_identified digitisation.date stocktaking.date analyses.date",
    "production_date": "production.date",
    "place": "occurrence.place",
    "materials_techniques": "materials_techniques",
    "discovery": "discovery.joconde",
    "integer": "occurrence.count",
    "boolean": "digitisation.done",
    "taxon": "taxon.scientific_name",
    "string": "ownership location condition provenance_note"
    " deposit.text deposit.context acquisition.text acquisition.mode acquisition.context"
    " acquisition.price discovery.text discovery.mode discovery.context"
    " taxon.canonical taxon.authorship taxon.rank taxon.type_status taxon.qualifier"
    " taxon.classification.kingdom taxon.classification.phylum taxon.classification.class"
    " taxon.classification.order taxon.classification.superfamily"
    " taxon.classification.family taxon.classification.subfamily"
    " taxon.classification.genus taxon.classification.subgenus"
    " occurrence.basis_of_record occurrence.habitat occurrence.sex occurrence.life_stage"
    " occurrence.elevation occurrence.depth occurrence.remarks"
    " analyses.text analyses.technique analyses.laboratory analyses.question analyses.result"
    " analyses.reference digitisation.text digitisation.campaign digitisation.operator"
    " stocktaking.presence stocktaking.location stocktaking.condition stocktaking.marking"
    " stocktaking.conformity",
}

KIND: Final[dict[str, str]] = {
    name: kind for kind, names in _KINDS.items() for name in names.split()
}
# Fields that are lists of one thing described by several columns of the row.
LIST_OF_ONE: Final = frozenset({"acquisition", "analyses"})

Record = dict[str, Any]


def holder(record: Record, path: Path) -> Record:
    """The object that holds the last step of a path, made on the way.

    >>> r = {}
    >>> holder(r, ("acquisition", "mode"))["mode"] = "don"
    >>> r
    {'acquisition': [{'mode': 'don'}]}
    """
    if len(path) == 1:
        return record
    at = record
    for step in path[:-1]:
        if step in LIST_OF_ONE:
            items = at.setdefault(step, [])
            if not items:
                items.append({})
            at = items[0]
        else:
            at = at.setdefault(step, {})
    return at


def add_items(record: Record, path: Path, items: list[Any]) -> None:
    """Add to a list, leaving out what is there already."""
    inside = holder(record, path)
    present = inside.setdefault(path[-1], [])
    for item in items:
        if item not in present:
            present.append(item)


def add_string(record: Record, path: Path, text: str) -> None:
    """Set a text, or add to it when another column has filled it."""
    inside = holder(record, path)
    present = inside.get(path[-1])
    if present is None:
        inside[path[-1]] = text
    elif text not in present:
        inside[path[-1]] = f"{present} ; {text}"
