"""What `flask verify` compares of logins."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import exists, select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.checks import Check
from pledge_app.kernel.installation import installation


def unknown() -> Iterator[str]:
    """Every login with a role is one that the trail knows. The people of a demo and of the tests
    come without deeds.
    """
    here = installation()
    if here is None or here.is_demo:
        return
    is_known = exists().where(
        TrailEvent.subject_kind == User.__tablename__,
        TrailEvent.subject_pid == User.pid,
        TrailEvent.sealed.is_not(None),
    )
    has_role = exists().where(RoleGrant.user_id == User.id)
    chosen = select(User.username).where(has_role, ~is_known).order_by(User.id)
    for username in db.session.scalars(chosen):
        yield _("tài khoản %(name)s: có vai trò nhưng nhật ký không ghi ai giao", name=username)


ALL = (Check("app_user", unknown),)
