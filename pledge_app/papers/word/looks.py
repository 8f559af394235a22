"""The decree's paragraphs as styles of Word."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FACE = "Times New Roman"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
LEFT = WD_ALIGN_PARAGRAPH.LEFT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
LINE = 1.09
"""Multiple of the face's own single line (1.15 of its size): 1.25 of the size, as in the PDF."""


@dataclass(frozen=True)
class Look:
    """A paragraph's style: its Vietnamese name in Word, points, millimetres."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = CENTRE
    indent: float = 0
    before: float = 0
    after: float = 0
    keep: bool = False
    line: float = 1.05


LOOKS: dict[str, Look] = {
    "h1": Look(
        "Heading 1",
        bold=True,
        before=16,
        keep=True,
    ),
    "h2": Look(
        "Heading 2",
        bold=True,
        align=BOTH,
        indent=10,
        before=10,
        keep=True,
        line=LINE,
    ),
    "h3": Look(
        "Heading 3",
        bold=True,
        align=BOTH,
        indent=10,
        before=6,
        keep=True,
        line=LINE,
    ),
    "superior": Look("Cơ quan chủ quản", 12),
    "issuer": Look("Cơ quan ban hành", 12, bold=True),
    "nation": Look("Quốc hiệu", 12, bold=True),
    "motto": Look("Tiêu ngữ", 13, bold=True),
    "number": Look("Số ký hiệu", 13, before=4),
    "dated": Look(
        "Địa danh ngày tháng",
        13,
        italic=True,
        before=4,
    ),
    "subject": Look("Trích yếu", bold=True, keep=True),
    "basis": Look(
        "Căn cứ",
        italic=True,
        align=BOTH,
        indent=10,
        before=6,
        line=LINE,
    ),
    "note": Look(
        "Ghi chú",
        italic=True,
        align=BOTH,
        indent=10,
        before=6,
        line=LINE,
    ),
    "addressed": Look("Kính gửi", before=12),
    "addressee": Look("Nơi kính gửi", align=LEFT, indent=45),
    "signing": Look(
        "Đại diện ký",
        bold=True,
        before=12,
        after=8,
        keep=True,
    ),
    "office": Look("Chức vụ người ký", 13, bold=True),
    "signed": Look("Họ tên người ký", bold=True, before=86),
    "label": Look(
        "Nơi nhận",
        12,
        bold=True,
        italic=True,
        align=LEFT,
    ),
    "recipient": Look("Danh sách nơi nhận", 11, align=LEFT),
    "check": Look(
        "Mã tra cứu",
        10,
        align=LEFT,
        before=6,
    ),
    "annex": Look("Phụ lục", bold=True),
    "annex-note": Look("Kèm theo", 13, italic=True),
    "chart": Look(
        "Tên biểu đồ",
        bold=True,
        before=8,
        keep=True,
    ),
    "wish": Look("Giữa dòng", before=6, line=LINE),
    "marks": Look(
        "Dấu bản",
        11,
        italic=True,
        align=RIGHT,
    ),
}


def set_styles(document: WordDocument) -> None:
    """Normal is the decree's body text; each of LOOKS becomes a style of its own on top of it."""
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_face(normal, 14)
    shape = normal.paragraph_format
    shape.alignment = BOTH
    shape.first_line_indent = Mm(10)
    shape.space_before = Pt(6)
    shape.space_after = Pt(0)
    shape.line_spacing = LINE
    shape.widow_control = True
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    for look in LOOKS.values():
        _set_style(document, look)


def _set_style(document: WordDocument, look: Look) -> None:
    if look.name in [style.name for style in document.styles]:
        style = document.styles[look.name]
    else:
        style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    _set_face(style, look.size)
    style.font.bold = look.bold
    style.font.italic = look.italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.alignment = look.align
    shape.first_line_indent = Mm(look.indent)
    shape.keep_with_next = look.keep
    shape.space_before = Pt(look.before)
    shape.space_after = Pt(look.after)
    shape.line_spacing = look.line


def _set_face(style: ParagraphStyle, size: float) -> None:
    """Times New Roman for every script; the template's theme fonts would win over a plain name."""
    style.font.name = FACE
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)
