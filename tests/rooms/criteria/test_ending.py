"""A set ends: no year chooses it from then on, years that go by it keep it, nothing undoes it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.operations import set_guidance
from pledge_app.criteria import ending, operations, queries
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.rows import CriterionRow
from pledge_app.criteria.states import SetState
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from tests import make
from tests.cast import TODAY
from tests.make import AT

DAYS: dict[str, Any] = {"valid_from": date(2023, 1, 1), "valid_to": None, "source": ""}
ROWS = [CriterionRow("1", "Thu nhập", unit_of_measure="triệu đồng")]


@pytest.fixture
def admin(app, cast):
    return make.actor(cast, "quan")


@pytest.fixture
def chosen(admin) -> CriteriaSet:
    made = operations.import_set("Bộ tiêu chí xã", ROWS, **DAYS, actor=admin, at=AT)
    operations.publish(made, actor=admin, at=AT)
    return made


def end(chosen: CriteriaSet, admin, **changes: Any) -> None:
    values: dict[str, Any] = {
        "on": TODAY,
        "reason": "Có bộ mới",
        "version": chosen.version_id,
    } | changes
    ending.end(chosen, **values, actor=admin, at=AT, today=TODAY)


def test_a_set_ends_with_its_day_and_reason(chosen, admin):
    end(chosen, admin)
    assert (chosen.state, chosen.ended_on, chosen.ended_reason) == (
        SetState.ENDED,
        TODAY,
        "Có bộ mới",
    )
    last = db.session.scalars(select(TrailEvent).order_by(TrailEvent.seq.desc())).first()
    assert last is not None
    assert (last.verb, last.data["reason"]) == ("criteria.ended", "Có bộ mới")
    with pytest.raises(Conflict):
        end(chosen, admin)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": date(2022, 12, 31)}, "ngày bắt đầu áp dụng"),
        ({"on": TODAY + timedelta(days=1)}, "sau hôm nay"),
        ({"reason": ""}, "lý do"),
    ],
)
def test_an_end_has_a_day_within_the_set_s_own_and_a_reason(chosen, admin, changes, sentence):
    with pytest.raises(DomainError, match=sentence):
        end(chosen, admin, **changes)
    assert chosen.state is SetState.PUBLISHED


def test_a_draft_has_nothing_to_end_and_a_stale_page_ends_nothing(chosen, admin):
    with pytest.raises(Conflict):
        end(chosen, admin, version=chosen.version_id - 1)
    with pytest.raises(Conflict):
        end(operations.renew(chosen, actor=admin, at=AT), admin)


@pytest.mark.parametrize("who", ["lan", "hung", "rev", "giam"])
def test_only_an_administrator_ends_a_set(chosen, cast, who):
    with pytest.raises(Forbidden):
        end(chosen, make.actor(cast, who))


def test_no_year_chooses_a_set_that_ended_and_one_that_has_it_keeps_it(chosen, admin, cast):
    year = db.session.get_one(EmulationYear, cast.year)
    own = year.criteria_set
    assert own is not None
    end(own, admin)
    end(chosen, admin)
    assert not {own, chosen} & set(queries.in_force())
    rev = make.actor(cast, "rev")
    kept = {"criteria_set_id": own.id}
    set_guidance(year, kept, version=year.version_id, actor=rev, at=AT)
    other = {"criteria_set_id": chosen.id}
    with pytest.raises(DomainError, match="còn hiệu lực"):
        set_guidance(year, other, version=year.version_id, actor=rev, at=AT)


def test_a_new_version_is_made_of_a_set_that_ended(chosen, admin):
    end(chosen, admin)
    newer = operations.renew(chosen, actor=admin, at=AT)
    assert (newer.state, newer.ended_on, newer.ended_reason) == (SetState.DRAFT, None, "")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE criteria_set SET source = 'x' WHERE id = :id",
        "UPDATE criteria_set SET ended_reason = 'x' WHERE id = :id",
        "UPDATE criteria_set SET state = 'published', ended_on = NULL WHERE id = :id",
        "UPDATE criterion SET name = 'x' WHERE criteria_set_id = :id",
        "DELETE FROM criteria_set WHERE id = :id",
    ],
)
def test_the_database_refuses_to_change_a_set_that_ended(chosen, admin, sql):
    end(chosen, admin)
    db.session.commit()
    number = chosen.id
    with pytest.raises(DBAPIError, match="never changed|append-only"):
        db.session.execute(text(sql), {"id": number})
    db.session.rollback()


def test_the_database_gives_no_published_set_back_as_a_draft(chosen):
    db.session.commit()
    number = chosen.id
    with pytest.raises(DBAPIError):
        db.session.execute(
            text("UPDATE criteria_set SET state = 'draft' WHERE id = :id"), {"id": number}
        )
    db.session.rollback()
