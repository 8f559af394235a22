"""Restore a checked backup into an empty directory only; verify what is there."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import make_url

from pledge_app.audit.operations import first_broken_link
from pledge_app.config import Settings
from pledge_app.documents.models import Envelope, StoredFile
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db
from pledge_app.upkeep import postgres
from pledge_app.upkeep.backup import FILES, SNAPSHOT, check_backup, integrity, sha256_of
from pledge_app.upkeep.errors import UpkeepError
from pledge_app.upkeep.upgrade import knows

DATABASE = "pledge.sqlite"


def restore(place: Path, into: Path, settings: Settings) -> dict[str, Any]:
    """Write a checked backup into an empty directory (SQLite), or beside it an empty database (PostgreSQL).

    Gives the manifest. Raises UpkeepError, naming the first bad file, before anything is written.
    """
    manifest = check_backup(place)
    kind = make_url(settings.database_url).get_backend_name()
    if manifest.get("database", kind) != kind:
        raise UpkeepError(f"bản sao lưu là của {manifest['database']}, DATABASE_URL đang chỉ tới {kind}")
    if not knows(str(manifest["schema"])):
        raise UpkeepError(f"bản sao lưu của phần mềm {manifest['version']} mới hơn phần mềm này; "
                          "hãy cài phiên bản đó rồi khôi phục")
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise UpkeepError(f"{into}: thư mục không trống, không ghi đè dữ liệu đang có")
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    if kind == "sqlite":
        shutil.copyfile(place / SNAPSHOT, into / DATABASE)
        (into / DATABASE).chmod(0o600)
        if integrity(into / DATABASE) != "ok":
            raise UpkeepError(f"{into / DATABASE}: cơ sở dữ liệu khôi phục không toàn vẹn")
    else:
        postgres.load(place / SNAPSHOT)
    shutil.copytree(place / FILES, into / FILES)
    os.sync()
    return manifest


def verify() -> Iterator[str]:
    """The first bad thing of each kind: the trail's chain, envelopes, stored files. Nothing = all is well."""
    broken = first_broken_link()
    if broken is not None:
        yield f"nhật ký xử lý: bản ghi số {broken} không khớp chuỗi"
    for envelope in db.session.scalars(select(Envelope).order_by(Envelope.id).execution_options(yield_per=100)):
        if hashlib.sha256(envelope.content_json.encode()).hexdigest() != envelope.content_sha256:
            yield f"gói nội dung {envelope.short_code}: mã băm không khớp"
            break
    here = store()
    for sha256 in db.session.scalars(select(StoredFile.sha256).order_by(StoredFile.sha256)):
        path = here.path(sha256)
        if not path.is_file():
            yield f"tệp {sha256}: thiếu trong kho"
            break
        if sha256_of(path) != sha256:
            yield f"tệp {sha256}: nội dung khác mã băm"
            break
