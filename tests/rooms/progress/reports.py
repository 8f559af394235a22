"""Reports of quarter I in any state, reached by legal moves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body, Cluster
from pledge_app.pledges import operations as pledge_operations
from pledge_app.pledges import starting
from pledge_app.pledges.models import Pledge
from pledge_app.progress import due_reports, operations
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.operations import LineEntry
from pledge_app.progress.states import ReportState
from pledge_app.reviews import operations as review
from tests import make
from tests.cast import TODAY, Cast
from tests.make import AT, PEOPLE

VALUES = {"1": "1", "2": "150", "3": "50", "4": "0"}
PATH = (ReportState.OPEN, ReportState.WITH_LEADER, ReportState.SENT, ReportState.CONFIRMED)
SENT_ON = date(2023, 3, 20)


def report_of(
    cast: Cast, commune: str = "Hải Quang", *, quarter: int = 1, goals: dict[str, str] | None = None
) -> ProgressReport:
    """A blank report of a pledge in force."""
    pledge = (
        make.pledge(cast, commune, state="in_force", goals=goals)
        if commune != "Xa Lạ"
        else _of_the_stranger(cast)
    )
    period = pledge.emulation_year.period(PeriodKind.QUARTER, quarter)
    assert period is not None
    report = due_reports.open_report(pledge, period, at=AT)
    db.session.commit()
    return report


def _of_the_stranger(cast: Cast) -> Pledge:
    """The one-person office: its cluster is guided by the year of the cast."""
    cluster = db.session.get_one(Cluster, cast.foreign_cluster)
    year = db.session.get_one(EmulationYear, cast.year)
    cluster.issuer_body_id = year.issuer_body_id
    db.session.flush()
    xa = make.actor(cast, "xa")
    made = starting.start_pledge(
        db.session.get_one(Body, cast.bodies["Xa Lạ"]), year, actor=xa, at=AT, today=TODAY
    )
    make.fill(made, make.GOALS | {"3": "100"}, actor=xa)
    pledge_operations.submit_to_leader(made, actor=xa, at=AT)
    pledge_operations.sign_off(made, actor=xa, at=AT, office="Chủ tịch")
    pledge_operations.send_up(made, actor=xa, at=AT, today=TODAY)
    review.approve(made, version=made.version_id, actor=make.actor(cast, "revxa"), at=AT)
    review.come_into_force(made, at=AT)
    return made


def fill(report: ProgressReport, values: dict[str, str] | None = None, *, actor: Actor) -> None:
    """A figure for every target, by criterion code; "" leaves it blank, with an explanation."""
    for line in report.lines:
        value = (VALUES | (values or {})).get(line.target.criterion.code, "1")
        entry = LineEntry(Decimal(value)) if value else LineEntry(None, explanation="Chưa có")
        operations.save_line(line, entry, version=line.version, actor=actor, at=AT)
        db.session.flush()


def in_state(
    cast: Cast,
    report: ProgressReport,
    state: ReportState,
    *,
    on: date = SENT_ON,
    values: dict[str, str] | None = None,
) -> ProgressReport:
    """Fill it and bring it to a state of PATH, by its clerk and leader and a reviewer."""
    commune = next(
        name for name, body_id in cast.bodies.items() if body_id == report.pledge.body_id
    )
    clerk, leader = (make.actor(cast, name) for name in PEOPLE[commune])
    reached = PATH.index(state)
    fill(report, values, actor=clerk)
    if reached >= 1:
        operations.submit_to_leader(report, actor=clerk, at=AT)
    if reached >= 2:
        operations.send_up(report, actor=leader, at=AT, today=on, office="Chủ tịch")
    if reached >= 3:
        operations.confirm(report, actor=make.actor(cast, "rev"), at=AT)
    db.session.commit()
    return report


def line_of(report: ProgressReport, code: str = "1") -> ProgressLine:
    """The line of a criterion, by its code."""
    return next(line for line in report.lines if line.target.criterion.code == code)
