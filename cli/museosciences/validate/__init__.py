"""SHACL: from a graph to findings that a museum can act on.

``load`` the shapes, choose an ``engine``, and ask for the findings on N-Triples
(``engine.validate``), on a batch of records (``batch``) or on files (``validate_files``).
"""

from museosciences.validate.batch import batch
from museosciences.validate.engines import ENGINES, Engine, engine, installed
from museosciences.validate.findings import (
    SEVERITIES,
    Finding,
    Severity,
    by_record,
    duplicate,
    quarantined,
)
from museosciences.validate.report import Report, validate_files
from museosciences.validate.shapes import Shape, Shapes, load, parse

__all__ = [
    "ENGINES",
    "SEVERITIES",
    "Engine",
    "Finding",
    "Report",
    "Severity",
    "Shape",
    "Shapes",
    "batch",
    "by_record",
    "duplicate",
    "engine",
    "installed",
    "load",
    "parse",
    "quarantined",
    "validate_files",
]
