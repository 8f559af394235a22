"""Files that prove a report's figures."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.campaigns.models import Campaign
from pledge_app.kernel.base import Base, Identified
from pledge_app.pledges.models import Target
from pledge_app.progress.models import ProgressReport


class Evidence(Identified, Base):
    """Minh chứng. `original_name` is shown, never used as a path; what is stored is always a
    PDF, and a picture of its first page. `received_sha256` is the hash of the bytes as they
    were sent: the same file is not kept twice.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("report_id", "received_sha256"),
        CheckConstraint("target_id IS NULL OR campaign_id IS NULL", name="one_pin"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), index=True)
    # what it proves; neither: the whole report
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    original_name: Mapped[str]
    size: Mapped[int]  # bytes, as sent
    received_sha256: Mapped[str] = mapped_column(String(64), index=True)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    preview_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    pages: Mapped[int]
    added_by_id: Mapped[int]
    added_by_name: Mapped[str]
    added_at: Mapped[datetime]
    report: Mapped[ProgressReport] = relationship()
    target: Mapped[Target | None] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
