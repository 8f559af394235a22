"""A tree of up to four levels: read from a table, kept in a draft and a file, walked on pages and
papers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from pledge_app.administration.criteria_forms import criterion_rows, stored_rows
from pledge_app.criteria import operations, sheets
from pledge_app.criteria.doubts import doubts_about
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.nesting import nested
from pledge_app.criteria.reading import read_criteria
from pledge_app.criteria.rows import CriterionRow
from pledge_app.criteria.vocabulary import Does
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.pledges.snapshot import registration
from pledge_app.tables.reading import read_table
from tests import make
from tests.cast import TODAY
from tests.make import AT

DAYS: dict[str, Any] = {"valid_from": date(2023, 1, 1), "valid_to": None, "source": ""}
TREE = [
    CriterionRow("I", "Phát triển kinh tế", is_group=True),
    CriterionRow("A", "Sản xuất", "I", is_group=True),
    CriterionRow("1", "Nông nghiệp", "A", is_group=True),
    CriterionRow("1.1", "Mô hình", "1", unit_of_measure="mô hình"),
    CriterionRow("B", "Ngân sách", "I", is_group=True),
    CriterionRow("2", "Thu ngân sách", "B", unit_of_measure="tỷ đồng"),
    CriterionRow("II", "Xã hội", is_group=True),
    CriterionRow("3", "Hộ nghèo", "II", unit_of_measure="hộ"),
]
TABLE = "\n".join(
    [
        "TT\tTên tiêu chí\tĐVT",
        "I\tPhát triển kinh tế\t",
        "A\tSản xuất\t",
        "1\tNÔNG NGHIỆP\t",
        "1.1\tMô hình\tmô hình",
        "B\tNgân sách\t",
        "2\tThu ngân sách\ttỷ đồng",
        "II\tXã hội\t",
        "3\tHộ nghèo\thộ",
    ]
)
G, S, N, C = Does.GROUP, Does.SUBGROUP, Does.INNER_GROUP, Does.CRITERION


def test_the_codes_of_a_pasted_table_say_how_deep_its_groups_stand():
    rows = read_criteria([line.split("\t") for line in TABLE.split("\n")]).rows
    assert [row.does for row in rows] == [G, S, N, C, S, C, G, C]
    assert [row.parent for row in criterion_rows(rows)] == [row.parent for row in TREE]


def test_what_the_table_says_of_a_level_is_kept():
    assert nested([(G, "I", True), (G, "A", True), (S, "1", True), (G, "B", False)]) == [G, G, S, G]


def test_a_fifth_level_is_none():
    assert nested([(G, code, False) for code in ("I", "A", "1", "1.1")]) == [G, S, N, N]


def test_a_draft_of_four_levels_is_edited_and_filed_unchanged(app, cast):
    draft = operations.import_set("Bộ", TREE, **DAYS, actor=make.actor(cast, "quan"), at=AT)
    assert operations.rows_of(draft) == TREE
    assert [row.does for row in stored_rows(draft)] == [G, S, N, C, S, C, G, C]
    assert criterion_rows(stored_rows(draft)) == TREE
    assert criterion_rows(read_criteria(read_table(sheets.book("Bộ", "", TREE))).rows) == TREE
    assert [row.level for row in draft.criteria] == [1, 2, 3, 4, 2, 3, 1, 2]


def test_more_than_four_levels_are_refused(app, cast):
    deeper = [*TREE[:3], replace(TREE[3], is_group=True), CriterionRow("9", "Quá sâu", "1.1")]
    with pytest.raises(DomainError, match="bốn cấp"):
        operations.import_set("Bộ", deeper, **DAYS, actor=make.actor(cast, "quan"), at=AT)


def test_points_of_a_group_are_those_of_all_the_groups_in_it():
    rows = list(read_criteria([line.split("\t") for line in TABLE.split("\n")]).rows)
    rows[0] = replace(rows[0], points="5")
    rows[3] = replace(rows[3], points="2")
    rows[5] = replace(rows[5], points="3")
    assert [one for one in doubts_about(rows) if one.column in ("points", "does")] == []
    rows[5] = replace(rows[5], points="4")
    assert "cộng lại là 6" in doubts_about(rows)[0].sentence


def test_a_paper_names_the_groups_above_before_the_group_of_a_row(app, cast):
    make.free_criteria()
    pledge = make.pledge(cast, state="complete")
    chosen = update(Criterion).where(Criterion.code == "II")
    db.session.execute(chosen.values(parent_id=cast.criteria["I"]))
    db.session.commit()
    groups = registration(pledge, today=TODAY)["groups"]
    assert [(group["code"], len(group["rows"])) for group in groups] == [("I", 2), ("II", 2)]
    chosen = update(Criterion).where(Criterion.code.in_(["1", "2"]))
    db.session.execute(chosen.values(parent_id=cast.criteria["II"]))
    db.session.commit()
    groups = registration(pledge, today=TODAY)["groups"]
    assert [(group["code"], len(group["rows"])) for group in groups] == [("I", 0), ("II", 4)]
