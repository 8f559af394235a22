"""A person takes another name and is found under both; who leaves hands everything over."""

from __future__ import annotations

import pytest

from pledge_app.accounts import handing_over
from pledge_app.accounts.models import User
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.orgs.models import OfficeHolding, PersonName
from tests import make
from tests.cast import TODAY


def user(cast, who: str) -> User:
    return db.session.get_one(User, cast.users[who])


def rename(visit, cast, name: str, on: str, status: int = 303) -> str:
    holding = db.session.get_one(OfficeHolding, cast.holdings["hung"])
    address = f"/quan-tri/chuc-vu/{holding.pid}/doi-ten"
    quan = visit("quan")
    quan.get(address)
    typed = {"name": name, "on": on, "basis": "Trích lục số 12"}
    return str(quan.post(address, typed, status=status).text)


def test_a_renamed_person_keeps_the_earlier_name_with_its_last_day(visit, cast):
    rename(visit, cast, "Trần Mạnh Hùng", "01/02/2023")
    kept = db.session.query(PersonName).one()
    assert kept.name == "Ông Hùng"
    holding = db.session.get_one(OfficeHolding, cast.holdings["hung"])
    assert holding.person.name == "Trần Mạnh Hùng"
    page = visit("quan").get(f"/quan-tri/co-quan/{holding.body.pid}").text
    assert "trước 01/02/2023: Ông Hùng" in page
    assert "Ông Hùng thành Trần Mạnh Hùng (Trích lục số 12)" in page


def test_the_login_takes_the_new_name_and_is_found_by_it(visit, cast):
    holding = db.session.get_one(OfficeHolding, cast.holdings["hung"])
    user(cast, "hung").person_id = holding.person_id
    db.session.commit()
    rename(visit, cast, "Trần Mạnh Hùng", "01/02/2023")
    assert user(cast, "hung").name == "Trần Mạnh Hùng"
    assert "Trần Mạnh Hùng" in visit("quan").get("/quan-tri/nguoi-dung?q=manh hung").text


def test_the_same_name_and_a_day_before_the_last_change_are_refused(visit, cast):
    assert "Tên mới giống" in rename(visit, cast, "Ông Hùng", "01/02/2023", 422)
    rename(visit, cast, "Trần Mạnh Hùng", "01/02/2023")
    assert "phải sau lần đổi trước" in rename(visit, cast, "Trần Hùng", "01/02/2023", 422)


def test_a_successor_sees_the_drafts_and_tasks_of_who_left(visit, cast):
    made = make.pledge(cast, "Hải Quang", state="complete")
    lan, giam = user(cast, "lan"), user(cast, "giam")
    assert made.pid not in visit("giam").get("/").text
    address = f"/quan-tri/nguoi-dung/{lan.pid}/ban-giao"
    quan = visit("quan")
    assert address in quan.get(f"/quan-tri/nguoi-dung/{lan.pid}").text
    quan.get(address)
    day = f"{TODAY:%d/%m/%Y}"
    quan.post(address, {"successor": giam.pid, "on": day})
    assert made.pid in visit("giam").get("/").text
    assert made.pid not in visit("lan").get("/").text
    assert "bàn giao cho bạn" in visit("giam").get("/thong-bao").text
    assert "bàn giao cho" in quan.get(f"/quan-tri/nguoi-dung/{lan.pid}").text


def test_a_leader_who_leaves_in_mid_sign_off_is_followed_by_the_successor(visit, cast):
    made = make.pledge(cast, "Hải Quang", state="with_leader")
    handing_over.hand_over(
        user(cast, "hung"),
        user(cast, "giam"),
        on=TODAY,
        actor=make.actor(cast, "quan"),
        at=make.AT,
    )
    db.session.commit()
    assert "Ký duyệt" in visit("giam").get(f"/giao-uoc/{made.pid}/tom-tat").text


@pytest.mark.parametrize(
    ("who", "successor", "said"),
    [("lan", "lan", "người khác"), ("lan", "locked", "đang khóa"), ("left", "giam", "không còn")],
)
def test_nothing_is_handed_to_nobody(app, cast, who, successor, said):
    user(cast, "van").disabled_at = make.AT
    for grant in user(cast, "tay").grants:
        grant.held_to = TODAY
    people = {"locked": "van", "left": "tay"}
    with pytest.raises(DomainError, match=said):
        handing_over.hand_over(
            user(cast, people.get(who, who)),
            user(cast, people.get(successor, successor)),
            on=TODAY,
            actor=make.actor(cast, "quan"),
            at=make.AT,
        )


def test_a_role_that_the_successor_has_is_not_given_twice(app, cast):
    lan, hung = user(cast, "lan"), user(cast, "hung")
    quan = make.actor(cast, "quan")
    handing_over.hand_over(lan, hung, on=TODAY, actor=quan, at=make.AT)
    roles = [(row.role, row.body_id) for row in hung.grants]
    assert len(roles) == len(set(roles)) == 2


def test_an_administrator_hands_nothing_over_to_himself(app, cast):
    with pytest.raises(Forbidden):
        handing_over.hand_over(
            user(cast, "lan"),
            user(cast, "quan"),
            on=TODAY,
            actor=make.actor(cast, "quan"),
            at=make.AT,
        )
