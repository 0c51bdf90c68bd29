"""The report as one HTML page that stands alone: styles and charts are in it."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape

from museosciences.report.model import Chart, Figures, Missing, Report, Table, Text
from museosciences.report.wording import Wording

_KINDS = {Chart: "chart", Figures: "figures", Missing: "missing", Table: "table", Text: "text"}


def render(report: Report) -> bytes:
    """The page, in UTF-8."""
    environment = Environment(
        loader=PackageLoader("museosciences.report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["kind"] = lambda block, kind: _KINDS[type(block)] == kind
    environment.filters["drawing"] = _drawing
    page = environment.get_template("report.html").render(
        report=report, words=report.words, numbers=report.numbers(),
        left_out=lambda count: left_out(report, count),
    )  # fmt: skip
    return page.encode("utf-8")


def left_out(report: Report, count: int) -> str:
    """What a page says of the rows that it does not show."""
    if count == 1:
        return report.words["left_out_one"]
    return report.words["left_out"].format(n=Wording(report.lang).number(count))


def _drawing(chart: Chart) -> Markup:
    """The SVG as part of the page, with its role and its alternative text."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>", "", chart.svg, flags=re.DOTALL).strip()
    # Identifiers inside a drawing must be its own in a page that has several.
    svg = re.sub(r'(id="|url\(#|href="#)', rf"\g<1>{chart.id}-", svg)
    # vl-convert marks every shape for screen readers; the alternative text says it all, once.
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    start = Markup('<svg role="img" aria-label="{}" ').format(escape(chart.alt))
    return start + Markup(svg.removeprefix("<svg "))
