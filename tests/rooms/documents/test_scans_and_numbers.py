"""Scans have two persons; numbers are entered once by the issuer's records clerk."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pledge_app.audit.models import TrailEvent
from pledge_app.documents import intake
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.papers.intake.inspection import Upload as Inspected
from tests import make
from tests.agreeing import AT


@pytest.fixture
def scan(app, cast, actor_named):
    pledge = make.pledge(cast, state="sent")
    out = io.BytesIO()
    Image.new("L", (1700, 2400), 255).save(out, "JPEG", dpi=(200, 200))
    file = intake.inspected(out.getvalue(), "../../Bản ký.jpg")
    return intake.keep_upload(
        file,
        "../../Bản ký.jpg",
        subject=pledge,
        body_ids=[pledge.body_id],
        actor=actor_named("lan"),
        at=AT,
    )


def test_a_picture_is_kept_as_a_pdf_under_its_shown_name(scan):
    assert (scan.original_name, scan.stored_file.media_type, scan.pages) == (
        "Bản ký.jpg",
        "application/pdf",
        1,
    )


def test_one_person_sends_so_much_a_day_and_is_told_whom_to_ask(scan, actor_named, monkeypatch):
    size = scan.stored_file.size
    pdf = "application/pdf"
    file = Inspected(pdf, b"%PDF" + b"x" * size, 1, None, False, pdf)
    monkeypatch.setattr(intake, "MOST_A_DAY", size * 2)
    with pytest.raises(DomainError, match="hỏi người quản trị: ."):
        intake.keep_upload(
            file, "a.pdf", subject=scan, body_ids=[], actor=actor_named("lan"), at=AT
        )


def test_the_uploader_never_confirms_and_nobody_judges_twice(scan, actor_named):
    with pytest.raises(Forbidden):
        intake.confirm_upload(scan, actor=actor_named("lan"), at=AT)
    with pytest.raises(Forbidden):
        intake.reject_upload(scan, "mờ", actor=actor_named("lan"), at=AT)
    intake.confirm_upload(scan, actor=actor_named("hung"), at=AT)
    assert (
        db.session.query(TrailEvent).filter_by(verb="scan.confirmed").one().data["sha256"]
        == scan.file_sha256
    )
    with pytest.raises(Conflict):
        intake.reject_upload(scan, "mờ", actor=actor_named("rev"), at=AT)


def test_a_rejection_wants_a_reason(scan, actor_named):
    with pytest.raises(DomainError):
        intake.reject_upload(scan, "", actor=actor_named("hung"), at=AT)
    intake.reject_upload(scan, "Thiếu trang", actor=actor_named("hung"), at=AT)
    assert scan.rejected_reason == "Thiếu trang"
    with pytest.raises(Conflict, match="đã bị trả lại"):
        intake.confirm_upload(scan, actor=actor_named("hung"), at=AT)
    assert scan.confirmed_at is None
