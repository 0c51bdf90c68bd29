"""Which encoding a text file is in: our own ladder, because general detectors misread French.

utf-8-sig, utf-16 (by its mark), utf-8, then the three legacy encodings of French museums,
cp1252 (Windows), mac_roman (FileMaker, 4D) and cp850 (DOS), scored on the letters they would
give. ISO-8859-1 is read as cp1252, which has the same letters and more.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from museosciences.errors import Said

LEGACY = ("cp1252", "mac_roman", "cp850")
CHUNK = 1 << 20
# Bytes looked at to tell legacy encodings apart; they hold thousands of accented letters.
SCORED = 1 << 18
# A file with so many good UTF-8 sequences for one bad byte is UTF-8 with accidents.
UTF8_MAJORITY = 10

# What a legacy byte may become in a French inventory, by frequency of use; anything else that
# is a letter of another language is unlikely, a symbol or a control character more so.
_LIKELY = {
    **dict.fromkeys("éèàêç", 4.0),
    **dict.fromkeys("âîôûùëïöüÉÈÀÊÇœ’«»°", 2.0),
    **dict.fromkeys("ñóíáúäßæŒÂÎÔÛÖÜÆ–—…“”‘©\u00a0²³½¼×", 1.0),
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name of a codec, and what is doubtful about it."""

    name: str
    note: str | None = None


def chunks(stream: BinaryIO, size: int = CHUNK) -> Iterator[bytes]:
    """The stream in pieces of bounded size."""
    while piece := stream.read(size):
        yield piece


def detect(path: Path) -> Encoding:
    """The encoding of a text file. Reads the file once, in pieces."""
    with path.open("rb") as stream:
        return detect_stream(stream)


def detect_stream(stream: BinaryIO) -> Encoding:
    """The encoding of a binary stream, from its beginning to its end."""
    head = stream.read(CHUNK)
    if marked := _by_mark(head):
        return marked
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    suspects = bytearray()
    good = bad = 0
    piece = head
    while piece:
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            decoder.reset()
            few_good, few_bad = _utf8_sequences(piece)
            good, bad = good + few_good, bad + few_bad
            if len(suspects) < SCORED:
                suspects += _around_high_bytes(piece, SCORED - len(suspects))
        else:
            if bad == 0 and not piece.isascii():
                good += UTF8_MAJORITY
        piece = stream.read(CHUNK)
    if bad == 0:
        return Encoding("utf-8")
    if good >= UTF8_MAJORITY * bad:
        return Encoding(
            "utf-8",
            Said(
                f"{bad} octet(s) hors UTF-8, lus en cp1252",
                f"{bad} byte(s) not UTF-8, read as cp1252",
            ),
        )
    return best_legacy(bytes(suspects))


def _by_mark(head: bytes) -> Encoding | None:
    if head.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8-sig")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16")
    sample = head[:4096]
    # Latin text in UTF-16 without a mark: every other byte is NUL.
    for name, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        half = sample[offset::2]
        if len(half) > 8 and half.count(0) > 0.7 * len(half):
            return Encoding(name)
    return None


def _utf8_sequences(piece: bytes) -> tuple[int, int]:
    """How many well-formed multi-byte sequences, and how many bytes outside any."""
    text = piece.decode("utf-8", "surrogateescape")
    bad = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    good = sum(1 for char in text if char > "\x7f") - bad
    return good, bad


def _around_high_bytes(piece: bytes, room: int) -> bytes:
    return bytes(byte for byte in piece if byte >= 0x80)[:room]


def best_legacy(data: bytes) -> Encoding:
    """The legacy encoding that makes the most French of some bytes.

    >>> best_legacy("récolé à Évreux".encode("mac_roman")).name
    'mac_roman'
    >>> best_legacy("Œuvre déposée, n° 3".encode("cp1252")).name
    'cp1252'
    """
    high = bytes(byte for byte in data if byte >= 0x80)
    scores = {name: _score(high, name) for name in LEGACY}
    best = max(LEGACY, key=lambda name: scores[name])
    return Encoding(best)


def _score(high: bytes, name: str) -> float:
    score = 0.0
    for byte in set(high):
        char = bytes([byte]).decode(name, "replace")
        weight = _LIKELY.get(char)
        if weight is None:
            weight = -5.0 if char == "�" or not char.isprintable() else -1.0
            weight = 0.2 if char.isalpha() and char < "\u0100" else weight
        score += weight * high.count(byte)
    return score


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Error handler: stray bytes in a UTF-8 file are most often pasted from Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error("museo-cp1252", _as_cp1252)
ERRORS = "museo-cp1252"
