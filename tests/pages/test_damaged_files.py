"""A stored file that does not match its hash: given to nobody, in the log, told to the
administrators, red for the monitor.
"""

from __future__ import annotations

import io
import logging
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pledge_app.documents.models import DamagedFile, StoredFile
from pledge_app.documents.operations import keep_file, store
from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice
from pledge_app.progress.evidence_models import Evidence
from pledge_app.upkeep import health
from pledge_app.upkeep.verifying import verify
from tests import agreeing, make
from tests.pages.test_documents import registration
from tests.rooms.meetings.test_pack import ask, plan
from tests.rooms.progress.files import photo
from tests.rooms.progress.reports import report_of
from tests.rooms.upkeep.test_back_up import flip


def a_paper(cast, visit) -> tuple[str, str, str]:
    """(who, address, SHA-256) of one of the three doors."""
    paper = registration(make.pledge(cast, state="sent"))
    return "lan", f"/van-ban/{paper.pid}/tep", paper.file_sha256 or ""


def an_evidence(cast, visit) -> tuple[str, str, str]:
    report = report_of(cast)
    visit("lan").post(
        f"/bao-cao-quy/{report.pid}/minh-chung",
        {"pin": "", "file": (io.BytesIO(photo()), "a.jpg")},
        content_type="multipart/form-data",
    )
    kept = db.session.scalars(select(Evidence)).one()
    return "lan", f"/minh-chung/{kept.pid}/tep", kept.file_sha256


def a_pack(cast, visit) -> tuple[str, str, str]:
    made = agreeing.agreement(cast, state="draft")
    plan(cast, made)
    pack, at = ask(cast, made), agreeing.AT
    row = StoredFile(
        sha256=store().put(b"PK" * 500), size=1000, media_type="application/zip", stored_at=at
    )
    db.session.add(row)
    db.session.flush()
    pack.file_sha256, pack.state = row.sha256, type(pack.state).READY
    db.session.commit()
    return "dong", f"/giao-uoc-cum/{made.pid}/bo-tai-lieu/tep", row.sha256


@pytest.mark.parametrize("door", [a_paper, an_evidence, a_pack])
def test_a_flipped_byte_is_an_alarm_at_every_door(app, cast, visit, caplog, monkeypatch, door):
    monkeypatch.setattr(health, "KEPT", timedelta(0))
    caplog.set_level(logging.INFO)
    who, path, sha256 = door(cast, visit)
    assert sha256 is not None
    whole = visit(who).get(path).data
    assert visit(None)._ask("GET", "/healthz?deep=1").json["checks"]["files"] is True
    flip(store().path(sha256))
    for _again in range(2):
        answer = visit(who).get(path, status=500)
        assert "không khớp với mã băm" in answer.text and "Hồ sơ không thay đổi" in answer.text
        assert whole not in answer.data
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert any("stored file damaged" in said and sha256 in said for said in errors)
    assert visit(None)._ask("GET", "/healthz?deep=1").json["checks"]["files"] is False
    assert list(verify()) == [f"tệp {sha256}: nội dung khác mã băm"]
    told = db.session.scalars(select(Notice).where(Notice.sentence.contains("mã băm"))).all()
    assert [notice.user_id for notice in told] == [cast.users["quan"]], (
        "once, and every administrator"
    )
    db.session.rollback()
    page = visit("quan").get("/quan-tri/kho-tep").text
    assert sha256 in page
    assert "/quan-tri/kho-tep" in visit("quan").get("/thong-bao").text


def test_a_missing_file_is_one_too_and_the_right_bytes_end_the_alarm(app, cast, visit, monkeypatch):
    monkeypatch.setattr(health, "KEPT", timedelta(0))
    who, path, sha256 = a_paper(cast, visit)
    whole = store().read(sha256)
    store().path(sha256).unlink()
    visit(who).get(path, status=500)
    assert visit(None)._ask("GET", "/healthz?deep=1").json["checks"]["files"] is False
    store().put(whole)
    assert visit(None)._ask("GET", "/healthz?deep=1").json["checks"]["files"] is True
    assert db.session.scalar(select(func.count()).select_from(DamagedFile)) == 0
    db.session.rollback()
    assert visit(who).get(path).data == whole
    assert "Không có tệp nào bị hỏng" in visit("quan").get("/quan-tri/kho-tep").text


def test_a_damaged_paper_of_a_pack_is_named_as_the_packs(app, cast, visit):
    made = agreeing.agreement(cast, state="draft")
    row = ask(cast, made).made[0]
    row.word_sha256 = keep_file(b"PK of a paper", "application/zip", at=agreeing.AT).sha256
    db.session.add(DamagedFile(sha256=row.word_sha256, found_at=agreeing.AT))
    db.session.commit()
    assert "Bộ tài liệu hội nghị" in visit("quan").get("/quan-tri/kho-tep").text
