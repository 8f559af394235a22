"""What the room registers: users, login, roles."""

from __future__ import annotations

from pledge_app.accounts import (
    checks,
    factor_views,
    holder_views,
    import_views,
    login_views,
    queries,
    sealed,
    views,
)
from pledge_app.accounts.blueprint import bp
from pledge_app.accounts.trail_sentences import SENTENCES
from pledge_app.accounts.words import role_word
from pledge_app.kernel.room import Room
from pledge_app.orgs.events import ONLY_LOGIN, ROLES_AT
from pledge_app.web.events import LOGIN_PAGE

GUIDES = {
    "accounts.users": "quan-tri#nguoi-dung-va-vai-tro",
    "accounts.user": "quan-tri#nguoi-dung-va-vai-tro",
    "accounts.permission_table": "quan-tri#nguoi-dung-va-vai-tro",
    "accounts.change_password": "lanh-dao#mat-khau-va-phien-dang-nhap",
    "accounts.login_sessions": "lanh-dao#mat-khau-va-phien-dang-nhap",
    "factor.own": "lanh-dao#mat-khau-va-phien-dang-nhap",
    "user_import": "quan-tri#nguoi-dung-va-vai-tro",
    "holders": "quan-tri#nguoi-dung-va-vai-tro",
}


def login_page() -> str:
    """Where whoever is not logged in is led to."""
    return "accounts.login"


ROOM = Room(
    name="accounts",
    blueprints=(bp, factor_views.bp, import_views.bp, holder_views.bp),
    views=(login_views, views, factor_views, import_views, holder_views),
    sentences=SENTENCES,
    globals={"role_word": role_word},
    answers=(
        ROLES_AT.answer(queries.roles_at),
        ONLY_LOGIN.answer(queries.is_only_login),
        LOGIN_PAGE.answer(login_page),
    ),
    guides=GUIDES,
    checks=checks.ALL,
    sealed=sealed.ALL,
)
