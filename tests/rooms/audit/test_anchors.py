"""A chain that was cut or written anew follows itself: what was kept elsewhere finds it."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select, update

from pledge_app.audit import anchors
from pledge_app.audit.models import TrailEvent, TrailHead
from pledge_app.audit.operations import digest_of, first_broken_link
from pledge_app.config import MailSettings
from pledge_app.kernel.base import db
from pledge_app.notices.mail_models import OutgoingMail
from pledge_app.signing.models import SigningMark
from pledge_app.upkeep import anchoring
from pledge_app.upkeep.verifying import findings
from tests import agreeing, unguarded
from tests.conftest import make_app
from tests.rooms.upkeep import commands

AT = agreeing.AT


@pytest.fixture
def kept(app, cast, tmp_path) -> Path:
    """The head of the day, after an agreement was confirmed; more happened since."""
    made = agreeing.agreement(cast, state="confirmed")
    anchoring.keep_head(AT)
    agreeing.signed_at_the_table(cast, made)
    path: Path = tmp_path / "anchors" / "moc-2023-02-10.txt"
    return path


def write_anew(seq: int, name: str) -> None:
    """As somebody would who has the program too: one event says another name, and every digest
    from there on, the head and the receipts are made to fit.
    """
    unguarded.free_all()
    events = db.session.scalars(select(TrailEvent).order_by(TrailEvent.seq)).all()
    previous = anchors.Anchor(0, "0" * 64, "").digest
    for event in events:
        old = event.digest
        if event.seq == seq:
            event.actor_name = name
        event.previous = previous
        event.digest = digest_of(event)
        previous = event.digest
        shown = update(SigningMark).where(SigningMark.receipt == old[:16])
        db.session.execute(shown.values(receipt=previous[:16]))
        db.session.flush()
    db.session.execute(update(TrailHead).values(digest=previous))
    db.session.commit()


def test_a_head_is_kept_once_a_day_and_its_chain_leads_through_it(kept):
    assert "flask verify --anchors" in kept.read_text(encoding="utf-8")
    assert list(findings()) == []
    db.session.rollback()


def test_a_trail_written_anew_as_a_whole_is_found(kept):
    write_anew(3, "Ông Khác")
    assert first_broken_link() is None
    assert [one.sentence for one in findings() if one.check == "anchor.kept"]
    db.session.rollback()


def test_a_trail_written_anew_changes_what_the_marks_hold(kept):
    """The receipts were made to fit as well: the marks are no longer those that were sealed."""
    write_anew(3, "Ông Khác")
    assert "signing_mark" in {one.check for one in findings()}
    db.session.rollback()


def test_the_files_that_come_back_from_another_office_are_compared(app, kept, tmp_path):
    elsewhere = kept.rename(tmp_path / "from the province.txt")
    whole = commands.here(app, "verify", "--anchors", str(elsewhere))
    assert (whole.exit_code, whole.stderr) == (0, "")
    write_anew(3, "Ông Khác")
    done = commands.here(app, "verify", "--anchors", str(elsewhere))
    assert done.exit_code == 1
    assert "[anchors] mốc" in done.stderr
    assert "đã bị viết lại" in done.stderr


def test_a_letter_that_was_saved_is_an_anchor(kept, tmp_path):
    letter = EmailMessage()
    letter["Subject"] = "Mốc nhật ký xử lý"
    letter.set_content(kept.read_text(encoding="utf-8"), cte="base64")
    saved = tmp_path / "letter.eml"
    saved.write_bytes(bytes(letter))
    assert anchors.read_anchors(saved)[0][:2] == anchors.read_anchors(kept)[0][:2]


def test_a_file_without_an_anchor_is_named(app, kept, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("Kính gửi", encoding="utf-8")
    done = commands.here(app, "verify", "--anchors", str(other))
    assert done.exit_code == 1
    assert "không có mốc nhật ký nào" in done.stderr


def test_anchors_are_asked_for_with_their_files(app, kept):
    done = commands.here(app, "verify", "--anchors")
    assert done.exit_code == 1
    assert "flask verify --anchors TỆP" in done.stderr


def test_a_manifest_with_another_head_is_found(app, kept, tmp_path):
    backup = tmp_path / "backups" / "20230210-010000-000000"
    backup.mkdir(parents=True)
    head = anchors.head()
    assert head is not None
    manifest = {"trail_seq": head.seq, "trail_head": head.digest}
    (backup / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert list(findings()) == []
    manifest["trail_head"] = "0" * 64
    (backup / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert [one.check for one in findings()] == ["anchor.backups"]
    db.session.rollback()


def test_a_receipt_is_found_in_the_trail(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    receipt = agreeing.confirm(cast, made, "Hải Quang")
    done = commands.here(app, "verify", "--receipt", receipt)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Ông Hùng xác nhận điện tử" in done.stdout


def test_a_receipt_that_nobody_was_given_is_refused(app, cast):
    done = commands.here(app, "verify", "--receipt", "0123456789abcdef")
    assert done.exit_code == 1
    assert "nhật ký không có bản ghi này" in done.stderr


def test_the_head_goes_by_mail_to_the_offices_that_are_named(app, cast, tmp_path):
    agreeing.agreement(cast, state="draft")
    url = app.config["SETTINGS"].database_url
    server = MailSettings("localhost", 25, "thidua@haiquang.gov.vn", "none")
    posting = make_app(url, tmp_path, mail=server, anchor_mail=("vanthu@huyen.gov.vn",))
    with posting.app_context():
        anchoring.keep_head(AT)
        anchoring.keep_head(AT)
        letter = db.session.scalars(select(OutgoingMail)).one()
        head = anchors.head()
        assert head is not None
        assert (letter.address, f"{head.seq} {head.digest}" in letter.body) == (
            "vanthu@huyen.gov.vn",
            True,
        )
        db.session.remove()
        db.engine.dispose()
