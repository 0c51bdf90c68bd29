"""Source rows to inventory records, by crosswalks that documentalists write.

>>> from museosciences import crosswalk
>>> "joconde" in crosswalk.names()
True
"""

from __future__ import annotations

from museosciences.crosswalk.definition import names
from museosciences.crosswalk.model import Crosswalk, load, merge
from museosciences.crosswalk.source import Coverage, Source, open, recognise

__all__ = ["Coverage", "Crosswalk", "Source", "load", "merge", "names", "open", "recognise"]
