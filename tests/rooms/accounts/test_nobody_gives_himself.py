"""An administrator gives himself no right to act, as long as somebody else could."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.accounts import first_office, importing, operations
from pledge_app.accounts.current import actor_of
from pledge_app.accounts.importing_sheet import HEAD
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.audit.models import TrailEvent
from pledge_app.audit.sentences import sentence
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden
from pledge_app.orgs import concurrent
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, ConcurrentDuties
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def give(who: User, what: Role, body: Body, actor) -> RoleGrant:
    return operations.grant_role(
        who, what, body, held_from=date(2020, 1, 1), held_to=None, actor=actor, at=AT
    )


@pytest.mark.parametrize("what", Role)
def test_an_administrator_gives_himself_no_role_at_all(app, cast, what):
    user = db.session.get_one(User, cast.users["quan"])
    body = db.session.get_one(Body, cast.bodies["Hải Tây"])
    before = db.session.query(RoleGrant).count()
    with pytest.raises(Forbidden, match="nhờ quản trị viên khác"):
        give(user, what, body, make.actor(cast, "quan"))
    assert db.session.query(RoleGrant).count() == before


def test_nor_by_a_sheet_of_users(app, cast):
    head = list(HEAD)
    values = {
        "Họ và tên": "Ông Quản",
        "Tên đăng nhập": "quan",
        "Cơ quan": "UBND xã Hải Tây",
        "Vai trò": "Người phụ trách thi đua",
        "Từ ngày": "01/01/2020",
    }
    reading = importing.read([head, [values.get(name, "") for name in head]], today=TODAY)
    assert not reading.fault and not reading.faulty, [row.faults for row in reading.rows]
    with pytest.raises(Forbidden, match="nhờ quản trị viên khác"):
        importing.load(reading, actor=make.actor(cast, "quan"), at=AT)


def me(user: User) -> Actor:
    return actor_of(user, today=TODAY)


def begun() -> User:
    """An installation with its first administrator and nobody else."""
    office = first_office.Office("UBND xã Một", "Xã Một", UnitLevel.COMMUNE, BodyKind.UBND)
    return first_office.begin(office, "mot", "Bà Một", "một câu rất dài để vào", at=AT, today=TODAY)


def test_who_is_the_whole_office_may_and_the_trail_says_so(empty_app):
    user = begun()
    body = db.session.query(Body).one()
    give(user, Role.CLERK, body, me(user))
    concurrent.allow_concurrent(
        body, valid_from=TODAY, valid_to=None, reason="Một người", actor=me(user), at=AT
    )
    event = db.session.query(TrailEvent).filter_by(verb="user.role_granted").all()[-1]
    with empty_app.test_request_context():
        assert "khi chưa có người dùng nào khác" in sentence(event.verb, event.data)


def test_locking_everybody_else_makes_nobody_the_whole_office(empty_app):
    user = begun()
    body = db.session.query(Body).one()
    other, _password = operations.create_user("hai", "Ông Hai", actor=me(user), at=AT)
    operations.disable(other, actor=me(user), at=AT, today=TODAY)
    with pytest.raises(Forbidden):
        give(user, Role.CLERK, body, me(user))


def test_who_acts_for_a_body_does_not_allow_it_one_person(app, cast):
    body = db.session.get_one(Body, cast.bodies["huyện"])
    give(db.session.get_one(User, cast.users["rev"]), Role.ADMIN, body, make.actor(cast, "quan"))
    for who, allowed in (("rev", False), ("quan", True)):
        if not allowed:
            with pytest.raises(Forbidden, match="nhờ quản trị viên"):
                _allow(body, make.actor(cast, who))
        else:
            _allow(body, make.actor(cast, who))
    assert db.session.query(ConcurrentDuties).count() == 1


def _allow(body: Body, actor) -> None:
    concurrent.allow_concurrent(
        body, valid_from=TODAY, valid_to=None, reason="Một cán bộ", actor=actor, at=AT
    )
