"""Reports open by the clock, a set number of days before they are due; a night off is caught up."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation
from pledge_app.notices.models import Notice
from pledge_app.progress import due_reports, queries
from pledge_app.progress.models import ProgressReport
from tests import make
from tests.make import AT

EVE, DAY = date(2023, 3, 15), date(2023, 3, 16)  # due on 31/03, opens 15 days before


def test_a_report_opens_n_days_before_it_is_due(app, cast):
    pledge = make.pledge(cast, state="in_force")
    assert due_reports.open_due_reports(today=EVE, at=AT) == []
    opened = due_reports.open_due_reports(today=DAY, at=AT)
    assert [(row.period.number, row.due_on) for row in opened] == [(1, date(2023, 3, 31))]
    assert [line.target_id for line in opened[0].lines] == [target.id for target in pledge.targets]
    assert all(line.value is None for line in opened[0].lines)


def test_opening_twice_opens_once_and_a_night_off_is_caught_up(app, cast):
    make.pledge(cast, state="in_force")
    due_reports.open_due_reports(today=DAY, at=AT)
    assert due_reports.open_due_reports(today=DAY, at=AT) == []
    assert [
        row.period.number for row in due_reports.open_due_reports(today=date(2023, 12, 31), at=AT)
    ] == [2, 3, 4]
    assert db.session.scalar(select(func.count()).select_from(ProgressReport)) == 4


def test_a_pledge_that_is_not_in_force_reports_nothing(app, cast):
    make.pledge(cast, state="agreed")
    assert due_reports.open_due_reports(today=DAY, at=AT) == []


def test_the_page_says_that_the_signatures_are_what_a_report_waits_for(app, cast, visit):
    make.pledge(cast, state="agreed")
    assert queries.held_up(make.actor(cast, "lan"), today=EVE) == []
    assert [row.period.number for row in queries.held_up(make.actor(cast, "lan"), today=DAY)] == [1]
    db.session.get_one(Installation, 1).business_date = DAY
    assert "chưa ký đủ trên giấy" in visit("lan").get("/bao-cao-quy").text


def test_a_period_without_deadline_opens_no_report(app, cast):
    make.pledge(cast, state="in_force")
    for period in db.session.get_one(EmulationYear, cast.year).periods:
        period.due_on = None
    assert due_reports.open_due_reports(today=date(2023, 12, 31), at=AT) == []
    assert queries.upcoming(make.actor(cast, "lan")) == []


def test_the_clerk_is_told_and_the_trail_says_the_system_did_it(app, cast):
    make.pledge(cast, state="in_force")
    report = due_reports.open_due_reports(today=DAY, at=AT)[0]
    told = db.session.scalars(select(Notice).where(Notice.subject_pid == report.pid)).all()
    assert [(row.user_id, row.endpoint) for row in told] == [(cast.users["lan"], "progress.show")]
    event = db.session.scalar(select(TrailEvent).where(TrailEvent.subject_pid == report.pid))
    assert event is not None
    assert (event.verb, event.actor_name) == ("report.opened", "Hệ thống")
