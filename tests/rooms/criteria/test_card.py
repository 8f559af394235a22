"""What a criterion says beside its figure: read, inherited from its groups, kept in a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pledge_app.administration.criteria_forms import criterion_rows
from pledge_app.criteria import operations, sheets
from pledge_app.criteria.card import Card, inherited
from pledge_app.criteria.doubts import doubts_about
from pledge_app.criteria.kinds import Direction, ValueKind
from pledge_app.criteria.reading import DraftRow, read_criteria
from pledge_app.criteria.rows import CriterionRow
from pledge_app.criteria.vocabulary import Does
from pledge_app.criteria.words import card_lines, goal_words, measure_words
from pledge_app.kernel.errors import DomainError
from pledge_app.tables.reading import read_table
from tests import make
from tests.make import AT

DAYS: dict[str, Any] = {"valid_from": date(2023, 1, 1), "valid_to": None, "source": ""}
GROUP = CriterionRow(
    "I",
    "Kinh tế",
    is_group=True,
    card=Card(needs_evidence=True, data_source="Phòng Kinh tế", legal_basis="QĐ 318/QĐ-TTg"),
)
ROWS = [
    GROUP,
    CriterionRow(
        "1",
        "Hộ dùng nước sạch",
        "I",
        unit_of_measure="%",
        kind=ValueKind.PERCENT,
        card=Card(is_strict=True, data_source="Trạm Y tế", help_text="Số đến ngày chốt"),
    ),
    CriterionRow(
        "2",
        "Nợ quá hạn",
        "I",
        unit_of_measure="%",
        kind=ValueKind.PERCENT,
        direction=Direction.LOWER,
        card=Card(is_strict=True, needs_evidence=False),
    ),
    CriterionRow(
        "3",
        "Tỷ lệ ấp đạt chuẩn",
        "I",
        unit_of_measure="%",
        kind=ValueKind.COUNTED_ROWS,
        card=Card(nearly_counts=False, applies_to="Xã"),
    ),
    CriterionRow("4", "Tỷ lệ xóm kiểu mẫu", "I", kind=ValueKind.COUNTED_ROWS, unit_of_measure="%"),
]


def one_row(*cells: tuple[str, str]) -> DraftRow:
    """A table of one row under these heads."""
    return read_criteria([[head for head, _cell in cells], [cell for _head, cell in cells]]).rows[0]


def test_what_a_criterion_leaves_open_is_said_by_the_nearest_group():
    own = Card(data_source="Trạm Y tế")
    near = Card(data_source="Phòng", data_check="Đối chiếu", needs_evidence=False)
    far = Card(data_check="Khác", needs_evidence=True, help_text="Chung")
    assert inherited([own, near, far]) == Card(
        data_source="Trạm Y tế", data_check="Đối chiếu", needs_evidence=False, help_text="Chung"
    )


def test_a_set_keeps_every_folded_field_and_its_criteria_read_those_of_their_group(app, cast):
    draft = operations.import_set("Bộ", ROWS, **DAYS, actor=make.actor(cast, "quan"), at=AT)
    assert operations.rows_of(draft) == ROWS
    _group, water, debt, _hamlets, _model = draft.criteria
    assert card_lines(water) == [
        ("Nguồn số liệu", "Trạm Y tế"),
        ("Căn cứ", "QĐ 318/QĐ-TTg"),
        ("Hướng dẫn nhập", "Số đến ngày chốt"),
        ("Minh chứng", "Bắt buộc"),
    ]
    assert ("Minh chứng", "Bắt buộc") not in card_lines(debt)
    assert (measure_words(water), measure_words(debt)) == (
        "%, phải hơn mức ghi",
        "%, phải dưới mức ghi",
    )
    assert [goal_words(None, water), goal_words(Decimal("0.5"), debt)] == ["", "< 0,5"]


def test_the_file_of_a_set_reads_back_every_folded_field(app):
    rows = read_criteria(read_table(sheets.book("Bộ", "", ROWS))).rows
    assert criterion_rows(rows) == ROWS


@pytest.mark.parametrize(
    ("typed", "is_strict"),
    [
        ("nhiều hơn", True),
        ("Dưới", True),
        (">", True),
        ("ít nhất", False),
        ("≥", False),
        ("", False),
    ],
)
def test_at_least_and_more_than_are_told_apart(typed, is_strict):
    row = one_row(("Tên tiêu chí", "Hộ nghèo"), ("ĐVT", "%"), ("So sánh", typed))
    assert row.card.is_strict is is_strict
    assert row.heard == ()


def test_a_comparison_that_is_not_understood_is_asked_about_and_kept():
    row = one_row(("Tên tiêu chí", "Hộ nghèo"), ("ĐVT", "%"), ("So sánh", "xấp xỉ"))
    assert row.note == "xấp xỉ"
    assert "Không hiểu “xấp xỉ”" in doubts_about([row])[0].sentence


@pytest.mark.parametrize(
    ("name", "typed", "counts"),
    [
        ("Tỷ lệ ấp đạt chuẩn", "", False),
        ("Tỷ lệ xóm đạt hoặc cơ bản đạt", "", True),
        ("Tỷ lệ ấp đạt chuẩn", "Đạt, cơ bản đạt", True),
        ("Tỷ lệ xóm đạt hoặc cơ bản đạt", "chỉ đạt", False),
    ],
)
def test_nearly_counts_only_where_the_name_or_the_column_says_so(name, typed, counts):
    row = one_row(
        ("Tên tiêu chí", name), ("Kiểu số liệu", "Đếm theo ấp"), ("Trạng thái được tính", typed)
    )
    assert row.card.nearly_counts is counts
    asked = [one.sentence for one in doubts_about([row]) if one.column == "nearly"]
    assert bool(asked) == (not typed and not counts)


def test_more_than_needs_a_level_to_be_more_than(app, cast):
    row = DraftRow(name="Cháy lớn", direction=Direction.KEEP_ZERO, card=Card(is_strict=True))
    assert [one.column for one in doubts_about([row]) if one.blocks] == ["strict"]
    wrong = replace(ROWS[1], parent="", direction=Direction.KEEP_ZERO)
    with pytest.raises(DomainError, match="không có mức"):
        operations.import_set("Bộ", [wrong], **DAYS, actor=make.actor(cast, "quan"), at=AT)


def test_a_text_that_is_too_long_is_named_not_cut():
    row = DraftRow(name="Thu nhập", card=Card(data_source="x" * 481))
    assert [one.column for one in doubts_about([row]) if one.blocks] == ["data_source"]


def test_a_group_says_nothing_about_figures():
    group = DraftRow(does=Does.GROUP, code="I", name="Kinh tế", card=Card(is_strict=True))
    assert criterion_rows([group])[0].card == Card()
