"""Reports of half years, months and years beside the quarters: what adds up, what counts, what is
late.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from pledge_app.campaigns import scheduling
from pledge_app.campaigns.models import EmulationYear, Period
from pledge_app.campaigns.periods import PeriodKind, usual_bounds
from pledge_app.campaigns.scheduling import PeriodDays
from pledge_app.criteria.baselines import Reported
from pledge_app.criteria.kinds import Cadence
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.progress import correcting, due_reports, figures, sheet
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState
from tests import make
from tests.make import AT
from tests.rooms.progress.reports import in_state

K = PeriodKind


@pytest.fixture
def year(app, cast) -> EmulationYear:
    return db.session.get_one(EmulationYear, cast.year)


@pytest.fixture
def pledge(app, cast):
    return make.pledge(cast, state="in_force")


def period_of(year: EmulationYear, kind: K, number: int) -> Period:
    """The period, added where the year does not have it."""
    days = PeriodDays(*usual_bounds(year.year, kind, number), due_on=date(2023, 12, 31))
    found = year.period(kind, number)
    return found or scheduling.add_period(year, kind, number, days, actor=SYSTEM, at=AT)


def confirmed(cast, year, pledge, kind: K, number: int, value: str) -> ProgressReport:
    """A confirmed report in which criterion 1, a sum, has a value."""
    report = due_reports.open_report(pledge, period_of(year, kind, number), at=AT)
    return in_state(cast, report, ReportState.CONFIRMED, values={"1": value})


def so_far(pledge, kind: K) -> list[int]:
    figure = figures.figures([pledge.id], kind=kind)[pledge.id][0]
    return [int(value or 0) for value in figure.so_far]


def test_quarters_add_up_and_half_years_are_the_year_so_far(cast, year, pledge):
    confirmed(cast, year, pledge, K.QUARTER, 1, "1")
    confirmed(cast, year, pledge, K.QUARTER, 2, "1")
    confirmed(cast, year, pledge, K.HALF, 1, "3")
    last = confirmed(cast, year, pledge, K.HALF, 2, "5")
    assert so_far(pledge, K.QUARTER) == [1, 2, 2, 2]
    assert so_far(pledge, K.HALF) == [3, 5]
    row = sheet.groups(last)[0].rows[0]
    assert (row.before, row.so_far) == (Decimal(3), Decimal(5))


def test_months_add_up(cast, year, pledge):
    for month in (1, 2, 4):
        confirmed(cast, year, pledge, K.MONTH, month, "2")
    assert so_far(pledge, K.MONTH) == [2, 4, 4, *[6] * 9]


@pytest.mark.parametrize(
    ("reported", "result"),
    [
        ([(K.QUARTER, 1, "1"), (K.QUARTER, 2, "1")], Reported(Decimal(2), False)),
        ([(K.QUARTER, 2, "2"), (K.HALF, 1, "3")], Reported(Decimal(3), False)),
        ([(K.QUARTER, 1, "1"), (K.HALF, 1, "3")], Reported(Decimal(3), False)),
        ([(K.HALF, 1, "3"), (K.QUARTER, 3, "4")], Reported(Decimal(3), False)),
        (
            [(K.QUARTER, n, "1") for n in (1, 2, 3)] + [(K.HALF, 1, "2")],
            Reported(Decimal(3), False),
        ),
        ([(K.QUARTER, 1, "1"), (K.QUARTER, 3, "1"), (K.HALF, 1, "3")], Reported(Decimal(3), False)),
        ([(K.HALF, 1, "3"), (K.HALF, 2, "")], Reported(Decimal(3), False)),
        ([(K.HALF, 1, "3"), (K.HALF, 2, "5")], Reported(Decimal(5), True)),
        ([(K.NINE_MONTHS, 1, "6")], Reported(Decimal(6), False)),
        ([(K.QUARTER, 4, "4"), (K.YEAR, 1, "7")], Reported(Decimal(7), True)),
        ([(K.QUARTER, 4, "4"), (K.NINE_MONTHS, 1, "6")], Reported(Decimal(6), False)),
        (
            [(K.QUARTER, n, "10") for n in (1, 2, 3)] + [(K.MONTH, 12, "1")],
            Reported(Decimal(30), False),
        ),
        ([(K.QUARTER, n, "10") for n in (1, 2, 4)], Reported(Decimal(30), False)),
        ([(K.QUARTER, n, "10") for n in (1, 2, 3, 4)], Reported(Decimal(40), True)),
        ([(K.MONTH, 12, "5")], Reported(Decimal(5), False)),
        ([(K.MONTH, n, "1") for n in range(1, 13)], Reported(Decimal(12), True)),
    ],
)
def test_the_result_of_a_year_is_what_speaks_for_most_of_it(cast, year, pledge, reported, result):
    for kind, number, value in reported:
        confirmed(cast, year, pledge, kind, number, value)
    indicator = make.target_of(pledge).criterion.indicator_id
    assert figures.actuals([pledge.body_id], 2023)[pledge.body_id][indicator] == result


def test_of_a_state_the_newest_figure_is_the_result(cast, year, pledge):
    make.free_criteria()
    make.target_of(pledge).criterion.cadence = Cadence.STATE
    indicator = make.target_of(pledge).criterion.indicator_id
    for kind, number, value, result in (
        (K.QUARTER, 1, "10", Reported(Decimal(10), False)),
        (K.NINE_MONTHS, 1, "9", Reported(Decimal(9), False)),
        (K.MONTH, 12, "7", Reported(Decimal(7), True)),
        (K.QUARTER, 4, "", Reported(Decimal(7), True)),
    ):
        confirmed(cast, year, pledge, kind, number, value)
        assert figures.actuals([pledge.body_id], 2023)[pledge.body_id][indicator] == result


def test_a_report_has_the_campaigns_of_its_quarters(year, pledge):
    counts = {
        (K.MONTH, 2): 0,
        (K.QUARTER, 2): 1,
        (K.HALF, 1): 2,
        (K.NINE_MONTHS, 1): 3,
        (K.YEAR, 1): 4,
    }
    for (kind, number), count in counts.items():
        report = due_reports.open_report(pledge, period_of(year, kind, number), at=AT)
        assert len(report.campaigns) == count


def test_a_half_year_that_ends_in_the_middle_of_june_has_both_campaigns(year, pledge):
    days = PeriodDays(date(2022, 12, 15), date(2023, 6, 14), date(2023, 6, 20))
    half = scheduling.add_period(year, K.HALF, 1, days, actor=SYSTEM, at=AT)
    report = due_reports.open_report(pledge, half, at=AT)
    assert [row.campaign.quarter for row in report.campaigns] == [1, 2]


def test_a_correction_keeps_what_every_campaign_did(cast, year, pledge):
    report = confirmed(cast, year, pledge, K.HALF, 1, "3")
    for row in report.campaigns:
        row.done = f"Kết quả {row.campaign.quarter}"
    newer = correcting.correct(report, "Cộng nhầm", actor=make.actor(cast, "lan"), at=AT)
    assert [row.done for row in newer.campaigns] == ["Kết quả 1", "Kết quả 2"]
    assert newer.period is report.period


def test_a_correction_is_due_when_the_report_was_also_where_the_period_is_not_any_more(
    cast, year, pledge
):
    half = period_of(year, K.HALF, 1)
    rev, lan = make.actor(cast, "rev"), make.actor(cast, "lan")
    days = PeriodDays(half.starts_on, half.ends_on, date(2023, 6, 20), time(16))
    scheduling.set_period(half, days, version=half.version, actor=rev, at=AT)
    report = confirmed(cast, year, pledge, K.HALF, 1, "3")
    newer = correcting.correct(report, "Cộng nhầm", actor=lan, at=AT)
    days = PeriodDays(half.starts_on, half.ends_on)
    scheduling.set_period(half, days, version=half.version, actor=rev, at=AT)
    assert (newer.due_on, newer.due_time) == (date(2023, 6, 20), time(16))
    in_state(cast, newer, ReportState.CONFIRMED)
    again = correcting.correct(newer, "Vẫn nhầm", actor=lan, at=AT)
    assert (again.due_on, again.due_time, again.version) == (date(2023, 6, 20), time(16), 3)


def test_a_period_that_was_added_opens_its_reports_by_the_clock(year, pledge):
    period_of(year, K.YEAR, 1)
    opened = due_reports.open_due_reports(today=date(2023, 12, 31), at=AT)
    assert [report.period.code for report in opened] == [
        "quy-1",
        "quy-2",
        "quy-3",
        "quy-4",
        "nam-1",
    ]
    assert due_reports.open_due_reports(today=date(2023, 12, 31), at=AT) == []


@pytest.mark.parametrize(
    ("sent_at", "is_late"),
    [
        (datetime(2023, 12, 31, 8, 59, tzinfo=UTC), False),
        (datetime(2023, 12, 31, 9, 0, tzinfo=UTC), False),
        (datetime(2023, 12, 31, 9, 1, tzinfo=UTC), True),
    ],
)
def test_on_the_due_day_the_hour_counts_in_hanoi(year, pledge, sent_at, is_late):
    half = period_of(year, K.HALF, 2)
    half.due_time = time(16)
    report = due_reports.open_report(pledge, half, at=AT)
    report.sent_at = sent_at
    report.sent_on = date(2023, 12, 31)
    assert report.is_late == is_late
