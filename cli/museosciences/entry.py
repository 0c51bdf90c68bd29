"""What the register keeps of a record that was judged, and of the findings on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from museosciences import validate
from museosciences.record import InventoryRecord
from museosciences.register import FindingEntry, RecordEntry
from museosciences.values.dates import shown


def record_entry(record: InventoryRecord, status: str, triples: bytes) -> RecordEntry:
    """What the register keeps of a record."""
    return RecordEntry(
        path=record["id"],
        number=record["source"]["row"],
        museum=record["museum"],
        inventory_number=record["inventory_number"],
        kind=record["kind"],
        label=record["label"],
        status=status,
        columns=json.dumps(record.get("columns", {}), ensure_ascii=False),
        digest=hashlib.blake2b(triples, digest_size=12).hexdigest(),
        caption=" · ".join(filter(None, _caption(record))),
        image=next(filter(_is_web, (i.get("url", "") for i in record.get("images", ()))), ""),
        words=" ".join(_words(record)),
    )


# Makers that a caption names; the notice names all.
_MAKERS_SHOWN = 2


def _caption(record: InventoryRecord) -> Iterator[str]:
    """What a list tells of a record below its label: who and when, or what and where."""
    if record["kind"] == "specimen":
        name = record.get("taxon", {}).get("scientific_name", "")
        if name != record["label"]:
            yield name
        where = record.get("occurrence", {}).get("place", {})
        yield where.get("name") or where.get("text") or ""
        return
    makers = record.get("makers", [])
    yield ", ".join(maker.get("name") or maker["text"] for maker in makers[:_MAKERS_SHOWN])
    yield shown(record.get("production", {}).get("date_text", ""))


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://")) and not set(address) & set(' "<>\\^`{|}')


def _words(record: InventoryRecord) -> Iterator[str]:
    """The words by which a record is found."""
    yield record["inventory_number"]
    for path in ("titles", "object_names", "subjects", "materials", "makers", "description"):
        for item in record.get(path, ()):  # type: ignore[attr-defined]
            yield item.get("term") or item.get("text") or ""
    taxon = record.get("taxon", {})
    yield taxon.get("scientific_name", "")
    for name in taxon.get("vernacular", ()):
        yield name["term"]


def finding_entry(finding: validate.Finding, record: InventoryRecord) -> FindingEntry:
    """What the register keeps of a finding."""
    return _entry(finding, record["source"]["row"], record["id"])


def duplicates(
    found: Iterable[tuple[RecordEntry, validate.Finding]],
) -> list[FindingEntry]:
    """The findings on records whose identifier another holds already."""
    return [_entry(finding, entry.number, entry.path) for entry, finding in found]


def _entry(finding: validate.Finding, number: int, record: str) -> FindingEntry:
    return FindingEntry(
        number=number,
        record=record,
        severity=finding.severity,
        shape=finding.shape,
        path=finding.path,
        field=finding.field,
        value=finding.value,
        message_fr=finding.text("fr"),
        message_en=finding.text("en"),
    )
