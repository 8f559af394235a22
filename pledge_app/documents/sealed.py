"""What the trail seals of papers: what was frozen, the file, numbers, scans, wordings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.documents.models import Document, DocumentNumber, Envelope, PaperWording, Upload
from pledge_app.documents.revisions import REVISED
from pledge_app.kernel.checks import Sealed

NUMBERED = frozenset({"document.numbered", "document.number_corrected"})

ENVELOPE = Sealed(
    Envelope,
    Envelope,
    (
        "kind",
        "short_code",
        "template_version",
        "content_sha256",
        "frozen_at",
        "subject_kind",
        "subject_pid",
        "body_ids",
        "issuer_body_id",
    ),
    _l("gói nội dung đã chốt"),
    (Envelope.__table__.c["is_draft"].is_(False),),
)
PAPER = Sealed(
    Document,
    Document,
    ("envelope_id", "file_sha256", "pages", "rendered_at"),
    _l("tệp của văn bản"),
    (Document.__table__.c["file_sha256"].is_not(None),),
    by=frozenset({REVISED}),
)
NUMBER = Sealed(
    Document,
    DocumentNumber,
    (
        "pid",
        "body_id",
        "number",
        "symbol",
        "dated",
        "entered_by",
        "entered_at",
        "version",
        "reason",
    ),
    _l("số, ngày của văn bản"),
    (DocumentNumber.document_id == Document.id,),
    by=NUMBERED,
    is_always_sealed=True,
)
SCAN = Sealed(
    Upload,
    Upload,
    (
        "file_sha256",
        "original_name",
        "subject_kind",
        "subject_pid",
        "body_ids",
        "pages",
        "uploaded_by_id",
        "uploaded_by_name",
        "uploaded_at",
        "confirmed_by_id",
        "confirmed_by_name",
        "confirmed_at",
        "rejected_reason",
    ),
    _l("bản quét"),
)
WORDING = Sealed(
    PaperWording,
    PaperWording,
    ("kind", "version", "words", "note", "made_by", "made_at"),
    _l("mẫu văn bản"),
)
ALL = (ENVELOPE, PAPER, NUMBER, SCAN, WORDING)
