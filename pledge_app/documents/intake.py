"""Scans: uploaded by one person, confirmed as the frozen version by another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from pledge_app.accounts.queries import administrators_named
from pledge_app.audit.operations import Subject, record
from pledge_app.documents.models import StoredFile, Upload
from pledge_app.documents.operations import keep_file
from pledge_app.documents.revisions import add_scan
from pledge_app.documents.sandbox import inspect_upload_in_child
from pledge_app.documents.sentences import sentence
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden, Problem, check
from pledge_app.kernel.text import clean_line
from pledge_app.papers.errors import PaperError
from pledge_app.papers.intake.inspection import LARGEST_FILE, safe_name
from pledge_app.papers.intake.inspection import Upload as Inspected

LARGEST = LARGEST_FILE
MOST_A_DAY = 300 * 1024 * 1024  # of the scans of one person: no day of signing has as much
LARGEST_REQUEST = LARGEST + 1024 * 1024  # the file and the rest of its form


def inspected(data: bytes, name: str) -> Inspected:
    """The file as it would be kept; raises DomainError with a sentence. Takes seconds: call it
    outside a transaction.
    """
    shown_name(name)
    db.session.rollback()
    try:
        return inspect_upload_in_child(data, name)
    except PaperError as refusal:
        reason = sentence(refusal)
        raise DomainError(reason, [Problem(reason, "scan")]) from refusal


def shown_name(name: str) -> str:
    """The name a user gave, as it is kept and shown. Raises TextProblem."""
    return clean_line(safe_name(name))


def keep_upload(
    file: Inspected,
    name: str,
    *,
    subject: Subject,
    body_ids: Iterable[int],
    actor: Actor,
    at: datetime,
) -> Upload:
    """Keep an inspected file. Its name is shown, never used as a path."""
    _has_room(len(file.data), actor, at)
    stored = keep_file(file.data, file.media_type, at=at)
    assert actor.user_id is not None
    upload = Upload(
        file_sha256=stored.sha256,
        original_name=shown_name(name),
        subject_kind=str(subject.__tablename__),
        subject_pid=str(subject.pid),
        body_ids=sorted(set(body_ids)),
        pages=file.pages,
        low_resolution=file.dpi_warning,
        uploaded_by_id=actor.user_id,
        uploaded_by_name=actor.name,
        uploaded_at=at,
    )
    db.session.add(upload)
    db.session.flush()
    record(
        "scan.uploaded",
        upload,
        actor=actor,
        at=at,
        sha256=stored.sha256,
        name=upload.original_name,
    )
    return upload


def _has_room(size: int, actor: Actor, at: datetime) -> None:
    """Nobody fills the disk of all."""
    today = db.session.scalar(
        select(func.coalesce(func.sum(StoredFile.size), 0))
        .join(Upload, Upload.file_sha256 == StoredFile.sha256)
        .where(Upload.uploaded_by_id == actor.user_id, Upload.uploaded_at > at - timedelta(days=1))
    )
    check(
        (today or 0) + size <= MOST_A_DAY,
        _(
            "Trong 24 giờ qua bạn đã tải lên đến hạn mức %(size)s MB bản quét nên tệp này chưa "
            "được nhận; các tệp trước vẫn được giữ. Hãy quét nhẹ hơn, tải tiếp vào hôm sau, hoặc "
            "hỏi người quản trị: %(who)s.",
            size=MOST_A_DAY // 1024**2,
            who=administrators_named(on=clock.today()),
        ),
        [Problem(_("Tệp bản quét"), "scan")],
    )


def confirm_upload(
    upload: Upload,
    *,
    actor: Actor,
    at: datetime,
    signatures: Sequence[str] = (),
    alone: bool = False,
) -> None:
    """A second person, never the uploader, confirms that the scan is the frozen version, as far
    as `signatures`.

    Others may confirm more of it later. `alone`: the room above found that one person may do both.
    """
    not_rejected(upload)
    _second_person(upload, actor, alone=alone)
    if upload.confirmed_at is None:
        upload.confirmed_at = at
        upload.confirmed_by_id = actor.user_id
        upload.confirmed_by_name = actor.name
        add_scan(upload, actor=actor, at=at)
    record(
        "scan.confirmed",
        upload,
        actor=actor,
        at=at,
        sha256=upload.file_sha256,
        signatures=list(signatures),
        alone=alone,
    )


def not_rejected(upload: Upload) -> None:
    """Refuse a scan that somebody found to be of another paper, or unreadable."""
    if upload.rejected_reason:
        raise Conflict(_("Bản quét này đã bị trả lại. Hãy tải lên bản quét khác."))


def reject_upload(
    upload: Upload,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    taking_back: bool = False,
) -> None:
    """The scan is not the frozen version, or cannot be read: with its reason.

    `taking_back`: it had been confirmed already; the room above has asked who may say that it was
    wrong.
    """
    check(
        reason.strip(),
        _("Hãy ghi rõ vì sao bản quét không đúng."),
        [Problem(_("Chưa có lý do."), "reason")],
    )
    is_confirmed = upload.confirmed_at is not None and not taking_back
    if is_confirmed or upload.rejected_reason:
        raise Conflict(_("Bản quét này đã được xử lý."))
    _second_person(upload, actor, alone=taking_back)
    upload.rejected_reason = reason
    record(
        "scan.rejected",
        upload,
        actor=actor,
        at=at,
        reason=reason,
    )


def _second_person(upload: Upload, actor: Actor, *, alone: bool = False) -> None:
    if actor.user_id == upload.uploaded_by_id and not alone:
        raise Forbidden(
            _("Người tải lên không tự xác nhận bản quét. Hãy nhờ người khác đối chiếu.")
        )
