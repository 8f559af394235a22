"""`flask create-admin` makes the first user of a real database; there is no default password."""

from __future__ import annotations

import pytest

from pledge_app.accounts import passwords
from pledge_app.accounts.models import User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation, installation
from pledge_app.orgs.models import UnitName

OFFICE = "Ủy ban nhân dân huyện Hải Hậu"
GOOD = "cầu gỗ bảy sông xanh"


@pytest.fixture
def shell(app):
    """The cast's database before it was a demo: no installation row yet."""
    db.session.delete(db.session.get_one(Installation, 1))
    db.session.commit()

    def create(office: str = OFFICE, username: str = "Quan.Tri", name: str = "Nguyễn Thị An", password: str = GOOD):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["create-admin", "--office", office, "--username", username, "--name",
                                                  name, "--password", password])
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


def test_the_office_is_found_without_diacritics(shell):
    shell()
    assert db.session.query(UnitName).filter_by(search_key="uy ban nhan dan huyen hai hau").count() == 1


def test_the_trail_begins_with_it_and_holds_no_password(shell):
    shell()
    event = db.session.query(TrailEvent).order_by(TrailEvent.seq.desc()).limit(1).one()
    assert (event.verb, event.data) == ("user.created", {"username": "quan.tri", "first": True})


@pytest.mark.parametrize(("changed", "says"), [
    ({"password": "ngắn"}, "12 ký tự"), ({"password": "password12345"}, "dễ đoán"), ({"office": " "}, "phải có"),
    ({"username": "\u200b"}, "phải có")])
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
    done = app.test_cli_runner().invoke(args=["create-admin", "--office", OFFICE, "--username", "an", "--name", "An",
                                              "--password", GOOD])
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
