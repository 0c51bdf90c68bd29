"""The quality profile of a source or a museum: what is filled in, and what was found.

Pure: records and findings are added one by one, so that memory does not grow with the source.
The profile is plain data (``as_dict``), kept with the build, so that the next one tells the trend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from museosciences.record import InventoryRecord
from museosciences.validate.findings import SEVERITIES, Finding, Severity

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """One thing that a record may tell.

    ``regulatory`` headings are those of the inventory register of the Musées de France (order of
    25 May 2004, annex); the others are what links, maps and aggregators live on.
    """

    id: str
    fr: str
    en: str
    told: Callable[[Record], bool]
    regulatory: bool = True


def _any(*paths: str) -> Callable[[Record], bool]:
    """Is one of these paths filled in? A step into a list asks for one item that has the rest."""
    ways = [(first, rest) for first, *rest in (path.split(".") for path in paths)]
    return lambda record: any(
        first in record and _filled(record[first], way) for first, way in ways
    )


def _filled(value: Any, way: list[str]) -> bool:
    if isinstance(value, list):
        return any(_filled(item, way) for item in value)
    if not way:
        return value not in (None, "", [], {})
    return isinstance(value, Mapping) and _filled(value.get(way[0]), way[1:])


HEADINGS: tuple[Heading, ...] = (
    Heading("number", "Numéro d’inventaire", "Inventory number", _any("inventory_number")),
    Heading("mode", "Mode d’acquisition", "Mode of acquisition", _any("acquisition.mode")),
    Heading(
        "acquired", "Date d’acquisition", "Date of acquisition", _any("acquisition.date.text")
    ),
    Heading("donor", "Donateur, testateur ou vendeur", "Donor, testator or seller",
            _any("acquisition.persons", "former_owners")),
    Heading("price", "Prix d’achat", "Purchase price", _any("acquisition.price")),
    Heading("designation", "Désignation", "Designation",
            _any("titles.text", "object_names.term", "taxon.scientific_name")),
    Heading("inscriptions", "Marques et inscriptions", "Marks and inscriptions",
            _any("inscriptions.text")),
    Heading("material", "Matières ou techniques", "Materials or techniques",
            _any("materials.term", "techniques.term", "occurrence.preparations")),
    Heading("dimensions", "Mesures", "Dimensions", _any("dimensions")),
    Heading("condition", "État", "Condition", _any("condition", "stocktaking.condition")),
    Heading("maker", "Auteur, collecteur ou fabricant", "Maker, collector or manufacturer",
            _any("makers.text", "occurrence.recorded_by")),
    Heading("date", "Époque, datation ou date de récolte", "Period, date or gathering date",
            _any("production.date_text", "production.periods", "occurrence.event.text")),
    Heading("use", "Fonction d’usage", "Use", _any("use.term")),
    Heading("origin", "Provenance géographique", "Geographical origin",
            _any("discovery.places", "occurrence.place", "production.places")),
    Heading("remarks", "Observations", "Remarks", _any("remarks.text", "description.text")),
    Heading("image", "Image", "Image", _any("images"), regulatory=False),
    Heading("subject", "Sujet représenté", "Subject depicted", _any("subjects.term"),
            regulatory=False),
    Heading("taxon", "Taxon", "Taxon", _any("taxon.scientific_name"), regulatory=False),
    Heading("dated", "Date comprise", "Date understood",
            _any("production.begin_year", "occurrence.event.begin_year"), regulatory=False),
    Heading("located", "Coordonnées", "Coordinates", _any("occurrence.place.lat"),
            regulatory=False),
    Heading("rights", "Licence d’image ou droits", "Image licence or rights",
            _any("rights.text", "images.licence"), regulatory=False),
    Heading("digitised", "Numérisation", "Digitisation", _any("digitisation"), regulatory=False),
)  # fmt: skip


@dataclass
class Profile:
    """How many of some records tell each heading, and what was found on them."""

    records: int = 0
    told: Counter[str] = field(default_factory=Counter)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, record: InventoryRecord, findings: Iterable[Finding] = ()) -> None:
        """Count one record and its findings (by severity and local name of the shape)."""
        self.records += 1
        self.told.update(heading.id for heading in HEADINGS if heading.told(record))
        self.findings.update((f.severity, f.shape.rpartition("#")[2]) for f in findings)

    def merge(self, other: Profile) -> Profile:
        """The profile of both sets of records: sources to museums, museums to the region."""
        return Profile(
            self.records + other.records, self.told + other.told, self.findings + other.findings
        )

    def share(self, heading: str) -> float:
        """The share of records that tell a heading, 0 to 1; 0 when there is no record."""
        return self.told[heading] / self.records if self.records else 0.0

    @property
    def completeness(self) -> float:
        """The mean share over the regulatory headings, 0 to 1."""
        regulatory = [self.share(heading.id) for heading in HEADINGS if heading.regulatory]
        return sum(regulatory) / len(regulatory)

    def rows(self, lang: str = "fr", before: Profile | None = None) -> list[dict[str, Any]]:
        """One row per heading: id, heading, regulatory, records, share, and trend in points.

        ``trend`` is the change of the share since the profile ``before``, None without one.
        """
        return [
            {
                "id": heading.id,
                "heading": heading.fr if lang == "fr" else heading.en,
                "regulatory": heading.regulatory,
                "records": self.told[heading.id],
                "share": round(self.share(heading.id), 4),
                "trend": None
                if before is None or not before.records
                else round(self.share(heading.id) - before.share(heading.id), 4),
            }
            for heading in HEADINGS
        ]

    def finding_rows(self, before: Profile | None = None) -> list[dict[str, Any]]:
        """One row per shape found: severity, shape, findings, and their change since ``before``."""
        order = {"Violation": 0, "Warning": 1, "Info": 2}
        found = sorted(self.findings.items(), key=lambda f: (order[f[0][0]], -f[1], f[0][1]))
        return [
            {
                "severity": severity,
                "shape": shape,
                "findings": count,
                "trend": None if before is None else count - before.findings[severity, shape],
            }
            for (severity, shape), count in found
        ]

    def summary(self, before: Profile | None = None) -> dict[str, Any]:
        """One row: records, completeness and key shares with their trends, findings by severity."""
        row: dict[str, Any] = {"records": self.records, "completeness": round(self.completeness, 4)}
        row["trend"] = (
            round(self.completeness - before.completeness, 4) if before and before.records else None
        )
        row |= {name: round(self.share(name), 4) for name in KEY_HEADINGS}
        return row | {severity.lower(): self.found(severity) for severity in SEVERITIES}

    def found(self, severity: Severity) -> int:
        """How many findings of a severity there are."""
        return sum(count for (of, _), count in self.findings.items() if of == severity)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for build.json."""
        findings = [[*key, count] for key, count in sorted(self.findings.items())]
        return {"records": self.records, "told": dict(self.told), "findings": findings}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Profile:
        """The profile that ``as_dict`` gave."""
        findings = Counter({(severity, shape): n for severity, shape, n in data["findings"]})
        return cls(data["records"], Counter(data["told"]), findings)


