"""Periods of a year: added, their days and due day set, dropped, fixed by what hangs on them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from flask_babel import force_locale

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.sentences import sentence
from pledge_app.campaigns import operations, scheduling
from pledge_app.campaigns.models import EmulationYear, Period
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.campaigns.scheduling import PeriodDays
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs.models import Body, Line
from pledge_app.progress.models import ProgressReport
from tests import make
from tests.rooms.progress.reports import report_of

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
FIRST_HALF = PeriodDays(date(2022, 12, 15), date(2023, 6, 14), date(2023, 6, 20), time(16))


@pytest.fixture
def year(app, cast) -> EmulationYear:
    return db.session.get_one(EmulationYear, cast.year)


def add(cast, year, *, kind=PeriodKind.HALF, number=1, days=FIRST_HALF, who="rev") -> Period:
    return scheduling.add_period(year, kind, number, days, actor=make.actor(cast, who), at=AT)


def put(cast, period, days, *, version=None, who="rev") -> None:
    scheduling.set_period(
        period,
        days,
        version=period.version if version is None else version,
        actor=make.actor(cast, who),
        at=AT,
    )


def verbs() -> list[str]:
    return [row.verb for row in db.session.query(TrailEvent).order_by(TrailEvent.seq)]


def test_a_year_opened_today_has_its_four_quarters_due_on_their_last_day(app, cast):
    issuer = db.session.get_one(Body, cast.bodies["huyện"])
    opened = operations.open_year(2025, Line.UBND, issuer, actor=SYSTEM, at=AT)
    assert [(row.code, row.starts_on, row.due_on) for row in opened.periods] == [
        ("quy-1", date(2025, 1, 1), date(2025, 3, 31)),
        ("quy-2", date(2025, 4, 1), date(2025, 6, 30)),
        ("quy-3", date(2025, 7, 1), date(2025, 9, 30)),
        ("quy-4", date(2025, 10, 1), date(2025, 12, 31)),
    ]
    assert [row.period for row in opened.campaigns] == opened.periods


def test_a_half_year_with_days_of_its_own_is_added_and_recorded(cast, year):
    half = add(cast, year)
    db.session.expire_all()
    assert (half.starts_on, half.ends_on) == (date(2022, 12, 15), date(2023, 6, 14))
    assert (half.due_on, half.due_time) == (date(2023, 6, 20), time(16))
    event = db.session.query(TrailEvent).filter_by(verb="year.period_added").one()
    assert sentence(event.verb, event.data) == "thêm kỳ báo cáo: 6 tháng đầu năm"


def test_a_period_is_called_as_an_official_writes_it(app):
    year = EmulationYear(year=2023)
    names = {
        (PeriodKind.MONTH, 3): ("tháng 3", "tháng 3 năm 2023"),
        (PeriodKind.QUARTER, 4): ("quý IV", "quý IV năm 2023"),
        (PeriodKind.HALF, 1): ("6 tháng đầu năm", "6 tháng đầu năm 2023"),
        (PeriodKind.HALF, 2): ("6 tháng cuối năm", "6 tháng cuối năm 2023"),
        (PeriodKind.NINE_MONTHS, 1): ("9 tháng", "9 tháng năm 2023"),
        (PeriodKind.YEAR, 1): ("cả năm", "năm 2023"),
    }
    for (kind, number), (name, dated) in names.items():
        period = Period(kind=kind, number=number, emulation_year=year)
        assert (str(period.name), str(period.dated)) == (name, dated)


def test_an_english_screen_names_it_in_english_and_the_trail_does_not(cast, year):
    half = add(cast, year)
    with force_locale("en"):
        assert str(half.name) == "the first half of the year"
        assert half.trail_data == {"period": "6 tháng đầu năm"}


@pytest.mark.parametrize("who", ["rev", "quan"])
def test_the_guiding_body_and_the_administrator_add_periods(cast, year, who):
    assert add(cast, year, who=who).pid


@pytest.mark.parametrize("who", ["lan", "hung", "revxa", "giam"])
def test_nobody_else_adds_sets_or_drops_one(cast, year, who):
    half = add(cast, year)
    with pytest.raises(Forbidden):
        add(cast, year, number=2, who=who)
    with pytest.raises(Forbidden):
        put(cast, half, FIRST_HALF, who=who)
    with pytest.raises(Forbidden):
        scheduling.drop_period(half, actor=make.actor(cast, who), at=AT)


def test_a_period_is_in_the_year_once(cast, year):
    add(cast, year)
    with pytest.raises(Conflict):
        add(cast, year)


@pytest.mark.parametrize(
    ("kind", "number", "days"),
    [
        (PeriodKind.HALF, 3, FIRST_HALF),
        (PeriodKind.MONTH, 13, FIRST_HALF),
        (PeriodKind.HALF, 1, PeriodDays(date(2023, 6, 1), date(2023, 5, 31))),
        (PeriodKind.HALF, 1, PeriodDays(date(2021, 12, 31), date(2023, 6, 30))),
        (PeriodKind.HALF, 1, PeriodDays(date(2023, 1, 1), date(2025, 1, 1))),
        (PeriodKind.HALF, 1, PeriodDays(date(2023, 1, 1), date(2023, 6, 30), date(2022, 12, 31))),
        (PeriodKind.HALF, 1, PeriodDays(date(2023, 1, 1), date(2023, 6, 30), None, time(16))),
    ],
)
def test_a_faulty_period_is_refused(cast, year, kind, number, days):
    with pytest.raises(DomainError) as refused:
        add(cast, year, kind=kind, number=number, days=days)
    assert refused.value.status == 422
    assert len(year.periods) == 4


def test_periods_of_one_kind_follow_each_other_and_other_kinds_do_not_matter(cast, year):
    first, second = year.periods[:2]
    with pytest.raises(DomainError, match="chồng lên quý I"):
        put(cast, second, PeriodDays(date(2023, 3, 15), date(2023, 6, 14)))
    put(cast, first, PeriodDays(date(2022, 12, 15), date(2023, 3, 14), date(2023, 3, 20)))
    put(cast, second, PeriodDays(date(2023, 3, 15), date(2023, 6, 14), date(2023, 6, 20)))
    with pytest.raises(DomainError, match="chồng lên quý II"):
        put(cast, first, PeriodDays(date(2023, 6, 15), date(2023, 6, 20)))
    add(cast, year)
    assert [row.code for row in year.periods_of(PeriodKind.QUARTER)] == [
        "quy-1",
        "quy-2",
        "quy-3",
        "quy-4",
    ]


def test_the_days_of_a_period_with_reports_are_fixed_and_its_due_day_moves_what_is_not_sent(
    cast, year
):
    report = report_of(cast)
    period = report.period
    with pytest.raises(DomainError, match="đã có báo cáo"):
        put(cast, period, PeriodDays(date(2023, 1, 2), period.ends_on, period.due_on))
    put(cast, period, PeriodDays(period.starts_on, period.ends_on, date(2023, 4, 5), time(16)))
    db.session.commit()
    assert (report.due_on, report.due_time) == (date(2023, 4, 5), time(16))


def test_saving_what_is_there_already_changes_and_records_nothing(cast, year):
    half = add(cast, year)
    put(cast, half, FIRST_HALF)
    assert half.version == 1
    assert "year.period_set" not in verbs()


def test_a_page_that_saw_an_older_period_is_refused(cast, year):
    half = add(cast, year)
    put(cast, half, PeriodDays(date(2023, 1, 1), date(2023, 6, 30)))
    with pytest.raises(Conflict):
        put(cast, half, FIRST_HALF, version=1)


def test_a_period_added_by_mistake_is_dropped_and_the_trail_keeps_it(cast, year):
    half = add(cast, year)
    scheduling.drop_period(half, actor=make.actor(cast, "rev"), at=AT)
    db.session.flush()
    assert db.session.query(Period).count() == 4
    assert verbs()[-2:] == ["year.period_added", "year.period_dropped"]


def test_a_quarter_or_a_period_with_reports_is_not_dropped(cast, year):
    half = add(cast, year)
    make.pledge(cast, state="in_force")
    from_rev = make.actor(cast, "rev")
    with pytest.raises(DomainError, match="Bốn quý"):
        scheduling.drop_period(year.periods[0], actor=from_rev, at=AT)
    report = ProgressReport(
        pledge=make.pledge(cast, "Hải Lý", state="in_force"),
        period=half,
        opened_at=AT,
        due_on=date(2023, 6, 20),
        author_ids=[],
    )
    db.session.add(report)
    db.session.flush()
    with pytest.raises(DomainError, match="đã có báo cáo"):
        scheduling.drop_period(half, actor=from_rev, at=AT)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (PeriodDays(date(2021, 12, 31), date(2023, 6, 30)), "starts_on"),
        (PeriodDays(date(2023, 1, 1), date(2025, 1, 1)), "ends_on"),
        (PeriodDays(date(2022, 1, 1), date(2024, 12, 31)), "ends_on"),
        (PeriodDays(date(2023, 1, 1), date(2023, 12, 31), date(2026, 1, 1)), "due_on"),
        (PeriodDays(date(2023, 1, 1), date(2023, 12, 31), date(9999, 12, 31)), "due_on"),
    ],
)
def test_days_far_from_the_year_are_refused_at_their_field(cast, year, days, field):
    with pytest.raises(DomainError) as refused:
        add(cast, year, kind=PeriodKind.YEAR, days=days)
    assert refused.value.sentence
    assert [problem.anchor for problem in refused.value.problems] == [field]


def test_a_year_may_begin_in_december_before_it_and_be_due_the_year_after(cast, year):
    days = PeriodDays(date(2022, 12, 15), date(2023, 12, 31), date(2024, 1, 15))
    assert add(cast, year, kind=PeriodKind.YEAR, days=days).pid


def test_days_that_move_without_the_due_day_leave_the_reports_where_they_are(cast, year):
    made = add(cast, year)
    moved = PeriodDays(date(2023, 1, 1), FIRST_HALF.ends_on, FIRST_HALF.due_on, FIRST_HALF.due_time)
    put(cast, made, moved)
    assert (made.starts_on, made.due_on) == (date(2023, 1, 1), FIRST_HALF.due_on)
    assert verbs()[-1] == "year.period_set"
