"""Pledges, their targets and everything that hangs on them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.campaigns.models import Campaign, EmulationYear
from pledge_app.criteria.models import CountedItem, Criterion
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.canonical import JsonObject
from pledge_app.kernel.columns import Plain
from pledge_app.kernel.lifecycle import Stateful
from pledge_app.orgs.models import Body, Cluster, Unit
from pledge_app.pledges.rules import RowState
from pledge_app.pledges.states import PLEDGE_LIFE, PledgeState


class Pledge(Identified, Stateful, Base):
    """Bản đăng ký thi đua: one unit, one year, one line."""

    __tablename__ = "pledge"
    __table_args__ = (UniqueConstraint("emulation_year_id", "body_id"),)
    LIFE = PLEDGE_LIFE

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    emulation_year_id: Mapped[int] = mapped_column(ForeignKey("emulation_year.id"), index=True)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    state: Mapped[PledgeState] = mapped_column(
        choice(PledgeState, "pledge_state"),
        default=PledgeState.DRAFT,
    )
    version_id: Mapped[int] = mapped_column(default=1)
    round: Mapped[int] = mapped_column(
        default=0
    )  # of its newest snapshot: sent up, or changed at the table
    amendments: Mapped[int] = mapped_column(
        default=0,
        server_default="0",
    )  # how often it was changed at the table
    on_behalf: Mapped[bool] = mapped_column(
        default=False
    )  # nhập hộ: the commune confirms by signing off
    author_ids: Mapped[list[Any]] = mapped_column(default=list)  # users who typed into it
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    resolution: Mapped[str] = mapped_column(
        default=""
    )  # nghị quyết of Đảng ủy or HĐND behind the goals
    signed_off_at: Mapped[datetime | None]
    signed_off_by: Mapped[str] = mapped_column(default="")  # name and title
    signed_off_note: Mapped[str] = mapped_column(default="")
    signed_content: Mapped[JsonObject | None] = mapped_column(
        Plain,
        deferred=True,
    )  # as the leader last signed it: what changed since is read beside it
    signed_content_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sent_on: Mapped[
        date | None
    ]  # business date of the newest sending: waiting is counted from here
    review_begun_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship()
    body: Mapped[Body] = relationship()
    cluster: Mapped[Cluster] = relationship()
    emulation_year: Mapped[EmulationYear] = relationship()
    targets: Mapped[list[Target]] = relationship(
        back_populates="pledge",
        order_by="Target.position",
    )
    campaigns: Mapped[list[PledgeCampaign]] = relationship(back_populates="pledge")
    titles: Mapped[list[TitleRegistration]] = relationship(
        back_populates="pledge",
        order_by="TitleRegistration.position",
        cascade="all, delete-orphan",
    )
    requests: Mapped[list[AdditionRequest]] = relationship(
        back_populates="pledge",
        order_by="AdditionRequest.id",
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def sendings(self) -> int:
        """How often it was sent up: a change at the table is none."""
        return self.round - self.amendments


class Target(Identified, Base):
    """Chỉ tiêu: what the unit sets itself for one criterion. Blank (None) is not zero.

    `version` counts the saves of this row; an autosave that saw an older one is a conflict.
    """

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("pledge_id", "criterion_id"),)

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    position: Mapped[int]
    assigned: Mapped[Decimal | None]
    baseline: Mapped[Decimal | None]  # last year's actual
    baseline_source: Mapped[str] = mapped_column(
        String(16),
        default="",
        server_default="",
    )  # BaselineSource
    goal: Mapped[Decimal | None]
    reason_lower: Mapped[str] = mapped_column(default="")
    measures: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    pledge: Mapped[Pledge] = relationship(back_populates="targets")
    criterion: Mapped[Criterion] = relationship()
    items: Mapped[list[TargetItem]] = relationship(
        back_populates="target",
        order_by="TargetItem.position",
    )
    goals: Mapped[list[TargetGoal]] = relationship(
        back_populates="target",
        cascade="all, delete-orphan",
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def split(self) -> dict[int, Decimal]:
        """The goals of periods, by the id of the period."""
        return {row.period_id: row.value for row in self.goals}

    def put_goal(self, period_id: int, value: Decimal | None) -> None:
        """Set the goal of one period; None leaves it blank."""
        row = next((row for row in self.goals if row.period_id == period_id), None)
        if value is None:
            if row is not None:
                self.goals.remove(row)
        elif row is None:
            self.goals.append(TargetGoal(period_id=period_id, value=value))
        else:
            row.value = value


class TargetGoal(Base):
    """The goal of one period of the year. A blank one has no row."""

    __tablename__ = "target_goal"
    __table_args__ = (UniqueConstraint("target_id", "period_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    value: Mapped[Decimal]
    target: Mapped[Target] = relationship(back_populates="goals")


class TargetItem(Identified, Base):
    """One item counted by a target: reached or basically reached, by the end of which period.

    `name` is how the item was called when it was taken up.
    """

    __tablename__ = "target_item"
    __table_args__ = (UniqueConstraint("target_id", "item_id"),)

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("counted_item.id"))
    position: Mapped[int]
    name: Mapped[str]
    state: Mapped[RowState | None] = mapped_column(choice(RowState, "row_state"))
    period_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"))
    target: Mapped[Target] = relationship(back_populates="items")
    item: Mapped[CountedItem] = relationship(lazy="joined", innerjoin=True)


class PledgeCampaign(Base):
    """A campaign of the year as this unit joins it, with its own objective."""

    __tablename__ = "pledge_campaign"
    __table_args__ = (UniqueConstraint("pledge_id", "campaign_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    joins: Mapped[bool] = mapped_column(default=True)
    objective: Mapped[str] = mapped_column(default="")
    pledge: Mapped[Pledge] = relationship(back_populates="campaigns")
    campaign: Mapped[Campaign] = relationship()


class TitleRegistration(Identified, Base):
    """Danh hiệu, hình thức khen thưởng đăng ký."""

    __tablename__ = "title_registration"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    holder: Mapped[str] = mapped_column(default="")
    pledge: Mapped[Pledge] = relationship(back_populates="titles")


class AdditionRequest(Identified, Base):
    """Yêu cầu bổ sung: a reason, pinned to a criterion or to the whole. Never overwritten."""

    __tablename__ = "addition_request"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    round: Mapped[int]
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"))
    reason: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(
        default="",
        server_default="",
    )  # in words, until it is sent up again
    answered_by: Mapped[str] = mapped_column(default="", server_default="")
    answered_at: Mapped[datetime | None]
    pledge: Mapped[Pledge] = relationship(back_populates="requests")
    target: Mapped[Target | None] = relationship()


class PledgeSnapshot(Base):
    """What was sent up in each round, as plain data: the reviewer sees what changed between two."""

    __tablename__ = "pledge_snapshot"
    __table_args__ = (UniqueConstraint("pledge_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    round: Mapped[int]
    content: Mapped[dict[str, Any]]
    content_sha256: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime]


class CellRevision(Base):
    """Draft history of one cell: what each accepted autosave wrote (the last 20 per target)."""

    __tablename__ = "cell_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    tab: Mapped[str] = mapped_column(String(40))  # the browser tab that sent it
    seq: Mapped[int]  # its sequence number in that tab
    values: Mapped[dict[str, Any]]
    user_name: Mapped[str]
    at: Mapped[datetime]
