"""Text of a refused POST, kept as the user's private draft so that nothing typed is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from pledge_app.kernel.base import Base, Identified
from pledge_app.kernel.canonical import JsonObject


class KeptText(Identified, Base):
    """The fields of one refused form. Only its user sees it."""

    __tablename__ = "kept_text"

    user_id: Mapped[int] = mapped_column(index=True)
    path: Mapped[str]
    fields: Mapped[JsonObject]
    at: Mapped[datetime]
