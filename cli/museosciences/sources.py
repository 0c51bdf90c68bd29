"""The sources of a build: declared in a ``sources.toml``, or named on the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from museosciences import iris, knowledge
from museosciences.errors import InputError, Place, Said, UsageError, cause_of
from museosciences.examine import SourceSpec

DECLARED = "sources.toml"
# The museum of a source whose rows carry their own code.
BY_COLUMN = "column"


def gather(
    arguments: Sequence[Path], museums: Sequence[str] = (), crosswalk: str | None = None
) -> list[SourceSpec]:
    """The sources named: files, folders with a sources.toml, sources.toml files; none: data/.

    ``museums`` holds no code, one for all files, or one for each. Raises UsageError when their
    number does not fit, InputError when a file is missing or a declaration is wrong.
    """
    if not arguments:
        return declared(knowledge.path("data") / DECLARED)
    files = [path for path in arguments if path.suffix != ".toml" and not path.is_dir()]
    if len(museums) not in (0, 1, len(files)):
        raise UsageError(
            Said(
                f"{len(museums)} codes de musée pour {len(files)} fichiers",
                f"{len(museums)} museum codes for {len(files)} files",
            ),
            remedy=Said(
                "donner --museum une fois pour tous les fichiers, ou une fois pour chacun, dans "
                "leur ordre",
                "give --museum once for all files, or once for each, in their order",
            ),
        )
    codes = list(museums) * (len(files) if len(museums) == 1 else 1)
    found: list[SourceSpec] = []
    for path in arguments:
        if path.is_dir():
            found += declared(path / DECLARED)
        elif path.suffix == ".toml":
            found += declared(path)
        else:
            code = codes[files.index(path)] if codes else None
            found.append(SourceSpec(iris.slug(path.stem), path, code, crosswalk))
    return _distinct(found)


def declared(path: Path) -> list[SourceSpec]:
    """The sources of a sources.toml, their files beside it. Raises InputError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            Said(
                f"la déclaration des sources ne peut être lue : {cause_of(error).fr}",
                f"the declaration of sources cannot be read: {cause_of(error)}",
            ),
            place=Place(file=str(path)),
            remedy=Said(
                "nommer des fichiers, ou un dossier qui contient sources.toml",
                "name files, or a folder with a sources.toml",
            ),
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            Said(f"ce n’est pas du TOML : {error}", f"not TOML: {error}"),
            place=Place(file=str(path)),
        ) from error
    entries = content.get("source", [])
    return _distinct([_spec(entry, path, number) for number, entry in enumerate(entries, 1)])


def _spec(entry: dict[str, Any], path: Path, number: int) -> SourceSpec:
    known = {"id", "file", "museum", "crosswalk", "encoding", "title", "title_en", "licence"}
    place = Place(file=str(path), part=f"source {number}")
    unknown = set(entry) - known
    if unknown or "file" not in entry:
        raise InputError(
            Said(
                "clés inconnues : " + ", ".join(sorted(unknown)),
                "unknown keys: " + ", ".join(sorted(unknown)),
            )
            if unknown
            else Said("aucun fichier n’est nommé", "no file is named"),
            place=place,
            remedy=Said("clés : " + ", ".join(sorted(known)), "keys: " + ", ".join(sorted(known))),
        )
    museum = entry.get("museum")
    return SourceSpec(
        id=entry.get("id") or iris.slug(Path(entry["file"]).stem),
        file=path.parent / entry["file"],
        museum=None if museum == BY_COLUMN else museum,
        crosswalk=entry.get("crosswalk"),
        encoding=entry.get("encoding"),
        title=entry.get("title", ""),
        title_en=entry.get("title_en", ""),
        licence=entry.get("licence", ""),
    )


def _distinct(specs: list[SourceSpec]) -> list[SourceSpec]:
    """Sources of different files get different identifiers, as their graphs need."""
    taken: set[str] = set()
    found: list[SourceSpec] = []
    for spec in specs:
        name, number = spec.id, 2
        while name in taken:
            name, number = f"{spec.id}-{number}", number + 1
        taken.add(name)
        found.append(replace(spec, id=name))
    return found
