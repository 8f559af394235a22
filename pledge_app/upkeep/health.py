"""/healthz: shallow for a load balancer, deep for an operator."""

from __future__ import annotations

import shutil
from datetime import timedelta

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select, text

from pledge_app.accounts.current import public
from pledge_app.config import Settings
from pledge_app.jobs.models import Job, JobState
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.database import own_writer
from pledge_app.upkeep import backup

bp = Blueprint("health", __name__)
OLDEST_BACKUP = timedelta(hours=48)
LEAST_DISK = 0.10
LONGEST_QUEUE = timedelta(minutes=10)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """200 when all is well, 503 naming what is not."""
    checks = {"database": db.session.scalar(text("SELECT 1")) == 1}
    if request.args.get("deep") == "1":
        checks |= _deep()
    return jsonify(ok=all(checks.values()), checks=checks), 200 if all(checks.values()) else 503


def _deep() -> dict[str, bool]:
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    with own_writer(db.engine) as connection:
        connection.execute(text("CREATE TEMPORARY TABLE IF NOT EXISTS pulse (at TEXT)"))
    probe = settings.data_dir / ".pulse"
    probe.write_text(now.isoformat(), encoding="ascii")
    disk = shutil.disk_usage(settings.data_dir)
    oldest = db.session.scalar(select(func.min(Job.run_after)).where(Job.state == JobState.WAITING,
                                                                     Job.run_after <= now))
    age = backup.age(settings.data_dir / "backups", at=now)
    alive = settings.data_dir / "worker.alive"
    return {
        "store": probe.read_text(encoding="ascii") == now.isoformat(),
        "disk": disk.free / disk.total >= LEAST_DISK,
        "queue": oldest is None or now - oldest < LONGEST_QUEUE,
        "worker": alive.exists() and now.timestamp() - alive.stat().st_mtime < 180,
        "backup": age is not None and age < OLDEST_BACKUP,
    }
