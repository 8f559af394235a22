"""A login is tied to an office-holder by an administrator only, in sight of everybody it
concerns.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.accounts import operations, sessions, tying
from pledge_app.accounts.models import LoginSession, User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.notices.models import Notice
from pledge_app.orgs import offices
from pledge_app.orgs.models import Authority, Body, OfficeHolding, Person
from pledge_app.orgs.office_queries import may_sign
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


@pytest.fixture
def chairman(app, cast) -> OfficeHolding:
    """A deputy chairman of Hải Quang who has no login."""
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    term = offices.Term("Phó Chủ tịch", Authority.KT, date(2023, 1, 1), None)
    return offices.appoint(
        body, term, person=None, name="Nguyễn Văn Hựu", actor=make.actor(cast, "quan"), at=AT
    )


@pytest.fixture
def login(app, cast) -> User:
    """A login that is nobody's."""
    user, _password = operations.create_user(
        "ct.haiquang", "Nguyễn Văn Hựu", actor=make.actor(cast, "quan"), at=AT
    )
    return user


def tie(user: User, person: Person, cast, who: str = "quan") -> None:
    tying.tie(user, person, actor=make.actor(cast, who), at=AT, today=TODAY)


def test_who_is_tied_may_sign_for_the_office_and_nobody_before(chairman, login, cast):
    assert not may_sign(login.person_id, chairman, on=TODAY)
    tie(login, chairman.person, cast)
    assert may_sign(login.person_id, chairman, on=TODAY)


def test_the_trail_says_who_was_tied_to_whom_and_before_to_whom(chairman, login, cast):
    tie(login, db.session.get_one(OfficeHolding, chairman.id).person, cast)
    event = db.session.query(TrailEvent).filter_by(verb="user.tied").one()
    assert event.data["person"] == "Nguyễn Văn Hựu"
    assert event.data["office"] == "Phó Chủ tịch, UBND xã Hải Quang"
    assert event.data["before"] == ""


def test_the_user_and_the_other_administrators_are_told(chairman, login, cast):
    operations.grant_role(
        db.session.get_one(User, cast.users["rev"]),
        Role.ADMIN,
        db.session.get_one(Body, cast.bodies["huyện"]),
        held_from=TODAY,
        held_to=None,
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    tie(login, chairman.person, cast)
    told = {notice.user_id: notice.sentence for notice in db.session.query(Notice)}
    assert set(told) == {login.id, cast.users["rev"]}
    assert "Nguyễn Văn Hựu – Phó Chủ tịch, UBND xã Hải Quang" in told[login.id]
    assert "báo lại ngay" in told[login.id]


def test_a_tie_ends_the_sessions_as_any_change_of_rights(chairman, login, cast):
    _session, token = sessions.begin(login, at=AT, address="1", browser="x")
    db.session.flush()
    tie(login, chairman.person, cast)
    assert sessions.live_session(token, AT) is None
    assert db.session.query(LoginSession).filter(LoginSession.ended_at.is_(None)).count() == 0


@pytest.mark.parametrize("who", ["lan", "hung", "rev", "giam"])
def test_nobody_but_an_administrator_ties_or_unties(chairman, login, cast, who):
    with pytest.raises(Forbidden):
        tie(login, chairman.person, cast, who)
    with pytest.raises(Forbidden):
        tying.untie(login, actor=make.actor(cast, who), at=AT, today=TODAY)
    assert login.person_id is None


def test_an_administrator_does_not_tie_the_login_they_work_with(chairman, cast):
    quan = db.session.get_one(User, cast.users["quan"])
    with pytest.raises(DomainError, match="tài khoản riêng"):
        tie(quan, chairman.person, cast)
    assert quan.person_id != chairman.person_id


def test_one_person_has_one_login_in_use(chairman, login, cast):
    tie(login, chairman.person, cast)
    second, _password = operations.create_user(
        "ct2", "Nguyễn Văn Hựu", actor=make.actor(cast, "quan"), at=AT
    )
    with pytest.raises(DomainError, match="đã có tài khoản ct.haiquang"):
        tie(second, chairman.person, cast)
    operations.disable(login, actor=make.actor(cast, "quan"), at=AT, today=TODAY)
    tie(second, chairman.person, cast)
    with pytest.raises(DomainError, match="đang dùng tài khoản ct2"):
        operations.enable(login, actor=make.actor(cast, "quan"), at=AT)


def test_who_holds_no_office_any_more_is_not_tied(chairman, login, cast):
    chairman.held_to = TODAY
    with pytest.raises(DomainError, match="không giữ chức nào"):
        tie(login, chairman.person, cast)


def test_a_locked_login_is_not_tied(chairman, login, cast):
    operations.disable(login, actor=make.actor(cast, "quan"), at=AT, today=TODAY)
    with pytest.raises(DomainError, match="đang khóa"):
        tie(login, chairman.person, cast)


def test_untied_it_signs_for_nobody_and_both_are_told(chairman, login, cast):
    tie(login, chairman.person, cast)
    tying.untie(login, actor=make.actor(cast, "quan"), at=AT, today=TODAY)
    assert not may_sign(login.person_id, chairman, on=TODAY)
    assert db.session.query(TrailEvent).filter_by(verb="user.untied").one().data == {
        "person": "Nguyễn Văn Hựu"
    }
    told = [
        notice.sentence
        for notice in db.session.query(Notice).filter_by(user_id=login.id).order_by(Notice.id)
    ]
    assert "bỏ gắn" in told[-1]
    with pytest.raises(DomainError, match="không gắn"):
        tying.untie(login, actor=make.actor(cast, "quan"), at=AT, today=TODAY)


def test_tied_twice_to_the_same_person_does_no_harm(chairman, login, cast):
    tie(login, chairman.person, cast)
    tie(login, chairman.person, cast)
    assert db.session.query(TrailEvent).filter_by(verb="user.tied").count() == 1


def test_a_login_is_changed_over_to_a_successor(chairman, login, cast):
    tie(login, chairman.person, cast)
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    term = offices.Term("Ủy viên", Authority.TL, date(2023, 1, 1), None)
    other = offices.appoint(
        body, term, person=None, name="Trần Thị Sen", actor=make.actor(cast, "quan"), at=AT
    )
    tie(login, other.person, cast)
    event = (
        db.session.query(TrailEvent).filter_by(verb="user.tied").order_by(TrailEvent.seq).all()[-1]
    )
    assert (event.data["before"], event.data["person"]) == ("Nguyễn Văn Hựu", "Trần Thị Sen")
