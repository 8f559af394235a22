"""Who administers bodies, offices and clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.kernel.actor import ACTING, Actor, Role
from pledge_app.kernel.errors import Forbidden
from pledge_app.kernel.permission import permission
from pledge_app.orgs import events

if TYPE_CHECKING:
    from pledge_app.orgs.models import Body


@permission(
    _l(
        "Đơn vị, cơ quan, người giữ chức, ủy quyền, căn cứ pháp lý, cụm thi đua, mẫu văn bản, sắp "
        "xếp đơn vị, danh mục có sẵn"
    )
)
def administers(actor: Actor) -> bool:
    """An administrator of the installation, or the operator at the command line."""
    return actor.is_system or actor.has(Role.ADMIN)


def administer(actor: Actor) -> None:
    """The first question of every verb of administration; raises Forbidden."""
    if not administers(actor):
        raise Forbidden(_("Chỉ quản trị viên được sửa danh mục này. Dữ liệu chưa thay đổi."))


@permission(
    _l(
        "Cho phép một người kiêm nhiệm tại một cơ quan, có thời hạn và lý do (không phải cho cơ "
        "quan của chính mình)"
    )
)
def allows_concurrent(actor: Actor, body: Body) -> bool:
    """An administrator who does not act for the body, where anybody else could decide it."""
    acts_there = body.id in actor.bodies_as(*ACTING)
    return administers(actor) and not (acts_there and not events.ONLY_LOGIN(actor.user_id))
