"""Who reads a paper, asks for it again, and keeps the register of a body."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import bodies_with_records_clerk
from pledge_app.kernel.actor import ACTING, Actor, Role
from pledge_app.kernel.permission import condition, permission

if TYPE_CHECKING:
    from pledge_app.documents.models import Document


@condition
def may_read(actor: Actor, body_ids: Collection[int]) -> bool:
    """One of the bodies that the paper names, or somebody who reads everything."""
    return actor.sees_all or bool(actor.bodies & set(body_ids))


@permission(
    _l("Cấp số, ghi ngày văn bản; đính chính (không có văn thư: người phụ trách, lãnh đạo)")
)
def keeps_register(actor: Actor, body_id: int) -> bool:
    """The records clerk of the body; its clerk or leader where it has no records clerk."""
    if actor.has(Role.RECORDS, body_id):
        return True
    works_there = actor.has(Role.CLERK, body_id) or actor.has(Role.LEADER, body_id)
    return works_there and not bodies_with_records_clerk([body_id])


@permission(_l("Tạo lại văn bản chưa tạo được"))
def renders_again(actor: Actor, document: Document) -> bool:
    """Who acts for one of the bodies that the paper names."""
    return bool(actor.bodies_as(*ACTING) & set(document.envelope.body_ids))
