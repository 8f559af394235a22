"""Rows of the trail. Triggers in the migration refuse UPDATE and DELETE on both databases."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pledge_app.kernel.base import Base
from pledge_app.kernel.canonical import JsonObject


class TrailEvent(Base):
    """One act: who (as they were then), what, on which thing; `digest` chains it to the one
    before.
    """

    __tablename__ = "trail_event"
    __table_args__ = (Index("ix_trail_event_subject", "subject_kind", "subject_pid"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_pid: Mapped[str] = mapped_column(String(22))
    unit_id: Mapped[int | None] = mapped_column(index=True)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    actor_role: Mapped[str]
    data: Mapped[JsonObject]
    # Digests of the rows as the deed left them, by the name of their check; None: it seals none.
    sealed: Mapped[JsonObject | None]
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class TrailHead(Base):
    """The newest link of the chain; writing it first makes writers queue."""

    __tablename__ = "trail_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
