"""Verbs of the plan: when, where, which matters, which guests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from pledge_app.agreements import policy
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AgreementState
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, check
from pledge_app.meetings import agenda
from pledge_app.meetings.models import MeetingPlan
from pledge_app.meetings.queries import plan_of

FIELDS = (
    "on_date",
    "begins",
    "place",
    "chair_name",
    "secretary_name",
    "items",
    "guests",
    "news_closing",
    "news_author",
)


def save_plan(
    agreement: Agreement, values: Mapping[str, Any], *, version: int, actor: Actor, at: datetime
) -> MeetingPlan:
    """The plan of the cluster's meeting. `version` 0: there was none before."""
    preparing(agreement, actor)
    plan = plan_of(agreement.cluster)
    if (plan.version_id if plan is not None else 0) != version:
        raise Conflict(
            _(
                "Kế hoạch hội nghị vừa được người khác sửa. Phần bạn nhập chưa ghi nhưng đã được "
                "giữ lại bên dưới; hãy tải lại trang, so sánh rồi nhập tiếp."
            )
        )
    check(
        set(values["items"]) <= {item.value for item in agenda.Item},
        _("Có mục chương trình không hợp lệ."),
    )
    if plan is None:
        plan = MeetingPlan(cluster=agreement.cluster)
        db.session.add(plan)
    for name in FIELDS:
        setattr(plan, name, values[name])
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
