"""Agreeing: in the word of the line, never by who typed it, once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from pledge_app.accounts.models import RoleGrant
from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden
from pledge_app.notices.models import Notice
from pledge_app.orgs.models import Body, Line
from pledge_app.pledges import operations, starting
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review
from tests import make
from tests.cast import TODAY

AT = make.AT


def approve(made, cast, who: str = "rev", version: int | None = None) -> None:
    review.approve(made, version=version or made.version_id, actor=make.actor(cast, who), at=AT)


def test_it_is_agreed_recorded_with_its_word_and_told(app, cast):
    made = make.pledge(cast, state="sent")
    approve(made, cast)
    assert made.state is PledgeState.AGREED and made.agreed_at == AT and made.review_begun_at == AT
    told = db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "pledge.approved")).one()
    assert told.data["word"] == "Phê duyệt" and told.actor_name == "Ông Rev"
    sentence = Notice.sentence.contains("cấp trên đồng ý")
    assert set(db.session.scalars(select(Notice.user_id).where(sentence))) == {
        cast.users[n] for n in ("lan", "hung", "van")
    }


def test_the_word_is_the_lines_or_the_years_own(app, cast):
    made = make.pledge(cast, state="sent")
    assert review.approve_word(made) == "Phê duyệt"
    made.emulation_year.line = Line.MTTQ
    assert review.approve_word(made) == "Thống nhất nội dung"
    made.emulation_year.approve_word = "Nhất trí"
    assert review.approve_word(made) == "Nhất trí"


@pytest.mark.parametrize("who", ["lan", "hung", "dong_leader", "revxa", "quan", "giam"])
def test_only_the_reviewing_body_agrees(app, cast, who):
    made = make.pledge(cast, state="sent")
    with pytest.raises(Forbidden):
        approve(made, cast, who)


@pytest.mark.parametrize("state", ["draft", "with_leader", "returned", "in_force"])
def test_only_what_waits_is_agreed_to(app, cast, state):
    made = make.pledge(cast, state=state)
    with pytest.raises(Conflict):
        approve(made, cast)


def test_a_stale_version_is_a_conflict(app, cast):
    made = make.pledge(cast, state="sent")
    with pytest.raises(Conflict):
        approve(made, cast, version=made.version_id + 1)
    assert made.state is PledgeState.SENT


def test_a_second_click_does_nothing_a_colleagues_is_a_conflict(app, cast):
    made = make.pledge(cast, state="sent")
    seen = made.version_id
    approve(made, cast, version=seen)
    approve(made, cast, version=seen)
    assert (
        len(
            db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "pledge.approved")).all()
        )
        == 1
    )
    with pytest.raises(Conflict):
        approve(made, cast, "rev2", version=seen)


def on_behalf(cast, typist: str = "rev"):
    """A pledge typed by a reviewer for UBND xã Hải Tây, confirmed by its chairman and sent."""
    rev = make.actor(cast, typist)
    made = starting.start_pledge(
        db.session.get_one(Body, cast.bodies["Hải Tây"]),
        db.session.get_one(EmulationYear, cast.year),
        actor=rev,
        at=AT,
        today=TODAY,
        on_behalf=True,
    )
    make.fill(made, make.GOALS, actor=rev)
    operations.submit_to_leader(made, actor=rev, at=AT)
    return made


def test_who_typed_on_behalf_does_not_agree_somebody_else_does(app, cast):
    made = on_behalf(cast)
    operations.sign_off(made, actor=make.actor(cast, "tay_leader"), at=AT)
    operations.send_up(made, actor=make.actor(cast, "tay"), at=AT, today=TODAY)
    with pytest.raises(Forbidden):
        approve(made, cast)
    approve(made, cast, "rev2")
    assert made.state is PledgeState.AGREED


def reviewer_too(cast, who: str) -> None:
    """Somebody of the commune reviews at the level above as well."""
    db.session.add(
        RoleGrant(
            user_id=cast.users[who],
            role=Role.REVIEWER,
            body_id=cast.bodies["huyện"],
            held_from=date(2022, 1, 1),
        )
    )
    db.session.commit()


@pytest.mark.parametrize("who", ["lan", "hung"])
def test_who_handed_in_signed_off_or_sent_it_does_not_agree_to_it(app, cast, who):
    reviewer_too(cast, who)
    made = make.pledge(cast, state="sent")
    with pytest.raises(Forbidden):
        approve(made, cast, who)
    assert made.state is PledgeState.SENT


def test_who_recorded_that_it_was_signed_on_paper_does_not_agree_to_it(app, cast):
    reviewer_too(cast, "hung")
    made = make.pledge(cast, state="with_leader")
    operations.record_sign_off(
        made, leader="Bà Phó", signed_on=TODAY, actor=make.actor(cast, "hung"), at=AT
    )
    operations.send_up(made, actor=make.actor(cast, "van"), at=AT, today=TODAY)
    with pytest.raises(Forbidden):
        approve(made, cast, "hung")


def test_somebody_of_the_commune_does_not_agree_for_it_even_without_a_hand_in_it(app, cast):
    reviewer_too(cast, "van")
    made = make.pledge(cast, state="sent")
    with pytest.raises(Forbidden):
        approve(made, cast, "van")
    assert made.state is PledgeState.SENT


def test_what_was_typed_on_behalf_needs_the_communes_confirmation(app, cast):
    made = on_behalf(cast)
    with pytest.raises(Forbidden):
        operations.sign_off(made, actor=make.actor(cast, "rev"), at=AT)
    with pytest.raises(Exception, match="chưa được lãnh đạo ký duyệt"):
        operations.send_up(made, actor=make.actor(cast, "tay"), at=AT, today=TODAY)


def test_who_typed_on_behalf_may_still_ask_and_is_told_what_was_asked(app, cast):
    made = on_behalf(cast)
    operations.sign_off(made, actor=make.actor(cast, "tay_leader"), at=AT)
    operations.send_up(made, actor=make.actor(cast, "tay"), at=AT, today=TODAY)
    review.send_back(
        made,
        [review.Ask("Xem lại OCOP.")],
        version=made.version_id,
        actor=make.actor(cast, "rev2"),
        at=AT,
    )
    told = set(
        db.session.scalars(select(Notice.user_id).where(Notice.sentence.contains("Xem lại OCOP.")))
    )
    assert {cast.users["rev"], cast.users["tay"], cast.users["tay_leader"]} == told


def test_only_the_system_brings_into_force_and_closes(app, cast):
    made = make.pledge(cast, state="agreed")
    for verb, reached in (
        (review.come_into_force, PledgeState.IN_FORCE),
        (review.close, PledgeState.CLOSED),
    ):
        verb(made, at=AT)
        assert made.state is reached
    with pytest.raises(Conflict):
        review.come_into_force(made, at=AT)
    assert not make.pledge(cast, "Hải Đông", state="agreed").may(
        "come_into_force", make.actor(cast, "rev")
    )
