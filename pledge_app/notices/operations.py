"""notify(): one row per user, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import LazyString

from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice
from pledge_app.web.language import kept_text


def notify(
    user_ids: Iterable[int],
    sentence: LazyString,
    endpoint: str,
    pid: str,
    *,
    at: datetime,
) -> None:
    """Tell each user once; `endpoint` and `pid` name the page it is about. Kept in Vietnamese,
    whoever acts.
    """
    text = kept_text(sentence)
    db.session.add_all(
        Notice(
            user_id=user_id,
            sentence=text,
            endpoint=endpoint,
            subject_pid=pid,
            at=at,
        )
        for user_id in sorted(set(user_ids))
    )
