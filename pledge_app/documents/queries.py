"""Reads of papers: by id for those of its bodies, by short code for everybody."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from pledge_app.documents.models import (
    Document,
    Envelope,
    RenderState,
    StoredFile,
    Upload,
)
from pledge_app.documents.policy import may_read
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.permission import reading


@reading(_l("Xem, tải văn bản có tên cơ quan mình"))
def find_document(pid: str, *, seen_by: Actor) -> Document:
    """The paper of a public id if one of the actor's bodies may read it; raises NotFound."""
    document = db.session.scalar(
        select(Document).where(Document.pid == pid).options(joinedload(Document.envelope))
    )
    if document is None or not may_read(seen_by, document.envelope.body_ids):
        raise NotFound(_("Không có văn bản này, hoặc bạn không có quyền xem."))
    return document


@reading(_l("Xem bản quét của văn bản có tên cơ quan mình"))
def find_upload(pid: str, *, seen_by: Actor) -> Upload:
    """The scan of a public id if one of the actor's bodies may read it; raises NotFound."""
    upload = db.session.scalar(select(Upload).where(Upload.pid == pid))
    if upload is None or not may_read(seen_by, upload.body_ids):
        raise NotFound(_("Không có tệp này, hoặc bạn không có quyền xem."))
    return upload


def papers_of(kind: str, pid: str) -> list[Document]:
    """The papers of one thing, drafts left out, newest first."""
    return list(
        db.session.scalars(
            select(Document)
            .join(Envelope)
            .where(
                Envelope.subject_kind == kind,
                Envelope.subject_pid == pid,
                Envelope.is_draft.is_(False),
            )
            .options(joinedload(Document.envelope))
            .order_by(Document.id.desc())
        )
    )


def newest_papers(kind: str, pids: Collection[str], *, seen_by: Actor) -> dict[str, Document]:
    """The newest paper of each of many things, by the thing's public id: those that the actor may
    read, drafts left out. One statement.
    """
    rows = db.session.scalars(
        select(Document)
        .join(Envelope)
        .where(
            Envelope.subject_kind == kind,
            Envelope.subject_pid.in_(pids),
            Envelope.is_draft.is_(False),
        )
        .options(contains_eager(Document.envelope))
        .order_by(Document.id)
    )
    return {
        row.envelope.subject_pid: row for row in rows if may_read(seen_by, row.envelope.body_ids)
    }


def uploads_of(kind: str, pid: str) -> list[Upload]:
    """The scans of one thing, newest first."""
    return list(
        db.session.scalars(
            select(Upload)
            .where(Upload.subject_kind == kind, Upload.subject_pid == pid)
            .order_by(Upload.id.desc())
        )
    )


def by_code(code: str) -> Document | None:
    """The recorded paper of a short code; drafts and papers that were never made are not found."""
    tidy = "".join(letter for letter in code.upper() if letter.isalnum())[:16]
    return (
        db.session.scalar(
            select(Document)
            .join(Envelope)
            .where(
                Envelope.short_code == tidy,
                Envelope.is_draft.is_(False),
                Document.state == RenderState.READY,
            )
            .options(joinedload(Document.envelope))
        )
        if tidy
        else None
    )


def has_newer(document: Document) -> bool:
    """A later paper of the same thing was recorded."""
    envelope = document.envelope
    newer = (
        select(Document.id)
        .join(Envelope)
        .where(
            Envelope.subject_pid == envelope.subject_pid,
            Envelope.kind == envelope.kind,
            Envelope.is_draft.is_(False),
            Document.id > document.id,
        )
    )
    return db.session.scalar(newer.limit(1)) is not None


def stored(sha256: str) -> StoredFile:
    """The row of a file that another row names."""
    return db.session.get_one(StoredFile, sha256)
