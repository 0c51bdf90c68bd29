"""The feedback file of a museum: spreadsheet, CSV or HTML, in French or English.

In a spreadsheet every value is written as text, so that nothing in it is a formula. In CSV, which
knows no types, a value that a spreadsheet program would take for a formula begins with ``'``.
"""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from museosciences.errors import Said, UsageError
from museosciences.read.sheet import FEEDBACK_SHEETS
from museosciences.validate.feedback import Feedback, Line, as_text
from museosciences.validate.findings import Severity

# Excel: most characters of a cell.
_CELL_LIMIT = 32_767
# OWASP, "CSV Injection".
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_COLOURS: dict[Severity, str] = {"Violation": "#F4C7C3", "Warning": "#FCE8B2", "Info": "#DCE9F5"}
# The reader knows the workbook by the first two sheets, and reads the first.
MEND_SHEET, FINDINGS_SHEET = (
    dict(zip(("fr", "en"), names, strict=True))
    for names in (FEEDBACK_SHEETS, FEEDBACK_SHEETS.values())
)

_WORDS: dict[str, dict[str, str]] = {
    "title": {"fr": "Retour sur le fichier", "en": "Feedback on the file"},
    "summary": {"fr": "Résumé", "en": "Summary"},
    "findings": FINDINGS_SHEET,
    "row": {"fr": "Notice n°", "en": "Record no."},
    "line": {"fr": "Ligne du fichier", "en": "Line of the file"},
    "number": {"fr": "N° d’inventaire", "en": "Inventory no."},
    "column": {"fr": "Colonne", "en": "Column"},
    "value": {"fr": "Valeur écrite", "en": "Value as written"},
    "reason": {"fr": "Motif", "en": "Reason"},
    "suggestion": {"fr": "Proposition", "en": "Suggestion"},
    "severity": {"fr": "Gravité", "en": "Severity"},
    "count": {"fr": "Nombre", "en": "Number"},
    "rows": {"fr": "Lignes lues", "en": "Rows read"},
    "refused": {"fr": "Lignes refusées", "en": "Rows refused"},
    "quarantined": {"fr": "Lignes mises en quarantaine", "en": "Rows in quarantine"},
    "loaded": {"fr": "Lignes chargées", "en": "Rows loaded"},
    "crosswalk": {"fr": "Concordance", "en": "Crosswalk"},
    "museum": {"fr": "Musée", "en": "Museum"},
    "how": {
        "fr": "Corriger les lignes de la feuille « À corriger », qui garde les colonnes du musée, "
        "puis soumettre de nouveau ce classeur.",
        "en": "Mend the rows of the sheet “To mend”, which keeps the museum’s columns, then submit "
        "this workbook again.",
    },
}
SEVERITY_NAMES: dict[str, dict[Severity, str]] = {
    "fr": {"Violation": "Bloquant", "Warning": "À corriger", "Info": "Conseil"},
    "en": {"Violation": "Blocking", "Warning": "To mend", "Info": "Advice"},
}
# Rows of the summary sheet, from 0: how the file was read, then the reasons.
_READ_AS, _REASONS = 5, 10
_LINE_COLUMNS = ("severity", "row", "line", "number", "column", "value", "reason", "suggestion")


def write(feedback: Feedback, path: Path, lang: str = "fr") -> None:
    """Write the feedback file; the name decides: .xlsx, .csv or .html. Raises UsageError."""
    writers: dict[str, Callable[[Feedback, str], bytes]] = {
        ".xlsx": as_workbook,
        ".csv": as_csv,
        ".html": as_html,
    }
    if path.suffix.lower() not in writers:
        raise UsageError(
            Said(
                f"un retour au musée ne s’écrit pas en « {path.suffix or path.name} »",
                f"a feedback file cannot be written as {path.suffix or path.name!r}",
            ),
            remedy=Said(
                f"le nommer {path.stem}.xlsx, .csv ou .html",
                f"name it {path.stem}.xlsx, .csv or .html",
            ),
        )
    path.write_bytes(writers[path.suffix.lower()](feedback, lang))


