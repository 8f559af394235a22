"""Restore a checked backup into an empty directory only; verify what is there."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import inspect, select
from sqlalchemy.engine import make_url

from pledge_app.audit.models import TrailEvent, TrailHead
from pledge_app.config import Settings
from pledge_app.kernel import crash
from pledge_app.kernel.base import db
from pledge_app.upkeep import postgres
from pledge_app.upkeep.backup import FILES, SNAPSHOT, Manifest, check_backup, integrity, sha256_of
from pledge_app.upkeep.errors import UpkeepError
from pledge_app.upkeep.upgrade import knows

DATABASE = "pledge.sqlite"
TORN = ".restoring"  # inside the target: written there, then moved into place


def restore(place: Path, into: Path, settings: Settings) -> Manifest:
    """Write a checked backup into an empty directory (SQLite), or beside it an empty database
    (PostgreSQL).

    Gives the manifest. Raises UpkeepError, naming the first bad file, before anything is written. A
    restore that was cut off is begun again by the same command.
    """
    manifest = check_backup(place)
    kind = make_url(settings.database_url).get_backend_name()
    if manifest.get("database", kind) != kind:
        raise UpkeepError(
            f"bản sao lưu là của {manifest['database']}, DATABASE_URL đang chỉ tới {kind}"
        )
    if not knows(str(manifest["schema"])):
        raise UpkeepError(
            f"bản sao lưu của phần mềm {manifest['version']} mới hơn phần mềm này; "
            "hãy cài phiên bản đó rồi khôi phục"
        )
    if kind == "sqlite":
        _compare_head(manifest, _digest_in(place / SNAPSHOT, manifest))
    draft = into / TORN
    was_cut = draft.is_dir()
    if _is_done(into, manifest, kind):
        draft.rmdir()
        return manifest
    # Of a restore that was cut off: never in use.
    torn = {TORN, FILES} if (draft / DATABASE).is_file() else {TORN}
    if into.exists() and (not into.is_dir() or {path.name for path in into.iterdir()} - torn):
        raise UpkeepError(f"{into}: thư mục không trống, không ghi đè dữ liệu đang có")
    for name in torn:
        shutil.rmtree(into / name, ignore_errors=True)
    into.mkdir(
        parents=True,
        exist_ok=True,
        mode=0o700,
    )
    draft.mkdir(mode=0o700)
    shutil.copytree(place / FILES, draft / FILES)
    if kind == "sqlite":
        _copy_database(place / SNAPSHOT, draft / DATABASE)
    os.sync()
    crash.point("restore_copied")
    if kind != "sqlite" and not (was_cut and _is_loaded(manifest)):
        postgres.load(place / SNAPSHOT)
        crash.point("restore_loaded")
        _compare_head(manifest, _digest_loaded(manifest))
    # The store before the database: no row without its file.
    for path in sorted(draft.iterdir(), reverse=True):
        path.rename(into / path.name)
        crash.point("restore_moved")
    crash.point("restore_ends")
    draft.rmdir()
    os.sync()
    return manifest


def _copy_database(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    if integrity(target) != "ok":
        raise UpkeepError(f"{target}: cơ sở dữ liệu khôi phục không toàn vẹn")


def _compare_head(manifest: Manifest, digest: str | None) -> None:
    """The manifest names the head of the trail that was backed up: the database leads there."""
    if manifest["trail_seq"] and digest != manifest["trail_head"]:
        raise UpkeepError(
            f"bản kê ghi mốc nhật ký ở bản ghi số {manifest['trail_seq']}, cơ sở dữ liệu của bản "
            "sao lưu không có mốc đó: bản kê hoặc cơ sở dữ liệu đã bị thay"
        )


def _digest_in(database: Path, manifest: Manifest) -> str | None:
    """None: there is no such event. A file that is no database is told of when it is copied."""
    chosen = "SELECT digest FROM trail_event WHERE seq = ?"
    try:
        with closing(sqlite.connect(f"file:{database}?mode=ro", uri=True)) as copy:
            row = copy.execute(chosen, (manifest["trail_seq"],)).fetchone()
    except sqlite.OperationalError:
        return None
    except sqlite.DatabaseError:
        return manifest["trail_head"]
    return str(row[0]) if row is not None else None


def _digest_loaded(manifest: Manifest) -> str | None:
    chosen = select(TrailEvent.digest).where(TrailEvent.seq == manifest["trail_seq"])
    digest = db.session.scalar(chosen)
    db.session.rollback()
    return digest


def _is_done(into: Path, manifest: Manifest, kind: str) -> bool:
    """Whether a restore of this backup was cut off when all but its last step was done, and
    nobody used it since.
    """
    if not (into / TORN).is_dir() or any((into / TORN).iterdir()) or not (into / FILES).is_dir():
        return False
    database = into / DATABASE
    if kind != "sqlite":
        return _is_loaded(manifest)
    return database.is_file() and sha256_of(database) == manifest["files"][SNAPSHOT]


def _is_loaded(manifest: Manifest) -> bool:
    """Whether a restore of this backup was cut off after the database of PostgreSQL was loaded
    (all or nothing).
    """
    if not inspect(db.engine).has_table(TrailHead.__tablename__):
        return False
    head = db.session.get(TrailHead, 1)
    db.session.rollback()
    return head is not None and head.digest == manifest["trail_head"] != ""
