"""One worker: lease, do, say how it ended. Every step is a short transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from pledge_app.jobs import operations
from pledge_app.jobs.models import Payload
from pledge_app.jobs.renewing import renewing
from pledge_app.kernel import clock
from pledge_app.kernel.base import db

log = logging.getLogger(__name__)
Handler = Callable[[Payload], None]
GivenUp = Callable[[Payload, str], None]


def run_next(handlers: Mapping[str, Handler], given_up: Mapping[str, GivenUp]) -> bool:
    """Do the next due job; False when there is none. A failure is kept in the job's row and
    tried again.
    """
    job = operations.lease(at=clock.now())
    if job is None:
        db.session.rollback()
        return False
    held = operations.Lease(job.id, job.lease_token or "")
    kind, payload = job.kind, dict(job.payload)
    worn_out = job.attempts > operations.MOST_ATTEMPTS
    told = job.error or "the worker was killed at every attempt"
    db.session.commit()
    if worn_out:  # the last attempt ended with the worker's own death
        _end(held, kind, payload, told, given_up)
        return True
    with renewing(held):
        reason = _do(
            held,
            kind,
            payload,
            handlers,
        )
    if reason is not None:
        _end(
            held,
            kind,
            payload,
            reason,
            given_up,
        )
    return True


def _do(
    held: operations.Lease,
    kind: str,
    payload: Payload,
    handlers: Mapping[str, Handler],
) -> str | None:
    """ "" when it is done, else why it is not; None when another worker took the job over. No
    transaction is open afterwards.
    """
    try:
        with operations.holding(held):
            handlers[kind](payload)
    except operations.LeaseLost:
        db.session.rollback()
        log.warning(
            "job %s %s: another worker took it over, the result is discarded",
            held.job_id,
            kind,
        )
        return None
    except Exception as error:  # whatever a job raises must not end the worker
        log.exception("job %s %s", held.job_id, kind)
        db.session.rollback()
        return f"{type(error).__name__}: {error}"
    return ""


def _end(
    held: operations.Lease,
    kind: str,
    payload: Payload,
    reason: str,
    given_up: Mapping[str, GivenUp],
) -> None:
    """Done, or failed for `reason`; nothing when another worker took the job over meanwhile."""
    try:
        if reason:
            _fail(held, kind, payload, reason, given_up)
        else:
            operations.finish(held, at=clock.now())
            db.session.commit()
    except operations.LeaseLost:
        db.session.rollback()
        log.warning("job %s %s: another worker took it over", held.job_id, kind)


def _fail(
    held: operations.Lease,
    kind: str,
    payload: Payload,
    reason: str,
    given_up: Mapping[str, GivenUp],
) -> None:
    """A job that is given up and what was asked of it fail in one transaction, or both go on:
    when that transaction fails, this attempt does not count. Raises LeaseLost.
    """
    try:
        if operations.fail(held, reason, at=clock.now()) and kind in given_up:
            given_up[kind](payload, reason)
        db.session.commit()
    except operations.LeaseLost:
        raise
    except Exception:  # whatever a room raises must not end the worker
        log.exception("job %s %s could not be given up", held.job_id, kind)
        db.session.rollback()
        operations.put_back(held, reason, at=clock.now())
        db.session.commit()