def read_as(path: Path) -> dict[str, str]:
    """How the file was read that a feedback workbook is about; nothing for any other file.

    Keys as in ``Feedback.read_as``.
    """
    if path.suffix.lower() != ".xlsx" or not zipfile.is_zipfile(path):
        return {}
    try:
        book = python_calamine.load_workbook(str(path))
        names = set(book.sheet_names)
        for lang in MEND_SHEET:
            if {MEND_SHEET[lang], FINDINGS_SHEET[lang], _WORDS["summary"][lang]} <= names:
                rows = book.get_sheet_by_name(_WORDS["summary"][lang]).to_python()
                told = {str(row[0]): str(row[1]) for row in rows[:_REASONS] if len(row) > 1}
                keys = ("crosswalk", "museum")
                found = {key: told.get(_WORDS[key][lang], "") for key in keys}
                return {key: value for key, value in found.items() if value}
    except Exception:  # calamine raises many kinds; the reader of the rows tells what is wrong
        return {}
    return {}


def neutral(text: str) -> str:
    """A text that no spreadsheet program takes for a formula when it opens a CSV file.

    >>> neutral("=1+1"), neutral("-27 (av. J.-C.)"), neutral("12 cm")
    ("'=1+1", "'-27 (av. J.-C.)", '12 cm')
    """
    return f"'{text}" if text.startswith(_FORMULA_START) else text


def _cells(line: Line, lang: str) -> list[str]:
    return [
        SEVERITY_NAMES[lang][line.severity],
        str(line.row),
        "" if line.line is None else str(line.line),
        line.inventory_number,
        line.column,
        line.value,
        line.reason,
        line.suggestion,
    ]


def _account(feedback: Feedback, lang: str) -> list[tuple[str, int]]:
    loaded = feedback.rows - feedback.refused - feedback.quarantined
    return [
        (_WORDS["rows"][lang], feedback.rows),
        (_WORDS["loaded"][lang], loaded),
        (_WORDS["quarantined"][lang], feedback.quarantined),
        (_WORDS["refused"][lang], feedback.refused),
    ]


def as_csv(feedback: Feedback, lang: str = "fr") -> bytes:
    """One line per finding; semicolons and a byte order mark, as French Excel opens it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_WORDS[name][lang] for name in _LINE_COLUMNS])
    writer.writerows([neutral(cell) for cell in _cells(line, lang)] for line in feedback.lines)
    return out.getvalue().encode("utf-8-sig")


def as_html(feedback: Feedback, lang: str = "fr") -> bytes:
    """A page that stands alone: the account, the reasons, the findings."""

    def row(cells: list[str], tag: str = "td") -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "<tr>" + "".join(f"<{tag}{scope}>{html.escape(c)}</{tag}>" for c in cells) + "</tr>"

    def table(caption: str, head: list[str], body: list[str]) -> str:
        rows = "\n".join(body)
        return (
            f"<table><caption>{html.escape(caption)}</caption>\n<thead>{row(head, 'th')}</thead>\n"
            f"<tbody>\n{rows}\n</tbody></table>"
        )

    names, title = SEVERITY_NAMES[lang], html.escape(_WORDS["title"][lang])
    colon = {"fr": " :", "en": ":"}[lang]
    account = "".join(
        f"<li>{html.escape(name)}{colon} {n}</li>" for name, n in _account(feedback, lang)
    )
    reasons = [row([names[s], reason, str(n)]) for s, reason, n in feedback.reasons]
    lines = [row(_cells(line, lang)) for line in feedback.lines]
    heads = [[_WORDS[n][lang] for n in ("severity", "reason", "count")]]
    heads.append([_WORDS[name][lang] for name in _LINE_COLUMNS])
    page = (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>\n'
        "<style>body{font-family:sans-serif}table{border-collapse:collapse;margin:1em 0}"
        "td,th{border:1px solid #767676;padding:.3em;text-align:left;vertical-align:top}"
        "caption{font-weight:bold;text-align:left}</style></head>\n"
        f"<body><main><h1>{title}</h1>\n<ul>{account}</ul>\n"
        f"{table(_WORDS['summary'][lang], heads[0], reasons)}\n"
        f"{table(_WORDS['findings'][lang], heads[1], lines)}\n</main></body></html>\n"
    )
    return page.encode()


def as_workbook(feedback: Feedback, lang: str = "fr") -> bytes:
    """Three sheets: the rows to mend in the museum's own columns, the findings, the summary."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    colours: dict[Severity, Any] = {
        severity: book.add_format({"bg_color": colour, "text_wrap": True, "valign": "top"})
        for severity, colour in _COLOURS.items()
    }
    mend = book.add_worksheet(MEND_SHEET[lang])
    _to_mend(mend, feedback, head, colours, lang)
    findings = book.add_worksheet(_WORDS["findings"][lang])
    _header(findings, [_WORDS[name][lang] for name in _LINE_COLUMNS], head)
    findings.set_column(4, 7, 36, body)
    for number, line in enumerate(feedback.lines, start=1):
        for position, text in enumerate(_cells(line, lang)):
            style = colours[line.severity] if position == 0 else body
            findings.write_string(number, position, _fit(text), style)
    findings.autofilter(0, 0, max(len(feedback.lines), 1), len(_LINE_COLUMNS) - 1)
    _summary(book.add_worksheet(_WORDS["summary"][lang]), feedback, head, colours, lang)
    book.close()
    return out.getvalue()


