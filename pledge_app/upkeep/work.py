"""`flask work`: the one worker and clock. Renders papers, opens reports, backs up at night; catches up."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import datetime
from types import FrameType

from flask import current_app

from pledge_app.documents import work as paper_work
from pledge_app.jobs.models import Duty
from pledge_app.jobs.worker import run_next
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.progress.operations import open_due_reports
from pledge_app.upkeep import backup

log = logging.getLogger(__name__)
PAUSE = 0.5
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
)


def do_duties(at: datetime) -> None:
    """Each duty once for its day; a failure is kept in its row and tried again on the next round of a new day."""
    for name, due_for, act in DUTIES:
        wanted = due_for(at)
        row = db.session.get(Duty, name)
        done_for = row.done_for if row is not None else ""
        db.session.rollback()
        if wanted and wanted != done_for:
            _do(name, wanted, act, at)


def _do(name: str, wanted: str, act: Callable[[datetime], str], at: datetime) -> None:
    error = ""
    try:
        log.info("duty %s %s: %s", name, wanted, act(at))
        db.session.commit()
    except Exception as failure:  # one duty must not stop the others
        log.exception("duty %s", name)
        db.session.rollback()
        error = f"{type(failure).__name__}: {failure}"[:500]
    row = db.session.get(Duty, name) or Duty(name=name)
    row.done_for, row.done_at, row.error = wanted, clock.now(), error
    db.session.add(row)
    db.session.commit()


def drain(tell: Callable[[int], None] = lambda done: None) -> int:
    """Do all jobs that are due now; how many."""
    done = 0
    while run_next(paper_work.HANDLERS, paper_work.GIVEN_UP):
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
    while not stopping:
        _beat()
        do_duties(clock.now())
        busy = run_next(paper_work.HANDLERS, paper_work.GIVEN_UP)
        db.session.remove()
        if once and not busy:
            return
        if os.getppid() != parent:  # the demo that started us is gone
            return
        if not busy:
            time.sleep(PAUSE)


def _beat() -> None:
    """A file whose age tells /healthz that the worker lives."""
    settings = current_app.config["SETTINGS"]
    (settings.data_dir / "worker.alive").touch()
