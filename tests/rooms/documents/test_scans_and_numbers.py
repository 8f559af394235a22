"""Scans have two persons; numbers are entered once by the issuer's records clerk."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pledge_app.audit.models import TrailEvent
from pledge_app.documents import intake, numbers
from pledge_app.documents.models import Document
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs.models import Body
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY


@pytest.fixture
def scan(app, cast, actor_named):
    pledge = make.pledge(cast, state="sent")
    out = io.BytesIO()
    Image.new("L", (1700, 2400), 255).save(out, "JPEG", dpi=(200, 200))
    file = intake.inspected(out.getvalue(), "../../Bản ký.jpg")
    return intake.keep_upload(file, "../../Bản ký.jpg", subject=pledge, body_ids=[pledge.body_id],
                              actor=actor_named("lan"), at=AT)


def test_a_picture_is_kept_as_a_pdf_under_its_shown_name(scan):
    assert (scan.original_name, scan.stored_file.media_type, scan.pages) == ("Bản ký.jpg", "application/pdf", 1)


def test_the_uploader_never_confirms_and_nobody_judges_twice(scan, actor_named):
    with pytest.raises(Forbidden):
        intake.confirm_upload(scan, actor=actor_named("lan"), at=AT)
    with pytest.raises(Forbidden):
        intake.reject_upload(scan, "mờ", actor=actor_named("lan"), at=AT)
    intake.confirm_upload(scan, actor=actor_named("hung"), at=AT)
    assert db.session.query(TrailEvent).filter_by(verb="scan.confirmed").one().data["sha256"] == scan.file_sha256
    with pytest.raises(Conflict):
        intake.reject_upload(scan, "mờ", actor=actor_named("rev"), at=AT)


def test_a_rejection_wants_a_reason(scan, actor_named):
    with pytest.raises(DomainError):
        intake.reject_upload(scan, "", actor=actor_named("hung"), at=AT)
    intake.reject_upload(scan, "Thiếu trang", actor=actor_named("hung"), at=AT)
    assert scan.rejected_reason == "Thiếu trang"


@pytest.fixture
def paper(app, cast):
    make.pledge(cast, state="sent")
    found = db.session.query(Document).one()
    agreeing.rendered(found)
    return found


def test_a_number_is_entered_once_and_shown_with_its_leading_zero(paper, cast, actor_named):
    body, van = db.session.get_one(Body, cast.bodies["Hải Quang"]), actor_named("van")
    row = numbers.enter_number(paper, body, number=5, symbol="ĐK-UBND", dated=TODAY, actor=van, at=AT)
    assert numbers.shown(row) == "05/ĐK-UBND"
    assert db.session.query(TrailEvent).filter_by(verb="document.numbered").one().data["number"] == "05/ĐK-UBND"
    db.session.refresh(paper)
    with pytest.raises(Conflict):
        numbers.enter_number(paper, body, number=6, symbol="", dated=TODAY, actor=van, at=AT)
    assert numbers.taken(body, 5, "ĐK-UBND", TODAY)
    assert not numbers.taken(body, 5, "ĐK-UBND", TODAY.replace(year=2024))


@pytest.mark.parametrize("who", ["lan", "hung", "rev", "quan"])
def test_only_the_records_clerk_of_the_issuer_enters_it(paper, cast, actor_named, who):
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    with pytest.raises(Forbidden):
        numbers.enter_number(paper, body, number=5, symbol="", dated=TODAY, actor=actor_named(who), at=AT)


def test_zero_is_no_number(paper, cast, actor_named):
    with pytest.raises(DomainError):
        numbers.enter_number(paper, db.session.get_one(Body, cast.bodies["Hải Quang"]), number=0, symbol="",
                             dated=TODAY, actor=actor_named("van"), at=AT)
