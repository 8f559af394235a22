"""Bàn giao: who leaves hands every role over to a successor, and with them what is waiting there.

Drafts, requests and tasks belong to the body, never to a login: whoever has the role sees them.
"""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.accounts.operations import administer, end_role, grant_role
from pledge_app.accounts.words import ROLE_WORDS
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Problem, check
from pledge_app.notices.operations import notify
from pledge_app.web.language import kept_text


def hand_over(
    user: User,
    successor: User,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> list[RoleGrant]:
    """From `on` the successor has every role that the user still has, and the user none. Both are
    told. Gives the roles that were handed over.

    What the user signed and recorded stays theirs; an office that is held is ended on the body's
    own page.
    """
    administer(actor)
    check(
        successor.id != user.id,
        _("Hãy chọn người khác để nhận bàn giao."),
        [Problem(_("Chọn người khác."), "successor")],
    )
    check(
        successor.disabled_at is None,
        _("Tài khoản nhận bàn giao đang khóa."),
        [Problem(_("Tài khoản này đang khóa."), "successor")],
    )
    open_roles = [grant for grant in user.grants if grant.held_to is None or grant.held_to > on]
    check(open_roles, _("Người này không còn vai trò nào để bàn giao."))
    for grant in open_roles:
        if not _has(successor, grant, on):
            grant_role(
                successor,
                grant.role,
                grant.body,
                held_from=max(on, grant.held_from),
                held_to=grant.held_to,
                actor=actor,
                at=at,
            )
        end_role(grant, on=on, actor=actor, at=at)
    _tell(
        user,
        successor,
        open_roles,
        on,
        actor,
        at,
    )
    return open_roles


def _has(successor: User, grant: RoleGrant, on: date) -> bool:
    """The successor has that role there already."""
    return any(
        held.role is grant.role
        and held.body_id == grant.body_id
        and (held.held_to is None or held.held_to > on)
        for held in successor.grants
    )


def _tell(
    user: User,
    successor: User,
    roles: list[RoleGrant],
    on: date,
    actor: Actor,
    at: datetime,
) -> None:
    said = "; ".join(f"{kept_text(ROLE_WORDS[row.role])}, {row.body.name}" for row in roles)
    record(
        "user.handed_over",
        user,
        actor=actor,
        at=at,
        unit_id=roles[0].body.unit_id,
        successor=successor.name,
        roles=said,
        on=on,
    )
    day = f"{on:%d/%m/%Y}"
    taken = _l(
        "%(name)s bàn giao cho bạn từ ngày %(day)s: %(roles)s. Bản đang nhập và việc đang chờ có ở "
        "trang Việc của tôi.",
        name=user.name,
        day=day,
        roles=said,
    )
    left = _l(
        "Vai trò của bạn được bàn giao cho %(name)s từ ngày %(day)s: %(roles)s.",
        name=successor.name,
        day=day,
        roles=said,
    )
    for whom, sentence in ((successor, taken), (user, left)):
        notify(
            [whom.id],
            sentence,
            "accounts.login_sessions",
            whom.pid,
            at=at,
        )
