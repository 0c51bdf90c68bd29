"""A first crosswalk from the headers of a file, for a person to finish.

Headers are compared, case, accents and punctuation aside, with what French and English
inventories call each field (``mappings/crosswalks/headers/synonyms.toml``), then by likeness.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from museosciences import knowledge
from museosciences.crosswalk.definition import FOLDER, fold_column, parse
from museosciences.crosswalk.model import Crosswalk
from museosciences.crosswalk.targets import KIND
from museosciences.values.text import fold

SYNONYMS = f"{FOLDER}/headers/synonyms.toml"
# Likeness of headers, 0 to 100: below it a line is proposed as a comment only.
SURE = 90.0
POSSIBLE = 74.0
# The name of a crosswalk made by guess, and the least share of columns that it must take.
GENERIC = "generic"
LEAST_GUESSED = 0.5
# Headers shorter than this are matched whole or not at all.
LEAST_FUZZY = 5
_SEPARATORS = (" | ", "|", " ; ", ";", "#", "\n", ",")
_SPLIT = {"terms", "texts", "persons", "subjects", "materials_techniques"}
_SPECIMEN = ("taxon.scientific_name", "occurrence.recorded_by")
_MEASURED = {
    "hauteur": "height", "height": "height", "largeur": "width", "width": "width",
    "longueur": "length", "length": "length", "profondeur": "depth", "depth": "depth",
    "diametre": "diameter", "diameter": "diameter", "epaisseur": "thickness",
    "thickness": "thickness", "poids": "weight", "weight": "weight", "masse": "weight",
}  # fmt: skip
_UNIT = re.compile(r"(?:\(|\ben |_|\s)(mm|cm|m|g|kg)\)?$")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a header may be: the field, how sure (0 to 100), and extra keys of the table."""

    column: str
    target: str
    likeness: float
    extra: tuple[tuple[str, str], ...] = ()


def _key(header: str) -> str:
    return fold_column(header).replace(".", "")


@cache
def synonyms() -> dict[str, str]:
    """Folded header -> field; ``=identity`` and ``=museum`` for the two that are no fields."""
    data = tomllib.loads(knowledge.read_text(SYNONYMS))
    found = {_key(word): "=museum" for word in data["museum"]["museum"]}
    for word in data["identity"]["inventory_number"]:
        found.setdefault(_key(word), "=identity")
    for target, words in data["fields"].items():
        for word in (*words, target):
            found.setdefault(_key(word), target)
    return found


def guess(column: str) -> Guess | None:
    """The field that a header names, or None.

    >>> guess("Matières et techniques :").target
    'materials_techniques'
    >>> guess("Hauteur (mm)")
    Guess(column='Hauteur (mm)', target='dimensions', likeness=100.0, extra=(('type', 'height'), \
('unit', 'mm')))
    """
    if measured := _measured(column):
        return measured
    known = synonyms()
    key = _key(column)
    if key in known:
        return Guess(column, known[key], 100.0)
    if len(key) < LEAST_FUZZY:
        return None
    long = [word for word in known if len(word) >= LEAST_FUZZY]
    near = process.extractOne(key, long, scorer=fuzz.ratio, score_cutoff=POSSIBLE)
    return Guess(column, known[near[0]], near[1]) if near else None


def _measured(column: str) -> Guess | None:
    folded = fold(column).strip()
    word = re.match(r"[a-z]+", folded)
    kind = _MEASURED.get(word.group()) if word else None
    if kind is None:
        return None
    unit = _UNIT.search(folded)
    given = unit[1] if unit else ("g" if kind == "weight" else "cm")
    return Guess(column, "dimensions", 100.0 if unit or folded in _MEASURED else 80.0,
                 (("type", kind), ("unit", given)))  # fmt: skip


def guesses(
    columns: Sequence[str], samples: Mapping[str, Sequence[str]] | None = None
) -> list[Guess | None]:
    """What each column may be; a second identity becomes another number."""
    found = [
        guess(column) or _number(column, (samples or {}).get(column, ())) for column in columns
    ]
    identities = [g for g in found if g is not None and g.target == "=identity"]
    if len(identities) > 1:
        order = {word: at for at, word in enumerate(synonyms())}

        def rank(one: Guess) -> tuple[bool, float, int]:
            repeated = not _unique((samples or {}).get(one.column, ()))
            return repeated, -one.likeness, order.get(_key(one.column), len(order))

        best = min(identities, key=rank)
        found = [
            Guess(g.column, "other_numbers", min(g.likeness, SURE))
            if g is not None and g.target == "=identity" and g is not best else g
            for g in found
        ]  # fmt: skip
    return found


def _number(column: str, cells: Sequence[str]) -> Guess | None:
    """A column called number of something whose cells are all different may be the identity."""
    named = re.search(r"(?:\bno\b|\bn°|\bnum|\bid\b|\bref\b)", fold(column))
    if named is None or not cells or not _unique(cells):
        return None
    return Guess(column, "=identity", SURE)


def _unique(cells: Sequence[str]) -> bool:
    return len(set(cells)) == len(cells)


def separator(samples: Sequence[str]) -> str | None:
    """The list separator that the cells of a column use, or None.

    >>> separator(["bois ; métal", "bois", "verre ; laiton ; bois"])
    ';'
    """
    filled = [cell for cell in samples if cell]
    for candidate in _SEPARATORS:
        if sum(candidate in cell for cell in filled) * 4 >= max(len(filled), 1):
            return candidate.strip() or candidate
    return None


