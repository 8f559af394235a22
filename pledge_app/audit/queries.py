"""Reads of the trail: what happened to one thing, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.seals import SEALED
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
    events = db.session.scalars(
        select(TrailEvent)
        .where(TrailEvent.subject_kind == subject_kind, TrailEvent.subject_pid == subject_pid)
        .order_by(TrailEvent.seq.desc())
    )
    return _told(events)


def timeline_of(subjects: Mapping[str, Collection[str]]) -> list[Happened]:
    """The trail of several things as one, newest first: public ids by the name of their table."""
    asked = [
        and_(TrailEvent.subject_kind == kind, TrailEvent.subject_pid.in_(pids))
        for kind, pids in subjects.items()
        if pids
    ]
    if not asked:
        return []
    chosen = select(TrailEvent).where(or_(*asked)).order_by(TrailEvent.seq.desc())
    return _told(db.session.scalars(chosen))


def _told(events: Iterable[TrailEvent]) -> list[Happened]:
    return [
        Happened(
            event.at,
            f"{event.actor_name} {sentence(event.verb, event.data)}",
            reason(event.data),
            event.verb,
            event.actor_name,
        )
        for event in events
        if event.verb != SEALED
    ]


def did_any(
    user_id: int | None,
    verbs: Collection[str],
    subject_kind: str,
    subject_pids: Collection[str] | Select[str],
) -> bool:
    """Whether a login did one of `verbs` on one of these things, ever: the record of deeds is
    asked.
    """
    if user_id is None:
        return False
    chosen = select(TrailEvent.seq).where(
        TrailEvent.subject_kind == subject_kind,
        TrailEvent.subject_pid.in_(subject_pids),
        TrailEvent.actor_id == user_id,
        TrailEvent.verb.in_(verbs),
    )
    return db.session.scalar(chosen.limit(1)) is not None
