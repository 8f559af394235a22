"""A new version shows what it says otherwise than the one before: added, dropped, changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pledge_app.criteria import operations
from pledge_app.criteria.differences import Differences, differences_of
from pledge_app.criteria.kinds import Direction
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.rows import CriterionRow
from tests import make
from tests.make import AT

DAYS: dict[str, Any] = {"valid_from": date(2023, 1, 1), "valid_to": None, "source": ""}
ROWS = [
    CriterionRow("I", "Kinh tế", is_group=True),
    CriterionRow("1", "Thu nhập", "I", unit_of_measure="triệu đồng", max_points=Decimal(5)),
    CriterionRow("2", "Hộ nghèo", "I", unit_of_measure="hộ"),
    CriterionRow("3", "Sản phẩm OCOP", "I", unit_of_measure="sản phẩm"),
]


@pytest.fixture
def admin(app, cast):
    return make.actor(cast, "quan")


@pytest.fixture
def first(admin) -> CriteriaSet:
    made = operations.import_set("Bộ tiêu chí xã", ROWS, **DAYS, actor=admin, at=AT)
    operations.publish(made, actor=admin, at=AT)
    return made


def after(first: CriteriaSet, rows: list[CriterionRow], admin) -> Differences:
    newer = operations.renew(first, actor=admin, at=AT)
    version = newer.version_id
    operations.save_draft(newer, newer.name, rows, **DAYS, version=version, actor=admin, at=AT)
    found = differences_of(newer)
    assert found is not None
    return found


def test_the_first_version_differs_from_nothing(first):
    assert differences_of(first) is None


def test_a_copy_says_the_same(first, admin):
    assert after(first, ROWS, admin).is_none


def test_rows_added_dropped_and_changed_are_named_field_by_field(first, admin):
    mended = replace(ROWS[2], code="7", direction=Direction.LOWER)
    found = after(first, [*ROWS[:2], mended, CriterionRow("8", "Nhà ở", "I")], admin)
    assert [row.name for row in found.added] == ["Nhà ở"]
    assert [row.name for row in found.dropped] == ["Sản phẩm OCOP"]
    assert [(one.row.name, one.fields) for one in found.changed] == [
        ("Hộ nghèo", found.changed[0].fields)
    ]
    assert [(one.word, one.before, one.now) for one in found.changed[0].fields] == [
        ("Mã", "2", "7"),
        ("Chiều", "Càng cao càng tốt", "Càng thấp càng tốt"),
    ]


def test_another_order_alone_is_said(first, admin):
    found = after(first, [ROWS[0], ROWS[2], ROWS[1], ROWS[3]], admin)
    assert (found.moved, found.changed) == (True, [])


def test_a_row_in_another_group_says_so(first, admin):
    rows = [
        *ROWS[:3],
        CriterionRow("II", "Nông thôn", is_group=True),
        replace(ROWS[3], parent="II"),
    ]
    found = after(first, rows, admin)
    changes = found.changed[0].fields[0]
    assert (changes.word, changes.before, changes.now) == ("Nhóm", "Kinh tế", "Nông thôn")
