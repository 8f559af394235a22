"""Verbs of a report: it opens by the clock, is entered, signed off, confirmed or
sent back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.criteria.baselines import Reported
from pledge_app.criteria.kinds import ValueKind
from pledge_app.documents.models import Document
from pledge_app.documents.operations import freeze
from pledge_app.documents.printable import text_problems
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.pledges import baselines
from pledge_app.progress import figures, policy
from pledge_app.progress.evidence_models import Evidence
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.paper import QUARTER_REPORT
from pledge_app.progress.plan_to_date import last_month, split_of, standing
from pledge_app.progress.report_notices import notify_people
from pledge_app.progress.snapshot import snapshot
from pledge_app.progress.states import ReportState
from pledge_app.progress.texts import put_texts, said_in

ENTERING = {ReportState.OPEN, ReportState.RETURNED}


@dataclass(frozen=True)
class LineEntry:
    """What was typed for one target. `value` None is blank, which is not zero."""

    value: Decimal | None
    is_estimate: bool = False
    explanation: str = ""


def save_line(
    line: ProgressLine,
    entry: LineEntry,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """One row, saved by itself. A row that somebody else saved meanwhile is a conflict."""
    report = entering(line.report, actor)
    check_version(line.version, version)
    fault = wrong_value(line.target.criterion.kind, entry.value)
    check(not fault, fault, [Problem(fault, f"value-{line.pid}")])
    if (line.value, line.is_estimate, line.explanation) != (
        entry.value,
        entry.is_estimate,
        entry.explanation,
    ):
        line.value = entry.value
        line.is_estimate = entry.is_estimate
        line.explanation = entry.explanation
        note_author(report, actor)


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
    said: Mapping[str, str],
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """What the campaign did (by campaign id) and what else is said (by name, `texts.TEXTS`); a
    text that is not named stays.
    """
    entering(report, actor)
    check_version(report.version_id, version)
    for row in report.campaigns:
        row.done = done.get(row.campaign_id, row.done)
    put_texts(report, said)
    note_author(report, actor)


def same_texts(
    report: ProgressReport,
    *,
    done: Mapping[int, str],
    said: Mapping[str, str],
) -> bool:
    """Whether nothing of it would change: then there is nothing to save and nothing to be in
    conflict about.
    """
    stored = said_in(report)
    return all(stored[name] == text for name, text in said.items()) and all(
        done.get(row.campaign_id, row.done) == row.done for row in report.campaigns
    )


def missing(report: ProgressReport) -> list[Problem]:
    """What must still be given before the report can go to the leader: of each target that was
    planned by now a figure, or an explanation.
    """
    blank = [
        Problem(
            _(
                "%(name)s: chưa có số liệu và chưa có giải trình.",
                name=f"{line.target.criterion.code}. {line.target.criterion.name}",
            ),
            f"value-{line.pid}",
        )
        for line in report.lines
        if line.value is None and not line.explanation.strip() and _is_asked(line)
    ]
    return blank + _unproved(report)


def _unproved(report: ProgressReport) -> list[Problem]:
    """Figures whose criterion asks for evidence, without any; a zero claims nothing."""
    chosen = select(Evidence.target_id).where(Evidence.report_id == report.id)
    proved = set(db.session.scalars(chosen))
    return [
        Problem(
            _(
                "%(name)s: tiêu chí này bắt buộc có minh chứng.",
                name=f"{line.target.criterion.code}. {line.target.criterion.name}",
            ),
            f"value-{line.pid}",
        )
        for line in report.lines
        if line.value and line.target_id not in proved and line.target.criterion.card.needs_evidence
    ]


def _is_asked(line: ProgressLine) -> bool:
    """Whether a blank figure must be explained: something was planned by the period's end."""
    target = line.target
    period = line.report.period
    return standing(
        target.criterion,
        target.goal,
        split_of(target),
        None,
        last_month(period.kind, period.number),
    ).is_asked


def submit_to_leader(report: ProgressReport, *, actor: Actor, at: datetime) -> None:
    """Trình lãnh đạo. What was planned by now needs a value, or an explanation why not."""
    report.LIFE.guard("submit_to_leader", report, actor)
    check(
        not (lacks := missing(report)),
        _("Báo cáo còn thiếu nội dung nên chưa trình được. Số liệu đã nhập vẫn được giữ."),
        lacks,
    )
    unprintable = text_problems(snapshot(report, today=at.date()))
    check(
        not unprintable,
        _("Báo cáo chưa in được nên chưa trình được. Nội dung đã nhập vẫn được giữ."),
        unprintable,
    )
    report.move("submit_to_leader", actor=actor)
    record(
        "report.submitted_to_leader",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
    )
    notify_people(
        report,
        report.pledge.body_id,
        (Role.LEADER,),
        _l("Báo cáo %(period)s chờ lãnh đạo duyệt.", period=report.period.name),
        at,
    )


def hand_back(
    report: ProgressReport,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """The leader wants something changed."""
    report.LIFE.guard("hand_back", report, actor)
    check(
        reason.strip(),
        _("Hãy ghi rõ nội dung cần sửa."),
        [Problem(_("Chưa có ý kiến."), "reason")],
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
    notify_people(
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
    record(
        "report.recalled",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
    )


def send_up(
    report: ProgressReport,
    *,
    actor: Actor,
    at: datetime,
    today: date,
    office: str = "",
) -> None:
    """The leader signs off, the report goes up and its paper is frozen; late is accepted and
    marked.
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
    paper = _freeze(report, at=at, today=today)
    record(
        "report.sent_up",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
        late=report.is_late,
        merged_steps=merged is not None,
        paper=paper.envelope.content_sha256,
        **({"merged": merged.value} if merged is not None else {}),
    )
    notify_people(
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


def send_back(
    report: ProgressReport,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
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
        "report.sent_back",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
        reason=reason,
    )
    notify_people(
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
    record(
        "report.confirmed",
        report,
        actor=actor,
        at=at,
        unit_id=report.pledge.unit_id,
    )
    baselines.follow_report(report.pledge, actor=actor, at=at)
    notify_people(
        report,
        report.pledge.body_id,
        (Role.CLERK, Role.LEADER),
        _l("Báo cáo %(period)s đã được xác nhận.", period=report.period.name),
        at,
    )


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


def note_author(report: ProgressReport, actor: Actor) -> None:
    if actor.user_id is not None and actor.user_id not in report.author_ids:
        report.author_ids = [*report.author_ids, actor.user_id]
