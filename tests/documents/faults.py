"""Faults made on purpose: the kind of paper, the component and its rules to be named, and the
change that makes the fault.

A change gets the HTML and the style sheet of a faultless paper. "annexed" is an agreement whose
table is an annex.
"""

import re
from collections.abc import Callable

import pikepdf

Change = Callable[[str, str], tuple[str, str]]
SECTIONS = 'Số thứ tự và tiêu đề mục (bố cục phần-mục-khoản, VD "I. NHỮNG KẾT QUẢ")'
CHAPTER, DIVISION = "Phần, Chương (từ + số La Mã)", "Mục (từ + số Ả Rập)"
LABEL, LIST = 'Từ "Nơi nhận:"', "Danh sách nơi nhận"
STYLE = "font-size: 15.5pt; font-weight: 400; font-style: italic"
ALL_STYLE = "size bold italic"
PAGE = "20mm 16mm 20mm 30mm"


def style(old: str, new: str) -> Change:
    def change(html: str, css: str) -> tuple[str, str]:
        assert old in css
        return html, css.replace(old, new)

    return change


def more(rule: str) -> Change:
    return lambda html, css: (html, css + rule)


def text(old: str, new: str) -> Change:
    """A space of `old` is also one that does not break a line."""
    found = re.compile(re.escape(old).replace("\\ ", "[ \u00a0]"))

    def change(html: str, css: str) -> tuple[str, str]:
        assert found.search(html)
        return found.sub(lambda _found: new, html), css

    return change


def opening(block: str) -> Change:
    """A block more, before the first heading."""

    def change(html: str, css: str) -> tuple[str, str]:
        return html.replace("<h2>", block + "<h2>", 1), css

    return change


def line(css: str, words: str) -> str:
    return f'<p style="{css}">{words}</p>'


BOLD = "font-weight: 700"
CENTRED = "text-align: center; text-indent: 0; font-weight: 700"
TITLE = line(CENTRED, "QUY ĐỊNH CHUNG")

PAGE_FAULTS: dict[str, tuple[str, str, str, Change]] = {
    "page is Letter": ("minutes", "Khổ giấy", "size", style("size: A4 portrait", "size: letter")),
    "left margin too narrow": ("registration", "Lề", "left", style(PAGE, "20mm 16mm 20mm 24mm")),
    "left margin too wide": ("registration", "Lề", "left", style(PAGE, "20mm 6mm 20mm 40mm")),
    "right margin too narrow": ("registration", "Lề", "right", style(PAGE, "20mm 9mm 20mm 30mm")),
    "top margin too wide": ("registration", "Lề", "top", style(PAGE, "32mm 16mm 20mm 30mm")),
    "bottom margin too narrow": ("agreement", "Lề", "bottom", style(PAGE, "20mm 16mm 12mm 30mm")),
    "another face": ("agreement", "Phông", "face", more('.basis { font-family: "DejaVu Sans" }')),
    "red text": ("agreement", "Phông", "colour", more(".nation { color: #c00 }")),
    "no page numbers": (
        "agreement",
        "Số trang",
        "missing",
        style("content: counter(page)", "content: none"),
    ),
    "page number on page 1": (
        "agreement",
        "Số trang",
        "first",
        style("@page :first { @top-center { content: none } }", ""),
    ),
    "page number at the foot": (
        "agreement",
        "Số trang",
        "missing",
        style("@top-center { content: counter(page)", "@bottom-center { content: counter(page)"),
    ),
    "page number at the left": (
        "agreement",
        "Số trang",
        "centred",
        style("@top-center { content: counter(page)", "@top-left { content: counter(page)"),
    ),
    "page number in another style": (
        "agreement",
        "Số trang",
        ALL_STYLE,
        style("font: 400 13pt", "font: italic 700 11pt"),
    ),
}

