"""Verbs of a report: it opens by the clock, is entered, signed off, confirmed or
sent back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts.queries import user_ids_at
from pledge_app.audit.operations import record
from pledge_app.campaigns.models import Period
from pledge_app.criteria.baselines import Reported
from pledge_app.criteria.kinds import ValueKind
from pledge_app.documents.models import Document
from pledge_app.documents.operations import freeze
from pledge_app.documents.printable import text_problems
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.notices.operations import notify
from pledge_app.pledges import baselines
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import figures, policy, rules
from pledge_app.progress.models import ProgressCampaign, ProgressLine, ProgressReport
from pledge_app.progress.paper import QUARTER_REPORT
from pledge_app.progress.snapshot import snapshot
from pledge_app.progress.states import ReportState

ENTERING = {ReportState.OPEN, ReportState.RETURNED}


@dataclass(frozen=True)
class LineEntry:
    """What was typed for one target. `value` None is blank, which is not zero."""

    value: Decimal | None
    is_estimate: bool = False
    explanation: str = ""


def open_due_reports(*, today: date, at: datetime) -> list[ProgressReport]:
    """Open every report whose day has come and that is not there yet. Idempotent; catches up
    after a night off.
    """
    rows = db.session.execute(
        select(Pledge, Period)
        .join(Period, Period.emulation_year_id == Pledge.emulation_year_id)
        .outerjoin(
            ProgressReport,
            (ProgressReport.pledge_id == Pledge.id) & (ProgressReport.period_id == Period.id),
        )
        .where(
            Pledge.state == PledgeState.IN_FORCE,
            Period.due_on.is_not(None),
            ProgressReport.id.is_(None),
        )
        .order_by(Pledge.id, Period.ends_on, Period.id)
    )
    opened = []
    for pledge, period in rows.all():
        days = pledge.emulation_year.opens_days_before
        due = pledge.emulation_year.report_due(period, pledge.body_id)
        if due is not None and rules.opens_on(due, days) <= today:
            opened.append(open_report(pledge, period, at=at))
    return opened


def open_report(pledge: Pledge, period: Period, *, at: datetime) -> ProgressReport:
    """A blank report of one period, due on the day that holds for the body."""
    due_on = pledge.emulation_year.report_due(period, pledge.body_id)
    assert due_on is not None
    return _open(pledge, period, due_on, _due_time(period, due_on), at=at)


def _open(
    pledge: Pledge,
    period: Period,
    due_on: date,
    due_time: time | None,
    *,
    at: datetime,
    version: int = 1,
) -> ProgressReport:
    """With a line per target, and what the campaigns within the period did."""
    report = ProgressReport(
        pledge=pledge,
        period=period,
        version=version,
        opened_at=at,
        due_on=due_on,
        due_time=due_time,
        is_illustrative=pledge.is_illustrative,
        author_ids=[],
    )
    report.lines = [
        ProgressLine(target=target, position=target.position) for target in pledge.targets
    ]
    report.campaigns = [
        ProgressCampaign(campaign=campaign)
        for campaign in pledge.emulation_year.campaigns
        if period.covers(campaign.period)
    ]
    db.session.add(report)
    db.session.flush()
    record(
        "report.opened",
        report,
        actor=SYSTEM,
        at=at,
        unit_id=pledge.unit_id,
        **period.trail_data,
    )
    _tell(
        report,
        pledge.body_id,
        (Role.CLERK,),
        _l(
            "Báo cáo %(period)s đã mở, hạn nộp %(day)s.",
            period=period.name,
            day=_due_words(report),
        ),
        at,
    )
    return report


def _due_time(period: Period, due_on: date) -> time | None:
    """The hour belongs to the period's own day: a day that was granted counts whole."""
    return period.due_time if due_on == period.due_on else None


def _due_words(report: ProgressReport) -> str:
    day = f"{report.due_on:%d/%m/%Y}"
    return f"{report.due_time:%H:%M} {day}" if report.due_time is not None else day


def follow_deadline(period_id: int) -> None:
    """Reports of a period that are not sent yet are due on the day that holds now; where the
    period is not due any more, they keep their day and hour.
    """
    period = db.session.get_one(Period, period_id)
    rows = db.session.scalars(
        select(ProgressReport).where(
            ProgressReport.period_id == period_id, ProgressReport.sent_on.is_(None)
        )
    )
    for report in rows:
        due_on = period.emulation_year.report_due(period, report.pledge.body_id)
        if due_on is not None:
            report.due_on = due_on
            report.due_time = _due_time(period, due_on)


def save_line(
    line: ProgressLine, entry: LineEntry, *, version: int, actor: Actor, at: datetime
) -> None:
    """One row, saved by itself. A row that somebody else saved meanwhile is a conflict."""
    report = entering(line.report, actor)
    check_version(line.version, version)
    wrong = wrong_value(line.target.criterion.kind, entry.value)
    check(not wrong, wrong, [Problem(wrong, f"value-{line.pid}")])
    if (line.value, line.is_estimate, line.explanation) != (
        entry.value,
        entry.is_estimate,
        entry.explanation,
    ):
        line.value = entry.value
        line.is_estimate = entry.is_estimate
        line.explanation = entry.explanation
        _wrote(report, actor)


