"""The answer to one question as a workbook, for ``museo query --format xlsx``."""

from __future__ import annotations

from museosciences import query
from museosciences.headed import Query
from museosciences.report.model import Cell, Cited, Head, Table
from museosciences.report.wording import Wording


def workbook(asked: Query, answer: query.Table, lang: str) -> bytes:
    """A sheet of the answer, whole, with labelled columns, and a sheet of the query (XLSX)."""
    from museosciences.report import xlsx

    w = Wording(lang)
    labels = {column.name: column.label[lang] for column in asked.columns}
    rows = tuple(
        tuple(Cell("" if value is None else str(value), value) for value in row)
        for row in answer.values()
    )
    numeric = [
        any(isinstance(row[position].value, int | float) for row in rows)
        for position in range(len(answer.columns))
    ]
    head = tuple(
        Head(labels.get(name, name), number)
        for name, number in zip(answer.columns, numeric, strict=True)
    )
    cited = Cited(asked.name, asked.title(lang), asked.text)
    table = Table("answer", asked.title(lang), head, rows, cited, len(rows))
    words = {
        "query": w("Requête", "Query"),
        "title": w("Titre", "Title"),
        "text": w("Texte", "Text"),
    }
    return xlsx.answer(table, words)
