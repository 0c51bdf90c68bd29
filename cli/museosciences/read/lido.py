"""LIDO 1.0 and 1.1 records as columns (https://lido-schema.org, schema v1.1).

Columns are named after LIDO's own elements without its wrappers. A qualifier in brackets is the
``type`` or ``label`` of the element; an event is qualified by its type; ``@fr`` is the language.
So ``event[Production].actor.role@en`` is the English role of the makers. Columns of one event
type that speak of the same actor or place have the same length.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from museosciences.read.flatten import NESTED
from museosciences.read.rows import Cell

NAMESPACE = "http://www.lido-schema.org"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_L = f"{{{NAMESPACE}}}"
# LIDO 1.1 writes a term as a skos:Concept with its label.
_TERMS = (f"{_L}term", "{*}Concept/{*}prefLabel")

# Elements that say nothing by themselves: their children are named without them.
_TRANSPARENT_WORDS = (
    "descriptiveMetadata administrativeMetadata eventSet titleSet repositorySet legalBodyName"
    " nameActorSet namePlaceSet objectDescriptionSet objectMeasurementsSet resourceSet"
    " relatedWorkSet subjectSet recordInfoSet appellationValue descriptiveNoteValue term"
    " actorInRole eventMaterialsTech nationalityActor displayObjectMeasurements display"
    " materialsTech Concept prefLabel"
)
_TRANSPARENT = frozenset(_TRANSPARENT_WORDS.split())
# Elements that have a plainer name.
_RENAMED = {
    "titleSet": "title",
    "objectDescriptionSet": "description",
    "displayObjectMeasurements": "measurements",
    "displayMaterialsTech": "materialsTech",
    "displaySubject": "subject",
    "displayEvent": "event",
    "inscriptionTranscription": "inscription",
    "inscriptionDescription": "inscription.description",
    "repositoryName": "repository",
    "workID": "inventoryNumber",
    "displayEdition": "edition",
}
# Qualifiers that only say in what system an identifier is.
_UNQUALIFIED = frozenset(
    {"conceptID", "lidoRecID", "recordID", "legalBodyID", "placeID", "actorID"}
)

# Types of the LIDO terminology, as far as columns are named after them.
_TERMINOLOGY = {"lido00132": "material", "lido00131": "technique", "lido00007": "Production",
                "lido00012": "Creation"}  # fmt: skip
# Event types in other languages, so that one crosswalk serves them all.
_EVENTS = {
    "fabrication": "Production", "production": "Production", "réalisation": "Production",
    "herstellung": "Production", "création": "Creation", "découverte": "Finding",
    "fund": "Finding", "fouille": "Excavation", "collecte": "Collecting", "récolte": "Collecting",
    "sammeltätigkeit": "Collecting", "acquisition": "Acquisition", "erwerb": "Acquisition",
    "exposition": "Exhibition", "ausstellung": "Exhibition", "utilisation": "Use",
    "examen": "Examination", "analyse": "Examination", "restauration": "Restoration",
}  # fmt: skip

Columns = dict[str, list[str]]


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: Any, *names: str) -> str:
    for name in names:
        value = element.get(f"{_L}{name}") or element.get(name)
        if value:
            return str(value).strip()
    return ""


def cells(record: Any) -> dict[str, Cell]:
    """The columns of one ``lido:lido`` element."""
    found: Columns = {}
    for child in record:
        _walk(child, "", _language(record, ""), found)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _language(element: Any, above: str) -> str:
    return str(element.get(_XML_LANG) or above)


def _walk(element: Any, above: str, lang: str, found: Columns) -> None:
    """Add what an element says, and what its children say, to the columns."""
    name = _name(element)
    if not name:
        return
    if name == "event" and above in ("", "relatedEvent"):
        _event(element, lang, found)
        return
    if name in ("measurementsSet", "measurementSet"):
        _measurement(element, found)
        return
    path = _path(element, name, above)
    own = element.get(_XML_LANG)
    if not len(element):
        _add(found, path, own or "", element.text)
        return
    for child in element:
        _walk(child, path, lang, found)


def _path(element: Any, name: str, above: str) -> str:
    if name.endswith("Wrap") or (name in _TRANSPARENT and name not in _RENAMED):
        return above
    plain = _RENAMED.get(name, name)
    if name not in _UNQUALIFIED and (kind := _attribute(element, "type", "label")):
        kind = _TERMINOLOGY.get(kind.rsplit("/", 1)[-1], kind)
        plain = f"{plain}[{kind}]"
    # objectMeasurements[length] says more than a path of three wrappers.
    if not above or name in ("displayObjectMeasurements", "inscriptionDescription", "workID"):
        return plain
    return f"{above}.{plain}"


def _add(found: Columns, path: str, lang: str, text: str | None) -> None:
    value = " ".join((text or "").split())
    if value:
        found.setdefault(f"{path}@{lang}" if lang else path, []).append(value)


def _event(event: Any, lang: str, found: Columns) -> None:
    """One event: its date, place, culture, technique, and its actors side by side."""
    kind = _event_type(event)
    base = f"event[{kind}]"
    for child in event:
        name = _name(child)
        if name == "eventType" or not name:
            continue
        if name == "eventActor":
            _actors(child, f"{base}.actor", found)
        elif name == "eventPlace":
            _places(child, f"{base}.place", found)
        elif name == "eventDate":
            _date(child, f"{base}.date", found)
        elif name == "eventMaterialsTech":
            _walk(child, f"{base}.materialsTech" if _bare(child) else base, lang, found)
        else:
            _walk(child, base, lang, found)


def _bare(element: Any) -> bool:
    """Terms of material without a display: ``materialsTech/termMaterialsTech``."""
    return element.find(f"{_L}displayMaterialsTech") is None


def _event_type(event: Any) -> str:
    """The type in English where it is given, else its first term, else its concept."""
    kind = event.find(f"{_L}eventType")
    terms = [] if kind is None else [term for path in _TERMS for term in kind.findall(path)]
    english = [term for term in terms if term.get(_XML_LANG) == "en"]
    for term in [*english, *terms]:
        if text := (term.text or "").strip():
            return _EVENTS.get(text.lower(), text[:1].upper() + text[1:])
    concept = event.findtext(f"{_L}eventType/{_L}conceptID") or ""
    code = concept.strip().rstrip("/").rsplit("/", 1)[-1]
    return _TERMINOLOGY.get(code, code) or "?"


def _texts(element: Any, path: str) -> Iterator[tuple[str, str]]:
    """(language, text) of the elements at a path of LIDO names, ``term`` in both its forms."""
    *steps, last = path.split("/")
    above = "".join(f"{_L}{step}/" for step in steps)
    ends = _TERMS if last == "term" else (f"{_L}{last}",)
    for found in (found for end in ends for found in element.findall(f"{above}{end}")):
        if text := " ".join((found.text or "").split()):
            yield str(found.get(_XML_LANG) or ""), text


def _first(element: Any, path: str) -> str:
    return next((text for _, text in _texts(element, path)), "")


def _measurement(measured: Any, found: Columns) -> None:
    """``height 32.5 cm``: the words of type, value and unit."""
    words = [
        next((text for _, text in (*_texts(measured, f"{name}/term"), *_texts(measured, name))), "")
        for name in ("measurementType", "measurementValue", "measurementUnit")
    ]
    _add(found, "measurementSet", "", " ".join(word for word in words if word))


def _actors(event_actor: Any, base: str, found: Columns) -> None:
    in_roles = event_actor.findall(f"{_L}actorInRole")
    if not in_roles:
        _add(found, base, "", event_actor.findtext(f"{_L}displayActorInRole"))
    for in_role in in_roles:
        actor = in_role.find(f"{_L}actor")
        row = {
            "": _first(actor, "nameActorSet/appellationValue") if actor is not None else "",
            ".id": _first(actor, "actorID") if actor is not None else "",
            ".birth": _first(actor, "vitalDatesActor/earliestDate") if actor is not None else "",
            ".death": _first(actor, "vitalDatesActor/latestDate") if actor is not None else "",
            ".nationality": _first(actor, "nationalityActor/term") if actor is not None else "",
            ".attribution": _first(in_role, "attributionQualifierActor"),
            **{
                f".role@{lang}" if lang else ".role": text
                for lang, text in _texts(in_role, "roleActor/term")
            },
        }
        _side_by_side(found, base, row)


def _side_by_side(found: Columns, base: str, row: dict[str, str]) -> None:
    """Add one value to each column of a group, padding the columns that lack it."""
    group = [name for name in found if name == base or name.startswith(f"{base}.")]
    length = max((len(found[name]) for name in group), default=0)
    for key, text in row.items():
        if text or f"{base}{key}" in found:
            column = found.setdefault(f"{base}{key}", [])
            column += [""] * (length - len(column))
            column.append(text)
    for name in group:
        column = found[name]
        column += [""] * (length + 1 - len(column))


def _places(event_place: Any, base: str, found: Columns) -> None:
    place = event_place.find(f"{_L}place")
    parts: list[str] = []
    row: dict[str, str] = {}
    if place is not None:
        row[".id"] = _first(place, "placeID")
        row[".coordinates"] = _first(place, "gml/*")
    while place is not None:
        if name := _first(place, "namePlaceSet/appellationValue"):
            parts.append(name)
        place = place.find(f"{_L}partOfPlace")
    if parts:
        _side_by_side(found, base, {"": NESTED.join(reversed(parts)), **row})
    else:
        _add(found, base, "", event_place.findtext(f"{_L}displayPlace"))


def _date(event_date: Any, base: str, found: Columns) -> None:
    row = {
        "": " ".join((event_date.findtext(f"{_L}displayDate") or "").split()),
        ".earliest": _first(event_date, "date/earliestDate"),
        ".latest": _first(event_date, "date/latestDate"),
    }
    if any(row.values()):
        _side_by_side(found, base, row)
