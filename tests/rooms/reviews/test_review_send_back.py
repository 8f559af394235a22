"""Asking for additions: a reason each, none ever overwritten, the commune told."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.notices.models import Notice
from pledge_app.pledges import operations
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review
from pledge_app.reviews.operations import Ask
from tests import make
from tests.cast import TODAY

AT = make.AT


def ask(made, cast, *asks: Ask, who: str = "rev", version: int | None = None) -> None:
    review.send_back(
        made,
        asks or [Ask("Bổ sung biện pháp.")],
        version=version or made.version_id,
        actor=make.actor(cast, who),
        at=AT,
    )


def test_it_sends_back_begins_the_review_and_records_every_reason(app, cast):
    made = make.pledge(cast, state="sent")
    target = made.targets[0]
    ask(made, cast, Ask(" Toàn bản. "), Ask("Riêng tiêu chí.", target), Ask("  "))
    assert made.state is PledgeState.RETURNED and made.review_begun_at == AT
    assert [(row.round, row.target, row.reason) for row in made.requests] == [
        (1, None, "Toàn bản."),
        (1, target, "Riêng tiêu chí."),
    ]
    told = db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "pledge.sent_back")).one()
    assert told.data["reasons"] == ["Toàn bản.", f"{target.criterion.code}: Riêng tiêu chí."]
    assert told.actor_name == "Ông Rev" and told.unit_id == made.unit_id


def test_the_communes_clerk_and_leader_are_told(app, cast):
    made = make.pledge(cast, state="sent")
    ask(made, cast)
    told = set(
        db.session.scalars(
            select(Notice.user_id).where(Notice.sentence.contains("Bổ sung biện pháp."))
        )
    )
    assert told == {cast.users["lan"], cast.users["hung"]}


@pytest.mark.parametrize("who", ["lan", "hung", "dong_leader", "revxa", "quan", "giam"])
def test_only_the_reviewing_body_asks(app, cast, who):
    made = make.pledge(cast, state="sent")
    with pytest.raises(Forbidden):
        ask(made, cast, who=who)
    assert made.state is PledgeState.SENT and not made.requests


@pytest.mark.parametrize(
    "state", ["draft", "with_leader", "signed_off", "returned", "agreed", "in_force"]
)
def test_only_what_was_sent_can_be_sent_back(app, cast, state):
    made = make.pledge(cast, state=state)
    with pytest.raises(Conflict):
        ask(made, cast, Ask("Lý do khác hẳn."))


def test_without_a_reason_nothing_happens(app, cast):
    made = make.pledge(cast, state="sent")
    with pytest.raises(DomainError) as refused:
        ask(made, cast, Ask(" "), Ask("\n", made.targets[0]))
    assert refused.value.status == 422 and refused.value.problems[0].anchor == "reason"
    assert made.state is PledgeState.SENT and made.review_begun_at is None


def test_a_target_of_another_pledge_is_refused(app, cast):
    made, other = make.pledge(cast, state="sent"), make.pledge(cast, "Hải Đông", state="sent")
    with pytest.raises(DomainError):
        ask(made, cast, Ask("Nhầm hồ sơ.", other.targets[0]))


def test_a_stale_version_is_a_conflict(app, cast):
    made = make.pledge(cast, state="sent")
    with pytest.raises(Conflict):
        ask(made, cast, version=made.version_id - 1)


def test_the_same_request_twice_is_one_request_and_another_is_a_conflict(app, cast):
    made = make.pledge(cast, state="sent")
    seen = made.version_id
    ask(made, cast, version=seen)
    ask(made, cast, version=seen)
    assert len(made.requests) == 1
    with pytest.raises(Conflict):
        ask(made, cast, Ask("Lý do khác."), version=seen)
    with pytest.raises(Conflict):
        ask(made, cast, version=seen, who="rev2")


def test_reasons_of_every_round_stay(app, cast):
    made = make.pledge(cast, state="returned")
    lan, hung = make.actor(cast, "lan"), make.actor(cast, "hung")
    operations.submit_to_leader(made, actor=lan, at=AT)
    operations.sign_off(made, actor=hung, at=AT)
    operations.send_up(made, actor=lan, at=AT, today=TODAY)
    ask(made, cast, Ask("Lần hai."))
    assert [(row.round, row.reason) for row in made.requests] == [
        (1, "Chỉ tiêu OCOP thấp so với khả năng."),
        (2, "Lần hai."),
    ]


def test_once_the_review_has_begun_nothing_is_withdrawn(app, cast):
    made = make.pledge(cast, state="sent")
    for _twice in range(2):
        review.begin_review(made, actor=make.actor(cast, "rev"), at=AT)
    assert (
        len(
            db.session.scalars(
                select(TrailEvent).where(TrailEvent.verb == "pledge.review_begun")
            ).all()
        )
        == 1
    )
    with pytest.raises(Conflict):
        operations.withdraw(made, actor=make.actor(cast, "lan"), at=AT)


def test_a_resent_pledge_may_be_withdrawn_until_it_is_begun_again(app, cast):
    made = make.pledge(cast, state="returned")
    lan = make.actor(cast, "lan")
    operations.submit_to_leader(made, actor=lan, at=AT)
    operations.sign_off(made, actor=make.actor(cast, "hung"), at=AT)
    operations.send_up(made, actor=lan, at=AT, today=TODAY)
    operations.withdraw(made, actor=lan, at=AT)
    assert made.state is PledgeState.DRAFT
