"""What the trail seals of a login: its roles. `accounts/checks.py` finds unknown logins."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.kernel.checks import Sealed

ROLES = Sealed(
    User,
    RoleGrant,
    ("pid", "body_id", "role", "held_from", "held_to"),
    _l("vai trò của tài khoản"),
    (RoleGrant.user_id == User.id,),
    by=frozenset({"user.created", "user.role_granted", "user.role_ended"}),
)
ALL = (ROLES,)
