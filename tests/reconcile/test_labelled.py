"""Terms as curators write them, labelled before the results were seen: precision and recall.

``labelled/*.tsv``: one file per kind, and ``trap.tsv``, whose words may not be accepted at all.
The figures are printed (``pytest -s``) and may not fall.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from museosciences import vocabulary
from museosciences.reconcile import Match, match_list

FOLDER = Path(__file__).parent / "labelled"
# Recall and precision, in %, below which no change may bring them.
FLOOR = {"subject": (98.0, 99.0), "material": (98.0, 99.0), "instrument": (97.0, 99.0)}


@dataclass(frozen=True)
class Labelled:
    kind: str
    context: str
    term: str
    right: tuple[str, ...]

    @property
    def has_concept(self) -> bool:
        return "-" not in self.right


def _read(path: Path) -> list[Labelled]:
    found: list[Labelled] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        kind, context, term, right = cells if path.stem == "trap" else (path.stem, *cells)
        found.append(Labelled(kind, context, term, tuple(right.split(" | "))))
    return found


def _answer(rows: list[Labelled]) -> list[tuple[Labelled, Match]]:
    known = vocabulary.load()
    kinds = dict.fromkeys(row.kind for row in rows)
    answers: list[tuple[Labelled, Match]] = []
    for kind in kinds:
        asked = [row for row in rows if row.kind == kind]
        matches = match_list(known, [(row.term, row.context) for row in asked], kind)
        answers += zip(asked, matches, strict=True)
    return answers


def _is_right(row: Labelled, match: Match) -> bool:
    return match.concept in row.right or match.taxon in row.right


@pytest.mark.parametrize("kind", sorted(FLOOR))
def test_precision_and_recall_do_not_fall(kind: str) -> None:
    answers = _answer(_read(FOLDER / f"{kind}.tsv"))
    accepted = [(row, match) for row, match in answers if match.status == "accepted"]
    right = [row for row, match in accepted if _is_right(row, match)]
    wanted = [row for row, _ in answers if row.has_concept]
    recall = 100 * sum(row.has_concept for row in right) / len(wanted)
    precision = 100 * len(right) / len(accepted)
    print(f"{kind}: {len(answers)} terms, recall {recall:.1f} %, precision {precision:.1f} %")
    wrong = [(row.term, m.concept, m.method) for row, m in answers if row not in right]
    assert (recall >= FLOOR[kind][0], precision >= FLOOR[kind][1]) == (True, True), wrong


def test_no_trap_is_accepted() -> None:
    answers = _answer(_read(FOLDER / "trap.tsv"))
    accepted = {
        row.term: (match.concept, match.method)
        for row, match in answers
        if match.status == "accepted" and not _is_right(row, match)
    }
    print(f"traps: {len(answers)}, wrongly accepted {len(accepted)}")
    assert accepted == {}


def test_there_are_enough_terms_and_each_is_labelled() -> None:
    files = sorted(FOLDER.glob("*.tsv"))
    assert {path.stem for path in files} == {*FLOOR, "trap"}
    rows = [row for path in files for row in _read(path)]
    assert len(rows) >= 300
    assert all(row.term and all(row.right) for row in rows)


def test_ten_thousand_terms_take_less_than_five_seconds() -> None:
    words = [row.term for path in sorted(FOLDER.glob("*.tsv")) for row in _read(path)]
    # Words that no cache has seen: known ones, and as many that have to be searched in vain.
    asked = [(f"{word} {n}" if n % 2 else word, "") for n in range(8) for word in words][:10_000]
    began = time.process_time()
    answers = list(match_list(vocabulary.load(), asked, "subject"))
    spent = time.process_time() - began
    print(f"{len(answers)} terms in {spent:.1f} s of processor")
    assert len(answers) == 10_000
    assert spent < 5.0
