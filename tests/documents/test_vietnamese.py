"""Numbers and dates on paper."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.papers import vietnamese as vi
from pledge_app.papers.printing.measure import in_lines


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("1234.5", "1.234,5"),
        ("0.85", "0,85"),
        ("1000000", "1.000.000"),
        ("-12", "-12"),
        ("0", "0"),
        ("", ""),
        ("Đạt", "Đạt"),
        ("12,5", "12,5"),
        ("1e9", "1e9"),
        ("NaN", "NaN"),
        ("128.50", "128,50"),
    ],
)
def test_a_figure_is_printed_the_vietnamese_way(given_text: str, printed: str) -> None:
    assert vi.figure(given_text) == printed


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_a_printed_figure_keeps_its_value(value: Decimal) -> None:
    printed = vi.figure(format(value, "f"))
    assert Decimal(printed.replace(".", "").replace(",", ".")) == value


def test_zeros_stand_before_days_below_ten_and_months_one_and_two_only() -> None:
    assert [vi.day_number(str(day)) for day in (1, 9, 10, 31)] == ["01", "09", "10", "31"]
    assert [vi.month_number(str(month)) for month in (1, 2, 3, 9, 12)] == [
        "01",
        "02",
        "3",
        "9",
        "12",
    ]
    assert vi.long_date("2023-03-05T08:00") == "05 tháng 3 năm 2023"
    assert (vi.day_number(""), vi.month_number("")) == ("", "")


def test_dates_times_and_sentence_ends() -> None:
    assert vi.short_date("2023-02-10") == "10/02/2023"
    assert vi.short_date("Quý I") == "Quý I"
    assert vi.clock("2023-02-10T08:05") == "08 giờ 05 phút"
    assert vi.full_stop("Xong") == "Xong."
    assert vi.full_stop("Xong;") == "Xong;"
    assert vi.leading_zero("5") == "05"
    assert vi.roman(4) == "IV"


def test_the_name_of_a_unit_is_not_broken() -> None:
    assert vi.one_name("ỦY BAN NHÂN DÂN XÃ HẢI TÂY") == "ỦY BAN NHÂN DÂN XÃ\u00a0HẢI\u00a0TÂY"
    assert vi.one_name("XÓM 1, XÃ HẢI QUANG") == "XÓM\u00a01, XÃ\u00a0HẢI\u00a0QUANG"
    assert vi.one_name("VÙNG QUANG ĐÔNG") == "VÙNG QUANG ĐÔNG"


def test_beside_another_cell_a_unit_stands_on_its_own_line() -> None:
    assert vi.unit_apart("ỦY BAN NHÂN DÂN XÃ HẢI TÂY") == "ỦY BAN NHÂN DÂN\nXÃ\u00a0HẢI\u00a0TÂY"
    assert vi.unit_apart("ỦY BAN MTTQ VIỆT NAM") == "ỦY BAN MTTQ VIỆT NAM"
    assert vi.unit_apart("XÃ HẢI TÂY") == "XÃ\u00a0HẢI\u00a0TÂY"


def test_an_anniversary_already_told_is_not_told_again() -> None:
    told = (
        "Chào mừng kỷ niệm 48 năm ngày giải phóng miền Nam, 69 năm ngày chiến thắng Điện Biên Phủ"
    )
    phrases = [
        "kỷ niệm 48 năm ngày giải phóng miền Nam",
        "kỷ niệm 69 năm ngày chiến thắng Điện Biên phủ",
        "mừng Xuân Quý Mão",
    ]
    assert vi.unsaid(phrases, told) == ["mừng Xuân Quý Mão"]


def test_a_heading_is_broken_only_where_its_box_is_too_narrow() -> None:
    assert (
        in_lines("ỦY BAN NHÂN DÂN XÃ HẢI QUANG", 54, 12)
        == "ỦY BAN NHÂN DÂN\nXÃ\u00a0HẢI\u00a0QUANG"
    )
    assert in_lines("VÙNG QUANG ĐÔNG", 54, 12) == "VÙNG QUANG ĐÔNG"
    assert in_lines("VÙNG THI ĐUA\nQUANG ĐÔNG", 54, 12) == "VÙNG THI ĐUA\nQUANG ĐÔNG"
    assert in_lines("MỘT" * 20, 54, 12) == "MỘT" * 20
