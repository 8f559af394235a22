"""A set of criteria: drafted, saved, published, renewed, discarded; a published one is never
changed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from pledge_app.audit.models import TrailEvent
from pledge_app.criteria import operations, shipped
from pledge_app.criteria.kinds import Direction, ValueKind
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.criteria.rows import CriterionRow
from pledge_app.criteria.states import SetState
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from tests import make
from tests.make import AT

ROWS = [
    CriterionRow("I", "Kinh tế", is_group=True, max_points=Decimal(30)),
    CriterionRow("1", "Thu nhập", "I", unit_of_measure="triệu đồng", note="Thưởng: +1"),
    CriterionRow("2", "Vụ khiếu kiện", "I", unit_of_measure="vụ", direction=Direction.KEEP_ZERO),
]
DAYS: dict[str, Any] = {"valid_from": date(2023, 1, 1), "valid_to": None, "source": "Hướng dẫn 19"}


@pytest.fixture
def admin(app, cast):
    return make.actor(cast, "quan")


@pytest.fixture
def draft(admin) -> CriteriaSet:
    return operations.import_set("Bộ tiêu chí xã", ROWS, **DAYS, actor=admin, at=AT)


def save(draft: CriteriaSet, rows, admin, **changes) -> None:
    values = {"version": draft.version_id, **DAYS} | changes
    name = values.pop("name", draft.name)
    operations.save_draft(draft, name, rows, **values, actor=admin, at=AT)


def verbs() -> list[str]:
    return list(
        db.session.scalars(
            select(TrailEvent.verb)
            .where(TrailEvent.verb.like("criteria.%"))
            .order_by(TrailEvent.seq)
        )
    )


def test_a_draft_holds_every_field(draft):
    assert operations.rows_of(draft) == ROWS
    assert draft.state is SetState.DRAFT
    assert verbs() == ["criteria.imported"]


@pytest.mark.parametrize(
    ("kind", "counts"), [(ValueKind.COUNTED_ROWS, "voi"), (ValueKind.NUMBER, "product")]
)
def test_what_is_counted_is_of_a_known_kind(admin, kind, counts):
    rows = [CriterionRow("1", "Số liệu", kind=kind, counts=counts)]
    with pytest.raises(DomainError, match="loại chưa biết"):
        operations.import_set("Khác", rows, **DAYS, actor=admin, at=AT)


def test_a_saved_draft_is_what_was_typed_last(draft, admin):
    rows = [replace(ROWS[1], parent=""), CriterionRow("9", "Giao quân", unit_of_measure="%")]
    before = draft.version_id
    save(draft, rows, admin, name="Tên mới")
    assert [row.code for row in draft.criteria] == ["1", "9"]
    assert (draft.name, draft.version_id) == ("Tên mới", before + 1)
    assert verbs()[-1] == "criteria.saved"


def test_a_stale_draft_is_not_saved(draft, admin):
    with pytest.raises(Conflict):
        save(draft, ROWS, admin, version=draft.version_id - 1)


def test_publishing_is_recorded_and_done_once(draft, admin):
    operations.publish(draft, version=draft.version_id, actor=admin, at=AT)
    assert (draft.state, draft.published_at) == (SetState.PUBLISHED, AT)
    assert verbs()[-1] == "criteria.published"
    with pytest.raises(Conflict):
        operations.publish(draft, version=draft.version_id, actor=admin, at=AT)


def test_a_published_set_is_neither_saved_nor_discarded(draft, admin):
    operations.publish(draft, actor=admin, at=AT)
    with pytest.raises(Conflict):
        save(draft, ROWS[1:2], admin)
    with pytest.raises(Conflict):
        operations.discard(draft, version=draft.version_id, actor=admin, at=AT)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE criterion SET name = 'x' WHERE criteria_set_id = :id",
        "DELETE FROM criterion WHERE criteria_set_id = :id",
        "UPDATE criteria_set SET source = 'x' WHERE id = :id",
        "DELETE FROM criteria_set WHERE id = :id",
        "INSERT INTO criterion (pid, criteria_set_id, position, code, name, is_group, "
        "unit_of_measure, kind, direction, cadence, is_illustrative) SELECT 'p', "
        "criteria_set_id, 99, '99', 'x', is_group, unit_of_measure, kind, direction, cadence, "
        "is_illustrative FROM criterion WHERE criteria_set_id = :id AND code = '1'",
    ],
)
def test_the_database_refuses_to_change_a_published_set(draft, admin, sql):
    db.session.execute(
        text("UPDATE criterion SET note = 'còn sửa được' WHERE criteria_set_id = :id"),
        {"id": draft.id},
    )
    operations.publish(draft, actor=admin, at=AT)
    db.session.commit()
    number = draft.id
    with pytest.raises(DBAPIError, match="never changed|append-only"):
        db.session.execute(text(sql), {"id": number})
    db.session.rollback()


def test_a_new_version_is_a_draft_with_the_same_rows(draft, admin):
    operations.publish(draft, actor=admin, at=AT)
    newer = operations.renew(draft, actor=admin, at=AT)
    assert (newer.name, newer.version, newer.state) == (draft.name, 2, SetState.DRAFT)
    assert operations.rows_of(newer) == ROWS
    assert verbs()[-1] == "criteria.renewed"


def test_there_is_one_draft_of_a_set_at_a_time(draft, admin):
    with pytest.raises(Conflict):
        operations.renew(draft, actor=admin, at=AT)
    operations.publish(draft, actor=admin, at=AT)
    operations.renew(draft, actor=admin, at=AT)
    with pytest.raises(Conflict):
        operations.renew(draft, actor=admin, at=AT)


def test_a_new_version_keeps_the_name(draft, admin):
    operations.publish(draft, actor=admin, at=AT)
    newer = operations.renew(draft, actor=admin, at=AT)
    with pytest.raises(DomainError):
        save(newer, ROWS, admin, name="Tên khác")


def test_a_discarded_draft_is_gone_and_the_trail_knows_it(draft, admin):
    number = draft.id
    operations.discard(draft, version=draft.version_id, actor=admin, at=AT)
    assert db.session.get(CriteriaSet, number) is None
    assert (
        db.session.scalars(select(Criterion).where(Criterion.criteria_set_id == number)).all() == []
    )
    assert verbs()[-1] == "criteria.discarded"


@pytest.mark.parametrize("who", ["lan", "hung", "rev", "giam"])
def test_only_an_administrator_makes_sets(draft, cast, who):
    other = make.actor(cast, who)
    with pytest.raises(Forbidden):
        operations.import_set("Khác", ROWS, **DAYS, actor=other, at=AT)
    with pytest.raises(Forbidden):
        save(draft, ROWS, other)
    with pytest.raises(Forbidden):
        operations.publish(draft, actor=other, at=AT)
    with pytest.raises(Forbidden):
        operations.discard(draft, version=draft.version_id, actor=other, at=AT)
    with pytest.raises(Forbidden):
        operations.renew(draft, actor=other, at=AT)


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        (ROWS[:1], {}),
        ([ROWS[1], ROWS[1]], {}),
        (ROWS[1:] + ROWS[:1], {}),
        (ROWS, {"valid_to": date(2022, 1, 1)}),
    ],
    ids=["no criterion", "a code twice", "before its group", "ends before it begins"],
)
def test_what_makes_no_set_is_refused(admin, rows, days):
    with pytest.raises(DomainError):
        operations.import_set("Khác", rows, **(DAYS | days), actor=admin, at=AT)


def test_a_name_is_one_set_s(draft, admin):
    with pytest.raises(DomainError):
        operations.import_set("BỘ TIÊU CHÍ XÃ", ROWS, **DAYS, actor=admin, at=AT)


@pytest.mark.parametrize(
    ("one", "criteria", "groups"),
    [(shipped.SETS[0], 19, 5), (shipped.SETS[1], 10, 0)],
    ids=["318/2022", "51/2025"],
)
def test_a_shipped_set_has_names_and_nothing_else(app, one, criteria, groups):
    rows = one.rows
    assert (sum(not row.is_group for row in rows), sum(row.is_group for row in rows)) == (
        criteria,
        groups,
    )
    plain = [row for row in rows if not row.is_group]
    assert all(
        row.is_frame and row.max_points is None and row.unit_of_measure == "" for row in plain
    )


def test_frames_are_published_only_once_somebody_said_what_is_measured(admin):
    one = shipped.SETS[1]
    draft = operations.import_set(
        one.name,
        one.rows,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        source=one.source,
        actor=admin,
        at=AT,
    )
    with pytest.raises(DomainError) as refused:
        operations.publish(draft, actor=admin, at=AT)
    assert "10 tiêu chí là khung" in refused.value.sentence
    rows = [replace(row, unit_of_measure="%") for row in operations.rows_of(draft)]
    rows[0] = replace(
        rows[0], unit_of_measure="", kind=ValueKind.YES_NO, direction=Direction.YES_NO
    )
    save(draft, rows, admin)
    assert not any(row.is_frame for row in draft.criteria)
    operations.publish(draft, actor=admin, at=AT)
