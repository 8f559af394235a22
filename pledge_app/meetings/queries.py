"""Reads of meetings; who sees the agreement sees its meeting."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.agreements.models import Agreement
from pledge_app.agreements.queries import visible_to
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.meetings.models import Meeting, MeetingPack, MeetingPlan
from pledge_app.orgs.models import (
    Cluster,
)


def meeting_of(agreement: Agreement) -> Meeting | None:
    """What was recorded of the meeting that signs this version."""
    return db.session.scalar(select(Meeting).where(Meeting.agreement_id == agreement.id))


def find_meeting(pid: str, *, seen_by: Actor) -> Meeting:
    """The meeting of a public id if the actor may see its agreement; raises NotFound."""
    found = db.session.scalar(
        select(Meeting)
        .join(Meeting.agreement)
        .join(Agreement.cluster)
        .where(Meeting.pid == pid, visible_to(seen_by))
    )
    if found is None:
        raise NotFound(_("Không có hội nghị này, hoặc bạn không có quyền xem."))
    return found


def plan_of(cluster: Cluster) -> MeetingPlan | None:
    """The plan of a cluster's meeting, if there is one."""
    return db.session.scalar(select(MeetingPlan).where(MeetingPlan.cluster_id == cluster.id))


def newest_pack(agreement: Agreement) -> MeetingPack | None:
    """The pack that was asked for last."""
    return db.session.scalar(
        select(MeetingPack)
        .where(MeetingPack.agreement_id == agreement.id)
        .order_by(MeetingPack.id.desc())
        .limit(1)
    )
