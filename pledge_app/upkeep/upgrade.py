"""`flask upgrade`: a verified backup first, one at a time, then the migrations; and the start-up self-check."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import inspect, text

from pledge_app.config import Settings
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.upkeep import backup


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Hold the lock file of this data directory; raises UpkeepError when somebody else does."""
    with (data_dir / "upgrade.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise backup.UpkeepError("một lần nâng cấp khác đang chạy, hãy chờ nó xong") from error
        yield


def upgrade() -> str:
    """Bring the database to this version; what was done, as a sentence."""
    settings: Settings = current_app.config["SETTINGS"]
    with alone(settings.data_dir):
        now, head = revision(), newest_revision()
        if now == head:
            return f"Cơ sở dữ liệu đã ở phiên bản {head}."
        made = backup.back_up(settings.data_dir / "backups", at=clock.now()) if now else None
        db.session.remove()
        flask_migrate.upgrade(directory=str(_directory()))
        return f"Đã nâng cấp cơ sở dữ liệu lên phiên bản {head}." + (f" Bản sao lưu trước đó: {made}." if made else "")


def revision() -> str | None:
    """The database's revision; None for an empty database."""
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    with db.engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def newest_revision() -> str:
    """The revision that this version of the program wants."""
    return str(ScriptDirectory(str(_directory())).get_current_head())


def problem(app: Flask) -> str | None:
    """Why the program must not serve this database, or None."""
    with app.app_context():
        now = revision()
        if now is None:
            return "Cơ sở dữ liệu còn trống. Hãy chạy: flask --app pledge_app upgrade"
        if now != newest_revision():
            return (f"Cơ sở dữ liệu ở phiên bản {now}, phần mềm cần {newest_revision()}. "
                    "Hãy chạy: flask --app pledge_app upgrade")
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                if connection.exec_driver_sql("PRAGMA foreign_keys").scalar() != 1:
                    return "SQLite không bật khóa ngoại; phần mềm không chạy với cấu hình này."
                if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
                    return "Cơ sở dữ liệu bị hỏng. Hãy khôi phục bản sao lưu gần nhất: flask --app pledge_app restore"
        db.session.remove()
    return None


def _directory() -> Path:
    return Path(current_app.root_path).parent / "migrations"
