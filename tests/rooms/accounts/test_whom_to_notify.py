"""Notices go to those who hold the role on the day and can log in: an end date to come is no
end.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.accounts.queries import (
    administrator_ids,
    bodies_with_records_clerk,
    user_ids_at,
    user_ids_by_body,
)
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice
from pledge_app.pledges import operations
from tests import make
from tests.cast import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def grant(app, cast) -> RoleGrant:
    """Hùng leads Hải Quang."""
    return db.session.scalars(
        select(RoleGrant).where(
            RoleGrant.user_id == cast.users["hung"], RoleGrant.role == Role.LEADER
        )
    ).one()


@pytest.mark.parametrize(
    ("held_from", "held_to", "is_told"),
    [
        (date(2022, 1, 1), None, True),
        (date(2022, 1, 1), TODAY + DAY, True),
        (TODAY, TODAY + 300 * DAY, True),
        (date(2022, 1, 1), TODAY, False),
        (date(2022, 1, 1), TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
)
def test_who_holds_the_role_on_the_day_is_told(app, cast, grant, held_from, held_to, is_told):
    grant.held_from, grant.held_to = held_from, held_to
    db.session.commit()
    body = cast.bodies["Hải Quang"]
    assert (cast.users["hung"] in user_ids_at(body, (Role.LEADER,), on=TODAY)) is is_told
    assert (cast.users["hung"] in user_ids_at(body, (Role.LEADER,))) is is_told, (
        "the business day is today's"
    )
    assert (cast.users["hung"] in user_ids_by_body([body], (Role.LEADER,)).get(body, [])) is is_told
    grant.role = Role.RECORDS
    db.session.execute(delete(RoleGrant).where(RoleGrant.user_id == cast.users["van"]))
    db.session.commit()
    assert bodies_with_records_clerk([body]) == ({body} if is_told else set())


def test_a_locked_user_is_not_told(app, cast, grant):
    db.session.get_one(User, grant.user_id).disabled_at = make.AT
    db.session.commit()
    assert user_ids_at(cast.bodies["Hải Quang"], (Role.LEADER,), on=TODAY) == []


def test_a_leader_whose_term_ends_in_spring_learns_that_a_pledge_waits(app, cast, grant):
    grant.held_to = TODAY + 60 * DAY
    made = make.pledge(cast, state="complete")
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=make.AT)
    db.session.commit()
    told = db.session.scalars(select(Notice.user_id).where(Notice.subject_pid == made.pid)).all()
    assert grant.user_id in told


def test_administrators_too(app, cast):
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.ADMIN)).one()
    assert administrator_ids(on=TODAY) == [cast.users["quan"]]
    grant.held_to = TODAY
    db.session.commit()
    assert administrator_ids(on=TODAY) == []
