"""RML: a mapping compiled once to Python, which writes N-Quads (rml-core, rml-io, rml-fnml).

::

    compiled = museosciences.rml.compile("mapping.rml.ttl")
    print(compiled.source)                       # the Python it became
    lines: list[str] = []
    compiled.document(record, lines)             # one inventory record held in memory
"""

from museosciences.rml.engine import CompiledMapping, Problem, Problems
from museosciences.rml.engine import compile_mapping as compile
from museosciences.rml.run import MapReport, map_files

__all__ = ["CompiledMapping", "MapReport", "Problem", "Problems", "compile", "map_files"]
