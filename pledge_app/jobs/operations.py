"""Ask for work, lease it, say how it ended. At least once; effects are idempotent by their key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, CursorResult, Update, or_, select, update
from sqlalchemy.exc import IntegrityError

from pledge_app.jobs.models import Job, JobState
from pledge_app.kernel.base import db, new_pid

LEASE = timedelta(seconds=90)  # renewed while the job is done: so long after its death it waits
MOST_ATTEMPTS = 3
NOT_COUNTED = timedelta(seconds=30)  # until an attempt whose end could not be kept is made again


@dataclass(frozen=True)
class Lease:
    """The right to end one job, until somebody else takes it over."""

    job_id: int
    token: str


class LeaseLost(Exception):
    """Another worker took the job over: what this one made is discarded."""


_held: ContextVar[Lease | None] = ContextVar("lease", default=None)


def enqueue(
    kind: str,
    key: str,
    *,
    at: datetime,
    **payload: object,
) -> Job:
    """Ask for `kind` in this transaction. A second call with the same `key` gives the first job
    back.
    """
    job = db.session.scalar(select(Job).where(Job.key == key))
    if job is None:
        try:
            with db.session.begin_nested():
                job = Job(
                    kind=kind,
                    key=key,
                    payload=payload,
                    run_after=at,
                )
                db.session.add(job)
        except IntegrityError:  # somebody asked for the same at the same moment
            return db.session.scalars(select(Job).where(Job.key == key)).one()
    return job


def retry(job: Job, *, at: datetime) -> None:
    """Give a failed job a new set of attempts. A worker that still holds it has lost it."""
    job.state = JobState.WAITING
    job.attempts = 0
    job.error = ""
    job.run_after = at
    job.lease_token = None


def lease(*, at: datetime) -> Job | None:
    """The next due job, leased until `at` + LEASE; a job whose lease ran out is due again."""
    due = or_(
        Job.state == JobState.WAITING,
        (Job.state == JobState.LEASED) & (Job.lease_until < at),
    )
    job = db.session.scalar(
        select(Job)
        .where(due, Job.run_after <= at)
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is not None:
        job.state = JobState.LEASED
        job.lease_until = at + LEASE
        job.lease_token = new_pid()
        job.attempts += 1
    return job


@contextmanager
def holding(held: Lease) -> Iterator[None]:
    """While a job is done: `hold` then asks for this lease."""
    before = _held.set(held)
    try:
        yield
    finally:
        _held.reset(before)


def hold(*, at: datetime) -> None:
    """Ask, in this transaction, whether the job being done is still this worker's, and lease it
    for LEASE more.

    A handler calls it in the transaction that keeps its result, and between its long steps. Raises
    LeaseLost. Outside a worker there is nothing to lose.
    """
    held = _held.get()
    if held is not None:
        _still(held, lease_until=at + LEASE)


def finish(held: Lease, *, at: datetime) -> None:
    """The effect is done. Raises LeaseLost."""
    _still(
        held,
        state=JobState.DONE,
        done_at=at,
        lease_until=None,
        lease_token=None,
        error="",
    )


def close(job: Job, *, at: datetime) -> None:
    """What was asked for was done without a worker (the demo's story). A worker that holds the
    job has lost it.
    """
    job.state = JobState.DONE
    job.done_at = at
    job.lease_until = None
    job.lease_token = None
    job.error = ""


def fail(held: Lease, reason: str, *, at: datetime) -> bool:
    """Try again later, or give up after MOST_ATTEMPTS; True when it gave up. Raises LeaseLost."""
    attempts = db.session.scalar(select(Job.attempts).where(Job.id == held.job_id)) or 0
    given_up = attempts >= MOST_ATTEMPTS
    _still(
        held,
        state=JobState.FAILED if given_up else JobState.WAITING,
        lease_until=None,
        lease_token=None,
        error=reason[:2000],
        run_after=at + timedelta(seconds=5 * attempts),
    )
    return given_up


def put_back(held: Lease, reason: str, *, at: datetime) -> None:
    """That this attempt failed for `reason` could not be kept: it is made again and does not
    count. Raises LeaseLost.
    """
    _still(
        held,
        state=JobState.WAITING,
        lease_until=None,
        lease_token=None,
        attempts=Job.attempts - 1,
        error=reason[:2000],
        run_after=at + NOT_COUNTED,
    )


def renew(connection: Connection, held: Lease, *, at: datetime) -> None:
    """LEASE more, beside the transaction in which the job is done. Raises LeaseLost."""
    _change(connection.execute, held, lease_until=at + LEASE)


def _still(held: Lease, **values: object) -> None:
    """Change the job's row if the lease is still the one that it names."""
    _change(db.session.execute, held, **values)


def _change(execute: Callable[[Update], object], held: Lease, **values: object) -> None:
    """One statement, so nobody comes between."""
    mine = (
        (Job.id == held.job_id) & (Job.lease_token == held.token) & (Job.state == JobState.LEASED)
    )
    changed = execute(update(Job).where(mine).values(**values))
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        raise LeaseLost(f"job {held.job_id}")
