"""Zip archives from strangers: bounds on what they may hold, checked while reading."""

from __future__ import annotations

import zipfile
from pathlib import Path

from museosciences.errors import Said
from museosciences.read.rows import unreadable

# Text compresses 5 to 30 times; deflate cannot exceed 1,032. Real archives of the GBIF with a
# hundred empty columns reach 60.
MAX_RATIO = 250
# Small files may compress absurdly well without harm.
RATIO_FROM = 20_000_000
MAX_TOTAL = 20_000_000_000
MAX_MEMBERS = 10_000


def check_archive(path: Path) -> None:
    """Refuse an archive that would unpack beyond measure. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise unreadable(
            path.name, f"archive endommagée ({error})", f"damaged archive ({error})",
            remedy=Said("télécharger ou exporter de nouveau", "download or export it again"),
        ) from error  # fmt: skip
    total = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    worst = max((m.file_size / max(m.compress_size, 1) for m in members
                 if m.file_size > RATIO_FROM), default=0.0)  # fmt: skip
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL or worst > MAX_RATIO:
        raise unreadable(
            path.name,
            f"l’archive se déploierait en {total // 1_000_000} Mo depuis {packed} octets",
            f"the archive would unpack to {total // 1_000_000} MB from {packed} bytes",
            remedy=Said(
                "l’ouvrir à la main si elle est de confiance", "unpack it by hand if trusted"
            ),
        )
    if any(member.flag_bits & 1 for member in members):
        raise unreadable(path.name, "archive chiffrée", "encrypted archive")
