"""A browser in which somebody logged in before: strangers' failed logins do not hold it back.

A signed cookie, without any right of its own; the password is asked as everywhere.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from pledge_app.accounts.models import User
from pledge_app.config import Settings

KEPT = timedelta(days=180)


def mark_for(username: str) -> str:
    """The mark of this browser if `username` logged in here within half a year, else ""."""
    token = request.cookies.get(_cookie(current_app.config["SETTINGS"]), "")
    try:
        whose, mark = _signer().loads(token, max_age=int(KEPT.total_seconds()))
    except (BadData, ValueError, TypeError):
        return ""
    return str(mark) if whose == username else ""


def remember(answer: Response, user: User) -> None:
    """From now on this browser is known to be the user's."""
    settings = current_app.config["SETTINGS"]
    mark = mark_for(user.username) or secrets.token_urlsafe(12)
    answer.set_cookie(
        _cookie(settings),
        _signer().dumps([user.username, mark]),
        max_age=KEPT,
        secure=settings.https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def _cookie(settings: Settings) -> str:
    return "__Host-known" if settings.https else "known"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="accounts.known")
