"""Pledges in any state, reached by legal moves: make.pledge(cast, "Hải Quang",
state="returned").
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import delete, update

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import User
from pledge_app.campaigns.models import AssignedFigure, EmulationYear
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body
from pledge_app.pledges import entry, operations, starting
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.goal_cells import periods_of
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.rules import RowState
from pledge_app.reviews import operations as review
from tests import unguarded
from tests.cast import TODAY, Cast

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
PEOPLE = {
    "Hải Quang": ("lan", "hung"),
    "Hải Đông": ("dong", "dong_leader"),
    "Hải Tây": ("tay", "tay_leader"),
    "Hải Lý": ("ly", "ly_leader"),
    "Xa Lạ": ("xa", "xa"),
}
GOALS = {"1": "3", "2": "160", "4": "0"}
ORDER = ("draft", "complete", "with_leader", "signed_off", "sent", "returned", "agreed", "in_force")


def actor(cast: Cast, who: str, *, today: date = TODAY) -> Actor:
    """One of the cast, for calling verbs."""
    return actor_of(db.session.get_one(User, cast.users[who]), today=today)


def free_criteria() -> None:
    """The database no longer guards published criteria: for a test that needs another kind of
    criterion in the cast's set, which no office could make of it.
    """
    unguarded.free("criterion")
    db.session.commit()


def empty_of_criteria(year: EmulationYear) -> None:
    """The year has chosen no set, and none is published: as in an office that begins."""
    free_criteria()
    year.criteria_set_id = None
    db.session.flush()
    db.session.execute(delete(AssignedFigure))
    db.session.execute(update(Criterion).values(parent_id=None))
    db.session.execute(delete(Criterion))
    db.session.commit()
    unguarded.free("criteria_set")
    db.session.execute(delete(CriteriaSet))
    db.session.commit()


def pledge(
    cast: Cast,
    commune: str = "Hải Quang",
    *,
    state: str = "draft",
    goals: dict[str, str] | None = None,
    at: datetime = AT,
    on: date = TODAY,
) -> Pledge:
    """A pledge of 2023 in one of ORDER; "complete" is a draft that can be handed in. `on`: the
    day of sending.
    """
    clerk, leader = (actor(cast, name) for name in PEOPLE[commune])
    reached = ORDER.index(state)
    made = starting.start_pledge(
        db.session.get_one(Body, cast.bodies[commune]),
        db.session.get_one(EmulationYear, cast.year),
        actor=clerk,
        at=at,
        today=TODAY,
    )
    if reached >= 1:
        fill(made, GOALS | (goals or {}), actor=clerk, at=at)
    if reached >= 2:
        operations.submit_to_leader(made, actor=clerk, at=at)
    if reached >= 3:
        operations.sign_off(made, actor=leader, at=at, office="Chủ tịch")
    if reached >= 4:
        operations.send_up(made, actor=clerk, at=at, today=on)
    _judged(made, cast, state, at)
    db.session.commit()
    return made


def _judged(made: Pledge, cast: Cast, state: str, at: datetime) -> None:
    reviewer = actor(cast, "rev")
    if state == "returned":
        target = next(row for row in made.targets if row.criterion.code == "1")
        review.send_back(
            made,
            [review.Ask("Chỉ tiêu OCOP thấp so với khả năng.", target)],
            version=made.version_id,
            actor=reviewer,
            at=at,
        )
    if state in ("agreed", "in_force"):
        review.approve(made, version=made.version_id, actor=reviewer, at=at)
    if state == "in_force":
        review.come_into_force(made, at=at)


def fill(made: Pledge, goals: dict[str, str], *, actor: Actor, at: datetime = AT) -> None:
    """Goals by criterion code; every hamlet reached in quarter IV."""
    for target in made.targets:
        code = target.criterion.code
        if target.items:
            entry.save_items(
                target,
                {row.id: (RowState.REACHED, period_id(target, 4)) for row in target.items},
                actor=actor,
                at=at,
            )
        elif code in goals:
            reason = (
                "Không có đất mở rộng."
                if target.assigned and Decimal(goals[code]) < target.assigned
                else ""
            )
            entry.save_row(
                target,
                RowEntry(goal=Decimal(goals[code]), reason_lower=reason),
                version=target.version,
                actor=actor,
                at=at,
            )


def split(target: Target, *figures: int | None) -> dict[int, Decimal]:
    """Goals of the first periods of the row's year, in their order; None stays blank."""
    periods = zip(periods_of(target), figures, strict=False)
    return {period.id: Decimal(figure) for period, figure in periods if figure is not None}


def period_id(target: Target, number: int) -> int:
    """The period of the row's year for which goals are set, by its number."""
    return {period.number: period.id for period in periods_of(target)}[number]


def target_of(of: Pledge, code: str = "1") -> Target:
    """The target of a criterion, by its code."""
    return next(row for row in of.targets if row.criterion.code == code)
