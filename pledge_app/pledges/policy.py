"""Who may do what to a pledge: one-line questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from pledge_app.accounts.separation import Alone, alone_at, belongs_to
from pledge_app.audit.queries import did_any
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.permission import condition, permission, system_only

if TYPE_CHECKING:
    from pledge_app.orgs.models import Body, Cluster
    from pledge_app.pledges.models import Pledge

DEEDS = tuple(
    f"pledge.{deed}"
    for deed in (
        "started",
        "submitted_to_leader",
        "handed_back",
        "recalled",
        "signed_off",
        "sign_off_recorded",
        "sent_up",
        "withdrawn",
    )
)
"""What somebody of the commune's side does to a pledge: who did one of these never agrees to it."""


@permission(_l("Lập bản đăng ký"))
def starts_for(actor: Actor, body: Body) -> bool:
    """A clerk or leader of the body."""
    return actor.has(Role.CLERK, body.id) or actor.has(Role.LEADER, body.id)


@permission(_l("Lập bản đăng ký nhập hộ (đơn vị phải xác nhận)"))
def starts_on_behalf(actor: Actor, cluster: Cluster) -> bool:
    """A reviewer of the cluster."""
    return actor.has(Role.REVIEWER, cluster.reviewer_body_id)


@permission(_l("Ghi nhận lãnh đạo đã ký trên giấy (lãnh đạo được báo)"))
def enters_for(actor: Actor, pledge: Pledge) -> bool:
    """A clerk (or leader) of the pledge's own body."""
    return actor.has(Role.CLERK, pledge.body_id) or actor.has(Role.LEADER, pledge.body_id)


@permission(_l("Nhập bản đăng ký, trình lãnh đạo, lấy lại; nhập hộ nếu lập để nhập hộ"))
def types_for(actor: Actor, pledge: Pledge) -> bool:
    """Who may write into the draft: the commune itself, or the reviewer on its behalf (nhập hộ)."""
    return enters_for(actor, pledge) or (pledge.on_behalf and reviews_line(actor, pledge))


@permission(_l("Trả lại bản đăng ký cho người nhập"))
def leads_for(actor: Actor, pledge: Pledge) -> bool:
    """The leader of the pledge's body: signs off."""
    return actor.has(Role.LEADER, pledge.body_id)


@permission(_l("Gửi cấp trên, rút lại"))
def sends_for(actor: Actor, pledge: Pledge) -> bool:
    """After the sign-off the commune's clerk, records clerk or leader sends it up."""
    return enters_for(actor, pledge) or actor.has(Role.RECORDS, pledge.body_id)


@condition
def reviews_line(actor: Actor, pledge: Pledge) -> bool:
    """A reviewer at the reviewing body of the pledge's cluster."""
    return actor.has(Role.REVIEWER, pledge.cluster.reviewer_body_id)


@condition
def typed(actor: Actor, pledge: Pledge) -> bool:
    """Who wrote into this pledge."""
    return actor.user_id in pledge.author_ids


@condition
def alone(actor: Actor, pledge: Pledge) -> Alone | None:
    """Why one person of the pledge's body may type and sign off, or None."""
    return alone_at(pledge.body_id, on=actor.today, roles=(Role.CLERK, Role.LEADER))


@permission(
    _l(
        "Ký duyệt (người đã nhập chỉ tự ký duyệt khi cơ quan có một người hoặc được cho phép kiêm "
        "nhiệm)"
    )
)
def signs_off_for(actor: Actor, pledge: Pledge) -> bool:
    """The leader; one who typed it only where one person is all there is, or was allowed both."""
    return leads_for(actor, pledge) and (
        not typed(actor, pledge) or alone(actor, pledge) is not None
    )


@condition
def took_part(actor: Actor, pledge: Pledge) -> bool:
    """Who typed, handed in, signed off, recorded a sign-off, sent or took back this pledge,
    ever.
    """
    return typed(actor, pledge) or did_any(
        actor.user_id,
        DEEDS,
        pledge.__tablename__,
        [pledge.pid],
    )


@condition
def of_the_commune(actor: Actor, pledge: Pledge) -> bool:
    """Who is, or in the pledge's year was, of the commune: never its reviewer too, whoever
    typed.
    """
    return belongs_to(
        pledge.body_id,
        pledge.unit_id,
        actor,
        reviewer=pledge.cluster.reviewer,
        since=date(pledge.cluster.year, 1, 1),
    )


@permission(
    _l(
        "Thống nhất nội dung, phê duyệt (không phải người của đơn vị, không phải "
        "người đã nhập, ký duyệt, gửi)"
    )
)
def reviews_for(actor: Actor, pledge: Pledge) -> bool:
    """A reviewer of another body who had no hand in this pledge: who enters, signs off or sends
    never agrees.
    """
    return reviews_line(actor, pledge) and not (
        of_the_commune(actor, pledge) or took_part(actor, pledge)
    )


@permission(_l("Xem số liệu đăng ký khi đang nhập"))
def reads_live(actor: Actor, pledge: Pledge) -> bool:
    """Who sees figures while they are being typed: the commune, who types on its behalf,
    administrator and auditor.

    The level above reads what was sent.
    """
    return actor.sees_all or pledge.body_id in actor.bodies or types_for(actor, pledge)


@permission(_l("Yêu cầu bổ sung bản đăng ký"))
def asks_for(actor: Actor, pledge: Pledge) -> bool:
    """Asking for additions needs no second person."""
    return reviews_line(actor, pledge)


@system_only
def by_system(actor: Actor, _pledge: Pledge) -> bool:
    """Only another room does this: the agreement was signed, a change was consented to, the year
    ended.
    """
    return actor.is_system
