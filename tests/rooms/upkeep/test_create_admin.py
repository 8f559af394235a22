"""`flask create-admin` makes the first user of a real database; there is no default password."""

from __future__ import annotations

import pytest

from pledge_app.accounts import passwords
from pledge_app.accounts.models import User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation, installation
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, UnitName

OFFICE = "Ủy ban nhân dân huyện Giao Thủy"
GOOD = "cầu gỗ bảy sông xanh"


@pytest.fixture
def shell(app):
    """The cast's database before it was a demo: no installation row yet."""
    db.session.delete(db.session.get_one(Installation, 1))
    db.session.commit()

    def create(
        office: str = OFFICE,
        username: str = "Quan.Tri",
        name: str = "Nguyễn Thị An",
        password: str = GOOD,
        more: tuple[str, ...] = (),
    ):
        db.session.commit()
        return app.test_cli_runner().invoke(
            args=[
                "create-admin",
                "--office",
                office,
                "--username",
                username,
                "--name",
                name,
                "--password",
                password,
                *more,
            ]
        )

    return create


def test_the_first_administrator_can_log_in(shell):
    done = shell()
    assert done.exit_code == 0, done.output
    user = db.session.query(User).filter_by(username="quan.tri").one()
    assert [(grant.role, grant.body.name) for grant in user.grants] == [(Role.ADMIN, OFFICE)]
    assert passwords.verify(user, GOOD)
    here = installation()
    assert here is not None
    assert (here.is_demo, here.office_name, here.business_date) == (False, OFFICE, None)


def office() -> Body:
    return db.session.query(User).filter_by(username="quan.tri").one().grants[0].body


def test_the_office_has_the_unit_level_and_kind_that_its_name_says(shell):
    shell()
    body = office()
    assert (body.unit.names[0].name, body.unit.level, body.kind) == (
        "Huyện Giao Thủy",
        UnitLevel.DISTRICT,
        BodyKind.UBND,
    )
    assert (body.place, body.unit.exists_from) == ("Giao Thủy", None)


@pytest.mark.parametrize(
    ("name", "unit", "level", "kind"),
    [
        ("Sở Nội vụ tỉnh Ninh Bình", "Tỉnh Ninh Bình", UnitLevel.PROVINCE, BodyKind.DEPARTMENT),
        (
            "Phòng Nội vụ huyện Châu Thành",
            "Huyện Châu Thành",
            UnitLevel.DISTRICT,
            BodyKind.DEPARTMENT,
        ),
        ("UBND xã Phú Hựu", "Xã Phú Hựu", UnitLevel.COMMUNE, BodyKind.UBND),
        (
            "Hội đồng Thi đua - Khen thưởng thị xã Sa Đéc",
            "Thị xã Sa Đéc",
            UnitLevel.DISTRICT,
            BodyKind.EMULATION_COUNCIL,
        ),
    ],
)
def test_an_office_of_any_level_begins(shell, name, unit, level, kind):
    assert shell(office=name).exit_code == 0
    assert (office().unit.names[0].name, office().unit.level, office().kind) == (unit, level, kind)


def test_what_the_name_does_not_say_is_asked_for_by_its_option(shell):
    done = shell(office="Công ty Điện lực")
    assert (done.exit_code, installation()) == (1, None)
    assert "--unit" in done.output
    done = shell(office="Công ty Điện lực", more=("--unit", "Thành phố Hồ Chí Minh"))
    assert "--level" in done.output
    done = shell(
        office="Công ty Điện lực", more=("--unit", "Thành phố Hồ Chí Minh", "--level", "tinh")
    )
    assert done.exit_code == 0, done.output
    assert (office().unit.level, office().kind) == (UnitLevel.PROVINCE, BodyKind.ENTERPRISE)


def test_a_unit_that_does_not_fit_its_level_is_refused(shell):
    done = shell(more=("--unit", "Giao Thủy", "--level", "huyen"))
    assert (done.exit_code, installation()) == (1, None)
    assert "bắt đầu bằng loại" in done.output


def test_a_second_administrator_joins_the_same_office(shell):
    shell(office="Phòng Nội vụ huyện Giao Thủy")
    shell(office="Phòng Nội vụ huyện Giao Thủy", username="hai")
    assert db.session.query(Body).filter_by(name="Phòng Nội vụ huyện Giao Thủy").count() == 1
    assert db.session.query(UnitName).filter_by(name="Huyện Giao Thủy").count() == 1


def test_the_trail_begins_with_it_and_holds_no_password(shell):
    shell(office="Phòng Nội vụ huyện Giao Thủy")
    events = db.session.query(TrailEvent).order_by(TrailEvent.seq).all()
    assert [event.verb for event in events] == [
        "unit.added",
        "body.added",
        "user.created",
        "user.role_granted",
    ]
    assert events[2].data == {"username": "quan.tri", "first": True}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"password": "ngắn"}, "12 ký tự"),
        ({"password": "password12345"}, "dễ đoán"),
        ({"office": " "}, "phải có"),
        ({"username": "\u200b"}, "phải có"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(shell, changed, says):
    done = shell(**changed)
    assert done.exit_code == 1
    assert says in done.output
    assert installation() is None


def test_a_taken_name_is_refused(shell):
    shell()
    again = shell()
    assert again.exit_code == 1
    assert "đã có" in again.output


def test_a_demo_never_becomes_a_real_database(app):
    done = app.test_cli_runner().invoke(
        args=[
            "create-admin",
            "--office",
            OFFICE,
            "--username",
            "an",
            "--name",
            "An",
            "--password",
            GOOD,
        ]
    )
    assert done.exit_code == 1
    assert "chạy thử" in done.output
    assert db.session.query(User).filter_by(username="an").count() == 0


def test_a_real_database_never_becomes_a_demo(shell, app):
    shell()
    done = app.test_cli_runner().invoke(args=["demo", "--load-only"])
    assert done.exit_code == 1
    assert "cơ sở dữ liệu thật" in done.output
    reset = app.test_cli_runner().invoke(args=["demo", "--load-only", "--reset"])
    assert reset.exit_code == 1
    assert db.session.query(User).filter_by(username="quan.tri").count() == 1
