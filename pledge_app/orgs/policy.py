"""Who administers bodies, offices and clusters."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.errors import Forbidden


def administers(actor: Actor) -> bool:
    """An administrator of the installation, or the operator at the command line."""
    return actor.is_system or actor.has(Role.ADMIN)


def administer(actor: Actor) -> None:
    """The first question of every verb of administration; raises Forbidden."""
    if not administers(actor):
        raise Forbidden(_("Chỉ quản trị viên được sửa danh mục này. Dữ liệu chưa thay đổi."))
