"""Frozen contents, the files printed from them, uploaded files, numbers entered after signing."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.canonical import JsonObject


class StoredFile(Base):
    """A file in the content-addressed store; never overwritten."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime]


class Envelope(Identified, Base):
    """Gói nội dung đã chốt: canonical content frozen and hashed as a whole. Append-only by
    trigger.

    `content_json` is the canonical JSON of {kind, template_version, short_code, public_url,
    content}; `content_sha256` is its hash, printable. `is_draft` envelopes serve previews (DỰ THẢO)
    only.
    """

    __tablename__ = "envelope"

    kind: Mapped[str] = mapped_column(String(32))  # of a registered paper
    short_code: Mapped[str] = mapped_column(String(16), unique=True)
    template_version: Mapped[int]
    content_json: Mapped[str]
    content_sha256: Mapped[str] = mapped_column(String(64), index=True)
    is_draft: Mapped[bool] = mapped_column(default=False)
    frozen_at: Mapped[datetime]
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_pid: Mapped[str] = mapped_column(String(22), index=True)
    body_ids: Mapped[list[int]]  # the bodies whose people may read it
    issuer_body_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id")
    )  # numbers it; None: has no number


class RenderState(StrEnum):
    """Đang tạo văn bản, xong, hỏng."""

    RENDERING = "rendering"
    READY = "ready"
    FAILED = "failed"


class Document(Identified, Base):
    """Văn bản: the PDF made from one envelope, and where its signature cells are.

    `cells`: list of {"id", "page", "x1", "y1", "x2", "y2"} in PDF points from the bottom left.
    """

    __tablename__ = "document"

    envelope_id: Mapped[int] = mapped_column(ForeignKey("envelope.id"), unique=True)
    state: Mapped[RenderState] = mapped_column(
        choice(RenderState, "render_state"),
        default=RenderState.RENDERING,
    )
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    pages: Mapped[int | None]
    cells: Mapped[list[JsonObject]] = mapped_column(default=list)
    rendered_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    findings: Mapped[list[str] | None]  # of a draft: what the checker found; None: not looked at
    envelope: Mapped[Envelope] = relationship()
    numbers: Mapped[list[DocumentNumber]] = relationship(
        back_populates="document",
        order_by="DocumentNumber.id",
    )

    @property
    def is_being_made(self) -> bool:
        """The worker has not drawn it yet."""
        return self.state is RenderState.RENDERING

    @property
    def is_ready(self) -> bool:
        """There is a file to open."""
        return self.state is RenderState.READY

    @property
    def has_failed(self) -> bool:
        """The worker gave up; it may be asked again."""
        return self.state is RenderState.FAILED

    @property
    def current_numbers(self) -> list[DocumentNumber]:
        """The number that counts of each issuing body: its newest version."""
        newest: dict[int, DocumentNumber] = {}
        for row in sorted(self.numbers, key=lambda row: row.version):
            newest[row.body_id] = row
        return list(newest.values())


class RevisionKind(StrEnum):
    """What a file of a document is."""

    RENDERED = "rendered"
    SCAN = "scan"


class DocumentRevision(Base):
    """Bản thứ n của một văn bản: one file that the document has been. Append-only by trigger.

    `docx_sha256`: the DOCX that was made with a rendered PDF; None for scans, and for papers of the
    releases that made it only when it was asked for (`DocumentWord`).
    """

    __tablename__ = "document_revision"
    __table_args__ = (UniqueConstraint("document_id", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    n: Mapped[int]
    kind: Mapped[RevisionKind] = mapped_column(choice(RevisionKind, "revision_kind"))
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("stored_file.sha256"), index=True)
    docx_sha256: Mapped[str | None] = mapped_column(String(64), ForeignKey("stored_file.sha256"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("document_revision.id"), unique=True)
    made_at: Mapped[datetime]


class DocumentWord(Base):
    """The DOCX of a paper of an earlier release, kept when it was first asked for."""

    __tablename__ = "document_word"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id"),
        primary_key=True,
        autoincrement=False,
    )
    file_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("stored_file.sha256"))
    made_at: Mapped[datetime]


class DamagedFile(Base):
    """A stored file that did not match its hash when somebody wanted it; gone when it was
    brought back.
    """

    __tablename__ = "damaged_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    found_at: Mapped[datetime]


class DocumentNumber(Identified, Base):
    """Số, ngày of one issuing body, entered after signing, beside the frozen bytes.

    A correction is a row with the next `version` and its `reason`; earlier rows stay as they were.
    """

    __tablename__ = "document_number"
    __table_args__ = (UniqueConstraint("document_id", "body_id", "version"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    number: Mapped[str] = mapped_column(String(20))  # text: "05", "0125", "05b"
    symbol: Mapped[str]
    dated: Mapped[date]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    document: Mapped[Document] = relationship(back_populates="numbers")


class Upload(Identified, Base):
    """A scan somebody uploaded, checked and kept; `original_name` is shown, never used as a
    path.
    """

    __tablename__ = "upload"

    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    original_name: Mapped[str]
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_pid: Mapped[str] = mapped_column(String(22), index=True)
    body_ids: Mapped[list[int]]
    pages: Mapped[int]
    low_resolution: Mapped[bool]
    uploaded_by_id: Mapped[int]
    uploaded_by_name: Mapped[str]
    uploaded_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None]
    confirmed_by_name: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    rejected_reason: Mapped[str] = mapped_column(default="")
    stored_file: Mapped[StoredFile] = relationship()


class PaperWording(Identified, Base):
    """One version of the fixed words of a kind of paper. Never overwritten; the newest is used."""

    __tablename__ = "paper_wording"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    kind: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    words: Mapped[JsonObject]
    note: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
