"""Faults of the body of a paper: its words, headings and order."""

from tests.documents.changes import ALL_STYLE, STYLE, Change, line, more, opening, text

SECTIONS = 'Số thứ tự và tiêu đề mục (bố cục phần-mục-khoản, VD "I. NHỮNG KẾT QUẢ")'
CHAPTER, DIVISION = "Phần, Chương (từ + số La Mã)", "Mục (từ + số Ả Rập)"
BOLD = "font-weight: 700"
CENTRED = "text-align: center; text-indent: 0; font-weight: 700"
TITLE = line(CENTRED, "QUY ĐỊNH CHUNG")

BODY_FAULTS: dict[str, tuple[str, str, str, Change]] = {
    "body too small": ("agreement", "Nội dung", "size", more("p { font-size: 12pt }")),
    "body with double spacing": (
        "agreement",
        "Nội dung",
        "spacing",
        more("p { line-height: 2.2 }"),
    ),
    "body not indented enough": ("agreement", "Nội dung", "indent", more("p { text-indent: 5mm }")),
    "paragraphs too close": ("agreement", "Nội dung", "paragraph_gap", more("p { margin-top: 0 }")),
    "body ragged": ("agreement", "Nội dung", "justified", more("p { text-align: left }")),
    "chapter in another style": (
        "quarter_report",
        CHAPTER,
        ALL_STYLE,
        opening(
            line(
                "text-align: center; text-indent: 0; font-size: 16pt; font-style: italic",
                "Chương I",
            )
            + TITLE
        ),
    ),
    "chapter at the left": (
        "quarter_report",
        CHAPTER,
        "centred",
        opening(line(BOLD, "Phần II") + TITLE),
    ),
    "chapter without title": (
        "quarter_report",
        CHAPTER,
        "title",
        opening(line(CENTRED, "Chương I") + line("", "Lời văn.")),
    ),
    "mục in another style": (
        "quarter_report",
        DIVISION,
        ALL_STYLE,
        opening(
            line("text-align: center; text-indent: 0; font-size: 16pt; font-style: italic", "Mục 1")
            + TITLE
        ),
    ),
    "mục at the left": (
        "quarter_report",
        DIVISION,
        "centred",
        opening(line(BOLD, "Mục 1") + TITLE),
    ),
    "mục without title": (
        "quarter_report",
        DIVISION,
        "title",
        opening(line(CENTRED, "Mục 1") + line("", "Lời văn.")),
    ),
    "section in another style": ("agreement", SECTIONS, ALL_STYLE, more(f"h2 {{ {STYLE} }}")),
    "section in small letters": (
        "agreement",
        SECTIONS,
        "upper",
        text("I. NỘI DUNG THI ĐUA", "I. Nội dung thi đua"),
    ),
    "điều in another style": (
        "agreement",
        "Điều",
        ALL_STYLE,
        opening(line(STYLE, "Điều 1. Trách nhiệm của các bên")),
    ),
    "điều without its point": (
        "agreement",
        "Điều",
        "form",
        opening(line(BOLD, "Điều 1: Trách nhiệm của các bên")),
    ),
    "clause heading too large": (
        "agreement",
        "Khoản có tiêu đề",
        "size",
        more("h3 { font-size: 15.5pt }"),
    ),
    "clause heading in italics": (
        "agreement",
        "Khoản có tiêu đề",
        "italic",
        more("h3 { font-style: italic }"),
    ),
    "clause heading runs on": (
        "agreement",
        "Khoản có tiêu đề",
        "own_line",
        opening("<p><b>1. Trách nhiệm.</b> Các bên thực hiện đúng nội dung đã ký.</p>"),
    ),
    "clause with a bracket": (
        "agreement",
        "Khoản không tiêu đề",
        "form",
        opening(line("", "1) Các bên thực hiện.")),
    ),
    "clause in italics": (
        "agreement",
        "Khoản không tiêu đề",
        "italic",
        opening(line("font-style: italic", "1. Các bên làm.")),
    ),
    "point with a full stop": (
        "agreement",
        "Điểm",
        "form",
        opening(line("", "a. Các bên thực hiện.")),
    ),
    "point in italics": (
        "agreement",
        "Điểm",
        "italic",
        opening(line("font-style: italic", "a) Các bên thực hiện.")),
    ),
    "section without a word": (
        "agreement",
        "Tiêu đề mục",
        "empty",
        opening("<h2>IX. MỤC TRỐNG</h2>"),
    ),
    "heading at the foot of a page": (
        "agreement",
        "Tiêu đề mục",
        "widow",
        more("h2 { break-after: page }"),
    ),
    "table head not repeated": (
        "agreement",
        "Bảng",
        "head",
        more("thead { display: table-row-group } tr { height: 22mm }"),
    ),
}
