"""The report as a text for word processors: styles, contents, captions that number themselves."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import vl_convert
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from museosciences.report.charts import width_of
from museosciences.report.html import left_out
from museosciences.report.model import Block, Chart, Figures, Missing, Report, Table, Text
from museosciences.report.wording import clean

# Between the margins of an A4 page.
TEXT_WIDTH = 17.0
# Centimetres for a pixel of a drawing: their letters have one size.
DRAWING_SCALE = 0.0265
SCALE = 2.0
FONT = "Calibri"
ACCENT = RGBColor(0x0B, 0x5D, 0x94)
SOFT = RGBColor(0x52, 0x60, 0x6D)
HEAD_FILL, NOTE_FILL = "EEF2F5", "FBF6E6"


def render(report: Report) -> bytes:
    """The document. Its date is that of the build, so that the same build gives the same bytes."""
    writer = _Writer(report)
    writer.cover()
    for number, section in enumerate(report.sections, start=1):
        writer.heading(f"{number}. {section.title}", section.id)
        for block in section.blocks:
            writer.block(block)
    writer.annex()
    out = io.BytesIO()
    writer.document.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.numbers = report.numbers()
        self.document: Any = docx.Document()
        self._bookmarks = 0
        self._styles()
        self._page()
        properties = self.document.core_properties
        properties.title = clean(report.title)
        properties.author = clean(report.publisher)
        properties.language = "fr-FR" if report.lang == "fr" else "en-GB"
        properties.created = properties.modified = report.date.replace(tzinfo=None)

    # The page and its styles

    def _styles(self) -> None:
        styles = self.document.styles
        code = "fr-FR" if self.report.lang == "fr" else "en-GB"
        for name, size, colour in (
            ("Normal", 10.5, None), ("Title", 26, None), ("Subtitle", 11, SOFT),
            ("Heading 1", 16, ACCENT), ("Heading 2", 11, ACCENT), ("Caption", 9.5, SOFT),
        ):  # fmt: skip
            style = styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            if colour is not None:
                style.font.color.rgb = colour
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), code)
        styles["Normal"].element.get_or_add_rPr().append(language)
        styles["Caption"].paragraph_format.keep_with_next = True
        _light(styles["Table Grid"].element)

    def _page(self) -> None:
        page = self.document.sections[0]
        page.orientation = WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = Cm(21.0), Cm(29.7)
        page.left_margin = page.right_margin = Cm((21.0 - TEXT_WIDTH) / 2)
        page.top_margin = page.bottom_margin = Cm(2.2)
        footer = page.footer.paragraphs[0]
        footer.add_run(clean(self.report.title) + "\t\t").font.size = Pt(8)
        _field(footer, "PAGE", "1")

    # The parts

    def cover(self) -> None:
        report = self.report
        self.document.add_paragraph(clean(report.title), style="Title")
        self.document.add_paragraph(clean(report.subtitle), style="Subtitle")
        if report.publisher:
            self.document.add_paragraph().add_run(clean(report.publisher)).bold = True
        self.document.add_paragraph(clean(report.dateline))
        contents = self.document.add_paragraph(clean(report.words["contents"]))
        contents.runs[0].bold = True
        entries = [
            (f"{number}. {section.title}", section.id)
            for number, section in enumerate(report.sections, start=1)
        ]
        entries.append((report.words["queries"], "queries"))
        # A contents field that word processors bring up to date; its entries are there already.
        for position, (title, target) in enumerate(entries):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            if position == 0:
                _begin_field(paragraph, 'TOC \\o "1-1" \\h \\z \\u')
            _link(paragraph, clean(title), target)
            if position == len(entries) - 1:
                _mark(paragraph, "end")
        self.document.add_page_break()

    def heading(self, title: str, target: str, level: int = 1) -> None:
        paragraph = self.document.add_heading(clean(title), level)
        self._bookmarks += 1
        for tag, attributes in (
            ("w:bookmarkStart", {"w:id": str(self._bookmarks), "w:name": _name(target)}),
            ("w:bookmarkEnd", {"w:id": str(self._bookmarks)}),
        ):
            element = OxmlElement(tag)
            for key, value in attributes.items():
                element.set(qn(key), value)
            paragraph._p.append(element)

    def block(self, block: Block) -> None:
        if isinstance(block, Text):
            paragraph = self.document.add_paragraph(clean(block.text))
            paragraph.paragraph_format.keep_with_next = True
        elif isinstance(block, Missing):
            paragraph = self.document.add_paragraph()
            paragraph.add_run(clean(block.text)).italic = True
            _shade(paragraph._p.get_or_add_pPr(), NOTE_FILL)
        elif isinstance(block, Figures):
            self._figures(block)
        elif isinstance(block, Chart):
            self._chart(block)
            self._table(block.table)
        else:
            self._table(block)

    def _figures(self, block: Figures) -> None:
        width = 4
        rows = -(-len(block.figures) // width)
        table = self.document.add_table(rows, width)
        for position, figure in enumerate(block.figures):
            cell = table.cell(position // width, position % width)
            _shade(cell._tc.get_or_add_tcPr(), "F4F7F9")
            paragraph = cell.paragraphs[0]
            number = paragraph.add_run(clean(figure.text))
            number.bold, number.font.size = True, Pt(18)
            paragraph.add_run("\n" + clean(figure.label)).font.size = Pt(9)
            _link(cell.add_paragraph(), figure.cited.name, f"query-{figure.cited.name}", 7.5)
        self.document.add_paragraph()

    def _chart(self, block: Chart) -> None:
        picture = vl_convert.svg_to_png(block.svg, scale=SCALE)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        drawing = paragraph.add_run().add_picture(io.BytesIO(picture))
        wanted = min(DRAWING_SCALE * width_of(block.svg), TEXT_WIDTH)
        share = min(Cm(wanted) / drawing.width, Cm(18.0) / drawing.height)
        drawing.width, drawing.height = Emu(drawing.width * share), Emu(drawing.height * share)
        about = drawing._inline.docPr
        about.set("descr", clean(block.alt))
        about.set("title", clean(block.caption))
        self._caption(self.report.words["figure"], block.caption, self.numbers[block.id],
                      block.table.cited.name, last=True)  # fmt: skip

    def _caption(
        self, kind: str, text: str, number: int, query: str, *, last: bool = False
    ) -> None:
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = not last
        paragraph.add_run(f"{kind} ")
        _field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
        paragraph.add_run(f" – {clean(text)}").bold = True
        separator = "\u00a0: " if self.report.lang == "fr" else ": "
        paragraph.add_run(f" – {self.report.words['query']}{separator}").bold = False
        _link(paragraph, query, f"query-{query}", 9)

    def _table(self, block: Table) -> None:
        self._caption(self.report.words["table"], block.caption, self.numbers[block.id],
                      block.cited.name)  # fmt: skip
        rows = block.page_rows
        table = self.document.add_table(len(rows) + 1, len(block.head), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        widths = _widths(block)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        # One pass over the cells of the table: asking for them one by one is quadratic.
        lines = [[head.label for head in block.head]]
        lines += [[cell.brief for cell in row] for row in rows]
        for number, (line, row) in enumerate(zip(lines, table._tbl.tr_lst, strict=True)):
            _keep_whole(row, head=number == 0)
            for head, width, text, cell in zip(block.head, widths, line, row.tc_lst, strict=True):
                _fill(cell, clean(text), Cm(width), head=number == 0, right=head.numeric)
        notes = [block.note] if block.note else []
        if block.left_out:
            notes.append(left_out(self.report, block.left_out))
        note = self.document.add_paragraph()
        note.add_run(clean(" ".join(notes))).font.size = Pt(8.5)

    def annex(self) -> None:
        self.document.add_page_break()
        self.heading(self.report.words["queries"], "queries")
        self.document.add_paragraph(clean(self.report.words["queries_intro"]))
        for cited in self.report.cited:
            self.heading(f"{cited.name} – {cited.title}", f"query-{cited.name}", 2)
            run = self.document.add_paragraph().add_run(clean(cited.text))
            run.font.name, run.font.size = "Consolas", Pt(7.5)


def _widths(block: Table) -> list[float]:
    """The width of each column in centimetres."""
    shares = [1.15 if head.numeric else head.width for head in block.head]
    total = max(sum(shares), 5.0)
    return [TEXT_WIDTH * share / total for share in shares]


def _name(target: str) -> str:
    """A bookmark's name: letters, digits and _, at most 40 of them."""
    return re.sub(r"\W", "_", target)[:40]


