"""Writes a report in the formats asked for, each by its renderer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

from museosciences.errors import Said, StoreError, cause_of
from museosciences.report.model import Report

FORMATS = ("html", "pdf", "docx", "xlsx")


def _renderer(form: str) -> Callable[[Report], bytes]:
    """The renderer of a format; loaded when it is wanted, for each is heavy."""
    render: Callable[[Report], bytes] = import_module(f"museosciences.report.{form}").render
    return render


def write(report: Report, folder: Path, forms: Sequence[str] = FORMATS) -> list[Path]:
    """Write the report into a folder. Returns the files. Raises StoreError when it cannot."""
    # Typst and the drawing of charts leave Python free: formats are made beside each other.
    with ThreadPoolExecutor(len(forms)) as pool:
        contents = list(pool.map(lambda form: _renderer(form)(report), forms))
    written = []
    for form, content in zip(forms, contents, strict=True):
        path = folder / f"{report.name}.{form}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise StoreError(
                Said(
                    f"le rapport {path} ne peut être écrit : {cause_of(error).fr}",
                    f"the report {path} cannot be written: {cause_of(error)}",
                ),
                remedy=Said(
                    "choisir un autre dossier avec -o, ou libérer de la place",
                    "choose another folder with -o, or free some space",
                ),
            ) from error
        written.append(path)
    return written
