"""`flask work`: the one worker and clock. Renders papers, opens reports, backs up at night;
catches up.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from pledge_app.documents import work as paper_work
from pledge_app.home import digest
from pledge_app.jobs.models import Duty
from pledge_app.jobs.worker import run_next
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.meetings import pack
from pledge_app.notices import mail
from pledge_app.progress.operations import open_due_reports
from pledge_app.upkeep import backup

log = logging.getLogger(__name__)
PAUSE = 0.5  # seconds
LONG_PAUSE = 5.0  # when the database or the disk does not answer
JUST_NOW = 5.0
TRY_AGAIN = timedelta(minutes=10)  # a duty that failed
HANDLERS = {**paper_work.HANDLERS, **pack.HANDLERS, mail.DELIVER: mail.deliver}
GIVEN_UP = {**paper_work.GIVEN_UP, **pack.GIVEN_UP}
BACKUP_HOUR = 1  # after one o'clock at night, Vietnam


def open_reports(at: datetime) -> str:
    """Open what is due on the business date."""
    today = clock.today()
    return f"{today}: {len(open_due_reports(today=today, at=at))}"


def nightly_backup(at: datetime) -> str:
    """One verified backup a day into DATA_DIR/backups, the last 14 kept."""
    settings = current_app.config["SETTINGS"]
    return str(backup.nightly(settings.data_dir / "backups", at=at))


def _report_day(at: datetime) -> str:
    return str(clock.today())


def _backup_day(at: datetime) -> str:
    here = clock.local(at)
    return str(here.date()) if here.hour >= BACKUP_HOUR else ""


# name, the day for which it is due now ("" = not yet), what to do
DUTIES: tuple[tuple[str, Callable[[datetime], str], Callable[[datetime], str]], ...] = (
    ("open_reports", _report_day, open_reports),
    ("backup", _backup_day, nightly_backup),
    ("digest", digest.day_of, digest.write_all),
)


def do_duties(at: datetime) -> None:
    """Each duty once for its day; one that failed is tried again after TRY_AGAIN. Several
    workers take turns.
    """
    due = [
        (name, day, act)
        for name, due_for, act in DUTIES
        if (day := due_for(at)) and _still_due(name, day, at)
    ]
    db.session.rollback()
    if not due:
        return
    with (current_app.config["SETTINGS"].data_dir / "duties.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # another worker is at it
            return
        for name, day, act in due:
            if _still_due(name, day, at):
                _do(name, day, act, at)


def _still_due(name: str, day: str, at: datetime) -> bool:
    row = db.session.get(Duty, name, populate_existing=True)
    if row is None:
        return True
    failed_lately = (
        bool(row.error) and row.done_at is not None and timedelta(0) <= at - row.done_at < TRY_AGAIN
    )
    return row.done_for != day and not failed_lately


def _do(name: str, day: str, act: Callable[[datetime], str], at: datetime) -> None:
    error = ""
    try:
        log.info("duty %s %s: %s", name, day, act(at))
        db.session.commit()
    except Exception as failure:  # one duty must not stop the others
        log.exception("duty %s", name)
        db.session.rollback()
        error = f"{type(failure).__name__}: {failure}"[:500]
    row = db.session.get(Duty, name) or Duty(name=name, done_for="")
    row.done_for, row.done_at, row.error = row.done_for if error else day, at, error
    db.session.add(row)
    db.session.commit()


def drain(tell: Callable[[int], None] = lambda done: None) -> int:
    """Do all jobs that are due now; how many."""
    done = 0
    while run_next(HANDLERS, GIVEN_UP):
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
        busy, pause = False, PAUSE
        try:
            _beat()
            do_duties(clock.now())
            busy = run_next(HANDLERS, GIVEN_UP)
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
