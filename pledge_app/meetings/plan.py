"""Verbs of the plan: when, where, which matters, which guests."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from flask_babel import gettext as _

from pledge_app.agreements import policy
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AgreementState
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, check
from pledge_app.kernel.versions import check_version
from pledge_app.meetings import agenda
from pledge_app.meetings.models import MeetingPlan
from pledge_app.meetings.queries import plan_of


class PlanValues(TypedDict):
    """What the plan says, column by column of MeetingPlan."""

    title: str
    on_date: date | None
    begins: str
    place: str
    chair_name: str
    second_chair_name: str
    secretary_name: str
    items: list[str]
    matters: str
    guests: str
    news_closing: str
    news_author: str


FIELDS = tuple(PlanValues.__annotations__)


def save_plan(
    agreement: Agreement,
    values: PlanValues,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> MeetingPlan:
    """The plan of the cluster's meeting. `version` 0: there was none before."""
    preparing(agreement, actor)
    plan = plan_of(agreement.cluster)
    check_version(plan.version_id if plan is not None else 0, version)
    check(
        set(values["items"]) <= {item.value for item in agenda.Item},
        _("Có mục chương trình không hợp lệ."),
    )
    if plan is None:
        plan = MeetingPlan(cluster=agreement.cluster)
        db.session.add(plan)
    for name, value in values.items():
        setattr(plan, name, value)
    db.session.flush()
    record(
        "meeting.planned",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        items=list(plan.items),
    )
    return plan


def preparing(agreement: Agreement, actor: Actor) -> None:
    """Refuse anybody but those who record the meeting, and a version that no longer counts."""
    if not policy.records_meeting(actor, agreement):
        raise Forbidden(
            _("Chỉ đơn vị Cụm trưởng hoặc cán bộ thẩm định của cụm chuẩn bị được hội nghị.")
        )
    if agreement.state in (AgreementState.VOID, AgreementState.REPLACED):
        raise Conflict(_("Bản giao ước này không còn hiệu lực; hãy mở phiên bản mới nhất."))
