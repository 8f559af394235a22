"""A table of criteria is read row by row; whatever is doubtful is named, and nothing is dropped."""

from __future__ import annotations

from time import process_time

import pytest

from pledge_app.criteria import bands
from pledge_app.criteria import reading as reading_module
from pledge_app.criteria.bands import unsaid
from pledge_app.criteria.block import read_block
from pledge_app.criteria.doubts import doubts_about
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.reading import MOST_ROWS, DraftRow, Reading, read_criteria, with_codes
from pledge_app.criteria.vocabulary import Column, Does, head_of
from tests.rooms.criteria.tables import MESSY, TWELVE


def read(block: str) -> Reading:
    return read_criteria(read_block(block))


def of(reading: Reading, code: str) -> DraftRow:
    return next(row for row in reading.rows if row.code == code)


def said(reading: Reading, line: int) -> str:
    """The sentences about a line of the table."""
    place = next(place for place, row in enumerate(reading.rows) if row.line == line)
    return " ".join(doubt.sentence for doubt in doubts_about(reading.rows) if doubt.row == place)


def test_twelve_criteria_in_three_groups_below_a_letterhead(app):
    reading = read(TWELVE)
    assert [row.code for row in reading.rows if row.does is Does.GROUP] == ["I", "II", "III"]
    assert [row.code for row in reading.rows if row.does is Does.CRITERION] == [
        str(n) for n in range(1, 13)
    ]
    assert reading.above == ("PHÒNG NỘI VỤ HUYỆN CHÂU THÀNH", "BỘ TIÊU CHÍ THI ĐUA NĂM 2027")
    assert doubts_about(reading.rows) == []


def test_each_field_is_what_its_cell_says(app):
    reading = read(TWELVE)
    income, poor, yes_no, complaints = (of(reading, code) for code in ("1", "2", "8", "9"))
    assert (income.unit, income.kind, income.cadence, income.points) == (
        "triệu đồng",
        ValueKind.NUMBER,
        Cadence.STATE,
        "10",
    )
    assert (poor.kind, poor.direction) == (ValueKind.PERCENT, Direction.LOWER)
    assert (yes_no.kind, yes_no.direction) == (ValueKind.YES_NO, Direction.YES_NO)
    assert complaints.direction is Direction.KEEP_ZERO
    assert of(reading, "10").direction is Direction.KEEP_ZERO


def test_an_empty_cell_has_its_stated_default(app):
    reading = read("Tên tiêu chí\nThu nhập\nTỷ lệ hộ nghèo")
    income, poor = reading.rows
    assert (income.code, income.does, income.kind, income.direction, income.cadence) == (
        "1",
        Does.CRITERION,
        ValueKind.NUMBER,
        Direction.HIGHER,
        Cadence.CUMULATIVE,
    )
    assert (poor.kind, poor.unit, poor.cadence) == (ValueKind.PERCENT, "%", Cadence.STATE)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("STT", Column.SERIAL),
        ("Mã", Column.CODE),
        ("MÃ SỐ", Column.CODE),
        ("ĐVT", Column.UNIT),
        ("Đơn vị tính", Column.UNIT),
        ("Tiêu chuẩn", Column.NAME),
        ("Nội dung tiêu chí", Column.NAME),
        ("Điểm chuẩn (điểm)", Column.POINTS),
        ("Điểm tối đa", Column.POINTS),
        ("Thế nào là tốt hơn", Column.DIRECTION),
        ("Ghi chú:", Column.NOTE),
        ("Thưởng", None),
    ],
)
def test_a_heading_is_known_in_its_spellings(heading, column):
    assert head_of(heading) is column


def test_a_column_of_groups_makes_their_rows(app):
    reading = read(
        "Mã\tNhóm\tTiêu chí\n1\tI. Kinh tế\tThu nhập\n2\tI. Kinh tế\tNgân sách\n3\tXã hội\tHộ nghèo"
    )
    assert [(row.does.value, row.code, row.name) for row in reading.rows] == [
        ("group", "I", "Kinh tế"),
        ("criterion", "1", "Thu nhập"),
        ("criterion", "2", "Ngân sách"),
        ("group", "II", "Xã hội"),
        ("criterion", "3", "Hộ nghèo"),
    ]


