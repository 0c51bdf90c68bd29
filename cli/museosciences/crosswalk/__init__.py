"""Source rows to inventory records, by crosswalks that documentalists write.

``open(path)`` gives a Source: the file with the crosswalk that fits it. ``detect(path)`` says
what was recognised; ``draft_file(path)`` prepares a crosswalk for a file that none fits.

>>> from museosciences import crosswalk
>>> "joconde" in crosswalk.names()
True
"""

from __future__ import annotations

from museosciences.crosswalk.definition import names
from museosciences.crosswalk.detect import Detection, detect, draft_file
from museosciences.crosswalk.draft import draft
from museosciences.crosswalk.model import Crosswalk, load, merge
from museosciences.crosswalk.source import ROWS_NOTED, Coverage, Group, Source, open
from museosciences.errors import CrosswalkError

__all__ = [
    "ROWS_NOTED",
    "Coverage",
    "Crosswalk",
    "CrosswalkError",
    "Detection",
    "Group",
    "Source",
    "detect",
    "draft",
    "draft_file",
    "load",
    "merge",
    "names",
    "open",
]
