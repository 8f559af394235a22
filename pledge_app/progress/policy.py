"""Who may do what to a report: the same people as for its pledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts.separation import Alone
from pledge_app.audit.queries import did_any
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.permission import condition, permission
from pledge_app.pledges import policy as pledge_policy

if TYPE_CHECKING:
    from pledge_app.orgs.models import Cluster
    from pledge_app.progress.models import ProgressReport

DEEDS = tuple(
    f"report.{deed}"
    for deed in (
        "submitted_to_leader",
        "handed_back",
        "recalled",
        "sent_up",
        "evidence_added",
        "evidence_removed",
        "superseded",
        "corrected",
    )
)
"""What somebody of the commune's side does to a report: who did one of these never confirms it."""


@permission(
    _l("Nhập báo cáo quý, đính kèm minh chứng, trình lãnh đạo, lấy lại; đính chính báo cáo")
)
def enters_for(actor: Actor, report: ProgressReport) -> bool:
    """A clerk or leader of the reporting commune."""
    return pledge_policy.enters_for(actor, report.pledge)


@permission(_l("Trả lại báo cáo quý cho người nhập"))
def leads_for(actor: Actor, report: ProgressReport) -> bool:
    """The leader of the reporting commune."""
    return pledge_policy.leads_for(actor, report.pledge)


@condition
def typed(actor: Actor, report: ProgressReport) -> bool:
    """Who wrote into this report, or into the one that it corrects."""
    return actor.user_id in report.author_ids


@condition
def alone(actor: Actor, report: ProgressReport) -> Alone | None:
    """Why one person may type and send, or None."""
    return pledge_policy.alone(actor, report.pledge)


@permission(_l("Duyệt và gửi báo cáo quý (người đã nhập: như khi ký duyệt bản đăng ký)"))
def sends_for(actor: Actor, report: ProgressReport) -> bool:
    """The leader; one who typed only where one person is all there is, or was allowed both."""
    return leads_for(actor, report) and (
        not typed(actor, report) or alone(actor, report) is not None
    )


@condition
def took_part(actor: Actor, report: ProgressReport) -> bool:
    """Who typed, attached, handed in, sent or corrected the report, in any version of it."""
    if typed(actor, report):
        return True
    table = type(report)
    versions = select(table.pid).where(
        table.pledge_id == report.pledge_id,
        table.period_id == report.period_id,
    )
    return did_any(
        actor.user_id,
        DEEDS,
        report.__tablename__,
        versions,
    )


@permission(
    _l(
        "Xác nhận báo cáo quý, yêu cầu bổ sung (không phải người của đơn vị, không phải "
        "người đã nhập, gửi, đính kèm minh chứng)"
    )
)
def reviews_for(actor: Actor, report: ProgressReport) -> bool:
    """A reviewer who is not of the commune and had no hand in this report."""
    return pledge_policy.reviews_line(actor, report.pledge) and not (
        pledge_policy.of_the_commune(actor, report.pledge) or took_part(actor, report)
    )


@permission(_l("Xem bảng tiến độ của cả cụm"))
def may_compare(actor: Actor, cluster: Cluster) -> bool:
    """Members of a cluster, its reviewers, administrators and auditors see how all of it stands."""
    return (
        actor.sees_all
        or actor.has(Role.REVIEWER, cluster.reviewer_body_id)
        or any(member.body_id in actor.bodies for member in cluster.members)
    )