def _fill(cell: Any, text: str, width: Any, *, head: bool, right: bool) -> None:
    """Write a cell of a table (``w:tc``)."""
    cell.width = width
    paragraph = cell.p_lst[0]
    properties = paragraph.get_or_add_pPr()
    spacing = properties.get_or_add_spacing()
    spacing.set(qn("w:before"), "20")
    spacing.set(qn("w:after"), "20")
    if right:
        properties.get_or_add_jc().set(qn("w:val"), "right")
    run = paragraph.add_r()
    run.text = text
    looks = run.get_or_add_rPr()
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), "17")
    if head:
        looks.append(OxmlElement("w:b"))
        _shade(cell.get_or_add_tcPr(), HEAD_FILL)
    looks.append(size)


def _keep_whole(row: Any, *, head: bool) -> None:
    """A row (``w:tr``) is not cut by the end of a page; the first is repeated on each."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _light(style: Any) -> None:
    """Give a table style thin grey rules between its rows, and none elsewhere."""
    borders = style.find(f".//{qn('w:tblBorders')}")
    for border in borders:
        ruled = border.tag in (qn("w:bottom"), qn("w:insideH"))
        border.set(qn("w:val"), "single" if ruled else "nil")
        border.set(qn("w:color"), "CBD2D9")


def _shade(properties: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    properties.append(shade)


def _mark(paragraph: Any, kind: str) -> None:
    run = paragraph.add_run()
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)


def _begin_field(paragraph: Any, instruction: str) -> None:
    _mark(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    paragraph.add_run()._r.append(text)
    _mark(paragraph, "separate")


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field with the value that it has now."""
    _begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _link(paragraph: Any, text: str, target: str, size: float | None = None) -> None:
    """A link to a bookmark of the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _name(target))
    run = paragraph.add_run(text)
    run.font.color.rgb = ACCENT
    if size is not None:
        run.font.size = Pt(size)
    link.append(run._r)
    paragraph._p.append(link)
