"""Days that the administrator adds to the calendar of working days."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from pledge_app.kernel.base import Base, Identified


class SpecialDay(Identified, Base):
    """A day off that the week does not tell, or a Saturday that is worked; `note` names the
    decision.
    """

    __tablename__ = "special_day"

    day: Mapped[date] = mapped_column(unique=True)
    works: Mapped[bool]
    note: Mapped[str]
    added_by: Mapped[str]
    added_at: Mapped[datetime]
