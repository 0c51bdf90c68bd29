"""``museo status --quality``: what the records of each source and museum tell, and its trend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from museosciences.command.shared import Form
from museosciences.errors import Said, StoreError, UsageError
from museosciences.output import console, emit
from museosciences.validate import load
from museosciences.validate.findings import RULES
from museosciences.validate.quality import KEY_HEADINGS, Profile, Profiles, of_build
from museosciences.workspace import Workspace

# What programs read: one measurement a line.
COLUMNS = ("scope", "name", "measure", "id", "label", "records", "count", "share", "trend")
_TITLES = {
    "fr": {
        "source": "Par source", "museum": "Par musée", "all": "Toutes les notices",
        "headings": "Complétude par rubrique : {}", "findings": "Constats par règle : {}",
        "explain": "Complétude : part moyenne des rubriques de l’inventaire réglementaire. "
        "Évolution : en points depuis la construction précédente.",
        "none": "Aucun constat.",
    },
    "en": {
        "source": "By source", "museum": "By museum", "all": "All records",
        "headings": "Completeness by heading: {}", "findings": "Findings by rule: {}",
        "explain": "Completeness: mean share of the headings of the regulatory inventory. "
        "Trend: in points since the previous build.",
        "none": "No findings.",
    },
}  # fmt: skip
_HEADS = {
    "fr": {
        "source": "source", "museum": "musée", "records": "notices", "completeness": "complétude",
        "trend": "évolution", "image": "image", "date": "date", "origin": "lieu", "taxon": "taxon",
        "subject": "sujet", "violation": "bloquants", "warning": "à corriger", "info": "conseils",
        "heading": "rubrique", "regulatory": "réglementaire", "share": "part",
        "severity": "gravité", "shape": "règle", "findings": "constats",
    },
    "en": {
        "source": "source", "museum": "museum", "records": "records",
        "completeness": "completeness", "trend": "trend", "image": "image", "date": "date",
        "origin": "place", "taxon": "taxon", "subject": "subject", "violation": "blocking",
        "warning": "to mend", "info": "advice", "heading": "heading", "regulatory": "regulatory",
        "share": "share", "severity": "severity", "shape": "rule", "findings": "findings",
    },
}  # fmt: skip


def show(
    workspace: Workspace, source: str | None, museum: str | None, form: Form, lang: str
) -> None:
    """Print the quality profile of the current build, of one source or of one museum of it.

    Raises UsageError for a source or a museum that is not in the build.
    """
    now, then = of_build(workspace.current().account()), _before(workspace)
    if form is not Form.table:
        emit(COLUMNS, _measurements(now, then, source, museum, lang), form)
        return
    words = _TITLES[lang]
    if source is None and museum is None:
        for scope, found, old in (
            ("source", now.sources, then.sources if then else {}),
            ("museum", now.museums, then.museums if then else {}),
        ):
            console().print(f"\n{words[scope]}", style="bold")
            _summaries(scope, found, old, lang)
        console().print(f"\n{words['explain']}", markup=False)
    name, profile, before = _chosen(now, then, source, museum, lang)
    _details(name, profile, before, lang)


def _before(workspace: Workspace) -> Profiles | None:
    """The profiles of the build before, where there is one."""
    previous = workspace.previous()
    try:
        return of_build(previous.account()) if previous else None
    except StoreError:
        return None


def _chosen(
    now: Profiles, then: Profiles | None, source: str | None, museum: str | None, lang: str
) -> tuple[str, Profile, Profile | None]:
    """The name, profile and previous profile that are asked for: all records without a choice."""
    for asked, found, old in (
        (source, now.sources, then.sources if then else {}),
        (museum, now.museums, then.museums if then else {}),
    ):
        if asked is not None and asked not in found:
            raise UsageError(
                Said(
                    f"il n’y a pas de notice de « {asked} » dans cette construction",
                    f"there are no records of {asked!r} in this build",
                ),
                remedy=Said(
                    "choisir parmi : " + ", ".join(sorted(found)),
                    "one of: " + ", ".join(sorted(found)),
                ),
            )
        if asked is not None:
            return asked, found[asked], old.get(asked)
    return _TITLES[lang]["all"], now.total, then.total if then else None


def _summaries(
    scope: str, found: dict[str, Profile], before: dict[str, Profile], lang: str
) -> None:
    """One line per source or museum."""
    rows = []
    for name, profile in sorted(found.items()):
        row = profile.summary(before.get(name))
        row |= {key: percent(row[key]) for key in ("completeness", *KEY_HEADINGS)}
        rows.append([name, *(row | {"trend": points(row["trend"])}).values()])
    columns = [scope, *Profile().summary()]
    emit([_HEADS[lang][column] for column in columns], rows, Form.table)


def _details(name: str, profile: Profile, before: Profile | None, lang: str) -> None:
    """The headings, then the rules that were broken, the gravest first."""
    heads, words = _HEADS[lang], _TITLES[lang]
    console().print("\n" + words["headings"].format(name), style="bold", markup=False)
    yes = {"fr": "oui", "en": "yes"}[lang]
    rows = [
        [row["heading"], yes if row["regulatory"] else "", row["records"], percent(row["share"]),
         points(row["trend"])]
        for row in profile.rows(lang, before)
    ]  # fmt: skip
    columns = ("heading", "regulatory", "records", "share", "trend")
    emit([heads[column] for column in columns], rows, Form.table)
    console().print("\n" + words["findings"].format(name), style="bold", markup=False)
    names = rule_names(lang)
    found = [
        [row["severity"], names.get(row["shape"], row["shape"]), row["shape"], row["findings"],
         "" if row["trend"] is None else f"{row['trend']:+d}"]
        for row in profile.finding_rows(before)
    ]  # fmt: skip
    if not found:
        console().print(words["none"])
        return
    emit([heads["severity"], heads["shape"], "id", heads["findings"], heads["trend"]], found,
         Form.table)  # fmt: skip


def _measurements(
    now: Profiles, then: Profiles | None, source: str | None, museum: str | None, lang: str
) -> Iterator[tuple[Any, ...]]:
    """All measurements, one a line; of one source or museum when it is named."""
    if source is not None or museum is not None:
        name, profile, before = _chosen(now, then, source, museum, lang)
        scope = "source" if source is not None else "museum"
        yield from _lines(scope, name, profile, before, lang)
        return
    for scope, found, old in (
        ("source", now.sources, then.sources if then else {}),
        ("museum", now.museums, then.museums if then else {}),
    ):
        for name, profile in sorted(found.items()):
            yield from _lines(scope, name, profile, old.get(name), lang)
    yield from _lines("all", "", now.total, then.total if then else None, lang)


def _lines(
    scope: str, name: str, profile: Profile, before: Profile | None, lang: str
) -> Iterator[tuple[Any, ...]]:
    row = profile.summary(before)
    total = profile.records
    yield (scope, name, "completeness", "completeness", _HEADS[lang]["completeness"], total, None,
           row["completeness"], row["trend"])  # fmt: skip
    for row in profile.rows(lang, before):
        yield (scope, name, "heading", row["id"], row["heading"], total, row["records"],
               row["share"], row["trend"])  # fmt: skip
    names = rule_names(lang)
    for row in profile.finding_rows(before):
        label = names.get(row["shape"], row["shape"])
        yield (scope, name, row["severity"].lower(), row["shape"], label, total, row["findings"],
               None, row["trend"])  # fmt: skip


def rule_names(lang: str) -> dict[str, str]:
    """What each rule is called, by its local name."""
    told = RULES | {iri: shape.name for iri, shape in load().shapes.items()}
    return {iri.rpartition("#")[2]: name.get(lang, "") for iri, name in told.items()}


def percent(share: float) -> str:
    """A share as people read it.

    >>> percent(0.5), percent(0.0), percent(0.0004)
    ('50 %', '–', '<1 %')
    """
    if not share:
        return "–"
    return "<1 %" if share < 0.01 else f"{share:.0%}".replace("%", " %")


def points(change: float | None) -> str:
    """The change of a share in points; nothing without a build to compare with.

    >>> points(0.012), points(0.0), points(None)
    ('+1.2', '=', '')
    """
    if change is None:
        return ""
    return f"{100 * change:+.1f}" if change else "="