def wrong_value(kind: ValueKind, value: Decimal | None) -> str:
    """Why a figure cannot be one of its kind, or ""."""
    if value is None:
        return ""
    if kind is ValueKind.YES_NO and value not in (0, 1):
        return _("Chỉ tiêu đạt/không đạt chỉ nhận 1 (đạt) hoặc 0 (không đạt).")
    if kind is ValueKind.COUNTED_ROWS and not 0 <= value <= 100:
        return _("Tỷ lệ phải từ 0 đến 100 %.")
    return ""


def save_texts(
    report: ProgressReport,
    *,
    done: Mapping[int, str],
    difficulties: str,
    proposals: str,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """What the campaign did (by campaign id), difficulties, proposals."""
    entering(report, actor)
    check_version(report.version_id, version)
    for row in report.campaigns:
        row.done = done.get(row.campaign_id, row.done)
    report.difficulties = difficulties
    report.proposals = proposals
    _wrote(report, actor)


def same_texts(
    report: ProgressReport, *, done: Mapping[int, str], difficulties: str, proposals: str
) -> bool:
    """Whether nothing of it would change: then there is nothing to save and nothing to be in
    conflict about.
    """
    return (report.difficulties, report.proposals) == (difficulties, proposals) and all(
        done.get(row.campaign_id, row.done) == row.done for row in report.campaigns
    )


def missing(report: ProgressReport) -> list[Problem]:
    """What must still be given before the report can go to the leader."""
    return [
        Problem(
            _(
                "%(name)s: chưa có số liệu và chưa có giải trình.",
                name=f"{line.target.criterion.code}. {line.target.criterion.name}",
            ),
            f"value-{line.pid}",
        )
        for line in report.lines
        if line.value is None and not line.explanation.strip()
    ]


def submit_to_leader(report: ProgressReport, *, actor: Actor, at: datetime) -> None:
    """Trình lãnh đạo. Every target needs a value, or an explanation why there is none."""
    report.LIFE.guard("submit_to_leader", report, actor)
    check(
        not (lacks := missing(report)),
        _("Báo cáo còn thiếu nội dung nên chưa trình được. Số liệu đã nhập vẫn được giữ."),
        lacks,
    )
    unprintable = text_problems(snapshot(report, today=at.date())) if report.is_printed else []
    check(
        not unprintable,
        _("Báo cáo chưa in được nên chưa trình được. Nội dung đã nhập vẫn được giữ."),
        unprintable,
    )
    report.move("submit_to_leader", actor=actor)
    record("report.submitted_to_leader", report, actor=actor, at=at, unit_id=report.pledge.unit_id)
    _tell(
        report,
        report.pledge.body_id,
        (Role.LEADER,),
        _l("Báo cáo %(period)s chờ lãnh đạo duyệt.", period=report.period.name),
        at,
    )


def hand_back(report: ProgressReport, reason: str, *, actor: Actor, at: datetime) -> None:
    """The leader wants something changed."""
    report.LIFE.guard("hand_back", report, actor)
    check(
        reason.strip(), _("Hãy ghi rõ nội dung cần sửa."), [Problem(_("Chưa có ý kiến."), "reason")]
    )
    report.move("hand_back", actor=actor)
    record(
        "report.handed_back",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
        reason=reason,
    )
    _tell(
        report,
        report.pledge.body_id,
        (Role.CLERK,),
        _l(
            "Lãnh đạo trả lại báo cáo %(period)s: %(reason)s",
            period=report.period.name,
            reason=reason,
        ),
        at,
    )


def recall(report: ProgressReport, *, actor: Actor, at: datetime) -> None:
    """The clerk takes the report back from the leader's desk."""
    report.move("recall", actor=actor)
    record("report.recalled", report, actor=actor, at=at, unit_id=report.pledge.unit_id)


def send_up(
    report: ProgressReport, *, actor: Actor, at: datetime, today: date, office: str = ""
) -> None:
    """The leader signs off and the report goes up; late is accepted and marked. The paper of a
    quarter is frozen; other periods have none yet.
    """
    merged = policy.alone(actor, report) if policy.typed(actor, report) else None
    if policy.leads_for(actor, report) and policy.typed(actor, report) and merged is None:
        raise Forbidden(
            _(
                "Bạn đã nhập số liệu vào báo cáo này nên không tự ký duyệt được. Hãy nhờ lãnh "
                "đạo khác của cơ quan ký duyệt và gửi, hoặc đề nghị quản trị viên cho phép một "
                "người kiêm nhiệm. Số liệu vẫn được giữ."
            )
        )
    report.move("send_up", actor=actor)
    report.sent_at = at
    report.sent_on = today
    report.signed_off_by = f"{actor.name}, {office}" if office else actor.name
    paper = _freeze(report, at=at, today=today) if report.is_printed else None
    record(
        "report.sent_up",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
        late=report.is_late,
        merged_steps=merged is not None,
        **({"paper": paper.envelope.content_sha256} if paper is not None else {}),
        **({"merged": merged.value} if merged is not None else {}),
    )
    _tell(
        report,
        report.pledge.cluster.reviewer_body_id,
        (Role.REVIEWER,),
        _l(
            "%(body)s gửi báo cáo %(period)s.",
            body=report.pledge.body.name,
            period=report.period.name,
        ),
        at,
    )


def _freeze(report: ProgressReport, *, at: datetime, today: date) -> Document:
    return freeze(
        QUARTER_REPORT,
        snapshot(report, today=today),
        subject=report,
        at=at,
        body_ids=[report.pledge.body_id, report.pledge.cluster.reviewer_body_id],
        issuer_body_id=report.pledge.body_id,
    )


def send_back(report: ProgressReport, reason: str, *, actor: Actor, at: datetime) -> None:
    """Yêu cầu bổ sung, with its reason; every reason stays in the trail."""
    report.LIFE.guard("send_back", report, actor)
    check(
        reason.strip(),
        _("Hãy ghi rõ lý do yêu cầu bổ sung."),
        [Problem(_("Chưa có lý do."), "reason")],
    )
    report.move("send_back", actor=actor)
    report.return_reason = reason
    record(
        "report.sent_back", report, actor=actor, at=at, unit_id=report.pledge.unit_id, reason=reason
    )
    _tell(
        report,
        report.pledge.body_id,
        (Role.CLERK, Role.LEADER),
        _l(
            "Yêu cầu bổ sung báo cáo %(period)s: %(reason)s",
            period=report.period.name,
            reason=reason,
        ),
        at,
    )


def confirm(report: ProgressReport, *, actor: Actor, at: datetime) -> None:
    """Xác nhận: the figures are fixed; a correction is a new version."""
    report.move("confirm", actor=actor)
    report.confirmed_at = at
    record("report.confirmed", report, actor=actor, at=at, unit_id=report.pledge.unit_id)
    baselines.follow_report(report.pledge, actor=actor, at=at)
    _tell(
        report,
        report.pledge.body_id,
        (Role.CLERK, Role.LEADER),
        _l("Báo cáo %(period)s đã được xác nhận.", period=report.period.name),
        at,
    )


def correct(report: ProgressReport, reason: str, *, actor: Actor, at: datetime) -> ProgressReport:
    """A new version of a confirmed report, beginning as its copy and due when it was due; the old
    one stays as it was.
    """
    report.LIFE.guard("supersede", report, actor)
    check(
        reason.strip(), _("Hãy ghi rõ lý do đính chính."), [Problem(_("Chưa có lý do."), "reason")]
    )
    report.move("supersede", actor=actor)
    record(
        "report.superseded",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
        reason=reason,
    )
    newer = _open(
        report.pledge,
        report.period,
        report.due_on,
        report.due_time,
        at=at,
        version=report.version + 1,
    )
    old = {line.target_id: line for line in report.lines}
    for line in newer.lines:
        source = old[line.target_id]
        line.value = source.value
        line.is_estimate = source.is_estimate
        line.explanation = source.explanation
    done = {row.campaign_id: row.done for row in report.campaigns}
    for row in newer.campaigns:
        row.done = done.get(row.campaign_id, "")
    newer.difficulties = report.difficulties
    newer.proposals = report.proposals
    newer.author_ids = list(
        report.author_ids
    )  # it begins as their work: they do not confirm it either
    _wrote(newer, actor)
    record(
        "report.corrected",
        newer,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
        reason=reason,
        replaces=report.pid,
    )
    return newer


def last_year_actuals(body_ids: Collection[int], year: int) -> dict[int, dict[int, Reported]]:
    """What bodies reached in `year`, by body id and indicator id: the year so far after the
    last confirmed report.
    """
    return figures.actuals(body_ids, year)


def entering(report: ProgressReport, actor: Actor) -> ProgressReport:
    """The report, if the actor may type into it now. Raises Forbidden or Conflict."""
    if not report.LIFE.moves["submit_to_leader"].who(actor, report):
        raise Forbidden(_("Chỉ người của đơn vị báo cáo được nhập số liệu. Dữ liệu chưa thay đổi."))
    if report.state not in ENTERING:
        raise Conflict(
            _(
                "Báo cáo đã trình hoặc đã gửi nên không nhập thêm được. Phần bạn vừa nhập đã "
                "được giữ lại."
            )
        )
    return report


def _wrote(report: ProgressReport, actor: Actor) -> None:
    if actor.user_id is not None and actor.user_id not in report.author_ids:
        report.author_ids = [*report.author_ids, actor.user_id]


def _tell(
    report: ProgressReport,
    body_id: int,
    roles: tuple[Role, ...],
    sentence: LazyString,
    at: datetime,
) -> None:
    notify(user_ids_at(body_id, roles), sentence, "progress.show", report.pid, at=at)
