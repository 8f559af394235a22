"""Reports of one pledge for one period. A correction is a new version that supersedes a
confirmed one.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.campaigns.models import Campaign, Period
from pledge_app.kernel import clock
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.columns import Plain
from pledge_app.kernel.lifecycle import Stateful
from pledge_app.pledges.models import Pledge, Target
from pledge_app.progress import rules
from pledge_app.progress.states import REPORT_LIFE, ReportState


class ProgressReport(Identified, Stateful, Base):
    """Báo cáo tiến độ of a period.

    `version` counts the corrections (2 corrects 1), `version_id` the saves of the row. `sent_on` is
    the business date, compared with `due_on` and, on that day, with the hour of `due_time`.
    `return_reason` is the newest; every one stays in the trail.
    """

    __tablename__ = "progress_report"
    __table_args__ = (UniqueConstraint("pledge_id", "period_id", "version"),)
    LIFE = REPORT_LIFE

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    version_id: Mapped[int] = mapped_column(default=1)
    state: Mapped[ReportState] = mapped_column(
        choice(ReportState, "report_state"),
        default=ReportState.OPEN,
    )
    opened_at: Mapped[datetime]
    due_on: Mapped[date]
    due_time: Mapped[time | None]
    author_ids: Mapped[list[int]] = mapped_column(Plain, default=list)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    situation: Mapped[str] = mapped_column(default="", server_default="")
    movements: Mapped[str] = mapped_column(default="", server_default="")
    difficulties: Mapped[str] = mapped_column(default="")
    causes: Mapped[str] = mapped_column(default="", server_default="")
    directions: Mapped[str] = mapped_column(default="", server_default="")
    proposals: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    sent_on: Mapped[date | None]
    signed_off_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(default="")
    pledge: Mapped[Pledge] = relationship()
    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
    lines: Mapped[list[ProgressLine]] = relationship(
        back_populates="report",
        order_by="ProgressLine.position",
    )
    campaigns: Mapped[list[ProgressCampaign]] = relationship(back_populates="report")
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def is_late(self) -> bool:
        """Sent after the due day, or on it after its hour: accepted and marked."""
        sent_time = clock.local(self.sent_at).time() if self.sent_at is not None else None
        return rules.is_late(
            self.sent_on,
            self.due_on,
            sent_time,
            self.due_time,
        )


class ProgressLine(Identified, Base):
    """One target in one period: its value, actual or estimated.

    Of a month or quarter what it brought by itself, of a longer period the year so far at its end;
    of a state the value at the end. Blank is not zero.
    """

    __tablename__ = "progress_line"
    __table_args__ = (UniqueConstraint("report_id", "target_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    position: Mapped[int]
    value: Mapped[Decimal | None]
    is_estimate: Mapped[bool] = mapped_column(default=False)
    explanation: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    report: Mapped[ProgressReport] = relationship(back_populates="lines")
    target: Mapped[Target] = relationship()
    __mapper_args__ = {"version_id_col": version}


class ProgressCampaign(Base):
    """What was done for a campaign of the period."""

    __tablename__ = "progress_campaign"
    __table_args__ = (UniqueConstraint("report_id", "campaign_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    done: Mapped[str] = mapped_column(default="")
    report: Mapped[ProgressReport] = relationship(back_populates="campaigns")
    campaign: Mapped[Campaign] = relationship()
