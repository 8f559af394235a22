"""The register of reorganisations: what was done, from which day, by which decision."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledge_app.kernel.base import Base, Identified, choice
from pledge_app.kernel.columns import Plain
from pledge_app.orgs.models import Unit


class Kind(StrEnum):
    """Nhập, đổi tên, giải thể."""

    MERGE = "merge"
    RENAME = "rename"
    ABOLISH = "abolish"


class Reorganisation(Identified, Base):
    """One act as it was carried out; `told` are the numbers and names of its consequences."""

    __tablename__ = "reorganisation"

    kind: Mapped[Kind] = mapped_column(choice(Kind, "reorganisation_kind"))
    on_date: Mapped[date]
    basis: Mapped[str]
    title: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # what came out of it
    told: Mapped[dict[str, list[str]]] = mapped_column(Plain)
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    unit: Mapped[Unit | None] = relationship()
