"""The pages on which an administrator ties a login to an office-holder; the list of users."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from pledge_app.accounts import queries
from pledge_app.accounts.models import User
from pledge_app.kernel.base import db
from pledge_app.orgs import offices
from pledge_app.orgs import queries as orgs
from pledge_app.orgs.models import Authority, Body, BodyKind, OfficeHolding, Person
from tests import agreeing, make
from tests.site import Visitor

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
ADD = "/quan-tri/nguoi-dung/them"


@pytest.fixture
def held(app, cast) -> OfficeHolding:
    body = db.session.get_one(Body, cast.bodies["Hải Tây"])
    made = offices.appoint(
        body,
        offices.Term("Phó Chủ tịch", Authority.KT, date(2023, 1, 1), None),
        person=None,
        name="Nguyễn Văn Hựu",
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    db.session.commit()
    return made


def user_named(username: str) -> User:
    return db.session.query(User).filter_by(username=username).one()


def test_a_user_is_added_and_tied_in_one_go(held, visit):
    quan = visit("quan")
    assert "Nguyễn Văn Hựu – Phó Chủ tịch, UBND xã Hải Tây" in quan.get(ADD).text
    quan.post(
        ADD, {"username": "huu", "name": "Nguyễn Văn Hựu", "holder": held.person.pid}, status=200
    )
    assert user_named("huu").person_id == held.person_id


def test_a_holder_of_the_same_name_is_proposed_and_never_tied_in_silence(held, visit):
    quan = visit("quan")
    typed = {"username": "huu", "name": "Nguyễn Văn Hựu", "holder": ""}
    page = quan.post(ADD, typed, status=422).text
    assert "Có người giữ chức cùng tên" in page
    assert db.session.query(User).filter_by(username="huu").count() == 0
    proposed = page.split('name="proposed"')[1].split('value="')[1].split('"')[0]
    quan.post(ADD, typed | {"proposed": proposed}, status=200)
    assert user_named("huu").person_id is None


def test_holders_who_have_a_login_are_not_offered(held, visit):
    page = visit("quan").get(ADD).text
    assert "Ông Hùng" not in page


def test_the_page_opened_from_a_body_offers_its_holders_first(held, cast, visit):
    term = offices.Term("Phó Chủ tịch", Authority.KT, date(2023, 1, 1), None)
    offices.appoint(
        db.session.get_one(Body, cast.bodies["Hải Lý"]),
        term,
        person=None,
        name="An",
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    page = visit("quan").get(f"{ADD}?co-quan={held.body.pid}&nguoi={held.person.pid}").text
    assert page.index("UBND xã Hải Tây") < page.index("UBND xã Hải Lý")
    assert 'value="Nguyễn Văn Hựu"' in page
    assert visit("quan").get(f"/quan-tri/co-quan/{held.body.pid}").text.count("Thêm tài khoản") == 1


def test_a_login_is_tied_changed_and_untied_on_the_page_of_its_user(held, cast, visit):
    quan = visit("quan")
    van = db.session.get_one(User, cast.users["van"])
    van.person_id = None
    page = quan.get(f"/quan-tri/nguoi-dung/{van.pid}/nguoi-giu-chuc?q=huu").text
    assert "Nguyễn Văn Hựu" in page
    assert "Ông Hùng" not in page.split("<table")[1]
    quan.post(f"/quan-tri/nguoi-dung/{van.pid}/nguoi-giu-chuc", {"person": held.person.pid})
    assert user_named("van").person_id == held.person_id
    assert "Phó Chủ tịch, UBND xã Hải Tây" in quan.get(f"/quan-tri/nguoi-dung/{van.pid}").text
    assert "Phó Chủ tịch, UBND xã Hải Tây" in quan.get("/quan-tri/nguoi-dung?q=van").text
    assert ">van<" in quan.get(f"/quan-tri/co-quan/{held.body.pid}").text
    quan.post(f"/quan-tri/nguoi-dung/{van.pid}/bo-gan")
    assert user_named("van").person_id is None
    quan.post(f"/quan-tri/nguoi-dung/{van.pid}/nguoi-giu-chuc", {"person": "khong-co"}, status=422)


def test_a_holder_with_a_login_is_refused_with_a_sentence(held, cast, visit):
    lan, hung = (db.session.get_one(User, cast.users[name]) for name in ("lan", "hung"))
    assert hung.person is not None
    page = (
        visit("quan")
        .post(
            f"/quan-tri/nguoi-dung/{lan.pid}/nguoi-giu-chuc",
            {"person": hung.person.pid},
            status=422,
        )
        .text
    )
    assert "đã có tài khoản hung" in page


def test_an_office_is_written_and_tied_to_a_login_at_once(app, cast, visit):
    van = db.session.get_one(User, cast.users["van"])
    van.person_id = None
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    quan = visit("quan")
    typed = {
        "person": "",
        "name": "Bà Vân",
        "title": "Phó Chủ tịch",
        "authority": "KT.",
        "held_from": "01/01/2023",
        "login": van.pid,
    }
    assert "Bà Vân (van)" in quan.get(f"/quan-tri/co-quan/{body.pid}/chuc-vu/them").text
    quan.post(f"/quan-tri/co-quan/{body.pid}/chuc-vu/them", typed)
    person = user_named("van").person
    assert person is not None and person.name == "Bà Vân"


def test_users_are_found_without_diacritics_in_vietnamese_order(app, cast):
    for username, name in (
        ("lua", "Đinh Văn Lúa"),
        ("huyen", "Võ Thị Huyện"),
        ("ngo", "Ngô Thị Ba"),
        ("nguyen", "Nguyễn Thị Ba"),
    ):
        db.session.add(User(username=username, name=name))
    db.session.flush()
    assert [user.name for user in queries.users(queries.user_ids("dinh"))] == ["Đinh Văn Lúa"]
    assert [user.name for user in queries.users(queries.user_ids("thi BA"))] == [
        "Ngô Thị Ba",
        "Nguyễn Thị Ba",
    ]
    everybody = [user.username for user in queries.users(queries.user_ids())]
    assert (
        everybody.index("lua")
        < everybody.index("ngo")
        < everybody.index("nguyen")
        < everybody.index("huyen")
    )


def test_a_tied_login_without_a_role_there_is_told_and_the_form_begins_with_it(held, visit):
    quan = visit("quan")
    quan.post(
        ADD, {"username": "huu", "name": "Nguyễn Văn Hựu", "holder": held.person.pid}, status=200
    )
    address = f"/quan-tri/nguoi-dung/{user_named('huu').pid}"
    page = quan.get(address).text
    assert "chưa có vai trò tại UBND xã Hải Tây" in page
    assert f'<option selected value="{held.body.pid}">' in page
    quan.post(
        address, {"role": "leader", "body": held.body.pid, "held_from": "10/02/2023", "held_to": ""}
    )
    assert "chưa có vai trò tại" not in quan.get(address).text


def test_bodies_are_found_without_diacritics_in_vietnamese_order(app, cast):
    unit = db.session.get_one(Body, cast.bodies["huyện"]).unit
    for name in ("Công ty TNHH Muối", "Công ty Đầu tư", "Phòng Nội vụ"):
        db.session.add(Body(unit=unit, kind=BodyKind.DEPARTMENT, name=name, full_name=name))
    db.session.flush()
    assert [body.name for body in orgs.bodies(orgs.body_ids("noi vu"))] == ["Phòng Nội vụ"]
    assert [body.name for body in orgs.bodies(orgs.body_ids("cong ty"))] == [
        "Công ty Đầu tư",
        "Công ty TNHH Muối",
    ]


def test_a_chairman_confirms_with_a_login_that_an_administrator_made_and_tied(app, cast, visit):
    """From nothing but the administrator's pages: added, tied, given the role; then read and
    confirmed.
    """
    made = agreeing.agreement(cast, state="awaiting")
    hung = db.session.get_one(User, cast.users["hung"])
    holder = hung.person_id
    hung.person_id = None
    person = db.session.get_one(Person, holder)
    quan = visit("quan")
    page = quan.post(
        ADD, {"username": "ct", "name": "Ông Hùng", "holder": person.pid}, status=200
    ).text
    user = user_named("ct")
    step = agreeing.step(cast, made, "Hải Quang")
    address = f"/giao-uoc-cum/{made.pid}/ky/{step.pid}/xac-nhan"
    quan.post(
        f"/quan-tri/nguoi-dung/{user.pid}",
        {
            "role": "leader",
            "body": db.session.get_one(Body, cast.bodies["Hải Quang"]).pid,
            "held_from": "10/02/2023",
            "held_to": "",
        },
    )
    password = page.split('<strong class="code">')[1].split("<")[0]
    user_named("ct").must_change_password = False  # as after the first login
    db.session.commit()
    chairman = Visitor(app, user.id)
    assert "Đọc và xác nhận" in chairman.get("/").text
    asked = (
        chairman.get(address).text.split('name="challenge" type="hidden" value="')[1].split('"')[0]
    )
    chairman.post(address, {"challenge": asked, "password": password})
    assert agreeing.step(cast, made, "Hải Quang").confirmed_by_id == user.id
    visit("hung").get(address, status=403)


def test_the_database_itself_refuses_a_second_login_in_use_for_one_person(app, cast):
    person = db.session.get_one(User, cast.users["hung"]).person_id
    db.session.add(User(username="khac", name="Khác", person_id=person, disabled_at=AT))
    db.session.flush()
    db.session.add(User(username="khac2", name="Khác", person_id=person))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_changed_name_is_found_and_nothing_is_found_across_name_and_username(app, cast):
    user = User(username="khoi", name="Lê Thị Mai")
    db.session.add(user)
    db.session.flush()
    assert queries.user_ids("mai khoi") == []
    user.name = "Lê Thị Đào"
    db.session.flush()
    assert queries.user_ids("dao") == [user.id] and queries.user_ids("thi mai") == []
    assert queries.user_ids("%") == []
