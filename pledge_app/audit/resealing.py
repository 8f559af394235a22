"""For migrations: the trail seals what a database holds already, or holds in another form now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import sqlalchemy as sa

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.operations import GENESIS, digest_of
from pledge_app.audit.seals import SEALED
from pledge_app.kernel import columns
from pledge_app.kernel.actor import SYSTEM

EVENT = sa.table(
    "trail_event",
    sa.column("seq", sa.Integer),
    sa.column("at", columns.UtcTime),
    sa.column("verb", sa.String),
    sa.column("subject_kind", sa.String),
    sa.column("subject_pid", sa.String),
    sa.column("unit_id", sa.Integer),
    sa.column("actor_id", sa.Integer),
    sa.column("actor_name", sa.String),
    sa.column("actor_role", sa.String),
    sa.column("data", columns.Plain),
    sa.column("sealed", columns.Plain),
    sa.column("previous", sa.String),
    sa.column("digest", sa.String),
)
HEAD = sa.table(
    "trail_head",
    sa.column("id", sa.Integer),
    sa.column("seq", sa.Integer),
    sa.column("digest", sa.String),
)
Seals = Mapping[tuple[str, str], Mapping[str, str]]
"""Digest by the name of the check, of each thing by its table and public id."""
AT_ONCE = 500


def append_seals(connection: sa.Connection, seals: Seals) -> None:
    """An event for each thing, the next links of the chain, marked as backfilled."""
    if not seals:
        return
    head = connection.execute(sa.select(HEAD).where(HEAD.c.id == 1)).one_or_none()
    if head is None:
        connection.execute(HEAD.insert().values(id=1, seq=0, digest=GENESIS))
    seq, previous = (head.seq, head.digest) if head is not None else (0, GENESIS)
    now = datetime.now(UTC).replace(microsecond=0)
    waiting = []
    for (kind, pid), sealed in seals.items():
        seq += 1
        values = {
            "seq": seq,
            "at": now,
            "verb": SEALED,
            "subject_kind": kind,
            "subject_pid": pid,
            "unit_id": None,
            "actor_id": None,
            "actor_name": SYSTEM.name,
            "actor_role": "",
            "data": {"backfilled": True},
            "sealed": dict(sealed),
            "previous": previous,
        }
        previous = digest_of(TrailEvent(**values))
        waiting.append({**values, "digest": previous})
        if len(waiting) == AT_ONCE:
            connection.execute(EVENT.insert(), waiting)
            waiting = []
    if waiting:
        connection.execute(EVENT.insert(), waiting)
    connection.execute(HEAD.update().where(HEAD.c.id == 1).values(seq=seq, digest=previous))
