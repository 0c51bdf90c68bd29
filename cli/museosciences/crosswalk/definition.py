"""A crosswalk file as written by a documentalist: read, and checked key by key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from museosciences import knowledge
from museosciences.crosswalk.targets import KIND
from museosciences.errors import CrosswalkError, Place, Said, cause_of
from museosciences.values.text import fold

FOLDER = "mappings/crosswalks"
KINDS = ("object", "specimen", "instrument")
TAKES = ("all", "first", "join")
_SECTIONS = {
    "crosswalk",
    "recognise",
    "values",
    "museum",
    "identity",
    "kind",
    "fields",
    "ignore",
    "repeats",
}
SPEC_KEYS = {
    "column",
    "columns",
    "take",
    "join",
    "parser",
    "beside",
    "only",
    "map",
    "value",
    "for",
    "strip",
    "separators",
}
_CONSTANTS = {"role", "type", "label", "unit", "part", "lang", "attribution", "context", "mode",
              "credit", "licence", "genre", "nationality", "institution", "country"}  # fmt: skip
_NOISE = re.compile(r"[\s_\-'’‘/()°º:?,;\"#]+")
_PREFIX = re.compile(r"^(?:dwc|dcterms|dc|gbif|dwciri):")


@lru_cache(maxsize=1 << 14)
def fold_column(name: str) -> str:
    """A column name without case, accents, spaces and punctuation, to compare headers.

    >>> fold_column("N° d'Inventaire"), fold_column("CATALOG_NUMBER"), fold_column("dwc:order")
    ('ndinventaire', 'catalognumber', 'order')
    """
    return _NOISE.sub("", _PREFIX.sub("", fold(name.strip().strip("\ufeff"))))


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One ``[fields.…]`` table: where a field is read, and how.

    ``columns`` are tried or joined as ``take`` says; ``beside`` are columns that complete each
    item (role, birth…); ``constants`` are members that every item gets; ``kinds`` are the kinds
    of records that it is read for (``for``). ``only`` chooses the texts that are read, ``strip``
    is cut off them, ``map`` replaces whole texts.
    """

    target: str
    section: str
    columns: tuple[str, ...]
    take: str
    join: str
    parser: str
    beside: dict[str, tuple[str, ...]]
    only: re.Pattern[str] | None
    strip: re.Pattern[str] | None
    separators: tuple[str, ...]
    map: dict[str, str]
    constants: dict[str, Any]
    kinds: tuple[str, ...] = KINDS
    value: str | None = None


@dataclass(frozen=True, slots=True)
class KindRule:
    """``column`` matches ``pattern`` -> the record is of this kind."""

    column: str
    pattern: re.Pattern[str]
    kind: str


@dataclass(frozen=True, slots=True)
class Definition:
    """The whole crosswalk file, checked."""

    name: str
    path: Path
    title: dict[str, str]
    formats: tuple[str, ...]
    required: tuple[str, ...]
    root: str | None
    record: str | None
    encoding: str | None
    nulls: frozenset[str]
    separators: str
    museum_columns: tuple[str, ...]
    museum_code: str | None
    museum_prefix: str
    museum_pattern: re.Pattern[str] | None
    museum_map: dict[str, str]
    identity: tuple[str, ...]
    identity_part: str
    merge_by: str | None
    kind_default: str
    kind_rules: tuple[KindRule, ...]
    fields: tuple[FieldSpec, ...]
    ignored: tuple[str, ...]
    repeats: tuple[tuple[str, str], ...]
    expected: tuple[str, ...] = field(default=())

    def named_columns(self) -> list[str]:
        """Every column that the crosswalk speaks of."""
        names = [*self.identity, *self.museum_columns, *self.ignored, *self.expected]
        names += [rule.column for rule in self.kind_rules]
        names += [column for column, _ in self.repeats]
        for spec in self.fields:
            names += [*spec.columns, *(c for columns in spec.beside.values() for c in columns)]
        return list(dict.fromkeys(names))


def wrong(path: Path, section: str, fr: str, en: str, remedy: str | None = None) -> CrosswalkError:
    """The error of a crosswalk file, with the section where it is wrong."""
    place = Place(file=path.name, part=f"[{section}]" if section else None)
    return CrosswalkError(Said(fr, en), place=place, remedy=remedy)


