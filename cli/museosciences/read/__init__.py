"""Files to source rows: what a museum exported, row by row, with its positions.

``open`` looks at the file and gives a Source; iterating it yields a SourceRow for each record, or
a RefusedRow that says where and why. Formats: CSV and TSV, spreadsheets, the Joconde tag / value
format, LIDO, any XML with one element per record (Aquarelle), JSON, JSON lines, Darwin Core
Archives. Which crosswalk fits the columns is told by ``crosswalk.open``, one room further.
"""

from __future__ import annotations

from museosciences.read.formats import FORMATS, Format
from museosciences.read.rows import Cell, RefusedRow, SourceRow
from museosciences.read.source import Source, open

__all__ = ["FORMATS", "Cell", "Format", "RefusedRow", "Source", "SourceRow", "open"]
