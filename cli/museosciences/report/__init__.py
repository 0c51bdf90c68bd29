"""Reports: one data model, printed as a page, a document, a text and a workbook."""

from museosciences.report.answer import workbook
from museosciences.report.asking import Scope
from museosciences.report.compile import compile, name
from museosciences.report.facts import Facts
from museosciences.report.model import Report
from museosciences.report.wording import Wording
from museosciences.report.write import FORMATS, write

__all__ = ["FORMATS", "Facts", "Report", "Scope", "Wording", "compile", "name", "workbook", "write"]