HEAD_FAULTS: dict[str, tuple[str, str, str, Change]] = {
    "Quốc hiệu on two lines": (
        "registration",
        "Quốc hiệu",
        "one_line",
        text("XÃ HỘI CHỦ", "XÃ HỘI<br>CHỦ"),
    ),
    "Quốc hiệu in another style": (
        "registration",
        "Quốc hiệu",
        ALL_STYLE,
        more(f".nation {{ {STYLE} }}"),
    ),
    "Quốc hiệu at the left": (
        "registration",
        "Quốc hiệu",
        "place",
        more(".head { flex-direction: row-reverse }"),
    ),
    "something above the Quốc hiệu": (
        "minutes",
        "Quốc hiệu",
        "top",
        text(
            '<div class="head">\n  <div class="left">',
            '<p>Mật</p><div class="head">\n  <div class="left">',
        ),
    ),
    "Tiêu ngữ with other dashes": (
        "minutes",
        "Tiêu ngữ",
        "text",
        text("Độc lập - Tự do", "Độc lập – Tự do"),
    ),
    "Tiêu ngữ in another style": (
        "registration",
        "Tiêu ngữ",
        ALL_STYLE,
        more(f".motto {{ {STYLE} }}"),
    ),
    "Tiêu ngữ far below": ("registration", "Tiêu ngữ", "gap", more(".motto { margin-top: 14pt }")),
    "Tiêu ngữ not centred": (
        "registration",
        "Tiêu ngữ",
        "place",
        more(".motto { text-align: left }"),
    ),
    "Tiêu ngữ without rule": (
        "registration",
        "Đường kẻ dưới Tiêu ngữ",
        "missing",
        more(".motto .ruled::after { border: 0 }"),
    ),
    "Tiêu ngữ with a short rule": (
        "registration",
        "Đường kẻ dưới Tiêu ngữ",
        "length",
        more(".motto .ruled::after { width: 50% }"),
    ),
    "superior in another style": (
        "registration",
        "Tên cơ quan chủ quản trực tiếp",
        "size italic",
        more(".superior { font-size: 14.5pt; font-style: italic }"),
    ),
    "superior partly bold": (
        "registration",
        "Tên cơ quan chủ quản trực tiếp",
        "bold",
        text("UBND HUYỆN", "<b>UBND</b> HUYỆN"),
    ),
    "superior in small letters": (
        "registration",
        "Tên cơ quan chủ quản trực tiếp",
        "upper",
        text("UBND HUYỆN", "Ubnd huyện"),
    ),
    "issuer not bold": (
        "registration",
        "Tên cơ quan ban hành",
        "missing",
        more(".issuer { font-weight: 400 }"),
    ),
    "issuer in another style": (
        "registration",
        "Tên cơ quan ban hành",
        "size italic",
        more(".issuer { font-size: 14.5pt; font-style: italic }"),
    ),
    "issuer in small letters": (
        "registration",
        "Tên cơ quan ban hành",
        "upper",
        text("ỦY BAN NHÂN DÂN\nXÃ", "Ủy ban nhân dân\nXÃ"),
    ),
    "issuer not centred": (
        "registration",
        "Tên cơ quan ban hành",
        "centred",
        more(".superior { text-align: left }"),
    ),
    "issuer without rule": (
        "registration",
        "Đường kẻ dưới tên cơ quan",
        "missing",
        more(".issuer .ruled::after { border: 0 }"),
    ),
    "issuer with a long rule": (
        "registration",
        "Đường kẻ dưới tên cơ quan",
        "length",
        more(".issuer .ruled::after { width: 90% }"),
    ),
    "issuer's rule off the middle": (
        "registration",
        "Đường kẻ dưới tên cơ quan",
        "centred",
        more(".issuer .ruled::after { margin-left: 18% }"),
    ),
    "no number": ("registration", "Số, ký hiệu", "missing", more(".number { display: none }")),
    "number below ten without its zero": (
        "registration",
        "Số, ký hiệu",
        "leading_zero",
        text('<span class="room"></span>/BĐK', "5/BĐK"),
    ),
    "number without its stroke": (
        "registration",
        "Số, ký hiệu",
        "form",
        text('<span class="room"></span>/BĐK', "15-BĐK"),
    ),
    "number in another style": (
        "registration",
        "Số, ký hiệu",
        ALL_STYLE,
        more(".number { font-size: 14.5pt; font-style: italic; font-weight: 700 }"),
    ),
    "number at the left": (
        "registration",
        "Số, ký hiệu",
        "centred",
        more(".number { text-align: left }"),
    ),
    "no place and date": (
        "registration",
        "Địa danh, ngày tháng năm",
        "missing",
        more(".dated { display: none }"),
    ),
    "day without its zero": (
        "registration",
        "Địa danh, ngày tháng năm",
        "leading_zero",
        text('ngày <span class="room"></span>', "ngày 5"),
    ),
    "March with a zero": (
        "registration",
        "Địa danh, ngày tháng năm",
        "leading_zero",
        text('tháng <span class="room"></span>', "tháng 03"),
    ),
    "date in figures": (
        "registration",
        "Địa danh, ngày tháng năm",
        "form",
        text('tháng <span class="room"></span>', "/02/"),
    ),
    "date in another style": (
        "registration",
        "Địa danh, ngày tháng năm",
        ALL_STYLE,
        more(".dated { font-size: 15pt; font-style: normal; font-weight: 700 }"),
    ),
    "date below the number's line": (
        "registration",
        "Địa danh, ngày tháng năm",
        "place",
        more(".dated { margin-top: 8pt }"),
    ),
    "date not centred": (
        "registration",
        "Địa danh, ngày tháng năm",
        "centred",
        more(".dated { text-align: left }"),
    ),
    "no type": (
        "minutes",
        "Tên loại văn bản",
        "missing",
        lambda html, css: (html, css + "body > :not(.head) { display: none }"),
    ),
    "type in small letters": (
        "minutes",
        "Tên loại văn bản",
        "upper",
        text(">BIÊN BẢN<", ">Biên bản<"),
    ),
    "type in another style": (
        "minutes",
        "Tên loại văn bản",
        ALL_STYLE,
        more(f".name h1 {{ {STYLE} }}"),
    ),
    "type at the left": (
        "minutes",
        "Tên loại văn bản",
        "centred",
        more(".name h1 { text-align: left }"),
    ),
    "no subject": ("minutes", "Trích yếu", "missing", more(".name .subject { display: none }")),
    "subject in another style": (
        "minutes",
        "Trích yếu",
        ALL_STYLE,
        more(f".name .subject {{ {STYLE} }}"),
    ),
    "subject in capitals": (
        "minutes",
        "Trích yếu",
        "upper",
        more(".name .subject { text-transform: uppercase }"),
    ),
    "subject without rule": (
        "minutes",
        "Đường kẻ dưới trích yếu",
        "missing",
        more(".subject .ruled::after { border: 0 }"),
    ),
    "subject with a long rule": (
        "minutes",
        "Đường kẻ dưới trích yếu",
        "length",
        more(".subject .ruled::after { width: 80% }"),
    ),
    "subject's rule off the middle": (
        "minutes",
        "Đường kẻ dưới trích yếu",
        "centred",
        more(".subject .ruled::after { margin-left: 18% }"),
    ),
    "no căn cứ": ("agreement", "Căn cứ ban hành", "missing", more(".basis { display: none }")),
    "căn cứ in another style": (
        "agreement",
        "Căn cứ ban hành",
        ALL_STYLE,
        more(".basis { font-size: 12pt; font-style: normal; font-weight: 700 }"),
    ),
    "last căn cứ with a semicolon": (
        "agreement",
        "Căn cứ ban hành",
        "ending",
        text("thi đua, khen thưởng năm 2023.</p>", "thi đua, khen thưởng năm 2023;</p>"),
    ),
    "two căn cứ in one line": (
        "agreement",
        "Căn cứ ban hành",
        "one_each",
        text(';</p>\n<p class="basis">', "; "),
    ),
    "no Kính gửi": ("registration", "Kính gửi", "missing", more(".addressed { display: none }")),
    "Kính gửi in another style": (
        "quarter_report",
        "Kính gửi",
        ALL_STYLE,
        more(".addressed { font-size: 16pt } .addressed p { font: italic 700 16pt serif }"),
    ),
    "Kính gửi in minutes": (
        "minutes",
        "Kính gửi",
        "unwanted",
        opening(line("", "Kính gửi: Ủy ban nhân dân huyện.")),
    ),
}

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

