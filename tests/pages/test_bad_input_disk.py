"""A disk that is really full (a small file system, or the kernel's limit of a file): a clear
page, nothing torn, all well again.
"""

from __future__ import annotations

import contextlib
import io
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from pledge_app.documents import work
from pledge_app.documents.models import Document, RenderState, StoredFile
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.papers.errors import PaperError
from pledge_app.pledges import cells
from pledge_app.pledges.models import Target
from pledge_app.progress.evidence_models import Evidence
from pledge_app.upkeep import backup, worker
from pledge_app.upkeep.errors import UpkeepError
from tests import make
from tests.cast import Cast
from tests.conftest import ON_POSTGRESQL, _fresh, make_app
from tests.rooms.progress.files import photo
from tests.rooms.progress.reports import report_of
from tests.rooms.upkeep import commands
from tests.site import Visitor

LONG = "Vận động từng hộ, từng xóm. " * 280  # 8 kB: more than a page of the database
REFUSED = "Máy chủ không ghi được xuống đĩa"


class FullDisk:
    """`full()` makes the disk of `place` refuse every write, `free()` lets it take them again."""

    def __init__(self, place: Path, kind: str) -> None:
        self.place, self.kind = place, kind

    def full(self) -> None:
        if self.kind == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
            return
        for size in (1 << 20, 4096, 1):
            with (
                contextlib.suppress(OSError),
                (self.place / "filler").open("ab", buffering=0) as filler,
            ):
                while True:
                    filler.write(b"x" * size)

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        (self.place / "filler").unlink(missing_ok=True)

    @contextlib.contextmanager
    def refusing(self) -> Iterator[None]:
        self.full()
        try:
            yield
        finally:
            self.free()


@pytest.fixture(params=["small", "limit"])
def disk(request, tmp_path: Path) -> Iterator[FullDisk]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(place)]
    if (
        request.param == "small"
        and subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root may mount a small file system; the limit of a file is tried instead")
    made = FullDisk(place, request.param)
    yield made
    made.free()
    if request.param == "small":
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def served(disk: FullDisk, base: tuple[str, Cast]) -> Iterator[Flask]:
    """The cast of every test, served from that disk."""
    source, place = base[0], disk.place / "test.sqlite"
    if ON_POSTGRESQL:
        url = _fresh(source.rsplit("/", 1)[1].split("?")[0])
    else:
        shutil.copyfile(source.removeprefix("sqlite:///"), place)
        url = f"sqlite:///{place}"
    app = make_app(url, disk.place)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.skipif(ON_POSTGRESQL, reason="the database lies on its own server's disk")
def test_a_form_that_cannot_be_saved_comes_back_whole_and_is_saved_later(served, disk, cast):
    pledge = make.pledge(cast)
    target = pledge.targets[0]
    page, target_id = f"/giao-uoc/{pledge.pid}/nhap", target.id
    fields = {
        f"goal-{target.pid}": "3",
        f"measures-{target.pid}": LONG,
        f"ver-{target.pid}": cells.token(target),
    }
    lan = Visitor(served, cast.users["lan"])
    with disk.refusing():
        refused = lan.post(page, fields, status=503).text
        assert lan.get(page).status_code == 200  # reading goes on
    assert REFUSED in refused and LONG.strip() in refused
    db.session.expire_all()
    assert db.session.get_one(Target, target_id).measures == ""
    lan.post(page, fields)
    db.session.expire_all()
    assert db.session.get_one(Target, target_id).measures == LONG.strip()
    assert backup.integrity(disk.place / "test.sqlite") == "ok"


@pytest.mark.skipif(ON_POSTGRESQL, reason="the database lies on its own server's disk")
def test_the_cells_that_save_themselves_hear_of_it_too(served, disk, cast):
    pledge = make.pledge(cast)
    target = pledge.targets[0]
    path = f"/giao-uoc/{pledge.pid}/dong/{target.pid}"
    row = {
        "cells": {"goal": "3", "measures": LONG},
        "ver": cells.token(target),
        "tab": "a",
        "seq": 1,
    }
    lan = Visitor(served, cast.users["lan"])
    with disk.refusing():
        assert REFUSED in lan.post(path, json=row, status=503).get_json()["error"]
    assert lan.post(path, json={**row, "seq": 2}, status=200).get_json()["values"]["goal"] == "3"


def test_a_file_that_cannot_be_kept_is_refused_and_nothing_is_left_of_it(served, disk, cast):
    report = report_of(cast)
    place = f"/bao-cao-quy/{report.pid}/minh-chung"
    lan = Visitor(served, cast.users["lan"])

    def send(status):
        return lan.post(
            place,
            {"pin": "", "file": (io.BytesIO(photo()), "ảnh.jpg")},
            status=status,
            content_type="multipart/form-data",
        )

    with disk.refusing():
        assert REFUSED in send(503).text
    assert db.session.query(Evidence).count() == 0
    assert not list(disk.place.rglob(".*.tmp"))
    assert store().verify(iter(row.sha256 for row in db.session.query(StoredFile))) == []
    send(303)
    assert db.session.query(Evidence).count() == 1


def test_a_paper_that_cannot_be_kept_is_made_when_there_is_room_again(served, disk, cast):
    make.pledge(cast, state="sent")
    document = db.session.query(Document).one()
    document_id, pid = document.id, document.pid
    db.session.commit()
    with disk.refusing(), pytest.raises((OSError, PaperError)):
        work.render_document({"document": pid})
    db.session.rollback()
    assert db.session.get_one(Document, document_id).state is RenderState.RENDERING
    assert not list(disk.place.rglob(".*.tmp"))
    assert worker.do_next_job()
    db.session.expire_all()
    found = db.session.get_one(Document, document_id)
    assert found.state is RenderState.READY and store().read(found.file_sha256 or "").startswith(
        b"%PDF-"
    )


def test_a_backup_that_does_not_fit_says_so_and_does_not_keep_the_disk_full(served, disk, cast):
    make.pledge(cast, state="sent")
    target = disk.place / "backups"
    with disk.refusing(), pytest.raises(UpkeepError, match="không ghi được bản sao lưu"):
        backup.back_up(target, at=now())
    assert backup.newest(target) is None
    assert not target.exists() or not list(target.iterdir())
    backup.check_backup(backup.back_up(target, at=now()))


def test_the_operators_command_says_it_without_a_traceback(served, disk, cast):
    make.pledge(cast, state="sent")
    with disk.refusing():
        done = commands.run(served, "backup", PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 1
    assert "không ghi được bản sao lưu" in done.stderr and "Traceback" not in done.stderr
