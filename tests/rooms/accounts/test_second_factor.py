"""The second factor at login, and who removes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from pledge_app.accounts import (
    logging_in,
    own_password,
    passwords,
    second_factor,
    sessions,
    throttle,
)
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.notices.models import Notice
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
GOOD = "ruộng muối bên đê chắn sóng"
SECRET = pyotp.random_base32()


@pytest.fixture
def lan(app, cast) -> User:
    user = db.session.get_one(User, cast.users["lan"])
    user.password_hash = passwords.hash_password(GOOD)
    db.session.commit()
    return user


@pytest.fixture
def recovery(lan) -> list[str]:
    made = second_factor.begin(lan, SECRET, code(AT), at=AT, keep=None)
    db.session.commit()
    return made


def code(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


def log_in(known: str = "", password: str = GOOD, at: datetime = AT, address: str = "1"):
    db.session.commit()
    try:
        return logging_in.log_in("lan", password, at=at, address=address, browser="x", known=known)
    finally:
        db.session.commit()


def remove(user: User, actor) -> bool:
    return second_factor.remove(user, actor=actor, at=AT, today=TODAY)


def test_the_password_alone_lets_nobody_in_and_a_code_counts_once(lan, recovery):
    waiting, token = log_in()
    assert sessions.live_session(token, AT) is None
    later = AT + timedelta(minutes=1)
    _session, inside = second_factor.pass_on(waiting, code(later), at=later)
    assert sessions.live_session(inside, later) is not None
    assert sessions.waiting_session(token, later) is None
    again, _token = log_in(at=later)
    with pytest.raises(logging_in.LoginRefused, match="đã dùng"):
        second_factor.pass_on(again, code(later), at=later)


def test_a_recovery_code_stands_in_once_and_the_trail_says_so(lan, recovery):
    for _n in range(2):
        waiting, _token = log_in()
        if _n:
            with pytest.raises(logging_in.LoginRefused):
                second_factor.pass_on(waiting, recovery[0], at=AT)
        else:
            second_factor.pass_on(waiting, recovery[0], at=AT)
    event = db.session.query(TrailEvent).filter_by(verb="user.logged_in").one()
    assert event.data["means"] == "recovery"
    factor = second_factor.factor_of(lan.id)
    assert factor is not None and second_factor.unused_codes(factor) == 9


def test_guesses_of_a_code_are_slowed_and_the_password_is_soon_asked_again(lan, recovery):
    waiting, token = log_in()
    for _n in range(5):
        with pytest.raises(logging_in.LoginRefused, match="không đúng"):
            second_factor.pass_on(waiting, "000000", at=AT)
    with pytest.raises(logging_in.LoginRefused, match="Hãy chờ"):
        second_factor.pass_on(waiting, recovery[0], at=AT)
    assert sessions.waiting_session(token, AT + timedelta(minutes=11)) is None


def test_a_wrong_first_code_begins_nothing_and_a_new_app_replaces_the_old(lan, recovery):
    with pytest.raises(DomainError, match="chưa bật"):
        second_factor.begin(lan, SECRET, "000000", at=AT, keep=None)
    new = pyotp.random_base32()
    second_factor.begin(lan, new, pyotp.TOTP(new).at(AT), at=AT, keep=log_in()[0])
    factor = second_factor.factor_of(lan.id)
    assert factor is not None and factor.secret == new


def test_two_administrators_remove_it_and_one_alone_does_not(lan, recovery, cast):
    rev = cast.users["rev"]
    body_id = db.session.query(RoleGrant.body_id).filter_by(user_id=rev).limit(1).scalar()
    db.session.add(RoleGrant(user_id=rev, role=Role.ADMIN, body_id=body_id, held_from=TODAY))
    db.session.flush()
    quan, second = make.actor(cast, "quan"), make.actor(cast, "rev")
    with pytest.raises(Forbidden):
        remove(lan, make.actor(cast, "hung"))
    assert not remove(lan, quan) and not remove(lan, quan)
    assert db.session.query(Notice).filter_by(user_id=rev).count() == 2
    assert remove(lan, second)
    assert second_factor.factor_of(lan.id) is None
    with pytest.raises(Conflict):
        remove(lan, quan)
    with pytest.raises(DomainError, match="Không tự gỡ"):
        remove(db.session.get_one(User, cast.users["quan"]), quan)


def test_the_operator_at_the_server_removes_it_alone(lan, recovery):
    assert remove(lan, SYSTEM)
    assert db.session.query(Notice).filter_by(user_id=lan.id).count() == 1


def test_a_one_time_password_ends_after_a_week(lan):
    lan.must_change_password, lan.one_time_until = True, AT
    with pytest.raises(logging_in.LoginRefused, match="hết hạn"):
        log_in()
    assert log_in(at=AT - timedelta(minutes=1))


def test_strangers_do_not_keep_the_right_password_out(lan):
    for n in range(52):
        throttle.failed("lan", f"10.0.0.{n}", at=AT)
    with pytest.raises(logging_in.LoginRefused, match="Hãy chờ"):
        log_in(address="9")
    assert log_in(known="máy của Lan", address="9")


def test_the_own_password_is_guessed_slowly(lan):
    for _n in range(5):
        assert "không đúng" in own_password.problem_with(lan, "sai", at=AT)
        db.session.commit()
    assert "nhiều lần" in own_password.problem_with(lan, GOOD, at=AT)
    later = AT + timedelta(minutes=1)
    assert own_password.problem_with(lan, GOOD, at=later) == ""
