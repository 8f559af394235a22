"""Who administers users."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.permission import permission


@permission(
    _l(
        "Người dùng, vai trò, gắn tài khoản với người giữ chức, nhập danh sách người dùng, ngày "
        "làm việc của bản chạy thử"
    )
)
def administers(actor: Actor) -> bool:
    """An administrator of the installation, or the operator at the command line."""
    return actor.is_system or actor.has(Role.ADMIN)
