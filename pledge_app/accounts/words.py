"""The roles in the words of the screen."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from pledge_app.kernel.actor import Role

ROLE_WORDS: dict[Role, LazyString] = {
    Role.CLERK: _l("Người phụ trách thi đua"),
    Role.LEADER: _l("Lãnh đạo ký duyệt"),
    Role.RECORDS: _l("Văn thư"),
    Role.REVIEWER: _l("Cán bộ thẩm định"),
    Role.ADMIN: _l("Quản trị"),
    Role.AUDITOR: _l("Giám sát"),
}


def role_word(role: Role) -> LazyString:
    """ "Người phụ trách thi đua" for Role.CLERK."""
    return ROLE_WORDS[role]
