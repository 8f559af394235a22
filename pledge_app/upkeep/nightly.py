"""The nightly backup as a duty of the worker."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from pledge_app.kernel import clock
from pledge_app.upkeep import backup

BACKUP_HOUR = 1  # after one o'clock at night, Vietnam


def backup_day(at: datetime) -> str:
    """The day whose backup is due; "" before BACKUP_HOUR."""
    here = clock.local(at)
    return str(here.date()) if here.hour >= BACKUP_HOUR else ""


def nightly_backup(at: datetime) -> str:
    """One verified backup a day into DATA_DIR/backups, the last 14 kept."""
    settings = current_app.config["SETTINGS"]
    return str(backup.nightly(settings.backup_dir, at=at))
