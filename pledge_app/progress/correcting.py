"""A confirmed report is corrected by a new version of it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Problem, check
from pledge_app.progress.due_reports import open_due
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.operations import note_author
from pledge_app.progress.texts import put_texts, said_in


def correct(
    report: ProgressReport,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> ProgressReport:
    """A new version of a confirmed report, beginning as its copy and due when it was due; the old
    one stays as it was.
    """
    report.LIFE.guard("supersede", report, actor)
    check(
        reason.strip(),
        _("Hãy ghi rõ lý do đính chính."),
        [Problem(_("Chưa có lý do."), "reason")],
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
    newer = open_due(
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
    put_texts(newer, said_in(report))
    # it begins as their work: they do not confirm it either
    newer.author_ids = list(report.author_ids)
    note_author(newer, actor)
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
