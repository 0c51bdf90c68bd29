"""The Joconde exchange format (DMF, tag / value): one tag per line, then its value.

``//`` ends a notice; a line that ends with `` -`` is continued by the next one. The tags are
those of the POP dictionary of the Joconde base; others of the same form are read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from museosciences.errors import Said
from museosciences.read.lines import Line, lines
from museosciences.read.rows import RefusedRow, SourceRow, refused

END = "//"
CONTINUED = " -"
TAG = re.compile(r"[A-Z][A-Z0-9_]{1,15}")
# POP dictionary of the Joconde base (pop_dictionnaire_joconde.csv, 2021), and the tags INV1…
_TAGS_WORDS = (
    "REF REFMIS MANQUANT MANQUANT_COM ADPT APPL APTN ATTR AUTR BIBL COMM CONTACT COOR COPY DACQ"
    " DATA DATION DDPT DECV DENO DEPO DESC DESY DIFFU DIMS DMAJ DMIS DOMN DREP ECOL EPOQ ETAT"
    " EXPO GENE GEOHI HIST IMAGE IMG INSC INV LABEL LABO LARC LIEUX REGION DPT VILLE_M NOMOFF"
    " LOCA LOCA2 LOCA3 MILL MILU MOSA MSGCOM MUSEO NSDA ONOM PAUT PDAT PDEC PEOC PERI PERU PHOT"
    " PINS PLIEUX PREP PUTI RANG REDA REFIM REFMEM REFMER REFPAL REPR RETIF SREP STAT TECH TICO"
    " TITR TOUT UTIL VIDEO WWW LVID"
)
TAGS = frozenset(_TAGS_WORDS.split())
# A notice without its end mark must not swallow the file.
MAX_NOTICE_LINES = 20_000


def looks_tagged(sample: list[str]) -> bool:
    """Whether the first lines are a tag, its value, and other tags.

    >>> looks_tagged(["REF", "0161", "TITR", "Main", "//"])
    True
    >>> looks_tagged(["REF;TITR", "0161;Main"])
    False
    """
    content = [line.strip("\ufeff\r\n ") for line in sample if line.strip()]
    return (
        len(content) >= 2
        and content[0] in TAGS
        and sum(1 for line in content if line in TAGS) * 4 >= len(content[:60]) / 2
    )


class Notices:
    """The notices of a tag / value text, in one pass."""

    def __init__(self, stream: TextIO, file: str):
        self._lines = lines(stream)
        self._file = file
        self._number = 0

    def __iter__(self) -> Iterator[SourceRow | RefusedRow]:
        notice: list[Line] = []
        for line in self._lines:
            if line.text.strip() == END:
                yield from self._notice(notice)
                notice = []
            elif notice or line.text.strip():
                notice.append(line)
            if len(notice) > MAX_NOTICE_LINES:
                yield from self._notice(notice, endless=True)
                notice = []
        yield from self._notice(notice)

    def _notice(
        self, notice: list[Line], endless: bool = False
    ) -> Iterator[SourceRow | RefusedRow]:
        if not any(line.text.strip() for line in notice):
            return
        self._number += 1
        first = notice[0].number
        raw = "".join(line.text for line in notice[:40])
        damaged = next((line for line in notice if line.too_long or "\0" in line.text), None)
        if endless or damaged is not None:
            at = first if damaged is None else damaged.number
            yield refused(
                self._file, self._number, at,
                "notice démesurée ou octet NUL", "endless notice or NUL byte", raw=raw,
                remedy=Said("vérifier la fin de notice « // »", "check the end mark //"),
            )  # fmt: skip
            return
        if notice[0].text.strip() not in TAGS and not TAG.fullmatch(notice[0].text.strip()):
            yield refused(
                self._file, self._number, first,
                "la notice ne commence pas par une étiquette (REF, INV…)",
                "the notice does not begin with a tag (REF, INV…)", raw=raw,
                remedy=Said("vérifier la fin de notice « // »", "check the end mark //"),
            )  # fmt: skip
            return
        yield SourceRow(self._number, first, cells([line.text for line in notice]))


def cells(notice: list[str]) -> dict[str, str | list[str]]:
    """The tags and values of one notice.

    A value line that is itself a tag of the dictionary means that the tag above it is empty.

    >>> cells(["REF", "0161", "BIBL", "Capitale -", "des Eduens", "TITR", "AUTR", "anonyme"])
    {'REF': '0161', 'BIBL': 'Capitale des Eduens', 'TITR': '', 'AUTR': 'anonyme'}
    """
    found: dict[str, str | list[str]] = {}
    tag, value, open_line = "", [""], False
    for text in notice:
        line = text.rstrip("\r\n")
        is_tag = not open_line and (line.strip() in TAGS or _new_tag(line, value))
        if is_tag:
            _keep(found, tag, value)
            tag, value = line.strip(), []
            continue
        continued = line.endswith(CONTINUED)
        part = line[: -len(CONTINUED)] if continued else line
        if open_line and value:
            value[-1] = f"{value[-1]} {part}"
        elif part.strip():
            value.append(part)
        open_line = continued
    _keep(found, tag, value)
    return found


def _new_tag(line: str, value: list[str]) -> bool:
    """A tag that the dictionary does not know: only after a value, never as a value."""
    return bool(value) and value != [""] and len(line) <= 8 and TAG.fullmatch(line) is not None


def _keep(found: dict[str, str | list[str]], tag: str, value: list[str]) -> None:
    if not tag:
        return
    text = "\n".join(value)
    before = found.get(tag)
    if before is None:
        found[tag] = text
    else:  # the tag is repeated
        found[tag] = ([before] if isinstance(before, str) else before) + [text]
