"""Goals of quarters mean something: the plan to date stands beside each figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pledge_app.campaigns.periods import PeriodKind
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Cluster
from pledge_app.progress import operations, sheet
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.operations import LineEntry
from pledge_app.progress.rules import Pace
from pledge_app.progress.states import ReportState
from pledge_app.reports import overview as compare
from pledge_app.reports.drawing import drawing
from tests import make
from tests.cast import Cast
from tests.make import AT
from tests.rooms.progress.reports import fill, in_state, line_of, report_of

S = ReportState


def plan(report: ProgressReport, code: str, *goals: str) -> None:
    """The goals of the quarters of one target; "" leaves one blank."""
    target = line_of(report, code).target
    for period, goal in zip(report.pledge.emulation_year.goal_periods, goals, strict=True):
        target.put_goal(period.id, Decimal(goal) if goal else None)
    db.session.commit()


@pytest.fixture
def report(app, cast: Cast) -> ProgressReport:
    return report_of(cast)


def row_of(report: ProgressReport, code: str) -> sheet.ReportRow:
    rows = [row for group in sheet.groups(report) for row in group.rows]
    return next(row for row in rows if row.criterion.code == code)


@pytest.mark.parametrize(
    ("value", "pace"), [("1", Pace.ON_TIME), ("2", Pace.AHEAD), ("0", Pace.BEHIND)]
)
def test_a_figure_is_measured_by_what_was_planned_until_now(report, cast, value, pace):
    plan(report, "1", "1", "1", "0", "1")
    in_state(cast, report, S.SENT, values={"1": value})
    row = row_of(report, "1")
    assert (row.standing.plan, row.standing.pace) == (Decimal(1), pace)


@pytest.mark.parametrize(("value", "key", "counted"), [("0", "not_planned", 0), ("2", "ahead", 1)])
def test_what_is_done_before_it_was_planned_is_ahead_and_nothing_is_not_due(
    report, cast, value, key, counted
):
    plan(report, "1", "0", "1", "1", "1")
    in_state(cast, report, S.SENT, values={"1": value})
    row = row_of(report, "1")
    assert row.standing.key == key
    assert sheet.tally([row.standing]).planned == counted


def test_a_blank_figure_needs_no_explanation_where_nothing_was_planned_yet(report, cast):
    lan = make.actor(cast, "lan")
    fill(report, actor=lan)
    line = line_of(report, "1")
    operations.save_line(line, LineEntry(None), version=line.version, actor=lan, at=AT)
    db.session.flush()
    plan(report, "1", "1", "1", "0", "1")
    assert [problem.anchor for problem in operations.missing(report)] == [f"value-{line.pid}"]
    plan(report, "1", "0", "1", "1", "1")
    assert operations.missing(report) == []


def test_a_page_counts_what_is_kept_of_what_was_planned_by_now(report, cast, visit):
    plan(report, "1", "2", "0", "0", "1")
    in_state(cast, report, S.SENT, values={"1": "1", "4": "0"})
    page = visit("rev").get(f"/bao-cao-quy/{report.pid}").text
    assert "Chậm tiến độ" in page
    assert "Kế hoạch đến hết quý I" in page
    kept = sheet.tally(row.standing for group in sheet.groups(report) for row in group.rows)
    assert f"{kept.kept}/{kept.planned} chỉ tiêu đã đến kỳ" in page
    assert kept.behind == 1


def test_the_drawing_is_against_the_plan_to_date_where_targets_have_one(report, cast):
    for code in ("1", "2", "3"):
        goal = line_of(report, code).target.goal
        plan(report, code, *[str(goal)] * 4)
    in_state(cast, report, S.SENT)
    drawn = sheet.chart(report, [row for group in sheet.groups(report) for row in group.rows])
    assert drawn is not None
    assert drawn.title == "Thực hiện so với kế hoạch đến hết quý I năm 2023"


def test_a_cluster_is_compared_with_the_plan_of_the_period_asked_for(report, cast, visit):
    plan(report, "1", "1", "1", "0", "1")
    in_state(cast, report, S.SENT, values={"1": "1"})
    beside = report_of(cast, "Hải Đông")
    plan(beside, "1", "2", "1", "0", "0")
    in_state(cast, beside, S.SENT, values={"1": "1"})
    cluster = db.session.get_one(Cluster, cast.cluster)
    made = compare.overview(cluster)
    assert made.shown is not None
    assert (made.shown.kind, made.shown.number) == (PeriodKind.QUARTER, 1)
    line = next(line for line in made.lines if line.criterion.code == "1")
    standings = [cell.standing.pace for cell in line.cells if cell is not None]
    assert standings == [Pace.ON_TIME, Pace.BEHIND]
    assert (line.median, line.tally.behind) == (Decimal(1), 1)
    page = visit("rev").get(f"/bao-cao-quy/cum/{cluster.pid}?cham=1").text
    assert "1 / 2" in page
    assert line.criterion.name in page
    later = compare.overview(cluster, number=2)
    assert all(cell is None for line in later.lines for cell in line.cells), "nobody has sent"


def test_a_drawing_of_one_commune_says_nothing(report, cast):
    in_state(cast, report, S.SENT)
    made = compare.overview(db.session.get_one(Cluster, cast.cluster))
    assert drawing(made, None) is None
