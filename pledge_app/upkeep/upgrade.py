"""`flask upgrade`: a verified backup first, one at a time, then the migrations; and the start-up
self-check.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from pledge_app.config import Settings
from pledge_app.kernel import clock, crash
from pledge_app.kernel.base import db
from pledge_app.upkeep import backup
from pledge_app.upkeep.errors import UpkeepError

UPGRADE = "Hãy chạy: flask --app pledge_app.application upgrade"
RESTORE = "Hãy khôi phục bản sao lưu gần nhất: flask --app pledge_app.application restore"
NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.rclone",
    "vboxsf",
}


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Hold the lock file of this data directory; raises UpkeepError when somebody else does."""
    with (data_dir / "upgrade.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UpkeepError("một lần nâng cấp khác đang chạy, hãy chờ nó xong") from error
        yield


def upgrade() -> str:
    """Bring the database to this version; what was done, as a sentence."""
    settings: Settings = current_app.config["SETTINGS"]
    db.session.remove()  # its transaction would stand in our own way
    with alone(settings.data_dir):
        now = revision()
        head = newest_revision()
        if now == head:
            return f"Cơ sở dữ liệu đã ở phiên bản {head}."
        copy = backup.back_up(settings.backup_dir, at=clock.now()) if now else None
        db.session.remove()
        crash.point("upgrade_begins")
        flask_migrate.upgrade(directory=str(_directory()))
        crash.point("upgrade_done")
        fault = database_problem()
        if fault is not None:
            raise UpkeepError(f"{fault} Bản sao lưu trước khi nâng cấp: {copy}")
        return f"Đã nâng cấp cơ sở dữ liệu lên phiên bản {head}." + (
            f" Bản sao lưu trước đó: {copy}." if copy else ""
        )


def revision() -> str | None:
    """The database's revision; None for an empty database."""
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    with db.engine.connect() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(version) if version else None


def newest_revision() -> str:
    """The revision that this version of the program wants."""
    return str(ScriptDirectory(str(_directory())).get_current_head())


def knows(schema: str) -> bool:
    """Whether this program's migrations contain that revision: older data can be upgraded, newer
    cannot be read.
    """
    return schema in {step.revision for step in ScriptDirectory(str(_directory())).walk_revisions()}


def problem(app: Flask) -> str | None:
    """Why the program must not serve this database, or None."""
    with app.app_context():
        try:
            now = revision()
            if now is None:
                return f"Cơ sở dữ liệu còn trống. {UPGRADE}"
            needed = newest_revision()
            if now != needed:
                advice = UPGRADE if knows(now) else "Hãy cài phiên bản phần mềm mới hơn."
                return f"Cơ sở dữ liệu ở phiên bản {now}, phần mềm cần {needed}. {advice}"
            return database_problem()
        except DBAPIError as error:
            return f"Không mở được cơ sở dữ liệu: {error.orig}. {RESTORE}"
        finally:
            db.session.remove()


def database_problem() -> str | None:
    """What SQLite must promise: foreign keys, a whole file, a disk of this machine. None for
    PostgreSQL.
    """
    if db.engine.dialect.name != "sqlite":
        return None
    database = db.engine.url.database or ""
    kind = file_system(Path(database))
    if kind in NETWORK:
        return (
            f"Cơ sở dữ liệu nằm trên ổ mạng ({kind}); SQLite có thể hỏng dữ liệu ở đó. "
            "Hãy đặt DATA_DIR trên ổ đĩa của chính máy này, hoặc dùng PostgreSQL."
        )
    with db.engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA foreign_keys").scalar() != 1:
            return "SQLite không bật khóa ngoại; phần mềm không chạy với cấu hình này."
        answer = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if answer != "ok":
            return f"Cơ sở dữ liệu bị hỏng ({answer}). {RESTORE}"
        orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if orphan is not None:
            return f"Cơ sở dữ liệu có dòng trỏ tới dòng không còn (bảng {orphan[0]}). {RESTORE}"
    return None


def file_system(path: Path, mounts: str | None = None) -> str:
    """The type of the file system that holds `path` ("ext4"), as /proc/self/mounts tells; ""
    when it cannot be told.
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    best = ""
    best_kind = ""
    for line in mounts.splitlines():
        _device, point, kind, *_rest = line.split(" ")
        point = point.replace("\\040", " ")
        if path.is_relative_to(point) and len(point) >= len(best):
            best = point
            best_kind = kind
    return best_kind


def _directory() -> Path:
    return Path(current_app.root_path).parent / "migrations"
