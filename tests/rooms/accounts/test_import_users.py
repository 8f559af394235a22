"""Users from a table: judged row by row, loaded whole or not at all, each with a password of
their own.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pledge_app.accounts import importing, passwords
from pledge_app.accounts.first_passwords import Made, first_passwords
from pledge_app.accounts.importing_sheet import HEAD
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.orgs.models import Body
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
GOOD = [
    "Nguyễn Thị Mai",
    "mai.haiquang",
    "mai@haiquang.example",
    "Người phụ trách thi đua",
    "UBND xã Hải Quang",
    "01/02/2023",
    "",
]


def read(*rows: list[str], head: tuple[str, ...] = HEAD) -> importing.Reading:
    return importing.read([list(head), *rows], today=TODAY)


def changed(**cells: str) -> list[str]:
    names = dict(
        zip(("name", "username", "email", "role", "body", "start", "end"), range(7), strict=True)
    )
    row = list(GOOD)
    for name, text in cells.items():
        row[names[name]] = text
    return row


def load(cast, *rows: list[str], who: str = "quan") -> list[Made]:
    return importing.load(read(*rows), actor=make.actor(cast, who), at=AT)


def test_each_new_person_gets_a_role_and_a_password_of_their_own(app, cast):
    made = load(
        cast, GOOD, changed(name="Ông Nam", username="nam.tay", body="ủy ban nhân dân XÃ Hải Tây")
    )
    assert [one.user.username for one in made] == ["mai.haiquang", "nam.tay"]
    assert made[0].password != made[1].password
    assert all(one.user.must_change_password for one in made)
    word, user = made[0].password, made[0].user
    db.session.commit()
    assert passwords.verify(user, word)
    verbs = [event.verb for event in db.session.query(TrailEvent).order_by(TrailEvent.seq)]
    assert verbs == ["user.created", "user.role_granted"] * 2
    assert not any(word in str(event.data) for event in db.session.query(TrailEvent))


def test_several_rows_are_several_roles_of_one_person(app, cast):
    made = load(cast, GOOD, changed(role="Văn thư"))
    assert len(made) == 1
    assert {grant.role.value for grant in made[0].user.grants} == {"clerk", "records"}


def test_somebody_known_gets_the_role_and_keeps_the_password(app, cast):
    before = db.session.get_one(User, cast.users["lan"]).password_hash
    assert load(cast, changed(name="Bà Lan", username="lan", role="văn thư")) == []
    lan = db.session.get_one(User, cast.users["lan"])
    assert {grant.role.value for grant in lan.grants} == {"clerk", "records"}
    assert lan.password_hash == before


def test_the_same_table_again_changes_nothing(app, cast):
    load(cast, GOOD)
    db.session.commit()
    again = read(GOOD)
    assert (again.count("same"), again.faulty) == (1, [])
    importing.load(again, actor=make.actor(cast, "quan"), at=AT)
    assert (
        db.session.query(RoleGrant).join(User).filter(User.username == "mai.haiquang").count() == 1
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"name": ""}, "Chưa có họ và tên"),
        ({"username": "Mai Nguyễn"}, "không dấu"),
        ({"email": "mai"}, "Thư điện tử"),
        ({"role": "Giám đốc"}, "Không có vai trò"),
        ({"body": "UBND xã Không Có"}, "Không có cơ quan"),
        ({"start": "30/02/2023"}, "Không có ngày 30/02/2023"),
        ({"start": ""}, "Chưa có ngày bắt đầu"),
        ({"end": "01/01/2023"}, "Ngày kết thúc phải sau"),
        ({"username": "lan"}, "đã là của Bà Lan"),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_loaded(app, cast, cells, said):
    reading = read(GOOD, changed(**({"username": "khac.nguoi"} | cells)))
    assert [row.number for row in reading.faulty] == [3]
    assert said in " ".join(reading.faulty[0].faults)
    with pytest.raises(DomainError, match="chưa nạp dòng nào"):
        importing.load(reading, actor=make.actor(cast, "quan"), at=AT)
    assert db.session.query(User).filter_by(username="mai.haiquang").count() == 0


def test_two_people_do_not_share_a_name_and_a_role_is_given_once(app, cast):
    assert "Dòng 2" in read(GOOD, changed(name="Người khác")).faulty[0].faults[0]
    assert "phía trên" in read(GOOD, GOOD).faulty[0].faults[0]


def test_a_table_without_its_columns_or_without_rows_is_refused(app, cast):
    assert (
        "thiếu cột: Vai trò"
        in read(
            GOOD, head=("Họ và tên", "Tên đăng nhập", "Thư điện tử", "x", "Cơ quan", "Từ ngày", "")
        ).fault
    )
    assert "chưa có người nào" in read().fault
    assert "nhiều nhất 700" in read(*[changed(username=f"mai.{n}") for n in range(701)]).fault


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_the_administrator_loads(app, cast, who):
    with pytest.raises(Forbidden):
        load(cast, GOOD, who=who)


def test_a_name_that_two_bodies_bear_names_neither_and_one_that_has_ended_none(app, cast):
    tay, ly = (db.session.get_one(Body, cast.bodies[name]) for name in ("Hải Tây", "Hải Lý"))
    tay.name = "UBND xã Hải Quang"
    ly.exists_to = TODAY
    db.session.flush()
    double, ended = read(GOOD, changed(username="ly.moi", body="UBND xã Hải Lý")).faulty
    assert "Có nhiều cơ quan tên “UBND xã Hải Quang”" in double.faults[0]
    assert "Không có cơ quan “UBND xã Hải Lý”" in ended.faults[0]
    full = read(changed(body="Ủy ban nhân dân xã Hải Quang"))
    assert full.faulty == [] and full.rows[0].body is not None
    assert full.rows[0].body.id == cast.bodies["Hải Quang"]


def test_somebody_known_whose_row_names_no_role_stays_as_they_are(app, cast):
    row = changed(name="Chị Lan", username="LAN", role="", body="")
    reading = read(row, GOOD)
    assert [(one.username, one.does) for one in reading.rows][0] == ("lan", "same")
    assert [one.user.username for one in load(cast, row, GOOD)] == ["mai.haiquang"]
    assert db.session.get_one(User, cast.users["lan"]).name != "Chị Lan"


def test_whoever_has_the_passwords_already_gives_them(app, cast):
    firsts = first_passwords(["mai.haiquang"])
    (made,) = importing.load(read(GOOD), actor=make.actor(cast, "quan"), at=AT, firsts=firsts)
    assert made.password == firsts["mai.haiquang"].password
