"""What python-docx has no word for: the decree's page in OOXML, rules, borders,
fields, same bytes.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import ImageFont

from pledge_app.papers.printing.assets import FONT_DIRECTORY
from pledge_app.papers.word.looks import LEFT

LEFT_MM = 30
RIGHT_MM = 16
TOP_MM = 20
BOTTOM_MM = 20
PORTRAIT_MM = 210 - LEFT_MM - RIGHT_MM
LANDSCAPE_MM = 297 - LEFT_MM - RIGHT_MM
BEHIND_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:rPr",
)
"""The properties of a paragraph that OOXML wants behind its borders."""
SOLID_LINE = {
    "val": "single",
    "sz": "6",
    "space": "0",
    "color": "000000",
}
FONT_SCALE = 1000
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def empty_document() -> WordDocument:
    """A document without the empty paragraph that the library's template has."""
    document = new_document()
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("sectPr"):
            body.remove(child)
    return document


def set_page(
    section: Section,
    marks: list[str],
    *,
    landscape: bool = False,
    restart: bool = False,
) -> None:
    """A4 with the decree's margins; the number centred in the top margin, hidden on the first
    page.
    """
    wide, high = (297, 210) if landscape else (210, 297)
    section.page_width = Mm(wide)
    section.page_height = Mm(high)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = Mm(LEFT_MM)
    section.right_margin = Mm(RIGHT_MM)
    section.top_margin = Mm(TOP_MM)
    section.bottom_margin = Mm(BOTTOM_MM)
    section.header_distance = Mm(8)
    section.footer_distance = Mm(8)
    section.different_first_page_header_footer = True
    width = LANDSCAPE_MM if landscape else PORTRAIT_MM
    for header, numbered in ((section.header, True), (section.first_page_header, False)):
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        for place, mark in enumerate(marks or [""]):
            line = line if place == 0 else header.add_paragraph()
            _top_line(
                line,
                mark,
                width,
                numbered=numbered and place == 0,
            )
    if restart:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.append(numbers)


def _top_line(
    line: Paragraph,
    mark: str,
    width: float,
    *,
    numbered: bool,
) -> None:
    line.style = "Normal"  # the template's own "Header" has tab stops of another page
    shape = line.paragraph_format
    shape.first_line_indent = Mm(0)
    shape.space_before = Pt(0)
    shape.alignment = LEFT
    shape.line_spacing = 1.0
    shape.tab_stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    shape.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run("\t")
    if numbered:
        number = line.add_run()
        number.font.size = Pt(13)
        _field(number, "PAGE")
    aside = line.add_run("\t" + mark)
    aside.font.size = Pt(11)
    aside.font.italic = not mark.isupper()
    aside.font.bold = mark.isupper()


def _field(run: Run, code: str) -> None:
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def rule(paragraph: Paragraph, length_mm: float, room_mm: float) -> None:
    """Make an empty paragraph a solid line of `length_mm` in the middle of `room_mm`."""
    shape = paragraph.paragraph_format
    aside = Mm(max(0.0, (room_mm - length_mm) / 2))
    shape.left_indent = aside
    shape.right_indent = aside
    shape.first_line_indent = Mm(0)
    shape.space_before = Pt(0)
    shape.space_after = Pt(0)
    shape.line_spacing = Pt(4)
    paragraph.add_run().font.size = Pt(2)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in SOLID_LINE.items():
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, *BEHIND_BORDERS)


def width_mm(text: str, size: float, *, bold: bool) -> float:
    """The width of the longest line of `text`, in the face that has Times New Roman's widths."""
    font = _font(bold)
    longest = max(font.getlength(line) for line in text.split("\n"))
    return longest / FONT_SCALE * size / 72 * 25.4


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "LiberationSerif-Bold.ttf" if bold else "LiberationSerif-Regular.ttf"
    return ImageFont.truetype(str(FONT_DIRECTORY / name), FONT_SCALE)


def set_columns(table: Table, widths: list[float]) -> None:
    """Fixed columns in millimetres, in the grid and in every cell: Word and LibreOffice read
    different ones.
    """
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def after_a_table(place: WordDocument | _Cell) -> bool:
    """True where the next block would touch a table: Word would take two such tables for one."""
    block = place._element.body if isinstance(place, WordDocument) else place._element
    before = [child for child in block if child.tag in (qn("w:p"), qn("w:tbl"))]
    return bool(before) and before[-1].tag == qn("w:tbl")


def keep_whole(row: _Row) -> None:
    """The row does not split over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat(row: _Row) -> None:
    """The row is the table's head, again on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def small_margins(table: Table, side_mm: float) -> None:
    """Room between a cell's edge and its text, left and right."""
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        side = OxmlElement(f"w:{name}")
        side.set(qn("w:w"), str(round(side_mm * 56.7)))
        side.set(qn("w:type"), "dxa")
        margins.append(side)
    table._tbl.tblPr.append(margins)


def describe(run: Run, text: str) -> None:
    """What is read aloud instead of the picture in `run`."""
    for properties in run._r.iter(qn("wp:docPr")):
        properties.set("descr", text)


def first_paragraph(cell: _Cell) -> Paragraph | None:
    """The empty paragraph that a new cell has, to be used before others are added."""
    paragraphs: list[Paragraph] = cell.paragraphs
    first, *others = paragraphs
    if others or first.runs or cell.tables:
        return None
    return first


def same_bytes(document: WordDocument) -> bytes:
    """The file without the moment of its making: one content, one file."""
    properties = document.core_properties._element
    for moment in ("dcterms:created", "dcterms:modified"):
        for element in properties.findall(qn(moment)):
            properties.remove(element)
    saved = io.BytesIO()
    document.save(saved)
    dateless = io.BytesIO()
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(dateless, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return dateless.getvalue()
