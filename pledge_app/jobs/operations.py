"""Ask for work, lease it, say how it ended. At least once; effects are idempotent by their key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from pledge_app.jobs.models import Job, JobState
from pledge_app.kernel.base import db

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 3


def enqueue(kind: str, key: str, *, at: datetime, **payload: Any) -> Job:
    """Ask for `kind` in this transaction. A second call with the same `key` gives the first job back."""
    job = db.session.scalar(select(Job).where(Job.key == key))
    if job is None:
        job = Job(kind=kind, key=key, payload=payload, run_after=at)
        db.session.add(job)
        db.session.flush()
    return job


def retry(job: Job, *, at: datetime) -> None:
    """Give a failed job a new set of attempts."""
    job.state, job.attempts, job.error, job.run_after = JobState.WAITING, 0, "", at


def lease(*, at: datetime) -> Job | None:
    """The next due job, leased until `at` + LEASE; a job whose lease ran out is due again."""
    due = or_(Job.state == JobState.WAITING,
              (Job.state == JobState.LEASED) & (Job.lease_until < at))
    job = db.session.scalar(select(Job).where(due, Job.run_after <= at).order_by(Job.run_after, Job.id)
                            .limit(1).with_for_update(skip_locked=True))
    if job is not None:
        job.state, job.lease_until, job.attempts = JobState.LEASED, at + LEASE, job.attempts + 1
    return job


def finish(job: Job, *, at: datetime) -> None:
    """The effect is done."""
    job.state, job.done_at, job.lease_until, job.error = JobState.DONE, at, None, ""


def fail(job: Job, reason: str, *, at: datetime) -> bool:
    """Try again later, or give up after MOST_ATTEMPTS; True when it gave up."""
    job.error, job.lease_until = reason[:2000], None
    given_up = job.attempts >= MOST_ATTEMPTS
    job.state = JobState.FAILED if given_up else JobState.WAITING
    job.run_after = at + timedelta(seconds=5 * job.attempts)
    return given_up
