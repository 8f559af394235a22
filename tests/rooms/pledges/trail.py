"""What the trail says of one thing."""

from __future__ import annotations

from typing import Any

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db


def said_of(subject: Any) -> list[tuple[str, dict[str, Any]]]:
    """(verb, data) of every event, oldest first."""
    rows = db.session.query(TrailEvent).filter_by(subject_pid=subject.pid).order_by(TrailEvent.seq)
    return [(row.verb, row.data) for row in rows]
