"""Backup, verified after writing; restore into an empty directory only; verify what is there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from pledge_app.audit.models import TrailEvent, TrailHead
from pledge_app.audit.operations import first_broken_link
from pledge_app.config import VERSION, Settings
from pledge_app.documents.models import Envelope, StoredFile
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db

KEPT = 14
MANIFEST, SNAPSHOT, FILES = "manifest.json", "database", "store"


class UpkeepError(RuntimeError):
    """Something is wrong with a backup or with the data; the message names the first bad thing."""


def back_up(target: Path, *, at: datetime) -> Path:
    """A new directory in `target`: database snapshot, then every stored file, then the manifest; verified."""
    place = target / f"{at:%Y%m%d-%H%M%S-%f}"
    draft = place.with_suffix(".tmp")
    draft.mkdir(parents=True, mode=0o700)
    head = db.session.get(TrailHead, 1)
    said = {"version": VERSION, "made_at": at.isoformat(), "trail_seq": head.seq if head else 0,
            "trail_head": head.digest if head else "", "schema": _schema(), "counts": _counts()}
    db.session.rollback()
    _snapshot(draft / SNAPSHOT)
    shutil.copytree(store().root, draft / FILES, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.tmp", ".*")) \
        if store().root.exists() else (draft / FILES).mkdir()
    manifest = {**said, "files": {str(path.relative_to(draft)): _sha256(path) for path in _all_files(draft)}}
    (draft / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    check_backup(draft)
    draft.rename(place)
    return place


def nightly(target: Path, *, at: datetime) -> Path:
    """One backup, and the oldest beyond KEPT removed."""
    made = back_up(target, at=at)
    whole = sorted(path for path in target.iterdir() if path.is_dir() and path.suffix == "")
    for old in whole[:-KEPT]:
        shutil.rmtree(old)
    return made


def check_backup(place: Path) -> dict[str, Any]:
    """The manifest, after every file was compared with it. Raises UpkeepError naming the first bad file."""
    try:
        manifest: dict[str, Any] = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UpkeepError(f"{place / MANIFEST}: không đọc được bản kê của bản sao lưu") from error
    for name, wanted in manifest["files"].items():
        path = place / name
        if not path.is_file():
            raise UpkeepError(f"{name}: thiếu trong bản sao lưu")
        if _sha256(path) != wanted:
            raise UpkeepError(f"{name}: nội dung khác với lúc sao lưu")
    return manifest


def restore(place: Path, into: Path, settings: Settings) -> dict[str, Any]:
    """Write a checked backup into an empty directory (SQLite) or an empty database (PostgreSQL)."""
    manifest = check_backup(place)
    if into.exists() and any(into.iterdir()):
        raise UpkeepError(f"{into}: thư mục không trống, không ghi đè dữ liệu đang có")
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copytree(place / FILES, into / FILES)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        shutil.copyfile(place / SNAPSHOT, into / "pledge.sqlite")
    else:
        if _has_tables():
            raise UpkeepError("cơ sở dữ liệu đích không trống, không ghi đè dữ liệu đang có")
        _postgres("pg_restore", "--no-owner", "--exit-on-error", "--dbname", _libpq(), str(place / SNAPSHOT))
    return manifest


def verify() -> Iterator[str]:
    """The first bad thing of each kind: the trail's chain, envelopes, stored files. Nothing = all is well."""
    broken = first_broken_link()
    if broken is not None:
        yield f"nhật ký xử lý: bản ghi số {broken} không khớp chuỗi"
    for envelope in db.session.scalars(select(Envelope).execution_options(yield_per=100)):
        if hashlib.sha256(envelope.content_json.encode()).hexdigest() != envelope.content_sha256:
            yield f"gói nội dung {envelope.short_code}: mã băm không khớp"
            break
    here = store()
    for row in db.session.scalars(select(StoredFile).order_by(StoredFile.sha256)):
        path = here.path(row.sha256)
        if not path.is_file():
            yield f"tệp {row.sha256}: thiếu trong kho"
            break
        if _sha256(path) != row.sha256:
            yield f"tệp {row.sha256}: nội dung khác mã băm"
            break


def newest(target: Path) -> Path | None:
    """The newest whole backup, or None."""
    if not target.is_dir():
        return None
    whole = sorted(path for path in target.iterdir() if (path / MANIFEST).is_file() and path.suffix == "")
    return whole[-1] if whole else None


def age(target: Path, *, at: datetime) -> timedelta | None:
    """How old the newest backup is."""
    last = newest(target)
    return at - datetime.fromisoformat(json.loads((last / MANIFEST).read_text())["made_at"]) if last else None


def _snapshot(path: Path) -> None:
    url = make_url(current_app.config["SETTINGS"].database_url)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite.connect(url.database)) as source:
            source.execute("VACUUM INTO ?", (str(path),))
        with closing(sqlite.connect(str(path))) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise UpkeepError("bản chụp cơ sở dữ liệu không toàn vẹn")
    else:
        _postgres("pg_dump", "--format=custom", "--file", str(path), "--dbname", _libpq())
        _postgres("pg_restore", "--list", str(path))
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _postgres(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UpkeepError(f"{command[0]}: {done.stderr.strip()[-500:]}")


def _libpq() -> str:
    url = make_url(current_app.config["SETTINGS"].database_url)
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _has_tables() -> bool:
    return bool(db.session.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")))


def _schema() -> str:
    return str(db.session.scalar(text("SELECT version_num FROM alembic_version")))


def _counts() -> dict[str, int]:
    return {"trail": db.session.scalar(select(func.count()).select_from(TrailEvent)) or 0,
            "files": db.session.scalar(select(func.count()).select_from(StoredFile)) or 0}


def _all_files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
