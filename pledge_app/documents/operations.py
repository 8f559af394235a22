"""Freeze a content as an envelope, ask for its paper, keep the rendered file. Nothing is
overwritten.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from pledge_app.audit.operations import Subject, record
from pledge_app.config import Settings
from pledge_app.documents import events, policy
from pledge_app.documents.models import (
    Document,
    Envelope,
    RenderState,
    RevisionKind,
    StoredFile,
)
from pledge_app.documents.printable import check_printable
from pledge_app.documents.revisions import add_revision
from pledge_app.documents.store import FileStore
from pledge_app.jobs import operations as jobs
from pledge_app.kernel.actor import SYSTEM, Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import JsonObject, canonical_json, content_sha256
from pledge_app.kernel.errors import Conflict, Forbidden
from pledge_app.papers.definition import Content, Paper
from pledge_app.papers.printing.paper import PrintedPaper

RENDER = "documents.render"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCX_AS_STORED = "application/x-docx"
"""The full name has 71 letters, the column 64."""
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else on paper


@dataclass(frozen=True)
class KeptPaper:
    """A rendered paper whose two files are in the store, by their SHA-256."""

    pdf: str
    pdf_size: int
    pages: int
    cells: list[JsonObject]
    docx: str
    docx_size: int


def store() -> FileStore:
    """The store of this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return FileStore(settings.data_dir / "store")


def new_short_code() -> str:
    """Ten characters, 50 random bits, as printed beside the QR."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(10))


def freeze(
    paper: Paper,
    content: Content,
    *,
    subject: Subject,
    body_ids: Iterable[int],
    at: datetime,
    is_draft: bool = False,
    issuer_body_id: int | None = None,
) -> Document:
    """Freeze `content` (the paper's TypedDict; short_code, public_url and draft are set here).

    Raises DomainError where no paper could be made of it: nothing is frozen that cannot be printed.
    The envelope is hashed as a whole and a render job is asked for in the same transaction.
    `issuer_body_id`: the body whose records clerk numbers the paper; None where it carries no
    number.
    """
    code = new_short_code()
    public_url = current_app.config["SETTINGS"].public_url
    has_page = public_url and not is_draft
    full = check_printable(
        paper.kind,
        {
            **content,
            "short_code": "" if is_draft else code,
            "draft": is_draft,
            "public_url": f"{public_url}/kiem-tra/{code}" if has_page else "",
        },
    )
    envelope_content = {
        "kind": paper.kind,
        "template_version": paper.template_version,
        "short_code": code,
        "public_url": public_url,
        "content": full,
    }
    envelope = Envelope(
        kind=paper.kind,
        short_code=code,
        template_version=paper.template_version,
        content_json=canonical_json(envelope_content),
        content_sha256=content_sha256(envelope_content),
        is_draft=is_draft,
        frozen_at=at,
        subject_kind=str(subject.__tablename__),
        subject_pid=str(subject.pid),
        body_ids=sorted(set(body_ids)),
        issuer_body_id=issuer_body_id,
    )
    document = Document(envelope=envelope)
    db.session.add_all([envelope, document])
    db.session.flush()
    if not is_draft:
        _seal(envelope, at)
    ask_to_render(document, at=at)
    return document


def _seal(envelope: Envelope, at: datetime) -> None:
    record(
        "document.frozen",
        envelope,
        actor=SYSTEM,
        at=at,
        kind=envelope.kind,
        content_sha256=envelope.content_sha256,
    )


def ask_to_render(document: Document, *, at: datetime) -> None:
    """Queue the rendering, or queue it again after it failed."""
    document.state = RenderState.RENDERING
    document.error = ""
    job = jobs.enqueue(
        RENDER,
        f"render:{document.pid}",
        at=at,
        document=document.pid,
    )
    jobs.retry(job, at=at)


def try_again(document: Document, *, actor: Actor, at: datetime) -> None:
    """Ask again for a paper that could not be made: anybody who works at one of its bodies may."""
    if not policy.renders_again(actor, document):
        raise Forbidden(_("Tài khoản của bạn không được giao việc này. Dữ liệu chưa thay đổi."))
    if document.state is not RenderState.FAILED:
        raise Conflict(
            _("Văn bản này không ở tình trạng lỗi. Hãy tải lại trang để xem tình trạng hiện tại.")
        )
    ask_to_render(document, at=at)
    record(
        "document.render_retried",
        document,
        actor=actor,
        at=at,
    )


def frozen_content(envelope: Envelope) -> JsonObject:
    """What was frozen, as the template reads it."""
    content: JsonObject = json.loads(envelope.content_json)["content"]
    return content


def put_in_store(paper: PrintedPaper, docx: bytes) -> KeptPaper:
    """Both files into the store, outside any transaction: a file without row is harmless."""
    return KeptPaper(
        pdf=store().put(paper.pdf),
        pdf_size=len(paper.pdf),
        pages=paper.pages,
        cells=[asdict(cell) for cell in paper.cells],
        docx=store().put(docx),
        docx_size=len(docx),
    )


def keep_rendered(document: Document, kept: KeptPaper, *, at: datetime) -> None:
    """The second transaction of a rendering: the files are in the store already, now the rows say
    so.
    """
    _name_file(
        kept.pdf,
        kept.pdf_size,
        PDF,
        at=at,
    )
    _name_file(
        kept.docx,
        kept.docx_size,
        DOCX_AS_STORED,
        at=at,
    )
    document.file_sha256 = kept.pdf
    document.pages = kept.pages
    document.cells = kept.cells
    document.state = RenderState.READY
    document.rendered_at = at
    add_revision(
        document,
        RevisionKind.RENDERED,
        kept.pdf,
        docx_sha256=kept.docx,
        actor=SYSTEM,
        at=at,
    )
    if not document.envelope.is_draft:
        events.DOCUMENT_READY(document, at=at)


def mark_failed(document: Document, reason: str) -> None:
    """The rendering was given up; it can be asked for again, or the paper voided."""
    document.state = RenderState.FAILED
    document.error = reason


def keep_file(data: bytes, media_type: str, *, at: datetime) -> StoredFile:
    """Bytes into the store, then the row that names them (a file without row is harmless)."""
    return _name_file(
        store().put(data),
        len(data),
        media_type,
        at=at,
    )


def _name_file(
    sha256: str,
    size: int,
    media_type: str,
    *,
    at: datetime,
) -> StoredFile:
    row = db.session.get(StoredFile, sha256)
    if row is None:
        row = StoredFile(
            sha256=sha256,
            size=size,
            media_type=media_type,
            stored_at=at,
        )
        db.session.add(row)
        db.session.flush()
    return row