def names() -> list[str]:
    """The crosswalks that come with the knowledge, in name order."""
    return sorted(path.stem for path in knowledge.path(FOLDER).glob("*.toml"))


def find(name: str) -> Path:
    """The file of a crosswalk: a name of ours, or the path of one's own."""
    if name.endswith(".toml"):
        return Path(name)
    path = knowledge.path(f"{FOLDER}/{name}.toml")
    if not path.is_file():
        raise CrosswalkError(
            Said(f"concordance inconnue : « {name} »", f"unknown crosswalk: {name!r}"),
            place=Place(file=name),
            remedy=Said(
                f"{', '.join(names())}, ou un fichier .toml",
                f"{', '.join(names())}, or a .toml file",
            ),
        )
    return path


def load(path: Path) -> Definition:
    """Read and check a crosswalk file. Raises CrosswalkError with the section at fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise wrong(path, "", f"fichier illisible : {cause_of(error).fr}",
                    f"unreadable file ({error.strerror})") from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise wrong(path, "", "ce n’est pas de l’UTF-8", "not UTF-8") from error
    return parse(text, path)


def parse(text: str, path: Path) -> Definition:
    """Check the text of a crosswalk; ``path`` is what errors name."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        twice = "overwrite" in str(error) or "twice" in str(error)
        raise wrong(
            path, "", f"ce n’est pas du TOML : {error}", f"not TOML: {error}",
            Said(
                "un champ lu à plusieurs endroits s’écrit [[fields.x]] à chaque fois",
                "a field read in several places is written [[fields.x]] each time",
            )
            if twice else None,
        ) from error  # fmt: skip
    _known(path, "", data, _SECTIONS)
    try:
        return _Loader(path, data).definition()
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        # A number where a list is expected, a rule without its column, and the like.
        raise wrong(path, "", f"valeur mal formée ({error})", f"ill-formed value ({error})",
                    Said("voir docs/crosswalks.md", "see docs/crosswalks.md"),
        ) from error  # fmt: skip


