"""What was typed or pasted into one cell: read as a day, or said what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.kernel.daytime import TimeProblem
from pledge_app.kernel.numbers import NumberProblem, whole_number
from pledge_app.kernel.text import LONGEST_LINE, TextProblem

LONGEST_BESIDE = 2000
# Day 0 of Excel's calendar.
FIRST_SERIAL = date(1899, 12, 30)
FIRST_YEAR = 1800
LAST_YEAR = 2200


def text_sentence(problem: TextProblem) -> str:
    """What to say about a text that is not looked at."""
    if problem.reason == "marks":
        return _(
            "Nội dung có quá nhiều dấu chồng lên một chữ nên không nhận được. Hãy xóa chữ đó rồi "
            "gõ lại."
        )
    return _("Nội dung dài quá %(n)s ký tự.", n=problem.limit)


def number_sentence(problem: NumberProblem) -> str:
    """What to say about a number that was not understood: what was meant, and what to type."""
    said = _NUMBER_SENTENCES.get(problem.reason, _NOT_A_NUMBER)
    words = str(said) % {"unit": problem.unit}
    if not problem.suggestion:
        return words
    asked = _("Ý bạn là %(n)s?", n=problem.suggestion)
    return asked if said is _NOT_A_NUMBER else f"{asked} {words}"


def suggestions_of(problems: Mapping[str, NumberProblem]) -> dict[str, str]:
    """What can be taken by one press, by cell."""
    return {name: row.suggestion for name, row in problems.items() if row.suggestion}


def beside(sent: str | None) -> list[str]:
    """The other cells of the block that a figure was pasted with, as static/js/grid sends
    them.
    """
    return sent[:LONGEST_BESIDE].split("\t") if sent else []


_NOT_A_NUMBER = _l("Đây chưa phải là số. Ví dụ cách viết đúng: 1.234,5")
_SEPARATORS = _l("Dấu phẩy ngăn phần thập phân, dấu chấm ngăn hàng nghìn.")
_NUMBER_SENTENCES = {
    "point": _SEPARATORS,
    "english": _SEPARATORS,
    "block": _l(
        "Khối dán có số viết kiểu tiếng Anh (1,234.5) nên số này có hai cách hiểu; hãy chọn hoặc "
        "gõ lại."
    ),
    "percent_sign": _l("Tiêu chí này tính bằng %(unit)s, không tính bằng %%."),
    "large_percent": _l(
        "%(unit)s %% là quá lớn, có thể thiếu dấu phẩy. Nếu đúng như vậy, hãy ghi thêm chữ "
        "(đúng) sau số."
    ),
    "unit": _l("Chỉ nhập số, không ghi đơn vị tính hay chữ khác; đơn vị tính là %(unit)s."),
    "word": _l("Chỉ nhập số, không ghi đơn vị tính hay chữ khác."),
    "condition": _l("Chỉ nhập số; điều kiện (≥, trên, dưới) ghi ở tiêu chí."),
    "share": _l("Chỉ nhập một số là tỷ lệ phần trăm, không nhập tử số và mẫu số."),
    "one": _l("Chỉ nhập một số, không nhập phép chia hay khoảng."),
    "sign": _l("Chỉ nhập số; không ghi dấu +, dấu ngoặc, và dấu trừ viết liền với số (-5)."),
    "negative": _l("Số ở đây không được âm."),
    "yes_no": _l("Chỉ nhận Đạt hoặc Không đạt."),
    "long": _l("Số này quá lớn (nhiều nhất 12 chữ số)."),
    "places": _l("Nhiều nhất bốn chữ số sau dấu phẩy."),
}


def parse_day(typed: str) -> date:
    """dd/mm/yyyy (also d/m/yyyy, with - or .; ddmmyyyy; yyyy-mm-dd). Raises ValueError with a
    sentence.
    """
    typed = typed[:LONGEST_LINE]
    serial = typed.strip()
    days = whole_number(serial)
    if days is not None and len(serial) == 5:
        meant = FIRST_SERIAL + timedelta(days=days)
        raise ValueError(
            _(
                "%(n)s là số thứ tự ngày của Excel. Ý bạn là %(day)s? Hãy định dạng cột ngày là "
                "Ngày tháng hoặc gõ ngày/tháng/năm.",
                n=serial,
                day=f"{meant:%d/%m/%Y}",
            )
        )
    if days is not None and len(serial) == 8:
        typed = f"{serial[:2]}/{serial[2:4]}/{serial[4:]}"
    parts = typed.strip().replace("-", "/").replace(".", "/").split("/")
    numbers = [number for part in parts if (number := whole_number(part)) is not None]
    if len(parts) != 3 or len(numbers) != 3 or max(map(len, parts)) > 4:
        raise ValueError(_("Ngày phải viết theo dạng ngày/tháng/năm, ví dụ 07/02/2023."))
    if len(parts[0]) == 4:
        numbers.reverse()
    day, month, year = numbers
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            _(
                "Năm phải có bốn chữ số, từ %(a)s đến %(b)s.",
                a=FIRST_YEAR,
                b=LAST_YEAR,
            )
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("Không có ngày %(typed)s trong lịch.", typed=typed.strip())) from None


def time_sentence(problem: TimeProblem) -> str:
    if problem.suggestion:
        return _("Ý bạn là %(time)s? Hãy ghi giờ và phút tách nhau.", time=problem.suggestion)
    return _("Giờ phải viết theo dạng 08 giờ 30, từ 00 giờ 00 đến 23 giờ 59.")
