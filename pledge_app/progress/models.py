"""Reports of one pledge in one quarter. A correction is a new version that supersedes a
confirmed one.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.campaigns.models import Campaign
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.lifecycle import Stateful
from pledge_app.pledges.models import Pledge, Target
from pledge_app.progress.states import REPORT_LIFE, ReportState


class ProgressReport(Identified, Stateful, Base):
    """Báo cáo tiến độ quý."""

    __tablename__ = "progress_report"
    __table_args__ = (
        UniqueConstraint("pledge_id", "quarter", "version"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
    )
    LIFE = REPORT_LIFE

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    quarter: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)  # of the report: 2 corrects 1
    version_id: Mapped[int] = mapped_column(default=1)  # of the row: optimistic lock
    state: Mapped[ReportState] = mapped_column(
        choice(ReportState, "report_state"), default=ReportState.OPEN
    )
    opened_at: Mapped[datetime]
    due_on: Mapped[date]
    author_ids: Mapped[list[Any]] = mapped_column(default=list)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    difficulties: Mapped[str] = mapped_column(default="")
    proposals: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    sent_on: Mapped[date | None]  # business date, compared with due_on: nộp muộn
    signed_off_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(
        default=""
    )  # the newest; every one stays in the trail
    pledge: Mapped[Pledge] = relationship()
    lines: Mapped[list[ProgressLine]] = relationship(
        back_populates="report", order_by="ProgressLine.position"
    )
    campaigns: Mapped[list[ProgressCampaign]] = relationship(back_populates="report")
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def is_late(self) -> bool:
        """Sent after the due date: accepted and marked."""
        return self.sent_on is not None and self.sent_on > self.due_on


class ProgressLine(Identified, Base):
    """One target in one quarter: the value of this quarter, actual or estimated."""

    __tablename__ = "progress_line"
    __table_args__ = (UniqueConstraint("report_id", "target_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    position: Mapped[int]
    value: Mapped[Decimal | None]  # blank is not zero
    is_estimate: Mapped[bool] = mapped_column(default=False)
    explanation: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    report: Mapped[ProgressReport] = relationship(back_populates="lines")
    target: Mapped[Target] = relationship()
    __mapper_args__ = {"version_id_col": version}


class ProgressCampaign(Base):
    """What was done for the quarter's campaign."""

    __tablename__ = "progress_campaign"
    __table_args__ = (UniqueConstraint("report_id", "campaign_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    done: Mapped[str] = mapped_column(default="")
    report: Mapped[ProgressReport] = relationship(back_populates="campaigns")
    campaign: Mapped[Campaign] = relationship()
