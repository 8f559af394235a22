"""A deadline is put off for one unit or for all, with a reason; open reports move with it; those
concerned are told.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns import extending, operations
from pledge_app.campaigns.models import Deadline, EmulationYear, Extension
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.notices.models import Notice
from pledge_app.orgs.models import Body
from pledge_app.progress import due_reports
from tests import make
from tests.unchanged import nothing_changes

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def year(cast) -> EmulationYear:
    return db.session.get_one(EmulationYear, cast.year)


def extend(
    cast,
    what: Deadline = Deadline.PLEDGE,
    *,
    name: str = "",
    quarter: int | None = None,
    due_on: date = date(2023, 2, 25),
    reason: str = "Bão số 1",
    who: str = "rev",
) -> Extension:
    body = db.session.get_one(Body, cast.bodies[name]) if name else None
    return extending.extend(
        year(cast),
        what,
        period=year(cast).period(PeriodKind.QUARTER, quarter) if quarter else None,
        body=body,
        due_on=due_on,
        reason=reason,
        actor=make.actor(cast, who),
        at=AT,
    )


def test_one_unit_gets_more_time_and_the_others_do_not(app, cast):
    extend(cast, name="Hải Quang")
    db.session.expire_all()
    assert year(cast).pledge_due(cast.bodies["Hải Quang"]) == date(2023, 2, 25)
    assert year(cast).pledge_due(cast.bodies["Hải Tây"]) == date(2023, 2, 20)
    event = db.session.query(TrailEvent).filter_by(verb="year.extended").one()
    assert event.data["reason"] == "Bão số 1"


def test_those_concerned_are_told(app, cast):
    extend(cast, name="Hải Quang")
    assert {row.user_id for row in db.session.query(Notice)} == {
        cast.users["lan"],
        cast.users["hung"],
    }


@pytest.mark.parametrize("who", ["rev", "quan"])
def test_the_guiding_body_and_the_administrator_grant(app, cast, who):
    granted = extend(cast, who=who)
    db.session.expire_all()
    assert year(cast).pledge_due(cast.bodies["Hải Tây"]) == granted.due_on == date(2023, 2, 25)
    event = db.session.query(TrailEvent).filter_by(verb="year.extended").one()
    assert event.actor_id == cast.users[who]


@pytest.mark.parametrize("who", ["lan", "hung", "revxa", "giam"])
def test_nobody_else_grants(app, cast, who):
    with nothing_changes(), pytest.raises(Forbidden):
        extend(cast, who=who)


def test_it_is_later_has_a_reason_and_concerns_the_year(app, cast):
    for wrong in (
        {"due_on": date(2023, 2, 20)},
        {"reason": ""},
        {"name": "Xa Lạ"},
        {"quarter": 1},
        {"what": Deadline.REPORT},
        {"what": Deadline.AGREEMENT, "name": "Hải Quang", "due_on": date(2023, 4, 1)},
    ):
        with pytest.raises(DomainError):
            extend(cast, **wrong)
    assert db.session.query(Extension).count() == 0


def test_a_deadline_that_is_not_set_is_not_put_off(app, cast):
    year(cast).pledge_due_on = None
    with pytest.raises(DomainError, match="Chưa đặt hạn"):
        extend(cast)


def test_an_open_report_moves_and_one_opened_later_begins_there(app, cast):
    running = make.pledge(cast, "Hải Lý", state="in_force")
    quarters = year(cast).periods
    first = due_reports.open_report(running, quarters[0], at=AT)
    for quarter, day in ((1, date(2023, 4, 10)), (2, date(2023, 7, 10))):
        extend(cast, Deadline.REPORT, quarter=quarter, due_on=day, name="Hải Lý")
    db.session.flush()
    db.session.expire_all()
    assert first.due_on == date(2023, 4, 10)
    assert due_reports.open_report(running, quarters[1], at=AT).due_on == date(2023, 7, 10)


def test_a_later_grant_wins_and_the_old_one_stays_in_the_register(app, cast):
    extend(cast, name="Hải Quang")
    extend(cast, due_on=date(2023, 3, 1))
    db.session.expire_all()
    assert year(cast).pledge_due(cast.bodies["Hải Quang"]) == date(2023, 3, 1)
    assert db.session.query(Extension).count() == 2


def test_a_grant_to_all_takes_nothing_from_the_longer_one_of_a_single_unit(app, cast):
    extend(cast, name="Hải Quang", due_on=date(2023, 3, 10))
    extend(cast, due_on=date(2023, 3, 1))
    db.session.expire_all()
    assert year(cast).pledge_due(cast.bodies["Hải Quang"]) == date(2023, 3, 10)
    assert year(cast).pledge_due(cast.bodies["Hải Tây"]) == date(2023, 3, 1)


def test_a_period_of_another_year_is_not_put_off(app, cast):
    this = year(cast)
    actor = make.actor(cast, "rev")
    other = operations.open_year(2025, this.line, this.issuer, actor=actor, at=AT)
    with pytest.raises(DomainError) as refused:
        extending.extend(
            this,
            Deadline.REPORT,
            period=other.period(PeriodKind.QUARTER, 1),
            body=None,
            due_on=date(2025, 4, 10),
            reason="Bão số 1",
            actor=actor,
            at=AT,
        )
    assert [problem.anchor for problem in refused.value.problems] == ["period"]


@pytest.mark.parametrize("what", [Deadline.PLEDGE, Deadline.REPORT])
def test_a_deadline_is_put_off_two_years_at_most(app, cast, what):
    quarter = 1 if what is Deadline.REPORT else None
    with pytest.raises(DomainError) as refused:
        extend(cast, what, quarter=quarter, due_on=date(2026, 1, 1))
    assert [problem.anchor for problem in refused.value.problems] == ["due_on"]
    extend(cast, what, quarter=quarter, due_on=date(2025, 12, 31))


def test_the_day_that_holds_now_is_told_for_each_deadline(app, cast):
    this = year(cast)
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    extend(cast, name="Hải Quang")
    db.session.expire_all()
    quarter = this.period(PeriodKind.QUARTER, 1)
    told = {
        (what, of): extending.due_now(this, what, quarter, of)
        for what in Deadline
        for of in (None, body)
    }
    assert told[Deadline.PLEDGE, None] == date(2023, 2, 20)
    assert told[Deadline.PLEDGE, body] == date(2023, 2, 25)
    assert told[Deadline.AGREEMENT, None] == told[Deadline.AGREEMENT, body] == date(2023, 2, 28)
    assert told[Deadline.REPORT, body] == date(2023, 3, 31)
    assert extending.due_now(this, Deadline.REPORT, None, body) is None
