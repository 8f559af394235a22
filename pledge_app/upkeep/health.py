"""/healthz: shallow for a load balancer, deep for an operator."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from pledge_app.accounts.current import public
from pledge_app.audit.models import TrailEvent
from pledge_app.child.isolation import Isolation, isolation
from pledge_app.config import Settings
from pledge_app.documents import stored
from pledge_app.jobs.models import Duty, Job, JobState
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.database import own_writer
from pledge_app.notices import mail
from pledge_app.upkeep import backup

bp = Blueprint("health", __name__)
OLDEST_BACKUP = timedelta(hours=48)
LEAST_DISK = 0.10
LONGEST_QUEUE = timedelta(minutes=10)
LONGEST_SILENCE = timedelta(minutes=3)
CLOCK_SLACK = timedelta(seconds=2)
# A deep answer is given again for so long: a stranger cannot make us write all day.
KEPT = timedelta(seconds=5)
PULSE = "pulse"


@bp.get("/ping")
@public
def ping() -> ResponseReturnValue:
    """A fixed text: what a page costs before it does anything; the measure of `make bench`."""
    return "pong", 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """200 when all is well, 503 naming what is not."""
    is_deep = request.args.get("deep") == "1"
    checks = _deep(clock.now()) if is_deep else {"database": _holds(_reads)}
    is_well = all(checks.values())
    answer: dict[str, object] = {"ok": is_well, "checks": checks}
    if is_deep:
        answer["isolation"] = isolation().value
    return jsonify(answer), 200 if is_well else 503


def _deep(now: datetime) -> dict[str, bool]:
    kept: tuple[datetime, dict[str, bool]] | None = current_app.extensions.get("healthz")
    if kept is not None and timedelta(0) <= now - kept[0] < KEPT:
        return kept[1]
    checks = {
        name: _holds(partial(probe, now))
        for name, probe in (
            ("database", _writes),
            ("store", _stores),
            ("disk", _has_space),
            ("queue", _flows),
            ("worker", _works),
            ("backup", _backed_up),
            ("clock", _forward),
            ("mail", mail.flows),
            ("files", _whole),
            ("isolation", _isolated),
        )
    }
    current_app.extensions["healthz"] = now, checks
    return checks


def _holds(probe: Callable[[], bool]) -> bool:
    """A probe that cannot be made does not hold."""
    try:
        return probe()
    except (SQLAlchemyError, OSError, ValueError, KeyError):
        current_app.logger.exception("healthz")
        db.session.rollback()
        return False


def _reads() -> bool:
    return bool(db.session.scalar(text("SELECT 1")) == 1)


def _writes(now: datetime) -> bool:
    """A row is written and read back by a connection of its own."""
    with own_writer(db.engine) as connection:
        connection.execute(delete(Duty).where(Duty.name == PULSE))
        connection.execute(
            insert(Duty).values(
                name=PULSE,
                done_at=now,
                done_for="",
                error="",
            )
        )
    with own_writer(db.engine) as connection:
        pulse: datetime | None = connection.scalar(select(Duty.done_at).where(Duty.name == PULSE))
    return pulse is not None and pulse.timestamp() == now.timestamp()


def _stores(now: datetime) -> bool:
    probe = _settings().data_dir / ".pulse"
    probe.write_text(now.isoformat(), encoding="ascii")
    return probe.read_text(encoding="ascii") == now.isoformat()


def _whole(_now: datetime) -> bool:
    """No stored file is known that does not match its hash."""
    return stored.all_is_whole()


def _isolated(_now: datetime) -> bool:
    """What makes papers and opens uploads cannot read the data directory."""
    return isolation() is not Isolation.NONE


def _has_space(_now: datetime) -> bool:
    disk = shutil.disk_usage(_settings().data_dir)
    return disk.free / disk.total >= LEAST_DISK


def _flows(now: datetime) -> bool:
    """No job has waited too long. A leased one whose lease ran out waits again."""
    oldest = db.session.scalar(
        select(func.min(Job.run_after)).where(
            (Job.state == JobState.WAITING)
            | ((Job.state == JobState.LEASED) & (Job.lease_until < now)),
            Job.run_after <= now,
        )
    )
    return oldest is None or now - oldest < LONGEST_QUEUE


def _works(now: datetime) -> bool:
    alive = _settings().data_dir / "worker.alive"
    return (
        alive.exists() and now.timestamp() - alive.stat().st_mtime < LONGEST_SILENCE.total_seconds()
    )


def _backed_up(now: datetime) -> bool:
    age = backup.age(_settings().backup_dir, at=now)
    return age is not None and age < OLDEST_BACKUP


def _forward(now: datetime) -> bool:
    """The clock did not go back behind what the trail has seen."""
    last = db.session.scalar(select(TrailEvent.at).order_by(TrailEvent.seq.desc()).limit(1))
    return last is None or last <= now + CLOCK_SLACK


def _settings() -> Settings:
    configured: Settings = current_app.config["SETTINGS"]
    return configured
