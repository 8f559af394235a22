"""Criteria sets, their tree, and what their rows measure over the years."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.criteria.card import FIELDS as CARD_FIELDS
from pledge_app.criteria.card import Card, inherited
from pledge_app.criteria.kinds import HAMLETS, Cadence, Direction, FigureKind, ValueKind
from pledge_app.criteria.states import SET_LIFE, SetState
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.lifecycle import Stateful
from pledge_app.orgs.models import Line


class Indicator(Identified, Base):
    """Chỉ số: what a row of criteria sets measures, the same over the years.

    Codes, names and sets change from year to year; results, baselines and comparisons of years
    are found by this. `line`: whose sets it belongs to; None where both lines share it. `name` as
    the set published last calls it.
    """

    __tablename__ = "indicator"

    line: Mapped[Line | None] = mapped_column(choice(Line, "indicator_line"))
    name: Mapped[str]
    is_group: Mapped[bool] = mapped_column(default=False)
    criteria: Mapped[list[Criterion]] = relationship(
        back_populates="indicator",
        order_by="Criterion.id",
        passive_deletes="all",
    )


class CriteriaSet(Identified, Stateful, Base):
    """Bộ tiêu chí, one version of it; bound to a year by its dates. Immutable once published.

    `line`: the line whose years may choose it; None: any. `ended_on`: the day from which no year
    chooses it any more; years that go by it keep it.
    """

    __tablename__ = "criteria_set"
    __table_args__ = (
        UniqueConstraint("name", "version"),
        CheckConstraint("(state <> 'draft') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ended"),
    )
    LIFE = SET_LIFE

    name: Mapped[str]
    version: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str]
    line: Mapped[Line | None] = mapped_column(choice(Line, "criteria_set_line"))
    published_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(default="", server_default="")
    state: Mapped[SetState] = mapped_column(
        choice(SetState, "criteria_set_state"),
        default=SetState.DRAFT,
    )
    version_id: Mapped[int] = mapped_column(default=1, server_default="1")
    criteria: Mapped[list[Criterion]] = relationship(
        back_populates="criteria_set",
        order_by="Criterion.position",
        passive_deletes="all",
    )
    __mapper_args__ = {"version_id_col": version_id, "version_id_generator": False}

    @property
    def is_draft(self) -> bool:
        """It is worked on; only administrators and auditors see it."""
        return self.state is SetState.DRAFT

    @property
    def is_published(self) -> bool:
        """A year may choose it."""
        return self.state is SetState.PUBLISHED


class Criterion(Identified, Base):
    """A group (no direction) or a criterion of the tree; `position` orders the whole set.

    A set measures an indicator once. Which one a row measures may be put right after the set was
    published (criteria/indicators.py); everything else of the row is then fixed.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("criteria_set_id", "code"),
        UniqueConstraint("criteria_set_id", "indicator_id"),
    )

    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"), index=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(16))  # "2.1"
    name: Mapped[str]
    is_group: Mapped[bool] = mapped_column(default=False)
    unit_of_measure: Mapped[str] = mapped_column(default="")
    kind: Mapped[ValueKind] = mapped_column(
        choice(ValueKind, "value_kind"),
        default=ValueKind.NUMBER,
    )
    direction: Mapped[Direction] = mapped_column(
        choice(Direction, "direction"),
        default=Direction.HIGHER,
    )
    cadence: Mapped[Cadence] = mapped_column(choice(Cadence, "cadence"), default=Cadence.CUMULATIVE)
    max_points: Mapped[Decimal | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    # khung: only its name is known
    is_frame: Mapped[bool] = mapped_column(default=False, server_default=false())
    # what the office wrote beside it
    note: Mapped[str] = mapped_column(default="", server_default="")
    # a key of ITEM_KINDS: what is counted where the kind is COUNTED_ROWS
    counts: Mapped[str] = mapped_column(String(16), default=HAMLETS, server_default=HAMLETS)
    # whether "cơ bản đạt" counts as "đạt"
    nearly_counts: Mapped[bool] = mapped_column(default=True, server_default=true())
    # "nhiều hơn", "dưới": a figure that only equals the goal does not reach it
    is_strict: Mapped[bool] = mapped_column(default=False, server_default=false())
    # None: as the group above says
    needs_evidence: Mapped[bool | None]
    # the data card; blank: as the group above says
    data_source: Mapped[str] = mapped_column(default="", server_default="")
    data_check: Mapped[str] = mapped_column(default="", server_default="")
    data_cutoff: Mapped[str] = mapped_column(default="", server_default="")
    data_limits: Mapped[str] = mapped_column(default="", server_default="")
    legal_basis: Mapped[str] = mapped_column(default="", server_default="")
    applies_to: Mapped[str] = mapped_column(default="", server_default="")
    help_text: Mapped[str] = mapped_column(default="", server_default="")
    criteria_set: Mapped[CriteriaSet] = relationship(back_populates="criteria")
    indicator: Mapped[Indicator] = relationship(back_populates="criteria")

    @property
    def figure_kind(self) -> FigureKind:
        """What is typed and which items are counted, to read."""
        return FigureKind(self.kind, self.counts)

    @property
    def own_card(self) -> Card:
        """What it says itself beside its figure."""
        return Card(**{name: getattr(self, name) for name in CARD_FIELDS})

    @property
    def card(self) -> Card:
        """The same as it holds: what it leaves open is said by the groups above it."""
        return inherited(row.own_card for row in self.line_up())

    def line_up(self) -> list[Criterion]:
        """Itself and the groups above it, the nearest first."""
        by_id = {row.id: row for row in self.criteria_set.criteria}
        line = [self]
        while line[-1].parent_id is not None:
            line.append(by_id[line[-1].parent_id])
        return line

    @property
    def level(self) -> int:
        """How deep it stands in the tree: 1 where it is in no group."""
        return len(self.line_up())

    @property
    def counts_rows(self) -> bool:
        """Its figure is the share of the things of one kind that got there."""
        return self.kind is ValueKind.COUNTED_ROWS

    @property
    def is_yes_no(self) -> bool:
        """Its figures are 1 (đạt) and 0 (không đạt), and are read so."""
        return self.kind is ValueKind.YES_NO or self.direction is Direction.YES_NO


class CountedItem(Identified, Base):
    """Danh mục theo dõi: one thing that targets count, such as a hamlet, a product, a house.

    It is the same from year to year. A hamlet is a unit of the register (`unit_id`); everything
    else has been typed by the unit that it belongs to (`owner_unit_id`).
    """

    __tablename__ = "counted_item"
    __table_args__ = (
        UniqueConstraint("unit_id"),
        CheckConstraint("(unit_id IS NULL) <> (owner_unit_id IS NULL)", name="one_place"),
        CheckConstraint("length(name) > 0", name="name"),
    )

    kind: Mapped[str] = mapped_column(String(16))  # a key of ITEM_KINDS
    name: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    owner_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
