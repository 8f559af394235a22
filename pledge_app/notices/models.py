"""Notices to users."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from pledge_app.kernel.base import Base, Identified


class Notice(Identified, Base):
    """One sentence for one user, with the page it is about. `user_id` is an accounts.User."""

    __tablename__ = "notice"

    user_id: Mapped[int] = mapped_column(index=True)
    sentence: Mapped[str]
    endpoint: Mapped[str]  # "pledges.show": where it leads, with the public id of the thing
    subject_pid: Mapped[str]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
