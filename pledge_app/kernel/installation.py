"""What this database is: a real one, or a demo with its own business date."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pledge_app.kernel.base import Base, db

# Of the demo's cast, said on its pages; a real database has no default password.
DEMO_PASSWORD = "xom muoi ben de"  # noqa: S105


class Installation(Base):
    """One row. A demo never becomes a real one: a trigger refuses to change `is_demo`."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    is_demo: Mapped[bool]
    office_name: Mapped[str]
    business_date: Mapped[date | None]


def installation() -> Installation | None:
    """The row, or None before the first administrator was made. Read once in a transaction: the
    session keeps it, and forgets what it read when the transaction ends.
    """
    session = db.session()
    row = session.get(Installation, 1)
    session.info["installation"] = row  # else it is gone with its last reader
    return row
