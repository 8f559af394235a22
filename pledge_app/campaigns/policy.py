"""Who makes the year: the reviewers of its issuing body, and administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.actor import ACTING, Actor, Role
from pledge_app.kernel.permission import permission

if TYPE_CHECKING:
    from pledge_app.campaigns.models import EmulationYear
    from pledge_app.orgs.models import Body


@permission(_l("Mở năm thi đua"))
def opens_year(actor: Actor, issuer: Body) -> bool:
    """A reviewer at the body that will issue the guidance, or an administrator."""
    return actor.is_system or actor.has(Role.REVIEWER, issuer.id) or actor.has(Role.ADMIN)


@permission(
    _l(
        "Hướng dẫn, bộ tiêu chí của năm, đợt thi đua, chỉ tiêu giao, kết quả năm trước, hạn và "
        "gia hạn; xuất các bảng này"
    )
)
def guides(actor: Actor, year: EmulationYear) -> bool:
    """A reviewer at the body that issues the guidance, or an administrator."""
    return actor.is_system or actor.has(Role.REVIEWER, year.issuer_body_id) or actor.has(Role.ADMIN)


@permission(_l("Thêm ngày kỷ niệm của cơ quan"))
def adds_days(actor: Actor, body: Body) -> bool:
    """Who acts for the body, in any role, or an administrator."""
    return actor.is_system or body.id in actor.bodies_as(*ACTING) or actor.has(Role.ADMIN)


@permission(_l("Lịch làm việc: ngày nghỉ, ngày làm bù"))
def keeps_calendar(actor: Actor) -> bool:
    """An administrator of the installation."""
    return actor.has(Role.ADMIN)
