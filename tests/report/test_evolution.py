"""What changed since the previous build: a build is made twice, from a file that changed."""

from __future__ import annotations

import pytest

from museosciences import build, report
from museosciences.examine import SourceSpec
from museosciences.report.model import Missing, Section, Table
from museosciences.workspace import Workspace

HEAD = "REF;MUSEO;INV;DOMN;DENO;TITR\n"
BEFORE = HEAD + "a;M0812;1.1;;tableau;Nautile\nb;M0812;1.2;;tableau;Hibou\nc;M0812;1.3;;vase;\n"
AFTER = HEAD + "a;M0812;1.1;;tableau;Nautile\nb;M0812;1.2;;tableau;Chouette\nd;M0812;1.4;;bol;\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("evolution")
    workspace = Workspace(folder / "workspace")
    for text in (BEFORE, AFTER):
        (folder / "inventaire.csv").write_text(text, encoding="utf-8")
        build.build(workspace, [SourceSpec("inventaire", folder / "inventaire.csv", "M0812")])
    return workspace


def evolution(workspace: Workspace, museum: str | None, lang: str = "fr") -> Section:
    now, previous = workspace.current(), workspace.previous()
    assert previous is not None
    store = now.open()
    try:
        scope = report.Scope(
            store, now.register, report.Wording(lang), museum, before=previous.register
        )
        made = report.compile(scope, report.Facts.of(now.account(), previous.account()))
    finally:
        store.close()
    return next(section for section in made.sections if section.id == "evolution")


def table(section: Section, id: str) -> Table:
    return next(table for table in section.tables if table.id == id)


def test_records_are_told_new_modified_or_vanished(built: Workspace) -> None:
    section = evolution(built, None)
    (row,) = table(section, "changes-table").rows
    assert [cell.value for cell in row[1:]] == [1, 1, 0, 1]
    told = {row[0].text: row[3].text for row in table(section, "changed-table").rows}
    assert told == {"1.2": "modifiée", "1.3": "disparue", "1.4": "nouvelle"}
    totals = {row[0].text: row[2].text for row in table(section, "totals-table").rows}
    assert totals["notices chargées"] == "0"


def test_a_museum_is_told_of_its_own_records(built: Workspace) -> None:
    assert table(evolution(built, "M0812"), "changes-table").rows
    other = evolution(built, "M0640", "en")
    assert [block.text for block in other.blocks if isinstance(block, Missing)] == [
        "No record has changed."
    ]
