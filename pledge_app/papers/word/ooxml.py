"""What python-docx has no word for: the decree's styles and page in OOXML, rules, borders,
fields, same bytes.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import ImageFont

from pledge_app.papers.printing.assets import FONT_DIRECTORY

FACE = "Times New Roman"
LEFT_MM, RIGHT_MM, TOP_MM, BOTTOM_MM = 30, 16, 20, 20
PORTRAIT_MM, LANDSCAPE_MM = 210 - LEFT_MM - RIGHT_MM, 297 - LEFT_MM - RIGHT_MM
CENTRE, LEFT, BOTH, RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
LINE = 1.09
"""Multiple of the face's own single line (1.15 of its size): 1.25 of the size, as in the PDF."""
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Look:
    """A paragraph's style: its Vietnamese name in Word, points, millimetres."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: Any = CENTRE
    indent: float = 0
    before: float = 0
    after: float = 0
    keep: bool = False
    line: float = 1.05


LOOKS: dict[str, Look] = {
    "h1": Look("Heading 1", bold=True, before=16, keep=True),
    "h2": Look("Heading 2", bold=True, align=BOTH, indent=10, before=10, keep=True, line=LINE),
    "h3": Look("Heading 3", bold=True, align=BOTH, indent=10, before=6, keep=True, line=LINE),
    "superior": Look("Cơ quan chủ quản", 12),
    "issuer": Look("Cơ quan ban hành", 12, bold=True),
    "nation": Look("Quốc hiệu", 12, bold=True),
    "motto": Look("Tiêu ngữ", 13, bold=True),
    "number": Look("Số ký hiệu", 13, before=4),
    "dated": Look("Địa danh ngày tháng", 13, italic=True, before=4),
    "subject": Look("Trích yếu", bold=True, keep=True),
    "basis": Look("Căn cứ", italic=True, align=BOTH, indent=10, before=6, line=LINE),
    "note": Look("Ghi chú", italic=True, align=BOTH, indent=10, before=6, line=LINE),
    "addressed": Look("Kính gửi", before=12),
    "addressee": Look("Nơi kính gửi", align=LEFT, indent=45),
    "signing": Look("Đại diện ký", bold=True, before=12, after=8, keep=True),
    "office": Look("Chức vụ người ký", 13, bold=True),
    "signed": Look("Họ tên người ký", bold=True, before=86),
    "label": Look("Nơi nhận", 12, bold=True, italic=True, align=LEFT),
    "recipient": Look("Danh sách nơi nhận", 11, align=LEFT),
    "check": Look("Mã tra cứu", 10, align=LEFT, before=6),
    "annex": Look("Phụ lục", bold=True),
    "annex-note": Look("Kèm theo", 13, italic=True),
    "chart": Look("Tên biểu đồ", bold=True, before=8, keep=True),
    "wish": Look("Giữa dòng", before=6, line=LINE),
    "marks": Look("Dấu bản", 11, italic=True, align=RIGHT),
}


def set_styles(document: WordDocument) -> None:
    """Normal is the decree's body text; each of LOOKS becomes a style of its own on top of it."""
    normal: Any = document.styles["Normal"]
    _face(normal, 14)
    shape = normal.paragraph_format
    shape.alignment, shape.first_line_indent, shape.space_before = BOTH, Mm(10), Pt(6)
    shape.space_after, shape.line_spacing, shape.widow_control = Pt(0), LINE, True
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    for look in LOOKS.values():
        _set_style(document, look)


def _set_style(document: WordDocument, look: Look) -> None:
    known = look.name in [style.name for style in document.styles]
    style: Any = (
        document.styles[look.name]
        if known
        else document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    )
    style.base_style = document.styles["Normal"]
    _face(style, look.size)
    style.font.bold, style.font.italic, style.font.color.rgb = (
        look.bold,
        look.italic,
        RGBColor(0, 0, 0),
    )
    shape = style.paragraph_format
    shape.alignment, shape.first_line_indent, shape.keep_with_next = (
        look.align,
        Mm(look.indent),
        look.keep,
    )
    shape.space_before, shape.space_after, shape.line_spacing = (
        Pt(look.before),
        Pt(look.after),
        look.line,
    )


def _face(style: Any, size: float) -> None:
    """Times New Roman for every script; the template's theme fonts would win over a plain name."""
    style.font.name, style.font.size = FACE, Pt(size)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)


def set_page(
    section: Section, marks: list[str], *, landscape: bool = False, restart: bool = False
) -> None:
    """A4 with the decree's margins; the number centred in the top margin, hidden on the first
    page.
    """
    wide, high = (297, 210) if landscape else (210, 297)
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.orientation = 1 if landscape else 0  # type: ignore[assignment]  # WD_ORIENT is an int enum
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    section.different_first_page_header_footer = True
    width = LANDSCAPE_MM if landscape else PORTRAIT_MM
    for header, numbered in ((section.header, True), (section.first_page_header, False)):
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        for place, mark in enumerate(marks or [""]):
            line = line if place == 0 else header.add_paragraph()
            _top_line(line, mark, width, numbered=numbered and place == 0)
    if restart:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.append(numbers)


def _top_line(line: Paragraph, mark: str, width: float, *, numbered: bool) -> None:
    line.style = "Normal"  # the template's own "Header" has tab stops of another page
    shape = line.paragraph_format
    shape.first_line_indent, shape.space_before, shape.alignment, shape.line_spacing = (
        Mm(0),
        Pt(0),
        LEFT,
        1.0,
    )
    shape.tab_stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    shape.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run("\t")
    if numbered:
        number = line.add_run()
        number.font.size = Pt(13)
        _field(number, "PAGE")
    said = line.add_run("\t" + mark)
    said.font.size, said.font.italic, said.font.bold = Pt(11), not mark.isupper(), mark.isupper()


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
    shape.left_indent, shape.right_indent, shape.first_line_indent = aside, aside, Mm(0)
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(4)
    paragraph.add_run().font.size = Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    before = paragraph._p.get_or_add_pPr()
    before.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def width_mm(text: str, size: float, *, bold: bool) -> float:
    """The width of the longest line of `text`, in the face that has Times New Roman's widths."""
    font = _font(bold)
    return (
        max((font.getlength(line) for line in text.split("\n")), default=0.0)
        / 1000
        * size
        / 72
        * 25.4
    )


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "LiberationSerif-Bold.ttf" if bold else "LiberationSerif-Regular.ttf"
    return ImageFont.truetype(str(FONT_DIRECTORY / name), 1000)


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


def after_a_table(place: Any) -> bool:
    """True where the next block would touch a table: Word would take two such tables for one."""
    before = [
        child
        for child in place._element.iter(qn("w:p"), qn("w:tbl"))
        if child.getparent()
        is (place._element.body if hasattr(place._element, "body") else place._element)
    ]
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
    only = cell.paragraphs
    return only[0] if len(only) == 1 and not only[0].runs and not cell.tables else None


def same_bytes(document: WordDocument) -> bytes:
    """The file without the moment of its making: one content, one file."""
    properties = document.core_properties._element
    for moment in ("dcterms:created", "dcterms:modified"):
        for element in properties.findall(qn(moment)):
            properties.remove(element)
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return out.getvalue()
