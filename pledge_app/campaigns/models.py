"""The year of one line: guidance, periods and deadlines, campaigns, commemorations, legal bases,
assigned figures.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from flask_babel import LazyString
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.campaigns import period_names
from pledge_app.campaigns.periods import GOALS_BY, PeriodKind, code, months_of
from pledge_app.criteria.models import CriteriaSet, Criterion
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.columns import Plain
from pledge_app.orgs.models import Body, Line
from pledge_app.web.language import kept_text


class EmulationYear(Identified, Base):
    """Năm thi đua of one line, as one issuing body guides it."""

    __tablename__ = "emulation_year"
    __table_args__ = (UniqueConstraint("year", "line", "issuer_body_id"),)

    year: Mapped[int] = mapped_column(index=True)
    line: Mapped[Line] = mapped_column(choice(Line, "line"))
    issuer_body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    criteria_set_id: Mapped[int | None] = mapped_column(ForeignKey("criteria_set.id"))
    guidance_number: Mapped[str] = mapped_column(default="")  # "19/HD-UBND"
    guidance_date: Mapped[date | None]
    guidance_title: Mapped[str] = mapped_column(default="")
    pledge_due_on: Mapped[date | None]
    agreement_due_on: Mapped[date | None]
    # A report opens this many days before it is due.
    opens_days_before: Mapped[int] = mapped_column(default=15)
    approve_word: Mapped[str] = mapped_column(default="")  # empty: the line's own word
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    version_id: Mapped[int] = mapped_column(default=1)
    issuer: Mapped[Body] = relationship()
    criteria_set: Mapped[CriteriaSet | None] = relationship()
    periods: Mapped[list[Period]] = relationship(
        back_populates="emulation_year",
        order_by="(Period.ends_on, Period.starts_on.desc())",
    )
    campaigns: Mapped[list[Campaign]] = relationship(
        back_populates="emulation_year",
        order_by="Campaign.period_id",
    )
    assigned: Mapped[list[AssignedFigure]] = relationship()
    extensions: Mapped[list[Extension]] = relationship(
        back_populates="emulation_year",
        order_by="Extension.id",
        lazy="selectin",
    )
    __mapper_args__ = {"version_id_col": version_id}

    def pledge_due(self, body_id: int) -> date | None:
        """By when a body sends its pledge, with what it was granted."""
        return self._due(
            Deadline.PLEDGE,
            None,
            body_id,
            self.pledge_due_on,
        )

    @property
    def agreement_due(self) -> date | None:
        """By when agreements are signed, with what was granted to all."""
        return self._due(
            Deadline.AGREEMENT,
            None,
            None,
            self.agreement_due_on,
        )

    def report_due(self, period: Period, body_id: int) -> date | None:
        """By when a body sends its report of a period, with what it was granted."""
        return self._due(
            Deadline.REPORT,
            period.id,
            body_id,
            period.due_on,
        )

    def period(self, kind: PeriodKind, number: int) -> Period | None:
        """The period of a kind and number, if the year has it."""
        for one in self.periods:
            if (one.kind, one.number) == (kind, number):
                return one
        return None

    def periods_of(self, kind: PeriodKind) -> list[Period]:
        """The periods of one kind, by their number."""
        same = [one for one in self.periods if one.kind is kind]
        return sorted(same, key=lambda one: one.number)

    @property
    def goal_periods(self) -> list[Period]:
        """The periods for which units set themselves goals beside that of the year."""
        return self.periods_of(GOALS_BY)

    def _due(
        self,
        what: Deadline,
        period_id: int | None,
        body_id: int | None,
        usual: date | None,
    ) -> date | None:
        """The latest of the usual day and the days granted to the body or to all: a grant takes
        no time away.
        """
        granted = [
            row.due_on
            for row in self.extensions
            if row.what is what and row.period_id == period_id and row.body_id in (None, body_id)
        ]
        return max(usual, *granted) if usual is not None and granted else usual


class Period(Identified, Base):
    """Kỳ báo cáo: a month, quarter, half, nine months or year of one emulation year.

    Its days are data. `due_on` None: no report is asked for. `due_time`: the hour of that day, in
    Hanoi, after which a report is late.
    """

    __tablename__ = "period"
    __table_args__ = (
        UniqueConstraint("emulation_year_id", "kind", "number"),
        CheckConstraint("number BETWEEN 1 AND 12", name="number"),
        CheckConstraint("starts_on <= ends_on", name="bounds"),
        CheckConstraint("due_time IS NULL OR due_on IS NOT NULL", name="due_time"),
    )

    emulation_year_id: Mapped[int] = mapped_column(ForeignKey("emulation_year.id"))
    kind: Mapped[PeriodKind] = mapped_column(choice(PeriodKind, "period_kind"))
    number: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date | None]
    due_time: Mapped[time | None]
    version: Mapped[int] = mapped_column(default=1)
    emulation_year: Mapped[EmulationYear] = relationship(back_populates="periods")
    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> LazyString:
        """ "quý I", in the language of who reads it."""
        return period_names.period_name(self.kind, self.number)

    @property
    def heading(self) -> LazyString:
        """ "Quý I"."""
        return period_names.period_heading(self.kind, self.number)

    @property
    def dated(self) -> LazyString:
        """ "quý I năm 2023"."""
        return period_names.dated_name(self.kind, self.number, self.emulation_year.year)

    @property
    def until(self) -> LazyString:
        """ "hết quý I"."""
        return period_names.until_name(self.kind, self.number)

    @property
    def code(self) -> str:
        """As an address names it: "quy-1"."""
        return code(self.kind, self.number)

    @property
    def is_quarter(self) -> bool:
        """Whether it is a quarter: campaigns and the goals of units are of quarters."""
        return self.kind is PeriodKind.QUARTER

    @property
    def trail_data(self) -> dict[str, int | str]:
        """How the trail names it: a quarter by its number, as from the beginning."""
        if self.is_quarter:
            return {"quarter": self.number}
        return {"period": kept_text(self.name)}

    def covers(self, other: Period) -> bool:
        """Whether the other's months are among its own: the first half covers quarters I and II,
        also where it ends on 14/06.
        """
        months = months_of(self.kind, self.number)
        return set(months_of(other.kind, other.number)) <= set(months)


class Campaign(Identified, Base):
    """Đợt thi đua of a quarter. The theme may be empty; nothing is invented for it.

    Its days are its own: a campaign may begin before its quarter and end after it.
    """

    __tablename__ = "campaign"

    emulation_year_id: Mapped[int] = mapped_column(ForeignKey("emulation_year.id"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), unique=True)
    theme: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    contents: Mapped[str] = mapped_column(default="")
    # Counts the saves: a page that saw an older one is stale.
    version: Mapped[int] = mapped_column(default=1)
    emulation_year: Mapped[EmulationYear] = relationship(back_populates="campaigns")
    period: Mapped[Period] = relationship(lazy="joined", innerjoin=True)
    anniversaries: Mapped[list[CampaignAnniversary]] = relationship(
        back_populates="campaign",
        order_by="CampaignAnniversary.position",
        cascade="all, delete-orphan",
    )
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    @property
    def quarter(self) -> int:
        """Which quarter of the year it is the campaign of."""
        return self.period.number


class Commemoration(Identified, Base):
    """Ngày kỷ niệm of the calendar; `body_id` set: added by that body, for itself."""

    __tablename__ = "commemoration"

    name: Mapped[str]
    day: Mapped[int | None]
    month: Mapped[int | None]
    founding_year: Mapped[int | None]
    usual_quarter: Mapped[int | None]
    shows_count: Mapped[bool] = mapped_column(default=True)
    place: Mapped[str] = mapped_column(default="")
    certainty: Mapped[str] = mapped_column(String(16), default="verified")
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))


class CampaignAnniversary(Base):
    """One phrase of a campaign: one day, or several joined under one count, or the lunar new year.

    `names` are the wordings the author chose, `founding_year` None means no count;
    `is_spring` makes "mừng Xuân Quý Mão" of the year itself.
    """

    __tablename__ = "campaign_anniversary"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    position: Mapped[int]
    names: Mapped[list[str]] = mapped_column(Plain)
    founding_year: Mapped[int | None]
    is_spring: Mapped[bool] = mapped_column(default=False)
    campaign: Mapped[Campaign] = relationship(back_populates="anniversaries")


class LegalBasis(Identified, Base):
    """Căn cứ with its in-force dates; one not in force on a paper's date is refused."""

    __tablename__ = "legal_basis"

    citation: Mapped[str]
    kind: Mapped[str] = mapped_column(String(32))
    in_force_from: Mapped[date]
    in_force_to: Mapped[date | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("legal_basis.id"))
    # Its place among the bases that a new agreement proposes; None: it proposes it not.
    cited_order: Mapped[int | None]
    # Proposed by this line's agreements only; None: by both.
    line: Mapped[Line | None] = mapped_column(choice(Line, "basis_line"))
    note: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column(default=1, server_default="1")
    replaced_by: Mapped[LegalBasis | None] = relationship(remote_side="LegalBasis.id")
    __mapper_args__ = {"version_id_col": version_id}


