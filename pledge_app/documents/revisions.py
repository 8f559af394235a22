"""The files that a document has been: as it was rendered, as scans that a second person confirmed.

Revisions are numbered from 1 without a gap, each names the one before it, none is ever changed; the
SHA-256 of each goes into the trail with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.operations import record
from pledge_app.documents.models import (
    Document,
    DocumentRevision,
    Envelope,
    RenderState,
    RevisionKind,
    Upload,
)
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db

REVISED = "document.revised"
_Told = tuple[str, str, str | None]  # kind, SHA-256 of the file, of its DOCX


def add_revision(
    document: Document,
    kind: RevisionKind,
    sha256: str,
    *,
    docx_sha256: str | None = None,
    actor: Actor,
    at: datetime,
) -> DocumentRevision:
    """The next revision. The document's row is locked: two at once are numbered one after the
    other.
    """
    db.session.execute(select(Document.id).where(Document.id == document.id).with_for_update())
    last = newest_revision(document)
    revision = DocumentRevision(
        document_id=document.id,
        n=last.n + 1 if last is not None else 1,
        kind=kind,
        sha256=sha256,
        docx_sha256=docx_sha256,
        previous_id=last.id if last is not None else None,
        made_at=at,
    )
    db.session.add(revision)
    db.session.flush()
    record(
        REVISED,
        document,
        actor=actor,
        at=at,
        n=revision.n,
        kind=kind.value,
        sha256=sha256,
        docx_sha256=docx_sha256,
    )
    return revision


def add_scan(upload: Upload, *, actor: Actor, at: datetime) -> None:
    """A confirmed scan is a revision of the paper that its subject has by then, if it has one."""
    document = db.session.scalar(
        select(Document)
        .join(Envelope)
        .where(
            Envelope.subject_kind == upload.subject_kind,
            Envelope.subject_pid == upload.subject_pid,
            Envelope.is_draft.is_(False),
            Document.state == RenderState.READY,
        )
        .order_by(Document.id.desc())
        .limit(1)
    )
    if document is not None:
        add_revision(
            document,
            RevisionKind.SCAN,
            upload.file_sha256,
            actor=actor,
            at=at,
        )


def revisions_of(document: Document) -> list[DocumentRevision]:
    """Every revision, the first one first."""
    return list(
        db.session.scalars(
            select(DocumentRevision)
            .where(DocumentRevision.document_id == document.id)
            .order_by(DocumentRevision.n)
        )
    )


def newest_revision(document: Document) -> DocumentRevision | None:
    """The last revision; None while the document was never rendered."""
    return db.session.scalar(
        select(DocumentRevision)
        .where(DocumentRevision.document_id == document.id)
        .order_by(DocumentRevision.n.desc())
        .limit(1)
    )


def known_hashes(document: Document) -> dict[str, RevisionKind]:
    """SHA-256 → what the file is. A scan that was taken back is known no more; bytes that were
    rendered stay so when they are uploaded as a scan.
    """
    standing = set(
        db.session.scalars(
            select(Upload.file_sha256).where(
                Upload.subject_kind == document.envelope.subject_kind,
                Upload.subject_pid == document.envelope.subject_pid,
                Upload.confirmed_at.is_not(None),
                Upload.rejected_reason == "",
            )
        )
    )
    return {
        row.sha256: row.kind
        for row in reversed(revisions_of(document))
        if row.kind is not RevisionKind.SCAN or row.sha256 in standing
    }


def broken_revisions() -> Iterator[str]:
    """The short code of each document whose revisions have a gap, or are not exactly those that
    the trail tells of.
    """
    in_trail = _told_by_the_trail()
    here: dict[str, dict[int, _Told]] = defaultdict(dict)
    unlinked = set()
    rows = db.session.execute(
        select(DocumentRevision, Document.pid)
        .join(Document, DocumentRevision.document_id == Document.id)
        .order_by(DocumentRevision.document_id, DocumentRevision.n)
    )
    last: DocumentRevision | None = None
    for revision, pid in rows:
        is_first = last is None or last.document_id != revision.document_id
        expected = (1, None) if is_first or last is None else (last.n + 1, last.id)
        if (revision.n, revision.previous_id) != expected:
            unlinked.add(pid)
        here[pid][revision.n] = (revision.kind.value, revision.sha256, revision.docx_sha256)
        last = revision
    pids = (here | in_trail).keys()
    broken = unlinked | {pid for pid in pids if here.get(pid) != in_trail.get(pid)}
    codes = db.session.execute(
        select(Document.pid, Envelope.short_code)
        .join(Envelope, Document.envelope_id == Envelope.id)
        .order_by(Document.id)
    )
    yield from (code for pid, code in codes if pid in broken)


def _told_by_the_trail() -> dict[str, dict[int, _Told]]:
    """Of each document, each revision's kind and hashes as they were when it was made."""
    told: dict[str, dict[int, _Told]] = defaultdict(dict)
    events = select(TrailEvent).where(TrailEvent.verb == REVISED)
    for event in db.session.scalars(events.order_by(TrailEvent.seq)):
        data = event.data
        revision = (data["kind"], data["sha256"], data["docx_sha256"])
        told[event.subject_pid].setdefault(data["n"], revision)
    return told
