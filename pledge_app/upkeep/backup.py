"""Backup: the trail's head, a snapshot of the database, then every stored file, then the
manifest; verified.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypedDict

import pysqlite3.dbapi2 as sqlite
from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from pledge_app.audit.models import TrailEvent, TrailHead
from pledge_app.config import VERSION
from pledge_app.documents.models import StoredFile
from pledge_app.documents.operations import store
from pledge_app.kernel import crash
from pledge_app.kernel.base import db
from pledge_app.upkeep import postgres
from pledge_app.upkeep.errors import UpkeepError

KEPT = 14
MANIFEST = "manifest.json"
SNAPSHOT = "database"
FILES = "store"


class DatabaseState(TypedDict):
    """What a backup says of the database that it holds; `counts` are rows by kind of thing."""

    version: str
    made_at: str
    trail_seq: int
    trail_head: str
    schema: str
    database: str
    counts: dict[str, int]


class Manifest(DatabaseState):
    """The list of a backup: SHA-256 by file, and the stored files that were damaged."""

    damaged: list[str]
    files: dict[str, str]


def back_up(target: Path, *, at: datetime) -> Path:
    """A new directory in `target`, verified after writing. Its name is the time; an unfinished
    one ends in .tmp.

    Raises UpkeepError. When only a stored file was damaged or missing before, the backup is kept
    all the same (it is the newest there is) and the error names the file.
    """
    place = target / f"{at:%Y%m%d-%H%M%S-%f}"
    draft = place.with_suffix(".tmp")
    try:
        damaged = _written(draft, newest(target), at)
        crash.point("backup_written")
        draft.rename(place)
        os.sync()
    except (OSError, sqlite.Error) as error:
        shutil.rmtree(draft, ignore_errors=True)  # it would keep the full disk full
        raise UpkeepError(
            f"không ghi được bản sao lưu vào {target} ({error}). Dữ liệu đang dùng không thay "
            f"đổi; hãy "
            "kiểm tra chỗ trống và quyền ghi trên đĩa rồi sao lưu lại."
        ) from error
    except UpkeepError:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if damaged:
        raise UpkeepError(
            f"tệp {damaged[0]}: thiếu hoặc hỏng trong kho. Bản sao lưu vẫn được giữ tại {place}; "
            "hãy lấy lại tệp này từ một bản sao lưu cũ hơn."
        )
    return place


def _written(draft: Path, before: Path | None, at: datetime) -> list[str]:
    """Write and verify one backup in `draft`; gives what `_copy_store` found damaged."""
    draft.mkdir(parents=True, mode=0o700)
    state = _state(at)
    _snapshot(draft / SNAPSHOT)
    crash.point("backup_snapshot")
    damaged = _copy_store(draft / FILES, before)
    manifest: Manifest = {
        **state,
        "damaged": damaged,
        "files": {str(path.relative_to(draft)): sha256_of(path) for path in _all_files(draft)},
    }
    (draft / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    os.sync()
    check_backup(draft)
    return damaged


def nightly(target: Path, *, at: datetime) -> Path:
    """One backup, and the oldest beyond KEPT removed, together with what a power cut left
    unfinished.
    """
    for torn in target.glob("*.tmp"):
        shutil.rmtree(torn)
    backup = back_up(target, at=at)
    for old in _whole(target)[:-KEPT]:
        shutil.rmtree(old)
    return backup


def check_backup(place: Path) -> Manifest:
    """The manifest, after every file was compared with it. Raises UpkeepError naming the first
    bad file.
    """
    try:
        manifest: Manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        files = dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UpkeepError(f"{place / MANIFEST}: không đọc được bản kê của bản sao lưu") from error
    if SNAPSHOT not in files:
        raise UpkeepError(f"{place / MANIFEST}: bản kê không có cơ sở dữ liệu")
    for name, digest in sorted(files.items()):
        path = place / name
        if not path.resolve().is_relative_to(place.resolve()):
            raise UpkeepError(f"{name}: tên tệp không hợp lệ trong bản kê")
        if not path.is_file():
            raise UpkeepError(f"{name}: thiếu trong bản sao lưu")
        if sha256_of(path) != digest:
            raise UpkeepError(f"{name}: nội dung khác với lúc sao lưu")
    return manifest


def newest(target: Path) -> Path | None:
    """The newest whole backup, or None."""
    whole = _whole(target) if target.is_dir() else []
    return whole[-1] if whole else None


def age(target: Path, *, at: datetime) -> timedelta | None:
    """How old the newest backup is."""
    last = newest(target)
    if last is None:
        return None
    made_at = json.loads((last / MANIFEST).read_text(encoding="utf-8"))["made_at"]
    return at - datetime.fromisoformat(made_at)


def sha256_of(path: Path) -> str:
    """64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def integrity(path: Path) -> str:
    """What SQLite says of a database file: "ok", or what is wrong."""
    try:
        with closing(sqlite.connect(str(path))) as copy:
            return str(copy.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite.DatabaseError as error:
        return str(error)


def _state(at: datetime) -> DatabaseState:
    """Read before the snapshot, so that the snapshot holds at least this."""
    head = db.session.get(TrailHead, 1)
    count = {"trail": TrailEvent, "files": StoredFile}
    state: DatabaseState = {
        "version": VERSION,
        "made_at": at.isoformat(),
        "trail_seq": head.seq if head else 0,
        "trail_head": head.digest if head else "",
        "schema": str(db.session.scalar(text("SELECT version_num FROM alembic_version"))),
        "database": db.engine.dialect.name,
        "counts": {
            name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in count.items()
        },
    }
    db.session.rollback()
    return state


def _snapshot(path: Path) -> None:
    url = make_url(current_app.config["SETTINGS"].database_url)
    if url.get_backend_name() != "sqlite":
        try:
            postgres.dump(path)
        except UpkeepError as error:
            raise UpkeepError(f"không ghi được bản sao lưu cơ sở dữ liệu ({error})") from error
        return
    with closing(sqlite.connect(url.database)) as source:
        source.execute("VACUUM INTO ?", (str(path),))
    fault = integrity(path)
    if fault != "ok":
        raise UpkeepError(f"bản chụp cơ sở dữ liệu không toàn vẹn: {fault}")
    path.chmod(0o600)


def _copy_store(target: Path, before: Path | None) -> list[str]:
    """Every stored file, after the snapshot: so files ⊇ rows. What the last backup has is
    linked, not copied again.

    Gives the names of files that rows speak of and that are missing or damaged.
    """
    here = store()
    target.mkdir()
    good = set()
    for name in here.names():
        if sha256_of(here.path(name)) != name:
            continue
        good.add(name)
        place = target / name[:2] / name
        old = (before or target) / FILES / name[:2] / name
        place.parent.mkdir(exist_ok=True)
        if old.is_file() and sha256_of(old) == name:
            os.link(old, place)
        else:
            shutil.copy2(here.path(name), place)
    digests = set(db.session.scalars(select(StoredFile.sha256)))
    db.session.rollback()
    return sorted(digests - good)


def _whole(target: Path) -> list[Path]:
    return sorted(
        path for path in target.iterdir() if path.suffix == "" and (path / MANIFEST).is_file()
    )


def _all_files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file())