def test_heads_of_two_lines_a_line_of_column_numbers_and_a_merged_cell(app):
    reading = read(
        "STT\tTiêu chí\tĐVT\tĐiểm\t\n\t\t\tChuẩn\tThưởng\n(1)\t(2)\t(3)\t(4)\t(5)\n"
        "I. PHÁT TRIỂN KINH TẾ XÃ HỘI\t\t\t\t\n1\tThu nhập\ttriệu\t10\t2\n\tTổng cộng\t\t10\t"
    )
    assert ("Điểm Chuẩn", Column.POINTS) in reading.heads
    assert [(row.does.value, row.code, row.name) for row in reading.rows] == [
        ("group", "I", "PHÁT TRIỂN KINH TẾ XÃ HỘI"),
        ("criterion", "1", "Thu nhập"),
        ("skip", "", "Tổng cộng"),
    ]
    assert of(reading, "1").note == "Thưởng: 2"
    assert "(1) · (2) · (3) · (4) · (5)" in reading.above


def test_a_table_without_heads_is_guessed_and_says_so(app):
    reading = read(
        "4.4\tKhiếu kiện đông người\tvụ\tko để xảy ra\n5.1\tHồ sơ nộp trực tuyến\t%\tcàng cao "
        "càng tốt"
    )
    assert reading.is_guessed
    assert [(row.code, row.unit, row.direction) for row in reading.rows] == [
        ("4.4", "vụ", Direction.KEEP_ZERO),
        ("5.1", "%", Direction.HIGHER),
    ]


def test_every_line_of_a_messy_table_is_there(app):
    assert [row.line for row in read(MESSY).rows] == list(range(2, 19))


def test_what_has_no_field_of_its_own_is_kept_in_the_note_and_named(app):
    reading = read(MESSY)
    assert of(reading, "a1").note == "Trừ: -0,5 mỗi lần, tối đa 1,5"
    assert "-0,5 mỗi lần, tối đa 1,5" in said(reading, 4)
    assert "+1/giải pháp" in said(reading, 7)
    assert "(không xếp loại)" in said(reading, 16)


def test_the_doubtful_rows_of_a_messy_table_are_named(app):
    reading = read(MESSY)
    assert "Mã C3.1 đã có ở dòng 11" in said(reading, 12)
    assert "Mã C3.1 đã có ở dòng 11" in said(reading, 13)
    assert "Ý bạn là a1.2?" in said(reading, 6)
    assert "Ý bạn là 2,5?" in said(reading, 6)
    assert "không được đưa vào" in said(reading, 14)
    assert "không có 5.4" in said(reading, 18)
    assert "dưới 96; đúng 98" in said(reading, 10)
    assert "giữ ở mức 0" in said(reading, 17)


def test_only_what_cannot_be_written_stops_the_draft(app):
    reading = read(MESSY)
    blocking = [
        (reading.rows[one.row].line, one.column, one.suggestion)
        for one in doubts_about(reading.rows)
        if one.blocks
    ]
    assert blocking == [(6, "points", "2,5"), (12, "code", "C3.1b"), (13, "code", "C3.1c")]


def test_numbers_that_begin_anew_in_each_group_get_the_group_in_front(app):
    reading = read(
        "STT\tTiêu chí\tĐVT\nI\tKINH TẾ\t\n1\tThu nhập\ttriệu\nII\tXÃ HỘI\t\n1\tHộ nghèo\t%"
    )
    assert [one.suggestion for one in doubts_about(reading.rows)] == ["II.1"]


def test_codes_that_excel_took_for_numbers_or_days_are_given_back(app):
    reading = read(
        "Mã\tTiêu chí\n1,8\tMột\n1,9\tHai\n1,1\tBa\n1,11\tBốn\n02/02/2026\tNăm\n1,1\tSáu"
    )
    assert [row.code for row in reading.rows[:4]] == ["1.8", "1.9", "1.1", "1.11"]
    reading = read("Mã\tTiêu chí\n1.1\tMột\n1.9\tHai\n1.1\tBa\n02/02/2026\tBốn")
    assert [(one.row, one.suggestion) for one in doubts_about(reading.rows) if one.suggestion] == [
        (2, "1.10"),
        (3, "2.2"),
    ]


def test_points_of_a_group_that_are_not_the_sum_are_named(app):
    assert "Nhóm ghi 30 điểm, các tiêu chí trong nhóm cộng lại là 8,5" in said(read(MESSY), 3)


def test_words_that_say_no_direction_are_asked_about_and_kept(app):
    reading = read("Tiêu chí\tChiều\nThu nhập\tlên xuống tùy năm")
    assert of(reading, "1").direction is Direction.HIGHER
    assert of(reading, "1").note == "lên xuống tùy năm"
    assert "Không hiểu “lên xuống tùy năm”" in said(reading, 2)


def test_yes_or_no_in_one_field_alone_is_refused(app):
    rows = [
        DraftRow(code="1", name="Xã kiểu mẫu", kind=ValueKind.YES_NO, direction=Direction.HIGHER)
    ]
    assert [(one.column, one.blocks) for one in doubts_about(rows)] == [("direction", True)]


