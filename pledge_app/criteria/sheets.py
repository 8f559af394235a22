"""A set of criteria as an Excel file that reads back unchanged, and the empty one to fill in,
with its guide.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from pledge_app.criteria.card import TEXTS
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.rows import CriterionRow, levels_of
from pledge_app.criteria.words import (
    CADENCE_WORDS,
    COMPARISON_WORDS,
    DIRECTION_WORDS,
    EVIDENCE_WORDS,
    FIGURE_KIND_WORDS,
    NEARLY_WORDS,
)
from pledge_app.web.language import kept_text

# Headings and words of the file are Vietnamese whatever the screen speaks: they are read back.
HEAD = (
    "Loại dòng",
    "Mã",
    "Tiêu chí (hoặc tên nhóm)",
    "Đơn vị tính",
    "Kiểu số liệu",
    "Chiều",
    "Cách tính năm",
    "Điểm chuẩn",
    "Ghi chú",
    "Trạng thái được tính",
    "So sánh",
    "Minh chứng",
    "Nguồn số liệu",
    "Cách kiểm tra",
    "Ngày chốt số liệu",
    "Hạn chế của số liệu",
    "Căn cứ",
    "Áp dụng cho",
    "Hướng dẫn nhập",
)
WIDTHS = (
    11,
    8,
    52,
    16,
    24,
    24,
    18,
    11,
    36,
    20,
    24,
    16,
    24,
    24,
    18,
    24,
    24,
    20,
    36,
)
CARD_COLUMN = 9  # where the folded fields begin
GROUP_WORDS = ("Nhóm", "Nhóm cấp 2", "Nhóm cấp 3")
CRITERION = "Tiêu chí"
GUIDE = "Hướng dẫn"
FIRST_ROW = 3  # from 0: title, facts, an empty line, the heads
LISTED = 400  # rows below the heads that offer their words in a list
EXAMPLE = (
    CriterionRow("I", "Phát triển kinh tế", is_group=True),
    CriterionRow(
        "1",
        "Thu nhập bình quân đầu người",
        "I",
        unit_of_measure="triệu đồng/người",
        cadence=Cadence.STATE,
    ),
    CriterionRow(
        "2",
        "Tỷ lệ hộ nghèo đa chiều",
        "I",
        unit_of_measure="%",
        kind=ValueKind.PERCENT,
        direction=Direction.LOWER,
        cadence=Cadence.STATE,
    ),
    CriterionRow("II", "An ninh trật tự", is_group=True),
    CriterionRow(
        "3",
        "Vụ khiếu kiện đông người",
        "II",
        unit_of_measure="vụ",
        direction=Direction.KEEP_ZERO,
    ),
)


def book(title: str, facts: str, rows: Iterable[CriterionRow]) -> bytes:
    """The file: a sheet of the rows under `title` and `facts`, and a sheet that says how to fill
    it in.
    """
    out = io.BytesIO()
    workbook = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold = workbook.add_format(
        {
            "bold": True,
            "text_wrap": True,
            "border": 1,
            "valign": "vcenter",
        }
    )
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    group = workbook.add_format(
        {
            "bold": True,
            "text_wrap": True,
            "valign": "top",
        }
    )
    sheet = workbook.add_worksheet("Bộ tiêu chí")
    sheet.write_string(
        0,
        0,
        title,
        workbook.add_format({"bold": True, "font_size": 13}),
    )
    sheet.write_string(1, 0, facts)
    _write_heads(sheet, bold)
    listed = list(rows)
    levels = levels_of(listed)
    for number, row in enumerate(listed, FIRST_ROW + 1):
        _write(
            sheet,
            number,
            row,
            levels[row.code],
            group if row.is_group else plain,
        )
    _lay_out(sheet)
    guide_sheet = workbook.add_worksheet(GUIDE)
    _guide(guide_sheet, bold, plain)
    _offer_words(sheet, guide_sheet)
    workbook.close()
    return out.getvalue()


def _write_heads(sheet: Worksheet, bold: Format) -> None:
    for column, word in enumerate(HEAD):
        sheet.write_string(
            FIRST_ROW,
            column,
            word,
            bold,
        )
        sheet.set_column(column, column, WIDTHS[column])


def _lay_out(sheet: Worksheet) -> None:
    """The heads stay in sight on the screen and stand on every printed page."""
    sheet.freeze_panes(FIRST_ROW + 1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW)


def _write(
    sheet: Worksheet,
    line: int,
    row: CriterionRow,
    level: int,
    shape: Format,
) -> None:
    texts = [
        GROUP_WORDS[level - 1] if row.is_group else CRITERION,
        row.code,
        row.name,
        row.unit_of_measure,
    ]
    if not row.is_group:
        words = (
            FIGURE_KIND_WORDS[row.figure_kind],
            DIRECTION_WORDS[row.direction],
            CADENCE_WORDS[row.cadence],
        )
        texts += [kept_text(word) for word in words]
    for column, text in enumerate(texts):
        if text:
            sheet.write_string(
                line,
                column,
                text,
                shape,
            )
    if row.max_points is not None:
        sheet.write_number(
            line,
            7,
            row.max_points,
            shape,
        )
    texts = [row.note, *_card_texts(row)]
    for column, text in enumerate(texts, CARD_COLUMN - 1):
        if text:
            sheet.write_string(
                line,
                column,
                text,
                shape,
            )


def _card_texts(row: CriterionRow) -> list[str]:
    """The folded fields in the order of their columns; "" where they say nothing."""
    card = row.card
    is_counted = row.kind is ValueKind.COUNTED_ROWS and not row.is_group
    return [
        kept_text(NEARLY_WORDS[card.nearly_counts]) if is_counted else "",
        kept_text(COMPARISON_WORDS[True]) if card.is_strict else "",
        kept_text(EVIDENCE_WORDS[card.needs_evidence]) if card.needs_evidence is not None else "",
        *(getattr(card, name) for name in TEXTS),
    ]


def _offer_words(sheet: Worksheet, guide_sheet: Worksheet) -> None:
    """Lists to choose from, kept beside the guide; another spelling may still be typed."""
    offers: tuple[tuple[int, Sequence[str]], ...] = (
        (0, (*GROUP_WORDS, CRITERION)),
        (4, [kept_text(word) for word in FIGURE_KIND_WORDS.values()]),
        (5, [kept_text(word) for word in DIRECTION_WORDS.values()]),
        (6, [kept_text(word) for word in CADENCE_WORDS.values()]),
        (CARD_COLUMN, [kept_text(word) for word in NEARLY_WORDS.values()]),
        (CARD_COLUMN + 1, [kept_text(word) for word in COMPARISON_WORDS.values()]),
        (CARD_COLUMN + 2, [kept_text(word) for word in EVIDENCE_WORDS.values()]),
    )
    for place, (column, words) in enumerate(offers, 3):
        for number, word in enumerate(words):
            guide_sheet.write_string(number, place, word)
        source = xl_range_abs(
            0,
            place,
            len(words) - 1,
            place,
        )
        sheet.data_validation(
            FIRST_ROW + 1,
            column,
            FIRST_ROW + LISTED,
            column,
            {
                "validate": "list",
                "source": f"='{GUIDE}'!{source}",
                "error_type": "information",
            },
        )
    guide_sheet.set_column(
        3,
        9,
        20,
        None,
        {"hidden": True},
    )


def _guide(sheet: Worksheet, bold: Format, plain: Format) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    for number, (word, text) in enumerate(guide()):
        sheet.write_string(number, 0, word, bold)
        sheet.write_string(number, 1, text, plain)


def guide() -> list[tuple[str, str]]:
    """Each column, what is written in it, and what an empty cell means."""
    return [
        (
            _("Loại dòng"),
            _(
                "Nhóm, Nhóm cấp 2, Nhóm cấp 3 hoặc Tiêu chí. Để trống: dòng viết hoa, dòng có mã "
                "I, II, A, B … hoặc dòng chỉ có tên được hiểu là nhóm; cấp của nhóm hiểu theo mã."
            ),
        ),
        (
            _("Mã"),
            _(
                "Mỗi dòng một mã riêng trong bộ, nhiều nhất 16 ký tự. Để trống: phần mềm đặt số "
                "tiếp theo."
            ),
        ),
        (_("Tiêu chí (hoặc tên nhóm)"), _("Bắt buộc.")),
        (_("Đơn vị tính"), _("Ví dụ: triệu đồng, %, vụ. Có thể để trống.")),
        (
            _("Kiểu số liệu"),
            _(
                "Số; Tỷ lệ %; Đạt / không đạt; Đếm theo thôn, xóm. Để trống: Tỷ lệ % khi đơn vị "
                "tính là %, còn lại là Số."
            ),
        ),
        (
            _("Chiều"),
            _(
                "Càng cao càng tốt; Càng thấp càng tốt; Không để xảy ra; Đạt / không đạt. Để "
                "trống: Càng cao càng tốt, trừ tên có chữ “không để xảy ra”."
            ),
        ),
        (
            _("Cách tính năm"),
            _(
                "Lũy kế (các quý cộng lại thành năm) hoặc Tại thời điểm (số mới nhất là số của "
                "năm). Để trống: Lũy kế với Số, còn lại là Tại thời điểm."
            ),
        ),
        (_("Điểm chuẩn"), _("Số, dấu phẩy ngăn phần thập phân: 2,5. Có thể để trống.")),
        (
            _("Ghi chú"),
            _("Giữ nguyên như đã viết. Cột khác (ví dụ Thưởng, Trừ) cũng được đưa vào Ghi chú."),
        ),
        *_folded_guide(),
    ]


def _folded_guide() -> list[tuple[str, str]]:
    """The same of the columns that are mostly left empty."""
    return [
        (
            _("Trạng thái được tính"),
            _(
                "Khi đếm theo thôn, xóm, sản phẩm …: “Đạt, cơ bản đạt” hoặc “Chỉ đạt”. Để trống: "
                "chỉ tính đạt, trừ tên có chữ “cơ bản đạt”."
            ),
        ),
        (
            _("So sánh"),
            _(
                "Ít nhất, nhiều nhất: bằng mức là đạt. Nhiều hơn, dưới: bằng mức chưa đạt (> 90, "
                "< 0,5). Để trống: bằng mức là đạt."
            ),
        ),
        (
            _("Minh chứng, nguồn số liệu, cách kiểm tra, …"),
            _(
                "Có thể để trống. Ghi ở dòng nhóm thì mọi tiêu chí trong nhóm dùng chung, trừ "
                "tiêu chí ghi riêng."
            ),
        ),
    ]
