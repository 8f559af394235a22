"""The people of the demo as actors, and the pledge that its visitor would finish first."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.demo.example import moment
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.pledges import operations
from pledge_app.pledges.models import Pledge


def actor_of_body(body_id: int, role: Role, on: date) -> Actor:
    """Who holds `role` at a body."""
    user = db.session.scalars(
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.body_id == body_id, RoleGrant.role == role)
    ).first()
    assert user is not None
    return actor_of(user, today=on)


def finish_the_returned_pledge(pledge: Pledge, day: date) -> None:
    """Send it up again: handed to the leader, signed off, sent."""
    clerk = actor_of_body(pledge.body_id, Role.CLERK, day)
    operations.submit_to_leader(pledge, actor=clerk, at=moment(day, 10))
    operations.sign_off(
        pledge,
        actor=actor_of_body(pledge.body_id, Role.LEADER, day),
        at=moment(day, 11),
        office="Chủ tịch",
    )
    operations.send_up(pledge, actor=clerk, at=moment(day, 14), today=day)
