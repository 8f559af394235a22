"""Freeze a content as an envelope, ask for its paper, keep the rendered file. Nothing is
overwritten.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.config import Settings
from pledge_app.documents import events
from pledge_app.documents.models import Document, Envelope, PaperKind, RenderState, StoredFile
from pledge_app.documents.printable import check_printable
from pledge_app.documents.sandbox import render_in_child
from pledge_app.documents.store import FileStore
from pledge_app.jobs import operations as jobs
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import canonical_json, content_sha256
from pledge_app.kernel.errors import Conflict, Forbidden
from pledge_app.papers.content.schema import TEMPLATE_VERSION

RENDER = "documents.render"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else on paper


def store() -> FileStore:
    """The store of this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return FileStore(settings.data_dir / "store")


def new_short_code() -> str:
    """Ten characters, 50 random bits, as printed beside the QR."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(10))


def freeze(
    kind: PaperKind,
    content: Mapping[str, Any],
    *,
    subject: Any,
    body_ids: Iterable[int],
    at: datetime,
    is_draft: bool = False,
    issuer_body_id: int | None = None,
) -> Document:
    """Freeze `content` (the shape of schema.py, without short_code and public_url, which are set
    here).

    Raises DomainError where no paper could be made of it: nothing is frozen that cannot be printed.
    The envelope is hashed as a whole and a render job is asked for in the same transaction.
    `issuer_body_id`: the body whose records clerk numbers the paper; None where it carries no
    number.
    """
    code = new_short_code()
    public_url = current_app.config["SETTINGS"].public_url
    full = check_printable(
        kind.value,
        {
            **content,
            "short_code": "" if is_draft else code,
            "draft": is_draft,
            "public_url": f"{public_url}/kiem-tra/{code}" if public_url and not is_draft else "",
        },
    )
    said = {
        "kind": kind.value,
        "template_version": TEMPLATE_VERSION,
        "short_code": code,
        "public_url": public_url,
        "content": full,
    }
    envelope = Envelope(
        kind=kind,
        short_code=code,
        template_version=TEMPLATE_VERSION,
        content_json=canonical_json(said),
        content_sha256=content_sha256(said),
        is_draft=is_draft,
        frozen_at=at,
        subject_kind=str(subject.__tablename__),
        subject_pid=subject.pid,
        body_ids=sorted(set(body_ids)),
        issuer_body_id=issuer_body_id,
    )
    document = Document(envelope=envelope)
    db.session.add_all([envelope, document])
    db.session.flush()
    ask_to_render(document, at=at)
    return document


def ask_to_render(document: Document, *, at: datetime) -> None:
    """Queue the rendering, or queue it again after it failed."""
    document.state, document.error = RenderState.RENDERING, ""
    job = jobs.enqueue(RENDER, f"render:{document.pid}", at=at, document=document.pid)
    jobs.retry(job, at=at)


def try_again(document: Document, *, actor: Actor, at: datetime) -> None:
    """Ask again for a paper that could not be made: anybody who works at one of its bodies may."""
    if not actor.bodies_as(Role.CLERK, Role.LEADER, Role.RECORDS, Role.REVIEWER) & set(
        document.envelope.body_ids
    ):
        raise Forbidden(_("Tài khoản của bạn không được giao việc này. Dữ liệu chưa thay đổi."))
    if document.state is not RenderState.FAILED:
        raise Conflict(
            _("Văn bản này không ở tình trạng lỗi. Hãy tải lại trang để xem tình trạng hiện tại.")
        )
    ask_to_render(document, at=at)
    record("document.render_retried", document, actor=actor, at=at)


def frozen_content(envelope: Envelope) -> dict[str, Any]:
    """What was frozen, as the template reads it."""
    content: dict[str, Any] = json.loads(envelope.content_json)["content"]
    return content


def rendered_bytes(
    envelope_kind: str, content: Mapping[str, Any], template_version: int
) -> tuple[bytes, int, list[Any]]:
    """(PDF bytes, pages, signature cells) of a content, made in a child process. Takes seconds."""
    paper = render_in_child(envelope_kind, content, template_version)
    return (
        paper.pdf,
        paper.pages,
        [cell._asdict() if hasattr(cell, "_asdict") else vars(cell) for cell in paper.cells],
    )


def keep_rendered(
    document: Document, pdf: bytes, pages: int, cells: list[Any], *, at: datetime
) -> None:
    """The second transaction of a rendering: the file is already in the store, now the row says
    so.
    """
    keep_file(pdf, "application/pdf", at=at)
    document.file_sha256 = store().put(pdf)
    document.pages, document.cells = pages, cells
    document.state, document.rendered_at = RenderState.READY, at
    if not document.envelope.is_draft:
        events.DOCUMENT_READY(document, at=at)


def mark_failed(document: Document, reason: str) -> None:
    """The rendering was given up; it can be asked for again, or the paper voided."""
    document.state, document.error = RenderState.FAILED, reason


def keep_file(data: bytes, media_type: str, *, at: datetime) -> StoredFile:
    """Bytes into the store, then the row that names them (a file without row is harmless)."""
    sha256 = store().put(data)
    row = db.session.get(StoredFile, sha256)
    if row is None:
        row = StoredFile(sha256=sha256, size=len(data), media_type=media_type, stored_at=at)
        db.session.add(row)
        db.session.flush()
    return row
