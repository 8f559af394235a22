"""Criteria sets and their tree."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.states import SET_LIFE, SetState
from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.lifecycle import Stateful


class CriteriaSet(Identified, Stateful, Base):
    """Bộ tiêu chí, one version of it; bound to a year by its dates. Immutable once published."""

    __tablename__ = "criteria_set"
    __table_args__ = (
        UniqueConstraint("name", "version"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
    )
    LIFE = SET_LIFE

    name: Mapped[str]
    version: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str]
    published_at: Mapped[datetime | None]
    state: Mapped[SetState] = mapped_column(
        choice(SetState, "criteria_set_state"), default=SetState.DRAFT
    )
    version_id: Mapped[int] = mapped_column(default=1, server_default="1")
    criteria: Mapped[list[Criterion]] = relationship(
        back_populates="criteria_set", order_by="Criterion.position", passive_deletes="all"
    )
    __mapper_args__ = {"version_id_col": version_id, "version_id_generator": False}


class Criterion(Identified, Base):
    """A group (no direction) or a criterion of the tree; `position` orders the whole set."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("criteria_set_id", "code"),)

    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(16))  # "2.1"
    name: Mapped[str]
    is_group: Mapped[bool] = mapped_column(default=False)
    unit_of_measure: Mapped[str] = mapped_column(default="")
    kind: Mapped[ValueKind] = mapped_column(
        choice(ValueKind, "value_kind"), default=ValueKind.NUMBER
    )
    direction: Mapped[Direction] = mapped_column(
        choice(Direction, "direction"), default=Direction.HIGHER
    )
    cadence: Mapped[Cadence] = mapped_column(choice(Cadence, "cadence"), default=Cadence.CUMULATIVE)
    max_points: Mapped[Decimal | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    is_frame: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # khung: only its name is known
    note: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # what the office wrote beside it
    criteria_set: Mapped[CriteriaSet] = relationship(back_populates="criteria")

    @property
    def is_yes_no(self) -> bool:
        """Its figures are 1 (đạt) and 0 (không đạt), and are read so."""
        return self.kind is ValueKind.YES_NO or self.direction is Direction.YES_NO