def draft(
    columns: Sequence[str],
    samples: Mapping[str, Sequence[str]] | None = None,
    *,
    name: str = "mon-musee",
    format: str = "csv",
) -> str:
    """The text of a crosswalk for these columns, in TOML, with what is unsure as comments.

    ``samples`` are some cells of each column; they tell separators, and are shown beside.
    """
    samples = samples or {}
    found = guesses(columns, samples)
    identity = [g.column for g in found if g is not None and g.target == "=identity"]
    museum = [g.column for g in found if g is not None and g.target == "=museum"]
    sure = [g for g in found if g is not None and g.target in KIND and g.likeness >= SURE]
    kind = "specimen" if any(g.target in _SPECIMEN for g in sure) else "object"
    required = identity[:1] or list(columns[:1])
    lines = [
        "# Concordance préparée par « museo crosswalk » : relire chaque ligne, compléter, essayer",
        "# avec « museo detect --crosswalk ce-fichier.toml FICHIER ».",
        "# Draft crosswalk: read each line, complete it, try it.", "",
        "[crosswalk]", f"name = {_quoted(name)}",
        'title.fr = "À compléter"', 'title.en = "To be completed"', "",
        "[recognise]", f"format = [{_quoted(format)}]",
        f"required = [{', '.join(map(_quoted, required))}]", "",
        "[values]", 'null = ["Non renseigné", "néant", "s.o.", "-"]',
        f"list = {_quoted(_usual_separator(samples))}", "",
        "[museum]",
        f"column = {_quoted(museum[0])}" if museum
        else "# code = \"M0000\"   # code Muséofile, ou donné avec --museum", "",
        "[identity]", f"columns = [{', '.join(map(_quoted, identity or required))}]",
        *([] if identity else ["# À VÉRIFIER : aucun numéro d'inventaire reconnu dans l'en-tête"]),
        "", "[kind]", f"default = {_quoted(kind)}", "",
    ]  # fmt: skip
    lines += _fields(sure, samples)
    lines += _left(columns, found, samples)
    return "\n".join(lines) + "\n"


def _fields(sure: list[Guess], samples: Mapping[str, Sequence[str]]) -> list[str]:
    lines: list[str] = []
    counts: dict[str, int] = {}
    for one in sure:
        counts[one.target] = counts.get(one.target, 0) + 1
    for one in sure:
        head = f"[[fields.{one.target}]]" if counts[one.target] > 1 else f"[fields.{one.target}]"
        lines += [head, f"column = {_quoted(one.column)}{_example(one.column, samples)}"]
        lines += [f"{key} = {_quoted(value)}" for key, value in one.extra]
        if parser := _parser(one, samples):
            lines.append(f"parser = {_quoted(parser)}")
        lines.append("")
    return lines


def _parser(one: Guess, samples: Mapping[str, Sequence[str]]) -> str | None:
    kind = KIND[one.target]
    cells = samples.get(one.column, ())
    if kind == "subjects" and sum("(" in cell for cell in cells) * 3 >= max(len(cells), 1):
        return "joconde_subjects"
    mark = separator(cells)
    if mark is None or kind not in _SPLIT or one.target in ("description", "remarks"):
        return None
    if kind == "persons":
        return None if mark in (";", "|", "#") else "persons:direct"
    if mark == "," and kind == "texts":
        return None
    return f"materials:{mark}" if kind == "materials_techniques" else f"list:{mark}"


def _left(
    columns: Sequence[str], found: list[Guess | None], samples: Mapping[str, Sequence[str]]
) -> list[str]:
    """The columns that no line takes, as comments with the nearest field."""
    lines = []
    for column, one in zip(columns, found, strict=True):
        if one is None or (one.target in KIND and one.likeness < SURE):
            near = f"   # {one.target} ?" if one is not None else ""
            lines.append(f"# column = {_quoted(column)}{near}{_example(column, samples)}")
    if lines:
        lines = ["# Colonnes qu'aucun champ ne prend encore (elles restent au registre) :", *lines]
    return lines


def _usual_separator(samples: Mapping[str, Sequence[str]]) -> str:
    marks = [mark for cells in samples.values() if (mark := separator(cells)) not in (None, ",")]
    return max(set(marks), key=marks.count) if marks else ";"


def _example(column: str, samples: Mapping[str, Sequence[str]]) -> str:
    cell = next((cell for cell in samples.get(column, ()) if cell.strip()), "")
    cell = "".join(char for char in " ".join(cell.split()) if char.isprintable())
    return f"   # ex. {cell[:60]}" if cell else ""


def _quoted(text: str) -> str:
    """A TOML basic string."""
    # JSON escapes what TOML does, but for DELETE.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def by_guess(
    columns: Sequence[str], format: str, samples: Mapping[str, Sequence[str]] | None = None
) -> tuple[Crosswalk | None, float]:
    """A crosswalk made of the sure guesses, and the share of columns it takes.

    None without an inventory number and at least two fields.
    """
    found = guesses(columns, samples)
    sure = [g for g in found if g is not None and g.likeness >= SURE]
    fields = [g for g in sure if g.target in KIND]
    share = round(len(sure) / max(len(columns), 1), 2)
    identified = any(g.target == "=identity" for g in sure)
    if not identified or share < LEAST_GUESSED or len({g.target for g in fields}) < 2:
        return None, share
    text = draft(columns, samples, name=GENERIC, format=format)
    definition = parse(text, Path(f"{GENERIC}.toml"))
    return Crosswalk(definition), share
