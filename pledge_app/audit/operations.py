"""record(): write one event in the same transaction as the act it tells of. verify(): walk the
chain.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import select

from pledge_app.audit.models import TrailEvent, TrailHead
from pledge_app.audit.seals import SEALED, seals_of
from pledge_app.kernel.actor import Actor, roles_of
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import JsonObject, canonical_json, plain

GENESIS = "0" * 64


class Subject(Protocol):
    """Anything with a public id; its kind is the name of its table."""

    @property
    def pid(self) -> object: ...

    @property
    def __tablename__(self) -> object: ...


def record(
    verb: str,
    subject: Subject,
    *,
    actor: Actor,
    at: datetime,
    unit_id: int | None = None,
    **data: object,
) -> TrailEvent:
    """Append one event, after everything of the deed: the rows that the rooms seal are digested as
    they are now. `verb` is "pledge.sent_up"; `data` is plain and shown in the timeline.
    """
    sealed = seals_of(verb, str(subject.__tablename__), str(subject.pid))
    head = _head()
    event = TrailEvent(
        seq=head.seq + 1,
        at=at.astimezone(UTC).replace(microsecond=0),  # as it will be read back
        verb=verb,
        subject_kind=str(subject.__tablename__),
        subject_pid=str(subject.pid),
        unit_id=unit_id,
        actor_id=actor.user_id,
        actor_name=actor.name,
        actor_role=",".join(role.value for role in roles_of(actor)),
        data=plain(data),
        sealed=sealed,
        previous=head.digest,
        digest="",
    )
    event.digest = digest_of(event)
    head.seq = event.seq
    head.digest = event.digest
    db.session.add(event)
    db.session.flush()
    return event


def seal(subject: Subject, *, actor: Actor, at: datetime) -> None:
    """Digest the rows of a thing again, where a deed changed them after its event."""
    record(SEALED, subject, actor=actor, at=at)


def digest_of(event: TrailEvent) -> str:
    """SHA-256 of the previous digest and the canonical JSON of what the event says."""
    content: JsonObject = {
        "seq": event.seq,
        "at": event.at.isoformat(),
        "verb": event.verb,
        "kind": event.subject_kind,
        "pid": event.subject_pid,
        "unit": event.unit_id,
        "actor": event.actor_id,
        "name": event.actor_name,
        "role": event.actor_role,
        "data": event.data,
    }
    if event.sealed is not None:  # events of before there were seals keep their digest
        content["sealed"] = event.sealed
    return hashlib.sha256((event.previous + canonical_json(content)).encode("utf-8")).hexdigest()


def first_broken_link() -> int | None:
    """The number of the first event whose digest does not hold, or None when the chain is whole."""
    previous = GENESIS
    expected = 1
    for event in db.session.scalars(
        select(TrailEvent).order_by(TrailEvent.seq).execution_options(yield_per=500)
    ):
        if event.seq != expected or event.previous != previous or event.digest != digest_of(event):
            return event.seq
        previous = event.digest
        expected += 1
    head = db.session.get(TrailHead, 1)
    if head is not None and (head.seq, head.digest) != (expected - 1, previous):
        return expected
    return None


def _head() -> TrailHead:
    head = db.session.get(
        TrailHead,
        1,
        with_for_update=True,
        populate_existing=True,
    )
    if head is None:
        head = TrailHead(
            id=1,
            seq=0,
            digest=GENESIS,
        )
        db.session.add(head)
        db.session.flush()
    return head
