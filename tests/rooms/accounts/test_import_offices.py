"""The users' sheet names an office: tied to who holds it, or written and tied; nothing is
guessed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.accounts import importing
from pledge_app.accounts.first_passwords import Made
from pledge_app.accounts.importing_sheet import HEAD
from pledge_app.accounts.models import User
from pledge_app.kernel.base import db
from pledge_app.orgs import offices
from pledge_app.orgs.models import Authority, Body, OfficeHolding, Person
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
BODY = "UBND xã Hải Quang"


def row(
    name: str,
    username: str,
    office: str = "",
    authority: str = "",
    begun: str = "",
    body: str = BODY,
) -> list[str]:
    return [
        name,
        username,
        "",
        "Lãnh đạo ký duyệt",
        body,
        "01/02/2023",
        "",
        office,
        authority,
        begun,
    ]


def read(*rows: list[str]) -> importing.Reading:
    return importing.read([list(HEAD), *rows], today=TODAY)


def load(cast, *rows: list[str]) -> list[Made]:
    return importing.load(read(*rows), actor=make.actor(cast, "quan"), at=AT)


def appoint(cast, name: str, title: str, body: str = "Hải Quang") -> OfficeHolding:
    term = offices.Term(title, Authority.KT, date(2023, 1, 1), None)
    held = offices.appoint(
        db.session.get_one(Body, cast.bodies[body]),
        term,
        person=None,
        name=name,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    db.session.commit()  # as in another request: loading begins with a rollback
    return held


def plan_of(reading: importing.Reading) -> str:
    plan = reading.rows[0].office
    assert plan is not None
    return plan.said


def faults(*rows: list[str]) -> str:
    return " ".join(" ".join(one.faults) for one in read(*rows).faulty)


def test_a_holder_of_that_name_is_tied_and_nobody_is_written_twice(app, cast):
    held = appoint(cast, "Nguyễn Văn Hựu", "Phó Chủ tịch")
    reading = read(row("NGUYỄN VĂN HỰU", "huu", "phó chủ tịch"))
    assert plan_of(reading) == "gắn với Nguyễn Văn Hựu – Phó Chủ tịch, UBND xã Hải Quang"
    made = load(cast, row("NGUYỄN VĂN HỰU", "huu", "phó chủ tịch"))
    assert made[0].user.person_id == held.person_id
    assert db.session.query(Person).filter(Person.name.ilike("Nguyễn Văn Hựu")).count() == 1


def test_without_a_holder_person_and_office_are_written_in_the_same_go(app, cast):
    reading = read(row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch", "", "01/01/2018"))
    assert plan_of(reading).startswith(
        "sẽ ghi người giữ chức: Phó Chủ tịch, UBND xã Hải Quang, khi ký ghi KT., từ 01/01/2018"
    )
    user = load(cast, row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch", "", "01/01/2018"))[0].user
    held = db.session.query(OfficeHolding).filter_by(person_id=user.person_id).one()
    assert (held.title, held.authority, held.held_from) == (
        "Phó Chủ tịch",
        Authority.KT,
        date(2018, 1, 1),
    )
    assert held.person.name == "Nguyễn Văn Hựu"


def test_a_row_without_an_office_ties_nobody(app, cast):
    appoint(cast, "Nguyễn Văn Hựu", "Phó Chủ tịch")
    assert load(cast, row("Nguyễn Văn Hựu", "huu"))[0].user.person_id is None


def test_two_people_of_one_name_must_be_chosen(app, cast):
    appoint(cast, "Nguyễn Văn Hựu", "Phó Chủ tịch")
    appoint(cast, "Nguyễn Văn Hựu", "Phó Chủ tịch phụ trách văn xã")
    assert "nhiều người tên Nguyễn Văn Hựu" in faults(row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch"))


def test_the_name_under_another_office_is_not_taken_for_the_same(app, cast):
    appoint(cast, "Nguyễn Văn Hựu", "Phó Chủ tịch")
    assert "đang được ghi là Phó Chủ tịch" in faults(row("Nguyễn Văn Hựu", "huu", "Ủy viên"))


def test_an_office_that_somebody_else_holds_is_a_fault_with_the_name(app, cast):
    assert "do Ông Hùng giữ" in faults(row("Nguyễn Văn Hựu", "huu", "Chủ tịch"))


def test_a_holder_who_has_a_login_is_a_fault(app, cast):
    assert "đã có tài khoản hung" in faults(row("Ông Hùng", "hung2", "Chủ tịch"))


def test_a_login_of_somebody_else_is_a_fault(app, cast):
    appoint(cast, "Bà Lan", "Phó Chủ tịch", "Hải Tây")
    assert "đang gắn với Bà Lan" in faults(
        row("Bà Lan", "lan", "Phó Chủ tịch", body="UBND xã Hải Tây")
    )


def test_two_chairmen_of_one_body_in_one_sheet_are_a_fault(app, cast):
    db.session.get_one(OfficeHolding, cast.holdings["hung"]).held_to = TODAY
    assert "đã ghi cho Nguyễn Văn Hựu ở dòng trên" in faults(
        row("Nguyễn Văn Hựu", "huu", "Chủ tịch", "", "11/02/2023"),
        row("Trần Thị Sen", "sen", "Chủ tịch", "", "11/02/2023"),
    )


def test_two_roles_of_one_holder_tie_once(app, cast):
    second = row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch")
    second[3] = "Văn thư"
    user = load(cast, row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch"), second)[0].user
    assert len(user.grants) == 2
    assert db.session.query(OfficeHolding).filter_by(person_id=user.person_id).count() == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [({"authority": "XX."}, "Khi ký ghi"), ({"begun": "31/02/2023"}, "Không có ngày 31/02/2023")],
)
def test_what_is_wrong_in_the_office_is_said(app, cast, cells, said):
    assert said in faults(row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch", **cells))


def test_the_same_sheet_again_changes_nothing(app, cast):
    load(cast, row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch"))
    db.session.commit()
    again = read(row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch"))
    assert plan_of(again).startswith("đã gắn với")
    importing.load(again, actor=make.actor(cast, "quan"), at=AT)
    assert db.session.query(OfficeHolding).filter_by(title="Phó Chủ tịch").count() == 1
    assert db.session.query(User).filter_by(username="huu").count() == 1


def test_the_column_may_be_called_by_its_short_name(app, cast):
    head = [word.replace(" (nếu là người giữ chức)", "") for word in HEAD]
    reading = importing.read([head, row("Nguyễn Văn Hựu", "huu", "Phó Chủ tịch")], today=TODAY)
    assert plan_of(reading).startswith("sẽ ghi người giữ chức: Phó Chủ tịch")
