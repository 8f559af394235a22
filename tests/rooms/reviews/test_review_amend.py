"""A figure changed at the table: the old one and the reason stay in the trail, the content is
snapped anew.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError
from pledge_app.pledges import sent
from pledge_app.pledges.models import Pledge, PledgeSnapshot, TargetGoal
from pledge_app.pledges.rules import RowState
from pledge_app.reviews import operations as review
from tests import make
from tests.make import target_of

AT = make.AT


YES = review.Consents("Ông Hùng", "Ông Rev")


def amend(
    made: Pledge,
    cast,
    goal: str = "4",
    reason: str = "Cả hội nghị nhất trí nâng.",
    *,
    code: str = "1",
) -> None:
    review.amend(
        made,
        target_of(made, code),
        Decimal(goal),
        reason,
        consents=YES,
        actor=make.actor(cast, "rev"),
        at=AT,
    )


def test_the_figure_changes_and_both_values_and_the_reason_stay(app, cast):
    made = make.pledge(cast, state="agreed")
    amend(made, cast)
    assert target_of(made).goal == 4
    told = db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "pledge.amended")).one()
    assert (told.data["before"], told.data["after"], told.data["criterion"]) == ("3", "4", "1")
    assert told.data["reason"] == "Cả hội nghị nhất trí nâng."


def test_what_stands_is_the_new_content_and_the_old_is_kept(app, cast):
    made = make.pledge(cast, state="agreed")
    amend(made, cast)
    content = sent.content_of(made)
    own = target_of(made).criterion.pid
    assert content is not None and sent.goals_of(content)[own] == 4
    rounds = db.session.scalars(
        select(PledgeSnapshot)
        .where(PledgeSnapshot.pledge_id == made.id)
        .order_by(PledgeSnapshot.round)
    ).all()
    contents = [sent.identified(row.content, sent.criteria_of_pledge(made)) for row in rounds]
    assert [sent.goals_of(content)[own] for content in contents] == [3, 4]


def test_below_the_assigned_figure_the_reason_becomes_the_targets_reason(app, cast):
    made = make.pledge(cast, state="agreed")
    amend(made, cast, "1", "Hai sản phẩm chưa đủ hồ sơ.")
    assert target_of(made).reason_lower == "Hai sản phẩm chưa đủ hồ sơ."


def test_a_split_that_no_longer_adds_up_is_taken_out_and_told(app, cast):
    made = make.pledge(cast, state="agreed")
    target = target_of(made)
    for period_id, figure in make.split(target, 0, 1, 1, 1).items():
        target.put_goal(period_id, figure)
    db.session.flush()
    amend(made, cast)
    assert target.split == {}
    assert db.session.scalar(select(func.count()).select_from(TargetGoal)) == 0
    told = db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "pledge.amended")).one()
    assert told.data["split_taken_out"] == ["0", "1", "1", "1"]


@pytest.mark.parametrize(("code", "goal"), [("1", "-1"), ("4", "2"), ("3", "50")])
def test_an_impossible_figure_is_refused_and_nothing_changes(app, cast, code, goal):
    made = make.pledge(cast, state="agreed")
    before = target_of(made, code).goal
    with pytest.raises(DomainError) as refused:
        amend(made, cast, goal, code=code)
    assert refused.value.status == 422 and target_of(made, code).goal == before and made.round == 1


def test_a_reason_is_needed_and_the_same_figure_is_no_change(app, cast):
    made = make.pledge(cast, state="agreed")
    for goal, reason in (("4", " "), ("3", "Như cũ.")):
        with pytest.raises(DomainError):
            amend(made, cast, goal, reason)
    assert made.round == 1


def test_a_target_of_another_pledge_is_refused(app, cast):
    made, other = make.pledge(cast, state="agreed"), make.pledge(cast, "Hải Đông", state="agreed")
    with pytest.raises(DomainError):
        review.amend(
            made,
            target_of(other),
            Decimal(4),
            "Nhầm.",
            consents=YES,
            actor=make.actor(cast, "rev"),
            at=AT,
        )


@pytest.mark.parametrize("who", ["lan", "hung", "dong", "rev"])
def test_nobody_moves_it_alone(app, cast, who):
    """The room of the agreement asks both sides; the move is nobody's button."""
    assert not make.pledge(cast, state="agreed").may("amend", make.actor(cast, who))


@pytest.mark.parametrize("state", ["sent", "returned", "in_force"])
def test_only_what_was_agreed_is_amended(app, cast, state):
    made = make.pledge(cast, state=state)
    with pytest.raises(Conflict):
        amend(made, cast)


def test_the_share_of_the_hamlets_changes_with_its_rows_and_the_trail_names_them(app, cast):
    made = make.pledge(cast, state="agreed")
    target = target_of(made, "3")
    last = target.items[-1]
    review.amend(
        made,
        target,
        None,
        "Xóm 10 chưa kịp.",
        consents=YES,
        actor=make.actor(cast, "rev"),
        at=AT,
        items={last.id: (RowState.NOT_REACHED, None)},
    )
    assert target.goal == Decimal("66.67") and last.state is RowState.NOT_REACHED
    told = db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "pledge.amended")).one()
    assert (told.data["before"], told.data["after"], told.data["hamlets"]) == (
        "100",
        "66.67",
        {"Xóm 10": "not_reached"},
    )
    content = sent.content_of(made)
    assert (
        content is not None
        and sent.counted(content["targets"][2]["hamlets"], "xóm") == "2 đạt, 1 chưa đạt trên 3 xóm"
    )


def test_a_share_that_contradicts_the_hamlets_is_refused_with_what_they_make(app, cast):
    made = make.pledge(cast, state="agreed")
    with pytest.raises(DomainError) as refused:
        amend(made, cast, "50", code="3")
    assert "tính từ các xóm đã chọn là 100 %, không phải 50 %" in refused.value.sentence
    with pytest.raises(DomainError):
        review.amend(
            made,
            target_of(made, "1"),
            None,
            "Chưa có số.",
            consents=YES,
            actor=make.actor(cast, "rev"),
            at=AT,
        )
