"""Reads of the trail: what happened to one thing, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.sentences import reason, sentence
from pledge_app.kernel.base import db


@dataclass(frozen=True)
class Happened:
    """One line of a timeline, as the macro ui.timeline draws it."""

    at: datetime
    sentence: str
    reason: str
    verb: str
    actor_name: str


def timeline(subject_kind: str, subject_pid: str) -> list[Happened]:
    """The trail of one thing, newest first; `subject_kind` is the name of its table."""
    events = db.session.scalars(select(TrailEvent).where(
        TrailEvent.subject_kind == subject_kind, TrailEvent.subject_pid == subject_pid)
        .order_by(TrailEvent.seq.desc()))
    return [Happened(event.at, f"{event.actor_name} {sentence(event.verb, event.data)}", reason(event.data),
                     event.verb, event.actor_name) for event in events]