CLOSING_FAULTS: dict[str, tuple[str, str, str, Change]] = {
    "signature block torn off": (
        "registration",
        "Khối chữ ký",
        "torn",
        more(".end { break-before: page }"),
    ),
    "name torn from office": (
        "registration",
        "Khối chữ ký",
        "torn",
        more(".cell .ink { height: 140mm } .keep { break-inside: auto }"),
    ),
    "office not bold": (
        "registration",
        "Quyền hạn, chức vụ người ký",
        "missing",
        more(".cell .office { font-weight: 400 }"),
    ),
    "office in another style": (
        "registration",
        "Quyền hạn, chức vụ người ký",
        "size italic",
        more(".cell .office { font-size: 15.5pt; font-style: italic }"),
    ),
    "office in small letters": (
        "registration",
        "Quyền hạn, chức vụ người ký",
        "upper",
        text("CHỦ TỊCH</div>", "Chủ tịch</div>"),
    ),
    "Q. before the body": (
        "agreement",
        "Quyền hạn, chức vụ người ký",
        "form",
        text("TM. ỦY BAN NHÂN DÂN\nXÃ", "Q. ỦY BAN NHÂN DÂN\nXÃ"),
    ),
    "TL. below TM.": (
        "agreement",
        "Quyền hạn, chức vụ người ký",
        "form",
        text("\nCHỦ TỊCH<", "\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG<"),
    ),
    "unit named again": (
        "registration",
        "Quyền hạn, chức vụ người ký",
        "unit",
        text("TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN\nXÃ HẢI QUANG"),
    ),
    "authority with a stroke": (
        "registration",
        "Quyền hạn, chức vụ người ký",
        "form",
        text("TM. ", "T/M "),
    ),
    "signature at the left": (
        "registration",
        "Quyền hạn, chức vụ người ký",
        "place",
        more(".end { flex-direction: row-reverse }"),
    ),
    "name in another style": (
        "registration",
        "Họ tên người ký",
        ALL_STYLE,
        more(f".cell .signed {{ {STYLE} }}"),
    ),
    "name with a degree": (
        "registration",
        "Họ tên người ký",
        "degree",
        text('class="signed">', 'class="signed">ThS. '),
    ),
    "name not below the office": (
        "registration",
        "Họ tên người ký",
        "centred",
        more(".cell .signed { padding-left: 12mm }"),
    ),
    "no Nơi nhận": ("registration", LABEL, "missing", more(".recipients { visibility: hidden }")),
    "Nơi nhận in another style": (
        "registration",
        LABEL,
        ALL_STYLE,
        more(".recipients .label { font-size: 14pt; font-style: normal; font-weight: 400 }"),
    ),
    "Nơi nhận below the office": (
        "registration",
        LABEL,
        "place",
        more(".recipients { margin-top: 20mm }"),
    ),
    "Nơi nhận off the margin": (
        "agreement",
        LABEL,
        "place",
        more(".recipients { margin-left: 20mm }"),
    ),
    "list of Nơi nhận in another style": (
        "registration",
        LIST,
        "size italic bold",
        lambda html, css: (
            html.replace("- Đảng ủy", "- <b>Đảng</b> ủy"),
            css + ".recipients p { font-size: 13pt; font-style: italic }",
        ),
    ),
    "list of Nơi nhận without dashes": (
        "registration",
        LIST,
        "dash",
        text("<p>- Đảng ủy", "<p>Đảng ủy"),
    ),
    "list of Nơi nhận without semicolons": (
        "registration",
        LIST,
        "ending",
        text("HĐND xã;", "HĐND xã"),
    ),
    "list of Nơi nhận without an end": (
        "registration",
        LIST,
        "ending",
        text("Lưu: VT.", "Lưu: VT"),
    ),
    "list of Nơi nhận without the archive": (
        "registration",
        LIST,
        "archive",
        text("- Lưu: VT.", "- Phòng Nội vụ."),
    ),
    "annex label in another style": (
        "annexed",
        '"Phụ lục" + số La Mã',
        ALL_STYLE,
        more(f".annex h2 {{ {STYLE} }}"),
    ),
    "annex with an Arabic number": (
        "annexed",
        '"Phụ lục" + số La Mã',
        "roman",
        text("<h2>Phụ lục</h2>", "<h2>Phụ lục 1</h2>"),
    ),
    "annex title in another style": (
        "annexed",
        "Tên phụ lục",
        ALL_STYLE,
        more(f".annex strong {{ {STYLE} }}"),
    ),
    "annex title in small letters": (
        "annexed",
        "Tên phụ lục",
        "upper",
        text("CHỈ TIÊU THI ĐUA NĂM", "Chỉ tiêu thi đua năm"),
    ),
    "annex that belongs to nothing": (
        "annexed",
        "Dòng (Kèm theo ...)",
        "line",
        text("(Kèm theo", "(Theo"),
    ),
    "annex's paper in another style": (
        "annexed",
        "Dòng (Kèm theo ...)",
        ALL_STYLE,
        more(".annex p.note { font-size: 12pt; font-style: normal; font-weight: 700 }"),
    ),
}

FAULTS = {**PAGE_FAULTS, **HEAD_FAULTS, **BODY_FAULTS, **CLOSING_FAULTS}


def _fonts_lose(pdf: pikepdf.Pdf, key: str) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and key in thing:
            del thing[key]


def _lose_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def _lose_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = ""


FILE_FAULTS: dict[str, tuple[str, str, Callable[[pikepdf.Pdf], None]]] = {
    "no language": ("Tệp", "language", _lose_language),
    "no title": ("Tệp", "title", _lose_title),
    "font not embedded": ("Phông", "embedded", lambda pdf: _fonts_lose(pdf, "/FontFile2")),
    "text without Unicode": ("Phông", "unicode", lambda pdf: _fonts_lose(pdf, "/ToUnicode")),
}