def test_what_is_too_long_is_named_and_not_cut(app):
    reading = read(
        f"Mã\tTiêu "
        f"chí\tĐVT\tThưởng\n{'1' * 17}\tMột\t{'x' * 61}\t{'y' * 240}\n2\t{'z' * 290}\tvụ\t1"
    )
    assert len(reading.rows[0].note) == 248
    assert [(one.row, one.column) for one in doubts_about(reading.rows) if one.blocks] == [
        (0, "code"),
        (0, "unit"),
    ]
    rows = [DraftRow(code="1", name="n" * 481, note="g" * 481)]
    assert [one.column for one in doubts_about(rows) if one.blocks] == ["name", "note"]


def test_a_number_in_per_cent_is_asked_about(app):
    rows = [
        DraftRow(code="1", name="Hộ nghèo", unit="%"),
        DraftRow(code="2", name="Hộ nghèo", unit="%", kind=ValueKind.PERCENT),
    ]
    assert [(one.row, one.column, one.blocks) for one in doubts_about(rows)] == [(0, "kind", False)]


def test_codes_that_are_missing_are_the_next_free_ones():
    rows = [
        DraftRow(does=Does.GROUP, name="A"),
        DraftRow(code="1", name="B"),
        DraftRow(name="C"),
        DraftRow(does=Does.SKIP),
    ]
    assert [row.code for row in with_codes(rows)] == ["I", "1", "2", ""]


@pytest.mark.parametrize(
    ("name", "gaps"),
    [
        (
            "Tỷ lệ: trên 98% 5 điểm; 97 đến dưới 98% 4 điểm; 96 đến dưới 97% 3 điểm",
            ["dưới 96", "đúng 98"],
        ),
        ("từ 98% 5 điểm; từ 90% đến dưới 98% 3 điểm; dưới 90% 0 điểm", []),
        ("từ 90 5 điểm; từ 50 đến dưới 80 3 điểm; dưới 50 1 điểm", ["đúng 80", "giữa 80 và 90"]),
        ("Thu hồi nợ quá hạn dưới 0,5%", []),
        ("Có 3 điểm bán hàng", []),
    ],
)
def test_bands_of_points_say_what_they_leave_open(name, gaps):
    assert unsaid(name) == gaps


def test_lines_beyond_the_most_are_counted_and_not_looked_at(monkeypatch):
    looked_at: list[int] = []
    real = reading_module._line

    def spy(number, *more):
        looked_at.append(number)
        return real(number, *more)

    monkeypatch.setattr(reading_module, "_line", spy)
    reading = read_criteria([["Tên", "Đơn vị"], *[["ABCD", ""]] * 5000])
    assert len(looked_at) <= MOST_ROWS + 1
    assert (len(reading.rows), reading.left_out) == (MOST_ROWS, 5000 - MOST_ROWS)


def test_the_next_free_code_is_looked_for_from_the_last_one_on(monkeypatch):
    asked: list[int] = []
    real = reading_module._code

    def spy(does, number):
        asked.append(number)
        return real(does, number)

    monkeypatch.setattr(reading_module, "_code", spy)
    rows = [
        DraftRow(does=does, name="A") for does in (Does.GROUP, Does.CRITERION) for _n in range(800)
    ]
    coded = with_codes(rows)
    assert len(asked) < 5 * len(rows)
    assert (coded[48].code, coded[799].code, coded[-1].code) == ("XLIX", "DCCC", "800")


@pytest.mark.parametrize(
    "name",
    [
        "1 điểm 2 điểm " + "1" * 5000,
        "1 điểm 2 điểm từ 1" + " " * 5000,
        "1 điểm 2 điểm " + "từ 1 " * 1000,
    ],
)
def test_a_name_that_is_refused_anyway_is_not_searched_for_bands(name, monkeypatch):
    looked_at: list[str] = []
    monkeypatch.setattr(bands, "_bands", looked_at.append)
    assert unsaid(name) == []
    assert not looked_at


@pytest.mark.parametrize("hostile", ["1", "từ 1 ", "trên ", " ", "1,", "1 "])
@pytest.mark.parametrize("pattern", [bands._BETWEEN, bands._ABOVE, bands._BELOW, bands._POINTS])
def test_bands_are_found_in_one_pass(pattern, hostile):
    """Sixteen times as much costs about sixteen times: from every digit again it would be 256
    times.
    """

    def cost(times: int) -> float:
        text = "từ 1" + hostile * times
        began = process_time()
        for _n in range(5):
            pattern.findall(text)
        return process_time() - began

    assert min(cost(16_000) for _n in range(3)) < 80 * max(cost(1000) for _n in range(3))
