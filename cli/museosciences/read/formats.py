"""Which of our formats a file is in: looked at, not believed by its extension."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from museosciences.errors import Place, Said, UnknownFormat, cause_of
from museosciences.read import lido, markup, tagged
from museosciences.read.encoding import Encoding
from museosciences.read.lines import text_stream
from museosciences.read.rows import unreadable
from museosciences.read.table import SAMPLE_LINES

Format = Literal["csv", "xlsx", "joconde", "lido", "xml", "json", "jsonl", "dwca"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "joconde", "lido", "xml", "json", "jsonl", "dwca")

# Characters of a line that are looked at.
MAX_LINE = 20_000
_MAGIC = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF",
          b"\x1f\x8b": "gzip", b"7z\xbc": "7z", b"Rar!": "RAR", b"SQLi": "SQLite"}  # fmt: skip


def binary_format(path: Path) -> Format | None:
    """xlsx, dwca, lido or xml where the first bytes say so; None for text to be looked at."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise unreadable(
            path.name, f"le fichier ne peut être ouvert : {cause_of(error).fr}",
            f"the file cannot be opened ({error.strerror})",
            remedy=Said("vérifier le chemin et les droits", "check the path and the permissions"),
        ) from error  # fmt: skip
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise unreadable(path.name, "fichier vide", "empty file")
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xlsx"
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            raise _unknown(path, f"un fichier {name}", f"a {name} file")
    # "<" in UTF-8, or in UTF-16 with or without its mark
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if start.startswith(b"<"):
        namespace, name = markup.root_name(path)
        if namespace == lido.NAMESPACE or name in ("lidoWrap", "lido"):
            return "lido"
        if name.lower() == "html":
            raise _unknown(path, "une page HTML", "an HTML page")
        return "xml"
    return None


def _zipped(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError):
        raise unreadable(
            path.name, "archive endommagée", "damaged archive",
            remedy=Said("l’exporter de nouveau", "export it again"),
        ) from None  # fmt: skip
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names:
        return "xlsx"
    return "dwca"


def text_format(path: Path, encoding: Encoding) -> Format:
    """joconde, jsonl, json or csv, from the first lines of a text file."""
    with path.open("rb") as stream, text_stream(stream, encoding) as text:
        sample = [text.readline(MAX_LINE) for _ in range(SAMPLE_LINES)]
    content = [line.strip("\ufeff \t\r\n") for line in sample]
    content = [line for line in content if line]
    if not content:
        raise unreadable(path.name, "fichier vide", "empty file")
    first = content[0]
    if first.startswith(("{", "[")):
        one_per_line = first.startswith("{") and first.endswith("}")
        if one_per_line and (len(content) == 1 or content[1].startswith("{")):
            return "jsonl"
        if first[0] == "[" or len(content) == 1 or content[1][:1] in '"{}[]':
            return "json"
    if tagged.looks_tagged(sample):
        return "joconde"
    if path.suffix.lower() == ".jsonl":
        return "jsonl"
    control = sum(1 for char in "".join(content[:50]) if ord(char) < 32 and char not in "\t\0\f\v")
    if control > 5:
        raise _unknown(path, "des octets qui ne sont pas du texte", "bytes that are not text")
    return "csv"


def _unknown(path: Path, fr: str, en: str) -> UnknownFormat:
    return UnknownFormat(
        Said(f"format inconnu : c’est {fr}", f"unknown format: it is {en}"),
        place=Place(file=path.name),
        remedy=Said(
            "exporter en CSV, XLSX, LIDO, JSON, Joconde ou Darwin Core Archive",
            "export as CSV, XLSX, LIDO, JSON, Joconde or Darwin Core Archive",
        ),
    )
