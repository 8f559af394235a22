"""Ký duyệt, in the app or on paper; where one person does both steps the trail says so."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.notices.models import Notice
from pledge_app.orgs import concurrent
from pledge_app.orgs.models import Body
from pledge_app.pledges import operations
from tests import make
from tests.cast import TODAY
from tests.rooms.pledges.trail import said_of


def test_the_leader_signs_off_once_and_it_is_recorded(app, cast):
    made = make.pledge(cast, state="with_leader")
    operations.sign_off(
        made, actor=make.actor(cast, "hung"), at=make.AT, office="Chủ tịch UBND xã Hải Quang"
    )
    assert made.signed_off_by == "Ông Hùng, Chủ tịch UBND xã Hải Quang"
    assert said_of(made)[-1] == (
        "pledge.signed_off",
        {"merged_steps": False, "on_behalf": False, "office": "Chủ tịch UBND xã Hải Quang"},
    )
    with pytest.raises(Conflict):
        operations.sign_off(made, actor=make.actor(cast, "hung"), at=make.AT)


def test_who_may_not_and_when_not(app, cast):
    made = make.pledge(cast, state="with_leader")
    for who in ("lan", "van", "dong_leader", "rev", "quan"):
        with pytest.raises(Forbidden):
            operations.sign_off(made, actor=make.actor(cast, who), at=make.AT)
    with pytest.raises(Conflict):
        operations.sign_off(
            make.pledge(cast, "Hải Đông"), actor=make.actor(cast, "dong_leader"), at=make.AT
        )


def both_roles(cast, who: str = "lan") -> None:
    """Lan becomes leader as well."""
    db.session.add(
        RoleGrant(
            user_id=cast.users[who],
            role=Role.LEADER,
            body_id=cast.bodies["Hải Quang"],
            held_from=date(2022, 1, 1),
        )
    )
    db.session.commit()


def lock(cast, who: str = "hung") -> None:
    db.session.get_one(User, cast.users[who]).disabled_at = make.AT
    db.session.commit()


def test_who_typed_does_not_sign_off_while_somebody_else_can(app, visit, cast):
    both_roles(cast)
    made = make.pledge(cast, state="with_leader")
    with pytest.raises(Forbidden) as refused:
        operations.sign_off(made, actor=make.actor(cast, "lan"), at=make.AT)
    assert "kiêm nhiệm" in refused.value.sentence
    assert "sign_off" not in made.LIFE.open_to(made, make.actor(cast, "lan"))
    page = f"/giao-uoc/{made.pid}"
    assert "không tự ký duyệt được" in visit("lan").get(page + "/tom-tat").text
    visit("lan").post(page + "/ky-duyet", {"ver": made.version_id}, status=403)
    assert made.signed_off_at is None


def test_a_one_person_office_merges_the_steps_and_the_trail_says_so(app, visit, cast):
    both_roles(cast)
    lock(cast)
    made = make.pledge(cast, state="complete")
    assert "Trình và ký duyệt" in visit("lan").get(f"/giao-uoc/{made.pid}").text
    visit("lan").post(f"/giao-uoc/{made.pid}/trinh", {"then": "sign"})
    page = visit("lan").get(f"/giao-uoc/{made.pid}").text
    assert "hai bước được nhập làm một (cơ quan chỉ có một người)" in page
    assert "Một người nhập và ký duyệt: cơ quan chỉ có một người." in page


def test_an_administrator_may_allow_one_official_both_for_a_time(app, cast):
    both_roles(cast)
    made = make.pledge(cast, state="with_leader")
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    allowed = concurrent.allow_concurrent(
        body,
        valid_from=TODAY,
        valid_to=None,
        reason="Khuyết Phó Chủ tịch",
        actor=make.actor(cast, "quan"),
        at=make.AT,
    )
    operations.sign_off(made, actor=make.actor(cast, "lan"), at=make.AT)
    assert said_of(made)[-1][1]["merged"] == "permitted"
    operations.hand_back(made, "Xem lại", actor=make.actor(cast, "hung"), at=make.AT)
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=make.AT)
    concurrent.end_concurrent(allowed, on=TODAY, actor=make.actor(cast, "quan"), at=make.AT)
    with pytest.raises(Forbidden):
        operations.sign_off(made, actor=make.actor(cast, "lan"), at=make.AT)


def test_the_leader_is_told_when_a_clerk_records_that_he_signed_on_paper(app, cast):
    made = make.pledge(cast, state="with_leader")
    operations.record_sign_off(
        made, leader="Ông Hùng", signed_on=TODAY, actor=make.actor(cast, "lan"), at=make.AT
    )
    told = db.session.scalars(
        select(Notice).where(Notice.sentence.contains("được Ông Hùng ký trên giấy"))
    ).all()
    assert [row.user_id for row in told] == [cast.users["hung"]]


def test_signed_on_paper_is_recorded_with_who_and_when(app, cast):
    made = make.pledge(cast, state="with_leader")
    with pytest.raises(DomainError):
        operations.record_sign_off(
            made, leader=" ", signed_on=TODAY, actor=make.actor(cast, "lan"), at=make.AT
        )
    with pytest.raises(DomainError):
        operations.record_sign_off(
            made,
            leader="Ông Hùng",
            signed_on=date(2023, 2, 11),
            today=TODAY,
            actor=make.actor(cast, "lan"),
            at=make.AT,
        )
    with pytest.raises(Forbidden):
        operations.record_sign_off(
            made, leader="Ông Hùng", signed_on=TODAY, actor=make.actor(cast, "rev"), at=make.AT
        )
    operations.record_sign_off(
        made, leader="Ông Hùng", signed_on=TODAY, actor=make.actor(cast, "lan"), at=make.AT
    )
    assert said_of(made)[-1] == (
        "pledge.sign_off_recorded",
        {"leader": "Ông Hùng", "signed_on": "2023-02-10", "scan": ""},
    )
    with pytest.raises(Conflict):
        operations.record_sign_off(
            made, leader="Ông Hùng", signed_on=TODAY, actor=make.actor(cast, "lan"), at=make.AT
        )


@pytest.mark.parametrize("undo", ["hand_back", "recall", "withdraw"])
def test_whatever_takes_the_pledge_back_takes_the_sign_off_back(app, cast, undo):
    made = make.pledge(cast, state="with_leader")
    lan, hung = make.actor(cast, "lan"), make.actor(cast, "hung")
    operations.record_sign_off(
        made, leader="Ông Hùng, Chủ tịch", signed_on=TODAY, actor=lan, at=make.AT
    )
    assert made.signed_off_note
    if undo == "hand_back":
        operations.hand_back(made, "Tôi chưa ký.", actor=hung, at=make.AT)
    elif undo == "recall":
        operations.recall(made, actor=lan, at=make.AT)
    else:
        operations.send_up(made, actor=lan, at=make.AT, today=TODAY)
        operations.withdraw(made, actor=lan, at=make.AT)
    kept = (made.signed_off_at, made.signed_off_by, made.signed_off_note)
    assert kept == (None, "", "")
