"""Logging in: by password, slowly after failures, never for a disabled user; rights end
sessions.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from argon2 import PasswordHasher

from pledge_app.accounts import logging_in, operations, passwords, sessions
from pledge_app.accounts.models import LoginSession, User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs.models import Body

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
GOOD = "ruộng muối bên đê chắn sóng"


@pytest.fixture
def lan(app, cast):
    user = db.session.get_one(User, cast.users["lan"])
    user.password_hash = passwords.hash_password(GOOD)
    db.session.commit()
    return user


def log_in(password: str, at: datetime = AT, name: str = "lan"):
    db.session.commit()  # each try is a request of its own
    try:
        return logging_in.log_in(name, password, at=at, address="10.0.0.1", browser="Chrome 109")
    finally:
        db.session.commit()  # as the view does, also after a failure


def test_the_right_password_begins_a_session_and_is_recorded(lan):
    begun, token = log_in(GOOD)
    assert begun.user_id == lan.id
    session = sessions.live_session(token, AT)
    assert session is not None and token not in session.token_sha256
    assert db.session.query(TrailEvent).filter_by(verb="user.logged_in").count() == 1


def test_a_hash_of_weaker_parameters_is_renewed_by_the_next_login(lan):
    weaker = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(GOOD)
    lan.password_hash = weaker
    log_in(GOOD)
    assert lan.password_hash != weaker and not passwords.is_outdated(lan)
    renewed = lan.password_hash
    log_in(GOOD)
    assert lan.password_hash == renewed


@pytest.mark.parametrize("name", ["lan", "không có ai"])
def test_a_wrong_name_and_a_wrong_password_read_the_same(lan, name):
    with pytest.raises(logging_in.LoginRefused, match="Tên đăng nhập hoặc mật khẩu không đúng"):
        log_in("sai mật khẩu rồi", name=name)


def test_after_five_failures_the_next_try_waits_but_not_for_ever(lan):
    for _n in range(6):
        with pytest.raises(logging_in.LoginRefused, match="không đúng"):
            log_in("sai mật khẩu rồi", AT + timedelta(minutes=_n))
    with pytest.raises(logging_in.LoginRefused, match="Hãy chờ"):
        log_in(GOOD, AT + timedelta(minutes=5, seconds=1))
    assert log_in(GOOD, AT + timedelta(minutes=30))[0].user_id == lan.id


def test_a_disabled_user_cannot_log_in_and_is_out_at_once(lan, actor_named):
    _session, token = log_in(GOOD)
    operations.disable(lan, actor=actor_named("quan"), at=AT, today=date(2023, 2, 10))
    assert sessions.live_session(token, AT) is None
    with pytest.raises(logging_in.LoginRefused):
        log_in(GOOD)


@pytest.mark.parametrize("later", [timedelta(minutes=61), timedelta(hours=13)])
def test_a_session_ends_by_itself(lan, later):
    _session, token = log_in(GOOD)
    assert sessions.live_session(token, AT + later) is None


def test_a_change_of_password_ends_the_other_sessions(lan):
    _session, here = log_in(GOOD)
    _session, there = log_in(GOOD)
    session = sessions.live_session(here, AT)
    operations.change_password(lan, "con đò qua sông Ninh Cơ", at=AT, keep=session)
    assert sessions.live_session(here, AT) is not None
    assert sessions.live_session(there, AT) is None
    assert log_in("con đò qua sông Ninh Cơ")[0].user_id == lan.id


@pytest.mark.parametrize("weak", ["ngắn", "123456789012", "passwordpassword", "x" * 201])
def test_a_weak_password_is_refused_with_a_sentence(lan, weak):
    with pytest.raises(DomainError):
        operations.change_password(lan, weak, at=AT, keep=None)


def test_a_role_granted_or_ended_ends_the_sessions(lan, cast, actor_named):
    _session, token = log_in(GOOD)
    body = db.session.get_one(Body, cast.bodies["Hải Đông"])
    grant = operations.grant_role(
        lan,
        Role.CLERK,
        body,
        held_from=date(2023, 1, 1),
        held_to=None,
        actor=actor_named("quan"),
        at=AT,
    )
    assert sessions.live_session(token, AT) is None
    _session, token = log_in(GOOD)
    operations.end_role(grant, on=date(2023, 2, 1), actor=actor_named("quan"), at=AT)
    assert sessions.live_session(token, AT) is None
    assert not actor_named("lan").has(Role.CLERK, body.id)


def test_only_an_administrator_makes_users_and_names_are_unique(lan, actor_named):
    with pytest.raises(Forbidden):
        operations.create_user("moi", "Người mới", actor=actor_named("lan"), at=AT)
    _user, password = operations.create_user("moi", "Người mới", actor=actor_named("quan"), at=AT)
    assert log_in(password, name="moi")[0].user.must_change_password
    with pytest.raises(Conflict):
        operations.create_user("MOI", "Trùng tên", actor=actor_named("quan"), at=AT)


def test_the_token_of_a_session_is_not_in_the_database(lan):
    _session, token = log_in(GOOD)
    assert db.session.query(LoginSession).filter_by(token_sha256=token).count() == 0


def test_a_part_of_the_demo_is_taken_without_a_password_and_only_one_that_is_there(lan):
    lan.demo_part = "nguoi-phu-trach"
    db.session.flush()
    take = partial(logging_in.take_part, at=AT, address="10.0.0.1", browser="Chrome 109")
    taken = take("nguoi-phu-trach")
    assert taken is not None and taken[0] is lan
    assert sessions.live_session(taken[1], AT) is not None
    assert db.session.query(TrailEvent).filter_by(verb="user.took_part").count() == 1
    assert take("khong-co-vai") is None


def test_a_session_is_ended_by_its_user_or_by_an_administrator_and_by_nobody_else(lan, actor_named):
    sessions_of = [sessions.live_session(log_in(GOOD)[1], AT) for _n in range(2)]
    first, second = (row for row in sessions_of if row is not None)
    with pytest.raises(Forbidden):
        operations.end_session(first, actor=actor_named("hung"), at=AT)
    assert first.ended_at is None
    operations.end_session(first, actor=actor_named("lan"), at=AT)
    operations.end_session(second, actor=actor_named("quan"), at=AT)
    assert [row.ended_at for row in (first, second)] == [AT, AT]


def test_a_role_that_is_held_is_not_given_again_before_it_ends(lan, cast, actor_named):
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    quan = actor_named("quan")
    until = {"held_to": None, "actor": quan, "at": AT}
    with pytest.raises(Conflict, match="đang giữ vai trò đó"):
        operations.grant_role(lan, Role.CLERK, body, held_from=date(2023, 3, 1), **until)
    lan.grants[0].held_to = date(2023, 3, 1)
    operations.grant_role(lan, Role.CLERK, body, held_from=date(2023, 3, 1), **until)
    assert len(lan.grants) == 2
