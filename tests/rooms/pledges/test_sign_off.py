"""Ký duyệt, in the app or on paper; where one person does both steps the trail says so."""

from __future__ import annotations

from datetime import date

import pytest

from pledge_app.accounts.models import RoleGrant
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.pledges import operations
from tests import make
from tests.cast import TODAY
from tests.rooms.pledges.trail import said_of


def test_the_leader_signs_off_once_and_it_is_recorded(app, cast):
    made = make.pledge(cast, state="with_leader")
    operations.sign_off(made, actor=make.actor(cast, "hung"), at=make.AT, office="Chủ tịch UBND xã Hải Quang")
    assert made.signed_off_by == "Ông Hùng, Chủ tịch UBND xã Hải Quang"
    assert said_of(made)[-1] == ("pledge.signed_off", {"merged_steps": False, "on_behalf": False,
                                                       "office": "Chủ tịch UBND xã Hải Quang"})
    with pytest.raises(Conflict):
        operations.sign_off(made, actor=make.actor(cast, "hung"), at=make.AT)


def test_who_may_not_and_when_not(app, cast):
    made = make.pledge(cast, state="with_leader")
    for who in ("lan", "van", "dong_leader", "rev", "quan"):
        with pytest.raises(Forbidden):
            operations.sign_off(made, actor=make.actor(cast, who), at=make.AT)
    with pytest.raises(Conflict):
        operations.sign_off(make.pledge(cast, "Hải Đông"), actor=make.actor(cast, "dong_leader"), at=make.AT)


def test_a_one_person_office_merges_the_steps_and_the_trail_says_so(visit, cast):
    db.session.add(RoleGrant(user_id=cast.users["lan"], role=Role.LEADER, body_id=cast.bodies["Hải Quang"],
                             held_from=date(2022, 1, 1)))
    made = make.pledge(cast, state="complete")
    assert "Trình và ký duyệt" in visit("lan").get(f"/giao-uoc/{made.pid}").text
    visit("lan").post(f"/giao-uoc/{made.pid}/trinh", {"then": "sign"})
    assert "hai bước được nhập làm một" in visit("lan").get(f"/giao-uoc/{made.pid}").text


def test_signed_on_paper_is_recorded_with_who_and_when(app, cast):
    made = make.pledge(cast, state="with_leader")
    with pytest.raises(DomainError):
        operations.record_sign_off(made, leader=" ", signed_on=TODAY, actor=make.actor(cast, "lan"), at=make.AT)
    with pytest.raises(DomainError):
        operations.record_sign_off(made, leader="Ông Hùng", signed_on=date(2023, 2, 11), today=TODAY,
                                   actor=make.actor(cast, "lan"), at=make.AT)
    with pytest.raises(Forbidden):
        operations.record_sign_off(made, leader="Ông Hùng", signed_on=TODAY, actor=make.actor(cast, "rev"), at=make.AT)
    operations.record_sign_off(made, leader="Ông Hùng", signed_on=TODAY, actor=make.actor(cast, "lan"), at=make.AT)
    assert said_of(made)[-1] == ("pledge.sign_off_recorded",
                                 {"leader": "Ông Hùng", "signed_on": "2023-02-10", "scan": ""})
    with pytest.raises(Conflict):
        operations.record_sign_off(made, leader="Ông Hùng", signed_on=TODAY, actor=make.actor(cast, "lan"),
                                   at=make.AT)
