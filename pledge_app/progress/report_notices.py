"""Whom a verb of a report tells of it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import LazyString

from pledge_app.accounts.queries import user_ids_at
from pledge_app.kernel.actor import Role
from pledge_app.notices.operations import notify
from pledge_app.progress.models import ProgressReport


def notify_people(
    report: ProgressReport,
    body_id: int,
    roles: tuple[Role, ...],
    sentence: LazyString,
    at: datetime,
) -> None:
    notify(
        user_ids_at(body_id, roles),
        sentence,
        "progress.show",
        report.pid,
        at=at,
    )
