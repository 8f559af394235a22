"""What `flask verify` compares of papers: contents, files, revisions, what names them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_, select

from pledge_app.documents.models import (
    Document,
    DocumentRevision,
    Envelope,
    RenderState,
    RevisionKind,
    StoredFile,
)
from pledge_app.documents.operations import store
from pledge_app.documents.revisions import broken_revisions
from pledge_app.documents.store import StoreError
from pledge_app.kernel.base import db
from pledge_app.kernel.checks import Check


def contents() -> Iterator[str]:
    """Every frozen content has the digest that its row says."""
    rows = select(Envelope.short_code, Envelope.content_json, Envelope.content_sha256)
    chosen = rows.order_by(Envelope.id).execution_options(yield_per=100)
    for code, content, digest in db.session.execute(chosen):
        if hashlib.sha256(content.encode()).hexdigest() != digest:
            yield _("gói nội dung %(code)s: mã băm không khớp", code=code)


def revisions() -> Iterator[str]:
    """The revisions of a paper follow each other and are those of the trail."""
    for code in broken_revisions():
        yield _("văn bản %(code)s: các bản đã lưu không nối tiếp nhau hoặc khác nhật ký", code=code)


def rendered() -> Iterator[str]:
    """The file of a paper is the one that was rendered: its first revision."""
    first = (DocumentRevision.n == 1) & (DocumentRevision.document_id == Document.id)
    differs = or_(
        DocumentRevision.id.is_(None),
        DocumentRevision.kind != RevisionKind.RENDERED,
        DocumentRevision.sha256 != Document.file_sha256,
    )
    has_file = Document.file_sha256.is_not(None)
    chosen = select(Envelope.short_code).join(Document, Document.envelope_id == Envelope.id)
    chosen = chosen.outerjoin(DocumentRevision, first).where(has_file, differs)
    for code in db.session.scalars(chosen.order_by(Envelope.id)):
        yield _("văn bản %(code)s: tệp không phải bản đã tạo từ gói nội dung", code=code)


def papers() -> Iterator[str]:
    """Each frozen content has its paper, and a paper that is ready has its file."""
    is_lost: ColumnElement[bool] = Document.id.is_(None)
    is_empty = (Document.state == RenderState.READY) & Document.file_sha256.is_(None)
    chosen = select(Envelope.short_code).outerjoin(Document, Document.envelope_id == Envelope.id)
    for code in db.session.scalars(chosen.where(is_lost | is_empty).order_by(Envelope.id)):
        yield _("gói nội dung %(code)s: văn bản đã mất", code=code)


def files() -> Iterator[str]:
    """Every stored file is there, with the bytes and the size that its row says."""
    here = store()
    rows = select(StoredFile.sha256, StoredFile.size).order_by(StoredFile.sha256)
    for sha256, size in db.session.execute(rows):
        if not here.path(sha256).is_file():
            yield _("tệp %(sha256)s: thiếu trong kho", sha256=sha256)
            continue
        try:
            here.open(sha256).close()
        except StoreError:
            yield _("tệp %(sha256)s: nội dung khác mã băm", sha256=sha256)
            continue
        if here.path(sha256).stat().st_size != size:
            yield _("tệp %(sha256)s: kích thước khác với lúc lưu", sha256=sha256)


ALL = (
    Check("envelope.content", contents),
    Check("document.revisions", revisions),
    Check("document.rendered", rendered),
    Check("document.lost", papers),
    Check("stored_file", files),
)