class Deadline(StrEnum):
    """Which deadline of the year."""

    PLEDGE = "pledge"
    AGREEMENT = "agreement"
    REPORT = "report"


class Extension(Identified, Base):
    """Gia hạn: a later day, for one body or (None) for all, with its reason. Never overwritten:
    the latest day holds.
    """

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("(what = 'report') = (period_id IS NOT NULL)", name="period"),
    )

    emulation_year_id: Mapped[int] = mapped_column(ForeignKey("emulation_year.id"), index=True)
    what: Mapped[Deadline] = mapped_column(choice(Deadline, "deadline"))
    period_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    due_on: Mapped[date]
    reason: Mapped[str]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    emulation_year: Mapped[EmulationYear] = relationship(back_populates="extensions")
    period: Mapped[Period | None] = relationship(lazy="joined")
    body: Mapped[Body | None] = relationship()


class AssignedFigure(Base):
    """Chỉ tiêu được giao: the figure of one criterion handed down to one body: several bodies of
    one unit each have their own.
    """

    __tablename__ = "assigned_figure"
    __table_args__ = (UniqueConstraint("emulation_year_id", "body_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    emulation_year_id: Mapped[int] = mapped_column(ForeignKey("emulation_year.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    value: Mapped[Decimal]
    body: Mapped[Body] = relationship()
    criterion: Mapped[Criterion] = relationship()


class LastResult(Base):
    """Kết quả năm trước: what one body reached in the year before, given by the level above.

    `overrules`: it holds even against the confirmed reports of that year.
    """

    __tablename__ = "last_result"
    __table_args__ = (UniqueConstraint("emulation_year_id", "body_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    emulation_year_id: Mapped[int] = mapped_column(ForeignKey("emulation_year.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    value: Mapped[Decimal]
    overrules: Mapped[bool] = mapped_column(default=False)
