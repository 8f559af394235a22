"""`flask work`: the one worker and clock. Does the jobs and the duties that the rooms register;
catches up.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from pledge_app.jobs.models import Duty
from pledge_app.jobs.worker import run_next
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.room import ClockDuty, rooms

log = logging.getLogger(__name__)
PAUSE = 0.5  # seconds
LONG_PAUSE = 5.0  # when the database or the disk does not answer
JUST_NOW = 5.0
TRY_AGAIN = timedelta(minutes=10)  # a duty that failed


def do_duties(at: datetime, duties: Sequence[ClockDuty]) -> None:
    """Each duty once for its day; one that failed is tried again after TRY_AGAIN. Several
    workers take turns.
    """
    due = [(duty, duty.due_for(at)) for duty in duties]
    due = [(duty, day) for duty, day in due if day and _still_due(duty, day, at)]
    db.session.rollback()
    if not due:
        return
    with (current_app.config["SETTINGS"].data_dir / "duties.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # another worker is at it
            return
        for duty, day in due:
            if _still_due(duty, day, at):
                _do(duty, day, at)


def _still_due(duty: ClockDuty, day: str, at: datetime) -> bool:
    row = db.session.get(Duty, duty.name, populate_existing=True)
    if row is None:
        return True
    if row.error and row.done_at is not None and timedelta(0) <= at - row.done_at < TRY_AGAIN:
        return False
    return row.done_for != day


def _do(duty: ClockDuty, day: str, at: datetime) -> None:
    error = ""
    try:
        log.info(
            "duty %s %s: %s",
            duty.name,
            day,
            duty.act(at),
        )
        db.session.commit()
    except Exception as failure:  # one duty must not stop the others
        log.exception("duty %s", duty.name)
        db.session.rollback()
        error = f"{type(failure).__name__}: {failure}"[:500]
    row = db.session.get(Duty, duty.name) or Duty(name=duty.name, done_for="")
    row.done_at = at
    row.error = error
    if not error:
        row.done_for = day
    db.session.add(row)
    db.session.commit()


def do_next_job() -> bool:
    """Do the next due job of any room's kind; False when there is none."""
    kinds = rooms().jobs.values()
    handlers = {kind.name: kind.do for kind in kinds}
    given_up = {kind.name: kind.give_up for kind in kinds if kind.give_up is not None}
    return run_next(handlers, given_up)


def drain(tell: Callable[[int], None] = lambda done: None) -> int:
    """Do all jobs that are due now; how many."""
    done = 0
    while do_next_job():
        done += 1
        tell(done)
    return done


def work(*, once: bool = False) -> None:
    """Work until SIGTERM or SIGINT; a job that has begun is finished first."""
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    parent = os.getppid()
    try:
        _rounds(once, stopping, parent)
    finally:
        _pulse().unlink(missing_ok=True)


def _rounds(once: bool, stopping: list[int], parent: int) -> None:
    while not stopping:
        busy = False
        pause = PAUSE
        try:
            _beat()
            do_duties(clock.now(), rooms().duties)
            busy = do_next_job()
        except (SQLAlchemyError, OSError):
            log.exception("the worker waits and tries again")
            db.session.rollback()
            pause = LONG_PAUSE
            if once:
                raise
        finally:
            db.session.remove()
        if os.getppid() != parent:  # the demo that started us is gone
            return
        if not busy:
            if once:
                return
            time.sleep(pause)


def is_alive() -> bool:
    """Whether a worker of this data directory went round a moment ago."""
    try:
        return time.time() - _pulse().stat().st_mtime < JUST_NOW
    except FileNotFoundError:
        return False


def _beat() -> None:
    """A file whose age tells /healthz that the worker lives."""
    _pulse().touch()


def _pulse() -> Path:
    directory: Path = current_app.config["SETTINGS"].data_dir
    return directory / "worker.alive"
