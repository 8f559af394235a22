"""The office is never left without an administrator: nobody could give the role again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.accounts import operations, queries
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.orgs.models import Body
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def own(cast, who: str = "quan") -> RoleGrant:
    return db.session.query(RoleGrant).filter_by(user_id=cast.users[who], role=Role.ADMIN).one()


def second(cast, *, until: date | None = None) -> RoleGrant:
    return operations.grant_role(
        db.session.get_one(User, cast.users["rev"]),
        Role.ADMIN,
        db.session.get_one(Body, cast.bodies["huyện"]),
        held_from=TODAY,
        held_to=until,
        actor=make.actor(cast, "quan"),
        at=AT,
    )


def test_the_last_role_of_administrator_cannot_be_ended(app, cast):
    with pytest.raises(DomainError, match="quản trị viên cuối cùng"):
        operations.end_role(own(cast), on=TODAY, actor=make.actor(cast, "quan"), at=AT)
    db.session.rollback()
    assert own(cast).held_to is None


def test_with_a_second_administrator_it_can(app, cast):
    second(cast)
    operations.end_role(own(cast), on=TODAY, actor=make.actor(cast, "quan"), at=AT)
    assert own(cast).held_to == TODAY


def test_a_second_administrator_who_is_locked_does_not_count(app, cast):
    second(cast)
    operations.disable(
        db.session.get_one(User, cast.users["rev"]),
        actor=make.actor(cast, "quan"),
        at=AT,
        today=TODAY,
    )
    with pytest.raises(DomainError, match="quản trị viên cuối cùng"):
        operations.end_role(own(cast), on=TODAY, actor=make.actor(cast, "quan"), at=AT)


def test_the_login_of_the_last_administrator_cannot_be_locked(app, cast):
    with pytest.raises(DomainError, match="quản trị viên cuối cùng"):
        operations.disable(
            db.session.get_one(User, cast.users["quan"]), actor=SYSTEM, at=AT, today=TODAY
        )


def test_the_software_says_from_when_nobody_administers(app, cast):
    assert queries.administration_ends(TODAY) is None
    second(cast, until=date(2023, 12, 1))
    assert queries.administration_ends(TODAY) is None
    own(cast).held_to = date(2023, 6, 1)
    assert queries.administration_ends(TODAY) == date(2023, 12, 1)


def test_the_pages_of_an_administrator_warn_of_it(app, cast, visit):
    assert "không còn ai giữ vai trò Quản trị" not in visit("quan").get("/quan-tri/nguoi-dung").text
    own(cast).held_to = date(2023, 6, 1)
    db.session.commit()
    for path in ("/", "/quan-tri/nguoi-dung"):
        assert (
            "Từ ngày 01/06/2023 không còn ai giữ vai trò Quản trị" in visit("quan").get(path).text
        )
    assert "không còn ai giữ vai trò" not in visit("lan").get("/").text


def test_the_page_refuses_and_says_what_to_do(app, cast, visit):
    answer = visit("quan").post(f"/quan-tri/vai-tro/{own(cast).pid}/ket-thuc", {}, status=422)
    assert "Hãy giao vai trò Quản trị cho một người khác trước" in answer.text
    assert own(cast).held_to is None