def _known(path: Path, section: str, table: dict[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(table) - allowed):
        raise wrong(path, section, f"clé inconnue « {unknown[0]} »", f"unknown key {unknown[0]!r}",
                    Said(f"clés admises : {', '.join(sorted(allowed))}",
                         f"known keys: {', '.join(sorted(allowed))}"))  # fmt: skip


class _Loader:
    def __init__(self, path: Path, data: dict[str, Any]):
        self.path = path
        self.data = data

    def table(self, name: str, allowed: set[str]) -> dict[str, Any]:
        table = self.data.get(name, {})
        if not isinstance(table, dict):
            raise wrong(self.path, name, "une table est attendue", "a table is expected")
        _known(self.path, name, table, allowed)
        return table

    def definition(self) -> Definition:
        about = self.table("crosswalk", {"name", "title", "licence", "description", "source"})
        recognise = self.table("recognise", {"format", "required", "columns", "root", "record"})
        values = self.table("values", {"encoding", "null", "list"})
        museum = self.table("museum", {"column", "code", "prefix", "pattern", "map"})
        identity = self.table("identity", {"columns", "part", "rows_of_one_record"})
        kind = self.table("kind", {"default", "rules"})
        if not identity.get("columns"):
            raise wrong(self.path, "identity", "aucune colonne d'identité", "no identity column",
                        'columns = ["INV", "REF"]')  # fmt: skip
        return Definition(
            name=str(about.get("name", self.path.stem)), path=self.path,
            title=dict(about.get("title", {})),
            formats=_strings(recognise.get("format", [])),
            required=_strings(recognise.get("required", [])),
            root=recognise.get("root"), record=recognise.get("record"),
            encoding=values.get("encoding"),
            nulls=frozenset(fold(word).strip() for word in values.get("null", [])),
            separators=str(values.get("list", ";")),
            museum_columns=_strings(museum.get("column", [])),
            museum_code=museum.get("code"), museum_prefix=str(museum.get("prefix", "")),
            museum_pattern=self.pattern("museum", museum.get("pattern")),
            museum_map=dict(museum.get("map", {})),
            identity=_strings(identity["columns"]), identity_part=str(identity.get("part", "")),
            merge_by=identity.get("rows_of_one_record"),
            kind_default=self.kind("kind", kind.get("default", "object")),
            kind_rules=tuple(self.rule(rule) for rule in kind.get("rules", [])),
            fields=tuple(self.fields(self.table("fields", set(self.data.get("fields", {}))), "")),
            ignored=_strings(self.table("ignore", {"columns", "why"}).get("columns", [])),
            repeats=tuple(
                (repeated, str(twin)) for twin, columns in self.data.get("repeats", {}).items()
                for repeated in _strings(columns)
            ),
            expected=_strings(recognise.get("columns", [])),
        )  # fmt: skip

    def pattern(self, section: str, text: str | None) -> re.Pattern[str] | None:
        if text is None:
            return None
        try:
            return re.compile(text)
        except re.error as error:
            raise wrong(self.path, section, f"expression rationnelle : {error}",
                        f"regular expression: {error}") from error  # fmt: skip

    def kind(self, section: str, kind: str) -> str:
        if kind not in KINDS:
            raise wrong(self.path, section, f"nature inconnue « {kind} »",
                        f"unknown kind {kind!r}", " | ".join(KINDS))  # fmt: skip
        return kind

    def rule(self, rule: dict[str, Any]) -> KindRule:
        _known(self.path, "kind.rules", rule, {"column", "matches", "kind"})
        pattern = self.pattern("kind.rules", fold(str(rule.get("matches", ""))))
        assert pattern is not None
        return KindRule(str(rule["column"]), pattern, self.kind("kind.rules", str(rule["kind"])))

    def fields(self, table: dict[str, Any], above: str) -> list[FieldSpec]:
        found: list[FieldSpec] = []
        for name, value in table.items():
            target = f"{above}{name}"
            specs = value if isinstance(value, list) else [value]
            for spec in specs:
                if not isinstance(spec, dict):
                    raise wrong(self.path, f"fields.{target}", "une table est attendue",
                                "a table is expected", 'column = "…"')  # fmt: skip
                if any(isinstance(inner, dict | list) and key not in SPEC_KEYS
                       for key, inner in spec.items()):  # fmt: skip
                    found += self.fields(spec, f"{target}.")
                else:
                    found.append(self.spec(target, spec))
        return found

    def spec(self, target: str, spec: dict[str, Any]) -> FieldSpec:
        section = f"fields.{target}"
        if target not in KIND:
            raise wrong(self.path, section, f"champ inconnu « {target} »",
                        f"unknown field {target!r}", _nearest(target))  # fmt: skip
        _known(self.path, section, spec, SPEC_KEYS | _CONSTANTS)
        columns = _strings(spec.get("columns", spec.get("column", [])))
        if not columns and "value" not in spec:
            raise wrong(self.path, section, "aucune colonne", "no column", 'column = "…"')
        take = spec.get("take", "all")
        if take not in TAKES:
            raise wrong(self.path, section, f"take = « {take} »", f"take = {take!r}",
                        " | ".join(TAKES))  # fmt: skip
        return FieldSpec(
            target=target, section=section, columns=columns, take=take,
            join=str(spec.get("join", " ")), parser=str(spec.get("parser", "")),
            beside={name: _strings(c) for name, c in spec.get("beside", {}).items()},
            only=self.pattern(section, spec.get("only")),
            strip=self.pattern(section, spec.get("strip")),
            separators=_strings(spec.get("separators", ())),
            map={fold(str(k)): str(v) for k, v in spec.get("map", {}).items()},
            constants={k: v for k, v in spec.items() if k in _CONSTANTS},
            kinds=tuple(self.kind(section, k) for k in _strings(spec.get("for", KINDS))),
            value=spec.get("value"),
        )  # fmt: skip


def _strings(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value)


def _nearest(target: str) -> str:
    from rapidfuzz import process

    near = process.extract(target, list(KIND), limit=3)
    return ", ".join(name for name, _, _ in near)