def _header(sheet: Any, names: list[str], style: Any) -> None:
    for position, name in enumerate(names):
        sheet.write_string(0, position, _fit(name), style)
    sheet.freeze_panes(1, 0)


def _to_mend(
    sheet: Any, feedback: Feedback, head: Any, colours: dict[Severity, Any], lang: str
) -> None:
    """The rows as the museum wrote them; a cell at fault is coloured and says why in a note."""
    named = {c for line in feedback.lines if line.severity != "Info" for c in line.columns}
    columns = [
        column
        for column in feedback.columns
        if column in named or any(row.cells.get(column) for row in feedback.to_mend)
    ]
    columns = columns or feedback.columns
    _header(sheet, columns, head)
    wrong: dict[tuple[int, str], list[Line]] = {}
    for line in feedback.lines:
        if line.severity != "Info":
            for column in line.columns:
                wrong.setdefault((line.row, column), []).append(line)
    for number, row in enumerate(feedback.to_mend, start=1):
        for position, column in enumerate(columns):
            text = _fit(as_text(row.cells.get(column, "")))
            lines = wrong.get((row.number, column), [])
            style = colours[min(line.severity for line in lines)] if lines else None
            if text or style is not None:
                sheet.write_string(number, position, text, style)
            if lines:
                sheet.write_comment(number, position, _note(lines, lang))


def _note(lines: list[Line], lang: str) -> str:
    texts = [
        line.reason
        + (f"\n{_WORDS['suggestion'][lang]} : {line.suggestion}" if line.suggestion else "")
        for line in lines
    ]
    return _fit("\n".join(dict.fromkeys(texts)))


def _summary(
    sheet: Any, feedback: Feedback, head: Any, colours: dict[Severity, Any], lang: str
) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, _WORDS["title"][lang], head)
    for number, (name, count) in enumerate(_account(feedback, lang), start=1):
        sheet.write_string(number, 0, name)
        sheet.write_number(number, 1, count)
    for number, (name, value) in enumerate(feedback.read_as.items(), start=_READ_AS):
        sheet.write_string(number, 0, _WORDS[name][lang])
        sheet.write_string(number, 1, value)
    sheet.write_string(_REASONS - 2, 0, _WORDS["how"][lang])
    for position, name in enumerate(("severity", "reason", "count")):
        sheet.write_string(_REASONS, position, _WORDS[name][lang], head)
    for number, (severity, reason, count) in enumerate(feedback.reasons, start=_REASONS + 1):
        sheet.write_string(number, 0, SEVERITY_NAMES[lang][severity], colours[severity])
        sheet.write_string(number, 1, _fit(reason))
        sheet.write_number(number, 2, count)


def _fit(text: str) -> str:
    return text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - 1] + "…"
