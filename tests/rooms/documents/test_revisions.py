"""A document's revisions: each file that it has been, in order, known to the public check."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from pledge_app.agreements import signing
from pledge_app.audit.models import TrailEvent
from pledge_app.documents.intake import confirm_upload
from pledge_app.documents.models import Document, DocumentRevision, RevisionKind
from pledge_app.documents.operations import keep_file
from pledge_app.documents.revisions import (
    REVISED,
    add_revision,
    broken_revisions,
    known_hashes,
    revisions_of,
)
from pledge_app.documents.stored import word_of
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.papers.intake.inspection import Upload as Inspected
from tests import agreeing, make, unguarded
from tests.cast import TODAY

SCAN = b"%PDF-1.7 a scan of the signed paper"


def scanned(cast, made):
    """The lead uploads a scan of other bytes, the reviewer sees every signature on it."""
    file = Inspected("application/pdf", SCAN, 1, 300, False, "application/pdf")
    lead, reviewer = make.actor(cast, "dong"), make.actor(cast, "rev")
    upload = signing.upload_scan(made, file, "Bản ký.pdf", actor=lead, at=agreeing.AT)
    steps = agreeing.opened(made).steps
    signing.confirm_scan(made, upload, steps, actor=reviewer, on=TODAY, at=agreeing.AT)
    return upload


@pytest.fixture
def made(app, cast):
    return agreeing.agreement(cast, state="awaiting")


def test_a_rendered_paper_is_revision_one_with_its_docx(made):
    (first,) = revisions_of(agreeing.paper(made))
    assert (first.n, first.kind, first.previous_id) == (1, RevisionKind.RENDERED, None)
    assert first.sha256 == agreeing.paper(made).file_sha256
    assert word_of(agreeing.paper(made)) == agreeing.DOCX


def test_the_hashes_of_a_revision_go_into_the_trail(made):
    paper = agreeing.paper(made)
    (first,) = revisions_of(paper)
    events = select(TrailEvent).where(
        TrailEvent.verb == REVISED, TrailEvent.subject_pid == paper.pid
    )
    event = db.session.scalars(events).one()
    assert event.data["sha256"] == first.sha256
    assert event.data["docx_sha256"] == first.docx_sha256
    assert event.data["n"] == 1


def test_a_confirmed_scan_is_the_next_revision_and_names_the_one_before(cast, made):
    upload = scanned(cast, made)
    first, second = revisions_of(agreeing.paper(made))
    assert (second.n, second.kind, second.previous_id) == (2, RevisionKind.SCAN, first.id)
    assert second.sha256 == upload.file_sha256
    assert known_hashes(agreeing.paper(made)) == {
        first.sha256: RevisionKind.RENDERED,
        upload.file_sha256: RevisionKind.SCAN,
    }


def test_a_scan_confirmed_by_a_second_person_as_well_is_no_further_revision(cast, made):
    upload = scanned(cast, made)
    confirm_upload(upload, actor=make.actor(cast, "tay"), at=agreeing.AT, signatures=["Ông Hùng"])
    assert len(revisions_of(agreeing.paper(made))) == 2


def test_a_scan_that_was_taken_back_is_known_no_more(cast, made):
    upload = scanned(cast, made)
    signing.reject_scan(
        made, upload, "của văn bản khác", actor=make.actor(cast, "rev"), at=agreeing.AT
    )
    assert list(known_hashes(agreeing.paper(made)).values()) == [RevisionKind.RENDERED]
    assert len(revisions_of(agreeing.paper(made))) == 2


@pytest.mark.parametrize(
    "sql", ["UPDATE document_revision SET sha256 = 'x'", "DELETE FROM document_revision"]
)
def test_the_database_refuses_to_change_a_revision(made, sql):
    with pytest.raises(DBAPIError):
        db.session.execute(text(sql))
    db.session.rollback()


def test_two_revisions_cannot_bear_one_number(made):
    paper = agreeing.paper(made)
    (first,) = revisions_of(paper)
    again = DocumentRevision(
        document_id=paper.id,
        n=1,
        kind=RevisionKind.SCAN,
        sha256=first.sha256,
        made_at=agreeing.AT,
    )
    db.session.add(again)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def broken(paper: Document, n: int) -> None:
    """A row that no verb writes."""
    file = keep_file(SCAN, "application/pdf", at=agreeing.AT)
    row = DocumentRevision(
        document_id=paper.id, n=n, kind=RevisionKind.SCAN, sha256=file.sha256, made_at=agreeing.AT
    )
    db.session.add(row)
    db.session.flush()


def test_verify_finds_a_gap_between_revisions(made):
    assert list(broken_revisions()) == []
    broken(agreeing.paper(made), 3)
    assert list(broken_revisions()) == [agreeing.paper(made).envelope.short_code]


def test_verify_finds_a_hash_that_is_not_the_trails(made):
    paper = agreeing.paper(made)
    file = keep_file(SCAN, "application/pdf", at=agreeing.AT)
    add_revision(paper, RevisionKind.SCAN, file.sha256, actor=SYSTEM, at=agreeing.AT)
    assert list(broken_revisions()) == []
    (first, _second) = revisions_of(paper)
    unguarded.free("document_revision")
    db.session.execute(
        text("UPDATE document_revision SET sha256 = :sha WHERE n = 2"), {"sha": first.sha256}
    )
    db.session.expire_all()
    assert list(broken_revisions()) == [paper.envelope.short_code]


def test_verify_finds_a_revision_that_the_trail_does_not_know(made):
    """A row that follows the last without a gap, of bytes that nobody rendered or confirmed."""
    paper = agreeing.paper(made)
    (first,) = revisions_of(paper)
    file = keep_file(SCAN, "application/pdf", at=agreeing.AT)
    db.session.add(
        DocumentRevision(
            document_id=paper.id,
            n=2,
            kind=RevisionKind.RENDERED,
            sha256=file.sha256,
            previous_id=first.id,
            made_at=agreeing.AT,
        )
    )
    db.session.flush()
    assert list(broken_revisions()) == [paper.envelope.short_code]


@pytest.mark.parametrize("change", ["docx_sha256 = sha256", "docx_sha256 = NULL", "kind = 'scan'"])
def test_verify_finds_another_docx_and_another_kind(made, change):
    assert list(broken_revisions()) == []
    paper = agreeing.paper(made)
    unguarded.free("document_revision")
    changed = f"UPDATE document_revision SET {change} WHERE document_id = :paper"
    db.session.execute(text(changed), {"paper": paper.id})
    db.session.expire_all()
    assert list(broken_revisions()) == [paper.envelope.short_code]


def test_verify_finds_that_the_last_revision_is_gone(made):
    paper = agreeing.paper(made)
    unguarded.free("document_revision")
    gone = "DELETE FROM document_revision WHERE document_id = :paper"
    db.session.execute(text(gone), {"paper": paper.id})
    db.session.expire_all()
    assert list(broken_revisions()) == [paper.envelope.short_code]
