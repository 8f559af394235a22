"""The queue. See docs/decisions for why it is a table of our own."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.canonical import JsonObject

Payload: TypeAlias = JsonObject
"""What the handler of the kind needs to know."""


class JobState(StrEnum):
    """Where a job stands. A leased job whose lease ran out is waiting again."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"


class Job(Identified, Base):
    """One single-step, idempotent effect. `key` is unique: asking twice is asking once."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "run_after"),)

    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    payload: Mapped[Payload]
    state: Mapped[JobState] = mapped_column(choice(JobState, "job_state"), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    # Who holds it; another at every leasing.
    lease_token: Mapped[str | None] = mapped_column(String(22))
    done_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")


class Duty(Base):
    """A periodic duty of the worker (open reports, nightly backup) and when it was last done."""

    __tablename__ = "duty"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    done_at: Mapped[datetime | None]
    # The day it was done for, so that a night off is caught up.
    done_for: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
