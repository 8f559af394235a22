"""An approval is taken back while nobody has built on it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import user_ids_at
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Conflict
from pledge_app.kernel.versions import check_version
from pledge_app.notices.operations import notify
from pledge_app.pledges.models import Pledge
from pledge_app.reviews.events import COMPOSED


def may_take_back(pledge: Pledge, actor: Actor) -> bool:
    """Theirs to take back, and no agreement was composed from it."""
    return pledge.may("take_back", actor) and not COMPOSED(pledge.cluster_id)


def take_back(pledge: Pledge, *, version: int, actor: Actor, at: datetime) -> None:
    """The pledge waits for the level above again, as it was sent. Conflict once the cluster's
    agreement is composed from it.
    """
    pledge.LIFE.guard("take_back", pledge, actor)
    check_version(pledge.version_id, version)
    if COMPOSED(pledge.cluster_id):
        raise Conflict(
            _(
                "Bản giao ước của cụm đã được lập từ nội dung này nên không rút lại được. Nếu cần "
                "sửa số liệu, hãy đề nghị sửa tại bàn, có đồng ý của đơn vị."
            )
        )
    pledge.move("take_back", actor=actor)
    pledge.agreed_at = None
    record(
        "pledge.approval_taken_back",
        pledge,
        actor=actor,
        at=at,
        unit_id=pledge.unit_id,
        round=pledge.round,
    )
    notify(
        user_ids_at(pledge.body_id),
        _l("Cấp trên rút lại việc đồng ý với bản đăng ký thi đua để xem lại."),
        "pledges.show",
        pledge.pid,
        at=at,
    )
