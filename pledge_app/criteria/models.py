"""Criteria sets and their tree."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.kernel.base import Base, Identified, choice


class CriteriaSet(Identified, Base):
    """Bộ tiêu chí, one version of it; bound to a year by its dates. Immutable once published."""

    __tablename__ = "criteria_set"
    __table_args__ = (UniqueConstraint("name", "version"),)

    name: Mapped[str]
    version: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str]
    published_at: Mapped[datetime | None]
    criteria: Mapped[list[Criterion]] = relationship(back_populates="criteria_set", order_by="Criterion.position")


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
    kind: Mapped[ValueKind] = mapped_column(choice(ValueKind, "value_kind"), default=ValueKind.NUMBER)
    direction: Mapped[Direction] = mapped_column(choice(Direction, "direction"), default=Direction.HIGHER)
    cadence: Mapped[Cadence] = mapped_column(choice(Cadence, "cadence"), default=Cadence.CUMULATIVE)
    max_points: Mapped[Decimal | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    criteria_set: Mapped[CriteriaSet] = relationship(back_populates="criteria")

    @property
    def is_yes_no(self) -> bool:
        """Its figures are 1 (đạt) and 0 (không đạt), and are read so."""
        return self.kind is ValueKind.YES_NO or self.direction is Direction.YES_NO
