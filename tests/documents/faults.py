"""Faults made on purpose: the kind of paper, the component and its rules to be named, and the
change that makes the fault.

A change gets the HTML and the style sheet of a faultless paper. "annexed" is an agreement whose
table is an annex.
"""

from collections.abc import Callable

import pikepdf

from tests.documents.changes import ALL_STYLE, STYLE, Change, more, style, text
from tests.documents.faults_body import BODY_FAULTS
from tests.documents.faults_head import HEAD_FAULTS

LABEL, LIST = 'Từ "Nơi nhận:"', "Danh sách nơi nhận"
PAGE = "20mm 16mm 20mm 30mm"


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
