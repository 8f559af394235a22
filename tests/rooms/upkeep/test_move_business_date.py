"""The demo's administrator moves its business date forward."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, update

from pledge_app.audit.models import TrailEvent
from pledge_app.demo.operations import move_business_date
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.database import own_writer
from pledge_app.kernel.errors import DomainError, Forbidden, NotFound
from pledge_app.kernel.installation import Installation
from tests import make
from tests.cast import TODAY

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PAGE = "/quan-tri/ngay-lam-viec"


def test_business_time_follows(app, cast):
    move_business_date(date(2023, 3, 12), actor=make.actor(cast, "quan"), at=AT)
    db.session.commit()
    assert clock.today() == date(2023, 3, 12)


def test_the_day_is_asked_for_once_in_a_transaction_and_anew_in_the_next(app, cast):
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert {clock.today() for _n in range(3)} == {TODAY}
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 1
    db.session.rollback()
    with own_writer(db.engine) as other:
        other.execute(update(Installation).values(business_date=date(2023, 3, 12)))
    assert clock.today() == date(2023, 3, 12)


def test_the_trail_says_it_in_real_time(app, cast):
    move_business_date(date(2023, 3, 12), actor=make.actor(cast, "quan"), at=AT)
    newest = db.session.query(TrailEvent).order_by(TrailEvent.seq.desc()).limit(1).one()
    assert (newest.verb, newest.at, newest.data) == (
        "business_date.moved",
        AT,
        {"before": "2023-02-10", "to": "2023-03-12"},
    )


@pytest.mark.parametrize("to", [TODAY, date(2023, 2, 9), date(2031, 1, 1)])
def test_it_never_goes_back_nor_too_far(app, cast, to):
    with pytest.raises(DomainError):
        move_business_date(to, actor=make.actor(cast, "quan"), at=AT)
    assert clock.today() == TODAY


@pytest.mark.parametrize("who", ["lan", "hung", "rev", "giam"])
def test_only_an_administrator_moves_it(app, cast, who):
    with pytest.raises(Forbidden):
        move_business_date(date(2023, 3, 12), actor=make.actor(cast, who), at=AT)


def test_a_real_database_has_no_business_date_of_its_own(app, cast):
    db.session.delete(db.session.get_one(Installation, 1))
    db.session.flush()
    db.session.add(Installation(id=1, is_demo=False, office_name="Thật", business_date=None))
    db.session.flush()
    with pytest.raises(NotFound):
        move_business_date(date(2023, 3, 12), actor=make.actor(cast, "quan"), at=AT)


def test_the_page_moves_it(visit):
    admin = visit("quan")
    assert "10/02/2023" in admin.get(PAGE).text
    admin.post(PAGE, {"to": "12/03/2023"})
    assert "12/03/2023" in admin.get("/").text


@pytest.mark.parametrize("typed", ["", "30/02/2023", "09/02/2023", "2023-13-12", "<b>"])
def test_the_page_refuses_with_a_sentence_and_keeps_what_was_typed(visit, typed):
    answer = visit("quan").post(PAGE, {"to": typed}, status=422)
    assert "Ngày làm việc mới:" in answer.text
    if typed == "30/02/2023":
        assert 'value="30/02/2023"' in answer.text


def test_the_page_is_closed_to_others(visit):
    visit("lan").get(PAGE, status=403)
    visit("lan").post(PAGE, {"to": "12/03/2023"}, status=403)
