"""notify(): one row per user, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice


def notify(user_ids: Iterable[int], sentence: str, href: str, *, at: datetime) -> None:
    """Tell each user once. `href` is a path of this application."""
    db.session.add_all(Notice(user_id=user_id, sentence=sentence, href=href, at=at) for user_id in set(user_ids))
