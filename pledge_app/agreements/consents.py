"""Who may consent to a change of a figure, for the commune or for the reviewer."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import gettext as _

from pledge_app.accounts.separation import Alone, alone_at
from pledge_app.agreements import policy
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.states import AmendmentState
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.errors import DomainError, Forbidden, Problem, check
from pledge_app.orgs.concurrent import concurrent_on
from pledge_app.pledges import policy as pledge_policy
from pledge_app.pledges.models import Pledge


class Side(StrEnum):
    """Whose consent it is."""

    COMMUNE = "commune"
    REVIEWER = "reviewer"


SIDES = {
    Side.COMMUNE: policy.consents_for_commune,
    Side.REVIEWER: policy.consents_for_reviewer,
}


def may_consent(row: Amendment, side: Side, actor: Actor) -> bool:
    """Whether the page offers the press (a clerk of the commune: with a paper note)."""
    given = row.commune_at if side is Side.COMMUNE else row.reviewer_at
    if row.state is not AmendmentState.OPEN or given is not None:
        return False
    try:
        consenting(row, side, "?", actor)
    except DomainError:
        return False
    return True


def needs_note(row: Amendment, side: Side, actor: Actor) -> bool:
    """A clerk's word for the commune is that the leader signed a note: which one must be said."""
    return side is Side.COMMUNE and not actor.has(Role.LEADER, row.target.pledge.body_id)


def consenting(row: Amendment, side: Side, note: str, actor: Actor) -> Alone | None:
    """Refuse who may not consent for `side`; where one person takes two steps, why that is
    right.
    """
    pledge = row.target.pledge
    body_id, roles = _asked(row, side)
    if not SIDES[side](actor, row):
        raise Forbidden(
            _(
                "Chỉ lãnh đạo đơn vị có số liệu và cơ quan thẩm định đồng ý sửa số liệu được. Dữ "
                "liệu chưa thay đổi."
            )
        )
    both = _both_sides(actor, body_id, pledge.body_id)
    if side is Side.REVIEWER and not both and _stands_with_commune(actor, pledge):
        raise Forbidden(
            _(
                "Bạn là người của đơn vị này hoặc đã nhập bản đăng ký của đơn vị nên không đồng "
                "ý thay mặt cơ quan thẩm định. Hãy nhờ cán bộ thẩm định khác. Dữ liệu chưa thay "
                "đổi."
            )
        )
    check(
        note.strip() or not needs_note(row, side, actor),
        _("Hãy ghi văn bản đồng ý mà lãnh đạo đơn vị đã ký (ai ký, ngày nào)."),
        [Problem(_("Chưa ghi văn bản đồng ý đã ký."), "note")],
    )
    other = row.reviewer_by_id if side is Side.COMMUNE else row.commune_by_id
    if actor.user_id == other and not both:
        raise Forbidden(_("Bạn đã đồng ý cho một bên nên bên kia phải do người khác đồng ý."))
    if actor.user_id != row.proposed_by_id:
        return None
    merged = alone_at(body_id, on=actor.today, roles=roles)
    if merged is None:
        raise Forbidden(
            _(
                "Người đề nghị sửa số liệu không tự đồng ý. Hãy nhờ người khác của cơ quan bạn "
                "bấm đồng ý."
            )
        )
    return merged


def _stands_with_commune(actor: Actor, pledge: Pledge) -> bool:
    """Of the commune, or the author of its pledge (nhập hộ too): not the reviewer's word on it."""
    return pledge_policy.of_the_commune(actor, pledge) or pledge_policy.took_part(actor, pledge)


def _asked(row: Amendment, side: Side) -> tuple[int, tuple[Role, ...]]:
    """The body that is asked, and in which roles its people may answer."""
    pledge = row.target.pledge
    if side is Side.COMMUNE:
        return pledge.body_id, (Role.CLERK, Role.LEADER)
    return pledge.cluster.reviewer_body_id, (Role.REVIEWER,)


def _both_sides(actor: Actor, asked_body: int, commune_body: int) -> bool:
    """One body is commune and reviewer, and an administrator allowed one person both."""
    same = asked_body == commune_body and actor.has(Role.REVIEWER, asked_body)
    return (
        same and actor.today is not None and concurrent_on(asked_body, on=actor.today) is not None
    )
