"""Who leaves hands the roles over; a login is named, locked and opened by an administrator."""

from __future__ import annotations

from datetime import UTC, datetime

from pledge_app.accounts import operations
from pledge_app.accounts.handing_over import hand_over
from pledge_app.accounts.models import User
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body
from tests import make
from tests.cast import TODAY
from tests.unchanged import nothing_changes

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def user(cast, name: str) -> User:
    return db.session.get_one(User, cast.users[name])


def test_a_successor_who_has_the_role_already_gets_it_no_second_time(app, cast):
    lan, giam, quan = user(cast, "lan"), user(cast, "giam"), make.actor(cast, "quan")
    own = next(grant for grant in lan.grants if grant.role is Role.CLERK)
    body = db.session.get_one(Body, own.body_id)
    operations.grant_role(giam, Role.CLERK, body, held_from=TODAY, held_to=None, actor=quan, at=AT)
    handed = hand_over(lan, giam, on=TODAY, actor=quan, at=AT)
    assert own in handed and own.held_to == TODAY
    clerk = [grant for grant in giam.grants if grant.role is Role.CLERK]
    assert [grant.body_id for grant in clerk] == [own.body_id]


def test_a_name_that_is_the_same_leaves_no_trace(app, cast):
    lan = user(cast, "lan")
    with nothing_changes():
        operations.rename_user(lan, lan.name, actor=make.actor(cast, "quan"), at=AT)
        db.session.commit()


def test_a_locked_login_is_opened_again(app, cast):
    lan, quan = user(cast, "lan"), make.actor(cast, "quan")
    operations.disable(lan, actor=quan, at=AT, today=TODAY)
    assert lan.disabled_at is not None
    operations.enable(lan, actor=quan, at=AT)
    assert lan.disabled_at is None
