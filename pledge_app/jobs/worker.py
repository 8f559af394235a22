"""One worker: lease, do, say how it ended. Every step is a short transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from pledge_app.jobs import operations
from pledge_app.jobs.models import Job
from pledge_app.kernel import clock
from pledge_app.kernel.base import db

log = logging.getLogger(__name__)
Handler = Callable[[dict[str, Any]], None]
GivenUp = Callable[[dict[str, Any], str], None]


def run_next(handlers: Mapping[str, Handler], given_up: Mapping[str, GivenUp]) -> bool:
    """Do the next due job; False when there is none. A failure is kept in the job's row and tried again."""
    job = operations.lease(at=clock.now())
    if job is None:
        db.session.rollback()
        return False
    job_id, kind, payload = job.id, job.kind, dict(job.payload)
    worn_out = job.attempts > operations.MOST_ATTEMPTS
    db.session.commit()
    if worn_out:  # every attempt ended with the worker's own death
        _failed(job_id, kind, payload, "the worker was killed at every attempt", given_up)
        return True
    try:
        handlers[kind](payload)
    except Exception as error:  # whatever a job raises must not end the worker
        log.exception("job %s %s", job_id, kind)
        db.session.rollback()
        _failed(job_id, kind, payload, f"{type(error).__name__}: {error}", given_up)
    else:
        operations.finish(db.session.get_one(Job, job_id), at=clock.now())
        db.session.commit()
    return True


def _failed(job_id: int, kind: str, payload: dict[str, Any], reason: str, given_up: Mapping[str, GivenUp]) -> None:
    over = operations.fail(db.session.get_one(Job, job_id), reason, at=clock.now())
    db.session.commit()
    if over and kind in given_up:
        given_up[kind](payload, reason)