# What links, maps and reports live on: the shares that a summary shows.
KEY_HEADINGS = ("image", "date", "origin", "taxon", "subject")


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles of a build, by source and by museum."""

    sources: dict[str, Profile]
    museums: dict[str, Profile]

    @property
    def total(self) -> Profile:
        """The profile of all records."""
        return reduce(Profile.merge, self.sources.values(), Profile())


def of_build(account: Mapping[str, Any]) -> Profiles:
    """The profiles of a build, from its account (build.json), whose sources hold them by museum."""
    found = Profiles({}, {})
    for source in account.get("sources", ()):
        for museum, data in (source.get("quality") or {}).items():
            profile = Profile.from_dict(data)
            for profiles, name in ((found.sources, source["source"]), (found.museums, museum)):
                profiles[name] = profiles.get(name, Profile()).merge(profile)
    return found


def moved(
    quality: dict[str, dict[str, Any]] | None, findings: Iterable[tuple[str, Finding]]
) -> dict[str, dict[str, Any]]:
    """The profiles of a part with findings made after it, each with the museum of its record."""
    profiles = {museum: Profile.from_dict(data) for museum, data in (quality or {}).items()}
    for museum, finding in findings:
        profiles[museum].findings[finding.severity, finding.shape.rpartition("#")[2]] += 1
    return {museum: profile.as_dict() for museum, profile in profiles.items()}
