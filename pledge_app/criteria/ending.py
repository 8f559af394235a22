"""A published set ends: from its day on no year chooses it; years that go by it keep it."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.states import SetState
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Conflict, Problem, check
from pledge_app.kernel.versions import check_version


def end(
    chosen: CriteriaSet,
    *,
    on: date,
    reason: str,
    version: int,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """The set is in force no more from `on`, for `reason`. A coming end is a matter of the days
    that the set was published with.
    """
    chosen.LIFE.admit("end", chosen, actor)
    if chosen.state is not SetState.PUBLISHED:
        raise Conflict(_("Chỉ bộ tiêu chí đã ban hành, còn hiệu lực mới cho hết hiệu lực được."))
    check_version(chosen.version_id, version)
    check(
        on >= chosen.valid_from,
        _("Ngày hết hiệu lực phải từ ngày bắt đầu áp dụng trở đi."),
        [Problem(_("Ngày này đứng trước ngày đầu áp dụng."), "on")],
    )
    check(
        on <= today,
        _("Ngày hết hiệu lực không được ở sau hôm nay."),
        [Problem(_("Ngày này chưa đến."), "on")],
    )
    check(
        bool(reason),
        _("Hãy ghi lý do hết hiệu lực."),
        [Problem(_("Chưa ghi lý do."), "reason")],
    )
    chosen.move("end", actor=actor)
    chosen.ended_on = on
    chosen.ended_reason = reason
    chosen.version_id = chosen.version_id + 1
    record(
        "criteria.ended",
        chosen,
        actor=actor,
        at=at,
        name=chosen.name,
        version=chosen.version,
        on=on.isoformat(),
        reason=reason,
    )
